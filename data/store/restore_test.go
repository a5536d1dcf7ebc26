package store_test

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"lethe/data"
	"lethe/data/otp"
	"lethe/data/store"
	"lethe/data/store/sealed"
	"lethe/data/store/storetest"
)

// stage reads a backup of the list.
func stage(t *testing.T, s *storetest.Store, path string) *store.Restore {
	t.Helper()
	r, err := s.StageRestore(t.Context(), s.Owner, path, passphrase, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Discard(); err != nil {
			t.Error(err)
		}
	})
	return r
}

// restore restores a backup into the list, with an OTP, and cleans up.
func restore(t *testing.T, s *storetest.Store, r *store.Restore) data.RestoreReceipt {
	t.Helper()
	s.Clock.Add(2 * otp.Period)
	auth, err := s.Authorise(t.Context(), s.Owner, r, s.Code())
	if err != nil {
		t.Fatal(err)
	}
	receipt, residue, err := s.Restore(t.Context(), s.Owner, r, auth, restoreTexts)
	if err != nil {
		t.Fatal(err)
	}
	report, err := s.Scrub(t.Context(), residue, nil)
	if err != nil || report.State != data.ScrubChecked {
		t.Fatalf("%+v, %v", report, err)
	}
	if err := r.Discard(); err != nil {
		t.Fatal(err)
	}
	noCopies(t, s.Dir)
	return receipt
}

func restoreTexts(data.RestoreReceipt) (string, string) { return "Restored", "Counts only." }

// otpDelete deletes with an OTP where one is due, and cleans up.
func otpDelete(t *testing.T, s *storetest.Store, way data.Way, ids []data.CustomerID) {
	t.Helper()
	p := seal(t, s, s.Owner, way, ids)
	var auth *otp.Authorisation
	if p.Summary().OTPDue {
		s.Clock.Add(2 * otp.Period)
		var err error
		if auth, err = s.Authorise(t.Context(), s.Owner, p, s.Code()); err != nil {
			t.Fatal(err)
		}
	}
	mustDelete(t, s, s.Owner, p, auth)
}

