package purge_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lethe/data"
	"lethe/data/otp"
	"lethe/data/purge"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// restoreOf names the job of a process that is to be killed: "what folder backup".
const restoreOf = "LETHE_TEST_RESTORE_CHILD"

const passphrase = "seven camels in a row"

// restoreChild backs up or restores in a process of its own. It says "begun"
// before and "done" after.
func restoreChild(job string) error {
	ctx := context.Background()
	parts := strings.SplitN(job, " ", 3)
	what, dir, path := parts[0], parts[1], parts[2]
	if what == "salvage" {
		fmt.Println("begun")
		s, err := salvaged(ctx, dir, path)
		if err != nil {
			return err
		}
		fmt.Println("done")
		return s.Close()
	}
	s, err := openList(ctx, dir)
	if err != nil {
		return err
	}
	switch what {
	case "backup":
		fmt.Println("begun")
		if _, err := s.BackUp(ctx, s.Owner, store.BackupRequest{
			Path: path, Passphrase: passphrase, Password: storetest.Password,
		}, nil); err != nil {
			return err
		}
	case "restore":
		fmt.Println("begun")
		r, err := s.StageRestore(ctx, s.Owner, path, passphrase, nil)
		if err != nil {
			return err
		}
		p := purge.New(s.Store)
		auth, err := p.AuthoriseRestore(ctx, s.Owner, r, s.Code())
		if err != nil {
			return err
		}
		if _, err := p.Restore(ctx, s.Owner, r, auth, nil, nil); err != nil {
			return err
		}
		if err := r.Discard(); err != nil {
			return err
		}
	}
	fmt.Println("done")
	return s.Close()
}

// salvaged restores a backup into a folder without a list.
func salvaged(ctx context.Context, dir, path string) (*store.Store, error) {
	s := &storetest.Store{Clock: storetest.NewClock(), Dir: dir, Secret: secret}
	s.Clock.Add(2 * otp.Period)
	v, err := store.OpenBackup(ctx, s.Options(), path, passphrase, nil, nil)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(v.Unlock(ctx, storetest.Password), v.Authorise(s.Code())); err != nil {
		return nil, err
	}
	st, _, err := v.Restore(ctx)
	return st, err
}

// killed runs a child, lets it work for a part of the time that it takes, and
// kills it. The first call of a job, with no time known, lets it end.
func killed(t *testing.T, job string, after time.Duration) (took time.Duration) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), restoreOf+"="+job)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := bufio.NewReader(out)
	hear(t, said, "begun")
	began := time.Now()
	if after == 0 {
		hear(t, said, "done")
		took = time.Since(began)
		if err := cmd.Wait(); err != nil {
			t.Fatal(err)
		}
		return took
	}
	timer := time.NewTimer(after)
	<-timer.C
	// It may have ended by itself meanwhile.
	_ = cmd.Process.Kill()
	_, _ = io.Copy(io.Discard, said)
	_ = cmd.Wait()
	return 0
}

const (
	backedUp = 400
	forgot   = 30 // of them, deleted after the backup
	came     = 20 // added after it
)

// restorable is a folder with a list, and a backup from before some were deleted
// and others came.
func restorable(t *testing.T) (dir, path string) {
	t.Helper()
	s := newList(t, backedUp)
	path = filepath.Join(t.TempDir(), "backup")
	if _, err := s.BackUp(t.Context(), s.Owner, store.BackupRequest{
		Path: path, Passphrase: passphrase, Password: storetest.Password,
	}, nil); err != nil {
		t.Fatal(err)
	}
	p, auth, err := plan(t.Context(), s, store.SealRequest{Way: data.WaySelected, IDs: s.IDs(t)[:forgot]})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := purge.New(s.Store).Execute(t.Context(), s.Owner, p, auth, texts, nil); err != nil {
		t.Fatal(err)
	}
	s.Fill(t, s.Owner, 919820900000, came)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return s.Dir, path
}

