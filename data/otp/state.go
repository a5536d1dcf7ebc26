package otp

import (
	"crypto/subtle"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"lethe/data"
)

const (
	// MaxWrongOthers is how many wrong OTPs the sessions of others may enter
	// since the last accepted one or the Account Owner's sign-in.
	MaxWrongOthers = 10
	// MaxWrongOwner is how many the Account Owner's own sessions may enter
	// since the last accepted one.
	MaxWrongOwner = 30
	// ClockTolerance is how far the clock may be behind the latest one seen.
	ClockTolerance = 2 * time.Minute

	keptSpent  = 256
	skew       = 1 // steps accepted on either side of the present one
	freeWrong  = 2 // wrong ones in a row without a wait
	firstDelay = 10 * time.Second
	maxDelay   = 5 * time.Minute
)

// State is what is known of the Account Owner's OTPs. The zero State is "not
// set up". It is kept as JSON.
type State struct {
	Secret Secret `json:"secret"`
	// LastStep is the step of the last OTP accepted. Only later ones are
	// taken, so each OTP is accepted once.
	LastStep int64 `json:"last_step"`
	// Spent are the latest steps accepted, keptSpent at most: where Reset, under
	// a clock that was set back, lets LastStep fall behind them, they stay spent.
	Spent []int64 `json:"spent,omitempty"`
	// LatestClock is the latest time at which an OTP was accepted.
	LatestClock time.Time `json:"latest_clock"`
	// WrongOwner and WrongOthers count towards MaxWrongOwner and
	// MaxWrongOthers.
	WrongOwner  int `json:"wrong_owner"`
	WrongOthers int `json:"wrong_others"`
	// NextTry is when the next OTP is looked at; zero or past for at once.
	// It only slows down. What limits guessing are the two counts, which have
	// no clock in them.
	NextTry time.Time `json:"next_try"`
}

// TooSoon is the error of an OTP that was not looked at, right or wrong,
// because the wait after wrong ones isn't over. It unwraps to *data.OTPWrong,
// so that who asks for that only still learns how long to wait.
type TooSoon struct {
	Left int           // tries left
	Wait time.Duration // until the next one
}

// Error says how long to wait.
func (e *TooSoon) Error() string {
	return fmt.Sprintf("the next OTP is taken in %s", e.Wait.Round(time.Second))
}

// Unwrap gives the same as a *data.OTPWrong.
func (e *TooSoon) Unwrap() error { return &data.OTPWrong{Left: e.Left, Wait: e.Wait} }

// Check tells whether code is right at now. It returns the step that it
// belongs to and the State to keep, which is to be written also where there is
// an error. Steps before and after the present one are tried too (RFC 6238 section
// 5.2), one by one; only a step later than the last one accepted counts.
//
// Errors: data.ErrOTPNotSetUp; data.ErrOTPLocked after too many wrong ones;
// data.ErrClockBehind; *TooSoon; data.ErrOTPUsed for the last accepted OTP or
// one from before it; *data.OTPWrong. What can't be an OTP at all, because it
// hasn't six digits, is wrong but not counted.
func Check(st State, code string, now time.Time, byAccountOwner bool) (int64, State, error) {
	switch {
	case len(st.Secret) == 0:
		return 0, st, data.ErrOTPNotSetUp
	case st.Left(byAccountOwner) == 0:
		return 0, st, data.ErrOTPLocked
	case now.Before(st.LatestClock.Add(-ClockTolerance)):
		return 0, st, data.ErrClockBehind
	}
	if wait := st.Wait(now); wait > 0 {
		// A clock set back must not make the wait longer than it ever was.
		st.NextTry = now.Add(wait)
		return 0, st, &TooSoon{Left: st.Left(byAccountOwner), Wait: wait}
	}
	code, ok := clean(code)
	if !ok {
		return 0, st, &data.OTPWrong{Left: st.Left(byAccountOwner)}
	}
	step, used := match(st, code, now)
	switch {
	case step > 0:
		return step, accepted(st, step, now), nil
	case used:
		return 0, st, data.ErrOTPUsed
	}
	if byAccountOwner {
		st.WrongOwner++
	} else {
		st.WrongOthers++
	}
	wait := delay(st.WrongOwner + st.WrongOthers)
	st.NextTry = now.Add(wait)
	return 0, st, &data.OTPWrong{Left: st.Left(byAccountOwner), Wait: wait}
}

