package data

// What an entry tells is its kind, and of some kinds which of several things of
// that kind it was: its variant, which its facts say.

// Done is what was done to a thing that entries of its kind tell of.
type Done string

// What is done to customers, tags, custom fields and segments.
const (
	DoneAdded              Done = "added"
	DoneChanged            Done = "changed"
	DoneRemoved            Done = "removed"
	DoneRenamed            Done = "renamed"
	DoneNoteAdded          Done = "note added"
	DoneNoteChanged        Done = "note changed"
	DoneNoteRemoved        Done = "note removed"
	DoneInteractionAdded   Done = "interaction added"
	DoneInteractionChanged Done = "interaction changed"
	DoneInteractionRemoved Done = "interaction removed"
)

// Ways lists the ways of a deletion.
func Ways() []Way { return []Way{WayOne, WaySelected, WayFiltered, WayAll, WayUndo} }

// AuditVariants lists the kinds that have variants, with all of them. An entry
// of such a kind may have none: then its kind says all.
func AuditVariants() map[AuditKind][]string {
	dones := func(all ...Done) []string {
		out := make([]string, len(all))
		for i, d := range all {
			out[i] = string(d)
		}
		return out
	}
	return map[AuditKind][]string{
		AuditCustomerEdited: dones(DoneAdded, DoneChanged, DoneNoteAdded, DoneNoteChanged, DoneNoteRemoved,
			DoneInteractionAdded, DoneInteractionChanged, DoneInteractionRemoved),
		AuditTag:           dones(DoneRenamed, DoneRemoved),
		AuditField:         dones(DoneAdded, DoneChanged, DoneRemoved),
		AuditSegment:       dones(DoneAdded, DoneChanged, DoneRemoved),
		AuditOutboxChanged: {"cancelled", "addresses", "set_up", "turned_off"},
		AuditUserChanged:   {"activated", "deactivated", "role", "edited"},
		AuditPassword:      {"reset"},
		AuditSignInFailed:  {"recovery"},
		AuditBackup:        {"rolling"},
		AuditRolling:       {"on", "off"},
		AuditRestore:       {"list", "folder"},
	}
}

// Variant is which of the things of its kind the entry tells, as AuditVariants
// lists them, "" where its kind says all.
func (e *Entry) Variant() string {
	f := e.Facts
	switch e.Kind {
	case AuditCustomerEdited, AuditTag, AuditField, AuditSegment:
		return f["done"]
	case AuditOutboxChanged:
		return f["what"]
	case AuditUserChanged:
		switch {
		case f["active"] == FlagYes:
			return "activated"
		case f["active"] == FlagNo:
			return "deactivated"
		case f["role"] != "":
			return "role"
		}
		return "edited"
	case AuditPassword:
		if f["user"] != "" { // by somebody else
			return "reset"
		}
	case AuditSignInFailed:
		if f["recovery"] == FlagYes {
			return "recovery"
		}
	case AuditBackup:
		if f["rolling"] == FlagYes {
			return "rolling"
		}
	case AuditRolling:
		if f["on"] == FlagYes {
			return "on"
		}
		return "off"
	case AuditRestore:
		return f["into"]
	}
	return ""
}
