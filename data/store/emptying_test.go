package store_test

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// emptying is a model of people who try to empty a list without an OTP. It
// keeps its own books: who is there, by number, and who of them counts.
type emptying struct {
	t       *testing.T
	s       *storetest.Store
	r       *rand.Rand
	people  []*store.Actor
	next    data.Phone
	counts  map[data.CustomerID]bool // those held: whether they count towards P
	removed int                      // R
	counted int
	peak    int // P
	most    int
	done    map[string]int // acts that were done, and refused

	imports map[data.UserID][][]data.CustomerID // of each session, not undone yet
	touched map[data.CustomerID]bool            // since they were imported
	backup  string                              // a file, "" while there is none
	news    map[data.DigestAct]int              // what each did, by kind
}

// start begins the books anew, as an accepted OTP does.
func (m *emptying) start() {
	for id := range m.counts {
		m.counts[id] = true
	}
	m.removed, m.counted, m.peak, m.most = 0, len(m.counts), len(m.counts), len(m.counts)
}

func (m *emptying) act(what string, err error, allowed ...error) bool {
	m.t.Helper()
	if err == nil {
		m.done[what]++
		return true
	}
	for _, a := range allowed {
		if errors.Is(err, a) {
			m.done[what+", refused"]++
			return false
		}
	}
	m.t.Fatalf("%s: %v", what, err)
	return false
}

func (m *emptying) someone() *store.Actor { return m.people[m.r.IntN(len(m.people))] }

func (m *emptying) rows(n int) []*store.ImportRow {
	var out []*store.ImportRow
	for range n {
		m.next++
		out = append(out, &store.ImportRow{Customer: data.Customer{Phone: m.next, Name: "Somebody New"}})
	}
	return out
}

// told books an act for the audit log and the digest.
func (m *emptying) told(a *store.Actor, kind data.AuditKind, n int) {
	m.news[data.DigestAct{User: a.User(), Kind: kind}] += n
}

// came reads who is there now, and books and answers those who weren't.
func (m *emptying) came(byOwner bool) (fresh []data.CustomerID) {
	known := map[data.CustomerID]bool{}
	for _, id := range m.s.IDs(m.t) {
		known[id] = true
		if _, ok := m.counts[id]; !ok {
			m.counts[id] = byOwner
			fresh = append(fresh, id)
			if byOwner {
				m.counted++
			}
		}
	}
	m.peak, m.most = max(m.peak, m.counted), max(m.most, len(known))
	return fresh
}

func (m *emptying) add() {
	a := m.someone()
	if m.r.IntN(3) == 0 {
		m.next++
		_, err := m.s.AddCustomer(m.t.Context(), a, store.NewCustomer{Phone: m.next})
		if m.act("added", err) {
			m.told(a, data.AuditCustomerEdited, len(m.came(a == m.s.Owner)))
		}
		return
	}
	_, err := m.s.Import(m.t.Context(), a, importOf(m.rows(1+m.r.IntN(40))...), nil)
	if m.act("imported", err) {
		fresh := m.came(a == m.s.Owner)
		m.imports[a.User()] = append(m.imports[a.User()], fresh)
		m.told(a, data.AuditImport, len(fresh))
	}
}

// update imports over some who are there: their numbers stay.
func (m *emptying) update() {
	var rows []*store.ImportRow
	for _, row := range m.look(1 + m.r.IntN(10)) {
		m.touched[row.ID] = true
		rows = append(rows, &store.ImportRow{Customer: data.Customer{Phone: row.Phone, Name: "Another Name"}})
	}
	req := importOf(rows...)
	req.Mode = store.ImportUpdate
	a := m.someone()
	_, err := m.s.Import(m.t.Context(), a, req, nil)
	if m.act("imported over", err) {
		m.told(a, data.AuditImport, len(m.came(a == m.s.Owner)))
	}
}

// look reads n of the customers, in no order.
func (m *emptying) look(n int) []data.Row {
	var all []data.Row
	if err := m.s.Customers(m.t.Context(), m.s.Owner, func(r *data.Row) error {
		all = append(all, *r)
		return nil
	}); err != nil {
		m.t.Fatal(err)
	}
	m.r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:min(n, len(all))]
}

