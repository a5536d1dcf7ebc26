package store_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"lethe/data/store/internal/disk"
	"lethe/data/store/internal/proof"
)

// inode is a file's content: what lasts, and what was done to it since.
type inode struct {
	durable, now []byte
	pending      []disk.Change
	logs         bool // a log or journal that was not synced yet: SQLite syncs the folder with it
}

// sector is what a disk writes whole or not at all.
const sector = 512

func (n *inode) apply(content []byte, c disk.Change) []byte {
	if c.Kind == disk.Truncate {
		if int64(len(content)) > c.Offset {
			return content[:c.Offset:c.Offset]
		}
		return append(content, make([]byte, c.Offset-int64(len(content)))...)
	}
	if end := c.Offset + int64(len(c.Data)); int64(len(content)) < end {
		content = append(content, make([]byte, end-int64(len(content)))...)
	}
	copy(content[c.Offset:], c.Data)
	return content
}

// left is what a power failure leaves of it: each change since the last sync is
// there, or isn't, or in part.
func (n *inode) left(r *rand.Rand, kept float64) []byte {
	content := bytes.Clone(n.durable)
	for _, c := range n.pending {
		switch x := r.Float64(); {
		case x < kept*0.8:
			content = n.apply(content, c)
		case x < kept && c.Kind == disk.Write: // torn
			for at := 0; at < len(c.Data); {
				to := min(len(c.Data), at+sector-int(c.Offset+int64(at))%sector)
				if r.IntN(2) == 0 {
					content = n.apply(content, disk.Change{Kind: disk.Write, Offset: c.Offset + int64(at), Data: c.Data[at:to]})
				}
				at = to
			}
		}
	}
	return content
}

// folder is a disk with one folder on it, on which changes last only as far as
// they were synced.
type folder struct {
	now, durable map[string]*inode
	pending      []disk.Change // of names; Data is not used
	nodes        []*inode      // of pending, by their index
}

func newFolder(t *testing.T, dir string) *folder {
	t.Helper()
	f := &folder{now: map[string]*inode{}, durable: map[string]*inode{}}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		f.now[e.Name()] = &inode{durable: b, now: bytes.Clone(b)}
	}
	maps.Copy(f.durable, f.now)
	return f
}

// change does to the model what was done to the folder.
func (f *folder) change(c disk.Change) {
	name, to := filepath.Base(c.Path), filepath.Base(c.To)
	n := f.now[name]
	switch c.Kind {
	case disk.Create:
		if n == nil {
			n = &inode{logs: strings.HasSuffix(name, "-wal") || strings.HasSuffix(name, "-journal")}
			f.now[name] = n
			f.named(c, n)
		}
	case disk.Write, disk.Truncate:
		if n != nil {
			n.now = n.apply(n.now, c)
			n.pending = append(n.pending, c)
		}
	case disk.Sync:
		if n != nil {
			n.durable, n.pending = bytes.Clone(n.now), nil
			if n.logs {
				n.logs = false
				f.synced()
			}
		}
	case disk.Rename:
		f.now[to] = n
		delete(f.now, name)
		f.named(c, n)
	case disk.Link:
		f.now[to] = n
		f.named(c, n)
	case disk.Remove:
		delete(f.now, name)
		f.named(c, n)
	case disk.SyncDir:
		f.synced()
	}
}

func (f *folder) named(c disk.Change, n *inode) {
	f.pending, f.nodes = append(f.pending, c), append(f.nodes, n)
}

func (f *folder) synced() {
	f.durable, f.pending, f.nodes = maps.Clone(f.now), nil, nil
}

