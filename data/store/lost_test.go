package store_test

import (
	"errors"
	"testing"

	"lethe/data"
	"lethe/data/otp"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// The table of lost things, row by row, at the store. The window's way through
// the first three is in the tests of the settings, the sign-in and the team.
func TestWhatIsLostAndHowItIsFound(t *testing.T) {
	open := func(t *testing.T) (*storetest.Store, *store.Actor) {
		s := storetest.New(t)
		s.Fill(t, s.Owner, 919820100000, 60)
		s.Enrol(t)
		return s, s.Add(t, "Deputy", 2)
	}
	large := func(t *testing.T, s *storetest.Store, code string) error {
		t.Helper()
		p := seal(t, s, s.Owner, data.WaySelected, s.IDs(t)[:40])
		auth, err := s.Authorise(t.Context(), s.Owner, p, code)
		if err != nil {
			return err
		}
		mustDelete(t, s, s.Owner, p, auth)
		return nil
	}

	t.Run("phone", func(t *testing.T) {
		s, _ := open(t)
		s.Clock.Add(3 * otp.Period)
		another := otp.Secret("another secret of 20")
		var wrong *data.OTPWrong
		if err := s.EnrolOTP(t.Context(), s.Owner, storetest.Password, another, otp.CodeAt(another, s.Clock.Now()), "000000"); !errors.As(err, &wrong) {
			t.Errorf("another authenticator without an OTP of the old: %v", err)
		}
		s.Clock.Add(3 * otp.Period)
		before := s.Recovery
		next, err := s.RecoverOTP(t.Context(), s.Owner, storetest.Password, s.Recovery.String(), another, otp.CodeAt(another, s.Clock.Now()))
		if err != nil {
			t.Fatal(err)
		}
		s.Recovery, s.Secret = next, another
		wantErr(t, "the used recovery key", s.ResetOTPClock(t.Context(), s.Owner, storetest.Password, before.String()), data.ErrWrongRecovery)
		s.Clock.Add(3 * otp.Period)
		if err := large(t, s, s.Code()); err != nil {
			t.Errorf("the new phone’s OTP: %v", err)
		}
	})

	t.Run("recovery key", func(t *testing.T) {
		s, _ := open(t)
		s.Clock.Add(3 * otp.Period)
		wantWrong(t, s, "000000")
		s.Clock.Add(3 * otp.Period)
		next, err := s.NewRecoveryKey(t.Context(), s.Owner, storetest.Password, s.Code())
		if err != nil {
			t.Fatal(err)
		}
		wantErr(t, "the lost one", s.ResetOTPClock(t.Context(), s.Owner, storetest.Password, s.Recovery.String()), data.ErrWrongRecovery)
		if err := s.ResetOTPClock(t.Context(), s.Owner, storetest.Password, next.String()); err != nil {
			t.Errorf("the new one: %v", err)
		}
	})

	t.Run("phone and recovery key", func(t *testing.T) {
		s, _ := open(t)
		// The list still works; what needs an OTP doesn't, nor is there a way round.
		mustDelete(t, s, s.Owner, seal(t, s, s.Owner, data.WaySelected, s.IDs(t)[:5]), nil)
		s.Fill(t, s.Owner, 919830100000, 3)
		var wrong *data.OTPWrong
		if err := large(t, s, "000000"); !errors.As(err, &wrong) {
			t.Errorf("a large deletion: %v", err)
		}
		s.Clock.Add(3 * otp.Period)
		another := otp.Secret("another secret of 20")
		code := otp.CodeAt(another, s.Clock.Now())
		if err := s.EnrolOTP(t.Context(), s.Owner, storetest.Password, another, code, "000000"); err == nil {
			t.Error("another authenticator was enrolled without the old one")
		}
		s.Clock.Add(5 * otp.Period)
		if _, err := s.NewRecoveryKey(t.Context(), s.Owner, storetest.Password, "000000"); err == nil {
			t.Error("a new recovery key without an OTP")
		}
		if _, err := s.RecoverOTP(t.Context(), s.Owner, storetest.Password, storetest.New(t).Recovery.String(), another, code); !errors.Is(err, data.ErrWrongRecovery) {
			t.Errorf("with another list's recovery key: %v", err)
		}
		if n := len(s.IDs(t)); n != 58 {
			t.Errorf("%d are left", n)
		}
	})

	t.Run("password and recovery key", func(t *testing.T) {
		s, deputy := open(t)
		s.SignOut(s.Owner)
		// Other Owners keep their access; ownership can't be recovered.
		mustDelete(t, s, deputy, seal(t, s, deputy, data.WaySelected, idsOf(t, s, deputy)[:5]), nil)
		if _, err := s.AddUser(t.Context(), deputy, storetest.Password, data.User{Name: "New", Role: 4}, storetest.Password); err != nil {
			t.Error(err)
		}
		for what, err := range map[string]error{
			"resetting the Account Owner":   s.ResetPassword(t.Context(), deputy, storetest.Password, 1, "a first password 1"),
			"their role":                    s.SetUserRole(t.Context(), deputy, storetest.Password, 1, 4),
			"removing them":                 s.RemoveUser(t.Context(), deputy, storetest.Password, 1, 0),
			"deactivating them":             s.DeactivateUser(t.Context(), deputy, storetest.Password, 1),
			"becoming the Account Owner":    s.SetUserRole(t.Context(), deputy, storetest.Password, deputy.User(), 1),
			"an authenticator of their own": s.EnrolOTP(t.Context(), deputy, storetest.Password, s.Secret, s.Code(), s.Code()),
		} {
			wantErr(t, what, err, data.ErrDenied)
		}
		_, err := s.TransferOwnership(t.Context(), deputy, store.Transfer{To: deputy.User(), Password: storetest.Password})
		wantErr(t, "a transfer", err, data.ErrDenied)
	})
}

// wantWrong has a new recovery key refused for a wrong OTP.
func wantWrong(t *testing.T, s *storetest.Store, code string) {
	t.Helper()
	var wrong *data.OTPWrong
	if _, err := s.NewRecoveryKey(t.Context(), s.Owner, storetest.Password, code); !errors.As(err, &wrong) {
		t.Errorf("a wrong OTP: %v", err)
	}
}
