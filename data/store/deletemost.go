package store

import (
	"context"
	"slices"
	"sync"

	"lethe/data"
	"lethe/data/otp"
)

// mostGo tells whether the plan is run by writing those who stay into a new
// file under a new key: where everybody goes, or at least half of the list. It
// costs by those who stay, so a large deletion is a short one, and turns the
// key, which makes every old copy of the old file worthless to whoever has no
// key of then.
//
// Where the switch-over is was measured (BenchmarkSwitchOver: customers here and
// there in the list, deletion and clean-up together, milliseconds of processor
// time in place and by a new file):
//
//	of 40,000    10 % 124 208   20 % 173 233   30 % 205 230   40 % 233 283   50 % 250 256   60 % 267 245
//	of 300,000   10 % 1015 1484 20 % 1415 1906 30 % 1666 1927 40 % 1965 2012 50 % 2227 1969 60 % 2268 1864
//
// Both ways cost the same between two fifths and a half, and the new file takes
// the room of a second copy, which a full disk has not. From half on the Account
// Owner must agree too, so that what takes their word turns the key.
func (p *Plan) mostGo() bool {
	return p != nil && (p.summary.Way == data.WayAll || p.most)
}

// deleteMost is Delete for plans of which most go. The checks are made on the
// present list, which nobody else can change meanwhile; OTP, audit entry,
// messages and scrub job are written into the new file, in its one
// transaction; the keys file's rename is the commit.
func (s *Store) deleteMost(ctx context.Context, a *Actor, p *Plan, auth *otp.Authorisation, texts DeleteTexts, progress func(done int)) (data.Receipt, *Residue, error) {
	s.keysMu.Lock()
	defer s.keysMu.Unlock()
	s.writes.Lock()
	d := &deletion{plan: p}
	residue, err := s.swapOut(ctx, a, d, auth, texts)
	defer s.writes.Unlock()
	if err != nil {
		return data.Receipt{}, nil, err
	}
	if progress != nil {
		progress(len(p.ids))
	}
	s.publish(d.told())
	return d.done, residue, nil
}

// swapOut does it; writes and keysMu are held.
func (s *Store) swapOut(ctx context.Context, a *Actor, d *deletion, auth *otp.Authorisation, texts DeleteTexts) (*Residue, error) {
	residue := residueOf(len(d.plan.ids))
	var in *intake
	var preparing sync.WaitGroup
	defer preparing.Wait()
	old, err := s.swap(ctx, a, swap{
		look: func(t *tx) (err error) {
			if err := t.may(d.plan.deleteOp()); err != nil {
				return err
			}
			if err := d.plan.madeBy(a); err != nil {
				return err
			}
			if err := t.stillAs(ctx, d.plan); err != nil {
				return err
			}
			if err := t.mayRun(ctx, d.plan, auth); err != nil {
				return err
			}
			in, err = s.takeIn(ctx, d.plan.ids, residue)
			return err
		},
		fill: func(t *tx) error {
			if err := d.fill(ctx, t, a, auth, texts, in); err != nil {
				return err
			}
			all := d.plan.summary.Way == data.WayAll
			preparing.Go(func() { residue.prepare(!all) }) // while the commit writes
			return nil
		},
		end: func() error { return in.end() },
	})
	residue.old = old
	return residue, err
}

// fill writes the new list, in its transaction t.
func (d *deletion) fill(ctx context.Context, t *tx, a *Actor, auth *otp.Authorisation, texts DeleteTexts, in *intake) error {
	all := d.plan.summary.Way == data.WayAll
	d.tx = t
	if !all {
		for part := range slices.Chunk(d.plan.ids, chunk) {
			if err := d.addDoomed(ctx, part); err != nil {
				return err
			}
		}
	}
	if err := t.copyRest(ctx, all); err != nil {
		return err
	}
	var err error
	if t.rights, err = t.readRights(ctx, a.user); err != nil {
		return err
	}
	if _, err := t.change(ctx); err != nil {
		return err
	}
	return d.conclude(ctx, a, auth, texts, in)
}
