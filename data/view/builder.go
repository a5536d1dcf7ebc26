package view

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"lethe/data"
)

var (
	errTooMany = errors.New("view: too many different values")
	errOrder   = errors.New("view: customers not in the order of their ids")
)

// maxRows is bounded by the numbers of rows in orders.
const maxRows = 1<<32 - 1

// builder fills a snapshot row by row. Tables may be shared with snapshots
// made before; only one builder may use them at a time.
type builder struct {
	t      *tables
	s      *snapshot
	expect int // about how many rows there will be, or 0
}

func newBuilder(t *tables) *builder {
	s := &snapshot{tables: t, texts: newTexts(), custom: map[data.FieldID]*choices{}}
	s.orders.made = map[data.Field]*orderOnce{}
	return &builder{t: t, s: s}
}

// add appends a row, whose id must be greater than the last one's. It keeps
// nothing of r but copies.
func (b *builder) add(r *data.Row) error {
	s, t, row := b.s, b.t, len(b.s.ids)
	switch {
	case row > 0 && r.ID <= s.ids[row-1]:
		return errOrder
	case row >= maxRows:
		return errTooMany
	case r.Phone >= maxPhone:
		return fmt.Errorf("view: customer %d: phone number longer than E.164 allows", r.ID)
	}
	if row == trial {
		b.foresee()
	}
	s.ids = append(s.ids, r.ID)
	s.phones.set(row, toBCD(r.Phone))
	if r.Phone == 0 {
		s.mask.set(row, t.mask.of(r.PhoneText))
	}
	s.texts.add(&[textFields]string{
		nameText: r.Name, whatsAppText: r.WhatsAppName, emailText: r.Email, companyText: r.Company,
	})
	s.city.set(row, t.city.of(r.City))
	s.state.set(row, t.state.of(r.State))
	s.country.set(row, t.country.of(r.Country))
	s.source.set(row, t.source.of(r.Source))
	if r.Agent != 0 || r.AgentPhone != 0 {
		s.agent.set(row, t.agent.of(agentText(r.Agent, r.AgentPhone)))
	}
	s.tags.set(row, t.tags.of(r.Tags))
	var flags uint8
	if r.Blocked {
		flags |= blockedFlag
	}
	if r.OptOut {
		flags |= optOutFlag
	}
	s.flags.set(row, flags)
	s.followUp.set(row, r.FollowUp)
	for id, v := range r.Custom {
		b.customOf(id).set(row, t.custom[id].of(v))
	}
	return b.addTimes(row, r)
}

func (b *builder) addTimes(row int, r *data.Row) error {
	for which, t := range [timeColumns]time.Time{
		created: r.Created, firstReceived: r.FirstReceived, firstSent: r.FirstSent,
		lastSent: r.LastSent, lastReceived: r.LastReceived, lastTemplate: r.LastTemplate,
		lastLogged: r.LastLogged, lastInteraction: r.LastInteraction(),
	} {
		n, err := b.t.times.number(t)
		if err != nil {
			return err
		}
		b.s.times[which].set(row, n)
	}
	return nil
}

func (b *builder) customOf(id data.FieldID) *choices {
	c := b.s.custom[id]
	if c == nil {
		c = &choices{}
		b.s.custom[id] = c
		if b.t.custom[id] == nil {
			b.t.custom[id] = newTable()
		}
	}
	return c
}

// trial is after how many rows it is foreseen what the others take.
const trial = 4096

// foresee makes room for the rows that are expected, as they are so far: what
// grows bit by bit is copied again and again.
func (b *builder) foresee() {
	s, n := b.s, b.expect
	if n <= len(s.ids) {
		return
	}
	s.ids = grown(s.ids, n)
	s.phones.reserve(n)
	t := &s.texts
	times := float64(n) / float64(len(s.ids)) * 1.02
	t.folded = grown(t.folded, int(times*float64(len(t.folded))))
	t.kept = grown(t.kept, int(times*float64(len(t.kept))))
	t.foldedAt, t.keptAt = grown(t.foldedAt, n+1), grown(t.keptAt, n+1)
	for _, c := range s.choiceColumns() {
		c.reserve(n)
	}
	s.tags.reserve(n)
	s.flags.reserve(n)
	for i := range s.times {
		s.times[i].reserve(n)
	}
	s.followUp.reserve(n)
	for _, c := range s.custom {
		c.reserve(n)
	}
}

func grown[T any](s []T, n int) []T { return slices.Grow(s, max(0, n-len(s))) }

// reserve makes room for as many rows as a snapshot has.
func (b *builder) reserve(as *snapshot) {
	b.s.ids = make([]data.CustomerID, 0, as.len())
	b.s.texts.reserve(&as.texts)
}

// take appends the rows lo to hi (without it) of a snapshot that was built on
// the same tables.
func (b *builder) take(from *snapshot, lo, hi int) {
	if lo >= hi {
		return
	}
	s, at := b.s, len(b.s.ids)
	s.ids = append(s.ids, from.ids[lo:hi]...)
	s.phones.take(at, &from.phones, lo, hi)
	s.texts.take(&from.texts, lo, hi)
	theirs := from.choiceColumns()
	for i, c := range s.choiceColumns() {
		c.take(at, &theirs[i].column, lo, hi)
	}
	s.tags.take(at, &from.tags, lo, hi)
	s.flags.take(at, &from.flags, lo, hi)
	for i := range s.times {
		s.times[i].take(at, &from.times[i], lo, hi)
	}
	s.followUp.take(at, &from.followUp, lo, hi)
	for id, c := range from.custom {
		b.customOf(id).take(at, &c.column, lo, hi)
	}
}

// finish gives back spare room and returns the snapshot, which must not
// change any more.
func (b *builder) finish() *snapshot {
	s, t := b.s, b.t
	s.ids = clipped(s.ids)
	s.phones.clip()
	s.texts.clip()
	for i, c := range s.choiceColumns() {
		c.clip()
		c.names([...]*table{t.city, t.state, t.country, t.source, t.agent, t.mask}[i])
	}
	s.tags.clip()
	s.sets, s.tagNames = t.tags.sets, t.tags.tags.values
	s.flags.clip()
	for i := range s.times {
		s.times[i].clip()
	}
	s.far = t.times.seconds
	s.followUp.clip()
	for id, c := range s.custom {
		c.clip()
		c.names(t.custom[id])
	}
	return s
}

func (s *snapshot) choiceColumns() [6]*choices {
	return [...]*choices{&s.city, &s.state, &s.country, &s.source, &s.agent, &s.mask}
}
