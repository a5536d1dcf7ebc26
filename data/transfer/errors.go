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
	// ErrBinary: the file is none that is read (a picture, an archive).
	ErrBinary = errors.New("the file is no list of customers")
	// ErrOldWorkbook: a workbook as Excel 97 to 2003 wrote them (.xls).
	ErrOldWorkbook = errors.New("the workbook is of an old kind")
	// ErrOtherWorkbook: a workbook of another program (.ods, .numbers).
	ErrOtherWorkbook = errors.New("the workbook is of another kind")
	// ErrProtected: a workbook that a password locks.
	ErrProtected = errors.New("the workbook is locked by a password")
	// ErrUnpacksTooBig: a workbook that takes more than MaxUnpacked.
	ErrUnpacksTooBig = errors.New("the workbook is too big once unpacked")
	// ErrBrokenWorkbook: a workbook that is damaged.
	ErrBrokenWorkbook = errors.New("the workbook is damaged")
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
	// MaxUnpacked is how many bytes a workbook may take once it is unpacked, in
	// memory: some 150,000 customers. It keeps an archive bomb from filling it.
	MaxUnpacked = 128 << 20
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
	ReasonMoreEmails     Reason = "more_emails"     // a further e-mail is kept in a custom field
	ReasonNotKind        Reason = "not_kind"        // the custom field can't hold it; it is kept in the note
	ReasonLeft           Reason = "left"            // a picture, sound or key of a contact card was left out
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
