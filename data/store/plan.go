package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"time"

	"lethe/data"
)

// Plan is a sealed deletion: the exact customers and their row versions, for
// one actor. Only Seal makes one.
type Plan struct {
	actor       string // the session's nonce
	ids         []data.CustomerID
	versions    []int64
	changes     int64 // the store's change counter
	most        bool  // at least half of all customers
	stay        int   // how many stay in the list, whoever sees them
	undo        *ownImport
	summary     data.Summary
	fingerprint [sha256.Size]byte
	asked       data.Date // when the customer asked for it; 0 where nobody said
}

// Asked returns the same plan with the day on which the customer asked to be
// deleted, for the audit log and the certificate.
func (p *Plan) Asked(on data.Date) *Plan {
	next := *p
	next.asked = on
	return &next
}

// Summary is what the dialogs show.
func (p *Plan) Summary() data.Summary {
	sum := p.summary
	sum.Filter = sum.Filter.Clone()
	return sum
}

// IDs are the customers that go, in order: a copy, for what was confirmed can't
// be changed.
func (p *Plan) IDs() []data.CustomerID { return slices.Clone(p.ids) }

// SealRequest asks for a plan. For WayAll the ids are ignored: everybody goes.
type SealRequest struct {
	Way    data.Way
	IDs    []data.CustomerID
	Filter data.Filter // of WayFiltered; kept for the words, checked by Changes
	// Changes is the store's change counter when a filter was answered. Where
	// the list has changed since, the plan is refused as stale.
	Changes int64
}

// Seal freezes what is to be deleted. It answers data.ErrDenied without the
// right or for customers outside the actor's scope, a *data.StalePlan if one
// is gone or the filter was answered on another list, data.ErrEmptyPlan for
// nobody.
func (s *Store) Seal(ctx context.Context, a *Actor, req SealRequest) (*Plan, error) {
	var p *Plan
	err := s.read(ctx, a, byWay(req.Way, data.OpSeal, data.OpSealAll), func(t *tx) error {
		if req.Way == data.WayUndo {
			return data.ErrDenied // SealUndo makes it, and of what it knows itself
		}
		p = &Plan{actor: a.nonce}
		p.summary.Way, p.summary.Filter = req.Way, req.Filter.Clone()
		var err error
		if p.changes, err = t.changes(ctx); err != nil {
			return err
		}
		if req.Way == data.WayFiltered && req.Changes != p.changes {
			return &data.StalePlan{}
		}
		return t.seal(ctx, p, req)
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// byWay is the operation of the matrix: Delete All has its own.
func byWay(way data.Way, others, all data.Operation) data.Operation {
	if way == data.WayAll {
		return all
	}
	return others
}

// deleteOp is the operation of the matrix for running this plan.
func (p *Plan) deleteOp() data.Operation {
	if p != nil && p.undo != nil {
		return data.OpDeleteUndo
	}
	return p.op(data.OpDelete, data.OpDeleteAll)
}

// op is the operation of the matrix for this plan. A plan that Seal did not
// make is asked for like any other; madeBy refuses it.
func (p *Plan) op(others, all data.Operation) data.Operation {
	if p == nil {
		return others
	}
	return byWay(p.summary.Way, others, all)
}

// madeBy answers data.ErrAuthorisation unless this session sealed the plan.
func (p *Plan) madeBy(a *Actor) error {
	if p == nil || p.actor == "" || p.actor != a.nonce {
		return data.ErrAuthorisation
	}
	return nil
}

func (t *tx) seal(ctx context.Context, p *Plan, req SealRequest) error {
	ids := slices.Clone(req.IDs)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	g := newGather(t.now, len(ids))
	if err := t.gather(ctx, g, ids, req.Way == data.WayAll); err != nil {
		return err
	}
	p.ids, p.versions = g.ids, g.versions
	if req.Way != data.WayAll && len(p.ids) != len(ids) {
		return &data.StalePlan{Gone: len(ids) - len(p.ids)}
	}
	if len(p.ids) == 0 {
		return data.ErrEmptyPlan
	}
	mark, err := t.mark(ctx)
	if err != nil {
		return err
	}
	settings, err := t.settings(ctx)
	if err != nil {
		return err
	}
	st, err := t.otpState(ctx)
	if err != nil {
		return err
	}
	sum := &p.summary
	held, err := t.held(ctx)
	if err != nil {
		return err
	}
	p.most, p.stay = 2*len(p.ids) >= mark.Held, mark.Held-len(p.ids)
	sum.Count, sum.Stay = len(p.ids), held-len(p.ids)
	sum.Cascade, sum.Warn = g.cascade, g.warnings()
	if err := t.nameChangers(ctx, sum.Warn.ChangedBy); err != nil {
		return err
	}
	if req.Way != data.WayAll { // where nothing stays, nothing mentions
		if sum.Warn.MentionTexts, sum.Warn.MentionNames, err = t.mentions(ctx, p.ids); err != nil {
			return err
		}
	}
	if req.Way == data.WayAll {
		if err := t.QueryRowContext(ctx, "SELECT count(*) FROM segments").Scan(&sum.Cascade.Segments); err != nil {
			return err
		}
	}
	if sum.Warn.Exports, sum.Warn.ExportsSince, err = t.exportsLeft(ctx); err != nil {
		return err
	}
	if t.rights.Can(data.ViewAllCustomers) {
		sum.Mark = mark
	}
	sum.OTPDue = p.undo == nil && p.removal().Due(mark, settings.Strictness)
	sum.OTPSetUp = len(st.Secret) > 0
	sum.NeedName = req.Way == data.WayAll
	sum.NeedCount = !sum.NeedName && !sum.OTPDue && p.undo == nil && sum.Count > data.TypeCountAbove
	sum.Sealed = t.now
	p.fingerprint = p.print()
	sum.Fingerprint = p.fingerprint
	return nil
}

// print is the fingerprint: SHA-256 over the way, every id with its version,
// and the counts of what goes with them.
func (p *Plan) print() [sha256.Size]byte {
	h := sha256.New()
	h.Write([]byte("lethe plan 1 " + string(p.summary.Way) + "\n"))
	var b [16]byte
	for i, id := range p.ids {
		binary.BigEndian.PutUint64(b[:8], uint64(id))
		binary.BigEndian.PutUint64(b[8:], uint64(p.versions[i]))
		h.Write(b[:])
	}
	c := p.summary.Cascade
	for _, n := range []int{len(p.ids), c.Notes, c.Interactions, c.Tags, c.CustomValues, c.Segments} {
		binary.BigEndian.PutUint64(b[:8], uint64(n))
		h.Write(b[:8])
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// gather collects what a plan tells of its customers.
type gather struct {
	now      time.Time
	ids      []data.CustomerID
	versions []int64
	cascade  data.Cascade
	warn     data.Warnings
	changers map[data.UserID]int
}

const (
	recentDays = 90
	latelyDays = 7
)

func newGather(now time.Time, n int) *gather {
	return &gather{
		now: now, ids: make([]data.CustomerID, 0, n), versions: make([]int64, 0, n),
		changers: map[data.UserID]int{},
	}
}

func (g *gather) warnings() data.Warnings {
	w := g.warn
	w.RecentDays = recentDays
	for user, n := range g.changers {
		w.ChangedBy = append(w.ChangedBy, data.ChangedBy{User: user, Count: n})
	}
	slices.SortFunc(w.ChangedBy, func(a, b data.ChangedBy) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return int(a.User - b.User)
	})
	return w
}

// Changes is the store's change counter when the plan was sealed.
func (p *Plan) Changes() int64 { return p.changes }
