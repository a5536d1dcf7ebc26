package store_test

import (
	"maps"
	"path/filepath"
	"slices"
	"strconv"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// undo takes back somebody's last import of this session, as far as nobody
// touched it: the one exception of the rule, which counts neither way.
func (m *emptying) undo() {
	a := m.someone()
	own := m.imports[a.User()]
	done, err := m.s.LastImport(m.t.Context(), a)
	if err != nil {
		m.t.Fatal(err)
	}
	// The last of which somebody is left whom nobody touched.
	var want []data.CustomerID
	at := len(own)
	for len(want) == 0 && at > 0 {
		at--
		for _, id := range own[at] {
			if _, there := m.counts[id]; there && !m.touched[id] {
				want = append(want, id)
			}
		}
	}
	if len(want) == 0 {
		if done != (store.ImportDone{}) {
			m.t.Fatalf("an import of another session, or of nobody who is left, can be undone: %+v", done)
		}
		m.done["nothing to undo"]++
		return
	}
	if done.Added != len(own[at]) {
		m.t.Fatalf("the import that can be undone added %d, the books say %d", done.Added, len(own[at]))
	}
	p, err := m.s.SealUndo(m.t.Context(), a, done.ID)
	if err != nil {
		m.t.Fatal(err)
	}
	if !slices.Equal(p.IDs(), want) {
		m.t.Fatalf("undoing takes %v, not %v", p.IDs(), want)
	}
	_, residue, err := m.s.Store.Delete(m.t.Context(), a, p, nil, texts, nil)
	if !m.act("undone", err) {
		return
	}
	if len(want) < len(own[at]) {
		m.done["undone in part"]++
	}
	m.scrub(residue)
	counted := m.forget(want)
	m.peak = max(m.counted, m.peak-counted)
	m.imports[a.User()] = slices.Delete(own, at, at+1)
	m.told(a, data.AuditDelete, len(want))
	m.holds("undone") // who takes back what they brought removes nobody of the list
}

// restore makes a backup, or brings one back: never without an OTP, after which
// counting starts anew.
func (m *emptying) restore() {
	if m.backup == "" || m.r.IntN(4) == 0 {
		m.backup = filepath.Join(m.t.TempDir(), "backup"+strconv.Itoa(m.done["backed up"]))
		_, err := m.s.BackUp(m.t.Context(), m.s.Owner, store.BackupRequest{
			Path: m.backup, Passphrase: passphrase, Password: storetest.Password,
		}, nil)
		if m.act("backed up", err) {
			m.told(m.s.Owner, data.AuditBackup, 1)
		}
		return
	}
	m.mendClock()
	r := stage(m.t, m.s, m.backup)
	_, _, err := m.s.Restore(m.t.Context(), m.s.Owner, r, nil, restoreTexts)
	if m.act("restored without an OTP", err, data.ErrOTPNeeded) {
		m.t.Fatal("a backup was restored without an OTP")
	}
	m.holds("a refused restore")
	restore(m.t, m.s, r)
	m.done["restored"]++
	m.told(m.s.Owner, data.AuditRestore, 1)
	clear(m.counts)
	for _, id := range m.s.IDs(m.t) {
		m.counts[id], m.touched[id] = true, true // all have another version
	}
	m.start()
}

// logged holds the audit log against the books: it is whole, and tells all that
// was done and no more.
func (m *emptying) logged() {
	m.t.Helper()
	state, err := m.s.AuditState(m.t.Context(), m.s.Owner, nil)
	if err != nil || !state.Intact() || state.Countersigned == 0 {
		m.t.Fatalf("the audit log: %+v, %v", state, err)
	}
	entries := log(m.t, m.s)
	if got := m.sums(entries); !maps.Equal(got, m.news) {
		m.t.Fatalf("the log tells %v, the books %v", got, m.news)
	}
	for _, e := range entries {
		deletes := e.Kind == data.AuditDelete || e.Kind == data.AuditCustomerEdited
		if deletes && e.Facts["otp"] == data.FlagYes && e.Actor != m.s.Owner.User() {
			m.t.Fatalf("the log tells of an OTP that nobody gave: %v", e)
		}
	}
}

// sums are what entries tell of each person, in the digest's kinds.
func (m *emptying) sums(entries []data.Entry) map[data.DigestAct]int {
	out := map[data.DigestAct]int{}
	for _, e := range entries {
		n := 1
		switch e.Kind {
		case data.AuditDelete:
			n, _ = strconv.Atoi(e.Facts["deleted"])
		case data.AuditImport:
			n, _ = strconv.Atoi(e.Facts["added"])
		case data.AuditCustomerEdited, data.AuditRestore, data.AuditBackup:
		default:
			continue
		}
		out[data.DigestAct{User: e.Actor, Kind: e.Kind}] += n
	}
	maps.DeleteFunc(out, func(_ data.DigestAct, n int) bool { return n == 0 })
	maps.DeleteFunc(m.news, func(_ data.DigestAct, n int) bool { return n == 0 })
	return out
}

// ownerAway has the others go on without the owner, who is told of it at the
// next sign-in.
func (m *emptying) ownerAway(acts int) {
	m.t.Helper()
	m.mendClock() // the last that the owner does
	clear(m.news)
	m.people = m.people[1:]
	for range acts {
		switch m.r.IntN(5) {
		case 0:
			m.add()
		case 1:
			m.update()
		case 2:
			m.rephone()
		case 3:
			m.remove()
		case 4:
			m.undo()
		}
		m.holds("while the owner is away")
	}
	owner := m.s.SignInAs(m.t, m.s.Owner.User())
	d, err := m.s.Digest(m.t.Context(), owner)
	if err != nil {
		m.t.Fatal(err)
	}
	got := map[data.DigestAct]int{}
	for _, act := range d.Acts {
		n := act.Count
		act.Count = 0
		got[act] += n
	}
	maps.DeleteFunc(m.news, func(_ data.DigestAct, n int) bool { return n == 0 })
	if !maps.Equal(got, m.news) {
		m.t.Fatalf("the digest tells %v, the books %v", got, m.news)
	}
}
