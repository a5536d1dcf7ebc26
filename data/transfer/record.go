package transfer

import (
	"strings"
	"time"

	"lethe/data"
)

// Record is one row of the file as it was read. Its texts share memory with
// those of its neighbours: clone what is kept for long.
type Record struct {
	// Line of the file at which the row begins, from 1.
	Line int
	// Customer without id, agent and custom fields. Created is the zero time
	// where the file has none. Tags are sorted, without doubles.
	Customer data.Customer
	// CustomValues of the columns that the mapping sends ToCustom, by heading
	// (Table.Headings), without empty ones. Nil if there are none.
	CustomValues map[string]string
	// Note is what the mapping sends ToNote, and what else stood in the columns
	// of the phone number: further numbers and what is none. Each is a line,
	// "Work Phone: 022 2345 6789", but for a column of notes.
	Note string
	// Problems of single values. They alone don't refuse a row.
	Problems []Problem
	// Refused is why the row can't be a customer, or "".
	Refused Reason
}

// reader turns rows into records. It is for one goroutine.
type reader struct {
	plan    *plan
	regions regions
	agents  phoneMemory
	cells   []string
	rec     *Record
	cell    int // column at hand
}

func newReader(p *plan) *reader {
	return &reader{plan: p, regions: regions{}, agents: phoneMemory{}}
}

func (r *reader) problem(why Reason) {
	r.rec.Problems = append(r.rec.Problems, Problem{r.cell, why})
}

// read turns the cells of a row into rec. It answers false for a row that
// holds nothing.
func (r *reader) read(cells []string, row rowMark, rec *Record) bool {
	if allBlank(cells) {
		return false
	}
	r.cells, r.rec = cells, rec
	c := &rec.Customer
	for _, step := range r.plan.steps {
		if step.column >= len(cells) {
			break
		}
		r.cell = step.column
		if raw := cells[step.column]; raw != "" {
			if text := r.clean(raw, step.Use == ToCustom || step.Use == ToNote); text != "" {
				r.value(step, text, c)
			}
		}
	}
	c.Name = r.name()
	r.phone(c)
	r.cell = -1
	if row.badQuotes {
		r.problem(ReasonQuotes)
	}
	if row.left {
		r.problem(ReasonLeft)
	}
	if row.unread {
		r.problem(ReasonNotRead)
	}
	if len(cells) > r.plan.width && !allBlank(cells[r.plan.width:]) {
		r.problem(ReasonExtraCells)
	}
	return true
}

func allBlank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

func (r *reader) clean(raw string, lines bool) string {
	text, f := clean(raw, lines)
	if f.badBytes {
		r.problem(ReasonBadBytes)
	}
	if f.control {
		r.problem(ReasonControl)
	}
	if f.cut {
		r.problem(ReasonCut)
	}
	return text
}

// value puts a cleaned value where it belongs.
func (r *reader) value(s step, text string, c *data.Customer) {
	switch s.Use {
	case Ignore:
		r.problem(ReasonNotRead)
		return
	case ToNote:
		r.note(text)
		return
	case ToCustom:
		if s.said == data.FieldEmail {
			r.problem(ReasonMoreEmails)
		}
		value, ok := customValue(s.Column, text, s.order)
		if !ok {
			r.note(text)
			r.problem(ReasonNotKind)
			return
		}
		if r.rec.CustomValues == nil {
			r.rec.CustomValues = make(map[string]string, 4)
		}
		r.rec.CustomValues[r.plan.headings[s.column]] = value
		return
	}
	switch s.Field {
	case data.FieldWhatsApp:
		c.WhatsAppName = text
	case data.FieldEmail:
		c.Email = strings.TrimPrefix(text, "mailto:")
		if !looksLikeEmail(c.Email) {
			r.problem(ReasonNotEmail)
		}
	case data.FieldCompany:
		c.Company = text
	case data.FieldCity:
		c.City = text
	case data.FieldState:
		c.State = text
	case data.FieldCountry:
		c.Country = text
	case data.FieldSource:
		c.Source = text
	case data.FieldTags:
		c.Tags = splitTags(text)
	case data.FieldAgent:
		agent := r.agents.read(text, r.plan.region)
		c.AgentPhone = agent.number
		if agent.number == 0 {
			r.problem(ReasonAgentPhone)
		}
	case data.FieldBlocked:
		c.Blocked = r.flag(text)
	case data.FieldOptOut:
		c.OptOut = r.flag(text)
	case data.FieldCreated:
		c.Created = r.time(text, s.order)
	case data.FieldFirstReceived:
		c.FirstReceived = r.time(text, s.order)
	case data.FieldFirstSent:
		c.FirstSent = r.time(text, s.order)
	case data.FieldLastSent:
		c.LastSent = r.time(text, s.order)
	case data.FieldLastReceived:
		c.LastReceived = r.time(text, s.order)
	case data.FieldLastTemplate:
		c.LastTemplate = r.time(text, s.order)
	case data.FieldFollowUp:
		c.FollowUp = data.DateOf(r.time(text, s.order))
	}
}

