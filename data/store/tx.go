package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"lethe/data"
	"lethe/data/account"
)

// tx is one transaction: one moment, one actor, the rights as they are in it,
// and the events that follow its commit.
type tx struct {
	*sql.Tx
	now    time.Time
	actor  data.UserID // 0: the program itself
	rights data.Rights
	events []data.Event
	// Whose signature the audit log gets: what a sign-in under way unlocked, or
	// asks for what the Account Owner's did.
	signingIn *account.Unlocked
	ownerKeys func(owner data.UserID) *account.Unlocked
	changed   int64 // the change counter, if this transaction moved it
	// What took an OTP and is no deletion is told by the entry that follows it.
	owing      bool
	ownerTexts OwnerTexts

	// How many customers may go, or get another number, and how many did.
	accounted  int
	tally      *tally // nil in a file that nobody's list is yet
	lostBefore int64

	left *Residue // what this transaction removes by an edit; nil for nothing
}

func (t *tx) publish(e data.Event) { t.events = append(t.events, e) }

// told are the events to publish after the commit.
func (t *tx) told() []data.Event {
	for i := range t.events {
		t.events[i].Changes = t.changed
	}
	return t.events
}

// may answers data.ErrDenied unless the matrix opens op to the actor. read and
// write have asked for the operation that they were given; this is for the
// cases of one that take more.
func (t *tx) may(op data.Operation) error {
	if !t.rights.May(op) {
		return data.ErrDenied
	}
	return nil
}

// read runs fn in a reading transaction for op, if a may ask for it as the
// rights are in that transaction.
func (s *Store) read(ctx context.Context, a *Actor, op data.Operation, fn func(*tx) error) error {
	s.gate.RLock()
	defer s.gate.RUnlock()
	if err := s.signedIn(a); err != nil {
		return err
	}
	return s.run(ctx, s.readers(), a.user, true, func(t *tx) error {
		if err := t.may(op); err != nil {
			return err
		}
		return fn(t)
	})
}

// write runs fn in a writing transaction for op, if a may ask for it as the
// rights are in that transaction. It commits if fn and ctx have no error, and
// then publishes the events.
func (s *Store) write(ctx context.Context, a *Actor, op data.Operation, fn func(*tx) error) error {
	if err := s.signedIn(a); err != nil {
		return err
	}
	return s.writeAs(ctx, a.user, true, func(t *tx) error {
		// The session may have ended while this waited for its turn.
		if err := s.signedIn(a); err != nil {
			return err
		}
		if err := t.may(op); err != nil {
			return err
		}
		return fn(t)
	})
}

// writeSystem runs fn as the program itself: at sign-in, before there is a
// session, and for what a crash left to do.
func (s *Store) writeSystem(ctx context.Context, fn func(*tx) error) error {
	return s.writeAs(ctx, 0, false, fn)
}

func (s *Store) writeAs(ctx context.Context, user data.UserID, withRights bool, fn func(*tx) error) error {
	s.writes.Lock()
	defer s.writes.Unlock()
	s.gate.RLock()
	var done *tx
	err := s.run(ctx, s.writer(), user, withRights, func(t *tx) error {
		done = t
		return fn(t)
	})
	s.gate.RUnlock()
	if err != nil {
		return err
	}
	if done.left != nil {
		s.left.add(done.left, done.left.job)
	}
	s.publish(done.told())
	return nil
}

func (s *Store) writer() *sql.DB {
	if s.files == nil {
		return nil
	}
	return s.files.writer
}

func (s *Store) readers() *sql.DB {
	if s.files == nil {
		return nil
	}
	return s.files.readers
}

// tallyOf is what counts those whom a pool's transactions take away.
func (s *Store) tallyOf(db *sql.DB) *tally {
	if db != s.writer() {
		return nil
	}
	return s.files.tally
}

// run is the transaction itself; the gate is held.
func (s *Store) run(ctx context.Context, db *sql.DB, user data.UserID, withRights bool, fn func(*tx) error) error {
	if db == nil {
		return data.ErrSignedOut
	}
	inner, err := db.BeginTx(ctx, nil)
	if err != nil {
		return plain(err)
	}
	t := &tx{
		Tx: inner, now: s.opt.Clock().UTC(), actor: user, ownerKeys: s.ownerKeys, ownerTexts: s.opt.OwnerTexts,
		tally: s.tallyOf(db),
	}
	if t.tally != nil {
		t.lostBefore = t.tally.lost.Load()
	}
	if withRights {
		t.rights, err = t.readRights(ctx, user)
	}
	if err == nil {
		err = fn(t)
	}
	if err == nil {
		err = t.nobodyUncounted()
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		if rb := inner.Rollback(); rb != nil && !errors.Is(rb, sql.ErrTxDone) {
			err = errors.Join(err, rb)
		}
		return plain(err)
	}
	return plain(inner.Commit())
}

// readRights reads what the person may do now. Whoever is gone or deactivated
// has no rights at all.
func (t *tx) readRights(ctx context.Context, user data.UserID) (data.Rights, error) {
	u, err := t.user(ctx, user)
	if errors.Is(err, data.ErrNotFound) {
		return data.Rights{}, data.ErrDenied
	}
	if err != nil {
		return data.Rights{}, err
	}
	r, err := t.role(ctx, u.Role)
	if err != nil {
		return data.Rights{}, err
	}
	rights := data.RightsOf(u, r)
	if rights.User == 0 {
		return data.Rights{}, data.ErrDeactivated
	}
	return rights, nil
}

// Rights reads what the actor may do at this moment.
func (s *Store) Rights(ctx context.Context, a *Actor) (data.Rights, error) {
	var out data.Rights
	err := s.read(ctx, a, data.OpRights, func(t *tx) error {
		out = t.rights
		return nil
	})
	return out, err
}
