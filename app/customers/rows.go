package customers

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"lethe/app/conditions"
	"lethe/app/look"
	"lethe/data"
	"lethe/data/fold"
	"lethe/data/phone"
	"lethe/data/view"
	"lethe/widgets/grid"
)

// Names of the row's actions.
const (
	actionView   = "view"
	actionDelete = "delete"
)

// cellText is how many characters of a value a cell takes; more are never seen.
const cellText = 200

// keptRows is how many rows are remembered: some screens full.
const keptRows = 400

// rows is what the grid shows: the ids of an answer, and the rows to them read
// from the view as they come into sight.
type rows struct {
	view     *view.View
	speak    conditions.Speaker
	ids      []data.CustomerID
	selected *Selection[data.CustomerID]
	bin      bool // rows can be deleted
	agents   map[data.UserID]string
	now      func() time.Time
	kept     map[data.CustomerID]*data.Row
	buttons  []grid.Action // all that there are
}

var _ grid.Source = (*rows)(nil)

// Len implements grid.Source.
func (r *rows) Len() int { return len(r.ids) }

// Key implements grid.Source.
func (r *rows) Key(row int) int64 { return int64(r.ids[row]) }

// Selected implements grid.Source.
func (r *rows) Selected(row int) bool { return r.selected.Has(r.ids[row]) }

// Cell implements grid.Source.
func (r *rows) Cell(row int, column string) grid.Cell {
	if column == columnAction {
		return grid.Cell{Actions: r.actions()}
	}
	c := r.row(r.ids[row])
	if c == nil {
		return r.missing()
	}
	if data.Field(column) == data.FieldTags {
		if len(c.Tags) == 0 {
			return r.missing()
		}
		chips := make([]string, len(c.Tags))
		for i, tag := range c.Tags {
			chips[i] = fold.OneLine(tag, cellText)
		}
		return grid.Cell{Chips: chips}
	}
	text := r.text(c, data.Field(column))
	if text == "" {
		return r.missing()
	}
	return grid.Cell{Text: text}
}

func (r *rows) missing() grid.Cell {
	return grid.Cell{Text: r.speak.Words.T("common.missing"), Chips: []string{}, Muted: true}
}

// actions are the buttons of a row: quiet, for there are two in each, until the
// pointer is on one.
func (r *rows) actions() []grid.Action {
	if r.buttons == nil {
		quiet := func(icon fyne.Resource) fyne.Resource { return theme.NewColoredResource(icon, look.ColorMuted) }
		r.buttons = []grid.Action{
			{Name: actionView, Icon: quiet(theme.VisibilityIcon()), Over: theme.VisibilityIcon()},
			{Name: actionDelete, Icon: quiet(theme.DeleteIcon()), Over: theme.NewErrorThemedResource(theme.DeleteIcon())},
		}
	}
	if !r.bin {
		return r.buttons[:1]
	}
	return r.buttons
}

// row is a customer; nil for one that has just gone.
func (r *rows) row(id data.CustomerID) *data.Row {
	if c, ok := r.kept[id]; ok {
		return c
	}
	c, ok := r.view.Row(id)
	if !ok {
		return nil
	}
	if r.kept == nil || len(r.kept) >= keptRows {
		r.kept = map[data.CustomerID]*data.Row{}
	}
	r.kept[id] = c
	return c
}

// forget drops the rows read so far.
func (r *rows) forget() { r.kept = nil }

// title is what a customer is called: the name, else the WhatsApp name, else
// the phone number as the person may see it.
func title(c *data.Row) string {
	for _, s := range []string{c.Name, c.WhatsAppName} {
		if s = fold.OneLine(s, cellText); strings.TrimSpace(s) != "" {
			return s
		}
	}
	return c.PhoneText
}

// text is a value as it is shown, "" for a missing one.
func (r *rows) text(c *data.Row, f data.Field) string {
	w := r.speak.Words
	if id, custom := f.CustomID(); custom {
		return r.custom(id, c.Custom[id])
	}
	if t, ok := timeOf(c, f); ok {
		if t.IsZero() {
			return ""
		}
		return w.Date(t)
	}
	switch f {
	case data.FieldPhone:
		return c.PhoneText
	case data.FieldAgent:
		return r.agent(c)
	case data.FieldBlocked:
		return r.speak.Value(f, flag(c.Blocked))
	case data.FieldOptOut:
		return r.speak.Value(f, flag(c.OptOut))
	case data.FieldActivity:
		return r.speak.Value(f, string(data.ActivityOf(c.LastInteraction(), r.now(), r.speak.ActiveDays)))
	case data.FieldFollowUp:
		if c.FollowUp == 0 {
			return ""
		}
		return w.Day(c.FollowUp)
	}
	return fold.OneLine(plainText(c, f), cellText)
}

func (r *rows) custom(id data.FieldID, value string) string {
	for _, f := range r.speak.Fields {
		if f.ID == id && f.Kind == data.FieldDate {
			if d, ok := readISO(value); ok {
				return r.speak.Words.Day(d)
			}
		}
	}
	return fold.OneLine(value, cellText)
}

// agent names the team member in charge, or the number of one who is none yet.
func (r *rows) agent(c *data.Row) string {
	if name := r.agents[c.Agent]; name != "" {
		return fold.OneLine(name, cellText)
	}
	return phone.Format(c.AgentPhone)
}

func flag(on bool) string {
	if on {
		return data.FlagYes
	}
	return data.FlagNo
}
