package backup

import (
	"crypto/sha256"
	"fmt"
	"io"
	"runtime/debug"

	"filippo.io/age"
	"golang.org/x/text/unicode/norm"
)

// Work is the cost of guessing a passphrase: scrypt's N is 2 to the power of
// it, its r 8 and its p 1 (RFC 7914). The zero value is DefaultWork; tests take
// a cheap one.
type Work int

const (
	// DefaultWork takes about a second and 256 MiB.
	DefaultWork Work = 18
	// maxWork is the highest that Open accepts, a gibibyte: a file from
	// anywhere must not use up the computer.
	maxWork Work = 20
)

// Write seals a backup under a passphrase. database must yield h.Database
// bytes; h.Version and h.Keys are filled in here. The sum is SHA-256 over all
// that is inside of age, which Reader.Database answers too.
func Write(w io.Writer, passphrase string, work Work, h Header, keys []byte, database io.Reader) (sum [sha256.Size]byte, err error) {
	h.Version, h.Keys = Version, int64(len(keys))
	if err := h.check(); err != nil {
		return sum, err
	}
	recipient, err := age.NewScryptRecipient(normal(passphrase))
	if err != nil {
		return sum, err
	}
	if work == 0 {
		work = DefaultWork
	}
	recipient.SetWorkFactor(int(work))
	sealed, err := age.Encrypt(w, recipient)
	if err != nil {
		return sum, err
	}
	if work >= DefaultWork {
		// What that took is needed no more, and who reads the backup again to
		// check it needs as much.
		debug.FreeOSMemory()
	}
	hash := sha256.New()
	out := io.MultiWriter(sealed, hash)
	if err := h.write(out); err != nil {
		return sum, err
	}
	if _, err := out.Write(keys); err != nil {
		return sum, err
	}
	switch n, err := io.Copy(out, io.LimitReader(database, h.Database+1)); {
	case err != nil:
		return sum, err
	case n != h.Database:
		return sum, fmt.Errorf("the database has %d bytes, not %d", n, h.Database)
	}
	if err := sealed.Close(); err != nil {
		return sum, err
	}
	return [sha256.Size]byte(hash.Sum(nil)), nil
}

// normal makes one of the several ways in which Unicode writes the same text,
// as for passwords: which one a keyboard gives depends on the computer.
func normal(passphrase string) string { return norm.NFC.String(passphrase) }

// Mark tells one backup from all others without its passphrase: SHA-256 of
// age's header, which holds a random salt. It reads the beginning only.
func Mark(r io.Reader) ([sha256.Size]byte, error) {
	header, err := age.ExtractHeader(r)
	if err != nil {
		return [sha256.Size]byte{}, classify(err)
	}
	return sha256.Sum256(header), nil
}