// Enrol checks the first OTP of a new secret and returns the State to keep.
// Nothing is counted: who enrols has the secret before their eyes. Its errors
// are *data.OTPWrong and, without a secret, data.ErrOTPNotSetUp.
func Enrol(s Secret, code string, now time.Time) (State, error) {
	_, st, err := Check(State{Secret: s}, code, now, true)
	if err != nil {
		return State{}, err
	}
	return st, nil
}

// Reset lifts a lock and takes now for the right time, whatever clock was seen
// before. It takes the Account Owner's password and the recovery key, which the
// caller has checked. OTPs that were accepted stay spent: the next one is at
// most a minute and a half away. A clock that is set back afterwards is behind
// this one.
func Reset(st State, now time.Time) State {
	st.WrongOwner, st.WrongOthers = 0, 0
	st.NextTry = time.Time{}
	st.LatestClock = now
	st.LastStep = min(st.LastStep, StepOf(now)+skew)
	return st
}

// OwnerSignedIn is the State after the Account Owner signed in: what others
// got wrong no longer counts.
func OwnerSignedIn(st State) State {
	st.WrongOthers = 0
	if delay(st.WrongOwner) == 0 {
		st.NextTry = time.Time{}
	}
	return st
}

// Left is how many wrong OTPs a session of the Account Owner, or of somebody
// else, may still enter. Once the Account Owner's are used up nobody has any.
func (st State) Left(byAccountOwner bool) int {
	owner := max(0, MaxWrongOwner-st.WrongOwner)
	if byAccountOwner || owner == 0 {
		return owner
	}
	return max(0, MaxWrongOthers-st.WrongOthers)
}

// Wrong is how many wrong OTPs are counted against the sessions of the Account
// Owner, or of everybody else.
func (st State) Wrong(byAccountOwner bool) int {
	if byAccountOwner {
		return st.WrongOwner
	}
	return st.WrongOthers
}

// Wait is how long it takes until the next OTP is looked at. Whatever the
// clock does, it is never longer than the delay after so many wrong ones.
func (st State) Wait(now time.Time) time.Duration {
	longest := delay(st.WrongOwner + st.WrongOthers)
	return min(max(0, st.NextTry.Sub(now)), longest)
}

// match compares code with the steps around now in constant time. It answers
// the step that may be accepted, or whether the code belongs to one that may
// no longer be.
func match(st State, code string, now time.Time) (step int64, used bool) {
	present := StepOf(now)
	for s := present - skew; s <= present+skew; s++ {
		if s <= 0 || subtle.ConstantTimeCompare([]byte(codeOf(st.Secret, s)), []byte(code)) != 1 {
			continue
		}
		if s <= st.LastStep || slices.Contains(st.Spent, s) {
			used = true
		} else if step == 0 {
			step = s
		}
	}
	return step, used
}

func accepted(st State, step int64, now time.Time) State {
	st.LastStep = step
	st.Spent = append(slices.Clone(st.Spent), step)
	if over := len(st.Spent) - keptSpent; over > 0 {
		st.Spent = st.Spent[over:]
	}
	if now.After(st.LatestClock) {
		st.LatestClock = now
	}
	st.WrongOwner, st.WrongOthers = 0, 0
	st.NextTry = time.Time{}
	return st
}

// delay is the wait after so many wrong OTPs in a row: none, none, 10 s, 20 s,
// 40 s, and so on up to 5 minutes.
func delay(wrong int) time.Duration {
	d := firstDelay
	for i := freeWrong + 1; i < wrong && d < maxDelay; i++ {
		d *= 2
	}
	if wrong <= freeWrong {
		return 0
	}
	return min(d, maxDelay)
}

// clean takes blanks and dashes out of what was typed, and answers whether
// six digits are left.
func clean(code string) (string, bool) {
	if len(code) > 64 {
		return "", false
	}
	code = strings.Map(func(r rune) rune {
		if r == '-' || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, code)
	if len(code) != Digits {
		return "", false
	}
	for _, c := range []byte(code) {
		if c < '0' || c > '9' {
			return "", false
		}
	}
	return code, true
}
