package main

import (
	"regexp"

	"lethe/data/account"
)

// lastGroupField is the label of the field that asks for the recovery key's end.
const lastGroupField = "Type its last group, to show that you have it"

// recoveryText is a recovery key as the screen shows it.
var recoveryText = regexp.MustCompile(`^([0-9A-Z]{4}[- ]){6}[0-9A-Z]{4}$`)

// noteRecovery waits until a recovery key is on the screen that is not the one
// of t.recovery, which it then is.
func (t *tour) noteRecovery() {
	was := t.recovery.String()
	s := t.waitFor("a new recovery key", func(s *snapshot) bool {
		found := s.find(recoveryText)
		return found != "" && found != was
	})
	if t.err != nil {
		return
	}
	key, err := account.ParseRecoveryKey(s.find(recoveryText))
	t.fail(err)
	t.recovery = key
}
