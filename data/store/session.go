package store

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"database/sql"
	"errors"
	"time"

	"lethe/data"
	"lethe/data/account"
)

// Actor is a signed-in person. Only Create, Open and SignIn make one; it is
// worth nothing once its session has ended.
type Actor struct {
	user  data.UserID
	nonce string
}

// User is who the actor is.
func (a *Actor) User() data.UserID { return a.user }

// SignIn starts a session for somebody whose key a password opened. The public
// key in the database is the one that counts: it answers data.ErrDenied if the
// keys file was given another, data.ErrDeactivated if the member may no longer
// sign in. By recovery key only the Account Owner comes in.
func (s *Store) SignIn(ctx context.Context, un *account.Unlocked) (*Actor, error) {
	s.keysMu.Lock() // a large deletion turns the key
	defer s.keysMu.Unlock()
	user := un.User()
	now := s.opt.Clock()
	keys, err := account.Load(s.opt.Dir)
	if err != nil {
		return nil, err
	}
	err = s.writeSystem(ctx, func(t *tx) error {
		if un.DataKey() != s.key { // of another list, or wiped
			return data.ErrDenied
		}
		t.actor, t.signingIn = user, un
		var public, next []byte
		var active bool
		row := t.QueryRowContext(ctx, "SELECT public_key, next_key, active FROM users WHERE id = ?", user)
		switch err := row.Scan(&public, &next, &active); {
		case errors.Is(err, sql.ErrNoRows):
			return data.ErrDenied
		case err != nil:
			return err
		case !active:
			return data.ErrDeactivated
		}
		if err := t.counts(ctx, keys, un, public, next); err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, "UPDATE users SET last_sign_in = ? WHERE id = ?", now.Unix(), user); err != nil {
			return err
		}
		if err := t.ownerSignedIn(ctx, user); err != nil {
			return err
		}
		if err := t.makeCertificateSeed(ctx); err != nil {
			return err
		}
		if err := t.takeInAttempts(ctx, s.opt.Dir); err != nil {
			return err
		}
		return t.audit(ctx, data.AuditSignIn, facts{"recovery": yes(un.ByRecovery())})
	})
	if err != nil {
		return nil, err
	}
	if err := removeAttempts(s.opt.Dir); err != nil {
		s.opt.Log.Warn("the count of wrong passwords was not removed")
	}
	a := &Actor{user: user, nonce: rand.Text()}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing {
		return nil, data.ErrSignedOut
	}
	s.sessions[a.nonce] = user
	s.unlocked[user] = un
	return a, nil
}

// counts answers data.ErrDenied unless the key that opened the slot is the one
// in the database: that of the member, or of the recovery key. One that was
// taking its place when Lethe last ended takes it now.
func (t *tx) counts(ctx context.Context, keys *account.File, un *account.Unlocked, public, next []byte) error {
	if un.ByRecovery() {
		var recovery, nextRecovery []byte
		if err := t.QueryRowContext(ctx, "SELECT recovery_key, next_recovery FROM store").Scan(&recovery, &nextRecovery); err != nil {
			return err
		}
		if !sameKey(recovery, keys.RecoveryPublic()) && !sameKey(nextRecovery, keys.RecoveryPublic()) {
			return data.ErrDenied
		}
		return nil
	}
	switch {
	case sameKey(public, un.Public()):
		return nil
	case sameKey(next, un.Public()):
		_, err := t.ExecContext(ctx, "UPDATE users SET public_key = next_key, next_key = x'' WHERE id = ?",
			int64(un.User()))
		return err
	}
	return data.ErrDenied
}

func sameKey(a, b []byte) bool { return len(a) > 0 && subtle.ConstantTimeCompare(a, b) == 1 }

// SignOut ends the session of a. What it started goes on under its lease.
func (s *Store) SignOut(a *Actor) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.sessions, a.nonce)
	delete(s.imports, a.nonce)
}

func (s *Store) signedIn(a *Actor) error {
	if a == nil {
		return data.ErrSignedOut
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if user, ok := s.sessions[a.nonce]; !ok || user != a.user {
		return data.ErrSignedOut
	}
	return nil
}

// CheckPassword tells whether password is that of the actor, for what asks for
// it again. It answers data.ErrWrongPassword if not.
func (s *Store) CheckPassword(ctx context.Context, a *Actor, password string) error {
	return s.checkPassword(ctx, a, data.OpCheckPassword, password)
}

// checkPassword is CheckPassword for what op asks: whoever may not ask for it
// learns nothing of a password.
func (s *Store) checkPassword(ctx context.Context, a *Actor, op data.Operation, password string) error {
	if err := s.read(ctx, a, op, func(*tx) error { return nil }); err != nil {
		return err
	}
	s.mu.Lock()
	keys := s.keys
	s.mu.Unlock()
	return s.opens(ctx, keys, a.user, password)
}

// opens tells whether a password opens a member's slot, and has the next one
// wait where some were wrong.
func (s *Store) opens(ctx context.Context, keys *account.File, user data.UserID, password string) error {
	// One at a time, so that guesses can't be made side by side.
	s.asking.Lock()
	defer s.asking.Unlock()
	if wait := s.tooSoon(user); wait > 0 {
		return &data.PasswordWait{Wait: wait}
	}
	un, err := keys.Unlock(ctx, user, password)
	s.tried(user, err)
	if err != nil {
		return err
	}
	un.Wipe()
	return nil
}

// mistyped is how many wrong passwords in a row may follow each other at once.
const mistyped = 2

// guesses are wrong passwords in a row that were entered to confirm something,
// or wrong recovery keys.
type guesses struct {
	wrong int
	until time.Time
}

func (s *Store) tooSoon(user data.UserID) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.guesses[user].until.Sub(s.opt.Clock())
}

func (s *Store) tried(user data.UserID, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case err == nil:
		delete(s.guesses, user)
	case errors.Is(err, data.ErrWrongPassword), errors.Is(err, data.ErrWrongRecovery):
		g := s.guesses[user]
		g.wrong++
		g.until = s.opt.Clock().Add(data.PasswordDelay(g.wrong - mistyped))
		s.guesses[user] = g
	}
}

func yes(b bool) string {
	if b {
		return data.FlagYes
	}
	return data.FlagNo
}
