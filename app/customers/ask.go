package customers

import (
	"context"
	"errors"

	"lethe/app/task"
	"lethe/data"
	"lethe/data/view"
)

// How the grid takes a new answer.
type scroll bool

const (
	fromTop scroll = true  // another question: begin at the top
	inPlace scroll = false // the same question, for the list changed: stay
)

// asked is what the view was asked and hasn't answered yet. Each question
// cancels the one before, and an answer counts only if it is the latest's.
type asked struct {
	number   int
	jobs     []*task.Job
	pending  bool
	top      bool // some question since the last answer was another one
	recount  bool // the selection may hold customers who are gone
	answered bool // once at least
}

func (a *asked) stop() {
	a.number++
	for _, j := range a.jobs {
		j.Cancel()
	}
	a.jobs = nil
}

// ask asks the view anew: who matches, and then how many have which value.
func (p *Page) ask(s scroll) {
	a := &p.asked
	a.stop()
	a.pending = true
	a.top = a.top || bool(s)
	number := a.number
	p.apply()

	filter, sort, v := p.filter.Clone(), p.sort, p.desk.View
	everybody := a.recount || p.only
	if p.only {
		filter = data.Filter{}
	}
	var result, all *view.Result
	p.start(number, func(ctx context.Context) (err error) {
		if result, err = v.Find(ctx, filter, sort); err != nil || !everybody {
			return err
		}
		all, err = v.Find(ctx, data.Filter{}, view.Sort{})
		return err
	}, func() { p.takeResult(result, all) })
	p.count(number)
}

// count asks for the counts of the sidebar.
func (p *Page) count(number int) {
	filter, segments, v := p.filter.Clone(), p.segments, p.desk.View
	var facets *view.Facets
	sizes := map[int64]int{}
	p.start(number, func(ctx context.Context) (err error) {
		if facets, err = v.Facets(ctx, filter); err != nil {
			return err
		}
		for _, s := range segments {
			found, err := v.Find(ctx, s.Filter, view.Sort{})
			if errors.Is(err, data.ErrBadFilter) {
				continue
			}
			if err != nil {
				return err
			}
			sizes[s.ID] = len(found.IDs)
		}
		return nil
	}, func() {
		p.facets, p.sizes = facets, sizes
		p.matching = facets.Matching
		p.side.update()
		p.apply()
	})
}

// start runs work in the background; then is called if the question is still
// the latest one.
func (p *Page) start(number int, work func(context.Context) error, then func()) {
	job := p.desk.Tasks.Go("", func(ctx context.Context, _ task.Progress) error {
		return work(ctx)
	}, func(err error) {
		if number != p.asked.number {
			return
		}
		if err != nil {
			p.asked.pending = false
			p.grid.SetWaiting(false)
			if !errors.Is(err, view.ErrDropped) {
				p.desk.Status(p.desk.Words.Error(err))
			}
			return
		}
		then()
	})
	if number == p.asked.number {
		p.asked.jobs = append(p.asked.jobs, job)
	}
}

// takeResult shows who matches.
func (p *Page) takeResult(result, all *view.Result) {
	a := &p.asked
	a.pending, a.answered = false, true
	if all != nil {
		p.selected.Keep(all.IDs)
		a.recount = false
	}
	p.total = result.Total
	ids := result.IDs
	if p.only {
		ids = p.selected.Filter(ids)
	} else {
		p.matching = len(ids)
	}
	p.showRows(ids, a.top)
	p.countHidden()
	a.top = false
	p.apply()
	p.keepFirst()
}

// countHidden counts the ticked who are not listed.
func (p *Page) countHidden() {
	p.hidden = p.selected.Len() - p.selected.Within(p.rows.ids)
}

// showRows gives the grid its rows.
func (p *Page) showRows(ids []data.CustomerID, top bool) {
	focused := data.CustomerID(0)
	if row := p.grid.FocusedRow(); row >= 0 && row < len(p.rows.ids) {
		focused = p.rows.ids[row]
	}
	p.rows.forget()
	p.rows.ids = ids
	if top {
		p.grid.SetSource(p.rows)
		return
	}
	p.refocus(focused)
	p.grid.Refresh()
}

// refocus keeps the keys on the customer on whom they were, where that doesn't
// scroll; else on nobody, so that no key acts on another one by chance.
func (p *Page) refocus(focused data.CustomerID) {
	row := p.grid.FocusedRow()
	if row < 0 || row < len(p.rows.ids) && p.rows.ids[row] == focused {
		return
	}
	first, last := p.grid.VisibleRows()
	for i := first; i <= last && i < len(p.rows.ids); i++ {
		if p.rows.ids[i] == focused {
			p.grid.FocusRow(i)
			return
		}
	}
	p.grid.FocusRow(-1)
}
