package sealed

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"lethe/data/store/internal/disk"
)

const overwriteChunk = 1 << 20

// Overwrite writes random bytes over the whole of a file in place, syncs them,
// and leaves it at its length. Random ones and not zeros: storage that
// compresses, or keeps equal blocks once, would not write those. One pass, since
// more reach nothing that the first did not (NIST SP 800-88, section 2.4). The
// file must not be open in SQLite. What storage keeps besides the file's blocks
// (a solid-state drive's spare ones, snapshots) it does not reach. A file that
// does not exist is fs.ErrNotExist.
func Overwrite(path string) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return &fs.PathError{Op: "overwrite", Path: path, Err: fs.ErrInvalid}
	}
	stream, err := randomStream()
	if err != nil {
		return err
	}
	buf := make([]byte, overwriteChunk)
	for off, size := int64(0), info.Size(); off < size; {
		part := buf[:min(int64(len(buf)), size-off)]
		clear(part)
		stream.XORKeyStream(part, part)
		n, err := f.WriteAt(part, off)
		if err != nil {
			return err
		}
		disk.Tell(disk.Change{Kind: disk.Write, Path: path, Offset: off, Data: part[:n]})
		off += int64(n)
	}
	err = f.Sync()
	disk.Tell(disk.Change{Kind: disk.Sync, Path: path})
	return err
}

// randomStream is the key stream of AES-256 in counter mode under a random key:
// as random as the system's, and many times faster.
func randomStream() (cipher.Stream, error) {
	var key [32 + aes.BlockSize]byte
	if _, err := rand.Read(key[:]); err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key[:32])
	if err != nil {
		return nil, err
	}
	return cipher.NewCTR(block, key[32:]), nil
}

// OverwriteAndRemove overwrites a file and removes it; the folder is synced. A
// file that does not exist is no error.
func OverwriteAndRemove(path string) error {
	switch err := Overwrite(path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	}
	if err := disk.Removed(path); err != nil {
		return err
	}
	return SyncDir(filepath.Dir(path))
}
