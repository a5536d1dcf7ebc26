package sealed

import (
	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// Sizes in a WAL (SQLite file format, section 4.1).
const (
	walHeaderSize   = 32
	frameHeaderSize = 24
	frameSize       = frameHeaderSize + PageSize
)

// walState is what a WAL's file remembers between two calls of SQLite.
type walState struct {
	// The header written or read last, so that the page that follows it needs
	// no further read. frame is its offset, 0 if there is none.
	frame  int64
	header [frameHeaderSize]byte

	// recovering is set from the read of the log's header on, with which a
	// recovery begins, until the read of a checksum alone, with which SQLite
	// begins to compute those of its own transaction anew. Both read whole
	// frames, but only a recovery may meet a torn one.
	recovering bool
	salts      [8]byte
	lossKnown  bool
}

// frameAt answers the offset of the frame that off falls into and where in it.
func frameAt(off int64) (frame int64, in int) {
	in = int((off - walHeaderSize) % frameSize)
	return off - int64(in), in
}

func (f *file) readWAL(tls *libc.TLS, buf uintptr, n int32, off int64) int32 {
	if off == 0 && n == walHeaderSize {
		return f.readWALHeader(tls, buf)
	}
	if off == 24 && n == 8 { // the log header's own checksum
		f.wal.recovering = false
		rc := f.real.read(tls, f.work, walHeaderSize, 0)
		if header := f.workBytes(walHeaderSize); rc == sqlite3.SQLITE_OK && showWALHeader(header) {
			copy(bytesAt(buf, 8), header[24:])
			return rc
		}
		return sqlite3.SQLITE_IOERR_DATA
	}
	if off < walHeaderSize {
		return sqlite3.SQLITE_IOERR_READ
	}
	switch frame, in := frameAt(off); {
	case n == PageSize && in == frameHeaderSize:
		return f.readFrame(tls, buf, frame)
	case n == frameSize && in == 0:
		return f.recoverFrame(tls, buf, frame)
	case n == 8 && in == 16:
		f.wal.recovering = false
		rc := f.real.read(tls, f.work, frameHeaderSize, frame)
		if rc == sqlite3.SQLITE_OK {
			header := f.workBytes(frameHeaderSize)
			f.openFrameHeader(frame, header)
			copy(bytesAt(buf, 8), header[16:])
		}
		return rc
	}
	return sqlite3.SQLITE_IOERR_READ
}

// openFrame reads the frame at offset into the work area and opens it.
func (f *file) openFrame(tls *libc.TLS, frame int64) (b []byte, opened bool, rc int32) {
	if rc := f.real.read(tls, f.work, frameSize, frame); rc != sqlite3.SQLITE_OK {
		return nil, false, rc
	}
	b = f.workBytes(frameSize)
	return b, f.openFrameBytes(frame, b), sqlite3.SQLITE_OK
}

// openFrameBytes opens header and page of the frame at offset, in place.
func (s *sealer) openFrameBytes(frame int64, b []byte) bool {
	s.openFrameHeader(frame, b)
	return s.open(s.log, b[frameHeaderSize:], 0, s.frameAAD(frame, b))
}

// readFrame answers the page of a frame.
func (f *file) readFrame(tls *libc.TLS, buf uintptr, frame int64) int32 {
	b, opened, rc := f.openFrame(tls, frame)
	if rc == sqlite3.SQLITE_IOERR_SHORT_READ || rc == sqlite3.SQLITE_OK && !opened {
		return sqlite3.SQLITE_IOERR_DATA
	}
	if rc == sqlite3.SQLITE_OK {
		copy(bytesAt(buf, PageSize), b[frameHeaderSize:])
		clear(b)
	}
	return rc
}

// recoverFrame answers header and page of a frame. In a recovery one that does
// not open is answered with zeros, which ends the log, as a wrong checksum does
// in a plain one.
func (f *file) recoverFrame(tls *libc.TLS, buf uintptr, frame int64) int32 {
	b, opened, rc := f.openFrame(tls, frame)
	if rc != sqlite3.SQLITE_OK {
		return rc
	}
	if !opened && !f.wal.recovering {
		return sqlite3.SQLITE_IOERR_DATA
	}
	answer := bytesAt(buf, frameSize)
	if opened {
		copy(answer, b)
	} else {
		clear(answer)
	}
	if f.wal.recovering && (!opened || [8]byte(b[8:16]) != f.wal.salts) {
		f.lookBehind(tls, frame)
	}
	clear(b)
	return sqlite3.SQLITE_OK
}

// readWALHeader answers the header of the log. Where that makes no sense but
// the first frame opens, the log was damaged.
func (f *file) readWALHeader(tls *libc.TLS, buf uintptr) int32 {
	rc := f.real.read(tls, buf, walHeaderSize, 0)
	if rc != sqlite3.SQLITE_OK {
		return rc
	}
	header := bytesAt(buf, walHeaderSize)
	f.wal.recovering = true
	f.wal.salts = [8]byte(header[16:24])
	if !showWALHeader(header) {
		b, opened, _ := f.openFrame(tls, walHeaderSize)
		if opened {
			f.reportLoss(LogLoss{Path: f.path, Frame: 0, Later: 1})
		}
		clear(b)
	}
	return sqlite3.SQLITE_OK
}

// lookBehind looks for a frame of the same log behind the one at which a
// recovery ends, and reports it. Frames of an earlier round of the log have
// other salts.
func (f *file) lookBehind(tls *libc.TLS, frame int64) {
	for later := frame + frameSize; !f.wal.lossKnown; later += frameSize {
		if f.real.read(tls, f.work, frameHeaderSize, later) != sqlite3.SQLITE_OK {
			return
		}
		if [8]byte(f.workBytes(frameHeaderSize)[8:16]) != f.wal.salts {
			continue
		}
		b, opened, rc := f.openFrame(tls, later)
		if rc != sqlite3.SQLITE_OK {
			return
		}
		clear(b)
		if opened {
			f.reportLoss(LogLoss{Path: f.path, Frame: frameNumber(frame), Later: frameNumber(later)})
		}
	}
}

func (f *file) reportLoss(l LogLoss) {
	f.wal.lossKnown = true
	f.vfs.lost(l)
}

func frameNumber(frame int64) uint32 { return uint32((frame-walHeaderSize)/frameSize) + 1 }

func (f *file) writeWAL(tls *libc.TLS, buf uintptr, n int32, off int64) int32 {
	if off == 0 && n == walHeaderSize {
		header := f.workBytes(walHeaderSize)
		copy(header, bytesAt(buf, walHeaderSize))
		hideWALHeader(header)
		return f.put(tls, f.work, n, off)
	}
	if off < walHeaderSize {
		return sqlite3.SQLITE_IOERR_WRITE
	}
	switch frame, in := frameAt(off); {
	case n == frameHeaderSize && in == 0:
		return f.writeFrameHeader(tls, buf, frame)
	case n == PageSize && in == frameHeaderSize:
		return f.writeFrame(tls, buf, frame)
	}
	return sqlite3.SQLITE_IOERR_WRITE
}

func (f *file) writeFrameHeader(tls *libc.TLS, buf uintptr, frame int64) int32 {
	f.wal.frame = frame
	copy(f.wal.header[:], bytesAt(buf, frameHeaderSize))
	header := f.workBytes(frameHeaderSize)
	copy(header, f.wal.header[:])
	f.sealFrameHeader(frame, header)
	return f.put(tls, f.work, frameHeaderSize, frame)
}

// writeFrame seals the page of the frame at offset. SQLite has written its
// header before, most often just now.
func (f *file) writeFrame(tls *libc.TLS, buf uintptr, frame int64) int32 {
	if f.wal.frame != frame {
		if rc := f.real.read(tls, f.work, frameHeaderSize, frame); rc != sqlite3.SQLITE_OK {
			return rc
		}
		f.wal.frame = frame
		copy(f.wal.header[:], f.workBytes(frameHeaderSize))
		f.openFrameHeader(frame, f.wal.header[:])
	}
	page, ok := f.fetch(buf)
	if !ok || f.seal(f.log, page, 0, f.frameAAD(frame, f.wal.header[:])) != nil {
		return sqlite3.SQLITE_IOERR_WRITE
	}
	return f.put(tls, f.work, PageSize, frame+frameHeaderSize)
}
