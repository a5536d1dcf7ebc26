package data

// Settings are the business's choices.
type Settings struct {
	Business   string
	Region     string // ISO 3166-1 alpha-2: the default of phone numbers, "IN"
	ActiveDays int    // active window; the Account Owner's alone
	Strictness Strictness
	// TellAlways: confirmations for every deletion, not only Delete All and
	// what took an OTP.
	TellAlways bool
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

// Outbox states. Prepared: written, nobody sends it by itself.
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
	ID      int64
	Channel Channel
	To      string // mail address or E.164 number of the Account Owner
	Subject string
	Body    string
	State   OutboxState
	Why     string // of a failure
	Created int64  // Unix seconds
	AuditID int64  // the entry of the deletion that it tells of
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
)
