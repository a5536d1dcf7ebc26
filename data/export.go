package data

import "time"

// Export is a file of customers that Lethe wrote. It holds no customer's data
// itself; its path may.
type Export struct {
	ID     int64
	At     time.Time
	Actor  UserID
	Who    string // the member's name
	Format ExportFormat
	What   ExportScope
	Count  int
	Path   string
	State  ExportState
	File   FileState // as it was looked for just now
}

// ExportFormat is the kind of file.
type ExportFormat string

// The kinds of file. ExportCSV has a byte order mark, by which Excel knows
// UTF-8; ExportPlainCSV has none.
const (
	ExportCSV      ExportFormat = "csv"
	ExportPlainCSV ExportFormat = "csv_plain"
	ExportWorkbook ExportFormat = "xlsx"
)

// ExportScope is whom an export holds.
type ExportScope string

// The scopes of an export.
const (
	ExportSelected ExportScope = "selected"
	ExportFiltered ExportScope = "filtered"
	ExportAll      ExportScope = "all"
)

// ExportState is how far an export came.
type ExportState string

// An export is being written until it is done: in the audit log, and under its
// name. A failed one left no file.
const (
	ExportWriting ExportState = "writing"
	ExportDone    ExportState = "done"
	ExportFailed  ExportState = "failed"
)

// FileState tells whether the file of an export still exists.
type FileState string

// Away: its folder can't be reached, as that of a stick that is pulled out, so
// the file may still exist.
const (
	FileThere FileState = "there"
	FileGone  FileState = "gone"
	FileAway  FileState = "away"
)

// MayExist tells whether the file of the export may still hold customers.
func (e Export) MayExist() bool { return e.State == ExportDone && e.File != FileGone }
