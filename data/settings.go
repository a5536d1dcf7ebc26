package data

import "time"

// Settings are the business's choices.
type Settings struct {
	Business   string
	Region     string // ISO 3166-1 alpha-2: the default of phone numbers, "IN"
	ActiveDays int    // active window; the Account Owner's alone
	Strictness Strictness
	// LockOwners and LockOthers are after how many minutes the window locks by
	// itself when nobody uses it; 0 stands for the usual ones.
	LockOwners, LockOthers int
	// TellAlways: confirmations for every deletion, not only Delete All and
	// what took an OTP.
	TellAlways bool
}

// Minutes until the window locks by itself.
const (
	UsualLockOwners = 5
	UsualLockOthers = 10
	MaxLock         = 120
)

// LockAfter is after how long the window of somebody with such a role locks.
func (s Settings) LockAfter(kind RoleKind) time.Duration {
	minutes, usual := s.LockOthers, UsualLockOthers
	if kind == AccountOwner || kind == Owner {
		minutes, usual = s.LockOwners, UsualLockOwners
	}
	if minutes < 1 || minutes > MaxLock {
		minutes = usual
	}
	return time.Duration(minutes) * time.Minute
}

// Messages to the Account Owner.
type (
	// Channel is how a message goes out.
	Channel string
	// OutboxState is how far a message has come.
	OutboxState string
)

// Channels.
const (
	ChannelEmail    Channel = "email"
	ChannelWhatsApp Channel = "whatsapp"
)

// Outbox states. Prepared: written, and sent by hand or by a person's wish only,
// because sending was not set up. Queued: waits for its turn, or for a network.
// Failed: with a next try, or without one where a person has to mend something.
const (
	OutboxPrepared  OutboxState = "prepared"
	OutboxQueued    OutboxState = "queued"
	OutboxSending   OutboxState = "sending"
	OutboxSent      OutboxState = "sent"
	OutboxFailed    OutboxState = "failed"
	OutboxCancelled OutboxState = "cancelled"
)

// Message is a confirmation in the outbox: counts, time, who, the audit
// witness; never a customer's data.
type Message struct {
	ID        int64
	Channel   Channel
	To        string // mail address or E.164 number of the Account Owner
	Subject   string
	Body      string
	State     OutboxState
	Why       Why    // it isn't sent yet
	Answer    string // the server's, one line
	Created   int64  // Unix seconds
	Changed   int64  // when State last changed, Unix seconds
	NextTry   int64  // Unix seconds; 0 for none
	Tries     int    // attempts so far
	MessageID string // of every attempt, so that a mail received twice can be known as one
	AuditID   int64  // the entry that it tells of
	About     AuditKind
}

// Event tells listeners what changed in the store. Ids are given where they
// are few; otherwise Everything is set.
type Event struct {
	Kind EventKind
	// Changes is the store's change counter after the change that the event
	// tells of, or 0 if it didn't move.
	Changes    int64
	Changed    []CustomerID // added or changed
	Removed    []CustomerID
	Everything bool
}

// EventKind is what an event is about.
type EventKind string

// The events.
const (
	CustomersChanged EventKind = "customers"
	OutboxChanged    EventKind = "outbox"
	SegmentsChanged  EventKind = "segments"
	SettingsChanged  EventKind = "settings"
	TeamChanged      EventKind = "team"
	FieldsChanged    EventKind = "fields"
	ScrubChanged     EventKind = "scrub"
	ExportsChanged   EventKind = "exports"
	BackupsChanged   EventKind = "backups"
)
