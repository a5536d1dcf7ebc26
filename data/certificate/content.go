// Package certificate makes certificates of deletion, and checks them: a page
// for people (PDF) in which the same lies embedded for programs (JSON), both
// signed by the list's key (Ed25519, RFC 8032).
//
// The JSON is canonical: its members are in the order of their names, without
// blanks, as RFC 8785 asks, so that the same certificate is the same bytes. Its
// signature stands beside it, so that it can be checked without the PDF:
//
//	{"certificate":{…},"key":"…","signature":"…"}
//
// The PDF ends with a line that PDF readers take for a comment, and that signs
// every byte before the signature:
//
//	%Lethe-Seal-1 <public key> <signature>
//
// A certificate is worth as much as the key is known: its fingerprint stands in
// every confirmation that the list sends, and in its window.
package certificate

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"time"

	"lethe/data"
)

// Format names what this version writes.
const Format = "lethe certificate of deletion 1"

// Content is what a certificate says, as it stands in the JSON. Fields are in
// the order of their JSON names. Times are RFC 3339 in UTC.
type Content struct {
	ApprovedBy string   `json:"approved_by"` // "" where no OTP was due
	AskedOn    string   `json:"asked_on"`    // a day, or ""
	Audit      Audit    `json:"audit"`
	Business   string   `json:"business"`
	Checked    Check    `json:"checked"`
	Conditions []string `json:"conditions"` // kinds of filter
	Counts     Counts   `json:"counts"`
	DeletedAt  string   `json:"deleted_at"`
	DeletedBy  string   `json:"deleted_by"`
	Format     string   `json:"format"`
	IssuedAt   string   `json:"issued_at"`
	Method     string   `json:"method"`
	NotCovered []string `json:"not_covered"`
	Plan       string   `json:"plan"` // the beginning of its fingerprint
	Way        string   `json:"way"`
}

// Audit is the witness: the deletion's entry in the audit log, and the log when
// the certificate was made. Hashes are hexadecimal.
type Audit struct {
	Entry   int64  `json:"entry"`
	Hash    string `json:"hash"`
	LogHead string `json:"log_head"`
	LogSize int64  `json:"log_size"`
}

// Check is what was searched after the deletion.
type Check struct {
	At          string `json:"at"`
	FoundBefore int    `json:"found_before"` // by a first search; then the file was rebuilt
	FreePages   int    `json:"free_pages"`
	Pages       int    `json:"pages"`
	Rebuilt     bool   `json:"rebuilt"`
	State       string `json:"state"`
	Values      int    `json:"values"`
}

// Counts are of customers and of what went with them.
type Counts struct {
	Customers    int `json:"customers"`
	CustomValues int `json:"custom_values"`
	Interactions int `json:"interactions"`
	Notes        int `json:"notes"`
	Segments     int `json:"segments"`
	Stay         int `json:"stay"`
}

// What no certificate covers; the sentences are the window's.
const (
	NotOwnCopies = "own_copies"
	NotSent      = "sent_messages"
	NotOldKeys   = "old_keys_with_password"
	NotMemory    = "memory_and_swap"
)

// ContentOf is what a certificate of this deletion says.
func ContentOf(e data.Evidence) Content {
	c := Content{
		ApprovedBy: e.ApprovedBy, Business: e.Business, DeletedAt: stamp(e.At), DeletedBy: e.By,
		Format: Format, IssuedAt: stamp(e.Issued), Method: string(e.Method), Plan: e.Plan, Way: string(e.Way),
		Conditions: []string{},
		NotCovered: []string{NotOwnCopies, NotSent, NotOldKeys, NotMemory},
		Audit: Audit{
			Entry: e.Entry.Entries, Hash: hex.EncodeToString(e.Entry.Head[:]),
			LogHead: hex.EncodeToString(e.Log.Head[:]), LogSize: e.Log.Entries,
		},
		Checked: Check{
			At: stamp(e.Finished), FoundBefore: e.Scrub.FoundBefore, FreePages: e.Scrub.FreePages, Pages: e.Scrub.Pages,
			Rebuilt: e.Scrub.Vacuumed, State: string(e.Scrub.State), Values: e.Scrub.Values,
		},
		Counts: Counts{
			Customers: e.Deleted, Stay: e.Stay, Notes: e.Cascade.Notes, Interactions: e.Cascade.Interactions,
			CustomValues: e.Cascade.CustomValues, Segments: e.Cascade.Segments,
		},
	}
	for _, f := range e.Conditions {
		kind := string(f)
		if _, custom := f.CustomID(); custom {
			kind = "custom"
		}
		c.Conditions = append(c.Conditions, kind)
	}
	if e.Asked != 0 {
		c.AskedOn = e.Asked.Time(time.UTC).Format(time.DateOnly)
	}
	return c
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// canonical writes v, whose fields are in the order of their names.
func canonical(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// envelope is the JSON with its signature.
type envelope struct {
	Certificate json.RawMessage `json:"certificate"`
	Key         string          `json:"key"`
	Signature   string          `json:"signature"`
}

// Errors of Verify.
var (
	ErrNone    = errors.New("not a certificate of Lethe")
	ErrChanged = errors.New("the certificate was changed since it was signed")
	ErrNewer   = errors.New("made by a newer Lethe")
)
