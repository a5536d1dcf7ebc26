package store_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/otp"
	"lethe/data/store"
	"lethe/data/store/sealed"
	"lethe/data/store/storetest"
)

// The script is a life of a list in which all happens that changes its files.
// It is cut off at every place, by a kill or by a power failure, and what the
// next start finds is held against what was promised before and after each act.

const (
	scriptFirst = data.Phone(919820100000)
	scriptCount = 60
	otherWords  = "thirteen grey herons"
	thirdWords  = "a ladder in the orchard"
)

var scriptSecret = otp.Secret("12345678901234567890")

// scriptRecovery is the recovery key of the list with which the script began.
var scriptRecovery string

// promise is what holds once an act has returned.
type promise struct {
	Count    int    // customers
	Gone     int    // of the first ones: their values are nowhere
	Password string // of the Account Owner, who is:
	Owner    data.UserID
	Ravi     string // his password, "" if he may not come in
}

// act is one step, and what holds after it; the rest holds as before.
type act struct {
	name string
	do   func(context.Context, *storetest.Store) error
	then func(*promise)
}

func script() []act {
	remove := func(way data.Way, from, to int, scrub bool) func(context.Context, *storetest.Store) error {
		return func(ctx context.Context, s *storetest.Store) error {
			ids, err := scriptIDs(ctx, s)
			if err != nil {
				return err
			}
			changes, err := s.Changes(ctx, s.Owner)
			if err != nil {
				return err
			}
			p, err := s.Seal(ctx, s.Owner, store.SealRequest{Way: way, IDs: ids[from:to], Changes: changes})
			if err != nil {
				return err
			}
			var auth *otp.Authorisation
			if p.Summary().OTPDue {
				s.Clock.Add(otp.Period)
				if auth, err = s.Authorise(ctx, s.Owner, p, s.Code()); err != nil {
					return err
				}
			}
			_, residue, err := s.Delete(ctx, s.Owner, p, auth, texts, nil)
			if err != nil || !scrub {
				return err
			}
			_, err = s.Scrub(ctx, residue, nil)
			return err
		}
	}
	return []act{
		{"notes", func(ctx context.Context, s *storetest.Store) error {
			for id := range data.CustomerID(20) {
				if err := s.AddNote(ctx, s.Owner, id+30, fmt.Sprintf("The note number %06d of a customer", id)); err != nil {
					return err
				}
			}
			return nil
		}, func(*promise) {}},
		{"delete one", remove(data.WayOne, 0, 1, true), func(p *promise) { p.Count, p.Gone = 59, 1 }},
		{"in by the recovery key", func(ctx context.Context, s *storetest.Store) error {
			if err := enterByRecovery(ctx, s); err != nil {
				return err
			}
			_, err := s.RecoverPassword(ctx, s.Owner, thirdWords)
			return err
		}, func(p *promise) { p.Password = thirdWords }},
		{"password", func(ctx context.Context, s *storetest.Store) error {
			return s.ChangePassword(ctx, s.Owner, thirdWords, fresh)
		}, func(p *promise) { p.Password = fresh }},
		{"delete some", remove(data.WaySelected, 0, 15, true), func(p *promise) { p.Count, p.Gone = 44, 16 }},
		{"turn the key", func(ctx context.Context, s *storetest.Store) error { return s.TurnKey(ctx, s.Owner, nil) }, func(*promise) {}},
		{"add a member", func(ctx context.Context, s *storetest.Store) error {
			_, err := s.AddUser(ctx, s.Owner, fresh, data.User{Name: "Late", Role: 2}, storetest.Password)
			return err
		}, func(*promise) {}},
		{"reset a password", func(ctx context.Context, s *storetest.Store) error {
			return s.ResetPassword(ctx, s.Owner, fresh, 2, otherWords)
		}, func(p *promise) { p.Ravi = otherWords }},
		{"delete three, cleaned up later", remove(data.WaySelected, 0, 3, false), func(p *promise) { p.Count, p.Gone = 41, 19 }},
		{"clean up", func(ctx context.Context, s *storetest.Store) error {
			_, _, err := s.ResumeScrub(ctx)
			return err
		}, func(*promise) {}},
		{"recovery key", func(ctx context.Context, s *storetest.Store) error {
			s.Clock.Add(otp.Period)
			_, err := s.NewRecoveryKey(ctx, s.Owner, fresh, s.Code())
			return err
		}, func(*promise) {}},
		{"delete most", remove(data.WayFiltered, 0, 30, true), func(p *promise) { p.Count, p.Gone = 11, 49 }},
		{"deactivate", func(ctx context.Context, s *storetest.Store) error {
			return s.DeactivateUser(ctx, s.Owner, fresh, 2)
		}, func(p *promise) { p.Ravi = "" }},
		{"remove a member", func(ctx context.Context, s *storetest.Store) error {
			return s.RemoveUser(ctx, s.Owner, fresh, 2, 0)
		}, func(*promise) {}},
		{"transfer", func(ctx context.Context, s *storetest.Store) error {
			s.Clock.Add(otp.Period)
			if _, err := s.TransferOwnership(ctx, s.Owner, store.Transfer{
				To: 3, Password: fresh, Code: s.Code(), NewPassword: storetest.Password,
				Secret: scriptSecret, NewCode: otp.CodeAt(scriptSecret, s.Clock.Now()),
			}); err != nil {
				return err
			}
			return enter(ctx, s, 3, storetest.Password)
		}, func(p *promise) { p.Owner, p.Password = 3, storetest.Password }},
		{"delete all", remove(data.WayAll, 0, 0, true), func(p *promise) { p.Count, p.Gone = 0, scriptCount }},
	}
}

