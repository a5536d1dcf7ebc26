package data

import (
	"errors"
	"time"
)

// Errors that the window turns into plain sentences. They hold no personal
// data, so they may be logged.
var (
	ErrDenied        = errors.New("the role does not allow it")
	ErrSignedOut     = errors.New("signed out")
	ErrNotFound      = errors.New("not found")
	ErrConflict      = errors.New("changed by somebody else meanwhile")
	ErrPhoneNeeded   = errors.New("a customer needs a phone number")
	ErrBadFilter     = errors.New("filter can't be answered")
	ErrStalePlan     = errors.New("the list changed since the plan was sealed")
	ErrEmptyPlan     = errors.New("nobody to delete")
	ErrOTPNeeded     = errors.New("the Account Owner's OTP is needed")
	ErrOTPNotSetUp   = errors.New("OTPs are not set up")
	ErrOTPUsed       = errors.New("this OTP was used already")
	ErrOTPLocked     = errors.New("too many wrong OTPs")
	ErrClockBehind   = errors.New("the clock is behind the last OTP")
	ErrAuthorisation = errors.New("the authorisation does not fit this deletion")
	ErrWrongPassword = errors.New("wrong password")
	ErrWrongRecovery = errors.New("wrong recovery key")
	ErrDeactivated   = errors.New("this member is deactivated")
	ErrNameNeeded    = errors.New("a name is needed")
	ErrNameLong      = errors.New("the name is too long")
	ErrRoleInUse     = errors.New("the role has members")

	// ErrSendingNotSetUp: there is nothing to send a message through.
	ErrSendingNotSetUp = errors.New("sending is not set up")

	ErrInUse        = errors.New("another Lethe has this folder open")
	ErrNoDatabase   = errors.New("the customer list is missing, though its keys are here")
	ErrNoKeys       = errors.New("the keys are missing, though a customer list is here")
	ErrDamaged      = errors.New("damaged")
	ErrNewer        = errors.New("made by a newer Lethe")
	ErrReadOnly     = errors.New("can't be written")
	ErrDiskFull     = errors.New("the disk is full")
	ErrNotEmpty     = errors.New("there is a customer list in this folder already")
	ErrScrubPending = errors.New("the clean-up after a deletion is not finished")

	ErrNotBackup       = errors.New("not a backup of Lethe's")
	ErrWrongPassphrase = errors.New("the passphrase doesn't open the backup")
	ErrBackupDamaged   = errors.New("the backup is damaged")
	ErrBackupNewer     = errors.New("the backup was made by a newer Lethe")
	ErrForeignBackup   = errors.New("a backup that this list doesn't know")
	ErrBackupPlace     = errors.New("a backup can't be kept there")
)

// RoomNeeded is the error of what was not begun because the disk is too full for
// it. It is an ErrDiskFull too.
type RoomNeeded struct{ Needed, Free int64 } // bytes

// Error says so.
func (e *RoomNeeded) Error() string { return "not enough room on the disk" }

// Unwrap returns ErrDiskFull.
func (e *RoomNeeded) Unwrap() error { return ErrDiskFull }

// OTPWrong is the error of an OTP that isn't right.
type OTPWrong struct {
	Left int           // tries left
	Wait time.Duration // how long until the next try is taken
}

// Error says that the OTP was wrong, without it.
func (e *OTPWrong) Error() string { return "that OTP isn't right" }

// Taken is the error of a name, number or address that somebody else has, or
// another role.
type Taken struct{ Field TakenField }

// TakenField is what is taken.
type TakenField string

// What can be taken.
const (
	TakenName  TakenField = "name"
	TakenPhone TakenField = "phone"
	TakenEmail TakenField = "email"
	TakenRole  TakenField = "role"
)

// Error says what is taken, not by whom.
func (e *Taken) Error() string { return "taken: " + string(e.Field) }

// PasswordWait is the error of a password that is asked for too soon after
// wrong ones, or of a recovery key.
type PasswordWait struct {
	Wait     time.Duration
	Recovery bool
}

// Error says that it is too soon.
func (e *PasswordWait) Error() string { return "too soon after a wrong one" }

// PasswordDelay is how long the next try waits after so many wrong passwords in
// a row: nothing, 1, 2, 4, 8, 16 and from then on 30 seconds.
func PasswordDelay(wrong int) time.Duration {
	switch {
	case wrong <= 0:
		return 0
	case wrong > 5:
		return 30 * time.Second
	}
	return time.Second << (wrong - 1)
}
