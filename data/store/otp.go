package store

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/otp"
)

func (t *tx) otpState(ctx context.Context) (otp.State, error) {
	var st otp.State
	var text string
	if err := t.QueryRowContext(ctx, "SELECT otp_state FROM store").Scan(&text); err != nil || text == "" {
		return st, err
	}
	return st, json.Unmarshal([]byte(text), &st)
}

func (t *tx) saveOTPState(ctx context.Context, st otp.State) error {
	text, err := json.Marshal(st)
	if err != nil {
		return err
	}
	_, err = t.ExecContext(ctx, "UPDATE store SET otp_state = ?", string(text))
	return err
}

// ownerSignedIn lifts what others got wrong once the Account Owner is there.
func (t *tx) ownerSignedIn(ctx context.Context, user data.UserID) error {
	owner, err := t.accountOwner(ctx)
	if err != nil || owner.ID != user {
		return err
	}
	st, err := t.otpState(ctx)
	if err != nil || len(st.Secret) == 0 {
		return err
	}
	return t.saveOTPState(ctx, otp.OwnerSignedIn(st))
}

// OTPSetUp tells whether the Account Owner's authenticator is enrolled.
func (s *Store) OTPSetUp(ctx context.Context, a *Actor) (bool, error) {
	set := false
	err := s.read(ctx, a, data.OpOTPSetUp, func(t *tx) error {
		st, err := t.otpState(ctx)
		set = len(st.Secret) > 0
		return err
	})
	return set, err
}

// EnrolOTP makes secret the Account Owner's, once code proves that the
// authenticator shows its OTPs. It takes the Account Owner's own session and
// password, and while an authenticator is enrolled already one of its OTPs in
// old; a lost one is replaced by RecoverOTP. What is counted since the last
// OTP starts anew.
func (s *Store) EnrolOTP(ctx context.Context, a *Actor, password string, secret otp.Secret, code, old string) error {
	if err := s.checkPassword(ctx, a, data.OpEnrolOTP, password); err != nil {
		return err
	}
	return s.tryOTP(ctx, a, data.OpEnrolOTP, func(t *tx) error {
		st, err := t.otpState(ctx)
		if err != nil {
			return err
		}
		if len(st.Secret) > 0 {
			if _, err := t.checkOTP(ctx, st, old); err != nil {
				return err
			}
		}
		return t.enrol(ctx, secret, code)
	})
}

// RecoverOTP replaces the authenticator of an Account Owner who lost the
// phone: password and recovery key stand in for the old one's OTP. The
// recovery key is used up; the new one is returned.
func (s *Store) RecoverOTP(ctx context.Context, a *Actor, password, recovery string, secret otp.Secret, code string) (account.RecoveryKey, error) {
	if err := s.checkBoth(ctx, a, data.OpRecoverOTP, password, recovery); err != nil {
		return account.RecoveryKey{}, err
	}
	if err := s.tryOTP(ctx, a, data.OpRecoverOTP, func(t *tx) error {
		return t.enrol(ctx, secret, code)
	}); err != nil {
		return account.RecoveryKey{}, err
	}
	return s.replaceRecovery(ctx, a, data.OpRecoverOTP)
}

// ResetOTPClock lifts a lock after too many wrong OTPs, or one by a clock that
// once ran ahead, for the Account Owner with password and recovery key.
func (s *Store) ResetOTPClock(ctx context.Context, a *Actor, password, recovery string) error {
	if err := s.checkBoth(ctx, a, data.OpResetOTPClock, password, recovery); err != nil {
		return err
	}
	return s.write(ctx, a, data.OpResetOTPClock, func(t *tx) error {
		st, err := t.otpState(ctx)
		if err != nil {
			return err
		}
		if err := t.saveOTPState(ctx, otp.Reset(st, t.now)); err != nil {
			return err
		}
		return t.audit(ctx, data.AuditClockReset, facts{})
	})
}

func (s *Store) checkBoth(ctx context.Context, a *Actor, op data.Operation, password, recovery string) error {
	if err := s.checkPassword(ctx, a, op, password); err != nil {
		return err
	}
	keys, err := account.Load(s.opt.Dir)
	if err != nil {
		return err
	}
	s.asking.Lock()
	defer s.asking.Unlock()
	if wait := s.tooSoon(RecoveryAttempts); wait > 0 {
		return &data.PasswordWait{Wait: wait, Recovery: true}
	}
	un, err := keys.Recover(recovery)
	if !errors.Is(err, account.ErrMistyped) { // which is no guess
		s.tried(RecoveryAttempts, err)
	}
	if err != nil {
		return err
	}
	un.Wipe()
	return nil
}

