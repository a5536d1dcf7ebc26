package data

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
)

// SigningKey is the public half of the Ed25519 key (RFC 8032) by which a list
// signs certificates.
type SigningKey [32]byte

// Fingerprint is what people compare: the first half of the key's SHA-256, in
// eight groups of four hexadecimal digits.
func (k SigningKey) Fingerprint() string {
	sum := sha256.Sum256(k[:])
	text := hex.EncodeToString(sum[:16])
	var groups []string
	for i := 0; i < len(text); i += 4 {
		groups = append(groups, text[i:i+4])
	}
	return strings.Join(groups, " ")
}

// Method is how a deletion was carried out.
type Method string

// The methods. In place: the rows were deleted and their pages overwritten. New
// key: those who stay were written into a new file under a new key, and the
// old file was overwritten.
const (
	MethodInPlace Method = "in_place"
	MethodNewKey  Method = "new_key"
)

// Evidence is what the list itself knows of one deletion, and what a
// certificate says. It holds no data of whom was deleted.
type Evidence struct {
	Business   string
	At         time.Time
	By         string // who deleted
	ApprovedBy string // the Account Owner whose OTP it took, or ""
	Way        Way
	Conditions []Field // the kinds of filter, of WayFiltered
	Deleted    int
	Stay       int
	Cascade    Cascade
	Method     Method
	Scrub      ScrubReport
	Finished   time.Time // when the scrub ended; zero while it is pending
	Asked      Date      // when the customer asked for it; 0 where nobody said
	Plan       string    // the beginning of the plan's fingerprint, hexadecimal
	Entry      Witness   // the deletion's entry in the audit log, and its hash
	Log        Witness   // the audit log when the certificate was made
	Issued     time.Time
}