func (m *emptying) rephone() {
	for _, row := range m.look(1) {
		m.next++
		a := m.someone()
		err := m.s.EditCustomer(m.t.Context(), a,
			data.Edit{Customer: row.ID, Version: row.Version, Phone: m.next}, "")
		if m.act("number changed", err, data.ErrOTPNeeded) {
			m.touched[row.ID] = true
			m.told(a, data.AuditCustomerEdited, 1)
			m.removed++
			m.went("a number changed")
		}
	}
}

// remove deletes as many as it can, by one of the ways.
func (m *emptying) remove() {
	n := 1 + m.r.IntN(max(1, len(m.counts)))
	if m.r.IntN(2) == 0 {
		n = 1 + m.r.IntN(5)
	}
	rows := m.look(n)
	if len(rows) == 0 {
		return
	}
	var ids []data.CustomerID
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	a := m.someone()
	changes, err := m.s.Changes(m.t.Context(), a)
	if err != nil {
		m.t.Fatal(err)
	}
	way := []data.Way{data.WayOne, data.WaySelected, data.WayFiltered}[m.r.IntN(3)]
	p, err := m.s.Seal(m.t.Context(), a, store.SealRequest{Way: way, IDs: ids, Changes: changes})
	if err != nil {
		m.t.Fatal(err)
	}
	_, residue, err := m.s.Store.Delete(m.t.Context(), a, p, nil, texts, nil)
	if !m.act("deleted", err, data.ErrOTPNeeded) {
		if !p.Summary().OTPDue {
			m.t.Fatal("an OTP was needed, and the dialog did not say so")
		}
		return
	}
	if p.Summary().OTPDue {
		m.t.Fatal("the dialog asked for an OTP that was not needed")
	}
	m.scrub(residue)
	m.forget(ids)
	m.told(a, data.AuditDelete, len(ids))
	m.removed += len(ids)
	m.went("deleted")
}

func (m *emptying) scrub(residue *store.Residue) {
	m.t.Helper()
	if _, err := m.s.Scrub(m.t.Context(), residue, nil); err != nil {
		m.t.Fatal(err)
	}
}

// forget takes those who went off the books, and answers how many of them
// counted.
func (m *emptying) forget(ids []data.CustomerID) (counted int) {
	for _, id := range ids {
		if m.counts[id] {
			counted++
		}
		delete(m.counts, id)
	}
	m.counted -= counted
	return counted
}

// all tries Delete All, which is never done without.
func (m *emptying) all() {
	a := m.people[0] // owners both
	p, err := m.s.Seal(m.t.Context(), a, store.SealRequest{Way: data.WayAll})
	if errors.Is(err, data.ErrEmptyPlan) {
		return
	}
	if err != nil {
		m.t.Fatal(err)
	}
	_, _, err = m.s.Store.Delete(m.t.Context(), a, p, nil, texts, nil)
	if m.act("everybody", err, data.ErrOTPNeeded) {
		m.t.Fatal("everybody was deleted without an OTP")
	}
}

func (m *emptying) clock() {
	moves := []time.Duration{time.Hour, 24 * time.Hour, 200 * 24 * time.Hour, -time.Hour, -24 * time.Hour, -100 * 24 * time.Hour}
	m.s.Clock.Add(moves[m.r.IntN(len(moves))])
	m.done["clock moved"]++
}

// restart ends the program and starts it again.
func (m *emptying) restart() {
	who := make([]data.UserID, len(m.people))
	for i, a := range m.people {
		who[i] = a.User()
	}
	m.s = reopen(m.t, m.s, unlock(m.t, m.s, 1))
	for i, id := range who {
		m.people[i] = m.s.SignInAs(m.t, id)
	}
	m.s.Owner = m.people[0]
	clear(m.imports) // each session knows its own only
	m.done["restarted"]++
}

// mendClock makes the next OTP one that is taken, whatever the clock was set to.
func (m *emptying) mendClock() {
	m.t.Helper()
	if err := m.s.ResetOTPClock(m.t.Context(), m.s.Owner, storetest.Password, m.s.Recovery.String()); err != nil {
		m.t.Fatal(err)
	}
	m.s.Clock.Add(3 * time.Minute)
}

