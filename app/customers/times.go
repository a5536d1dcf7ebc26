package customers

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	dropdown "lethe/app/choice"
	"lethe/app/dayentry"
	"lethe/data"
	"lethe/widgets/checkmark"
	"lethe/widgets/filterpanel"
	"lethe/widgets/keys"
)

// timeFilter narrows by a time or a day: an operator, and what it needs.
type timeFilter struct {
	page     *Page
	field    data.Field
	picked   data.Op // "" for any time
	box      *filterpanel.Section
	op       *dropdown.Select
	days     *keys.Entry
	from, to *dayentry.Entry
	never    *checkmark.Tick // takes in those without a value
	orNever  bool
	quiet    bool
}

func newTimeFilter(p *Page, f data.Field) *timeFilter {
	w := p.desk.Words
	t := &timeFilter{page: p, field: f}
	t.box = filterpanel.NewSection(p.speak.Name(f), sectionWords(w))
	ops := []dropdown.Option{{Text: w.T("customers.any_time")}}
	for _, op := range data.OpsFor(data.TimeValue) {
		ops = append(ops, dropdown.Option{Value: string(op), Text: w.T("customers.time_op." + string(op))})
	}
	t.op = dropdown.New(ops, "", t.operate)
	t.days = keys.NewEntry()
	t.days.SetPlaceHolder(w.T("customers.days"))
	t.days.OnChanged = func(string) { t.changed() }
	t.from = dayentry.New(w, p.desk.Clock, t.changed)
	t.to = dayentry.New(w, p.desk.Clock, t.changed)
	never := w.T("customers.or_not_set")
	if f == data.FieldLastInteraction {
		never = w.T("customers.or_never")
	}
	t.never = checkmark.NewTick(never, func(on bool) {
		t.orNever = on
		t.changed()
	})
	t.box.SetExtra(container.New(layout.NewCustomPaddedLayout(0, 4, 2, 2),
		container.NewVBox(t.op, t.days, t.from.Entry, t.to.Entry, t.never)))
	t.arrange()
	return t
}

func (t *timeFilter) section() *filterpanel.Section { return t.box }

func (t *timeFilter) name() data.Field { return t.field }

func (t *timeFilter) active() int {
	if _, ok := t.page.filter.On(t.field); ok {
		return 1
	}
	return 0
}

func (t *timeFilter) update() {
	t.quiet = true
	defer func() { t.quiet = false }()
	on, ok := t.page.filter.On(t.field)
	switch {
	case ok:
		t.picked, t.orNever = on.Op, on.OrNever
		if t.readDays() != on.Days {
			t.days.SetText(strconv.Itoa(on.Days))
		}
		t.from.Set(on.From)
		t.to.Set(on.To)
	case t.condition().Op != "":
		// What stood here is complete and yet no condition: it was taken away.
		t.picked, t.orNever = "", false
		t.days.SetText("")
		t.from.Set(0)
		t.to.Set(0)
	}
	t.op.Set(string(t.picked))
	t.never.SetOn(t.orNever)
	t.arrange()
}

// arrange shows what the operator needs.
func (t *timeFilter) arrange() {
	counts := t.picked == data.OpMoreThanAgo || t.picked == data.OpWithinDays
	between := t.picked == data.OpBetween
	day := between || t.picked == data.OpBefore || t.picked == data.OpAfter
	changed := false
	for o, on := range map[fyne.CanvasObject]bool{
		t.days: counts, t.from.Entry: day, t.to.Entry: between, t.never: counts || day,
	} {
		changed = setVisible(o, on) || changed
	}
	if changed {
		t.box.Refresh()
	}
}

// operate takes another operator.
func (t *timeFilter) operate(op string) {
	t.picked = data.Op(op)
	t.arrange()
	t.changed()
}

// changed narrows by what stands here, if it is complete.
func (t *timeFilter) changed() {
	if t.quiet {
		return
	}
	if c := t.condition(); c.Op != "" {
		t.page.setCondition(c)
	} else if t.active() > 0 {
		t.page.setFilter(t.page.filter.Without(t.field))
	}
}

// condition is what stands here; without an operator if it isn't complete.
func (t *timeFilter) condition() data.Condition {
	c := data.Condition{Field: t.field, Op: t.picked, OrNever: t.orNever}
	switch t.picked {
	case data.OpMoreThanAgo, data.OpWithinDays:
		c.Days = t.readDays()
		if c.Days < 0 {
			c.Op = ""
		}
	case data.OpBefore, data.OpAfter:
		c.From = t.from.Day()
	case data.OpBetween:
		c.From, c.To = t.from.Day(), t.to.Day()
	default:
		c.OrNever = false
	}
	if c.Op != "" && (data.Filter{Conditions: []data.Condition{c}}).Check() != nil {
		c.Op = ""
	}
	return c
}

// readDays reads how many days; -1 for what is no number.
func (t *timeFilter) readDays() int {
	n, err := strconv.Atoi(strings.TrimSpace(t.days.Text))
	if err != nil || n < 0 || n > data.MaxDays {
		return -1
	}
	return n
}
