package demo_test

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"testing"

	"lethe/app/demo"
	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

func open(t *testing.T) (*demo.Folder, *storetest.Clock) {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	clock := storetest.NewClock()
	last := 0
	f, err := demo.Open(t.Context(), clock.Now, slog.New(slog.DiscardHandler), nil, func(done, total int) { last = total - done })
	if err != nil {
		t.Fatal(err)
	}
	if last != 0 {
		t.Errorf("progress ended with %d to go", last)
	}
	return f, clock
}

func TestSample(t *testing.T) {
	f, clock := open(t)
	n := 0
	err := f.Store.Customers(t.Context(), f.Owner, func(*data.Row) error { n++; return nil })
	if err != nil || n != 1714 {
		t.Errorf("%d customers, %v", n, err)
	}
	members, err := f.Store.Members(t.Context(), f.Owner)
	if err != nil || len(members) < 4 {
		t.Fatalf("members %v, %v", members, err)
	}
	for _, m := range members {
		a, err := f.SignIn(t.Context(), m.ID)
		if err != nil {
			t.Errorf("%s can't be: %v", m.Name, err)
			continue
		}
		if rights, err := f.Store.Rights(t.Context(), a); err != nil || rights.User != m.ID {
			t.Errorf("rights of %s: %+v, %v", m.Name, rights, err)
		}
	}

	// The OTP on show is good at once, though one was spent on enrolling.
	plan, err := f.Store.Seal(t.Context(), f.Owner, store.SealRequest{Way: data.WayAll})
	if err != nil {
		t.Fatal(err)
	}
	code, left := f.Code(clock.Now())
	if left <= 0 || left > 30e9 {
		t.Errorf("shown for %v yet", left)
	}
	if _, err := f.Store.Authorise(t.Context(), f.Owner, plan, code); err != nil {
		t.Errorf("the OTP on show: %v", err)
	}

	dir := f.Dir()
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder is still there: %v", err)
	}
}

func TestCancelledLeavesNothing(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := demo.Open(ctx, storetest.NewClock().Now, slog.New(slog.DiscardHandler), nil, func(int, int) {})
	if err == nil {
		t.Fatal("a cancelled sample was made")
	}
	if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
