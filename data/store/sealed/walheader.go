package sealed

import "encoding/binary"

// The header of the log holds nothing of the list. On the disk it has another
// version than SQLite's: any SQLite without this VFS, a database browser say,
// then refuses the log and leaves it alone. With the right version it would find
// no frame in it that it understands, and remove the log when it closes, with
// all that was committed there.
const (
	walVersion    = 3007000
	sealedVersion = 0x5ea1ed01
)

// hideWALHeader gives a header that SQLite writes its version on the disk.
func hideWALHeader(h []byte) { setWALVersion(h, sealedVersion) }

// showWALHeader is the reverse; it answers false and changes nothing if h is no
// header that hideWALHeader made.
func showWALHeader(h []byte) bool {
	s0, s1, ok := walChecksum(h)
	if !ok || binary.BigEndian.Uint32(h[24:]) != s0 || binary.BigEndian.Uint32(h[28:]) != s1 ||
		binary.BigEndian.Uint32(h[4:]) != sealedVersion {
		return false
	}
	setWALVersion(h, walVersion)
	return true
}

func setWALVersion(h []byte, version uint32) {
	binary.BigEndian.PutUint32(h[4:], version)
	if s0, s1, ok := walChecksum(h); ok {
		binary.BigEndian.PutUint32(h[24:], s0)
		binary.BigEndian.PutUint32(h[28:], s1)
	}
}

// walChecksum computes the checksum of a header, in the byte order that its
// magic number names; ok is false for another magic number (SQLite file format,
// sections 4.1 and 4.2).
func walChecksum(h []byte) (s0, s1 uint32, ok bool) {
	var order binary.ByteOrder
	switch binary.BigEndian.Uint32(h) {
	case 0x377f0682:
		order = binary.LittleEndian
	case 0x377f0683:
		order = binary.BigEndian
	default:
		return 0, 0, false
	}
	for i := 0; i < 24; i += 8 {
		s0 += order.Uint32(h[i:]) + s1
		s1 += order.Uint32(h[i+4:]) + s0
	}
	return s0, s1, true
}
