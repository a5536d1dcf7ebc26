package store

import (
	"context"
	"errors"

	"lethe/data"
)

// QuickCheck looks the whole database over (PRAGMA quick_check, which also
// opens the seal of every page in use) and answers data.ErrDamaged if anything
// is wrong with it. Cold and at a million customers it can take more than a
// minute, so it belongs in the background; a clean-up that begins meanwhile
// ends it with context.Canceled.
func (s *Store) QuickCheck(ctx context.Context, a *Actor) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s.mu.Lock()
	if s.waiting > 0 {
		s.mu.Unlock()
		return context.Canceled
	}
	s.endCheck = cancel
	s.mu.Unlock()
	err := s.read(ctx, a, data.OpQuickCheck, func(t *tx) error {
		var verdict string
		if err := t.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
			return err
		}
		if verdict != "ok" {
			return data.ErrDamaged
		}
		return nil
	})
	if err != nil && ctx.Err() != nil && !errors.Is(err, data.ErrDamaged) {
		return context.Canceled
	}
	return err
}

// lockGate takes the gate for writing. A QuickCheck that runs is ended, and none
// begins while this waits for the readers.
func (s *Store) lockGate() {
	s.mu.Lock()
	s.waiting++
	if s.endCheck != nil {
		s.endCheck()
	}
	s.mu.Unlock()
	s.gate.Lock()
	s.mu.Lock()
	s.waiting--
	s.mu.Unlock()
}
