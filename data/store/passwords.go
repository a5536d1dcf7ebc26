package store

import (
	"context"

	"lethe/data"
	"lethe/data/account"
)

// A changed key stands in two places: the keys file and the database, whose
// word counts. So the new public key is first written beside the old one
// (next_key), then the keys file is replaced, then the new one takes the old
// one's place. A crash leaves a state in which the password or recovery key
// that the keys file asks for is one that the database accepts.

// ChangePassword gives the actor a new password, for which the old one is
// asked. One that won't do is an *account.PasswordProblem.
func (s *Store) ChangePassword(ctx context.Context, a *Actor, old, next string) error {
	if err := s.checkPassword(ctx, a, data.OpChangePassword, old); err != nil {
		return err
	}
	return s.setPassword(ctx, a, data.OpChangePassword, next, data.AuditPassword)
}

// RecoverPassword gives the Account Owner, who came in by the recovery key, a
// new password and a new recovery key; the one used is worth nothing then. It
// answers data.ErrDenied for whoever came in otherwise.
func (s *Store) RecoverPassword(ctx context.Context, a *Actor, next string) (account.RecoveryKey, error) {
	s.mu.Lock()
	un := s.unlocked[a.user]
	s.mu.Unlock()
	if un == nil || !un.ByRecovery() {
		return account.RecoveryKey{}, data.ErrDenied
	}
	if err := s.setPassword(ctx, a, data.OpRecoverPassword, next, data.AuditRecoveryUsed); err != nil {
		return account.RecoveryKey{}, err
	}
	return s.replaceRecovery(ctx, a, data.OpRecoverPassword)
}

// NewRecoveryKey replaces the Account Owner's recovery key. It takes the
// password and, where OTPs are set up, one of them.
func (s *Store) NewRecoveryKey(ctx context.Context, a *Actor, password, code string) (account.RecoveryKey, error) {
	if err := s.checkPassword(ctx, a, data.OpNewRecoveryKey, password); err != nil {
		return account.RecoveryKey{}, err
	}
	if err := s.tryOTP(ctx, a, data.OpNewRecoveryKey, func(t *tx) error {
		st, err := t.otpState(ctx)
		if err != nil || len(st.Secret) == 0 {
			return err
		}
		return t.spendCode(ctx, st, code)
	}); err != nil {
		return account.RecoveryKey{}, err
	}
	return s.replaceRecovery(ctx, a, data.OpNewRecoveryKey)
}

func (s *Store) setPassword(ctx context.Context, a *Actor, op data.Operation, password string, kind data.AuditKind) error {
	if err := s.read(ctx, a, op, func(t *tx) error {
		u, err := t.user(ctx, a.user)
		if err != nil {
			return err
		}
		return t.checkPassword(ctx, u.Name, password)
	}); err != nil {
		return err
	}
	return s.swapKey(ctx, a, keySwap{
		before: `UPDATE users SET public_key = CASE next_key WHEN ?3 THEN next_key ELSE public_key END, next_key = ?1
			WHERE id = ?2`,
		after: "UPDATE users SET public_key = next_key, next_key = x'', must_change = 0 WHERE id = ?2 AND next_key = ?1",
		user:  a.user, op: op, kind: kind, facts: facts{},
		change: func(f *account.File, un *account.Unlocked) (old, public []byte, err error) {
			old, _ = f.PublicOf(a.user)
			public, err = f.SetPassword(un, a.user, password, s.opt.KDF)
			return old, public, err
		},
	})
}

func (s *Store) replaceRecovery(ctx context.Context, a *Actor, op data.Operation) (account.RecoveryKey, error) {
	var key account.RecoveryKey
	err := s.swapKey(ctx, a, keySwap{
		before: `UPDATE store SET recovery_key = CASE next_recovery WHEN ?3 THEN next_recovery ELSE recovery_key END,
			next_recovery = ?1 WHERE ?2 > 0`,
		after: `UPDATE store SET recovery_key = next_recovery, next_recovery = x'', recovery_proved = 0
			WHERE next_recovery = ?1 AND ?2 > 0`,
		user: a.user, op: op, kind: data.AuditRecoveryNew, facts: facts{},
		change: func(f *account.File, un *account.Unlocked) (old, public []byte, err error) {
			old = f.RecoveryPublic()
			key, public, err = f.NewRecovery(un)
			return old, public, err
		},
	})
	return key, err
}

// keySwap is a change of a key that stands in the keys file and in the
// database.
type keySwap struct {
	// The first and the third step. ?1 is the new public key, ?2 user; in the
	// first ?3 is the old one: where the last swap stopped short of its third
	// step, that is done first.
	before, after string
	user          data.UserID
	op            data.Operation
	may           func(*tx) error // what it takes besides; may be nil
	kind          data.AuditKind
	facts         facts
	// change changes the keys file in memory and returns the old and the new
	// public key.
	change func(*account.File, *account.Unlocked) (old, public []byte, err error)
}

// swapKey runs the three steps.
func (s *Store) swapKey(ctx context.Context, a *Actor, k keySwap) error {
	s.keysMu.Lock()
	defer s.keysMu.Unlock()
	var public []byte
	err := s.changeKeys(a, func(f *account.File, un *account.Unlocked) error {
		old, next, err := k.change(f, un)
		if err != nil {
			return err
		}
		public = next
		return s.write(ctx, a, k.op, func(t *tx) error {
			if k.may != nil {
				if err := k.may(t); err != nil {
					return err
				}
			}
			_, err := t.ExecContext(ctx, k.before, public, int64(k.user), old)
			return err
		})
	})
	if err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	return s.writeAs(ctx, a.user, false, func(t *tx) error {
		if _, err := t.ExecContext(ctx, k.after, public, int64(k.user)); err != nil {
			return err
		}
		return t.audit(ctx, k.kind, k.facts)
	})
}

// RecoveryProved tells whether the Account Owner has typed back the end of the
// present recovery key: whoever has not may never have seen it. It is theirs
// alone to know.
func (s *Store) RecoveryProved(ctx context.Context, a *Actor) (proved bool, err error) {
	err = s.read(ctx, a, data.OpRecoveryProved, func(t *tx) error {
		return t.QueryRowContext(ctx, "SELECT recovery_proved FROM store").Scan(&proved)
	})
	return proved, err
}

// ProveRecovery writes down that they have.
func (s *Store) ProveRecovery(ctx context.Context, a *Actor) error {
	return s.write(ctx, a, data.OpProveRecovery, func(t *tx) error {
		_, err := t.ExecContext(ctx, "UPDATE store SET recovery_proved = 1")
		return err
	})
}
