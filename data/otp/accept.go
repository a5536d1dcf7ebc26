package otp

import (
	"slices"
	"time"

	"lethe/data"
)

// Accept is the State after the deletion that step authorised, to be written
// in that deletion's transaction, so that neither is kept without the other.
// It answers data.ErrOTPUsed if a step as late was accepted meanwhile: of
// several authorisations given on one OTP, one deletion commits.
func Accept(st State, step int64, now time.Time) (State, error) {
	if step <= st.LastStep || slices.Contains(st.Spent, step) {
		return st, data.ErrOTPUsed
	}
	return accepted(st, step, now), nil
}
