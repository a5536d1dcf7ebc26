package deletion

import (
	"errors"
	"strings"

	"lethe/data"
	"lethe/data/store"
)

// because is the sentence for err. Where the list changed, it says how: was is
// what the person confirmed and plan what took its place, nil where nothing
// did.
func (f *flow) because(err error, was, plan *store.Plan) string {
	w := f.desk.Words
	var stale *data.StalePlan
	switch {
	case !errors.As(err, &stale):
		return w.Error(err)
	case plan == nil:
		return w.T("deletion.stale.again")
	}
	var parts []string
	part := func(id string, n int) {
		if n > 0 {
			parts = append(parts, w.N("deletion.stale."+id, n))
		}
	}
	part("changed", stale.Changed)
	part("gone", stale.Gone)
	part("came", stale.New)
	if plan.Summary().Way == data.WayFiltered { // which the store knows nothing of
		left, came := apart(was.IDs(), plan.IDs())
		part("left", left-stale.Gone)
		part("matching", came)
	}
	if len(parts) == 0 {
		return w.T("deletion.stale.same")
	}
	return w.T("deletion.stale.because", "What", strings.Join(parts, w.T("deletion.stale.and")))
}

// apart counts who is in was alone and who in now alone; both are in order.
func apart(was, now []data.CustomerID) (left, came int) {
	for len(was) > 0 && len(now) > 0 {
		switch {
		case was[0] == now[0]:
			was, now = was[1:], now[1:]
		case was[0] < now[0]:
			left, was = left+1, was[1:]
		default:
			came, now = came+1, now[1:]
		}
	}
	return left + len(was), came + len(now)
}
