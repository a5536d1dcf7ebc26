package data

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"sort"
	"time"
)

// AuditKind is what an audit entry tells of.
type AuditKind string

// The kinds of audit entry.
const (
	AuditStoreCreated   AuditKind = "store_created"
	AuditSignIn         AuditKind = "sign_in"
	AuditOTPEnrolled    AuditKind = "otp_enrolled"
	AuditOTPWrong       AuditKind = "otp_wrong"
	AuditImport         AuditKind = "import"
	AuditDelete         AuditKind = "delete"
	AuditScrub          AuditKind = "scrub"
	AuditSettings       AuditKind = "settings"
	AuditPassword       AuditKind = "password"
	AuditRecoveryUsed   AuditKind = "recovery_used"
	AuditRecoveryNew    AuditKind = "recovery_new"
	AuditUserAdded      AuditKind = "user_added"
	AuditUserChanged    AuditKind = "user_changed"
	AuditUserRemoved    AuditKind = "user_removed"
	AuditKeyTurned      AuditKind = "key_turned"
	AuditRoleAdded      AuditKind = "role_added"
	AuditRoleRemoved    AuditKind = "role_removed"
	AuditRoleChanged    AuditKind = "role_changed"
	AuditSegment        AuditKind = "segment"
	AuditClockReset     AuditKind = "clock_reset"
	AuditOutboxChanged  AuditKind = "outbox"
	AuditCustomerEdited AuditKind = "customer_edited"
	AuditBackup         AuditKind = "backup"
	AuditBackupRemoved  AuditKind = "backup_removed"
	AuditRolling        AuditKind = "rolling_backup"
	AuditRestore        AuditKind = "restore"
	AuditOwnership      AuditKind = "ownership"
	AuditLogExported    AuditKind = "audit_exported"
	AuditSignInFailed   AuditKind = "sign_in_failed"
	AuditExport         AuditKind = "export"
	AuditTag            AuditKind = "tag"
	AuditField          AuditKind = "field"
)

// AuditKinds lists every kind once.
func AuditKinds() []AuditKind {
	return []AuditKind{
		AuditStoreCreated,
		AuditSignIn,
		AuditOTPEnrolled,
		AuditOTPWrong,
		AuditImport,
		AuditDelete,
		AuditScrub,
		AuditSettings,
		AuditPassword,
		AuditRecoveryUsed,
		AuditRecoveryNew,
		AuditUserAdded,
		AuditUserChanged,
		AuditUserRemoved,
		AuditKeyTurned,
		AuditRoleAdded,
		AuditRoleRemoved,
		AuditRoleChanged,
		AuditSegment,
		AuditClockReset,
		AuditOutboxChanged,
		AuditCustomerEdited,
		AuditBackup,
		AuditBackupRemoved,
		AuditRolling,
		AuditRestore,
		AuditOwnership,
		AuditLogExported,
		AuditSignInFailed,
		AuditExport,
		AuditTag,
		AuditField,
		AuditBreakAccepted,
	}
}

// Entry is one line of the audit log. Facts hold counts, kinds of filter and
// ids as text, never a name, phone, mail or filter value of a customer.
type Entry struct {
	Seq   int64
	At    time.Time
	Actor UserID // 0 for the program itself
	Kind  AuditKind
	Facts map[string]string
	Prev  [32]byte
	Hash  [32]byte
}

// ChainHash is the hash of e, which covers the hash of the entry before it:
// SHA-256 over every field, each with its length before it, in a fixed order.
func (e *Entry) ChainHash() [32]byte {
	var b bytes.Buffer
	str := func(s string) {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(s)))
		b.Write(n[:])
		b.WriteString(s)
	}
	num := func(v int64) {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(v))
		b.Write(n[:])
	}
	str("lethe audit entry 1")
	b.Write(e.Prev[:])
	num(e.Seq)
	num(e.At.Unix())
	num(int64(e.Actor))
	str(string(e.Kind))
	keys := make([]string, 0, len(e.Facts))
	for k := range e.Facts {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	num(int64(len(keys)))
	for _, k := range keys {
		str(k)
		str(e.Facts[k])
	}
	return sha256.Sum256(b.Bytes())
}

// VerifyChain checks entries in order of Seq, the first following head prev.
// It answers the Seq of the first entry that doesn't fit, or 0 if all do.
func VerifyChain(prev [32]byte, entries []Entry) int64 {
	for i := range entries {
		e := &entries[i]
		if e.Prev != prev || e.Hash != e.ChainHash() {
			return e.Seq
		}
		if i > 0 && e.Seq != entries[i-1].Seq+1 {
			return e.Seq
		}
		prev = e.Hash
	}
	return 0
}
