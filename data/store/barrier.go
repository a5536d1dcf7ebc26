package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"modernc.org/sqlite"

	"lethe/data"
	"lethe/data/store/sealed"
)

// behindBarrier runs fn while no connection is open on the database: writers
// wait, readers have drained, the WAL is checkpointed, overwritten in place
// and removed. Afterwards the connections are opened again, also where that or
// fn failed.
// The window lives off its view meanwhile.
func (s *Store) behindBarrier(ctx context.Context, fn func(path string) error) error {
	s.writes.Lock()
	defer s.writes.Unlock()
	s.lockGate()
	defer s.gate.Unlock()
	if s.files == nil {
		return data.ErrSignedOut
	}
	path := s.files.path
	err := s.files.drain(ctx)
	if err == nil {
		err = fn(path)
	}
	err = errors.Join(err, s.files.close())
	s.files = nil
	reopened, openErr := openFiles(context.WithoutCancel(ctx), path, s.vfs)
	if openErr == nil {
		s.files = reopened
	}
	return errors.Join(err, openErr)
}

// drain checkpoints and closes the connections, and then overwrites and
// removes the WAL: truncating it would leave its blocks on the device. If it
// fails before the end the connections may be closed already.
func (f *files) drain(ctx context.Context) error {
	if err := f.checkpoint(ctx); err != nil {
		return err
	}
	if err := f.keepWAL(ctx); err != nil {
		return err
	}
	if err := f.close(); err != nil {
		return err
	}
	wal := f.path + "-wal"
	if _, err := os.Stat(wal); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return sealed.OverwriteAndRemove(wal)
}

// checkpoint moves all of the WAL into the database. SQLite tells a reader in
// the way only in the row that the pragma returns.
func (f *files) checkpoint(ctx context.Context) error {
	var busy, log, moved int
	row := f.writer.QueryRowContext(ctx, "PRAGMA wal_checkpoint(FULL)")
	if err := row.Scan(&busy, &log, &moved); err != nil {
		return plain(err)
	}
	if busy != 0 || log != moved {
		return fmt.Errorf("checkpoint: busy %d, %d of %d frames", busy, moved, log)
	}
	return nil
}

// keepWAL has the last connection that closes leave the WAL file where it is,
// so that it can be overwritten.
func (f *files) keepWAL(ctx context.Context) error {
	if err := closePool(f.readers); err != nil {
		return err
	}
	conn, err := f.writer.Conn(ctx)
	if err != nil {
		return plain(err)
	}
	err = conn.Raw(func(driverConn any) error {
		fc, ok := driverConn.(sqlite.FileControl)
		if !ok {
			return errors.New("the driver has no file control")
		}
		on, err := fc.FileControlPersistWAL("main", 1)
		if err == nil && on != 1 {
			err = errors.New("the WAL would not stay")
		}
		return err
	})
	return errors.Join(err, conn.Close())
}

// vacuum rewrites the whole database, so that no byte of an old page is left
// in a new one.
func (f *files) vacuum(ctx context.Context) error {
	_, err := f.writer.ExecContext(ctx, "VACUUM")
	return plain(err)
}
