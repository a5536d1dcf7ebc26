package sealed

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// Check tells whether the database at path is sealed under key: nil if so, and
// otherwise ErrEmpty, ErrNotSealed, ErrWrongKey, ErrDamaged, or the error of
// reading the file. A damaged page 1 is none beside a log or journal from which
// SQLite can mend it.
//
// No connection to the database may be open in this process: closing a file by
// hand drops SQLite's POSIX locks on it.
func Check(path string, key Key) error {
	s, err := newSuite(key)
	if err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	page := make([]byte, PageSize)
	n, err := io.ReadFull(f, page)
	if cerr := f.Close(); cerr != nil {
		return cerr
	}
	switch {
	case n == 0 && errors.Is(err, io.EOF):
		return ErrEmpty
	case errors.Is(err, io.ErrUnexpectedEOF):
		if n >= checkSize && s.ours(page) {
			return ErrDamaged
		}
		return ErrNotSealed
	case err != nil:
		return err
	case !s.ours(page):
		if looksSealed(page) {
			return ErrWrongKey
		}
		return ErrNotSealed
	}
	if newSealer(s).openPage(1, page) {
		return nil
	}
	for _, suffix := range []string{walSuffix, journalSuffix} {
		if info, err := os.Stat(path + suffix); err == nil && info.Size() > 0 {
			return nil
		}
	}
	return fmt.Errorf("%w: page 1", ErrDamaged)
}

// Where SQLite keeps the log and the rollback journal of a database.
const (
	walSuffix     = "-wal"
	journalSuffix = "-journal"
)

// looksSealed tells a database sealed under some key from other files, by the
// part of page 1 that is never encrypted: sizes, and the three bytes that are
// the same in every database (SQLite file format, section 1.3).
func looksSealed(page []byte) bool {
	return string(page[:checkSize]) != magic &&
		page[16] == PageSize>>8 && page[17] == PageSize&0xff && page[20] == Reserved &&
		page[21] == 64 && page[22] == 32 && page[23] == 32
}
