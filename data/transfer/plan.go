package transfer

import (
	"cmp"
	"slices"

	"lethe/data"
)

// step is what happens to one column.
type step struct {
	column int
	Column
	order dateOrder
	said  data.Field // of the heading, whatever becomes of the column
}

// plan is a mapping made ready for reading. It is read only.
type plan struct {
	region     string
	headings   []string
	width      int
	steps      []step // names, phones and what is ignored knowingly are not among them
	wholeNames []int  // columns with the full name
	nameParts  []int  // given before family name
	phones     []int  // mobile numbers first
	isNote     []bool // columns whose heading says that they are notes
}

func newPlan(t *Table, m Mapping, region string) (*plan, error) {
	if err := m.Check(t); err != nil {
		return nil, err
	}
	fallback := dayFirst
	if region == "US" {
		fallback = monthFirst
	}
	p := &plan{region: region, headings: t.headings, width: len(t.headings), isNote: make([]bool, len(t.headings))}
	var mobiles, parts []int
	eastern := false
	for i, c := range m {
		said := role{}
		if t.named[i] {
			said, _ = lookUp(t.headings[i])
		}
		p.isNote[i] = said.part == noted
		switch {
		case c.Use == Ignore && len(t.Sample(i, 1)) > 0:
		case c.Use == ToField && c.Field == data.FieldName:
			if said.field == data.FieldName && said.part != whole {
				parts = append(parts, i)
				eastern = eastern || t.headings[i] == "姓"
			} else {
				p.wholeNames = append(p.wholeNames, i)
			}
		case c.Use == ToField && c.Field == data.FieldPhone:
			if said.field == data.FieldPhone && said.part == mobile {
				mobiles = append(mobiles, i)
			} else {
				p.phones = append(p.phones, i)
			}
		default:
			p.steps = append(p.steps, step{i, c, orderOf(t.Sample(i, sampleRows), fallback), said.field})
		}
	}
	if !eastern {
		slices.SortStableFunc(parts, func(a, b int) int { return cmp.Compare(t.partOfName(a), t.partOfName(b)) })
	}
	p.nameParts = parts
	p.phones = append(mobiles, sayingSo(t, p.phones)...)
	return p, nil
}

func (t *Table) partOfName(column int) part {
	r, _ := lookUp(t.headings[column])
	return r.part
}

// sayingSo puts the columns whose headings say that they hold phone numbers
// before those that only look like it.
func sayingSo(t *Table, columns []int) []int {
	says := func(i int) int {
		if r, _ := lookUp(t.headings[i]); t.named[i] && r.field == data.FieldPhone {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(columns, func(a, b int) int { return cmp.Compare(says(a), says(b)) })
	return columns
}
