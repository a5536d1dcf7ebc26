package view

import (
	"slices"
	"sync"
	"time"

	"lethe/data"
	"lethe/data/phone"
)

// snapshot is the list at one moment: columns of one value a row, rows in the
// order of their ids. It never changes once it is finished, but for what is
// worked out when first asked for: orders and totals.
type snapshot struct {
	tables   *tables // shared with the snapshots made of this one
	ids      []data.CustomerID
	phones   column[uint64] // toBCD
	mask     choices        // what is shown of phones that the role hides
	texts    texts
	city     choices
	state    choices
	country  choices
	source   choices
	agent    choices // agentText
	tags     column[uint32]
	sets     [][]uint32
	tagNames []string
	flags    column[uint8]
	times    [timeColumns]column[uint32]
	far      []int64
	followUp column[data.Date]
	custom   map[data.FieldID]*choices

	orders orders

	totalsOnce sync.Once
	totals     map[data.Field][]int
}

const (
	blockedFlag = 1 << iota
	optOutFlag
)

func (s *snapshot) len() int { return len(s.ids) }

// find tells in which row an id stands.
func (s *snapshot) find(id data.CustomerID) (row int, ok bool) {
	return slices.BinarySearch(s.ids, id)
}

// masked tells whether the role hides the row's phone number.
func (s *snapshot) masked(row int) bool { return s.mask.at(row) != 0 }

// seconds returns a time of a row in Unix seconds, and false for never.
func (s *snapshot) seconds(row, which int) (int64, bool) {
	return s.secondsOf(s.times[which].at(row))
}

func (s *snapshot) secondsOf(n uint32) (int64, bool) {
	if n >= farTimes {
		return s.far[n-farTimes], true
	}
	return int64(n), n != 0
}

func (s *snapshot) time(row, which int) time.Time {
	u, ok := s.seconds(row, which)
	if !ok {
		return time.Time{}
	}
	return time.Unix(u, 0).UTC()
}

// choice returns the column of a field whose values are numbered texts.
func (s *snapshot) choice(f data.Field) (*choices, bool) {
	switch f {
	case data.FieldCity:
		return &s.city, true
	case data.FieldState:
		return &s.state, true
	case data.FieldCountry:
		return &s.country, true
	case data.FieldSource:
		return &s.source, true
	case data.FieldAgent:
		return &s.agent, true
	}
	if id, ok := f.CustomID(); ok {
		if c := s.custom[id]; c != nil {
			return c, true
		}
		return &choices{values: []string{""}, folded: []string{""}}, true
	}
	return nil, false
}

// row puts a customer together again.
func (s *snapshot) row(row int) *data.Row {
	t := s.texts.row(row)
	r := &data.Row{Customer: data.Customer{
		ID: s.ids[row], Phone: fromBCD(s.phones.at(row)),
		Name: t[nameText], WhatsAppName: t[whatsAppText], Email: t[emailText], Company: t[companyText],
		City: s.city.text(row), State: s.state.text(row), Country: s.country.text(row), Source: s.source.text(row),
		Blocked: s.flags.at(row)&blockedFlag != 0, OptOut: s.flags.at(row)&optOutFlag != 0,
		Created: s.time(row, created), FirstReceived: s.time(row, firstReceived), FirstSent: s.time(row, firstSent),
		LastSent: s.time(row, lastSent), LastReceived: s.time(row, lastReceived),
		LastTemplate: s.time(row, lastTemplate), LastLogged: s.time(row, lastLogged),
		FollowUp: s.followUp.at(row),
	}}
	r.Agent, r.AgentPhone = agentOf(s.agent.text(row))
	for _, n := range s.sets[s.tags.at(row)] {
		r.Tags = append(r.Tags, s.tagNames[n])
	}
	for id, c := range s.custom {
		if v := c.text(row); v != "" {
			if r.Custom == nil {
				r.Custom = map[data.FieldID]string{}
			}
			r.Custom[id] = v
		}
	}
	if r.PhoneText = s.mask.text(row); r.PhoneText == "" {
		r.PhoneText = phone.Format(r.Phone)
	}
	return r
}
