package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/otp"
)

// ErrNewOwnerPassword is the error of a transfer with a wrong password of the
// one who is to be the Account Owner. It is a data.ErrWrongPassword too.
var ErrNewOwnerPassword = fmt.Errorf("%w: of the new Account Owner", data.ErrWrongPassword)

// Transfer is what a transfer of ownership takes.
type Transfer struct {
	To       data.UserID
	Password string // of the Account Owner
	Code     string // an OTP of their authenticator

	// Of the new Account Owner, who must be there: their own password, and the
	// authenticator that takes the place of the old one, proved by an OTP.
	NewPassword string
	Secret      otp.Secret
	NewCode     string
}

// TransferOwnership makes an active member the Account Owner; the one before
// becomes an Owner. The new one gets a signing pair, their own authenticator,
// and a recovery key, which is told once; the old ones are worth nothing then.
// It is done by a new file under a new key, so it is all done or not at all.
//
// Errors: data.ErrDenied for anybody but the Account Owner, data.ErrNotFound,
// data.ErrDeactivated, data.ErrWrongPassword, ErrNewOwnerPassword,
// data.ErrOTPNotSetUp, those of otp.Check for either OTP, data.ErrDiskFull.
func (s *Store) TransferOwnership(ctx context.Context, a *Actor, req Transfer) (account.RecoveryKey, error) {
	var none account.RecoveryKey
	auth, err := s.mayTransfer(ctx, a, req)
	if err != nil {
		return none, err
	}
	release, err := s.Lease()
	if err != nil {
		return none, err
	}
	defer release()
	s.keysMu.Lock()
	defer s.keysMu.Unlock()
	// The keys of the new Account Owner are made before: their public halves
	// go into the new list.
	keys, err := account.Load(s.opt.Dir)
	if err != nil {
		return none, err
	}
	s.mu.Lock()
	un := s.unlocked[a.user]
	s.mu.Unlock()
	if un == nil {
		return none, data.ErrSignedOut
	}
	recovery, public, err := keys.TransferOwner(ctx, un, req.To, req.NewPassword)
	if err != nil {
		return none, err
	}
	s.writes.Lock()
	defer s.writes.Unlock()
	var events []data.Event
	old, err := s.swap(ctx, a, swap{
		look: func(t *tx) error { return t.may(data.OpTransfer) },
		fill: func(t *tx) error {
			if err := t.copyAll(ctx, func(int) {}); err != nil {
				return err
			}
			if err := t.changeOwner(ctx, a, req, public, auth); err != nil {
				return err
			}
			events = t.told()
			return nil
		},
		alter: func(f *account.File, known *publicKeys) error {
			if !sameKey(known.members[req.To], public.Member) {
				return data.ErrConflict
			}
			known.recovery = public.Recovery
			*f = *keys
			return nil
		},
	})
	if err != nil {
		return none, err
	}
	s.publish(events)
	if err := s.removeOld(old); err != nil {
		s.opt.Log.Warn("the list before the transfer is left for the next start to remove")
	}
	return recovery, nil
}

// mayTransfer checks all that was entered, before the work begins.
func (s *Store) mayTransfer(ctx context.Context, a *Actor, req Transfer) (*otp.Authorisation, error) {
	if err := s.CheckPassword(ctx, a, req.Password); err != nil {
		return nil, err
	}
	if err := s.read(ctx, a, data.OpTransfer, func(t *tx) error {
		u, err := t.user(ctx, req.To)
		switch {
		case err != nil:
			return err
		case !u.Active:
			return data.ErrDeactivated
		case u.ID == a.user:
			return data.ErrDenied
		}
		return nil
	}); err != nil {
		return nil, err
	}
	keys, err := account.Load(s.opt.Dir)
	if err != nil {
		return nil, err
	}
	if err := s.opens(ctx, keys, req.To, req.NewPassword); errors.Is(err, data.ErrWrongPassword) {
		return nil, ErrNewOwnerPassword
	} else if err != nil {
		return nil, err
	}
	if _, err := otp.Enrol(req.Secret, req.NewCode, s.opt.Clock()); err != nil {
		return nil, err
	}
	var auth *otp.Authorisation
	err = s.tryOTP(ctx, a, data.OpTransfer, func(t *tx) error {
		st, err := t.otpState(ctx)
		if err != nil {
			return err
		}
		if len(st.Secret) == 0 {
			return data.ErrOTPNotSetUp
		}
		given, next, err := otp.Authorise(st, req.Code, t.now, true, req.print(), a.nonce)
		if err != nil {
			return t.failedOTP(ctx, st, next, err)
		}
		auth = given
		return nil
	})
	return auth, err
}

// print is what the OTP stands for.
func (req *Transfer) print() [sha256.Size]byte {
	return sha256.Sum256([]byte("lethe transfer 1 " + strconv.FormatInt(int64(req.To), 10)))
}

// changeOwner writes the transfer into the new list.
func (t *tx) changeOwner(ctx context.Context, a *Actor, req Transfer, public account.PublicKeys, auth *otp.Authorisation) error {
	st, err := t.otpState(ctx)
	if err != nil {
		return err
	}
	step, err := auth.Take(req.print(), a.nonce, t.now)
	if err != nil {
		return err
	}
	if _, err := otp.Accept(st, step, t.now); err != nil {
		return err
	}
	var before []byte
	if err := t.QueryRowContext(ctx, "SELECT verify_key FROM users WHERE id = ?", int64(a.user)).Scan(&before); err != nil {
		return err
	}
	for _, c := range []struct {
		query string
		args  []any
	}{
		{"UPDATE users SET role_id = (SELECT id FROM roles WHERE kind = ?) WHERE id = ?", []any{string(data.Owner), int64(a.user)}},
		{
			"UPDATE users SET role_id = (SELECT id FROM roles WHERE kind = ?), verify_key = ? WHERE id = ?",
			[]any{string(data.AccountOwner), public.Verify, int64(req.To)},
		},
		{"UPDATE store SET recovery_key = ?, next_recovery = x'', recovery_proved = 0", []any{public.Recovery}},
	} {
		if _, err := t.ExecContext(ctx, c.query, c.args...); err != nil {
			return err
		}
	}
	next, err := t.user(ctx, req.To)
	if err != nil {
		return err
	}
	if err := t.saveAddresses(ctx, data.Addresses{Email: next.Email, Phone: next.Phone}); err != nil {
		return err
	}
	if err := t.audit(ctx, data.AuditOwnership, facts{
		"from": strconv.FormatInt(int64(a.user), 10), "to": strconv.FormatInt(int64(req.To), 10),
		data.FactOldKey: hex.EncodeToString(before), data.FactNewKey: hex.EncodeToString(public.Verify),
	}); err != nil {
		return err
	}
	t.publish(data.Event{Kind: data.TeamChanged})
	return t.enrol(ctx, req.Secret, req.NewCode)
}
