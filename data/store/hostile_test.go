package store_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/store"
	"lethe/data/store/internal/proof"
	"lethe/data/store/storetest"
)

// hostileFolder is a closed folder, as it is and as it was before its key was
// turned, with what each held.
type hostileFolder struct {
	files, old map[string][]byte
	rows       map[string]bool
}

func newHostileFolder(t testing.TB) *hostileFolder {
	t.Helper()
	h := &hostileFolder{rows: map[string]bool{}}
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	s.Add(t, "Ravi", 2)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	h.old = folderOf(t, s.Dir)
	got, err := h.open(t, s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	h.rows[got] = true
	keys, err := store.Keys(s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	un, err := keys.Unlock(t.Context(), 1, storetest.Password)
	if err != nil {
		t.Fatal(err)
	}
	if s.Store, s.Owner, err = store.Open(t.Context(), s.Options(), un); err != nil {
		t.Fatal(err)
	}
	s.Fill(t, s.Owner, 919820200000, 30)
	if err := errors.Join(s.TurnKey(t.Context(), s.Owner, nil), s.Close()); err != nil {
		t.Fatal(err)
	}
	h.files = folderOf(t, s.Dir)
	if got, err = h.open(t, s.Dir); err != nil {
		t.Fatal(err)
	}
	h.rows[got] = true
	if len(h.rows) != 2 {
		t.Fatal("the two states are one")
	}
	return h
}

// folderOf are the files that matter of a folder.
func folderOf(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), "ballast") || e.Name() == "lock" {
			continue
		}
		if files[e.Name()], err = os.ReadFile(filepath.Join(dir, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// open signs in as both members, one after the other, and answers all customers
// that the last who came in sees, or the error of the first.
func (h *hostileFolder) open(t testing.TB, dir string) (string, error) {
	t.Helper()
	keys, err := store.Keys(dir)
	if err != nil {
		return "", err
	}
	s := &storetest.Store{Clock: storetest.NewClock(), Dir: dir}
	for id := data.UserID(1); id <= 2; id++ {
		// Whoever wrote the file chose the cost; what takes minutes is no finding.
		if !cheap(dir) {
			return "", errors.New("dear")
		}
		un, err := keys.Unlock(t.Context(), id, storetest.Password)
		if err != nil {
			return "", err
		}
		if s.Store, s.Owner, err = store.Open(t.Context(), s.Options(), un); err != nil {
			return "", err
		}
		if id == 1 {
			if err := s.Close(); err != nil {
				return "", err
			}
		}
	}
	var all strings.Builder
	err = s.Customers(t.Context(), s.Owner, func(r *data.Row) error {
		all.WriteString(strconv.Itoa(int(r.ID)) + " " + r.Name + " " + r.Phone.String() + "\n")
		return nil
	})
	if err == nil {
		err = s.QuickCheck(t.Context(), s.Owner)
	}
	return all.String(), errors.Join(err, s.Close())
}

// cheap tells whether the keys file asks for no more memory and passes than
// those of tests.
func cheap(dir string) bool {
	b, err := os.ReadFile(filepath.Join(dir, account.FileName))
	return err == nil && bytes.Count(b, []byte(`"memory_kib": 64,`))+bytes.Count(b, []byte(`"memory_kib":64,`)) >= 2
}

// try opens the folder with one file changed. It answers whether it opened.
func (h *hostileFolder) try(t testing.TB, file, how uint8, at, n uint32, value byte) bool {
	t.Helper()
	dir, err := os.MkdirTemp("", "hostile")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	for name, content := range h.files {
		if isKeys := name == account.FileName; isKeys == (file%2 == 0) {
			content = h.harm(name, content, how, at, n, value)
		}
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if how%8 == 7 { // all of before, with what is there now
		for name, content := range h.old {
			if name != account.FileName || file%2 == 0 {
				if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	got, err := h.open(t, dir)
	if err == nil && !h.rows[got] {
		t.Fatalf("file %d, harm %d at %d, %d, %d: rows that were never committed: %.200q", file%2, how%8, at, n, value, got)
	}
	return err == nil
}

func (h *hostileFolder) harm(name string, b []byte, how uint8, at, n uint32, value byte) []byte {
	b = bytes.Clone(b)
	off := int(at) % len(b)
	end := min(len(b), off+1+int(n%5000))
	switch how % 8 {
	case 0:
		b[off] ^= value | 1
	case 1:
		return b[:off]
	case 2:
		clear(b[off:end])
	case 3:
		for i := off; i < end; i++ {
			b[i] = value ^ byte(i)
		}
	case 4:
		return append(b, b[off:end]...)
	case 5: // a piece goes
		return append(b[:off], b[end:]...)
	case 6: // a piece of the file of before
		if old := h.old[name]; len(old) > off {
			copy(b[off:end], old[off:])
		}
	}
	return b
}

// FuzzFolder damages the keys file, which also names the database, or the
// database, or puts files of earlier in their place, and signs in: an error, or
// the customers of a time that there was.
func FuzzFolder(f *testing.F) {
	for how := range uint8(8) {
		f.Add(uint8(0), how, uint32(300), uint32(40), byte(7))
		f.Add(uint8(1), how, uint32(9000), uint32(4120), byte(7))
	}
	h := newHostileFolder(f)
	f.Fuzz(func(t *testing.T, file, how uint8, at, n uint32, value byte) {
		h.try(t, file, how, at, n, value)
	})
}

// The same by chance.
func TestTortureDamagedFolder(t *testing.T) {
	h := newHostileFolder(t)
	r := rand.New(rand.NewPCG(proof.Seed(t), 6))
	all, opened := proof.N(64, 3000), 0
	for i := range all {
		if h.try(t, uint8(i/8), uint8(i), r.Uint32(), r.Uint32(), byte(r.Uint32())) {
			opened++
		}
		proof.Progress(t, i+1, all, "damaged folders")
	}
	proof.Figure(t, "%d damaged folders: %d refused, %d opened with customers of a time that there was", all, all-opened, opened)
}
