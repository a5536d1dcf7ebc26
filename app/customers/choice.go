package customers

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	dropdown "lethe/app/choice"
	"lethe/data"
	"lethe/widgets/filterpanel"
	"lethe/widgets/keys"
)

// textLimit is how many characters "contains" takes.
const textLimit = 200

// choiceFilter narrows by values from a list: one field, or one of a few that
// are picked above the list. Where the kind of value takes other operators,
// they are picked there too.
type choiceFilter struct {
	page   *Page
	fields []data.Field
	field  data.Field // the one that is shown
	ops    map[data.Field]data.Op
	box    *filterpanel.Section
	which  *dropdown.Select // nil for one field
	op     *dropdown.Select // nil where there is one operator
	text   *keys.Entry      // what is contained
	quiet  bool             // the program sets, nobody chose
}

func newChoiceFilter(p *Page, title string, fields ...data.Field) *choiceFilter {
	w := p.desk.Words
	c := &choiceFilter{page: p, fields: fields, field: fields[0], ops: map[data.Field]data.Op{}}
	if title == "" {
		title = p.speak.Name(fields[0])
	}
	c.box = filterpanel.NewSection(title, sectionWords(w))
	c.box.OnChanged = c.ticked
	c.text = keys.NewEntry()
	c.text.SetPlaceHolder(w.T("customers.contains"))
	c.text.OnChanged = c.typed
	c.text.Hide()
	var pickers []fyne.CanvasObject
	if len(fields) > 1 {
		var names []dropdown.Option
		for _, f := range fields {
			names = append(names, dropdown.Option{Value: string(f), Text: p.speak.Name(f)})
		}
		c.which = dropdown.New(names, string(c.field), func(f string) {
			c.field = data.Field(f)
			c.update()
		})
		pickers = append(pickers, c.which)
	}
	if ops := operators(fields[0]); len(ops) > 1 {
		c.op = dropdown.New(c.opNames(), "", func(op string) { c.operate(data.Op(op)) })
		pickers = append(pickers, c.op)
	}
	if len(pickers) > 0 {
		c.box.SetExtra(container.New(layout.NewCustomPaddedLayout(0, 4, 2, 2),
			container.NewVBox(container.NewGridWithColumns(len(pickers), pickers...), c.text)))
	}
	return c
}

// operators are those that a person can pick for a field.
func operators(f data.Field) []data.Op {
	if _, custom := f.CustomID(); custom {
		return data.OpsFor(data.ChoiceValue)
	}
	return data.OpsFor(data.KindOf(f))
}

func (c *choiceFilter) opNames() []dropdown.Option {
	name := "customers.op."
	if c.fields[0] == data.FieldTags {
		name = "customers.tags_op."
	}
	var out []dropdown.Option
	for _, op := range operators(c.fields[0]) {
		out = append(out, dropdown.Option{Value: string(op), Text: c.page.desk.Words.T(name + string(op))})
	}
	return out
}

func (c *choiceFilter) section() *filterpanel.Section { return c.box }

func (c *choiceFilter) name() data.Field { return c.fields[0] }

func (c *choiceFilter) active() int {
	n := 0
	for _, f := range c.fields {
		if _, ok := c.page.filter.On(f); ok {
			n++
		}
	}
	return n
}

// opNow is the operator in use, or the one that was picked last.
func (c *choiceFilter) opNow() data.Op {
	if on, ok := c.page.filter.On(c.field); ok {
		return on.Op
	}
	if op := c.ops[c.field]; op != "" && op != data.OpIsSet && op != data.OpIsNotSet {
		return op
	}
	return operators(c.field)[0]
}

func (c *choiceFilter) update() {
	c.quiet = true
	defer func() { c.quiet = false }()
	if c.which != nil {
		c.which.Set(string(c.field))
	}
	op := c.opNow()
	if c.op != nil {
		c.op.Set(string(op))
	}
	on, _ := c.page.filter.On(c.field)
	setVisible(c.text, op == data.OpContains)
	if op == data.OpContains {
		text := ""
		if len(on.Values) > 0 {
			text = on.Values[0]
		}
		if strings.TrimSpace(c.text.Text) != text {
			c.text.SetText(text)
		}
	}
	if op != data.OpAnyOf && op != data.OpAllOf {
		c.box.SetWaiting(0)
		c.box.SetValues(nil)
		return
	}
	c.box.SetWaiting(c.expected())
	c.box.SetValues(c.values(on))
}

// expected is for how many values room is kept while nothing is counted yet: there
// are three for the activity, and mostly more than the first six of others.
func (c *choiceFilter) expected() int {
	switch p := c.page; {
	case p.facets != nil || !p.asked.pending:
		return 0
	case c.field == data.FieldActivity:
		return 3
	}
	return 6
}

// values lists what can be ticked. What is ticked stands there even where
// nobody has it any more.
func (c *choiceFilter) values(on data.Condition) []filterpanel.Value {
	p := c.page
	var out []filterpanel.Value
	listed := map[string]bool{}
	if p.facets != nil {
		for _, n := range p.facets.By[c.field] {
			if n.Value == "" && on.Op == data.OpAllOf {
				continue
			}
			listed[n.Value] = true
			out = append(out, filterpanel.Value{
				Key: n.Value, Label: p.speak.Value(c.field, n.Value),
				Count: n.Count, On: slices.Contains(on.Values, n.Value),
			})
		}
	}
	for _, v := range on.Values {
		if !listed[v] {
			out = append(out, filterpanel.Value{Key: v, Label: p.speak.Value(c.field, v), On: true})
		}
	}
	return out
}

// ticked takes a value into the condition, or out of it.
func (c *choiceFilter) ticked(value string, on bool) {
	now, _ := c.page.filter.On(c.field)
	values := slices.DeleteFunc(slices.Clone(now.Values), func(v string) bool { return v == value })
	if on {
		values = append(values, value)
	}
	c.set(data.Condition{Field: c.field, Op: c.opNow(), Values: values}, len(values) > 0)
}

// typed narrows by what must be contained.
func (c *choiceFilter) typed(text string) {
	if c.quiet {
		return
	}
	text = strings.TrimSpace(text)
	if runes := []rune(text); len(runes) > textLimit {
		text = string(runes[:textLimit])
	}
	c.set(data.Condition{Field: c.field, Op: data.OpContains, Values: []string{text}}, text != "")
}

// operate changes the operator. What was ticked stays where it still makes sense.
func (c *choiceFilter) operate(op data.Op) {
	before, had := c.page.filter.On(c.field)
	if had && before.Op == op {
		return
	}
	c.ops[c.field] = op
	list := func(o data.Op) bool { return o == data.OpAnyOf || o == data.OpAllOf }
	switch {
	case op == data.OpIsSet || op == data.OpIsNotSet:
		c.set(data.Condition{Field: c.field, Op: op}, true)
	case had && list(before.Op) && list(op):
		values := before.Values
		if op == data.OpAllOf {
			values = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" })
		}
		c.set(data.Condition{Field: c.field, Op: op, Values: values}, len(values) > 0)
	case had:
		c.set(data.Condition{Op: op}, false)
	default:
		c.update()
	}
}

func (c *choiceFilter) set(condition data.Condition, on bool) {
	c.ops[c.field] = condition.Op
	if on {
		c.page.setCondition(condition)
	} else {
		c.page.setFilter(c.page.filter.Without(c.field))
	}
}
