package store_test

import (
	"crypto/ed25519"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"lethe/data"
	"lethe/data/otp"
	"lethe/data/store/storetest"
)

// rebuilt is a list made from a backup, and the head of the log of the list that
// was lost, which is further on.
func rebuilt(t *testing.T) (s *storetest.Store, ahead data.KnownHead) {
	t.Helper()
	old, path := lost(t, 30)
	for i := range 8 {
		old.Fill(t, old.Owner, data.Phone(919830100000+1000*i), 1)
	}
	was := stateOf(t, old)
	dir := filepath.Join(t.TempDir(), "elsewhere")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	s = finish(t, old, salvage(t, old, dir, path, nil), dir)
	s.Recovery = old.Recovery
	return s, data.KnownHead{Seq: was.Entries, Head: was.Head[:], Key: was.Key}
}

func stateOf(t *testing.T, s *storetest.Store, known ...data.KnownHead) data.LogState {
	t.Helper()
	state, err := s.AuditState(t.Context(), s.Owner, known)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// accept has the Account Owner accept what is wrong.
func accept(t *testing.T, s *storetest.Store, known ...data.KnownHead) {
	t.Helper()
	s.Clock.Add(3 * otp.Period)
	if err := s.AcceptLogBreak(t.Context(), s.Owner, storetest.Password, s.Code(), known, stateOf(t, s, known...)); err != nil {
		t.Fatal(err)
	}
}

// The entries since a backup are missing in the list that was rebuilt from it,
// for good. The Account Owner can accept that, by password and OTP; it is an
// entry itself, goes on being told, and hides nothing else.
func TestTheBreakOfARebuiltListCanBeAccepted(t *testing.T) {
	s, ahead := rebuilt(t)
	broken := stateOf(t, s, ahead)
	if broken.Break != data.LogShort || broken.To != ahead.Seq {
		t.Fatalf("a rebuilt list: %+v", broken)
	}
	known := []data.KnownHead{ahead}
	wantErr(t, "nothing is wrong", s.AcceptLogBreak(t.Context(), s.Owner, storetest.Password, s.Code(), nil, broken), data.ErrNotFound)
	wantErr(t, "wrong password", s.AcceptLogBreak(t.Context(), s.Owner, "not it at all", s.Code(), known, broken), data.ErrWrongPassword)
	var wrong *data.OTPWrong
	if err := s.AcceptLogBreak(t.Context(), s.Owner, storetest.Password, "000000", known, broken); !errors.As(err, &wrong) {
		t.Errorf("wrong OTP: %v", err)
	}
	s.Clock.Add(3 * otp.Period)
	other := broken
	other.To++
	wantErr(t, "another break", s.AcceptLogBreak(t.Context(), s.Owner, storetest.Password, s.Code(), known, other), data.ErrConflict)
	deputy := s.Add(t, "Deputy", 2)
	wantErr(t, "another owner", s.AcceptLogBreak(t.Context(), deputy, storetest.Password, s.Code(), known, broken), data.ErrDenied)
	if got := stateOf(t, s, ahead); got.Intact() || len(got.Accepted) != 0 {
		t.Fatalf("after what was refused: %+v", got)
	}

	accept(t, s, ahead)
	check := func(when string) {
		t.Helper()
		got := stateOf(t, s, ahead)
		if !got.Intact() || got.Countersigned != got.Entries || len(got.Accepted) != 1 {
			t.Fatalf("%s: %+v", when, got)
		}
		if a := got.Accepted[0]; a.Break != data.LogShort || a.To != ahead.Seq || a.By != 1 || a.Entry == 0 {
			t.Errorf("%s: %+v", when, a)
		}
		if got := stateOf(t, s); !got.Intact() || len(got.Accepted) != 1 {
			t.Errorf("%s, with nothing known: %+v", when, got)
		}
	}
	check("accepted")
	for i := range 9 { // past the entry that the lost list ended with
		s.Fill(t, s.Owner, data.Phone(919850100000+1000*i), 1)
	}
	check("further on")
	s = reopen(t, s, unlock(t, s, 1))
	check("after a restart")
	wantErr(t, "once more", s.AcceptLogBreak(t.Context(), s.Owner, storetest.Password, s.Code(), known, broken), data.ErrNotFound)

	// Another head that doesn't fit is a break of its own.
	unknown := ahead
	unknown.Head = slices.Clone(ahead.Head)
	unknown.Head[3] ^= 1
	if got := stateOf(t, s, ahead, unknown); got.Break != data.LogKnown || len(got.Accepted) != 1 {
		t.Errorf("another head: %+v", got)
	}
	accept(t, s, ahead, unknown)
	if got := stateOf(t, s, ahead, unknown); !got.Intact() || len(got.Accepted) != 2 {
		t.Errorf("both accepted: %+v", got)
	}
}

// What was accepted hides nothing that is done to the log afterwards, before the
// entry of it or behind, chained anew or not.
func TestAnAcceptedBreakHidesNothing(t *testing.T) {
	s, ahead := rebuilt(t)
	accept(t, s, ahead)
	for i := range 4 {
		s.Clock.Add(time.Hour)
		s.Fill(t, s.Owner, data.Phone(919850100000+1000*i), 1)
	}
	w := witnessed{}
	if err := s.ExportAudit(t.Context(), s.Owner, func(e *data.Entry, c *data.Countersign) error {
		w.entries = append(w.entries, *e)
		if c != nil {
			w.signs = append(w.signs, *c)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	last := w.entries[len(w.entries)-1]
	w.key, w.pinned = w.signs[0].Key, last.Seq
	w.known = []data.KnownHead{ahead, {Seq: last.Seq, Head: last.Hash[:]}}
	if got := w.check(w.entries, w.signs); !got.Intact() || len(got.Accepted) != 1 {
		t.Fatalf("untouched: %+v", got)
	}
	_, stranger, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(4, 2))
	for range 3000 {
		a := w.attack(r, stranger)
		if got := w.check(a.entries, a.signs); got.Intact() {
			t.Errorf("%s at %d of %d: %+v", a.what, a.k, len(w.entries), got)
		}
	}
	for i := range w.entries { // one entry only, and the chain as it was
		list := slices.Clone(w.entries)
		list[i].Actor += 3
		if got := w.check(list, w.signs); got.Intact() {
			t.Errorf("entry %d changed in place: %+v", i+1, got)
		}
	}
}

// Whoever holds the data key can write an entry that says that a break was
// accepted, but not the Account Owner's signature.
func TestABreakIsAcceptedByTheOwnerAlone(t *testing.T) {
	s := storetest.New(t)
	w := witnessedLog(t, s)
	list := slices.Delete(slices.Clone(w.entries), 2, 3)
	rehash(list)
	signs := slices.DeleteFunc(slices.Clone(w.signs), func(c data.Countersign) bool { return c.Seq >= 3 })
	check := func(list []data.Entry) (data.LogState, *data.Acceptance) {
		c := data.NewLogCheck(w.key, signs, w.known)
		for i := range list {
			c.Next(&list[i])
		}
		return c.End(), c.Acceptance()
	}
	state, a := check(list)
	if state.Intact() || a == nil {
		t.Fatalf("one cut out: %+v", state)
	}
	_, stranger, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	last := list[len(list)-1]
	forged := data.Entry{
		Seq: last.Seq + 1, At: last.At, Actor: 1, Kind: data.AuditBreakAccepted, Prev: last.Hash,
		Facts: a.Facts(ed25519.Sign(stranger, a.Text(data.Witness{Entries: last.Seq, Head: last.Hash}))),
	}
	forged.Hash = forged.ChainHash()
	if got, _ := check(append(list, forged)); got.Intact() || len(got.Accepted) != 0 {
		t.Errorf("accepted by a stranger: %+v", got)
	}
}