// promises are what holds before the first act and after each.
func promises() []promise {
	p := promise{Count: scriptCount, Password: storetest.Password, Owner: 1, Ravi: storetest.Password}
	out := []promise{p}
	for _, a := range script() {
		a.then(&p)
		out = append(out, p)
	}
	return out
}

// enter signs somebody in as the one who acts.
func enter(ctx context.Context, s *storetest.Store, id data.UserID, password string) error {
	keys, err := store.Keys(s.Dir)
	if err != nil {
		return err
	}
	un, err := keys.Unlock(ctx, id, password)
	if err != nil {
		return err
	}
	s.Owner, err = s.SignIn(ctx, un)
	return err
}

func enterByRecovery(ctx context.Context, s *storetest.Store) error {
	keys, err := store.Keys(s.Dir)
	if err != nil {
		return err
	}
	un, err := keys.Recover(scriptRecovery)
	if err != nil {
		return err
	}
	s.Owner, err = s.SignIn(ctx, un)
	return err
}

func scriptIDs(ctx context.Context, s *storetest.Store) ([]data.CustomerID, error) {
	var ids []data.CustomerID
	err := s.Customers(ctx, s.Owner, func(r *data.Row) error {
		ids = append(ids, r.ID)
		return nil
	})
	slices.Sort(ids)
	return ids, err
}

// scriptFolder makes the list with which the script begins, closed.
func scriptFolder(t *testing.T) string {
	t.Helper()
	s := storetest.New(t)
	s.Fill(t, s.Owner, scriptFirst, scriptCount)
	s.Add(t, "Ravi", 2)
	scriptRecovery = s.Recovery.String()
	if err := s.EnrolOTP(t.Context(), s.Owner, storetest.Password, scriptSecret, otp.CodeAt(scriptSecret, s.Clock.Now()), ""); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return s.Dir
}

// openScript opens a folder as the Account Owner before an act.
func openScript(ctx context.Context, dir string, act int, id data.UserID, password string) (*storetest.Store, error) {
	s := &storetest.Store{Clock: storetest.NewClock(), Dir: dir, Secret: scriptSecret}
	s.Clock.Add(time.Duration(100*act+10) * otp.Period) // so that every OTP is a new one
	keys, err := store.Keys(dir)
	if err != nil {
		return nil, err
	}
	un, err := keys.Unlock(ctx, id, password)
	if err != nil {
		return nil, err
	}
	s.Store, s.Owner, err = store.Open(ctx, s.Options(), un)
	return s, err
}

// runScript does the acts from one on, one after the other, and tells before and
// after each of them its number.
func runScript(ctx context.Context, dir string, from int, tell func(what string, act int)) error {
	p := promises()[from]
	s, err := openScript(ctx, dir, from, p.Owner, p.Password)
	if err != nil {
		return err
	}
	for i, a := range script() {
		if i < from {
			continue
		}
		tell("begin", i)
		if err := a.do(ctx, s); err != nil {
			return errors.Join(fmt.Errorf("%s: %w", a.name, err), s.Close())
		}
		tell("done", i)
	}
	return s.Close()
}

// verdict is what the next start found.
type verdict struct {
	deleted bool // the act that was under way had been done
	resumed bool // a clean-up was taken up
}

