package transfer

import (
	"errors"
	"io/fs"
)

// Errors of a whole file. They hold no name and no content of it, so they may
// be logged.
var (
	// ErrEmpty: the file holds no row at all, or only its headings.
	ErrEmpty = errors.New("the file holds no customers")
	// ErrBinary: the file is not text (a workbook, a picture, an archive).
	ErrBinary = errors.New("the file is not a text file")
	// ErrVCard: the file holds contact cards, which are not read yet.
	ErrVCard = errors.New("the file holds contact cards")
	// ErrUnreadable: the file is missing, a folder, or may not be read; the
	// cause is wrapped too.
	ErrUnreadable = errors.New("the file can't be read")
	// ErrNoPhone: no column is mapped to the phone number, so every row would
	// be refused.
	ErrNoPhone = errors.New("no column holds phone numbers")
	// ErrTooBig: a record is longer than MaxRecord or wider than MaxColumns.
	ErrTooBig = errors.New("a row of the file is too big")
	// ErrMapping: a mapping that doesn't fit the file: another number of
	// columns, a field that can't be imported, two columns for one field.
	ErrMapping = errors.New("the mapping does not fit the file")
)

// Limits of what is read.
const (
	MaxRecord  = 10 << 20 // bytes of one record as UTF-8
	MaxColumns = 2000
	MaxText    = 10_000 // characters of one value; what is longer is cut and reported
)

// Reason says in one word what is wrong with a row or a value.
type Reason string

// Reasons of problems and refusals. A phone number that can't be used has the
// reason that package phone gives, after "phone_": "phone_too_short".
const (
	ReasonNoPhone        Reason = "no_phone"        // refused: no phone number in the row
	ReasonCut            Reason = "cut"             // longer than MaxText, cut
	ReasonBadBytes       Reason = "bad_bytes"       // bytes that are no text were replaced
	ReasonControl        Reason = "control"         // control characters were removed
	ReasonExtraCells     Reason = "extra_cells"     // more cells than columns; the rest is not read
	ReasonNotRead        Reason = "not_read"        // in an ignored column that the first rows leave empty
	ReasonQuotes         Reason = "quotes"          // a quotation mark that is never closed
	ReasonNotDate        Reason = "not_a_date"      // the date is left empty
	ReasonDateOrder      Reason = "date_order"      // day and month stand the other way than in the rest of the column
	ReasonNotFlag        Reason = "not_yes_or_no"   // read as no
	ReasonNotEmail       Reason = "not_an_email"    // kept as it is
	ReasonUnknownCountry Reason = "unknown_country" // the phone was read with the default region
	ReasonUnusualPhone   Reason = "unusual_phone"   // of a possible length, but of no known range of its country
	ReasonExtension      Reason = "extension"       // the extension behind the phone number was dropped
	ReasonMorePhones     Reason = "more_phones"     // further numbers are kept in the note
	ReasonAgentPhone     Reason = "agent_phone"     // the agent's phone can't be used, left empty
)

// phoneReason is the Reason for what package phone says.
func phoneReason(why string) Reason { return Reason("phone_" + why) }

// Problem is one thing that is wrong with a row. It quotes nothing of it.
type Problem struct {
	Column int // index into Table.Columns, or -1 for the row as a whole
	Reason Reason
}

// unreadable wraps cause without the file's path.
func unreadable(cause error) error {
	var pe *fs.PathError
	if errors.As(cause, &pe) {
		cause = pe.Err
	}
	return errors.Join(ErrUnreadable, cause)
}
