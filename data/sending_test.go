package data_test

import (
	"testing"
	"time"

	"lethe/data"
)

// Waits double from a minute on, up to six hours, or to ten minutes while there
// is no network; jitter moves them by a fifth at most, either way.
func TestRetryDelay(t *testing.T) {
	const even = 0.5
	for _, c := range []struct {
		tries int
		why   data.Why
		want  time.Duration
	}{
		{0, data.WhyLater, time.Minute},
		{1, data.WhyLater, time.Minute},
		{2, data.WhyLater, 2 * time.Minute},
		{5, data.WhyLater, 16 * time.Minute},
		{9, data.WhyLater, 256 * time.Minute},
		{10, data.WhyLater, data.MaxDelay},
		{1000, data.WhyLater, data.MaxDelay},
		{3, data.WhyOffline, 4 * time.Minute},
		{1000, data.WhyOffline, 10 * time.Minute},
		{1000, data.WhyNoHost, 10 * time.Minute},
	} {
		if got := data.RetryDelay(c.tries, c.why, even); got != c.want {
			t.Errorf("after %d attempts, %s: %s, want %s", c.tries, c.why, got, c.want)
		}
		least, most := data.RetryDelay(c.tries, c.why, 0), data.RetryDelay(c.tries, c.why, 1)
		if least != c.want-c.want/5 || most != c.want+c.want/5 {
			t.Errorf("after %d attempts, %s: from %s to %s around %s", c.tries, c.why, least, most, c.want)
		}
	}
	// All attempts of a message that is refused take more than five days (RFC
	// 5321, section 4.5.4.1: at least 4 to 5).
	total := time.Duration(0)
	for tries := 1; tries < data.MaxTries; tries++ {
		total += data.RetryDelay(tries, data.WhyLater, even)
	}
	if total < 5*24*time.Hour {
		t.Errorf("it gives up after %s", total)
	}
}