// approve deletes one with an OTP, after which counting starts anew.
func (m *emptying) approve() {
	v, err := m.s.Settings(m.t.Context(), m.s.Owner)
	if err != nil {
		m.t.Fatal(err)
	}
	m.mendClock()
	strict := v.Strictness
	v.Strictness = data.StrictAlways
	if err := m.s.SaveSettings(m.t.Context(), m.s.Owner, v); err != nil {
		m.t.Fatal(err)
	}
	for _, row := range m.look(1) {
		p := seal(m.t, m.s, m.s.Owner, data.WayOne, []data.CustomerID{row.ID})
		auth, err := m.s.Authorise(m.t.Context(), m.s.Owner, p, m.s.Code())
		if err != nil {
			m.t.Fatal(err)
		}
		mustDelete(m.t, m.s, m.s.Owner, p, auth)
		m.told(m.s.Owner, data.AuditDelete, 1)
		m.forget(p.IDs())
		m.start()
		m.done["with an OTP"]++
	}
	v.Strictness = strict
	if err := m.s.SaveSettings(m.t.Context(), m.s.Owner, v); err != nil {
		m.t.Fatal(err)
	}
}

// went is what it is all about: nothing of a list that was ever over 20 goes
// without an OTP where that makes it half of P.
func (m *emptying) went(what string) {
	m.t.Helper()
	if m.most > data.SmallList && 2*m.removed >= m.peak {
		m.t.Fatalf("%s: %d of %d went without an OTP", what, m.removed, m.peak)
	}
	m.holds(what)
}

// holds looks whether the store counts as the books do.
func (m *emptying) holds(what string) {
	m.t.Helper()
	got, err := m.s.Mark(m.t.Context(), m.s.Owner)
	want := data.Mark{Removed: m.removed, Counted: m.counted, Peak: m.peak, Held: len(m.counts), MostHeld: m.most}
	if err != nil || got != want {
		m.t.Fatalf("%s: the store counts %+v, %v; the books %+v", what, got, err, want)
	}
}

// Several people do what they like over simulated years, in several lists, and
// never empty one without an OTP. All of it stands in the log, and what others
// did is told to the owner.
func TestNobodyEmptiesAListWithoutAnOTP(t *testing.T) {
	const lists, acts, whileAway = 8, 80, 12
	sum := map[string]int{}
	for n := range lists {
		m := newEmptying(t, n, []int{0, 15, 21, 60, 100, 140, 40, 22}[n])
		for range acts {
			m.doSomething()
			m.holds("afterwards")
		}
		m.logged()
		m.ownerAway(whileAway)
		for what, times := range m.done {
			sum[what] += times
		}
	}
	t.Logf("%d lists, %d acts: %v", lists, lists*(acts+whileAway), sum)
	for _, what := range []string{
		"added", "imported", "imported over", "number changed", "number changed, refused", "deleted", "deleted, refused",
		"undone", "undone in part", "with an OTP", "restored", "restored without an OTP, refused", "everybody, refused",
		"restarted", "clock moved",
	} {
		if sum[what] == 0 {
			t.Errorf("nobody ever %s: this proves too little", what)
		}
	}
}

func newEmptying(t *testing.T, n, customers int) *emptying {
	t.Helper()
	m := &emptying{
		t: t, s: storetest.New(t), r: rand.New(rand.NewPCG(4, uint64(n))),
		next: 919830000000, counts: map[data.CustomerID]bool{}, done: map[string]int{},
		imports: map[data.UserID][][]data.CustomerID{}, touched: map[data.CustomerID]bool{}, news: map[data.DigestAct]int{},
	}
	m.s.Fill(t, m.s.Owner, 919820100000, customers)
	m.s.Enrol(t)
	fresh := m.came(true)
	m.start()
	if customers > 0 {
		m.imports[m.s.Owner.User()] = [][]data.CustomerID{fresh}
		m.told(m.s.Owner, data.AuditImport, customers)
	}
	m.people = []*store.Actor{m.s.Owner, m.s.Add(t, "Ravi", 2), m.s.Add(t, "Mira", m.s.Role(t, "Desk",
		data.ViewAllCustomers, data.ViewPhoneNumbers, data.EditCustomers, data.ImportCustomers, data.DeleteCustomers))}
	return m
}

// doSomething is one act of one of them.
func (m *emptying) doSomething() {
	switch m.r.IntN(20) {
	case 0, 1:
		m.add()
	case 2:
		m.update()
	case 3, 4:
		m.rephone()
	case 5, 6, 7, 8, 9, 10, 11:
		m.remove()
	case 12:
		m.all()
	case 13, 14:
		m.clock()
	case 15, 16, 17:
		m.undo()
	case 18:
		m.restore()
	case 19:
		if m.r.IntN(3) == 0 {
			m.approve()
		} else {
			m.restart()
		}
	}
}
