package data

// Backup is a backup that was made of the list, as the list remembers it.
type Backup struct {
	ID        int64
	Path      string
	Made      int64 // Unix seconds
	Author    UserID
	Customers int  // that it holds
	Rolling   bool // the one that is rewritten after each deletion
	State     BackupState
}

// BackupState is what is to be found where a backup was written.
type BackupState string

// The states. Only of a removed one is it known that it is no more: a file that
// is missing may have been moved, one that can't be reached may lie on a drive
// in a drawer.
const (
	BackupThere       BackupState = "there"
	BackupMissing     BackupState = "missing"     // its folder is there
	BackupUnreachable BackupState = "unreachable" // its folder isn't
	BackupRemoved     BackupState = "removed"     // by Lethe
)

// Holding counts the backups that hold customers of a deletion.
type Holding struct {
	There int // older ones, where they were written
	Else  int // older ones, missing there or out of reach: they may still exist
	// Rolling: the one that is rewritten after each deletion holds them.
	Rolling bool
}

// Rolling is the backup that is rewritten after each deletion.
type Rolling struct {
	Path   string // empty: there is none
	Author UserID // who set it up
	Made   int64  // when it was last written, Unix seconds; 0: not yet
	Failed int64  // when it last couldn't be; 0: it could
	// Due: the list was changed since it was written.
	Due bool
}

// RollingState is what became of the rolling backup after a deletion.
type RollingState string

// The states. Current: it holds the list as it is now, so nobody who was
// deleted. Failed: it still holds them.
const (
	RollingOff     RollingState = ""
	RollingCurrent RollingState = "current"
	RollingFailed  RollingState = "failed"
)

// On tells whether there is one.
func (r Rolling) On() bool { return r.Path != "" }

// RestorePreview is what restoring a backup into the list would do. What is not
// named stays as it is: team, roles, settings, audit log, outbox.
type RestorePreview struct {
	Made      int64 // of the backup, Unix seconds
	Held      int   // customers in the backup
	Now       int   // customers in the list
	After     int   // customers in the list after it
	Come      int   // who come back: an earlier restore had taken them away
	Change    int   // who are in both, and were changed since
	Go        int   // who were added since: they are not in the backup
	Deleted   int   // who are in the backup and were deleted since: they don't come back
	Segments  Moved
	Fields    Moved // custom fields
	OTPSetUp  bool
	OwnerName string // whose OTP it takes
}

// Moved counts what of a kind comes and goes with a restore.
type Moved struct{ Come, Go int }

// RestoreReceipt is what a restore did.
type RestoreReceipt struct {
	RestorePreview
	At     int64 // Unix seconds
	ByName string
	Scrub  ScrubReport
	Audit  Witness
	Key    SigningKey // of the list's certificates
	// Rolling is what became of the rolling backup.
	Rolling RollingState
}

// SalvagePreview is what restoring a backup into a folder without a list that
// opens would do: everything in the backup comes, team, roles and passwords
// too.
type SalvagePreview struct {
	Made      int64 // of the backup, Unix seconds
	Business  string
	OwnerName string
	Customers int // who come
	Members   int // who could sign in when it was made, the Account Owner too
	OTPSetUp  bool
	Deleted   int // in the backup, and known to have been deleted since: they don't come
	// RecordLost: nothing tells who was deleted since the backup was made.
	RecordLost bool
	// Replaces: there is something of a list in the folder, which is removed.
	Replaces bool
}
