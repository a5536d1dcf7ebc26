package data_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"lethe/data"
)

func TestActivity(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)
	edge := now.Add(-90 * 24 * time.Hour)
	for _, c := range []struct {
		name string
		last time.Time
		want data.Activity
	}{
		{"never", time.Time{}, data.NeverContacted},
		{"now", now, data.Active},
		{"a clock ahead", now.Add(time.Hour), data.Active},
		{"at the edge", edge, data.Active},
		{"a second before", edge.Add(-time.Second), data.Inactive},
		{"1970", time.Unix(1, 0), data.Inactive},
	} {
		if got := data.ActivityOf(c.last, now, data.DefaultActiveDays); got != c.want {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

func TestLastInteractionIsTheLatestOfAll(t *testing.T) {
	at := func(n int) time.Time { return time.Unix(int64(n)*1000, 0).UTC() }
	for i := range 6 {
		times := [6]time.Time{at(1), at(2), {}, at(3), at(4), at(5)}
		times[i] = at(99)
		c := data.Customer{
			FirstReceived: times[0], FirstSent: times[1], LastSent: times[2],
			LastReceived: times[3], LastTemplate: times[4], LastLogged: times[5],
			Created: at(500),
		}
		if got := c.LastInteraction(); !got.Equal(at(99)) {
			t.Errorf("%d: %v", i, got)
		}
	}
	if got := (&data.Customer{Created: at(1)}).LastInteraction(); !got.IsZero() {
		t.Errorf("being created is no interaction: %v", got)
	}
}

func TestTitle(t *testing.T) {
	for _, c := range []struct {
		c    data.Customer
		want string
	}{
		{data.Customer{Name: "Asha", WhatsAppName: "A", Phone: 919820012345}, "Asha"},
		{data.Customer{Name: "  ", WhatsAppName: "A", Phone: 919820012345}, "A"},
		{data.Customer{Name: "\t", WhatsAppName: " ", Phone: 919820012345}, "+919820012345"},
		{data.Customer{}, ""},
	} {
		if got := c.c.Title(); got != c.want {
			t.Errorf("%+v: %q", c.c, got)
		}
	}
}

func TestE164(t *testing.T) {
	for _, s := range []string{
		"", "+", "123456", "0919820012345", "+0919820012345", "1234567890123456", "91 98200 12345", "+91-9820012345",
		"9.1e11", "++919820012345", "-919820012345", "९१९८२००१२३४५",
	} {
		if p, ok := data.ParseE164(s); ok {
			t.Errorf("%q is %d", s, p)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		p := data.Phone(rapid.Uint64Range(1_000_000, 999_999_999_999_999).Draw(t, "phone"))
		back, ok := data.ParseE164(p.String())
		bare, ok2 := data.ParseE164(p.String()[1:])
		if !ok || !ok2 || back != p || bare != p {
			t.Fatalf("%s: %d, %d", p, back, bare)
		}
	})
	if data.Phone(0).String() != "" {
		t.Error("no phone is written as one")
	}
}

func TestDates(t *testing.T) {
	india := time.FixedZone("IST", 5*3600+1800)
	late := time.Date(2026, 11, 23, 23, 0, 0, 0, time.UTC)
	if data.DateOf(late)+1 != data.DateOf(late.In(india)) {
		t.Error("a day is that of the time's own zone")
	}
	if data.DateOf(time.Time{}) != 0 || !data.Date(0).Time(india).IsZero() {
		t.Error("not set")
	}
	rapid.Check(t, func(t *rapid.T) {
		d := data.Date(rapid.IntRange(-30000, 60000).Filter(func(n int) bool { return n != 0 }).Draw(t, "day"))
		first := d.Time(india)
		if data.DateOf(first) != d || data.DateOf(first.Add(-time.Nanosecond)) == d {
			t.Fatalf("day %d begins at %v", d, first)
		}
	})
}

func TestWrongOTPsSayNothing(t *testing.T) {
	if got := (&data.OTPWrong{Left: 3, Wait: time.Minute}).Error(); got != "that OTP isn't right" {
		t.Error(got)
	}
}
