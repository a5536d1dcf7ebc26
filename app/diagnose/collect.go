package diagnose

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"lethe/app/desk"
	"lethe/data"
)

// Seen is what only the window's goroutine can look at.
type Seen struct {
	Theme  string
	Scale  float32
	Window fyne.Size
	Usual  bool
}

// Collect takes stock for a report. What the person's role doesn't let them see
// is left out. Background.
func Collect(ctx context.Context, d *desk.Desk, seen Seen) Report {
	_, role := d.Me()
	r := Report{
		Made: d.Clock(), Version: fyne.CurrentApp().Metadata().Version, Language: d.Words.Language(),
		Theme: seen.Theme, Scale: seen.Scale, Window: seen.Window, Demo: d.Demo, Usual: seen.Usual,
		Bytes: sizeOf(d.Store.Dir()), Customers: d.View.Len(), Role: role.Kind,
		Members: Unknown, OTP: "unknown", Outbox: map[data.OutboxState]int{}, Recent: Recent(d.Log),
	}
	if team, err := d.Store.Members(ctx, d.Actor); err == nil {
		r.Members = len(team)
	}
	if set, err := d.Store.OTPSetUp(ctx, d.Actor); err == nil {
		r.OTP = map[bool]string{true: "set up", false: "not set up"}[set]
	}
	if messages, err := d.Store.Outbox(ctx, d.Actor); err == nil {
		for _, m := range messages {
			r.Outbox[m.State]++
		}
	}
	return r
}

// Save collects a report and writes it to a file. Background.
func Save(ctx context.Context, d *desk.Desk, seen Seen, path string) error {
	var text bytes.Buffer
	if err := Collect(ctx, d, seen).Write(&text); err != nil {
		return err
	}
	return os.WriteFile(path, text.Bytes(), 0o600)
}

// sizeOf is how many bytes the files in a folder have, as far as they can be
// looked at.
func sizeOf(dir string) int64 {
	var total int64
	_ = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return nil
		}
		if info, err := e.Info(); err == nil {
			total += info.Size()
		}
		return nil
	})
	return total
}
