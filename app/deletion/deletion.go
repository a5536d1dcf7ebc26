// Package deletion is the one way in which the window deletes customers,
// whichever of the four ways leads to it: look again, confirm by typing or by
// the Account Owner's OTP, watch it run, read the result.
package deletion

import (
	"context"
	"errors"
	"slices"

	"lethe/app/desk"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/store"
	"lethe/data/view"
	"lethe/widgets/confirm"
	"lethe/widgets/countdown"
)

// Request is what the person asked to delete.
type Request struct {
	Way    data.Way
	IDs    []data.CustomerID // not for WayAll
	Filter data.Filter       // of WayFiltered
	Words  string            // the filter's conditions in words
	// Segment says, of WayFiltered, which segment was chosen and who changed it
	// last; "" for none.
	Segment string
	Order   view.Sort // in which the list shows them, as on the page
	Hidden  int       // how many of the selected the filter hides
	Import  int64     // of WayUndo: which import of this session
	// Done is called on the window's goroutine once the flow has ended, and
	// told whether anybody was deleted. It may be nil.
	Done func(deleted bool)
}

// Start opens the flow. Call it on the window's goroutine.
func Start(d *desk.Desk, req Request) { start(d, req, countdown.EverySecond) }

func start(d *desk.Desk, req Request, ticks countdown.Ticks) *flow {
	f := &flow{desk: d, req: req, ticks: ticks}
	f.seal(f.open)
	return f
}

// flow is one deletion from the click to the result. Everything but the
// sealing and the deletion itself happens on the window's goroutine.
type flow struct {
	desk  *desk.Desk
	req   Request
	ticks countdown.Ticks

	owner        data.User         // the Account Owner
	order        []data.CustomerID // in which the list shows those who go
	plan         *store.Plan
	holding      data.Holding // the backups that hold them
	keep         map[data.CustomerID]bool
	dialog       *confirm.Dialog
	confirmation *confirmation
	countdown    *countdown.View
	number       data.Phone // of who was deleted, until Done
	stop         func()     // following the confirmations
	deleted      bool
}

// seal makes a plan in the background and hands it on, or says why not.
func (f *flow) seal(then func(*store.Plan)) {
	var plan *store.Plan
	f.desk.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		if f.owner, err = f.desk.Store.AccountOwner(ctx, f.desk.Actor); err != nil {
			return err
		}
		if plan, err = f.sealRequest(ctx); err != nil {
			return err
		}
		// Who may not delete, and takes their own import back, is told nothing of
		// the backups.
		if f.desk.Rights().May(data.OpHolding) {
			f.holding, err = f.desk.Store.Holding(ctx, f.desk.Actor, plan.IDs(), 0)
		}
		return err
	}, func(err error) {
		if err == nil {
			then(plan)
			return
		}
		if f.dialog != nil {
			f.dialog.Hide()
		}
		if errors.Is(err, context.Canceled) {
			f.end()
			return
		}
		f.refuse(f.because(err, nil, nil))
	})
}

// sealRequest seals what was asked for as it is now: a filter is answered
// anew, and of chosen customers those who are gone already are left out. The
// list shows them in the page's order.
func (f *flow) sealRequest(ctx context.Context) (*store.Plan, error) {
	if f.req.Way == data.WayUndo {
		plan, err := f.desk.Purger.SealUndo(ctx, f.desk.Actor, f.req.Import)
		if err == nil {
			f.order = plan.IDs()
		}
		return plan, err
	}
	req := store.SealRequest{Way: f.req.Way, Filter: f.req.Filter, Changes: f.desk.ViewChanges()}
	switch f.req.Way {
	case data.WayFiltered:
		found, err := f.desk.View.Find(ctx, f.req.Filter, f.req.Order)
		if err != nil {
			return nil, err
		}
		req.IDs = found.IDs
	case data.WayOne, data.WaySelected:
		everybody, err := f.desk.View.Find(ctx, data.Filter{}, f.req.Order)
		if err != nil {
			return nil, err
		}
		chosen := make(map[data.CustomerID]bool, len(f.req.IDs))
		for _, id := range f.req.IDs {
			chosen[id] = true
		}
		for _, id := range everybody.IDs {
			if chosen[id] {
				req.IDs = append(req.IDs, id)
			}
		}
	}
	f.order = slices.DeleteFunc(slices.Clone(req.IDs), func(id data.CustomerID) bool { return f.keep[id] })
	plan, err := f.desk.Purger.Seal(ctx, f.desk.Actor, req)
	if err != nil || len(f.keep) == 0 {
		return plan, err
	}
	return f.desk.Purger.Keep(ctx, f.desk.Actor, plan, f.keep)
}

// refuse says why there is nothing to confirm.
func (f *flow) refuse(sentence string) {
	w := f.desk.Words
	d := confirm.NewInfo(f.desk.Window.Canvas(), w.T("deletion.refused"), text(sentence), w.T("deletion.close"))
	d.SetOnCancel(func() {
		d.Hide()
		f.end()
	})
	d.Show()
}

func (f *flow) end() {
	f.number = 0
	if f.stop != nil {
		f.stop()
	}
	if f.req.Done != nil {
		f.req.Done(f.deleted)
	}
}
