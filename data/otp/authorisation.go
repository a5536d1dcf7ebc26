package otp

import (
	"sync/atomic"
	"time"

	"lethe/data"
)

// AuthorisationLife is how long an authorisation can be taken.
const AuthorisationLife = 2 * time.Minute

// Authorisation is the Account Owner's word for one plan, given in one
// session, to be taken once within AuthorisationLife. Only Authorise makes
// one; the zero value is refused.
type Authorisation struct {
	step  int64
	plan  [32]byte
	actor string
	made  time.Time
	taken atomic.Bool
}

// Authorise checks an OTP as Check does and, if it is right, makes the
// authorisation for the plan with this fingerprint and the actor with this
// session nonce. Where there is an error the State is to be written. Else the
// step may also be spent later, by Accept, in the transaction that takes the
// authorisation: of two made with one OTP only the first gets through.
func Authorise(st State, code string, now time.Time, byAccountOwner bool,
	plan [32]byte, actor string,
) (*Authorisation, State, error) {
	step, st, err := Check(st, code, now, byAccountOwner)
	if err != nil {
		return nil, st, err
	}
	return &Authorisation{step: step, plan: plan, actor: actor, made: now}, st, nil
}

// Step is the step of the OTP that was given.
func (a *Authorisation) Step() int64 { return a.step }

// Take uses the authorisation up and returns its OTP's step. Of any number of
// calls at once, on any goroutines, one succeeds. data.ErrAuthorisation where
// plan or actor are others, it is too old or from the future, or was taken.
func (a *Authorisation) Take(plan [32]byte, actor string, now time.Time) (int64, error) {
	if a == nil || a.step <= 0 || a.plan != plan || a.actor != actor {
		return 0, data.ErrAuthorisation
	}
	if age := now.Sub(a.made); age < 0 || age > AuthorisationLife {
		return 0, data.ErrAuthorisation
	}
	if !a.taken.CompareAndSwap(false, true) {
		return 0, data.ErrAuthorisation
	}
	return a.step, nil
}
