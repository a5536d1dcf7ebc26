// Package purge takes a deletion from its sealed plan to its receipt: seal,
// look again, authorise, delete, scrub, verify. It is the only caller of the
// store's deletion, so every way of deleting goes through it.
package purge

import (
	"context"
	"slices"

	"lethe/data"
	"lethe/data/otp"
	"lethe/data/store"
)

// Purger runs deletions on a store.
type Purger struct{ store *store.Store }

// New returns the Purger of a store.
func New(s *store.Store) *Purger { return &Purger{s} }

// Seal freezes what is to be deleted; see store.Seal for its errors.
func (p *Purger) Seal(ctx context.Context, a *store.Actor, req store.SealRequest) (*store.Plan, error) {
	return p.store.Seal(ctx, a, req)
}

// SealUndo makes the plan that takes back an import of this session; see
// store.SealUndo.
func (p *Purger) SealUndo(ctx context.Context, a *store.Actor, id int64) (*store.Plan, error) {
	return p.store.SealUndo(ctx, a, id)
}

// Keep seals a new plan without those of keep, of the same way. The old one is
// of no use then: what the person confirms is what they saw last.
func (p *Purger) Keep(ctx context.Context, a *store.Actor, plan *store.Plan, keep map[data.CustomerID]bool) (*store.Plan, error) {
	sum := plan.Summary()
	ids := slices.DeleteFunc(slices.Clone(plan.IDs()), func(id data.CustomerID) bool { return keep[id] })
	way := sum.Way
	if way == data.WayAll {
		way = data.WaySelected
	}
	return p.store.Seal(ctx, a, store.SealRequest{
		Way: way, IDs: ids, Filter: sum.Filter, Changes: plan.Changes(),
	})
}

// Authorise turns the Account Owner's OTP into the word for this plan; see
// store.Authorise for its errors.
func (p *Purger) Authorise(ctx context.Context, a *store.Actor, plan *store.Plan, code string) (*otp.Authorisation, error) {
	return p.store.Authorise(ctx, a, plan, code)
}

// Stage is how far a running deletion is.
type Stage string

// The stages. Deleting can still be cancelled by ending the context; from
// Cleaning on the deletion stands.
const (
	Deleting   Stage = "deleting"
	Cleaning   Stage = "cleaning"
	Rebuilding Stage = "rebuilding"
	Backing    Stage = "backing" // up: the rolling backup is rewritten
)

// Progress is how far a deletion is. Done and Total count customers, while
// Deleting only.
type Progress struct {
	Stage Stage
	Done  int
	Total int
}

// Unfinished is the error of a deletion that stands, but whose files are not
// cleaned yet. The job is durable: it is taken up at the next start.
type Unfinished struct{ Err error }

// Error says what kept the clean-up from ending.
func (u *Unfinished) Error() string { return "deleted, but not cleaned up: " + u.Err.Error() }

// Unwrap returns the cause, and data.ErrScrubPending.
func (u *Unfinished) Unwrap() []error { return []error{u.Err, data.ErrScrubPending} }

// Execute deletes the plan's customers, cleans the files and checks them, and
// holds the store open until that is done. Before the commit its errors are
// those of store.Delete and nothing is deleted; after it the receipt holds and
// the error, if any, is *Unfinished. progress is called on this goroutine and
// may be nil.
func (p *Purger) Execute(ctx context.Context, a *store.Actor, plan *store.Plan, auth *otp.Authorisation, texts store.DeleteTexts, progress func(Progress)) (data.Receipt, error) {
	if progress == nil {
		progress = func(Progress) {}
	}
	release, err := p.store.Lease()
	if err != nil {
		return data.Receipt{}, err
	}
	defer release()
	total := plan.Summary().Count
	progress(Progress{Stage: Deleting, Total: total})
	receipt, residue, err := p.store.Delete(ctx, a, plan, auth, texts, func(done int) {
		progress(Progress{Stage: Deleting, Done: done, Total: total})
	})
	if err != nil {
		return data.Receipt{}, err
	}
	progress(Progress{Stage: Cleaning})
	report, err := p.store.Scrub(ctx, residue, func(s store.ScrubStage) {
		if s == store.ScrubRebuilding {
			progress(Progress{Stage: Rebuilding})
		}
	})
	receipt.Scrub = report
	if err != nil {
		return receipt, &Unfinished{err}
	}
	receipt.Rolling = p.roll(ctx, a, progress)
	return receipt, nil
}

// roll brings the rolling backup up to date, so that it holds nobody who was
// deleted. What fails is written down by the store and made up for at the next
// start.
func (p *Purger) roll(ctx context.Context, a *store.Actor, progress func(Progress)) data.RollingState {
	told := false
	// The deletion stands: what cancels it comes too late for this too.
	state, err := p.store.RewriteRolling(context.WithoutCancel(ctx), a, func(store.BackupProgress) {
		if !told {
			told = true
			progress(Progress{Stage: Backing})
		}
	})
	if err != nil {
		return data.RollingFailed
	}
	return state
}

// AuthoriseRestore turns the Account Owner's OTP into the word for this
// restore; see store.Authorise for its errors.
func (p *Purger) AuthoriseRestore(ctx context.Context, a *store.Actor, r *store.Restore, code string) (*otp.Authorisation, error) {
	return p.store.Authorise(ctx, a, r, code)
}

// Restore brings the list back to what a backup holds, as Execute deletes: the
// files are cleaned of who went, and checked. Errors before the commit are
// those of store.Restore; after it *Unfinished. progress may be nil.
func (p *Purger) Restore(ctx context.Context, a *store.Actor, r *store.Restore, auth *otp.Authorisation, texts store.RestoreTexts, progress func(Stage)) (data.RestoreReceipt, error) {
	if progress == nil {
		progress = func(Stage) {}
	}
	release, err := p.store.Lease()
	if err != nil {
		return data.RestoreReceipt{}, err
	}
	defer release()
	progress(Deleting)
	receipt, residue, err := p.store.Restore(ctx, a, r, auth, texts)
	if err != nil {
		return data.RestoreReceipt{}, err
	}
	progress(Cleaning)
	receipt.Scrub, err = p.store.Scrub(ctx, residue, func(s store.ScrubStage) {
		if s == store.ScrubRebuilding {
			progress(Rebuilding)
		}
	})
	if err != nil {
		return receipt, &Unfinished{err}
	}
	receipt.Rolling = p.roll(ctx, a, func(pr Progress) { progress(pr.Stage) })
	return receipt, nil
}

// Pending tells whether Resume has anything to do.
func (p *Purger) Pending(ctx context.Context) (bool, error) { return p.store.ScrubPending(ctx) }

// Resume finishes what a crash left between a deletion and its clean-up, if
// anything, and tells whether there was. Call it after a store is opened.
func (p *Purger) Resume(ctx context.Context) (bool, data.ScrubReport, error) {
	release, err := p.store.Lease()
	if err != nil {
		return false, data.ScrubReport{}, err
	}
	defer release()
	return p.store.ResumeScrub(ctx)
}
