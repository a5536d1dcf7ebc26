package words

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"lethe/data"
)

// sentence is the message for one error.
type sentence struct {
	err error
	id  string
}

// sentences are looked through in this order, so that an error which wraps
// several says the most telling one.
func sentences() []sentence {
	return []sentence{
		{data.ErrDenied, "errors.denied"},
		{data.ErrSignedOut, "errors.signed_out"},
		{data.ErrConflict, "errors.conflict"},
		{data.ErrPhoneNeeded, "errors.phone_needed"},
		{data.ErrBadFilter, "errors.bad_filter"},
		{data.ErrStalePlan, "errors.stale_plan"},
		{data.ErrEmptyPlan, "errors.empty_plan"},
		{data.ErrOTPNeeded, "errors.otp_needed"},
		{data.ErrOTPNotSetUp, "errors.otp_not_set_up"},
		{data.ErrOTPUsed, "errors.otp_used"},
		{data.ErrOTPLocked, "errors.otp_locked"},
		{data.ErrClockBehind, "errors.clock_behind"},
		{data.ErrAuthorisation, "errors.authorisation"},
		{data.ErrWrongPassword, "errors.wrong_password"},
		{data.ErrWrongRecovery, "errors.wrong_recovery"},
		{data.ErrDeactivated, "errors.deactivated"},
		{data.ErrNotBackup, "errors.not_backup"},
		{data.ErrWrongPassphrase, "errors.wrong_passphrase"},
		{data.ErrBackupNewer, "errors.backup_newer"},
		{data.ErrForeignBackup, "errors.foreign_backup"},
		{data.ErrBackupDamaged, "errors.backup_damaged"},
		{data.ErrBackupPlace, "errors.backup_place"},
		{data.ErrNameNeeded, "errors.name_needed"},
		{data.ErrNameLong, "errors.name_long"},
		{data.ErrRoleInUse, "errors.role_in_use"},
		{data.ErrInUse, "errors.in_use"},
		{data.ErrNoDatabase, "errors.no_database"},
		{data.ErrNoKeys, "errors.no_keys"},
		{data.ErrDamaged, "errors.damaged"},
		{data.ErrNewer, "errors.newer"},
		{data.ErrReadOnly, "errors.read_only"},
		{data.ErrDiskFull, "errors.disk_full"},
		{data.ErrNotEmpty, "errors.not_empty"},
		{data.ErrScrubPending, "errors.scrub_pending"},
		{data.ErrSendingNotSetUp, "errors.sending_not_set_up"},
		{data.ErrNotFound, "errors.not_found"},
		{context.Canceled, "errors.stopped"},
		{context.DeadlineExceeded, "errors.took_too_long"},
		{fs.ErrNotExist, "errors.file_missing"},
		{fs.ErrPermission, "errors.file_denied"},
	}
}

// Problem is the sentence for a value that can't be kept.
func (w *Words) Problem(why data.ValueReason) string {
	return w.T("errors.value." + string(why))
}

// Error is the sentence for err: what is wrong and what to do about it, never
// the error's own text. No error is no sentence.
func (w *Words) Error(err error) string {
	if err == nil {
		return ""
	}
	var value *data.ValueProblem
	if errors.As(err, &value) {
		return w.Problem(value.Reason)
	}
	var room *data.RoomNeeded
	if errors.As(err, &room) {
		return w.T("errors.room_needed", "Needed", w.Size(room.Needed), "Free", w.Size(max(room.Free, 0)))
	}
	var wrong *data.OTPWrong
	if errors.As(err, &wrong) {
		text := w.N("errors.otp_wrong", wrong.Left)
		if wait := int((wrong.Wait + time.Second - 1) / time.Second); wait > 0 {
			text += " " + w.N("errors.otp_wait", wait)
		}
		return text
	}
	var taken *data.Taken
	if errors.As(err, &taken) {
		return w.T("errors.taken." + string(taken.Field))
	}
	var early *data.PasswordWait
	if errors.As(err, &early) {
		left := int((early.Wait + time.Second - 1) / time.Second)
		if early.Recovery {
			return w.N("errors.recovery_wait", left)
		}
		return w.N("errors.password_wait", left)
	}
	for _, s := range sentences() {
		if errors.Is(err, s.err) {
			return w.T(s.id)
		}
	}
	return w.T("errors.unknown")
}
