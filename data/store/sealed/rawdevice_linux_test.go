package sealed_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"lethe/data"
	"lethe/data/otp"
	"lethe/data/store"
	"lethe/data/store/internal/proof"
	"lethe/data/store/sealed"
	"lethe/data/store/storetest"
)

// device is an ext4 file system on a raw device of its own: a file.
type device struct{ image, dir string }

// newDevice answers nil where none can be mounted.
func newDevice(t *testing.T, megabytes int64) *device {
	t.Helper()
	d := &device{filepath.Join(t.TempDir(), "device"), t.TempDir()}
	f, err := os.Create(d.image)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(megabytes << 20); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for _, command := range [][]string{
		{"mkfs.ext4", "-q", "-F", "-b", "4096", d.image},
		{"mount", "-o", "loop", d.image, d.dir},
	} {
		if out, err := exec.Command(command[0], command[1:]...).CombinedOutput(); err != nil {
			t.Logf("no device can be mounted here: %v: %s", err, out)
			return nil
		}
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", d.dir).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	})
	return d
}

// raw is every byte of the device, as it is once all is written.
func (d *device) raw(t *testing.T) []byte {
	t.Helper()
	if out, err := exec.Command("sync", "-f", d.dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	b, err := os.ReadFile(d.image)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// traces are values by which the deleted are known.
type traces struct {
	needles *sealed.Needles
	who     map[int]int // by the needle's number
}

// attacked is what an attack saw.
type attacked struct{ customers, pages, frames int }

// attack opens what it can of a device with a data key and counts the
// customers of whom it sees something. It takes each block for a page of any
// number up to most, and for the n-th block of a log, up to most too, with the
// frames that begin there.
func attack(t *testing.T, raw []byte, key sealed.Key, most int, tr *traces) attacked {
	t.Helper()
	var (
		mu    sync.Mutex
		all   sync.WaitGroup
		next  atomic.Int64
		total attacked
		seen  = map[int]bool{}
	)
	for range runtime.GOMAXPROCS(0) {
		o, err := sealed.NewOpener(key)
		if err != nil {
			t.Fatal(err)
		}
		all.Go(func() {
			var zero [sealed.PageSize]byte
			look := func(count *int, plain []byte) {
				found := tr.needles.In(string(plain))
				mu.Lock()
				defer mu.Unlock()
				*count++
				for _, n := range found {
					seen[tr.who[n]] = true
				}
			}
			for {
				at := int(next.Add(1)-1) * sealed.PageSize
				if at+sealed.PageSize > len(raw) {
					return
				}
				if block := raw[at:][:sealed.PageSize]; bytes.Equal(block, zero[:]) {
					continue
				} else if page, ok := o.Page(block, uint32(most)); ok {
					look(&total.pages, page)
				}
				for n := range most {
					before := n * sealed.PageSize // in the log, where its blocks follow each other
					first := before
					if n == 0 {
						first = sealed.LogHeaderSize
					} else if in := (before - sealed.LogHeaderSize) % sealed.FrameSize; in != 0 {
						first += sealed.FrameSize - in
					}
					start := at + first - before
					if first-before >= sealed.PageSize || start+sealed.FrameSize > len(raw) {
						continue
					}
					if page, ok := o.Frame(raw[start:], int64(first)); ok {
						look(&total.frames, page)
					}
				}
			}
		})
	}
	all.Wait()
	total.customers = len(seen)
	return total
}

// An attacker has every byte of the device, and a keys file with a password.
// With those of after the deletion they see nothing of the deleted. What they
// see with those of before is told, not hidden: see SECURITY.md.
func TestForensicRawDevice(t *testing.T) {
	d := newDevice(t, int64(proof.N(40, 200)))
	if d == nil {
		return
	}
	n := proof.N(60, 10_000)
	for _, c := range []struct {
		name string
		way  data.Way
		gone int
	}{{"in place", data.WaySelected, n / 4}, {"by a new file", data.WayFiltered, n * 3 / 4}, {"everybody", data.WayAll, n}} {
		if !proof.Long() && c.way != data.WayFiltered {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			s := &storetest.Store{Clock: storetest.NewClock(), Dir: filepath.Join(d.dir, strings.ReplaceAll(c.name, " ", "-"))}
			if err := os.Mkdir(s.Dir, 0o700); err != nil {
				t.Fatal(err)
			}
			var err error
			s.Store, s.Owner, s.Recovery, err = store.Create(t.Context(), s.Options(), store.FirstRun{
				Business: "Sharma Traders", OwnerName: "Asha Sharma", Password: storetest.Password, Region: "IN",
			})
			if err != nil {
				t.Fatal(err)
			}
			s.Enrol(t)
			const base = 919820100000
			s.Fill(t, s.Owner, base, n)
			tr := &traces{sealed.NewNeedles(), map[int]int{}}
			for i := range c.gone {
				row := storetest.Row(base, i)
				tr.who[tr.needles.Add([]byte(row.Customer.Name), sealed.Anywhere)] = i
				tr.who[tr.needles.Add([]byte(row.Customer.Email), sealed.Anywhere)] = i
			}
			most := largest(t, s.Dir)
			before := unlockIn(t, s.Dir)
			raw := d.raw(t)
			if clear := tr.needles.In(string(raw)); len(clear) > 0 {
				t.Fatalf("%d values stand on the device in clear", len(clear))
			}
			control := attack(t, raw, before, most, tr)
			if control.customers != c.gone {
				t.Fatalf("the control sees %d of %d: the attack is no good", control.customers, c.gone)
			}
			ids := s.IDs(t)[:c.gone]
			changes, err := s.Changes(t.Context(), s.Owner)
			if err != nil {
				t.Fatal(err)
			}
			p, err := s.Seal(t.Context(), s.Owner, store.SealRequest{Way: c.way, IDs: ids, Changes: changes})
			if err != nil {
				t.Fatal(err)
			}
			var auth *otp.Authorisation
			if p.Summary().OTPDue {
				if auth, err = s.Authorise(t.Context(), s.Owner, p, s.Code()); err != nil {
					t.Fatal(err)
				}
			}
			_, residue, err := s.Delete(t.Context(), s.Owner, p, auth, func(data.Receipt) (string, string) { return "Deleted", "" }, nil)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.Scrub(t.Context(), residue, nil); err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			raw = d.raw(t)
			after := unlockIn(t, s.Dir)
			most = max(most, largest(t, s.Dir))
			now := attack(t, raw, after, most, tr)
			if now.customers != 0 {
				t.Errorf("with the keys of after: something of %d of %d customers", now.customers, c.gone)
			}
			old := "the same, since the key was not turned"
			if before != after {
				old = attack(t, raw, before, most, tr).String()
			}
			proof.Figure(t, "%d of %d deleted: before the deletion %v; with the keys of after %v; with the keys of before %s",
				c.gone, n, control, now, old)
		})
	}
}

func (a attacked) String() string {
	return fmt.Sprintf("%d customers (%d pages and %d frames open)", a.customers, a.pages, a.frames)
}

// largest is the size of the largest file of a folder, in blocks, and some to
// spare.
func largest(t *testing.T, dir string) int {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	most := int64(0)
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(e.Name(), ".lethe") {
			most = max(most, info.Size())
		}
	}
	return int(most/sealed.PageSize) + 20
}