func TestRoundTripOfAList(t *testing.T) {
	s := storetest.New(t)
	s.Enrol(t)
	s.Fill(t, s.Owner, 919820100000, 80)
	ids := s.IDs(t)
	if err := s.AddNote(t.Context(), s.Owner, ids[7], "Likes the window seat"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddSegment(t.Context(), s.Owner, data.Segment{Name: "Surat people"}); err != nil {
		t.Fatal(err)
	}
	before := rowsOf(t, s)
	path := backUp(t, s)
	// What follows is undone: another list of people, a note, a changed row.
	s.Fill(t, s.Owner, 919820200000, 20)
	if err := s.AddNote(t.Context(), s.Owner, ids[8], "Not to be remembered"); err != nil {
		t.Fatal(err)
	}
	if err := store.Exec(s.Store, "UPDATE customers SET name = 'Overwritten', version = version + 1 WHERE id <= 10"); err != nil {
		t.Fatal(err)
	}
	audit, err := s.Audit(t.Context(), s.Owner, 0)
	if err != nil {
		t.Fatal(err)
	}
	r := stage(t, s, path)
	p := r.Preview()
	if p.Held != 80 || p.Now != 100 || p.After != 80 || p.Go != 20 || p.Change != 10 || p.Come != 0 || p.Deleted != 0 ||
		!p.OTPSetUp || p.OwnerName != "Asha Sharma" || len(r.Goes()) != 20 {
		t.Errorf("preview: %+v", p)
	}
	receipt := restore(t, s, r)
	if receipt.RestorePreview != p || receipt.ByName != "Asha Sharma" {
		t.Errorf("%+v", receipt)
	}
	after := rowsOf(t, s)
	for i := range after { // all got a new version, so that old plans are stale
		if after[i].Version <= before[i].Version {
			t.Fatalf("version %d after %d", after[i].Version, before[i].Version)
		}
		after[i].Version = before[i].Version
	}
	if !reflect.DeepEqual(after, before) {
		t.Errorf("%d customers, and not as they were", len(after))
	}
	d, err := s.Details(t.Context(), s.Owner, ids[8])
	if err != nil || len(d.Notes) != 0 {
		t.Errorf("%+v, %v", d.Notes, err)
	}
	if d, err := s.Details(t.Context(), s.Owner, ids[7]); err != nil || len(d.Notes) != 1 {
		t.Errorf("%+v, %v", d.Notes, err)
	}
	if list, err := s.Segments(t.Context(), s.Owner); err != nil || len(list) != 1 {
		t.Errorf("%+v, %v", list, err)
	}
	// The audit log goes on, the mark starts anew, the owner is told.
	entries, err := s.Audit(t.Context(), s.Owner, 0)
	if err != nil || len(entries) <= len(audit) || !slices.ContainsFunc(entries, func(e data.Entry) bool { return e.Kind == data.AuditRestore }) {
		t.Errorf("%d entries after %d, %v", len(entries), len(audit), err)
	}
	slices.Reverse(entries)
	if at := data.VerifyChain([32]byte{}, entries); at != 0 {
		t.Errorf("the audit log breaks at %d", at)
	}
	if m, err := s.Mark(t.Context(), s.Owner); err != nil || m != data.NewMark(80) {
		t.Errorf("%+v, %v", m, err)
	}
	if out, err := s.Outbox(t.Context(), s.Owner); err != nil || len(out) != 2 || out[0].Subject != "Restored" {
		t.Errorf("%+v, %v", out, err)
	}
	// Ids go on from where they were.
	s.Fill(t, s.Owner, 919820300000, 1)
	if now := s.IDs(t); now[len(now)-1] != 101 {
		t.Errorf("the next id is %d", now[len(now)-1])
	}
	if got := names(t, s.Dir); !slices.Equal(got, []string{"customers-2.lethe"}) {
		t.Errorf("databases: %v", got)
	}
}

// needlesOf are the traces of made-up customers, live and not.
func needlesOf(base data.Phone, first, n int) *sealed.Needles {
	needles := sealed.NewNeedles()
	for i := first; i < first+n; i++ {
		row := storetest.Row(base, i)
		for _, text := range []string{row.Customer.Name, row.Customer.Email, row.Note, row.Customer.Phone.String()[1:]} {
			if text != "" {
				needles.Add([]byte(text), sealed.Anywhere)
				needles.Add([]byte(text), sealed.Unallocated)
			}
		}
		var b [8]byte
		binary.BigEndian.PutUint64(b[:], uint64(row.Customer.Phone))
		needles.Add(b[2:], sealed.Anywhere)
		needles.Add(b[2:], sealed.Unallocated)
	}
	return needles
}

// pages searches every page of the list, which is closed for it.
func pages(t *testing.T, dir string, needles *sealed.Needles) int {
	t.Helper()
	keys, err := store.Keys(dir)
	if err != nil {
		t.Fatal(err)
	}
	un, err := keys.Unlock(t.Context(), 1, storetest.Password)
	if err != nil {
		t.Fatal(err)
	}
	defer un.Wipe()
	for _, name := range filesIn(t, dir) { // nothing else may be there to be searched
		if name != "keys" && name != "lock" && name != keys.Database() && name != keys.Database()+"-wal" && name != keys.Database()+"-shm" {
			t.Errorf("%s is left in the data folder", name)
		}
	}
	r, err := sealed.Search(t.Context(), filepath.Join(dir, keys.Database()), un.DataKey(), needles, 3)
	if err != nil || r.Pages == 0 {
		t.Fatal(r.Pages, err)
	}
	return r.Found
}

// Customers are deleted by each of the four ways, and an older backup that
// holds them is restored: none of them is in the list, or in any page of its
// files. The backup holds them, so the search has something to find.
func TestNoRestoreBringsBackWhoWasDeleted(t *testing.T) {
	const n = 90
	for _, c := range []struct {
		way         data.Way
		first, gone int
	}{
		{data.WayOne, 40, 1},
		{data.WaySelected, 0, 15},
		{data.WayFiltered, 20, 20},
		{data.WayFiltered, 0, 70}, // most: by a new file
		{data.WayAll, 0, n},
	} {
		t.Run(string(c.way), func(t *testing.T) {
			s := storetest.New(t)
			s.Enrol(t)
			s.Fill(t, s.Owner, 919820100000, n)
			if _, err := s.AddSegment(t.Context(), s.Owner, data.Segment{Name: "Lakshmi Nagar people"}); err != nil {
				t.Fatal(err)
			}
			path := backUp(t, s)
			ids := s.IDs(t)
			otpDelete(t, s, c.way, ids[c.first:c.first+c.gone])
			s.Fill(t, s.Owner, 919820200000, 10)

			r := stage(t, s, path)
			if p := r.Preview(); p.Deleted != c.gone || p.After != n-c.gone || p.Go != 10 {
				t.Errorf("preview: %+v", p)
			}
			restore(t, s, r)
			want := slices.Delete(slices.Clone(ids), c.first, c.first+c.gone)
			if got := s.IDs(t); !slices.Equal(got, want) && len(got)+len(want) > 0 {
				t.Errorf("%d are there, not %d", len(got), len(want))
			}
			segments, err := s.Segments(t.Context(), s.Owner)
			if err != nil || (len(segments) == 0) != (c.way == data.WayAll) {
				t.Errorf("%d segments, %v", len(segments), err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if found := pages(t, s.Dir, needlesOf(919820100000, c.first, c.gone)); found != 0 {
				t.Errorf("%d traces of the deleted are in the files", found)
			}
			went := sealed.NewNeedles() // by number: their names are those of others too
			for i := range 10 {
				var b [8]byte
				binary.BigEndian.PutUint64(b[:], uint64(919820200001+i))
				went.Add(b[2:], sealed.Anywhere)
			}
			if found := pages(t, s.Dir, went); found != 0 {
				t.Errorf("%d traces of who went by the restore are in the files", found)
			}
			if c.gone < n {
				if found := pages(t, s.Dir, needlesOf(919820100000, (c.first+c.gone)%n, 1)); found == 0 {
					t.Error("one who came back is not found: the search is no good")
				}
			}
		})
	}
}

// The record and the list itself are two rules: each alone keeps the deleted
// out.
func TestEitherRuleAloneIsEnough(t *testing.T) {
	for name, harm := range map[string]string{
		"a deletion that was not written down":     "DELETE FROM gone",
		"a row put back behind the program's back": "INSERT INTO gone (kind, how, block, bits) SELECT kind, 'restore', block, bits FROM gone WHERE how = 'deleted'",
	} {
		t.Run(name, func(t *testing.T) {
			s := storetest.New(t)
			s.Enrol(t)
			s.Fill(t, s.Owner, 919820100000, 50)
			path := backUp(t, s)
			ids := s.IDs(t)
			otpDelete(t, s, data.WaySelected, ids[:5])
			if err := store.Exec(s.Store, harm); err != nil {
				t.Fatal(err)
			}
			r := stage(t, s, path)
			if p := r.Preview(); p.Deleted != 5 || p.Come != 0 || p.After != 45 {
				t.Errorf("%+v", p)
			}
			restore(t, s, r)
			if got := s.IDs(t); !slices.Equal(got, ids[5:]) {
				t.Errorf("%d are there", len(got))
			}
		})
	}
}

// A restore is no deletion: whom it takes away, a later backup brings back,
// unless they are deleted in the meantime or everybody is.
func TestWhatARestoreTookAwayALaterBackupBringsBack(t *testing.T) {
	s := storetest.New(t)
	s.Enrol(t)
	s.Fill(t, s.Owner, 919820100000, 40)
	monday := backUp(t, s)
	s.Fill(t, s.Owner, 919820200000, 30)
	tuesday := backUp(t, s)
	ids := s.IDs(t)
	restore(t, s, stage(t, s, monday))
	if got := s.IDs(t); !slices.Equal(got, ids[:40]) {
		t.Fatalf("%d are there", len(got))
	}
	otpDelete(t, s, data.WaySelected, ids[:3])
	r := stage(t, s, tuesday)
	if p := r.Preview(); p.Come != 30 || p.Deleted != 3 || p.After != 67 || p.Go != 0 {
		t.Errorf("%+v", p)
	}
	restore(t, s, r)
	if got := s.IDs(t); !slices.Equal(got, ids[3:]) {
		t.Fatalf("%d are there", len(got))
	}
	// Back again, they can be deleted, and then no backup brings them back.
	otpDelete(t, s, data.WaySelected, ids[50:60])
	restore(t, s, stage(t, s, monday))
	r = stage(t, s, tuesday)
	if p := r.Preview(); p.Deleted != 13 || p.Come != 20 {
		t.Errorf("%+v", p)
	}
	// Delete All takes those too whom a restore had put aside.
	if err := r.Discard(); err != nil {
		t.Fatal(err)
	}
	otpDelete(t, s, data.WayAll, nil)
	r = stage(t, s, tuesday)
	if p := r.Preview(); p.Come != 0 || p.After != 0 || p.Deleted != 70 {
		t.Errorf("%+v", p)
	}
	restore(t, s, r)
	if got := s.IDs(t); len(got) != 0 {
		t.Fatalf("%d are there", len(got))
	}
}

// A segment and a custom field that were deleted by hand stay deleted too,
// though the backup holds them; those that stayed are there.
func TestNoRestoreBringsBackADeletedSegmentOrField(t *testing.T) {
	s := storetest.New(t)
	ctx := t.Context()
	s.Enrol(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	for _, name := range []string{"Doomed", "Kept"} {
		if _, err := s.AddField(ctx, s.Owner, data.CustomField{Name: name, Kind: data.FieldText}); err != nil {
			t.Fatal(err)
		}
	}
	fields, err := s.Fields(ctx, s.Owner)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]int64{}
	for name, f := range map[string]data.Filter{
		"By hand": {}, "Kept": {},
		"Along with its field": {Conditions: []data.Condition{{Field: data.CustomFieldName(fields[0].ID), Op: data.OpIsSet}}},
	} {
		if ids[name], err = s.AddSegment(ctx, s.Owner, data.Segment{Name: name, Filter: f}); err != nil {
			t.Fatal(err)
		}
	}
	path := backUp(t, s)
	if err := s.DeleteSegment(ctx, s.Owner, ids["By hand"]); err != nil {
		t.Fatal(err)
	}
	use, err := s.FieldUse(ctx, s.Owner, fields[0].ID)
	if err == nil {
		err = s.RemoveField(ctx, s.Owner, fields[0].ID, use, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	// Written down, besides that the list no longer holds them.
	for _, kind := range []string{"segment", "field"} {
		var bits []byte
		if err := store.Ask(s.Store, "SELECT bits FROM gone WHERE how = 'deleted' AND block = 0 AND kind = '"+kind+"'", &bits); err != nil {
			t.Fatal(kind, err)
		}
		id := int64(fields[0].ID)
		if kind == "segment" {
			id = ids["By hand"]
		}
		if bits[id/8]&(1<<(id%8)) == 0 {
			t.Errorf("that the %s went is not written down", kind)
		}
	}
	r := stage(t, s, path)
	if p := r.Preview(); p.Segments.Come != 0 || p.Fields.Come != 0 {
		t.Errorf("preview: %+v", p)
	}
	restore(t, s, r)
	segments, err := s.Segments(ctx, s.Owner)
	if err != nil || len(segments) != 1 || segments[0].Name != "Kept" {
		t.Errorf("segments %+v, %v", segments, err)
	}
	if fields, err := s.Fields(ctx, s.Owner); err != nil || len(fields) != 1 || fields[0].Name != "Kept" {
		t.Errorf("fields %+v, %v", fields, err)
	}
}

func TestWhoOptedOutSinceStaysSo(t *testing.T) {
	s := storetest.New(t)
	s.Enrol(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	path := backUp(t, s)
	if err := store.Exec(s.Store, "UPDATE customers SET opt_out = 1, blocked = id = 2, version = version + 1 WHERE id IN (1, 2)"); err != nil {
		t.Fatal(err)
	}
	restore(t, s, stage(t, s, path))
	rows := rowsOf(t, s)
	if !rows[0].OptOut || rows[0].Blocked || !rows[1].OptOut || !rows[1].Blocked || rows[2].OptOut {
		t.Errorf("%+v", rows[:3])
	}
}

// Team, roles and passwords stay as they are: a restore must not bring back a
// member who was sent away.
func TestARestoreLeavesTheTeamAlone(t *testing.T) {
	s := storetest.New(t)
	s.Enrol(t)
	ravi := s.Add(t, "Ravi", 4)
	s.Fill(t, s.Owner, 919820100000, 30)
	if err := store.Exec(s.Store, "UPDATE customers SET agent = ? WHERE id <= 2", int64(ravi.User())); err != nil {
		t.Fatal(err)
	}
	path := backUp(t, s)
	neha := s.Add(t, "Neha", 2)
	const next = "an even longer horse"
	if err := s.ChangePassword(t.Context(), s.Owner, storetest.Password, next); err != nil {
		t.Fatal(err)
	}
	if err := store.Exec(s.Store, "UPDATE users SET active = 0 WHERE id = ?", int64(ravi.User())); err != nil {
		t.Fatal(err)
	}
	if err := store.Exec(s.Store, "UPDATE customers SET agent = ? WHERE id = 1", int64(neha.User())); err != nil {
		t.Fatal(err)
	}
	restore(t, s, stage(t, s, path))
	if _, err := s.Rights(t.Context(), ravi); err == nil {
		t.Error("who was sent away is back")
	}
	if _, err := s.Rights(t.Context(), neha); err != nil {
		t.Errorf("who came since: %v", err)
	}
	if err := s.CheckPassword(t.Context(), s.Owner, next); err != nil {
		t.Errorf("the password: %v", err)
	}
	rows := rowsOf(t, s)
	if rows[0].Agent != neha.User() || rows[1].Agent != 0 {
		t.Errorf("agents %d and %d", rows[0].Agent, rows[1].Agent)
	}
}

func TestARestoreTakesTheAccountOwnerAndAnOTP(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	path := backUp(t, s)
	r := stage(t, s, path)
	if p := r.Preview(); p.OTPSetUp {
		t.Errorf("%+v", p)
	}
	if _, _, err := s.Restore(t.Context(), s.Owner, r, nil, nil); !errors.Is(err, data.ErrOTPNotSetUp) {
		t.Errorf("not set up: %v", err)
	}
	s.Enrol(t)
	if _, _, err := s.Restore(t.Context(), s.Owner, r, nil, nil); !errors.Is(err, data.ErrOTPNeeded) {
		t.Errorf("without: %v", err)
	}
	var wrong *data.OTPWrong
	if _, err := s.Authorise(t.Context(), s.Owner, r, "12"); !errors.As(err, &wrong) {
		t.Errorf("wrong: %v", err)
	}
	deputy := s.Add(t, "Deputy", 2)
	if _, err := s.StageRestore(t.Context(), deputy, path, passphrase, nil); !errors.Is(err, data.ErrDenied) {
		t.Errorf("an Owner: %v", err)
	}
	if _, err := s.Authorise(t.Context(), deputy, r, s.Code()); !errors.Is(err, data.ErrDenied) {
		t.Errorf("an Owner: %v", err)
	}

	// An OTP for another restore, or for a deletion, is not one for this.
	other := stage(t, s, path)
	auth, err := s.Authorise(t.Context(), s.Owner, seal(t, s, s.Owner, data.WaySelected, s.IDs(t)[:25]), s.Code())
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Restore(t.Context(), s.Owner, other, auth, nil); !errors.Is(err, data.ErrAuthorisation) {
		t.Errorf("of a deletion: %v", err)
	}

	// The list changed: the preview is not what would happen any more.
	s.Clock.Add(2 * otp.Period)
	if auth, err = s.Authorise(t.Context(), s.Owner, r, s.Code()); err != nil {
		t.Fatal(err)
	}
	if err := s.AddNote(t.Context(), s.Owner, s.IDs(t)[0], "Changed meanwhile"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Restore(t.Context(), s.Owner, r, auth, nil); !errors.Is(err, data.ErrStalePlan) {
		t.Errorf("changed: %v", err)
	}
	if err := r.Discard(); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Restore(t.Context(), s.Owner, r, auth, nil); !errors.Is(err, data.ErrAuthorisation) {
		t.Errorf("discarded: %v", err)
	}
	if got := names(t, s.Dir); !slices.Equal(got, []string{"customers-1.lethe"}) {
		t.Errorf("databases: %v", got)
	}
	if len(s.IDs(t)) != 30 {
		t.Error("and yet something was restored")
	}
}

func TestBackupsThatThisListDidNotMake(t *testing.T) {
	s, other := storetest.New(t), storetest.New(t)
	s.Enrol(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	other.Fill(t, other.Owner, 919820100000, 30)
	foreign, own := backUp(t, other), backUp(t, s)
	for _, c := range []struct {
		name, path, passphrase string
		want                   error
	}{
		{"of another list", foreign, passphrase, data.ErrForeignBackup},
		{"wrong passphrase", own, "eight camels in a row", data.ErrWrongPassphrase},
		{"no file", own + "x", passphrase, os.ErrNotExist},
		{"a folder", filepath.Dir(own), passphrase, data.ErrNotBackup},
	} {
		if _, err := s.StageRestore(t.Context(), s.Owner, c.path, c.passphrase, nil); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	content, err := os.ReadFile(own)
	if err != nil {
		t.Fatal(err)
	}
	for at := 50; at < len(content); at += len(content)/40 + 1 {
		harmed := slices.Clone(content)
		harmed[at] ^= 4
		path := filepath.Join(t.TempDir(), "harmed")
		if err := os.WriteFile(path, harmed, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := s.StageRestore(t.Context(), s.Owner, path, passphrase, nil)
		known := errors.Is(err, data.ErrBackupDamaged) || errors.Is(err, data.ErrForeignBackup) || errors.Is(err, data.ErrNotBackup)
		if !known {
			t.Errorf("byte %d of %d changed: %v", at, len(content), err)
		}
		if err := os.WriteFile(path, content[:at], 0o600); err != nil {
			t.Fatal(err)
		}
		_, err = s.StageRestore(t.Context(), s.Owner, path, passphrase, nil)
		if !errors.Is(err, data.ErrBackupDamaged) {
			t.Errorf("cut at %d of %d: %v", at, len(content), err)
		}
	}
	noCopies(t, s.Dir)
	if moved := own + ".moved"; os.Rename(own, moved) == nil { // where it lies doesn't matter
		stage(t, s, moved)
	}
}

// Two lists that have a common past: what one made after they parted is not the
// other's. Their ids are those of other people.
func TestABackupOfAnotherLifeOfTheListIsForeign(t *testing.T) {
	s := storetest.New(t)
	s.Enrol(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	early := t.TempDir()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(early, os.DirFS(s.Dir)); err != nil {
		t.Fatal(err)
	}
	reopen := func(dir string) *storetest.Store {
		keys, err := store.Keys(dir)
		if err != nil {
			t.Fatal(err)
		}
		un, err := keys.Unlock(t.Context(), 1, storetest.Password)
		if err != nil {
			t.Fatal(err)
		}
		again := &storetest.Store{Clock: s.Clock, Dir: dir, Secret: s.Secret}
		if again.Store, again.Owner, err = store.Open(t.Context(), again.Options(), un); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := again.Close(); err != nil {
				t.Error(err)
			}
		})
		return again
	}
	one, two := reopen(s.Dir), reopen(early)
	one.Fill(t, one.Owner, 919820200000, 5)
	s.Clock.Add(time.Minute)
	two.Fill(t, two.Owner, 919820300000, 5)
	path := backUp(t, one)
	// Even if it were taken for one that this list made.
	var path2, mark, sum, key any
	row := "SELECT path, mark, sum, key FROM backups"
	if err := store.Ask(one.Store, row, &path2, &mark, &sum, &key); err != nil {
		t.Fatal(err)
	}
	if err := store.Exec(two.Store, `INSERT INTO backups (path, mark, sum, key, made, author, customers, last_id, changes, entries)
		VALUES (?, ?, ?, ?, 1, 1, 35, 35, 1, 1)`, path2, mark, sum, key); err != nil {
		t.Fatal(err)
	}
	if _, err := two.StageRestore(t.Context(), two.Owner, path, passphrase, nil); !errors.Is(err, data.ErrForeignBackup) {
		t.Error(err)
	}
	stage(t, one, path)
}

// Whoever knows the passphrase can write a file that opens: it is not taken for
// the backup that was made.
func TestAForgedBackupIsRefused(t *testing.T) {
	s := storetest.New(t)
	s.Enrol(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	path := backUp(t, s)
	if err := store.Exec(s.Store, "UPDATE backups SET sum = x'00'"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.StageRestore(t.Context(), s.Owner, path, passphrase, nil); !errors.Is(err, data.ErrBackupDamaged) {
		t.Error(err)
	}
	noCopies(t, s.Dir)
}

func TestEveryTableHasItsPlaceInARestore(t *testing.T) {
	s := storetest.New(t)
	tables, err := store.Tables(t.Context(), s.Store)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range tables {
		restored, staying := slices.Contains(store.RestoredTables, name), slices.Contains(store.StayingTables, name)
		if restored == staying {
			t.Errorf("table %s: say in data/store/restoretables.go whether it is the list's content, which comes from the backup, or the store's own, which stays", name)
		}
	}
	for _, name := range slices.Concat(store.RestoredTables, store.StayingTables) {
		if !slices.Contains(tables, name) {
			t.Errorf("there is no table %s", name)
		}
	}
}
