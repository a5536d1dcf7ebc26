package store

import (
	"context"
	"database/sql"
	"errors"

	"lethe/data"
	"lethe/data/account"
)

// RollingRequest sets the rolling backup up: one file that is rewritten after
// each deletion. An empty Path ends it; its file stays, as an older backup.
type RollingRequest struct {
	Path       string
	Passphrase string // kept in the sealed list, so that nobody is asked for it
	Password   string // the actor's own
}

// SetRolling sets the rolling backup up and writes it for the first time, or
// ends it. Errors are those of BackUp; where the first writing fails nothing is
// set up.
func (s *Store) SetRolling(ctx context.Context, a *Actor, req RollingRequest, progress func(BackupProgress)) error {
	if err := s.checkPassword(ctx, a, data.OpSetRolling, req.Password); err != nil {
		return err
	}
	if req.Path == "" {
		return s.write(ctx, a, data.OpSetRolling, func(t *tx) error { return t.setRolling(ctx, "", "") })
	}
	if err := account.CheckPassword(req.Passphrase); err != nil {
		return err
	}
	path, err := s.backupPlace(req.Path)
	if err != nil {
		return err
	}
	if _, err := s.backUp(ctx, a, data.OpSetRolling, writing{
		path: path, passphrase: req.Passphrase, rolling: true, progress: progress,
	}); err != nil {
		return err
	}
	return s.write(ctx, a, data.OpSetRolling, func(t *tx) error { return t.setRolling(ctx, path, req.Passphrase) })
}

func (t *tx) setRolling(ctx context.Context, path, passphrase string) error {
	if _, err := t.ExecContext(ctx, "DELETE FROM rolling_backup"); err != nil {
		return err
	}
	if path == "" {
		if _, err := t.ExecContext(ctx, "UPDATE backups SET rolling = 0"); err != nil {
			return err
		}
	} else if _, err := t.ExecContext(ctx, "INSERT INTO rolling_backup (id, path, passphrase, author) VALUES (1, ?, ?, ?)",
		path, passphrase, int64(t.actor)); err != nil {
		return err
	}
	t.publish(data.Event{Kind: data.BackupsChanged})
	return t.audit(ctx, data.AuditRolling, facts{"on": yes(path != "")})
}

// rolling reads how the rolling backup is, and its passphrase.
func (t *tx) rolling(ctx context.Context) (data.Rolling, string, error) {
	var r data.Rolling
	var passphrase string
	err := t.QueryRowContext(ctx, "SELECT path, passphrase, author, failed FROM rolling_backup").
		Scan(&r.Path, &passphrase, &r.Author, &r.Failed)
	if errors.Is(err, sql.ErrNoRows) {
		return r, "", nil
	}
	if err != nil {
		return r, "", err
	}
	var changes int64
	err = t.QueryRowContext(ctx, `SELECT made, changes FROM backups WHERE rolling AND path = ? AND removed = 0
		ORDER BY id DESC LIMIT 1`, r.Path).Scan(&r.Made, &changes)
	if errors.Is(err, sql.ErrNoRows) {
		r.Due = true
		return r, passphrase, nil
	}
	if err != nil {
		return r, "", err
	}
	now, err := t.changes(ctx)
	r.Due = now != changes
	return r, passphrase, err
}

// Rolling tells how the rolling backup is.
func (s *Store) Rolling(ctx context.Context, a *Actor) (r data.Rolling, err error) {
	err = s.read(ctx, a, data.OpRolling, func(t *tx) error {
		r, _, err = t.rolling(ctx)
		return err
	})
	return r, err
}

// RewriteRolling brings the rolling backup up to date, if there is one and the
// list has changed since it was written. It belongs behind every deletion and
// every start. Where it fails that is written down, and the old file, which
// holds who was deleted since, is still there; it stays due.
func (s *Store) RewriteRolling(ctx context.Context, a *Actor, progress func(BackupProgress)) (data.RollingState, error) {
	s.rolling.Lock()
	defer s.rolling.Unlock()
	var r data.Rolling
	var passphrase string
	if err := s.read(ctx, a, data.OpRewriteRolling, func(t *tx) (err error) {
		r, passphrase, err = t.rolling(ctx)
		return err
	}); err != nil {
		return data.RollingFailed, err
	}
	switch {
	case !r.On():
		return data.RollingOff, nil
	case !r.Due:
		return data.RollingCurrent, nil
	}
	path, err := s.backupPlace(r.Path)
	if err == nil {
		_, err = s.backUp(ctx, a, data.OpRewriteRolling, writing{path: path, passphrase: passphrase, rolling: true, progress: progress})
	}
	if ctx.Err() != nil {
		return data.RollingFailed, ctx.Err() // stopped
	}
	state, failed := data.RollingCurrent, int64(0)
	if err != nil {
		state, failed = data.RollingFailed, s.opt.Clock().Unix()
	}
	if failed == r.Failed {
		return state, err
	}
	return state, errors.Join(err, s.writeSystem(context.WithoutCancel(ctx), func(t *tx) error {
		t.publish(data.Event{Kind: data.BackupsChanged})
		_, err := t.ExecContext(ctx, "UPDATE rolling_backup SET failed = ?", failed)
		return err
	}))
}
