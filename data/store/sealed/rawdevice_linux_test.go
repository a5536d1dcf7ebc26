package sealed_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"lethe/data"
	"lethe/data/account"
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

// attack opens what it can of a device with a data key and counts the
// customers of whom it sees something. It takes each block for a page of any
// number and, behind each header of a log and in each block that may be of one,
// frames.
func attack(t *testing.T, raw []byte, key sealed.Key, lastPage uint32, traces map[string]int) (customers, pages, frames int) {
	t.Helper()
	o, err := sealed.NewOpener(key)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[int]bool{}
	look := func(page []byte) {
		for trace, who := range traces {
			if bytes.Contains(page, []byte(trace)) {
				seen[who] = true
			}
		}
	}
	var zero [sealed.PageSize]byte
	for at := 0; at+sealed.PageSize <= len(raw); at += sealed.PageSize {
		block := raw[at:][:sealed.PageSize]
		if bytes.Equal(block, zero[:]) {
			continue
		}
		if page, ok := o.Page(block, lastPage); ok {
			pages++
			look(page)
		}
		// As the n-th block of a log, whose blocks follow each other.
		for n := range 160 {
			before := n * sealed.PageSize
			in := (before - sealed.LogHeaderSize) % sealed.FrameSize
			first := before
			if n == 0 {
				first, in = sealed.LogHeaderSize, 0
			}
			if in != 0 {
				first += sealed.FrameSize - in
			}
			start := at + first - before
			if start+sealed.FrameSize > len(raw) {
				break
			}
			if page, ok := o.Frame(raw[start:], int64(first)); ok {
				frames++
				look(page)
			}
		}
	}
	return len(seen), pages, frames
}

// An attacker has every byte of the device, and a keys file with a password.
// With those of after the deletion they see nothing of the deleted. What they
// see with those of before is told, not hidden: see SECURITY.md.
func TestForensicRawDevice(t *testing.T) {
	d := newDevice(t, 40)
	if d == nil {
		return
	}
	n := proof.N(60, 600)
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
			traces := map[string]int{}
			for i := range c.gone {
				row := storetest.Row(base, i)
				traces[row.Customer.Name], traces[row.Customer.Email] = i, i
			}
			before := unlockIn(t, s.Dir)
			raw := d.raw(t)
			for trace := range traces {
				if bytes.Contains(raw, []byte(trace)) {
					t.Fatalf("%q stands on the device in clear", trace)
				}
			}
			if seen, _, _ := attack(t, raw, before, 400, traces); seen != c.gone {
				t.Fatalf("the control sees %d of %d: the attack is no good", seen, c.gone)
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
			seen, pages, frames := attack(t, raw, after, 400, traces)
			if seen != 0 {
				t.Errorf("with the keys of after: something of %d of %d customers", seen, c.gone)
			}
			turned := before != after
			old, oldPages, oldFrames := attack(t, raw, before, 400, traces)
			proof.Figure(t, "%d of %d deleted: with the keys of after %d customers (%d pages and %d frames open); with the keys of before %s",
				c.gone, n, seen, pages, frames, whatOld(turned, old, oldPages, oldFrames))
		})
	}
}

func whatOld(turned bool, customers, pages, frames int) string {
	if !turned {
		return "the same, since the key was not turned"
	}
	return fmt.Sprintf("%s customers (%d pages and %d frames open)", strconv.Itoa(customers), pages, frames)
}

func unlockIn(t *testing.T, dir string) sealed.Key {
	t.Helper()
	keys, err := account.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	un, err := keys.Unlock(t.Context(), 1, storetest.Password)
	if err != nil {
		t.Fatal(err)
	}
	return un.DataKey()
}
