package sealed

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
)

// WALFrames opens each frame of the WAL at path, those of earlier rounds of the
// log too, and calls f with its page; f's error ends it. It answers how many
// frames do not open though they are not all zeros: a crash between the two
// writes of a frame leaves one, random bytes leave many. A file that does not
// exist is fs.ErrNotExist.
//
// No connection to the database may be open in this process.
func WALFrames(ctx context.Context, path string, key Key, f func(Page) error) (unreadable int, err error) {
	s, err := newSuite(key)
	if err != nil {
		return 0, err
	}
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	seal := newSealer(s)
	b := make([]byte, frameSize)
	defer clear(b)
	for off := int64(walHeaderSize); ; off += frameSize {
		if err := ctx.Err(); err != nil {
			return unreadable, err
		}
		n, err := file.ReadAt(b, off)
		if err != nil && !errors.Is(err, io.EOF) {
			return unreadable, err
		}
		if n < frameSize {
			if !isZero(b[:n]) {
				unreadable++
			}
			return unreadable, nil
		}
		if isZero(b) {
			continue
		}
		if !seal.openFrameBytes(off, b) {
			unreadable++
			continue
		}
		if err := f(loggedPage(b)); err != nil {
			return unreadable, err
		}
	}
}

// loggedPage describes the page of an opened frame. Only b-tree pages tell by
// themselves what they are.
func loggedPage(frame []byte) Page {
	pgno, page := binary.BigEndian.Uint32(frame), frame[frameHeaderSize:]
	unallocated, _, ok := cells(pgno, page)
	if !ok {
		return describe(pgno, Logged, page, 0)
	}
	return Page{Number: pgno, Kind: btreeKind(page[headerOffset(pgno)]), Data: page[:usable], Unallocated: unallocated}
}
