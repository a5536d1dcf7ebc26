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
	if err := s.checkNew(ctx, a, op, password); err != nil {
		return err
	}
	return s.swapKey(ctx, a, op,
		`UPDATE users SET public_key = CASE next_key WHEN ?3 THEN next_key ELSE public_key END, next_key = ?1
			WHERE id = ?2`,
		"UPDATE users SET public_key = next_key, next_key = x'', must_change = 0 WHERE id = ?2 AND next_key = ?1",
		kind, func(f *account.File, un *account.Unlocked) (old, public []byte, err error) {
			old, _ = f.PublicOf(a.user)
			public, err = f.SetPassword(un, a.user, password, s.opt.KDF)
			return old, public, err
		})
}

// checkNew answers an *account.PasswordProblem for a password that won't do.
func (s *Store) checkNew(ctx context.Context, a *Actor, op data.Operation, password string) error {
	return s.read(ctx, a, op, func(t *tx) error {
		u, err := t.user(ctx, a.user)
		if err != nil {
			return err
		}
		settings, err := t.settings(ctx)
		if err != nil {
			return err
		}
		return account.CheckPassword(password, u.Name, settings.Business)
	})
}

func (s *Store) replaceRecovery(ctx context.Context, a *Actor, op data.Operation) (account.RecoveryKey, error) {
	var key account.RecoveryKey
	err := s.swapKey(ctx, a, op,
		`UPDATE store SET recovery_key = CASE next_recovery WHEN ?3 THEN next_recovery ELSE recovery_key END,
			next_recovery = ?1 WHERE ?2 > 0`,
		`UPDATE store SET recovery_key = next_recovery, next_recovery = x'', recovery_proved = 0
			WHERE next_recovery = ?1 AND ?2 > 0`,
		data.AuditRecoveryNew, func(f *account.File, un *account.Unlocked) (old, public []byte, err error) {
			old = f.RecoveryPublic()
			key, public, err = f.NewRecovery(un)
			return old, public, err
		})
	return key, err
}

// swapKey runs the three steps. change changes the keys file in memory and
// returns the old and the new public key. ?1 of the statements is the new one,
// ?2 the actor, ?3 in the first statement the old one: where the last swap
// stopped short of its third step, that is done first.
func (s *Store) swapKey(ctx context.Context, a *Actor, op data.Operation, before, after string, kind data.AuditKind,
	change func(*account.File, *account.Unlocked) (old, public []byte, err error),
) error {
	s.keysMu.Lock()
	defer s.keysMu.Unlock()
	var old, public []byte
	err := s.changeKeys(a, func(f *account.File, un *account.Unlocked) (err error) {
		if old, public, err = change(f, un); err != nil {
			return err
		}
		return s.write(ctx, a, op, func(t *tx) error {
			_, err := t.ExecContext(ctx, before, public, int64(a.user), old)
			return err
		})
	})
	if err != nil {
		return err
	}
	return s.write(context.WithoutCancel(ctx), a, op, func(t *tx) error {
		if _, err := t.ExecContext(ctx, after, public, int64(a.user)); err != nil {
			return err
		}
		return t.audit(ctx, kind, facts{})
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