// holds looks at a folder whose program ended within the act of number within,
// or after the last if that is their count, and answers what is not as it was
// promised before or after it.
func holds(ctx context.Context, dir string, within int) (verdict, error) {
	var v verdict
	all := promises()
	before, after := all[within], all[min(within+1, len(all)-1)]
	s, p, err := openEither(ctx, dir, within, before, after)
	if err != nil {
		return v, fmt.Errorf("nobody comes in: %w", err)
	}
	n, err := scriptIDs(ctx, s)
	if err != nil {
		return v, errors.Join(err, s.Close())
	}
	gone := before.Gone
	switch len(n) {
	case before.Count:
	case after.Count:
		gone = after.Gone
		v.deleted = true
	default:
		return v, errors.Join(fmt.Errorf("%d customers, not %d or %d", len(n), before.Count, after.Count), s.Close())
	}
	if err := s.QuickCheck(ctx, s.Owner); err != nil {
		return v, errors.Join(err, s.Close())
	}
	if state, err := s.AuditState(ctx, s.Owner, nil); err != nil || !state.Intact() {
		return v, errors.Join(fmt.Errorf("the audit log: %+v, %w", state, err), s.Close())
	}
	// What is not pending was said to be checked: nothing may be left then.
	if v.resumed, _, err = s.ResumeScrub(ctx); err != nil {
		return v, errors.Join(err, s.Close())
	}
	if err := ravi(ctx, s, before, after); err != nil {
		return v, errors.Join(err, s.Close())
	}
	if err := s.Close(); err != nil {
		return v, err
	}
	return v, nothingOf(ctx, dir, p, gone)
}

// openEither opens the list as it was promised before or after an act: the
// passwords that counted then come in, those of both if it did not change.
func openEither(ctx context.Context, dir string, act int, before, after promise) (*storetest.Store, promise, error) {
	s, err := openScript(ctx, dir, act, before.Owner, before.Password)
	if err == nil {
		return s, before, nil
	}
	if after.Password == before.Password && after.Owner == before.Owner {
		return nil, before, err
	}
	s, err2 := openScript(ctx, dir, act, after.Owner, after.Password)
	if err2 != nil {
		return nil, before, errors.Join(err, err2)
	}
	return s, after, nil
}

func ravi(ctx context.Context, s *storetest.Store, before, after promise) error {
	in := func(password string) error {
		keys, err := store.Keys(s.Dir)
		if err != nil {
			return err
		}
		un, err := keys.Unlock(ctx, 2, password)
		if err != nil {
			return err
		}
		_, err = s.SignIn(ctx, un)
		return err
	}
	errs := map[string]error{}
	for _, p := range []promise{before, after} {
		password := p.Ravi
		if password == "" {
			password = before.Ravi
			if password == "" {
				password = otherWords
			}
		}
		err := in(password)
		if (err == nil) == (p.Ravi != "") {
			return nil
		}
		errs[p.Ravi] = err
	}
	return fmt.Errorf("a member comes in as neither before nor after: %v", errs)
}

// nothingOf searches every page for the values of the first customers, which
// are gone, and for those of another who stays, to see that it would find them.
func nothingOf(ctx context.Context, dir string, p promise, gone int) error {
	keys, err := account.Load(dir)
	if err != nil {
		return err
	}
	un, err := keys.Unlock(ctx, p.Owner, p.Password)
	if err != nil {
		return err
	}
	key := un.DataKey()
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if name := e.Name(); name != keys.Database() && name != account.FileName && name != "lock" && !strings.HasPrefix(name, "ballast") {
			return fmt.Errorf("%s is left in the folder", name)
		}
	}
	found := func(from, to int) (int, error) {
		needles := sealed.NewNeedles()
		for i := from; i < to; i++ {
			for _, v := range valuesOfRow(i) {
				needles.Add(v, sealed.Anywhere)
			}
		}
		r, err := sealed.Search(ctx, filepath.Join(dir, keys.Database()), key, needles, 3)
		return r.Found, err
	}
	if n, err := found(0, gone); err != nil || n != 0 {
		return fmt.Errorf("%d values of %d deleted customers, %w", n, gone, err)
	}
	if gone < scriptCount {
		if n, err := found(scriptCount-1, scriptCount); err != nil || n < 3 {
			return fmt.Errorf("only %d values of one who stays, %w", n, err)
		}
	}
	return nil
}

// valuesOfRow are the byte strings that the i-th customer of a Fill leaves.
func valuesOfRow(i int) [][]byte {
	row := storetest.Row(scriptFirst, i)
	phone := uint64(row.Customer.Phone)
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], phone)
	out := [][]byte{[]byte(row.Customer.Name), []byte(row.Customer.Email), b[2:], []byte(strconv.FormatUint(phone, 10))}
	if row.Note != "" {
		out = append(out, []byte(row.Note))
	}
	return out
}

// copyTo copies the files of a folder.
func copyTo(t *testing.T, from, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil && !errors.Is(err, fs.ErrExist) {
		t.Fatal(err)
	}
}

// The script itself, undisturbed, with every promise looked at.
func TestTheScriptHolds(t *testing.T) {
	dir := scriptFolder(t)
	acts := len(script())
	if err := runScript(t.Context(), dir, 0, func(string, int) {}); err != nil {
		t.Fatal(err)
	}
	v, err := holds(t.Context(), dir, acts)
	if err != nil || v.resumed {
		t.Errorf("%+v, %v", v, err)
	}
}
