package backup_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"filippo.io/age"

	"lethe/data"
	"lethe/data/backup"
)

const (
	passphrase = "seven camels in a row"
	cheap      = backup.Work(1)
)

// sample is a small backup and what is in it.
func sample(t *testing.T, size int) (file, keys, database []byte, h backup.Header) {
	t.Helper()
	keys, database = []byte(`{"format": "lethe keys"}`), make([]byte, size)
	if _, err := rand.Read(database); err != nil {
		t.Fatal(err)
	}
	h = backup.Header{Made: 1_795_000_000, Schema: 3, Customers: 12, Entries: 4, Head: []byte("head"), Database: int64(size)}
	var out bytes.Buffer
	if _, err := backup.Write(&out, passphrase, cheap, h, keys, bytes.NewReader(database)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), keys, database, h
}

// read opens a backup and reads it to its end.
func read(file []byte, passphrase string) (*backup.Reader, []byte, error) {
	r, err := backup.Open(bytes.NewReader(file), passphrase)
	if err != nil {
		return nil, nil, err
	}
	var database bytes.Buffer
	_, err = r.Database(&database)
	return r, database.Bytes(), err
}

func TestRoundTrip(t *testing.T) {
	for _, size := range []int{1, 4096, 64 << 10, 200_000} { // age's chunks are of 64 KiB
		file, keys, database, h := sample(t, size)
		r, got, err := read(file, passphrase)
		if err != nil {
			t.Fatal(err)
		}
		h.Version, h.Keys = backup.Version, int64(len(keys))
		if !bytes.Equal(got, database) || !bytes.Equal(r.Keys, keys) || r.Header.Made != h.Made ||
			r.Header.Customers != h.Customers || string(r.Header.Head) != "head" {
			t.Errorf("%d bytes: read back %+v, %d bytes", size, r.Header, len(got))
		}
		if bytes.Contains(file, keys) || bytes.Contains(file, database[:min(size, 32)]) && size > 8 {
			t.Error("it is not sealed")
		}
	}
}

