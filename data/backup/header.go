package backup

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"lethe/data"
)

// Version is the one that Write writes. A higher one is of a newer Lethe.
const Version = 1

const (
	magic     = "lethe backup\n"
	maxHeader = 1 << 16 // bytes
	maxKeys   = 16 << 20
)

// Header tells what a backup holds, before the database is read. It holds no
// customer's data.
type Header struct {
	Version   int    `json:"version"`
	Made      int64  `json:"made"`      // Unix seconds
	Schema    int    `json:"schema"`    // user_version of the database
	Customers int    `json:"customers"` // how many
	Entries   int64  `json:"entries"`   // of the audit log
	Head      []byte `json:"head"`      // of the audit log: its last entry's hash
	Keys      int64  `json:"keys"`      // bytes
	Database  int64  `json:"database"`  // bytes
}

func (h *Header) check() error {
	switch {
	case h.Version > Version:
		return fmt.Errorf("the backup: %w", data.ErrBackupNewer)
	case h.Version < 1, h.Schema < 1, h.Customers < 0, h.Entries < 0,
		h.Keys <= 0, h.Keys > maxKeys, h.Database <= 0:
		return damaged(errors.New("impossible header"))
	}
	return nil
}

func (h *Header) write(w io.Writer) error {
	text, err := json.Marshal(h)
	if err != nil {
		return err
	}
	if len(text) > maxHeader {
		return fmt.Errorf("a header of %d bytes", len(text))
	}
	var b bytes.Buffer
	b.WriteString(magic)
	var n [4]byte
	binary.BigEndian.PutUint32(n[:], uint32(len(text)))
	b.Write(n[:])
	b.Write(text)
	_, err = w.Write(b.Bytes())
	return err
}

// readHeader reads what write wrote. What begins otherwise is something else
// than a backup of Lethe's: data.ErrNotBackup.
func readHeader(r io.Reader) (Header, error) {
	var h Header
	begin := make([]byte, len(magic)+4)
	n, err := io.ReadFull(r, begin)
	switch {
	case errors.Is(err, data.ErrBackupDamaged):
		return h, err
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return h, fmt.Errorf("%d bytes: %w", n, data.ErrNotBackup)
	case err != nil:
		return h, err
	case string(begin[:len(magic)]) != magic:
		return h, data.ErrNotBackup
	}
	size := binary.BigEndian.Uint32(begin[len(magic):])
	if size > maxHeader {
		return h, damaged(fmt.Errorf("a header of %d bytes", size))
	}
	text := make([]byte, size)
	if _, err := io.ReadFull(r, text); err != nil {
		return h, damaged(err)
	}
	// The version first: what else a newer one says may not be readable.
	if err := json.Unmarshal(text, &struct {
		Version *int `json:"version"`
	}{&h.Version}); err != nil {
		return h, damaged(err)
	}
	if h.Version > Version {
		return h, h.check()
	}
	if err := json.Unmarshal(text, &h); err != nil {
		return h, damaged(err)
	}
	return h, h.check()
}

func damaged(why error) error {
	return fmt.Errorf("%w: %w", data.ErrBackupDamaged, why)
}
