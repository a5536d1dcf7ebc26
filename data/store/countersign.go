package store

import (
	"bytes"
	"context"

	"lethe/data"
	"lethe/data/account"
)

// ownerKeys is what the Account Owner's sign-in unlocked, while a session of
// theirs is there; nil otherwise.
func (s *Store) ownerKeys(owner data.UserID) *account.Unlocked {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, user := range s.sessions {
		if user == owner {
			return s.unlocked[owner]
		}
	}
	return nil
}

// countersign signs the head of the log as the Account Owner, where they are
// signed in. Only a whole log is worth it, but a broken one loses nothing: the
// break stays where it is.
func (t *tx) countersign(ctx context.Context, e *data.Entry) error {
	owner, err := t.accountOwner(ctx)
	if err != nil {
		return err
	}
	un := t.signingIn
	if (un == nil || un.User() != owner.ID) && t.ownerKeys != nil {
		un = t.ownerKeys(owner.ID)
	}
	if un == nil || un.User() != owner.ID {
		return nil
	}
	key := un.SigningPublic()
	signature, ok := un.Sign(data.CountersignText(e.Seq, e.Hash))
	if !ok || key == nil {
		return nil
	}
	_, err = t.ExecContext(ctx, "INSERT INTO countersigns (seq, head, key, signature) VALUES (?, ?, ?, ?)",
		e.Seq, e.Hash[:], key, signature)
	return err
}

func (t *tx) countersigns(ctx context.Context) ([]data.Countersign, error) {
	rows, err := t.QueryContext(ctx, "SELECT seq, head, key, signature FROM countersigns ORDER BY seq")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []data.Countersign
	for rows.Next() {
		var c data.Countersign
		var head []byte
		if err := rows.Scan(&c.Seq, &head, &c.Key, &c.Signature); err != nil {
			return nil, err
		}
		copy(c.Head[:], head)
		out = append(out, c)
	}
	return out, rows.Err()
}

// AuditState checks the whole audit log: that each entry follows from the one
// before it, that it is the one that the Account Owner countersigned, and the
// one that known, from confirmations, tells of. In the Account Owner's own
// session the key that counts is the one that their password unlocked; in
// others' the one in the database, which who can write software against the
// files can exchange. It needs ViewAuditLog.
func (s *Store) AuditState(ctx context.Context, a *Actor, known []data.KnownHead) (data.LogState, error) {
	var state data.LogState
	err := s.read(ctx, a, data.OpAuditState, func(t *tx) (err error) {
		state, err = t.auditState(ctx, known)
		return err
	})
	return state, err
}

func (t *tx) auditState(ctx context.Context, known []data.KnownHead) (data.LogState, error) {
	state, _, err := t.checkLog(ctx, known)
	return state, err
}

// checkLog is auditState, with what would accept all that is wrong; nil where
// nothing can be accepted.
func (t *tx) checkLog(ctx context.Context, known []data.KnownHead) (data.LogState, *data.Acceptance, error) {
	owner, err := t.accountOwner(ctx)
	if err != nil {
		return data.LogState{}, nil, err
	}
	var key []byte
	if err := t.QueryRowContext(ctx, "SELECT verify_key FROM users WHERE id = ?", int64(owner.ID)).Scan(&key); err != nil {
		return data.LogState{}, nil, err
	}
	exchanged := false
	if t.actor == owner.ID && t.ownerKeys != nil {
		if un := t.ownerKeys(owner.ID); un != nil {
			if own := un.SigningPublic(); own != nil {
				exchanged = !bytes.Equal(own, key)
				key = own
			}
		}
	}
	signs, err := t.countersigns(ctx)
	if err != nil {
		return data.LogState{}, nil, err
	}
	check := data.NewLogCheck(key, signs, known)
	if err := t.eachEntry(ctx, func(e *data.Entry) error {
		check.Next(e)
		return nil
	}); err != nil {
		return data.LogState{}, nil, err
	}
	state := check.End()
	if exchanged && state.Intact() {
		state.Break = data.LogKey
		return state, nil, nil
	}
	if exchanged {
		return state, nil, nil
	}
	return state, check.Acceptance(), nil
}
