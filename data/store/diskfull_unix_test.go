//go:build unix

package store_test

import (
	"errors"
	"math"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// noRoom is a disk on which nothing more fits, until free is called.
type noRoom struct {
	fill, free func(t *testing.T)
	want       error
}

// The limit on the size of files stands in for a disk that takes no more: it
// needs no rights, and files can still be made.
func TestFilesThatCantGrow(t *testing.T) {
	// In a process of its own, for it holds for every file: also for the one in
	// which go test writes down what the tests opened.
	const child = "LETHE_TEST_FULL_CHILD"
	if os.Getenv(child) == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^TestFilesThatCantGrow$", "-test.v")
		cmd.Env = append(os.Environ(), child+"=yes")
		if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS: TestFilesThatCantGrow") {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	signal.Ignore(syscall.SIGXFSZ)
	t.Cleanup(func() { signal.Reset(syscall.SIGXFSZ) })
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	limit := func(t *testing.T, bytes uint64) {
		t.Helper()
		l := before
		l.Cur = min(bytes, before.Cur)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &l); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { limit(t, math.MaxInt64) })
	nothingIsLost(t, storetest.New(t), noRoom{
		fill: func(t *testing.T) { limit(t, 40_000) },
		free: func(t *testing.T) { limit(t, before.Cur) },
		want: data.ErrReadOnly,
	})
}

// nothingIsLost lets changes fail for want of room and then has them done.
func nothingIsLost(t *testing.T, s *storetest.Store, disk noRoom) {
	t.Helper()
	ctx := t.Context()
	s.Fill(t, s.Owner, 919820100000, 600)
	s.Enrol(t)
	s = reopen(t, s, unlock(t, s, 1)) // its log is empty now
	ids := s.IDs(t)
	mark, err := s.Mark(ctx, s.Owner)
	if err != nil {
		t.Fatal(err)
	}
	same := func(what string) {
		t.Helper()
		now, err := s.Mark(ctx, s.Owner)
		if got := s.IDs(t); err != nil || len(got) != len(ids) || now != mark {
			t.Errorf("%s: %d of %d customers, %+v, %v", what, len(got), len(ids), now, err)
		}
		if err := s.QuickCheck(ctx, s.Owner); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	many := store.ImportRequest{Each: func(yield func(*store.ImportRow) error) error {
		for i := range 600 {
			if err := yield(storetest.Row(919830000000, i)); err != nil {
				return err
			}
		}
		return nil
	}}
	p := seal(t, s, s.Owner, data.WaySelected, ids[:280])
	all := seal(t, s, s.Owner, data.WayAll, nil)
	auth, err := s.Authorise(ctx, s.Owner, all, s.Code())
	if err != nil {
		t.Fatal(err)
	}

	disk.fill(t)
	_, err = s.Import(ctx, s.Owner, many, nil)
	disk.free(t)
	wantErr(t, "an import", err, disk.want)
	same("after the import that failed")

	disk.fill(t)
	_, _, err = s.Delete(ctx, s.Owner, p, nil, texts, nil)
	_, _, err2 := s.Delete(ctx, s.Owner, all, auth, texts, nil)
	disk.free(t)
	wantErr(t, "a deletion", err, disk.want)
	wantErr(t, "Delete All", err2, disk.want)
	same("after the deletions that failed")

	// The deletion is through, but the clean-up finds no room.
	if _, _, err = s.Delete(ctx, s.Owner, p, nil, texts, nil); err != nil {
		t.Fatalf("once there is room: %v", err)
	}
	disk.fill(t)
	_, _, err = s.ResumeScrub(ctx)
	disk.free(t)
	wantErr(t, "the clean-up", err, disk.want)
	if n := len(s.IDs(t)); n != 320 {
		t.Errorf("%d are left", n)
	}
	done, report, err := s.ResumeScrub(ctx)
	if err != nil || !done || report.State != data.ScrubRebuilt {
		t.Errorf("the clean-up, once there is room: %v, %+v, %v", done, report, err)
	}
	if done, _, err := s.ResumeScrub(ctx); done || err != nil {
		t.Errorf("and again: %v, %v", done, err)
	}
	if _, err = s.Import(ctx, s.Owner, many, nil); err != nil {
		t.Errorf("the import, once there is room: %v", err)
	}
	if err := errors.Join(s.QuickCheck(ctx, s.Owner)); err != nil || len(s.IDs(t)) != 920 {
		t.Errorf("%d customers, %v", len(s.IDs(t)), err)
	}
	log(t, s)
}