// The process dies at any moment of a restore: the list is as it was or as it
// is to be, whole, and in neither is anybody who was deleted.
func TestKilledWhileRestoring(t *testing.T) {
	made, path := restorable(t)
	took, kills, restored := time.Duration(0), 8, 0
	for i := range kills + 1 {
		dir := copyFolder(t, made)
		after := took * time.Duration(2*i-1) / time.Duration(2*kills)
		if n := killed(t, "restore "+dir+" "+path, after); n > 0 {
			took = n
		}
		s, err := openList(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := purge.New(s.Store).Resume(t.Context()); err != nil {
			t.Fatal(err)
		}
		ids := s.IDs(t)
		switch {
		case len(ids) == backedUp-forgot && ids[len(ids)-1] == backedUp:
			restored++
		case len(ids) == backedUp-forgot+came && i > 0:
		default:
			t.Fatalf("kill %d: %d customers", i, len(ids))
		}
		if slices.ContainsFunc(ids, func(id data.CustomerID) bool { return id <= forgot }) {
			t.Fatal("the deleted are back")
		}
		if err := s.QuickCheck(t.Context(), s.Owner); err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		key, database := keyOf(t, dir)
		onlyTheList(t, dir, database)
		if r := search(t, dir, database, key, traces(came, forgot-came)); r.Found != 0 { // the first ones have namesakes
			t.Errorf("%d traces of the deleted", r.Found)
		}
		if r := search(t, dir, database, key, traces(forgot, 1)); r.Found == 0 {
			t.Error("the search is no good")
		}
	}
	t.Logf("%d kills in %v: %d were before the commit", kills, took, kills+1-restored)
}

// The process dies at any moment of a restore into a folder without a list: it
// stays what it was, and the restore can be done again, or the list is there.
func TestKilledWhileRestoringWithoutAList(t *testing.T) {
	made, path := restorable(t)
	for name, folder := range map[string]func(dir string) error{
		"empty": func(string) error { return nil },
		"keys without a database": func(dir string) error {
			b, err := os.ReadFile(filepath.Join(made, "keys"))
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(dir, "keys"), b, 0o600)
		},
	} {
		t.Run(name, func(t *testing.T) {
			took, kills, again := time.Duration(0), 6, 0
			for i := range kills + 1 {
				dir := t.TempDir()
				if err := folder(dir); err != nil {
					t.Fatal(err)
				}
				before, err := store.State(dir)
				if err != nil {
					t.Fatal(err)
				}
				after := took * time.Duration(2*i-1) / time.Duration(2*kills)
				if n := killed(t, "salvage "+dir+" "+path, after); n > 0 {
					took = n
				}
				state, err := store.State(dir)
				if err != nil || state != before && state != store.Ready {
					t.Fatalf("kill %d: the folder is %s, %v", i, state, err)
				}
				if state == before {
					again++
					s, err := salvaged(t.Context(), dir, path)
					if err != nil {
						t.Fatalf("kill %d: again: %v", i, err)
					}
					if err := s.Close(); err != nil {
						t.Fatal(err)
					}
				}
				s, err := openList(t.Context(), dir)
				if err != nil {
					t.Fatal(err)
				}
				if n := len(s.IDs(t)); n != backedUp {
					t.Errorf("kill %d: %d customers", i, n)
				}
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
				_, database := keyOf(t, dir)
				onlyTheList(t, dir, database)
			}
			t.Logf("%d kills in %v: %d were before the commit", kills, took, again)
		})
	}
}

// The process dies at any moment of a backup that replaces another: one of the
// two is there, whole, and the list remembers it.
func TestKilledWhileBackingUp(t *testing.T) {
	made, path := restorable(t)
	took, kills, replaced := time.Duration(0), 6, 0
	for i := range kills + 1 {
		dir, place := copyFolder(t, made), filepath.Join(t.TempDir(), "backup")
		b, err := os.ReadFile(path)
		if err == nil {
			err = os.WriteFile(place, b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		after := took * time.Duration(2*i-1) / time.Duration(2*kills)
		if n := killed(t, "backup "+dir+" "+place, after); n > 0 {
			took = n
		}
		s, err := openList(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		r, err := s.StageRestore(t.Context(), s.Owner, place, passphrase, nil)
		if err != nil {
			t.Fatalf("kill %d: what is there can't be read: %v", i, err)
		}
		switch r.Preview().Held {
		case backedUp:
		case backedUp - forgot + came:
			replaced++
		default:
			t.Errorf("kill %d: %+v", i, r.Preview())
		}
		if err := errors.Join(r.Discard(), s.Close()); err != nil {
			t.Fatal(err)
		}
		_, database := keyOf(t, dir)
		onlyTheList(t, dir, database)
	}
	t.Logf("%d kills in %v: %d before the backup was in place", kills, took, kills+1-replaced)
}
