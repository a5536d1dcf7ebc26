package backup

import (
	"bufio"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"strings"

	"filippo.io/age"

	"lethe/data"
)

// intro is the first line of every age file.
const intro = "age-encryption.org/v1\n"

// Reader is a backup that its passphrase opened.
type Reader struct {
	Header Header
	Keys   []byte // the keys file

	rest io.Reader
	hash hash.Hash
}

// Open reads a backup up to its database. Errors: data.ErrNotBackup for any
// other file, data.ErrWrongPassphrase, data.ErrBackupNewer,
// data.ErrBackupDamaged, or that of r.
func Open(r io.Reader, passphrase string) (*Reader, error) {
	failing := &remember{r: r}
	in := bufio.NewReaderSize(failing, 1<<16)
	first, err := in.Peek(len(intro))
	if failing.err != nil {
		return nil, failing.err
	}
	if err != nil || string(first) != intro {
		return nil, data.ErrNotBackup
	}
	id, err := age.NewScryptIdentity(normal(passphrase))
	if err != nil {
		return nil, data.ErrWrongPassphrase // an empty one
	}
	id.SetMaxWorkFactor(int(maxWork))
	content, err := age.Decrypt(in, id)
	if failing.err != nil {
		return nil, failing.err
	}
	if err != nil {
		return nil, classify(err)
	}
	b := &Reader{hash: sha256.New()}
	b.rest = io.TeeReader(&told{content, failing}, b.hash)
	if b.Header, err = readHeader(b.rest); err != nil {
		return nil, err
	}
	b.Keys = make([]byte, b.Header.Keys)
	if _, err := io.ReadFull(b.rest, b.Keys); err != nil {
		return nil, failing.or(damaged(err))
	}
	return b, nil
}

// Database writes the sealed database to w and checks that the backup ends
// where it should. Only when it returns without an error was all of the backup
// as it had been written; sum is that of Write.
func (b *Reader) Database(w io.Writer) (sum [sha256.Size]byte, err error) {
	out := &remember{w: w}
	n, err := io.Copy(out, io.LimitReader(b.rest, b.Header.Database))
	switch {
	case out.err != nil:
		return sum, out.err
	case err != nil:
		return sum, err
	case n != b.Header.Database:
		return sum, damaged(fmt.Errorf("%d of %d bytes", n, b.Header.Database))
	}
	// age proves the end of the file only to who reads it.
	switch n, err := io.Copy(io.Discard, b.rest); {
	case err != nil:
		return sum, err
	case n != 0:
		return sum, damaged(fmt.Errorf("%d bytes too many", n))
	}
	return [sha256.Size]byte(b.hash.Sum(nil)), nil
}

// classify turns an error of age into the one that the window has words for.
func classify(err error) error {
	var path *fs.PathError
	var none *age.NoIdentityMatchError
	switch {
	case errors.As(err, &path):
		return err
	case errors.As(err, &none):
		if len(none.StanzaTypes) == 1 && none.StanzaTypes[0] == "scrypt" {
			return data.ErrWrongPassphrase
		}
		return data.ErrNotBackup // for keys, not for a passphrase
	case strings.Contains(err.Error(), "unexpected intro"), strings.Contains(err.Error(), "file is empty"),
		strings.Contains(err.Error(), "reading intro"):
		return data.ErrNotBackup
	}
	return damaged(err)
}

// remember keeps the first error of a reader or writer, which libraries in
// between wrap or drop: a drive that was pulled out is no damaged backup.
type remember struct {
	r   io.Reader
	w   io.Writer
	err error
}

func (f *remember) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) && f.err == nil {
		f.err = err
	}
	return n, err
}

func (f *remember) Write(p []byte) (int, error) {
	n, err := f.w.Write(p)
	if err != nil && f.err == nil {
		f.err = err
	}
	return n, err
}

func (f *remember) or(err error) error {
	if f.err != nil {
		return f.err
	}
	return err
}

// told is what is inside of age: its errors are a damaged backup, unless the
// file itself could not be read.
type told struct {
	r    io.Reader
	file *remember
}

func (t *told) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	if err == nil || errors.Is(err, io.EOF) {
		return n, err
	}
	return n, t.file.or(damaged(err))
}