// note keeps a text of the column at hand.
func (r *reader) note(text string) {
	line := text
	if !r.plan.isNote[r.cell] {
		line = r.plan.headings[r.cell] + ": " + text
	}
	if r.rec.Note != "" {
		line = r.rec.Note + "\n" + line
	}
	r.rec.Note, _ = cutAt(line, MaxText)
}

func (r *reader) flag(text string) bool {
	yes, ok := readFlag(text)
	if !ok {
		r.problem(ReasonNotFlag)
	}
	return yes
}

func (r *reader) time(text string, order dateOrder) time.Time {
	t, turned, ok := parseTime(text, order)
	switch {
	case !ok:
		r.problem(ReasonNotDate)
		return time.Time{}
	case turned:
		r.problem(ReasonDateOrder)
	}
	return t
}

// name joins the columns of the name.
func (r *reader) name() string {
	joined := ""
	for _, parts := range [...][]int{r.plan.wholeNames, r.plan.nameParts} {
		for _, column := range parts {
			if column >= len(r.cells) {
				continue
			}
			r.cell = column
			text := r.clean(r.cells[column], false)
			switch {
			case text == "" || joined != "" && strings.Contains(joined, text):
			case joined == "":
				joined = text
			default:
				joined += " " + text
			}
		}
		if joined != "" {
			break
		}
	}
	joined, _ = cutAt(joined, MaxText)
	return joined
}

// phone finds the row's number: the first usable one in the order of the plan.
// The others go into the note, so that none is lost.
func (r *reader) phone(c *data.Customer) {
	region, unknownCountry := r.plan.region, false
	if c.Country != "" {
		if own, ok := r.regions.of(c.Country); ok {
			region = own
		} else {
			unknownCountry = true
		}
	}
	refused := ReasonNoPhone
	for _, column := range r.plan.phones {
		if column >= len(r.cells) {
			continue
		}
		r.cell = column
		text := r.clean(r.cells[column], true)
		if text == "" {
			continue
		}
		if c.Phone != 0 {
			r.note(text)
			r.problem(ReasonMorePhones)
			continue
		}
		found := readPhone(text, region)
		if found.number == 0 {
			if refused == ReasonNoPhone {
				refused = found.why
			}
			r.problem(found.why)
			r.note(text)
			continue
		}
		c.Phone = found.number
		r.phoneProblems(found, text, unknownCountry)
	}
	if c.Phone == 0 {
		r.rec.Refused = refused
	}
}

func (r *reader) phoneProblems(found phoneCell, text string, unknownCountry bool) {
	if found.extension {
		r.problem(ReasonExtension)
	}
	if found.unusual {
		r.problem(ReasonUnusualPhone)
	}
	if found.more != "" {
		r.note(found.more)
		r.problem(ReasonMorePhones)
	}
	if unknownCountry && text[0] != '+' {
		r.problem(ReasonUnknownCountry)
	}
}
