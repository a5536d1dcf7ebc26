package customers

import (
	"strings"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	dropdown "lethe/app/choice"
	"lethe/data"
	"lethe/widgets/checkmark"
	"lethe/widgets/filterpanel"
	"lethe/widgets/keys"
)

// numberFilter narrows by a custom field of the kind Number: an operator, and
// the numbers that it needs.
type numberFilter struct {
	page     *Page
	field    data.Field
	picked   data.Op // "" for any number
	box      *filterpanel.Section
	op       *dropdown.Select
	from, to *keys.Entry
	never    *checkmark.Tick // takes in those without a number
	orNever  bool
	quiet    bool
}

func newNumberFilter(p *Page, f data.Field) *numberFilter {
	w := p.desk.Words
	n := &numberFilter{page: p, field: f}
	n.box = filterpanel.NewSection(p.speak.Name(f), sectionWords(w))
	ops := []dropdown.Option{{Text: w.T("customers.any_number")}}
	for _, op := range data.OpsFor(data.NumberValue) {
		ops = append(ops, dropdown.Option{Value: string(op), Text: w.T("customers.number_op." + string(op))})
	}
	n.op = dropdown.New(ops, "", n.operate)
	n.from, n.to = keys.NewEntry(), keys.NewEntry()
	for _, e := range []*keys.Entry{n.from, n.to} {
		e.SetPlaceHolder(w.T("customers.number"))
		e.OnChanged = func(string) { n.changed() }
	}
	n.never = checkmark.NewTick(w.T("customers.or_not_set"), func(on bool) {
		n.orNever = on
		n.changed()
	})
	n.box.SetExtra(container.New(layout.NewCustomPaddedLayout(0, 4, 2, 2),
		container.NewVBox(n.op, n.from, n.to, n.never)))
	n.arrange()
	return n
}

func (n *numberFilter) section() *filterpanel.Section { return n.box }

func (n *numberFilter) name() data.Field { return n.field }

func (n *numberFilter) active() int {
	if _, ok := n.page.filter.On(n.field); ok {
		return 1
	}
	return 0
}

func (n *numberFilter) update() {
	n.quiet = true
	defer func() { n.quiet = false }()
	on, ok := n.page.filter.On(n.field)
	switch {
	case ok:
		n.picked, n.orNever = on.Op, on.OrNever
		for i, e := range []*keys.Entry{n.from, n.to} {
			if i < len(on.Values) && canonicalNumber(e.Text) != on.Values[i] {
				e.SetText(on.Values[i])
			}
		}
	case n.condition().Op != "":
		// What stood here is complete and yet no condition: it was taken away.
		n.picked, n.orNever = "", false
		n.from.SetText("")
		n.to.SetText("")
	}
	n.op.Set(string(n.picked))
	n.never.SetOn(n.orNever)
	n.arrange()
}

// arrange shows what the operator needs.
func (n *numberFilter) arrange() {
	ranged := n.picked == data.OpInRange
	compares := ranged || n.picked == data.OpAtLeast || n.picked == data.OpAtMost
	changed := setVisible(n.from, compares || n.picked == data.OpAnyOf)
	changed = setVisible(n.to, ranged) || changed
	if setVisible(n.never, compares) || changed {
		n.box.Refresh()
	}
}

// operate takes another operator.
func (n *numberFilter) operate(op string) {
	n.picked = data.Op(op)
	n.arrange()
	n.changed()
}

// changed narrows by what stands here, if it is complete.
func (n *numberFilter) changed() {
	if n.quiet {
		return
	}
	if c := n.condition(); c.Op != "" {
		n.page.setCondition(c)
	} else if n.active() > 0 {
		n.page.setFilter(n.page.filter.Without(n.field))
	}
}

// condition is what stands here; without an operator if it isn't complete.
func (n *numberFilter) condition() data.Condition {
	c := data.Condition{Field: n.field, Op: n.picked, OrNever: n.orNever}
	switch n.picked {
	case data.OpAtLeast, data.OpAtMost:
		c.Values = []string{canonicalNumber(n.from.Text)}
	case data.OpInRange:
		c.Values = []string{canonicalNumber(n.from.Text), canonicalNumber(n.to.Text)}
	case data.OpAnyOf:
		c.Values, c.OrNever = []string{canonicalNumber(n.from.Text)}, false
		if c.Values[0] == "" {
			c.Op = ""
		}
	default:
		c.OrNever = false
	}
	if c.Op != "" && (data.Filter{Conditions: []data.Condition{c}}).Check() != nil {
		c.Op = ""
	}
	return c
}

// canonicalNumber is a typed number as custom fields keep it; "" for none.
func canonicalNumber(text string) string {
	number, ok := data.ParseNumber(strings.TrimSpace(text))
	if !ok {
		return ""
	}
	return data.FormatNumber(number)
}