// fail writes what a power failure leaves into dir.
func (f *folder) fail(dir string, r *rand.Rand) error {
	kept := []float64{0, 0.3, 0.7, 1}[r.IntN(4)]
	names := maps.Clone(f.durable)
	for i, c := range f.pending {
		if r.Float64() >= kept {
			continue
		}
		name, to := filepath.Base(c.Path), filepath.Base(c.To)
		switch c.Kind {
		case disk.Create:
			names[name] = f.nodes[i]
		case disk.Rename:
			names[to] = f.nodes[i]
			delete(names, name)
		case disk.Link:
			names[to] = f.nodes[i]
		case disk.Remove:
			delete(names, name)
		}
	}
	written := map[*inode]string{}
	for name, n := range names {
		path := filepath.Join(dir, name)
		if first, ok := written[n]; ok {
			if err := os.Link(first, path); err != nil {
				return err
			}
			continue
		}
		written[n] = path
		if err := os.WriteFile(path, n.left(r, kept), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// recorded is one change of the script's folder and the act that was under way.
type recorded struct {
	disk.Change
	act int
}

// The check of the check: on a disk that forgets what was synced, the same
// look at the folder finds that promises are broken.
func TestPowerFailuresOfAForgetfulDiskAreNoticed(t *testing.T) {
	made := scriptFolder(t)
	before := newFolder(t, made)
	changes := record(t, made)
	r := rand.New(rand.NewPCG(1, 9))
	broken := 0
	for i, c := range changes {
		if c.Kind != disk.Sync && c.Kind != disk.SyncDir {
			before.change(c.Change)
		}
		if i%(len(changes)/30) != 0 || i == 0 {
			continue
		}
		dir := t.TempDir()
		if err := before.fail(dir, r); err != nil {
			t.Fatal(err)
		}
		if _, err := holds(context.Background(), dir, c.act); err != nil {
			broken++
		}
	}
	if broken < 10 {
		t.Errorf("only %d of 30 were noticed", broken)
	}
	t.Logf("%d of 30 noticed", broken)
}

// record runs the script and notes every change that it makes to the folder.
func record(t *testing.T, dir string) []recorded {
	t.Helper()
	var mu sync.Mutex
	var all []recorded
	act := 0
	stop := disk.Observe(func(c disk.Change) {
		mu.Lock()
		defer mu.Unlock()
		if filepath.Dir(c.Path) == dir || c.Kind == disk.SyncDir && c.Path == dir {
			all = append(all, recorded{c, act})
		}
	})
	defer stop()
	err := runScript(t.Context(), dir, 0, func(what string, i int) {
		mu.Lock()
		defer mu.Unlock()
		if act = i; what == "done" {
			act = i + 1
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// The power fails at any moment of any act: writes since the last sync are
// there, or not, or torn, names since the last sync of the folder too, all in
// any combination. What had returned stands, the passwords open the list,
// nothing of the deleted is left, and nothing was said to be checked too early.
func TestTorturePowerFailures(t *testing.T) {
	made := scriptFolder(t)
	before := newFolder(t, made)
	changes := record(t, made)
	failures := proof.N(60, 1000)
	r := rand.New(rand.NewPCG(proof.Seed(t), 1))
	// Every place is as likely; each model is run up to it once, in order.
	places := make([]int, failures)
	for i := range places {
		places[i] = r.IntN(len(changes) + 1)
	}
	counts := map[verdict]int{}
	perAct := map[int]int{}
	at := map[int]int{}
	for _, p := range places {
		at[p]++
	}
	done := 0
	for i := 0; i <= len(changes); i++ {
		for range at[i] {
			act := len(script())
			if i < len(changes) {
				act = changes[i].act
			}
			seed := r.Uint64()
			dir := t.TempDir()
			if err := before.fail(dir, rand.New(rand.NewPCG(seed, 2))); err != nil {
				t.Fatal(err)
			}
			v, err := holds(context.Background(), dir, act)
			if err != nil {
				keep(t, before, seed, i, act, err)
			}
			if err := os.RemoveAll(dir); err != nil {
				t.Error(err)
			}
			counts[v]++
			perAct[act]++
			done++
			proof.Progress(t, done, failures, "power failures")
		}
		if i < len(changes) {
			before.change(changes[i].Change)
		}
	}
	proof.Figure(t, "%d power failures at %d places in %d acts: %d after a commit and before its answer, %d clean-ups taken up",
		failures, len(changes), len(perAct), counts[verdict{deleted: true}]+counts[verdict{true, true}],
		counts[verdict{resumed: true}]+counts[verdict{true, true}])
}

func keep(t *testing.T, f *folder, seed uint64, place, act int, err error) {
	t.Helper()
	name := "the end"
	if all := script(); act < len(all) {
		name = all[act].name
	}
	var pending []string
	for i, c := range f.pending {
		if i > len(f.pending)-6 {
			pending = append(pending, fmt.Sprintf("%d %s %s", c.Kind, filepath.Base(c.Path), filepath.Base(c.To)))
		}
	}
	t.Errorf("place %d, in %q, seed %d: %v (names not synced: %v)", place, name, seed, err, pending)
}