func (t *tx) enrol(ctx context.Context, secret otp.Secret, code string) error {
	st, err := otp.Enrol(secret, code, t.now)
	if err != nil {
		return err
	}
	if err := t.saveOTPState(ctx, st); err != nil {
		return err
	}
	if err := t.newMark(ctx); err != nil {
		return err
	}
	t.publish(data.Event{Kind: data.SettingsChanged})
	return t.audit(ctx, data.AuditOTPEnrolled, facts{})
}

// wrongOTP carries an OTP that failed out of a transaction that must commit
// all the same, because the failure counts.
type wrongOTP struct{ err error }

func (w *wrongOTP) Error() string { return w.err.Error() }
func (w *wrongOTP) Unwrap() error { return w.err }

// tryOTP runs fn in a writing transaction; where fn fails on an OTP, nothing
// of it is kept but the count of wrong ones.
func (s *Store) tryOTP(ctx context.Context, a *Actor, op data.Operation, fn func(*tx) error) error {
	var wrong *wrongOTP
	err := s.write(ctx, a, op, func(t *tx) error {
		err := fn(t)
		if w, ok := err.(*wrongOTP); ok {
			wrong = w
			return nil
		}
		return err
	})
	if err == nil && wrong != nil {
		return wrong.err
	}
	return err
}

// checkOTP looks at a code as an OTP of the Account Owner. A wrong one is
// counted and written to the log, and comes back as *wrongOTP, before anything
// else is written in this transaction.
func (t *tx) checkOTP(ctx context.Context, st otp.State, code string) (int64, error) {
	step, next, err := otp.Check(st, code, t.now, t.rights.IsAccountOwner())
	if err == nil {
		return step, nil
	}
	return 0, t.failedOTP(ctx, st, next, err)
}

func (t *tx) failedOTP(ctx context.Context, old, next otp.State, cause error) error {
	if err := t.saveOTPState(ctx, next); err != nil {
		return err
	}
	if next.WrongOwner != old.WrongOwner || next.WrongOthers != old.WrongOthers {
		if err := t.countWrong(ctx, next); err != nil {
			return err
		}
	}
	return &wrongOTP{cause}
}

// countWrong writes a wrong OTP into the audit log. The one after which no more
// are looked at, of which there is one until an OTP is accepted or the Account
// Owner signs in, is told to them.
func (t *tx) countWrong(ctx context.Context, st otp.State) error {
	byOwner, f := t.rights.IsAccountOwner(), facts{}
	last := st.Left(byOwner) == 0
	if last {
		f["locked"] = data.FlagYes
		f["wrong"] = strconv.Itoa(st.Wrong(byOwner))
	}
	e, err := t.auditEntry(ctx, data.AuditOTPWrong, f)
	if err != nil || !last {
		return err
	}
	return t.tellOf(ctx, &e)
}

// Authorise turns a right OTP into the Account Owner's word for this plan, or
// change, in this session, which made it. The OTP's step is spent by the
// deletion itself, in its transaction. Errors: data.ErrAuthorisation for a plan
// of another session, those of otp.Check; a wrong OTP is counted.
func (s *Store) Authorise(ctx context.Context, a *Actor, of Sealed, code string) (*otp.Authorisation, error) {
	var auth *otp.Authorisation
	seal := sealOf(of)
	if seal.op == "" {
		seal.op = data.OpAuthorise // made by nobody: refused below
	}
	err := s.tryOTP(ctx, a, seal.op, func(t *tx) error {
		if seal.session == "" || seal.session != a.nonce {
			return data.ErrAuthorisation
		}
		st, err := t.otpState(ctx)
		if err != nil {
			return err
		}
		given, next, err := otp.Authorise(st, code, t.now, t.rights.IsAccountOwner(), seal.print, a.nonce)
		if err != nil {
			return t.failedOTP(ctx, st, next, err)
		}
		auth = given
		return nil
	})
	return auth, err
}

// spendCode accepts an OTP for something else than a deletion: its step is
// used up, what is counted since the last deletion's OTP stays.
func (t *tx) spendCode(ctx context.Context, st otp.State, code string) error {
	step, err := t.checkOTP(ctx, st, code)
	if err != nil {
		return err
	}
	if st, err = otp.Accept(st, step, t.now); err != nil {
		return err
	}
	return t.saveOTPState(ctx, st)
}
