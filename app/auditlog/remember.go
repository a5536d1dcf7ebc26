package auditlog

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"lethe/app/desk"
	"lethe/data"
)

// prefHead keeps the last head of the log that the Account Owner countersigned
// here: the key, the entry's number and its hash. It stands in the preferences
// of their account of the operating system, which the others, who have accounts
// of their own, can't write; so countersignatures can't be taken out of the
// list unnoticed. It tells nothing of the business.
const prefHead = "audit.head"

// Remembered is that head. It counts only for the list that it is of.
func Remembered(d *desk.Desk) []data.KnownHead {
	if d.Demo || !d.Rights().IsAccountOwner() {
		return nil
	}
	parts := strings.Fields(d.Prefs.String(prefHead))
	if len(parts) != 3 {
		return nil
	}
	key, err := hex.DecodeString(parts[0])
	seq, err2 := strconv.ParseInt(parts[1], 10, 64)
	head, err3 := hex.DecodeString(parts[2])
	if err != nil || err2 != nil || err3 != nil || len(key) == 0 {
		return nil
	}
	return []data.KnownHead{{Seq: seq, Head: head, Key: key}}
}

// Remember keeps the head of a log that was found intact.
func Remember(d *desk.Desk, s data.LogState) {
	if d.Demo || !d.Rights().IsAccountOwner() || !s.Intact() || s.Countersigned != s.Entries || s.Entries == 0 {
		return
	}
	d.Prefs.SetString(prefHead, fmt.Sprintf("%x %d %x", s.Key, s.Entries, s.Head))
}
