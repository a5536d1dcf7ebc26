package transfer

import (
	"errors"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"lethe/data"
	"lethe/data/phone"
)

// phoneCell is what the text of one cell gives: a number, more of them that
// stood beside it, or why there is none.
type phoneCell struct {
	number    data.Phone
	more      string // further numbers of the cell, as written
	extension bool
	unusual   bool // possible in its country, but no range of numbers there is known
	why       Reason
}

// readPhone reads the phone number of a cell. Lists are old and numbering
// plans change, so a number of a right length is taken, and marked, though its
// country gives no such numbers out now.
func readPhone(text, region string) phoneCell {
	p, err := phone.Parse(text, region)
	if err == nil {
		c := phoneCell{number: p}
		if len(text) > 16 || !bareNumber(text) {
			_, c.extension = cutExtension(text)
		}
		return c
	}
	var problem *phone.Problem
	if !errors.As(err, &problem) {
		return phoneCell{why: phoneReason(string(phone.NotANumber))}
	}
	switch problem.Reason {
	case phone.Several, phone.NotANumber:
		if problem.Reason == phone.NotANumber && !strings.Contains(text, addressBookMark) {
			break
		}
		if c, ok := firstOf(text, region); ok {
			return c
		}
	case phone.NotValid:
		if p, ok := possible(text, region); ok {
			_, extended := cutExtension(text)
			return phoneCell{number: p, unusual: true, extension: extended}
		}
	}
	return phoneCell{why: phoneReason(string(problem.Reason))}
}

// addressBookMark stands between several values in a cell of Google Contacts.
const addressBookMark = ":::"

func bareNumber(s string) bool {
	return strings.Trim(s, "+0123456789") == ""
}

// firstOf reads the first usable of several numbers in one cell.
func firstOf(text, region string) (phoneCell, bool) {
	parts := strings.FieldsFunc(strings.NewReplacer(" or ", ",", addressBookMark, ",").Replace(text), func(r rune) bool {
		return strings.ContainsRune(",;/|\n", r)
	})
	for i, part := range parts {
		p, err := phone.Parse(part, region)
		if err != nil {
			continue
		}
		var more []string
		for j, other := range parts {
			if other = strings.TrimSpace(other); j != i && other != "" {
				more = append(more, other)
			}
		}
		return phoneCell{number: p, more: strings.Join(more, ", ")}, true
	}
	return phoneCell{}, false
}

// possible reads a number by its length alone.
func possible(text, region string) (data.Phone, bool) {
	n, err := phonenumbers.Parse(text, region)
	if err != nil || phonenumbers.IsPossibleNumberWithReason(n) != phonenumbers.IS_POSSIBLE {
		return 0, false
	}
	return data.ParseE164(phonenumbers.Format(n, phonenumbers.E164))
}

// phoneMemory remembers numbers that come again and again, as agents' do.
type phoneMemory map[string]phoneCell

func (m phoneMemory) read(text, region string) phoneCell {
	if c, ok := m[text]; ok {
		return c
	}
	c := readPhone(text, region)
	if len(m) < 1000 {
		m[text] = c
	}
	return c
}
