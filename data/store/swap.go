package store

import (
	"context"
	"errors"
)

// swap is what a new file is made for.
type swap struct {
	look func(*tx) error
	fill func(*tx) error
}

func (s *Store) swap(ctx context.Context, a *Actor, w swap) (old string, err error) {
	var public publicKeys
	s.gate.RLock()
	err = s.run(ctx, s.writer(), a.user, true, func(t *tx) (err error) {
		if err := s.signedIn(a); err != nil {
			return err
		}
		if err := w.look(t); err != nil {
			return err
		}
		s.mu.Lock()
		keys := s.keys
		s.mu.Unlock()
		public, err = t.publicKeys(ctx, keys)
		return err
	})
	var r *replacement
	if err == nil {
		r, err = s.newReplacement(ctx)
	}
	if err == nil {
		err = s.run(ctx, r.files.writer, a.user, false, w.fill)
	}
	s.gate.RUnlock()
	if err == nil {
		old, err = r.commit(ctx, public)
	}
	if err != nil && r != nil && !errors.Is(err, errUncertain) {
		err = errors.Join(err, r.abandon())
	}
	return old, err
}
