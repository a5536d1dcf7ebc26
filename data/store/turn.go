package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"lethe/data"
	"lethe/data/store/sealed"
)

// TurnStage is what a turning of the key is doing.
type TurnStage string

// The stages in their order. Copying can be cancelled by ending the context;
// from TurnRemoving on the new key stands.
const (
	TurnCopying  TurnStage = "copying"
	TurnRemoving TurnStage = "removing"
)

// TurnProgress tells how far it is: customers, while copying.
type TurnProgress struct {
	Stage       TurnStage
	Done, Total int
}

// Room is what writing the list anew takes and has, in bytes. Free is negative
// where the system doesn't tell.
type Room struct{ Needed, Free int64 }

// Enough tells whether it can begin.
func (r Room) Enough() bool { return r.Free < 0 || r.Free >= r.Needed }

// TurnRoom tells what room TurnKey takes and has. It needs ManageTeam.
func (s *Store) TurnRoom(ctx context.Context, a *Actor) (Room, error) {
	var room Room
	err := s.read(ctx, a, data.OpTurnRoom, func(*tx) error {
		var err error
		room, err = s.room()
		return err
	})
	return room, err
}

// room is what another copy of the list takes, with something to spare for its
// logs; the gate is held.
func (s *Store) room() (Room, error) {
	room := Room{Needed: spareRoom}
	for _, suffix := range []string{"", "-wal"} {
		info, err := os.Stat(s.files.path + suffix)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return room, err
		}
		room.Needed += info.Size()
	}
	var err error
	room.Free, err = freeRoom(s.opt.Dir)
	return room, err
}

const spareRoom = 4 << 20

// freeRoom is systemRoom; tests have less.
var freeRoom = systemRoom

// TurnKey writes the list into a new file under a new key and overwrites and
// removes the old one: whoever has an old copy of the keys, or was removed from
// the team, can open nothing any more that is written from then on. It needs
// ManageTeam. It is all done or not at all, whatever happens;
// what a crash leaves of the old file the next start removes. Errors besides
// those of writing: *data.RoomNeeded, before anything is written, if there is
// no room for a second copy of the list.
func (s *Store) TurnKey(ctx context.Context, a *Actor, progress func(TurnProgress)) error {
	if progress == nil {
		progress = func(TurnProgress) {}
	}
	release, err := s.Lease()
	if err != nil {
		return err
	}
	defer release()
	s.keysMu.Lock()
	defer s.keysMu.Unlock()
	s.writes.Lock()
	defer s.writes.Unlock()
	var events []data.Event
	p := TurnProgress{Stage: TurnCopying}
	old, err := s.swap(ctx, a, swap{
		look: func(t *tx) error {
			if err := t.may(data.OpTurnKey); err != nil {
				return err
			}
			var err error
			if p.Total, err = t.count(ctx, "customers"); err != nil {
				return err
			}
			progress(p)
			room, err := s.room()
			if err == nil && !room.Enough() {
				err = &data.RoomNeeded{Needed: room.Needed, Free: room.Free}
			}
			return err
		},
		fill: func(t *tx) error {
			if err := t.copyAll(ctx, func(done int) { p.Done = done; progress(p) }); err != nil {
				return err
			}
			if err := t.audit(ctx, data.AuditKeyTurned, facts{}); err != nil {
				return err
			}
			events = t.told()
			return nil
		},
	})
	if err != nil {
		return err
	}
	progress(TurnProgress{Stage: TurnRemoving})
	s.publish(events)
	return s.removeOld(old)
}

// removeOld overwrites and removes the file whose place another took, once it
// is sure to stay so.
func (s *Store) removeOld(old string) error {
	if old == "" {
		return nil
	}
	if err := sealed.SyncDir(filepath.Dir(old)); err != nil {
		return plain(err) // the new list might not be the one after a power loss
	}
	return plain(removeDatabase(old))
}

func (t *tx) count(ctx context.Context, table string) (int, error) {
	n := 0
	err := t.QueryRowContext(ctx, "SELECT count(*) FROM "+table).Scan(&n)
	return n, err
}
