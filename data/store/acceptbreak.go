package store

import (
	"context"

	"lethe/data"
)

// AcceptLogBreak has the Account Owner accept what is wrong with the audit log,
// as AuditState told it in seen for the same known heads: an entry that they
// sign, after which the log counts as whole from there on. The break is not
// mended by it and goes on being told, in LogState.Accepted. It takes their
// password and an OTP; its errors are those of CheckPassword,
// data.ErrOTPNotSetUp and those of otp.Check. Where the log is not as seen says,
// that is data.ErrConflict; where nothing can be accepted, data.ErrNotFound. A
// wrong OTP is counted.
func (s *Store) AcceptLogBreak(ctx context.Context, a *Actor, password, code string, known []data.KnownHead, seen data.LogState) error {
	if err := s.checkPassword(ctx, a, data.OpAcceptLogBreak, password); err != nil {
		return err
	}
	return s.tryOTP(ctx, a, data.OpAcceptLogBreak, func(t *tx) error {
		st, err := t.otpState(ctx)
		if err != nil {
			return err
		}
		if len(st.Secret) == 0 {
			return data.ErrOTPNotSetUp
		}
		now, accept, err := t.checkLog(ctx, known)
		switch {
		case err != nil:
			return err
		case accept == nil:
			return data.ErrNotFound
		case now.Break != seen.Break || now.To != seen.To: // From moves on with each new entry
			return data.ErrConflict
		}
		if err := t.spendCode(ctx, st, code); err != nil {
			return err
		}
		return t.accept(ctx, accept)
	})
}

func (t *tx) accept(ctx context.Context, a *data.Acceptance) error {
	un := t.ownerKeys(t.actor)
	if un == nil {
		return data.ErrSignedOut
	}
	behind, err := t.witness(ctx)
	if err != nil {
		return err
	}
	signature, ok := un.Sign(a.Text(behind))
	if !ok {
		return data.ErrSignedOut
	}
	t.publish(data.Event{Kind: data.SettingsChanged})
	return t.audit(ctx, data.AuditBreakAccepted, a.Facts(signature))
}
