package store_test

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// witnessed is a log of which the Account Owner countersigned a part, a
// confirmation tells of another, and some entries came after both.
type witnessed struct {
	entries []data.Entry
	signs   []data.Countersign
	key     []byte
	known   []data.KnownHead
	pinned  int64 // the last entry that somebody outside knows of
}

func witnessedLog(t *testing.T, s *storetest.Store) witnessed {
	t.Helper()
	s.Fill(t, s.Owner, 919820100000, 60)
	s.Enrol(t)
	ravi := s.Add(t, "Ravi", 2)
	for i := range 4 {
		s.Clock.Add(time.Hour)
		s.Fill(t, s.Owner, data.Phone(919830100000+1000*i), 1)
	}
	state, err := s.AuditState(t.Context(), s.Owner, nil)
	if err != nil || !state.Intact() || state.Countersigned != state.Entries {
		t.Fatalf("%+v, %v", state, err)
	}
	// What the Account Owner's own computer remembers of the last they signed.
	known := []data.KnownHead{{Seq: state.Countersigned, Head: slices.Clone(state.Head[:])}}
	s.SignOut(s.Owner)
	for i := range 5 {
		s.Clock.Add(time.Hour)
		s.Fill(t, ravi, data.Phone(919840100000+1000*i), 1)
	}
	ids := idsOf(t, s, ravi)
	r := mustDelete(t, s, ravi, seal(t, s, ravi, data.WaySelected, ids[:2]), nil)
	known = append(known, data.KnownHead{Seq: r.Audit.Entries, Head: slices.Clone(r.Audit.Head[:data.MinKnownHead])})
	for i := range 5 {
		s.Clock.Add(time.Hour)
		s.Fill(t, ravi, data.Phone(919850100000+1000*i), 1)
	}
	w := witnessed{known: known, pinned: r.Audit.Entries}
	if err := s.ExportAudit(t.Context(), ravi, func(e *data.Entry, c *data.Countersign) error {
		w.entries = append(w.entries, *e)
		if c != nil {
			w.signs = append(w.signs, *c)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	w.key = w.signs[0].Key
	if got := w.check(w.entries, w.signs); !got.Intact() || got.Countersigned != known[0].Seq || got.Entries <= w.pinned {
		t.Fatalf("untouched: %+v", got)
	}
	return w
}

func idsOf(t *testing.T, s *storetest.Store, a *store.Actor) []data.CustomerID {
	t.Helper()
	var ids []data.CustomerID
	if err := s.Customers(t.Context(), a, func(r *data.Row) error {
		ids = append(ids, r.ID)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return ids
}

func (w *witnessed) check(entries []data.Entry, signs []data.Countersign) data.LogState {
	c := data.NewLogCheck(w.key, signs, w.known)
	for i := range entries {
		c.Next(&entries[i])
	}
	return c.End()
}

// attack is what somebody who holds the data key does to the log: something to
// entry k or behind it, and then the chain anew from there on.
type attack struct {
	what    string
	k       int64
	entries []data.Entry
	signs   []data.Countersign
}

func (w *witnessed) attack(r *rand.Rand, stranger ed25519.PrivateKey) attack {
	list := make([]data.Entry, len(w.entries))
	for i, e := range w.entries {
		e.Facts = maps.Clone(e.Facts)
		list[i] = e
	}
	i := r.IntN(int(w.pinned))
	a := attack{k: int64(i + 1), signs: slices.Clone(w.signs)}
	e := &list[i]
	switch r.IntN(9) {
	case 0:
		a.what = "another actor"
		e.Actor += data.UserID(1 + r.IntN(5))
	case 1:
		a.what = "another time"
		e.At = e.At.Add(time.Duration(1+r.IntN(100_000)) * time.Second)
	case 2:
		a.what = "another kind"
		e.Kind += "x"
	case 3:
		a.what = "another fact"
		if e.Facts == nil {
			e.Facts = map[string]string{}
		}
		e.Facts["deleted"] += fmt.Sprint(r.IntN(10))
	case 4:
		a.what = "a fact less, or one more"
		if len(e.Facts) == 0 {
			e.Facts = map[string]string{"more": ""}
		} else {
			clear(e.Facts)
		}
	case 5:
		a.what = "one cut out"
		list = slices.Delete(list, i, i+1)
	case 6:
		a.what = "one slipped in"
		list = slices.Insert(list, i, data.Entry{At: e.At, Actor: 2, Kind: data.AuditImport, Facts: map[string]string{"added": "9"}})
	case 7:
		j := r.IntN(len(list))
		if list[j].Kind == e.Kind && list[j].At.Equal(e.At) || i == j {
			j = (i + 1) % len(list)
		}
		a.what, a.k = "two changed places", int64(min(i, j)+1)
		list[i], list[j] = list[j], list[i]
		if list[i].ChainHash() == list[j].ChainHash() {
			list[i].Actor += 7
		}
	case 8:
		a.what = "cut off"
		list = list[:i]
	}
	rehash(list)
	switch r.IntN(3) {
	case 0:
		a.what += ", countersignatures left"
	case 1:
		a.what += ", countersignatures from there on removed"
		a.signs = slices.DeleteFunc(a.signs, func(c data.Countersign) bool { return c.Seq >= a.k })
	case 2:
		a.what += ", countersignatures from there on by another key"
		for n := range a.signs {
			c := &a.signs[n]
			if c.Seq < a.k || c.Seq > int64(len(list)) {
				continue
			}
			c.Head = list[c.Seq-1].Hash
			c.Signature = ed25519.Sign(stranger, data.CountersignText(c.Seq, c.Head))
			if r.IntN(2) == 0 { // or pretending that it is the owner's
				c.Key = stranger.Public().(ed25519.PublicKey)
			}
		}
	}
	a.entries = list
	return a
}

// rehash makes a list a chain again.
func rehash(list []data.Entry) {
	var prev [32]byte
	for i := range list {
		list[i].Seq, list[i].Prev = int64(i+1), prev
		list[i].Hash = list[i].ChainHash()
		prev = list[i].Hash
	}
}

// Somebody who holds the data key rewrites the log from an entry on, up to the
// last that was countersigned or sent; each of 10,000 ways is found.
func TestTenThousandMutationsOfTheLog(t *testing.T) {
	s := storetest.New(t)
	w := witnessedLog(t, s)
	_, stranger, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(4, 1))
	found, why := 0, map[data.LogBreak]int{}
	for range 10_000 {
		a := w.attack(r, stranger)
		got := w.check(a.entries, a.signs)
		if got.Intact() || got.Countersigned >= a.k {
			t.Errorf("%s at %d of %d: %+v", a.what, a.k, len(w.entries), got)
			continue
		}
		found++
		why[got.Break]++
	}
	t.Logf("%d found: %v", found, why)
}

// The same in the database, past the triggers, as the page then reads it.
func TestMutationsInTheDatabaseAreFound(t *testing.T) {
	s := storetest.New(t)
	w := witnessedLog(t, s)
	for _, q := range []string{
		"DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete",
		"DROP TRIGGER countersigns_no_update", "DROP TRIGGER countersigns_no_delete",
	} {
		if err := store.Exec(s.Store, q); err != nil {
			t.Fatal(err)
		}
	}
	owner := s.SignInAs(t, 1)
	_, stranger, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(4, 2))
	for range 12 {
		a := w.attack(r, stranger)
		put(t, s, a.entries, a.signs)
		got, err := s.AuditState(t.Context(), owner, w.known)
		if err != nil || got.Intact() {
			t.Errorf("%s at %d: %+v, %v", a.what, a.k, got, err)
		}
		if _, err := s.Audit(t.Context(), owner, 0); err != nil {
			t.Errorf("the log can't be read any more: %v", err)
		}
	}
	put(t, s, w.entries, w.signs)
	if got, err := s.AuditState(t.Context(), owner, w.known); err != nil || !got.Intact() {
		t.Errorf("put back: %+v, %v", got, err)
	}
	for _, q := range []string{
		"UPDATE audit SET facts = '{' WHERE seq = 3", "UPDATE audit SET hash = x'00' WHERE seq = 3",
		"UPDATE audit SET prev = x'' WHERE seq = 3", "UPDATE audit SET hash = CAST(hash || x'00' AS BLOB) WHERE seq = 3",
		"UPDATE countersigns SET signature = x'' WHERE seq = (SELECT max(seq) FROM countersigns)",
		"UPDATE users SET verify_key = x'0011' WHERE id = 1",
	} {
		put(t, s, w.entries, w.signs)
		if err := store.Exec(s.Store, q); err != nil {
			t.Fatal(err)
		}
		if got, err := s.AuditState(t.Context(), owner, w.known); err != nil || got.Intact() {
			t.Errorf("%s: %+v, %v", q, got, err)
		}
	}
}

func put(t *testing.T, s *storetest.Store, entries []data.Entry, signs []data.Countersign) {
	t.Helper()
	exec := func(q string, args ...any) {
		t.Helper()
		if err := store.Exec(s.Store, q, args...); err != nil {
			t.Fatal(err)
		}
	}
	exec("DELETE FROM audit")
	exec("DELETE FROM countersigns")
	for _, e := range entries {
		text, err := json.Marshal(e.Facts)
		if err != nil {
			t.Fatal(err)
		}
		exec("INSERT INTO audit (seq, at, actor, kind, facts, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
			e.Seq, e.At.Unix(), int64(e.Actor), string(e.Kind), string(text), e.Prev[:], e.Hash[:])
	}
	for _, c := range signs {
		exec("INSERT INTO countersigns (seq, head, key, signature) VALUES (?, ?, ?, ?)", c.Seq, c.Head[:], c.Key, c.Signature)
	}
}

// An entry is countersigned while the Account Owner is signed in, whoever acts;
// when they come back they countersign what happened meanwhile.
func TestTheOwnerCountersigns(t *testing.T) {
	s := storetest.New(t)
	ravi := s.Add(t, "Ravi", 2)
	state := func(a *store.Actor) data.LogState {
		t.Helper()
		got, err := s.AuditState(t.Context(), a, nil)
		if err != nil || !got.Intact() {
			t.Fatalf("%+v, %v", got, err)
		}
		return got
	}
	s.Fill(t, ravi, 919820100000, 1)
	if got := state(ravi); got.Countersigned != got.Entries {
		t.Errorf("with the owner there: %+v", got)
	}
	s.SignOut(s.Owner)
	before := state(ravi)
	s.Fill(t, ravi, 919820200000, 1)
	s.Fill(t, ravi, 919820300000, 1)
	if got := state(ravi); got.Countersigned != before.Entries || got.Entries != before.Entries+2 {
		t.Errorf("without: %+v", got)
	}
	owner := s.SignInAs(t, 1)
	if got := state(owner); got.Countersigned != got.Entries {
		t.Errorf("once they are back: %+v", got)
	}
	// It outlasts a change of the password and the turn of the key.
	if err := s.ChangePassword(t.Context(), owner, storetest.Password, storetest.Password); err != nil {
		t.Fatal(err)
	}
	s.Fill(t, owner, 919820400000, 30)
	s.Owner = owner
	s.Enrol(t)
	p := seal(t, s, owner, data.WayAll, nil)
	auth, err := s.Authorise(t.Context(), owner, p, s.Code())
	if err != nil {
		t.Fatal(err)
	}
	mustDelete(t, s, owner, p, auth)
	if got := state(owner); got.Countersigned != got.Entries {
		t.Errorf("after a turn of the key: %+v", got)
	}
}

// A transfer hands on whose key counts; without the entry of it, or with one
// that names other keys, what the former owner signed is worth nothing.
func TestAnOldOwnersCountersignatures(t *testing.T) {
	first, firstKey, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	second, secondKey, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	build := func(kind data.AuditKind, from, to []byte) ([]data.Entry, []data.Countersign) {
		list := make([]data.Entry, 9)
		for i := range list {
			list[i] = data.Entry{At: time.Unix(int64(i), 0).UTC(), Actor: 1, Kind: data.AuditImport}
		}
		list[4].Kind = kind
		list[4].Facts = map[string]string{data.FactOldKey: hex.EncodeToString(from), data.FactNewKey: hex.EncodeToString(to)}
		rehash(list)
		var signs []data.Countersign
		for i, e := range list {
			c := data.Countersign{Seq: e.Seq, Head: e.Hash, Key: first, Signature: ed25519.Sign(firstKey, data.CountersignText(e.Seq, e.Hash))}
			if i > 4 {
				c.Key, c.Signature = second, ed25519.Sign(secondKey, data.CountersignText(e.Seq, e.Hash))
			}
			signs = append(signs, c)
		}
		return list, signs
	}
	for name, c := range map[string]struct {
		kind     data.AuditKind
		from, to []byte
		intact   bool
	}{
		"a transfer":                 {data.AuditOwnership, first, second, true},
		"none":                       {data.AuditImport, first, second, false},
		"one from another key":       {data.AuditOwnership, second, second, false},
		"one to another key":         {data.AuditOwnership, first, first, false},
		"one whose keys are no keys": {data.AuditOwnership, nil, nil, false},
	} {
		w := witnessed{key: second}
		w.entries, w.signs = build(c.kind, c.from, c.to)
		if got := w.check(w.entries, w.signs); got.Intact() != c.intact || c.intact && got.Countersigned != 9 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
