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
	s.endCheck = cancel
	s.mu.Unlock()
	err := s.read(ctx, a, func(t *tx) error {
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

// yieldCheck ends a QuickCheck that runs, so that the barrier needn't wait.
func (s *Store) yieldCheck() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.endCheck != nil {
		s.endCheck()
	}
}
