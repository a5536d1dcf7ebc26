package store

import (
	"context"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"

	"lethe/data"
	"lethe/data/backup"
	"lethe/data/store/sealed"
)

// remembered is a backup as the table holds it.
type remembered struct {
	data.Backup
	mark   []byte
	lastID data.CustomerID
}

func (t *tx) remembered(ctx context.Context, where string, args ...any) ([]remembered, error) {
	rows, err := t.QueryContext(ctx, `SELECT id, path, mark, made, author, customers, last_id, rolling, removed
		FROM backups WHERE `+where+" ORDER BY made DESC, id DESC", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []remembered
	for rows.Next() {
		var r remembered
		var removed int64
		if err := rows.Scan(&r.ID, &r.Path, &r.mark, &r.Made, &r.Author, &r.Customers, &r.lastID, &r.Rolling, &removed); err != nil {
			return nil, err
		}
		if removed > 0 {
			r.State = data.BackupRemoved
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// look tells whether the backup is still where it was written. It may take as
// long as the drive does.
func (r *remembered) look() data.BackupState {
	if r.State == data.BackupRemoved {
		return r.State
	}
	if mark, err := markOf(r.Path); err == nil && string(mark) == string(r.mark) {
		return data.BackupThere
	}
	if _, err := os.Stat(filepath.Dir(r.Path)); err != nil {
		return data.BackupUnreachable
	}
	return data.BackupMissing
}

// markOf reads what tells the file at path from all other backups.
func markOf(path string) (mark []byte, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, data.ErrNotBackup
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	m, err := backup.Mark(f)
	return m[:], errors.Join(err, f.Close())
}

// isOurs tells whether the file at path is a backup that the list remembers.
func (s *Store) isOurs(ctx context.Context, path string) (bool, error) {
	mark, err := markOf(path)
	if err != nil {
		return false, nil //nolint:nilerr // none of Lethe's
	}
	known := false
	s.gate.RLock()
	defer s.gate.RUnlock()
	err = s.run(ctx, s.readers(), 0, false, func(t *tx) error {
		return t.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM backups WHERE mark = ?)", mark).Scan(&known)
	})
	return known, err
}

// Backups lists the backups that the list remembers, the newest first, with
// what is to be found where each was written. Those that Lethe removed are left
// out.
func (s *Store) Backups(ctx context.Context, a *Actor) ([]data.Backup, error) {
	var all []remembered
	err := s.read(ctx, a, data.OpBackups, func(t *tx) (err error) {
		all, err = t.remembered(ctx, "removed = 0")
		return err
	})
	out := make([]data.Backup, len(all))
	for i := range all {
		all[i].State = all[i].look()
		out[i] = all[i].Backup
	}
	return out, err
}

// Holding counts the backups that hold customers with these ids: whoever was
// added before a backup and was there is in it. For customers who were deleted
// already, before is the audit entry of their deletion; else it is 0.
func (s *Store) Holding(ctx context.Context, a *Actor, ids []data.CustomerID, before int64) (data.Holding, error) {
	var h data.Holding
	first := data.CustomerID(math.MaxInt64)
	for _, id := range ids {
		first = min(first, id)
	}
	if before == 0 {
		before = math.MaxInt64
	}
	var all []remembered
	err := s.read(ctx, a, data.OpHolding, func(t *tx) (err error) {
		all, err = t.remembered(ctx, "removed = 0 AND customers > 0 AND last_id >= ? AND entries < ?", int64(first), before)
		return err
	})
	for i := range all {
		switch {
		case all[i].Rolling:
			h.Rolling = true
		case all[i].look() == data.BackupThere:
			h.There++
		default:
			h.Else++
		}
	}
	return h, err
}

// RemoveBackup overwrites and removes the file of a backup, where it still is
// the one that was written. A file that is missing is taken for removed: it is
// the way to say that one was done away with. It answers data.ErrBackupPlace if
// the drive is out of reach, data.ErrConflict for the rolling backup, which is
// ended first.
func (s *Store) RemoveBackup(ctx context.Context, a *Actor, id int64) error {
	s.backups.Lock()
	defer s.backups.Unlock()
	var all []remembered
	if err := s.read(ctx, a, data.OpRemoveBackup, func(t *tx) (err error) {
		all, err = t.remembered(ctx, "id = ? AND removed = 0", id)
		return err
	}); err != nil {
		return err
	}
	if len(all) == 0 {
		return data.ErrNotFound
	}
	b := &all[0]
	if b.Rolling {
		return data.ErrConflict
	}
	switch b.look() {
	case data.BackupUnreachable:
		return data.ErrBackupPlace
	case data.BackupThere:
		if err := sealed.OverwriteAndRemove(b.Path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return plain(err)
		}
	}
	return s.write(ctx, a, data.OpRemoveBackup, func(t *tx) error {
		if _, err := t.ExecContext(ctx, "UPDATE backups SET removed = ? WHERE id = ?", t.now.Unix(), id); err != nil {
			return err
		}
		t.publish(data.Event{Kind: data.BackupsChanged})
		return t.audit(ctx, data.AuditBackupRemoved, facts{"backup": strconv.FormatInt(id, 10)})
	})
}
