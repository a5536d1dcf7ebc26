package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestAsk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	out, err := ask(t.Context(), path, ".timer on\nSELECT "+quote("it's")+";\nSELECT 2 WHERE 'b' IN "+quoteAll([]string{"a", "b"})+";\n")
	if err != nil {
		t.Fatal(err)
	}
	times, lines, err := timedLines(out)
	if err != nil || len(times) != 2 || !slices.Equal(lines, []string{"it's", "2"}) {
		t.Errorf("%v, %q, %v", times, lines, err)
	}
	_, err = ask(t.Context(), path, "SELECT nothing;\nSELECT 1;\n")
	if err == nil || !strings.Contains(err.Error(), "nothing") {
		t.Errorf("a wrong statement: %v", err)
	}
}

func TestTimedLines(t *testing.T) {
	times, lines, err := timedLines("7\nRun Time: real 0.250 user 0.2 sys 0.0\n1|a\n")
	if err != nil || !slices.Equal(times, []time.Duration{250 * time.Millisecond}) || !slices.Equal(lines, []string{"7", "1|a"}) {
		t.Errorf("%v, %q, %v", times, lines, err)
	}
	if _, _, err := timedLines("Run Time: real soon\n"); err == nil {
		t.Error("not a time")
	}
}
