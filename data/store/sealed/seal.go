package sealed

import (
	"crypto/cipher"
	"crypto/subtle"
	"encoding/binary"

	"golang.org/x/crypto/chacha20poly1305"
)

// Sizes of a page of the database, all in bytes. SQLite uses the first
// PageSize-Reserved bytes of each page; the rest holds tag and nonce.
const (
	PageSize = 4096
	Reserved = tagSize + nonceSize

	usable     = PageSize - Reserved
	tagSize    = chacha20poly1305.Overhead
	nonceSize  = chacha20poly1305.NonceSizeX
	nonceAt    = usable + tagSize
	checkSize  = 16
	headerSize = 100 // of the database, at the start of page 1
)

// SQLite database file header, bytes 0 to 15 (SQLite file format, section 1.3).
const magic = "SQLite format 3\x00"

// The first byte of the associated data: which kind of file a page stands in.
const (
	inDatabase = 'D'
	inWAL      = 'W'
	inJournal  = 'J'
)

// sealer seals and opens pages in place. It keeps the buffers of one file, so
// it must not be used by two goroutines at once.
type sealer struct {
	*suite
	nonce [nonceSize]byte
	aad   [1 + 4 + headerSize - checkSize]byte
}

func newSealer(s *suite) *sealer { return &sealer{suite: s} }

// seal encrypts page[from:usable] and writes tag and nonce behind it.
func (s *sealer) seal(aead cipher.AEAD, page []byte, from int, aad []byte) error {
	if err := drawNonce(s.nonce[:]); err != nil {
		return err
	}
	aead.Seal(page[from:from], s.nonce[:], page[from:usable], aad)
	copy(page[nonceAt:PageSize], s.nonce[:])
	return nil
}

// open is the reverse of seal and zeroes the tail, which was zero when sealed.
// It tells whether the page is what was sealed.
func (s *sealer) open(aead cipher.AEAD, page []byte, from int, aad []byte) bool {
	copy(s.nonce[:], page[nonceAt:PageSize])
	_, err := aead.Open(page[from:from], s.nonce[:], page[from:nonceAt], aad)
	clear(page[usable:PageSize])
	return err == nil
}

// databaseAAD binds a page to its number and page 1 to its clear header too.
func (s *sealer) databaseAAD(pgno uint32, page []byte) []byte {
	s.aad[0] = inDatabase
	binary.BigEndian.PutUint32(s.aad[1:], pgno)
	if pgno != 1 {
		return s.aad[:5]
	}
	return s.aad[:5+copy(s.aad[5:], page[checkSize:headerSize])]
}

// sealPage seals a page of the database in place.
func (s *sealer) sealPage(pgno uint32, page []byte) error {
	from := 0
	if pgno == 1 {
		copy(page, s.check[:])
		from = headerSize
	}
	return s.seal(s.page, page, from, s.databaseAAD(pgno, page))
}

// openPage opens a page of the database in place.
func (s *sealer) openPage(pgno uint32, page []byte) bool {
	if pgno != 1 {
		return s.open(s.page, page, 0, s.databaseAAD(pgno, page))
	}
	if !s.ours(page) || !s.open(s.page, page, headerSize, s.databaseAAD(pgno, page)) {
		return false
	}
	copy(page, magic)
	return true
}

// ours tells whether a database that begins with head is sealed under this key.
func (s *suite) ours(head []byte) bool {
	return subtle.ConstantTimeCompare(head[:checkSize], s.check[:]) == 1
}

func (s *sealer) journalAAD(pgno uint32) []byte {
	s.aad[0] = inJournal
	binary.BigEndian.PutUint32(s.aad[1:], pgno)
	return s.aad[:5]
}

// frameAAD binds a page in the WAL to the offset of its frame and to bytes 0
// to 7 of the frame's header: page number, and size of the database after a
// commit.
func (s *sealer) frameAAD(offset int64, header []byte) []byte {
	s.aad[0] = inWAL
	binary.BigEndian.PutUint64(s.aad[1:], uint64(offset))
	return s.aad[:9+copy(s.aad[9:], header[:8])]
}

// sealFrameHeader encrypts bytes 0 to 7 and 16 to 23 of the header of the frame
// at offset, in place, as one AES block (XEX). The salts between them stay.
func (s *suite) sealFrameHeader(offset int64, header []byte) {
	s.frameBlock(offset, header, s.block.Encrypt)
}

func (s *suite) openFrameHeader(offset int64, header []byte) {
	s.frameBlock(offset, header, s.block.Decrypt)
}

func (s *suite) frameBlock(offset int64, header []byte, crypt func(dst, src []byte)) {
	var buf [2 * 16]byte
	t, b := buf[:16], buf[16:]
	binary.BigEndian.PutUint64(t, uint64(offset))
	s.tweak.Encrypt(t, t)
	copy(b[:8], header[:8])
	copy(b[8:], header[16:24])
	subtle.XORBytes(b, b, t)
	crypt(b, b)
	subtle.XORBytes(b, b, t)
	copy(header[:8], b[:8])
	copy(header[16:24], b[8:])
}

// checksumMask hides the four bytes that SQLite sums up of each page in a
// rollback journal. It depends on the nonce of the page before it.
func (s *suite) checksumMask(nonce []byte) [4]byte {
	var b [16]byte
	s.mask.Encrypt(b[:], nonce[:16])
	subtle.XORBytes(b[:], b[:], nonce[16:nonceSize])
	s.mask.Encrypt(b[:], b[:])
	return [4]byte(b[:4])
}

func isZero(b []byte) bool {
	var bits byte
	for _, c := range b {
		bits |= c
	}
	return bits == 0
}
