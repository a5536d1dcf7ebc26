package store

import (
	"errors"
	"os"
	"path/filepath"

	"lethe/data"
	"lethe/data/store/internal/disk"
	"lethe/data/store/sealed"
)

// The ballast is a file of no use that keeps room on the disk. Where the disk is
// full it is given up, so that one can still sign in, delete a few customers, or
// all of them; it is made again once there is room.

const (
	ballastName = "ballast"

	// BallastSize is its size in bytes: what signing in, a small deletion or
	// Delete All, and their clean-up take, several times over.
	BallastSize = 8 << 20

	// plentyOfRoom is how often its size must be free for it to be made.
	plentyOfRoom = 4
)

// keepBallast makes the ballast if it is wanted, not there in full, and there is
// plenty of room. That it could not be made is no error.
func (s *Store) keepBallast() {
	if s.opt.Ballast <= 0 {
		return
	}
	path := filepath.Join(s.opt.Dir, ballastName)
	if info, err := os.Lstat(path); err == nil && (!info.Mode().IsRegular() || info.Size() == s.opt.Ballast) {
		return
	}
	if free, err := freeRoom(s.opt.Dir); err != nil || free < plentyOfRoom*s.opt.Ballast {
		return
	}
	if err := writeBallast(path, s.opt.Ballast); err != nil {
		s.opt.Log.Warn("no room could be kept for deletions on a full disk")
	}
}

// writeBallast writes random bytes, which no file system leaves out.
func writeBallast(path string, size int64) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Truncate(size), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	if err := sealed.Overwrite(path); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// dropBallast gives it up and tells whether it was there.
func dropBallast(dir string) bool {
	path := filepath.Join(dir, ballastName)
	info, err := os.Lstat(path)
	return err == nil && info.Mode().IsRegular() && info.Size() > 0 && disk.Removed(path) == nil
}

// ensureRoom gives the ballast up if less than need bytes are free, and answers
// *data.RoomNeeded if that is not enough. A system that doesn't tell has room.
func ensureRoom(dir string, need int64) error {
	free, err := freeRoom(dir)
	if err != nil || free >= need {
		return nil
	}
	if dropBallast(dir) {
		if free, err = freeRoom(dir); err != nil || free >= need {
			return nil
		}
	}
	return &data.RoomNeeded{Needed: need, Free: free}
}

// littleRoom is what signing in or a clean-up takes.
const littleRoom = 1 << 20

// roomFor is about what a deletion takes for a moment, in bytes. In place: the
// pages that it changes, in the log, a few for each customer and at most all. By
// a new file: those who stay.
func (s *Store) roomFor(p *Plan) int64 {
	const pagesEach, frame = 6, sealed.PageSize + 24
	size := int64(0)
	s.gate.RLock()
	if s.files != nil {
		if info, err := os.Stat(s.files.path); err == nil {
			size = info.Size()
		}
	}
	s.gate.RUnlock()
	sum := p.Summary()
	switch {
	case sum.Way == data.WayAll:
		return 2 * littleRoom
	case p.mostGo():
		held := int64(max(1, sum.Count+p.stay))
		return size/10 + size*int64(p.stay)/held + littleRoom
	}
	return min(int64(sum.Count)*pagesEach, size/sealed.PageSize)*frame + littleRoom/2
}
