package store

import (
	"unicode/utf8"

	"lethe/data"
	"lethe/data/store/sealed"
)

// Residue holds the values of deleted customers, in memory only, from the
// deletion until the scrub has searched the files for them.
type Residue struct {
	job    int64
	old    string          // the file whose place a new one took, closed, still to be removed
	lastID data.CustomerID // the largest id given before the deletion
	phones map[data.Phone]struct{}
	texts  map[string]struct{}
	mails  map[string]struct{} // of texts
	search *needles            // made ahead, or nil

	kept texts // what the texts are written in
}

func newResidue() *Residue { return residueOf(0) }

// residueOf makes one with room for so many customers.
func residueOf(customers int) *Residue {
	return &Residue{
		phones: make(map[data.Phone]struct{}, customers), texts: make(map[string]struct{}, customers),
		mails: map[string]struct{}{},
	}
}

// shortest is the length in bytes from which a text is searched for: shorter
// ones are no trace of anybody. longest is how much of a long text is, so that
// the values of a million customers fit into memory; a mail has no more bytes
// (RFC 5321, section 4.5.3.1.3).
const (
	shortest = 6
	longest  = 256
)

// text takes in a text, of which it keeps a copy.
func (r *Residue) text(s string) { r.keep(r.texts, s) }

// mail does so with a mail address.
func (r *Residue) mail(s string) {
	r.text(s)
	if len(s) <= longest {
		r.keep(r.mails, s)
	}
}

// keep puts a text, or its beginning, into a set that doesn't have it yet, unless
// it is too short.
func (r *Residue) keep(set map[string]struct{}, s string) {
	if len(s) < shortest {
		return
	}
	s = beginning(s, longest)
	if _, ok := set[s]; !ok {
		set[r.kept.keep(s)] = struct{}{}
	}
}

// beginning is as much of a text as fits into so many bytes, whole letters only.
func beginning(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// Values counts the distinct values that the scrub searches for.
func (r *Residue) Values() int { return len(r.phones) + len(r.texts) }

// needles are what a scrub searches the pages for; mails are told by their
// number.
type needles struct {
	*sealed.Needles
	mails map[int]string
}

// prepare makes the needles ahead of the scrub, and where a large file will be
// searched what that does first. Nothing is taken in afterwards.
func (r *Residue) prepare(large bool) {
	n := r.needles()
	if large {
		n.Prepare()
	}
	r.search = &n
}
