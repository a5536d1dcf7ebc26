package signin

import (
	"time"

	"lethe/data"
)

// Tries counts wrong passwords, for each member, and wrong recovery keys under
// store.RecoveryAttempts: neither leaving the page, locking again nor starting
// the program anew shortens a wait. It spares the
// person who mistypes and tires the one who guesses at the desk; who has a copy
// of the files is held off by the cost of the password's key alone. UI goroutine
// only.
type Tries struct {
	clock func() time.Time
	of    map[data.UserID]*tries
}

type tries struct {
	wrong int // in a row
	until time.Time
}

// NewTries goes on from what was counted when the program last ran. When that
// was is not known, so the wait begins now.
func NewTries(clock func() time.Time, before map[data.UserID]int) *Tries {
	t := &Tries{clock: clock, of: map[data.UserID]*tries{}}
	for id, wrong := range before {
		t.of[id] = &tries{wrong: wrong, until: clock().Add(data.PasswordDelay(wrong))}
	}
	return t
}

// Wrong takes down a wrong password or recovery key.
func (t *Tries) Wrong(id data.UserID) {
	m := t.of[id]
	if m == nil {
		m = &tries{}
		t.of[id] = m
	}
	m.wrong++
	m.until = t.clock().Add(data.PasswordDelay(m.wrong))
}

// Right forgets them.
func (t *Tries) Right(id data.UserID) { delete(t.of, id) }

// Wait is how long the member's next try has to wait yet.
func (t *Tries) Wait(id data.UserID) time.Duration {
	if m := t.of[id]; m != nil {
		return max(m.until.Sub(t.clock()), 0)
	}
	return 0
}
