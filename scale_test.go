package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"lethe/app/prefs"
)

func TestSetScale(t *testing.T) {
	for _, c := range []struct {
		kept    int
		outside string
		percent int
		inside  string
	}{
		{0, "", 100, ""},
		{150, "", 150, "1.50"},
		{80, "", 80, "0.80"},
		{200, "", 200, "2.00"},
		{7, "", 100, ""},
		{150, "1.2", 100, "1.2"},
	} {
		t.Setenv(scaleVariable, c.outside)
		p := prefs.Open(filepath.Join(t.TempDir(), "window.json"), slog.New(slog.DiscardHandler))
		p.SetInt(prefs.Scale, c.kept)
		if got := setScale(p); got != c.percent || os.Getenv(scaleVariable) != c.inside {
			t.Errorf("%d kept, %q outside: %d, %q", c.kept, c.outside, got, os.Getenv(scaleVariable))
		}
		p.Flush()
	}
}
