package data

import "time"

// Way is which of the four ways a deletion takes.
type Way string

// The four ways to delete.
const (
	WayOne      Way = "one"
	WaySelected Way = "selected"
	WayFiltered Way = "filtered"
	WayAll      Way = "all"
	// WayUndo takes back one's own import, of this session: whom it added and
	// nobody touched since.
	WayUndo Way = "undo"
)

// TypeCountAbove is how many customers may go without typing their count.
const TypeCountAbove = 20

// Cascade counts what goes with the customers of a plan. Segments count only
// for Delete All, which takes them along.
type Cascade struct {
	Notes        int
	Interactions int
	Tags         int // customers' tags, not tag names
	CustomValues int
	Segments     int
}

// Warnings are what a person should know before confirming. Counts are of the
// plan's customers.
type Warnings struct {
	RecentlyInTouch int // last interaction within RecentDays
	RecentDays      int
	FollowUpsAhead  int // follow-up date today or later
	ChangedLately   int // row changed within 7 days
	ChangedBy       []ChangedBy
	MentionTexts    int // notes, interactions and custom values of who stays that mention somebody of these
	MentionNames    int // tags and segments that do
	// Exports made by Lethe whose files may still exist, and the first of them.
	Exports      int
	ExportsSince time.Time
	// Touched, of WayUndo, are those whom the import added and somebody changed
	// or removed since: they are not part of the plan.
	Touched int
}

// ChangedBy counts customers lately changed by one member.
type ChangedBy struct {
	User  UserID
	Name  string
	Count int
}

// Summary is what the dialogs show of a sealed plan.
type Summary struct {
	Way     Way
	Count   int
	Stay    int
	Cascade Cascade
	Warn    Warnings
	Filter  Filter // of WayFiltered

	OTPDue    bool
	OTPSetUp  bool
	Mark      Mark // before this deletion
	NeedCount bool // the count must be typed
	NeedName  bool // the business's name must be typed

	Sealed      time.Time
	Fingerprint [32]byte
}

// Receipt is what was done, for the result on screen and the outbox. It holds
// no data of whom was deleted.
type Receipt struct {
	Way      Way
	Deleted  int
	Stay     int
	Cascade  Cascade
	At       time.Time
	Actor    UserID
	ByName   string
	Approved bool // with the Account Owner's OTP
	Scrub    ScrubReport
	Audit    Witness
	Rolling  RollingState
	Key      SigningKey // of certificates
	Asked    Date       // when the customer asked for it; 0 where nobody said
}

// ScrubState is how far the cleaning of the files has come.
type ScrubState string

// A scrub is pending from the deletion's commit on. Checked: every page was
// searched and nothing found. Rebuilt: interrupted, the values were gone from
// memory, so the file was rebuilt.
const (
	ScrubPending ScrubState = "pending"
	ScrubChecked ScrubState = "checked"
	ScrubRebuilt ScrubState = "rebuilt"
)

// ScrubReport is what the scrub searched and found.
type ScrubReport struct {
	State       ScrubState
	Pages       int
	FreePages   int
	Values      int // distinct values searched
	FoundBefore int // found by the first search; then the file was rebuilt
	Vacuumed    bool
	Took        time.Duration
}

// Witness is the size and the head of the audit log at a moment.
type Witness struct {
	Entries int64
	Head    [32]byte
}
