package store

import (
	"context"
	"errors"
)

// swap is what a new file is made for: a large deletion, the turning of the
// key, a transfer of ownership.
type swap struct {
	// look runs in a transaction on the present list, with the rights
	// of the actor: whether this may be done at all.
	look func(*tx) error
	// fill writes the new list, in its one transaction, in which the present
	// one is attached as "old".
	fill func(*tx) error
	// end, if not nil, ends what look began beside; the present list can still be
	// read then. Neither look nor fill need have run.
	end func() error
	// alter changes the keys file that will name the new list; nil: only its
	// seals.
	alter alterKeys
}

// swap makes a new file under a new key and puts it in place of the present
// one, by the one rename that is the commit; see replacement. It answers the
// path of the old file, which is closed and still to be removed. The caller
// holds keysMu and writes. After an error the list is as before.
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
		err = s.run(ctx, r.files.writer, a.user, false, func(t *tx) error {
			if err := w.fill(t); err != nil {
				return err
			}
			return t.nobodyLeftOut(ctx)
		})
	}
	if w.end != nil {
		if ended := w.end(); err == nil {
			err = ended
		}
	}
	s.gate.RUnlock()
	if err == nil {
		old, err = r.commit(ctx, public, w.alter)
	}
	if err != nil && r != nil && !errors.Is(err, errUncertain) {
		err = errors.Join(err, r.abandon())
	}
	return old, err
}
