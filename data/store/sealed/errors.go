package sealed

import "errors"

// What can be wrong with a file or with the use of this package. No error of
// this package holds anything that stands in a page.
var (
	ErrEmpty     = errors.New("the database file is empty")
	ErrNotSealed = errors.New("the file is not a sealed database")
	ErrWrongKey  = errors.New("the database is sealed under another key")
	ErrDamaged   = errors.New("the sealed database is damaged")
	ErrUnsettled = errors.New("a rollback journal lies beside the database")
	ErrInUse     = errors.New("the sealed VFS still has open files")
	ErrUnsynced  = errors.New("written, but the folder could not be synced")
	ErrClosed    = errors.New("the sealed VFS is closed")
)
