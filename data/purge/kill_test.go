package purge_test

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"

	"lethe/data"
	"lethe/data/purge"
	"lethe/data/store/sealed"
)

const (
	held = 400
	few  = 150 // go by WaySelected, without an OTP
)

// start runs the child and returns once it deletes.
func start(t *testing.T, dir string, way data.Way, mode string) (cmd *exec.Cmd, said *bufio.Reader, kill func()) {
	t.Helper()
	cmd = exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childOf+"="+string(way)+" "+mode+" "+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said = bufio.NewReader(out)
	hear(t, said, "deleting")
	return cmd, said, func() {
		// It may have ended by itself meanwhile.
		_ = cmd.Process.Kill()
		_, _ = io.Copy(io.Discard, said)
		_ = cmd.Wait()
		_ = in.Close()
	}
}

func hear(t *testing.T, said *bufio.Reader, want string) {
	t.Helper()
	if line, err := said.ReadString('\n'); err != nil || line != want+"\n" {
		t.Fatalf("the child said %q, %v; not %q", line, err, want)
	}
}

// afterwards looks at a folder whose program was killed while it deleted, as
// the next start does, and tells whether the deletion stands.
func afterwards(t *testing.T, dir string, gone int) (deleted, resumed bool) {
	t.Helper()
	s, err := openList(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	p := purge.New(s.Store)
	resumed, report, err := p.Resume(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if resumed && (report.State != data.ScrubRebuilt || !report.Vacuumed) {
		t.Errorf("taken up: %+v", report)
	}
	if again, _, err := p.Resume(t.Context()); again || err != nil {
		t.Errorf("taken up twice: %v, %v", again, err)
	}
	ids := s.IDs(t)
	switch len(ids) {
	case held:
	case held - gone:
		deleted = true
	default:
		t.Fatalf("%d of %d are left, a part of %d", len(ids), held, gone)
	}
	if resumed && !deleted {
		t.Error("a clean-up without a deletion")
	}
	entries, err := s.Audit(t.Context(), s.Owner, 0)
	if err != nil {
		t.Fatal(err)
	}
	deletions := 0
	for _, e := range entries {
		if e.Kind == data.AuditDelete {
			deletions++
		}
	}
	if deleted != (deletions == 1) {
		t.Errorf("deleted: %v, but %d entries", deleted, deletions)
	}
	if m, err := s.Mark(t.Context(), s.Owner); err != nil || m.Held != len(ids) {
		t.Errorf("%+v, %v", m, err)
	}
	if err := s.QuickCheck(t.Context(), s.Owner); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	key, database := keyOf(t, dir)
	onlyTheList(t, dir, database)
	r := search(t, dir, database, key, traces(0, gone))
	if deleted && r.Found != 0 {
		t.Errorf("%d traces are left: %+v", r.Found, r.Findings)
	}
	if !deleted && r.Found < gone {
		t.Errorf("only %d traces of %d customers who are there: the search is no good", r.Found, gone)
	}
	return deleted, resumed
}

// The process dies at any moment of a deletion and of its clean-up. The
// deletion is all there or not at all, and the next start finishes the rest.
func TestKilledWhileDeleting(t *testing.T) {
	made := newList(t, held)
	if err := made.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		way   data.Way
		gone  int
		kills map[string]int // in the whole of it, and in the clean-up
	}{
		{data.WaySelected, few, map[string]int{"run": 5, "scrub": 10}},
		{data.WayAll, held, map[string]int{"run": 6, "scrub": 4}},
	} {
		t.Run(string(c.way), func(t *testing.T) {
			// Undisturbed, to know how long it takes.
			dir := copyFolder(t, made.Dir)
			cmd, said, _ := start(t, dir, c.way, "scrub")
			began := time.Now()
			hear(t, said, "deleted")
			took := map[string]time.Duration{"run": time.Since(began)}
			began = time.Now()
			hear(t, said, "done")
			took["scrub"] = time.Since(began)
			took["run"] += took["scrub"]
			if err := cmd.Wait(); err != nil {
				t.Fatal(err)
			}
			if deleted, resumed := afterwards(t, dir, c.gone); !deleted || resumed {
				t.Errorf("undisturbed: deleted %v, taken up %v", deleted, resumed)
			}

			// Between the commit and the clean-up: the traces are there, and so is
			// the job.
			dir = copyFolder(t, made.Dir)
			oldKey, oldDatabase := keyOf(t, dir)
			_, said, kill := start(t, dir, c.way, "pause")
			hear(t, said, "deleted")
			kill()
			if r := search(t, dir, oldDatabase, oldKey, traces(0, c.gone)); r.Found < c.gone {
				t.Errorf("before the clean-up %d traces are found: the search is no good", r.Found)
			}
			if deleted, resumed := afterwards(t, dir, c.gone); !deleted || !resumed {
				t.Errorf("between: deleted %v, taken up %v", deleted, resumed)
			}

			for mode, kills := range c.kills {
				counts := map[[2]bool]int{}
				for i := range kills {
					dir := copyFolder(t, made.Dir)
					_, said, kill := start(t, dir, c.way, mode)
					if mode == "scrub" {
						hear(t, said, "deleted")
					}
					timer := time.NewTimer(took[mode] * time.Duration(2*i+1) / time.Duration(2*kills))
					<-timer.C
					kill()
					deleted, resumed := afterwards(t, dir, c.gone)
					if mode == "scrub" && !deleted {
						t.Error("what was said to be deleted is not")
					}
					counts[[2]bool{deleted, resumed}]++
				}
				t.Logf("%s: %d kills in %v: %d before the commit, %d before the end of the clean-up, %d after it", mode, kills,
					took[mode], counts[[2]bool{false, false}], counts[[2]bool{true, true}], counts[[2]bool{true, false}])
			}
		})
	}
}

// After each way of deleting nothing of the deleted is in the files. That the
// search would find it is shown on the same files before.
func TestNothingIsLeftAfterEachWay(t *testing.T) {
	const n = 120
	for _, c := range []struct {
		way         data.Way
		first, gone int
	}{
		{data.WayOne, 40, 1},
		{data.WaySelected, 0, 30},
		{data.WayFiltered, 20, 59},
		{data.WayFiltered, 0, 90},
		{data.WayAll, 0, n},
	} {
		t.Run(string(c.way), func(t *testing.T) {
			s := newList(t, n)
			ctx := t.Context()
			if _, err := s.AddSegment(ctx, s.Owner, data.Segment{Name: "Lakshmi Nagar people"}); err != nil {
				t.Fatal(err)
			}
			for i, id := range s.IDs(t) {
				if i%3 == 0 {
					if err := s.AddNote(ctx, s.Owner, id, "A note of some length, to be moved about by others"); err != nil {
						t.Fatal(err)
					}
				}
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			key, database := keyOf(t, s.Dir)
			before := search(t, s.Dir, database, key, traces(c.first, c.gone))
			if before.Found < 3*c.gone {
				t.Fatalf("%d traces of %d customers who are there: the search is no good", before.Found, c.gone)
			}
			s, err := openList(ctx, s.Dir)
			if err != nil {
				t.Fatal(err)
			}
			p, auth, err := plan(ctx, s, requestOf(c.way, s.IDs(t)[c.first:c.first+c.gone]))
			if err != nil {
				t.Fatal(err)
			}
			var stages []purge.Stage
			r, err := purge.New(s.Store).Execute(ctx, s.Owner, p, auth, texts, func(p purge.Progress) { stages = append(stages, p.Stage) })
			if err != nil {
				t.Fatal(err)
			}
			if r.Scrub.State != data.ScrubChecked || r.Scrub.Pages == 0 || r.Scrub.Values < 3*c.gone || r.Deleted != c.gone ||
				r.Stay != n-c.gone || stages[0] != purge.Deleting || stages[len(stages)-1] == purge.Deleting {
				t.Errorf("%+v, %v", r, stages)
			}
			if done, _, err := purge.New(s.Store).Resume(ctx); done || err != nil {
				t.Errorf("something to take up: %v, %v", done, err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			newKey, newDatabase := keyOf(t, s.Dir)
			onlyTheList(t, s.Dir, newDatabase)
			needles := traces(c.first, c.gone)
			if c.way == data.WayAll {
				needles.Add([]byte("Lakshmi Nagar"), sealed.Anywhere)
				needles.Add([]byte("A note of some length"), sealed.Anywhere)
				needles.Add([]byte("Tag A"), sealed.Anywhere)
			}
			if after := search(t, s.Dir, newDatabase, newKey, needles); after.Found != 0 {
				t.Errorf("%d traces are left: %+v", after.Found, after.Findings)
			}
			if (newKey == key) != (2*c.gone < n) {
				t.Errorf("%d of %d went; the key was turned: %v", c.gone, n, newKey != key)
			}
			if c.gone < n { // those who stay are found, so the search reads what it should
				if after := search(t, s.Dir, newDatabase, newKey, traces((c.first+c.gone)%n, 1)); after.Found == 0 {
					t.Error("one who stays is not found")
				}
			}
		})
	}
}
