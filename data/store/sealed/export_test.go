package sealed

import "encoding/binary"

// What an attacker with a data key and nothing but the bytes of a disk can try.

// Opener opens pages and frames of which it is not known where they stood.
type Opener struct{ seal *sealer }

// NewOpener makes one.
func NewOpener(key Key) (*Opener, error) {
	s, err := newSuite(key)
	if err != nil {
		return nil, err
	}
	return &Opener{newSealer(s)}, nil
}

// Page tries a block as a page of a database, under each number up to last.
func (o *Opener) Page(block []byte, last uint32) ([]byte, bool) {
	page := make([]byte, PageSize)
	for pgno := uint32(1); pgno <= last; pgno++ {
		if pgno == 1 && !o.seal.ours(block) {
			continue
		}
		copy(page, block)
		if o.seal.openPage(pgno, page) {
			return page, true
		}
	}
	return nil, false
}

// Frame tries the bytes of a disk at b as the frame of a log that stood at an
// offset.
func (o *Opener) Frame(b []byte, offset int64) ([]byte, bool) {
	frame := append([]byte(nil), b[:frameSize]...)
	if o.seal.openFrameBytes(offset, frame) {
		return frame[frameHeaderSize:], true
	}
	return nil, false
}

// LogHeader tells whether b begins as a sealed log does.
func LogHeader(b []byte) bool {
	return binary.BigEndian.Uint32(b)&^1 == 0x377f0682 && binary.BigEndian.Uint32(b[4:]) == sealedVersion
}

// Sizes of a log.
const (
	LogHeaderSize = walHeaderSize
	FrameSize     = frameSize
)

// KeepGaps has every VFS that is mounted leave the gaps of pages as they are, or
// zero them again. No file may be written meanwhile.
func KeepGaps(keep bool) {
	registerMu.Lock()
	defer registerMu.Unlock()
	for _, v := range vfses {
		v.keepGap = keep
	}
}
