package customers

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"lethe/app/conditions"
	"lethe/data"
	"lethe/widgets/grid"
)

// prefColumns keeps which columns are shown, in their order, and how wide.
const prefColumns = "customers.columns"

// columnAction is the last column; it can't be taken away.
const columnAction = "action"

// usual are the columns of somebody who chose none.
func usual() []data.Field {
	return []data.Field{
		data.FieldName, data.FieldPhone, data.FieldTags, data.FieldCity,
		data.FieldLastInteraction, data.FieldCreated,
	}
}

// choice is a column that somebody chose; Width 0 is the usual one.
type choice struct {
	Field data.Field
	Width float32
}

// columnSet knows which columns there are and which are shown.
type columnSet struct {
	prefs  fyne.Preferences
	speak  conditions.Speaker
	chosen []choice
}

func newColumnSet(prefs fyne.Preferences, speak conditions.Speaker) *columnSet {
	c := &columnSet{prefs: prefs, speak: speak}
	c.chosen = readChoices(prefs.StringList(prefColumns))
	if len(c.chosen) == 0 {
		for _, f := range usual() {
			c.chosen = append(c.chosen, choice{Field: f})
		}
	}
	return c
}

// readChoices reads "field" and "field=width".
func readChoices(list []string) []choice {
	var out []choice
	for _, text := range list {
		name, wide, _ := strings.Cut(text, "=")
		width, err := strconv.ParseFloat(wide, 32)
		if err != nil || width < 0 || width > 2000 {
			width = 0
		}
		if !slices.ContainsFunc(out, func(c choice) bool { return string(c.Field) == name }) {
			out = append(out, choice{data.Field(name), float32(width)})
		}
	}
	return out
}

// choose changes the columns and remembers them.
func (c *columnSet) choose(chosen []choice) {
	c.chosen = chosen
	var list []string
	for _, one := range chosen {
		text := string(one.Field)
		if one.Width > 0 {
			text += "=" + strconv.Itoa(int(one.Width))
		}
		list = append(list, text)
	}
	c.prefs.SetStringList(prefColumns, list)
}

// moved takes what somebody did in the grid's header: other widths, another order.
func (c *columnSet) moved(columns []grid.Column) {
	var chosen []choice
	for _, col := range columns {
		if col.ID == columnAction {
			continue
		}
		one := choice{Field: data.Field(col.ID)}
		if col.Fixed {
			one.Width = col.Width
		}
		chosen = append(chosen, one)
	}
	// Those that the present role can't see stay chosen.
	for _, one := range c.chosen {
		if !c.known(one.Field) {
			chosen = append(chosen, one)
		}
	}
	c.choose(chosen)
}

// all lists every field that can be a column.
func (c *columnSet) all() []data.Field {
	out := conditions.Columns()
	for _, f := range c.speak.Fields {
		out = append(out, data.CustomFieldName(f.ID))
	}
	return out
}

func (c *columnSet) known(f data.Field) bool { return slices.Contains(c.all(), f) }

// shown lists the fields that are columns now.
func (c *columnSet) shown() []data.Field {
	var out []data.Field
	for _, one := range c.chosen {
		if c.known(one.Field) {
			out = append(out, one.Field)
		}
	}
	return out
}

// columns is what the grid shows; tight ones leave room for each other in a
// small window.
func (c *columnSet) columns(action string, masked, tight bool) []grid.Column {
	var out []grid.Column
	for i, one := range c.chosen {
		if !c.known(one.Field) {
			continue
		}
		col := grid.Column{
			ID: string(one.Field), Title: c.speak.Name(one.Field),
			Width: widthOf(one.Field), Kind: kindOf(one.Field, masked),
			Sortable: one.Field != data.FieldTags && (one.Field != data.FieldPhone || !masked),
			Sticky:   i == 0 && one.Field == data.FieldName,
		}
		if tight {
			col.Width, col.MinWidth = tightWidth(col)
		}
		if one.Width > 0 {
			col.Width, col.Fixed = one.Width, true
		}
		out = append(out, col)
	}
	return append(out, grid.Column{ID: columnAction, Title: action, Width: 72, MinWidth: 72, Kind: grid.Actions})
}

func widthOf(f data.Field) float32 {
	switch f {
	case data.FieldName, data.FieldEmail:
		return 200
	case data.FieldTags, data.FieldWhatsApp, data.FieldCompany:
		return 160
	case data.FieldPhone:
		return 140
	case data.FieldLastInteraction:
		return 120
	}
	return 110
}

// tightWidth is the width of a column in a small window, and the least.
func tightWidth(c grid.Column) (width, least float32) {
	switch {
	case data.Field(c.ID) == data.FieldPhone:
		return 128, 0
	case c.Kind == grid.Date:
		return 104, 0
	}
	return c.Width, c.Width * 11 / 20
}

func kindOf(f data.Field, masked bool) grid.Kind {
	switch {
	case f == data.FieldTags:
		return grid.Chips
	case f == data.FieldPhone && masked:
		return grid.Masked
	case f == data.FieldPhone || data.KindOf(f) == data.TimeValue || data.KindOf(f) == data.DateValue:
		return grid.Date
	}
	return grid.Text
}
