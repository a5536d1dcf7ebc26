package transfer

import "lethe/data"

// finding is what heading and contents of one column say.
type finding struct {
	role   role
	sure   bool
	weight int // which of two columns for the same field wins
}

// Guess tells what the columns most likely are, by their headings and by what
// stands in the first rows. Where the two disagree the contents win for
// e-mails and phone numbers, and the column is Unsure. A column that nothing
// is known of becomes a custom field, unless the first rows leave it empty. The mapping may lack a phone number: see Mapping.Check.
func (t *Table) Guess() Mapping {
	columns := make([]contents, len(t.headings))
	found := make([]finding, len(t.headings))
	for i := range t.headings {
		columns[i] = contentsOf(t.sample, i)
		found[i] = t.judge(i, columns[i])
	}
	if !t.header {
		nameFromContents(columns, found)
	}
	dropDoubtfulPhones(columns, found)
	keepBest(found)
	m := make(Mapping, len(t.headings))
	for i, f := range found {
		m[i] = Column{Heading: t.headings[i], Unsure: !f.sure}
		switch {
		case f.role.field != "":
			m[i].Use, m[i].Field = ToField, f.role.field
		case f.role.part == computed:
		case columns[i].filled > 0 && f.role.part == noted:
			m[i].Use = ToNote
		case columns[i].filled > 0:
			m[i].Use = ToCustom
		}
	}
	return m
}

// judge weighs heading and contents of a column against one another.
func (t *Table) judge(i int, c contents) finding {
	said, how := role{}, unknown
	if t.named[i] {
		said, how = lookUp(t.headings[i])
	}
	byContents := role{}
	switch {
	case c.mostly(email):
		byContents = role{data.FieldEmail, whole}
	case c.phones(false):
		byContents = role{data.FieldPhone, whole}
	}
	switch {
	case how == unknown && byContents.field != "":
		return finding{byContents, false, 1}
	case how == unknown:
		return finding{role{"", custom}, true, 0}
	case said.part == custom, said.part == noted, said.part == computed:
		return finding{said, true, 0}
	case t.Format() == Cards: // the card itself says what it is
		return finding{said, true, 2 + int(how)}
	case c.filled == 0 || agrees(said.field, c):
		return finding{said, how >= related, 2 + int(how) + 3*min(c.filled, 1)}
	case byContents.field != "" && said.field != data.FieldAgent:
		return finding{byContents, false, 1}
	}
	return finding{role{"", custom}, false, 0}
}

// agrees tells whether contents can be what the heading says.
func agrees(f data.Field, c contents) bool {
	switch f {
	case data.FieldPhone, data.FieldAgent:
		return c.phones(true) && !c.mostly(email, words, date)
	case data.FieldEmail:
		return c.of[email] > 0
	case data.FieldBlocked, data.FieldOptOut:
		return c.mostly(flag)
	case data.FieldCreated, data.FieldFirstReceived, data.FieldFirstSent, data.FieldLastSent,
		data.FieldLastReceived, data.FieldLastTemplate, data.FieldFollowUp:
		dates := 0
		for _, v := range c.values {
			if _, _, ok := parseTime(v, dayFirst); ok {
				dates++
			}
		}
		return dates*10 >= c.filled*7
	case data.FieldName, data.FieldWhatsApp, data.FieldCompany:
		return !c.mostly(email) && !c.mostly(phoneNumber, digits, date, webAddress, flag)
	case data.FieldCity, data.FieldState, data.FieldCountry:
		return !c.mostly(email, phoneNumber, date, webAddress, digits, number)
	}
	return !c.mostly(email, phoneNumber, date)
}

// nameFromContents takes the first column of words for the name, in a file
// without headings.
func nameFromContents(columns []contents, found []finding) {
	for i, c := range columns {
		if found[i].role.field == "" && c.mostly(words) {
			found[i] = finding{role{data.FieldName, whole}, false, 1}
			return
		}
	}
}

// dropDoubtfulPhones keeps columns of bare digits from being phones where a
// heading names a column that holds them.
func dropDoubtfulPhones(columns []contents, found []finding) {
	certain := false
	for _, f := range found {
		certain = certain || f.role.field == data.FieldPhone && f.sure
	}
	for i, f := range found {
		if certain && f.role.field == data.FieldPhone && f.weight == 1 && !columns[i].mostly(phoneNumber) {
			found[i].role = role{"", custom}
		}
	}
}

// keepBest leaves one column for each field that takes one only; the others
// become custom fields.
func keepBest(found []finding) {
	best := map[data.Field]int{}
	for i, f := range found {
		if f.role.field == "" || several(f.role.field) {
			continue
		}
		j, taken := best[f.role.field]
		switch {
		case !taken:
			best[f.role.field] = i
		case f.weight > found[j].weight:
			found[j].role = role{"", custom}
			best[f.role.field] = i
		default:
			found[i].role = role{"", custom}
		}
	}
}