func TestTheSumIsOfWhatIsInside(t *testing.T) {
	h := backup.Header{Made: 1, Schema: 1, Database: 5}
	var one, two bytes.Buffer
	a, err := backup.Write(&one, passphrase, cheap, h, []byte("keys"), strings.NewReader("12345"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := backup.Write(&two, "another one altogether", cheap, h, []byte("keys"), strings.NewReader("12345"))
	if err != nil || a != b {
		t.Errorf("equal content, other sums; %v", err)
	}
	r, err := backup.Open(&one, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	if c, err := r.Database(io.Discard); err != nil || c != a {
		t.Errorf("read another sum than was written; %v", err)
	}
}

func TestUnicodeFormsOfAPassphraseAreOne(t *testing.T) {
	var out bytes.Buffer
	h := backup.Header{Made: 1, Schema: 1, Database: 1}
	if _, err := backup.Write(&out, "caf\u00e9 am fluss", cheap, h, []byte("k"), strings.NewReader("d")); err != nil {
		t.Fatal(err)
	}
	if _, _, err := read(out.Bytes(), "cafe\u0301 am fluss"); err != nil {
		t.Error(err)
	}
}

func TestWrongPassphrases(t *testing.T) {
	file, _, _, _ := sample(t, 4096)
	for _, wrong := range []string{"", " ", passphrase + " ", strings.ToUpper(passphrase), passphrase[1:], "\x00", strings.Repeat("x", 5000)} {
		if _, _, err := read(file, wrong); !errors.Is(err, data.ErrWrongPassphrase) {
			t.Errorf("%.20q: %v", wrong, err)
		}
	}
}

// Whatever byte is changed, nothing is taken for a backup, and the error is one
// that the window has a sentence for.
func TestEveryByteCounts(t *testing.T) {
	file, _, _, _ := sample(t, 300)
	kinds := map[error]int{}
	for i := range file {
		for _, flip := range []byte{0x01, 0x80} {
			changed := bytes.Clone(file)
			changed[i] ^= flip
			_, _, err := read(changed, passphrase)
			known := false
			for _, kind := range []error{data.ErrNotBackup, data.ErrWrongPassphrase, data.ErrBackupDamaged} {
				if errors.Is(err, kind) {
					kinds[kind]++
					known = true
				}
			}
			if !known {
				t.Fatalf("byte %d of %d flipped by %#x: %v", i, len(file), flip, err)
			}
		}
	}
	if kinds[data.ErrBackupDamaged] < 2*300 { // all of the content at least
		t.Errorf("%v", kinds)
	}
}

func TestEveryLengthButItsOwnIsRefused(t *testing.T) {
	file, _, _, _ := sample(t, 300)
	for n := range file {
		if _, _, err := read(file[:n], passphrase); !errors.Is(err, data.ErrBackupDamaged) && !errors.Is(err, data.ErrNotBackup) {
			t.Fatalf("cut to %d of %d bytes: %v", n, len(file), err)
		}
	}
	// At the borders of age's chunks too.
	file, _, _, _ = sample(t, 3*(64<<10))
	for n := len(file) - 1; n > 0; n -= 16 << 10 {
		if _, _, err := read(file[:n], passphrase); !errors.Is(err, data.ErrBackupDamaged) {
			t.Fatalf("cut to %d of %d bytes: %v", n, len(file), err)
		}
	}
	if _, _, err := read(append(bytes.Clone(file), 'x'), passphrase); !errors.Is(err, data.ErrBackupDamaged) {
		t.Errorf("lengthened: %v", err)
	}
	if _, _, err := read(append(bytes.Clone(file), file...), passphrase); !errors.Is(err, data.ErrBackupDamaged) {
		t.Errorf("doubled: %v", err)
	}
}

// inside seals what is no backup with age.
func inside(t *testing.T, content string) []byte {
	t.Helper()
	var out bytes.Buffer
	r, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		t.Fatal(err)
	}
	r.SetWorkFactor(1)
	w, err := age.Encrypt(&out, r)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestForeignFiles(t *testing.T) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	var toKey bytes.Buffer
	w, err := age.Encrypt(&toKey, id.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	begin := func(header string) string {
		return "lethe backup\n" + string([]byte{0, 0, 0, byte(len(header))}) + header
	}
	for _, c := range []struct {
		name string
		file []byte
		want error
	}{
		{"nothing", nil, data.ErrNotBackup},
		{"a text", []byte("Name,Phone\nAsha,1\n"), data.ErrNotBackup},
		{"only the first line", []byte("age-encryption.org/v1\n"), data.ErrBackupDamaged},
		{"age, for a key", toKey.Bytes(), data.ErrNotBackup},
		{"age, of something else", inside(t, "Dear diary, today I met seven camels"), data.ErrNotBackup},
		{"age, of nothing", inside(t, ""), data.ErrNotBackup},
		{"no header", inside(t, begin("")), data.ErrBackupDamaged},
		{"newer", inside(t, begin(`{"version":2,"made":"in another form"}`)), data.ErrBackupNewer},
		{"version 0", inside(t, begin(`{"version":0}`)), data.ErrBackupDamaged},
		{"no database", inside(t, begin(`{"version":1,"schema":1,"keys":1}`)), data.ErrBackupDamaged},
		{"keys of terabytes", inside(t, begin(`{"version":1,"schema":1,"keys":9000000000000,"database":1}`)), data.ErrBackupDamaged},
		{"no header's end", inside(t, "lethe backup\n\xff\xff\xff\xff{"), data.ErrBackupDamaged},
		{"less than it says", inside(t, begin(`{"version":1,"schema":1,"keys":1,"database":50}`)+"k12345"), data.ErrBackupDamaged},
		{"more than it says", inside(t, begin(`{"version":1,"schema":1,"keys":1,"database":2}`)+"k12345"), data.ErrBackupDamaged},
	} {
		if _, _, err := read(c.file, passphrase); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// A file that asks for more memory than a computer has is not even tried.
func TestACostBeyondReasonIsRefused(t *testing.T) {
	file := inside(t, "x")
	costly := bytes.Replace(file, []byte(" 1\n"), []byte(" 30\n"), 1)
	if bytes.Equal(file, costly) {
		t.Fatal("no work factor found")
	}
	if _, _, err := read(costly, passphrase); !errors.Is(err, data.ErrBackupDamaged) {
		t.Error(err)
	}
}

// A drive that goes while it is read or written is no damaged backup.
func TestErrorsOfTheDriveStayWhatTheyAre(t *testing.T) {
	file, _, _, _ := sample(t, 200_000)
	gone := &fs.PathError{Op: "read", Path: "x", Err: errors.New("input/output error")}
	for _, at := range []int64{0, 10, 100, 250, 150_000} {
		_, _, err := func() (*backup.Reader, []byte, error) {
			r, err := backup.Open(io.MultiReader(bytes.NewReader(file[:at]), iotest.ErrReader(gone)), passphrase)
			if err == nil {
				_, err = r.Database(io.Discard)
			}
			return r, nil, err
		}()
		if !errors.Is(err, gone) || errors.Is(err, data.ErrBackupDamaged) {
			t.Errorf("at %d: %v", at, err)
		}
	}
	r, err := backup.Open(bytes.NewReader(file), passphrase)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Database(full{}); !errors.Is(err, errFull) {
		t.Errorf("full: %v", err)
	}
	h := backup.Header{Made: 1, Schema: 1, Database: 300_000}
	if _, err := backup.Write(full{}, passphrase, cheap, h, []byte("k"), bytes.NewReader(make([]byte, 300_000))); !errors.Is(err, errFull) {
		t.Errorf("writing: %v", err)
	}
	if _, err := backup.Write(io.Discard, passphrase, cheap, h, []byte("k"), strings.NewReader("short")); err == nil {
		t.Error("a database shorter than it was said to be")
	}
}

var errFull = errors.New("full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestMark(t *testing.T) {
	one, _, _, _ := sample(t, 4096)
	two, _, _, _ := sample(t, 4096)
	a, err := backup.Mark(bytes.NewReader(one))
	if err != nil {
		t.Fatal(err)
	}
	if again, err := backup.Mark(bytes.NewReader(one[:300])); err != nil || again != a {
		t.Errorf("of its beginning: %v", err)
	}
	if b, err := backup.Mark(bytes.NewReader(two)); err != nil || a == b {
		t.Errorf("two backups have one mark; %v", err)
	}
	if _, err := backup.Mark(strings.NewReader("Name,Phone\n")); !errors.Is(err, data.ErrNotBackup) {
		t.Error(err)
	}
}

// What the passphrase took of memory is gone when the backup is written: who
// reads it again to check it takes as much.
func TestWrite_KeepsNoMemory(t *testing.T) {
	h := backup.Header{Made: 1, Schema: 1, Database: 5}
	if _, err := backup.Write(io.Discard, passphrase, backup.DefaultWork, h, []byte("keys"), strings.NewReader("12345")); err != nil {
		t.Fatal(err)
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	const most = 64 << 20 // of the 256 that it took
	if m.HeapAlloc > most || m.HeapSys-m.HeapReleased > 2*most {
		t.Errorf("%d MB are allocated, %d MB kept", m.HeapAlloc>>20, (m.HeapSys-m.HeapReleased)>>20)
	}
}
