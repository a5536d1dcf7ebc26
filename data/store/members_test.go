package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/otp"
	"lethe/data/store"
	"lethe/data/store/sealed"
	"lethe/data/store/storetest"
)

// slotOf tells whether the keys file has a slot for somebody.
func slotOf(t *testing.T, s *storetest.Store, id data.UserID) (name string, ok bool) {
	t.Helper()
	keys, err := store.Keys(s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range keys.Members() {
		if m.ID == id {
			return m.Name, true
		}
	}
	return "", false
}

func TestAPasswordThatIsResetOpensAndMustBeChanged(t *testing.T) {
	s := storetest.New(t)
	ravi := s.Add(t, "Ravi", 4)
	if err := s.ChangePassword(t.Context(), ravi, storetest.Password, fresh); err != nil {
		t.Fatal(err)
	}
	var bad *account.PasswordProblem
	if err := s.ResetPassword(t.Context(), s.Owner, storetest.Password, ravi.User(), "short"); !errors.As(err, &bad) {
		t.Errorf("one that won't do: %v", err)
	}
	if err := s.ResetPassword(t.Context(), s.Owner, storetest.Password, ravi.User(), storetest.Password); err != nil {
		t.Fatal(err)
	}
	_, err := s.Rights(t.Context(), ravi)
	wantErr(t, "the session before", err, data.ErrSignedOut)
	ravi = s.SignInAs(t, ravi.User())
	if u, _, err := s.Me(t.Context(), ravi); err != nil || !u.MustChangePassword {
		t.Errorf("%+v, %v", u, err)
	}
	reopen(t, s, unlock(t, s, ravi.User()))
}

func TestDeactivatedAndBack(t *testing.T) {
	s := storetest.New(t)
	ravi := s.Add(t, "Ravi", 4)
	before := keysOf(t, s)
	un := unlock(t, s, ravi.User())
	if err := s.DeactivateUser(t.Context(), s.Owner, storetest.Password, ravi.User()); err != nil {
		t.Fatal(err)
	}
	if _, ok := slotOf(t, s, ravi.User()); ok {
		t.Error("the slot is left")
	}
	_, err := s.Rights(t.Context(), ravi)
	wantErr(t, "the session", err, data.ErrSignedOut)
	_, err = s.SignIn(t.Context(), un)
	wantErr(t, "with what was unlocked before", err, data.ErrDeactivated)
	wantErr(t, "a password for the deactivated", s.ResetPassword(t.Context(), s.Owner, storetest.Password, ravi.User(), fresh), data.ErrDeactivated)

	// The crash before the keys file was written: the next start removes the slot.
	putKeys(t, s, before)
	s = reopen(t, s, unlock(t, s, 1))
	if _, ok := slotOf(t, s, ravi.User()); ok {
		t.Error("the slot is left after the next start")
	}
	wantErr(t, "who is active already", s.ActivateUser(t.Context(), s.Owner, storetest.Password, 1, fresh), data.ErrDenied)
	if err := s.ActivateUser(t.Context(), s.Owner, storetest.Password, ravi.User(), fresh); err != nil {
		t.Fatal(err)
	}
	wantErr(t, "twice", s.ActivateUser(t.Context(), s.Owner, storetest.Password, ravi.User(), fresh), data.ErrConflict)
	reopen(t, s, unlockWith(t, s, ravi.User(), fresh))
}

func TestRemoved(t *testing.T) {
	s := storetest.New(t)
	ravi, meena := s.Add(t, "Ravi", 4), s.Add(t, "Meena", 4)
	s.Fill(t, s.Owner, 919820100000, 6)
	if err := store.Exec(s.Store, "UPDATE customers SET agent = ? WHERE id <= 3", int64(ravi.User())); err != nil {
		t.Fatal(err)
	}
	if err := store.Exec(s.Store, "UPDATE users SET phone = 919811111111, email = 'ravi@example.com' WHERE id = ?", int64(ravi.User())); err != nil {
		t.Fatal(err)
	}
	wantErr(t, "handed to nobody known", s.RemoveUser(t.Context(), s.Owner, storetest.Password, ravi.User(), 99), data.ErrNotFound)
	wantErr(t, "handed to themselves", s.RemoveUser(t.Context(), s.Owner, storetest.Password, ravi.User(), ravi.User()), data.ErrNotFound)
	before, err := s.Changes(t.Context(), s.Owner)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RemoveUser(t.Context(), s.Owner, storetest.Password, ravi.User(), meena.User()); err != nil {
		t.Fatal(err)
	}
	if after, err := s.Changes(t.Context(), s.Owner); err != nil || after == before {
		t.Errorf("the change counter stays at %d, %v", after, err)
	}
	var n int
	if err := store.Ask(s.Store, "SELECT count(*) FROM customers WHERE agent = 3", &n); err != nil || n != 3 {
		t.Errorf("%d handed over, %v", n, err)
	}
	members, err := s.Members(t.Context(), s.Owner)
	if err != nil || len(members) != 2 {
		t.Errorf("%+v, %v", members, err)
	}
	former, err := s.FormerMembers(t.Context(), s.Owner)
	if err != nil || len(former) != 1 || former[0].Name != "Ravi" || former[0].Phone != 0 || former[0].Email != "" {
		t.Errorf("%+v, %v", former, err)
	}
	if _, ok := slotOf(t, s, ravi.User()); ok {
		t.Error("the slot is left")
	}
	for what, err := range map[string]error{
		"activated":   s.ActivateUser(t.Context(), s.Owner, storetest.Password, ravi.User(), fresh),
		"reset":       s.ResetPassword(t.Context(), s.Owner, storetest.Password, ravi.User(), fresh),
		"removed":     s.RemoveUser(t.Context(), s.Owner, storetest.Password, ravi.User(), 0),
		"edited":      s.EditUser(t.Context(), s.Owner, storetest.Password, data.User{ID: ravi.User(), Name: "X"}),
		"deactivated": s.DeactivateUser(t.Context(), s.Owner, storetest.Password, ravi.User()),
	} {
		wantErr(t, what, err, data.ErrNotFound)
	}
	if next := s.Add(t, "Next", 4); next.User() == ravi.User() {
		t.Error("the id is used again")
	}
	reopen(t, s, unlock(t, s, 1))
}

func TestRenamed(t *testing.T) {
	s := storetest.New(t)
	ravi := s.Add(t, "Ravi", 4)
	before := keysOf(t, s)
	rename := func(a *store.Actor, name string) error {
		return s.EditUser(t.Context(), a, storetest.Password, data.User{ID: ravi.User(), Name: name})
	}
	for bad, want := range map[string]error{
		"": data.ErrNameNeeded, " \t\u200b": data.ErrNameNeeded, strings.Repeat("x", 2000): data.ErrNameLong,
	} {
		wantErr(t, "a name that won't do", rename(s.Owner, bad), want)
	}
	if err := rename(s.Owner, " Ravi Patil "); err != nil {
		t.Fatal(err)
	}
	if name, _ := slotOf(t, s, ravi.User()); name != "Ravi Patil" {
		t.Error(name)
	}
	putKeys(t, s, before) // the crash before the keys file
	s = reopen(t, s, unlock(t, s, 1))
	if name, _ := slotOf(t, s, ravi.User()); name != "Ravi Patil" {
		t.Errorf("after the next start: %s", name)
	}
	wantErr(t, "one's own, without the right", rename(s.SignInAs(t, ravi.User()), "Ravi P"), data.ErrDenied)
	if err := s.EditUser(t.Context(), s.Owner, storetest.Password, data.User{ID: 1, Name: "Asha S"}); err != nil {
		t.Errorf("one's own: %v", err)
	}
}

// Nobody does anything to the Account Owner, to themselves, or to somebody
// with more rights.
func TestNobodyManagesWhoMayMore(t *testing.T) {
	s := storetest.New(t)
	deputy, other := s.Add(t, "Deputy", 2), s.Add(t, "Other Owner", 2)
	manager := s.Add(t, "Manager", s.Role(t, "Manages", data.ManageTeam))
	more := s.Add(t, "More", s.Role(t, "More", data.ManageTeam, data.ViewOutbox))
	less := s.Add(t, "Less", s.Role(t, "Less", data.ViewTeam))
	before := keysOf(t, s)
	for _, c := range []struct {
		what string
		by   *store.Actor
		to   data.UserID
	}{
		{"the Account Owner", deputy, 1},
		{"oneself", deputy, deputy.User()},
		{"the Account Owner by themselves", s.Owner, 1},
		{"an Owner by who manages the team", manager, other.User()},
		{"somebody with more", manager, more.User()},
		{"without the right", less, manager.User()},
	} {
		wantErr(t, c.what+": password", s.ResetPassword(t.Context(), c.by, storetest.Password, c.to, fresh), data.ErrDenied)
		wantErr(t, c.what+": role", s.SetUserRole(t.Context(), c.by, storetest.Password, c.to, 4), data.ErrDenied)
		wantErr(t, c.what+": deactivate", s.DeactivateUser(t.Context(), c.by, storetest.Password, c.to), data.ErrDenied)
		wantErr(t, c.what+": activate", s.ActivateUser(t.Context(), c.by, storetest.Password, c.to, fresh), data.ErrDenied)
		wantErr(t, c.what+": remove", s.RemoveUser(t.Context(), c.by, storetest.Password, c.to, 0), data.ErrDenied)
		if c.by.User() != c.to {
			wantErr(t, c.what+": edit", s.EditUser(t.Context(), c.by, storetest.Password, data.User{ID: c.to, Name: "X"}), data.ErrDenied)
		}
	}
	if string(keysOf(t, s)) != string(before) {
		t.Error("the keys file was changed")
	}
	if err := s.ResetPassword(t.Context(), manager, storetest.Password, less.User(), fresh); err != nil {
		t.Errorf("who may less: %v", err)
	}
	if err := s.DeactivateUser(t.Context(), deputy, storetest.Password, other.User()); err != nil {
		t.Errorf("an Owner by an Owner: %v", err)
	}
}

func TestTurnKey(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 300)
	ravi := s.Add(t, "Ravi", 4)
	gone := s.Add(t, "Gone", 4)
	oldKeys, oldFiles := keysOf(t, s), databases(t, s)
	goneUn := unlock(t, s, gone.User())
	if err := s.RemoveUser(t.Context(), s.Owner, storetest.Password, gone.User(), 0); err != nil {
		t.Fatal(err)
	}
	room, err := s.TurnRoom(t.Context(), s.Owner)
	if err != nil || room.Needed < 4<<20 || !room.Enough() {
		t.Errorf("%+v, %v", room, err)
	}
	wantErr(t, "without the right", s.TurnKey(t.Context(), ravi, nil), data.ErrDenied)
	var stages []store.TurnProgress
	if err := s.TurnKey(t.Context(), s.Owner, func(p store.TurnProgress) { stages = append(stages, p) }); err != nil {
		t.Fatal(err)
	}
	last := stages[len(stages)-1]
	if stages[0].Total != 300 || last.Stage != store.TurnRemoving || stages[len(stages)-2].Done != 300 {
		t.Errorf("%+v", stages)
	}
	now := databases(t, s)
	if len(now) != 1 || now[0] == oldFiles[0] {
		t.Errorf("%v, then %v", oldFiles, now)
	}
	if key := goneUn.DataKey(); keyFits(t, s, key) {
		t.Error("the key of before opens the list")
	}
	if n := len(s.IDs(t)); n != 300 {
		t.Errorf("%d customers", n)
	}
	// Everybody else comes in as before, in this process and in the next.
	s.SignInAs(t, ravi.User())
	s = reopen(t, s, unlock(t, s, ravi.User()))
	s = reopen(t, s, recover1(t, s, s.Recovery))
	putKeys(t, s, oldKeys)
	keys, err := store.Keys(s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	un, err := keys.Unlock(t.Context(), gone.User(), storetest.Password)
	if err != nil {
		t.Fatal(err)
	}
	if keyFits(t, s, un.DataKey()) {
		t.Error("the keys file of before opens the list")
	}
}

func TestTurnKeyNeedsRoomFirst(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	store.SetFreeRoom(t, 1000)
	before := databases(t, s)
	wantErr(t, "no room", s.TurnKey(t.Context(), s.Owner, nil), data.ErrDiskFull)
	if after := databases(t, s); len(after) != 1 || after[0] != before[0] {
		t.Errorf("%v, then %v", before, after)
	}
	if room, err := s.TurnRoom(t.Context(), s.Owner); err != nil || room.Enough() {
		t.Errorf("%+v, %v", room, err)
	}
}

func databases(t *testing.T, s *storetest.Store) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(s.Dir, "customers-*.lethe"))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestTransferOwnership(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 40)
	s.Enrol(t)
	next := s.Add(t, "Meena", 2)
	if err := s.ChangePassword(t.Context(), next, storetest.Password, fresh); err != nil {
		t.Fatal(err)
	}
	secret := otp.Secret("12345678901234567890")
	req := func(change func(*store.Transfer)) store.Transfer {
		r := store.Transfer{
			To: next.User(), Password: storetest.Password, Code: s.Code(),
			NewPassword: fresh, Secret: secret, NewCode: otp.CodeAt(secret, s.Clock.Now()),
		}
		change(&r)
		return r
	}
	before := keysOf(t, s)
	var wrong *data.OTPWrong
	for what, c := range map[string]struct {
		a    *store.Actor
		want error
		req  store.Transfer
	}{
		"by somebody else":     {next, data.ErrDenied, req(func(r *store.Transfer) { r.Password = fresh })},
		"a wrong password":     {s.Owner, data.ErrWrongPassword, req(func(r *store.Transfer) { r.Password = "wrong password" })},
		"their wrong password": {s.Owner, store.ErrNewOwnerPassword, req(func(r *store.Transfer) { r.NewPassword = "wrong password" })},
		"to oneself":           {s.Owner, data.ErrDenied, req(func(r *store.Transfer) { r.To = 1 })},
		"to nobody":            {s.Owner, data.ErrNotFound, req(func(r *store.Transfer) { r.To = 77 })},
	} {
		_, err := s.TransferOwnership(t.Context(), c.a, c.req)
		wantErr(t, what, err, c.want)
	}
	if _, err := s.TransferOwnership(t.Context(), s.Owner, req(func(r *store.Transfer) { r.NewCode = "000000" })); !errors.As(err, &wrong) {
		t.Errorf("a wrong OTP of the new authenticator: %v", err)
	}
	if _, err := s.TransferOwnership(t.Context(), s.Owner, req(func(r *store.Transfer) { r.Code = "000000" })); !errors.As(err, &wrong) {
		t.Errorf("a wrong OTP: %v", err)
	}
	var early *data.PasswordWait
	for range 5 { // nor is it a place to guess the other's password at
		_, err := s.TransferOwnership(t.Context(), s.Owner, req(func(r *store.Transfer) { r.NewPassword = "wrong password" }))
		if errors.As(err, &early) {
			break
		}
		wantErr(t, "their wrong password", err, store.ErrNewOwnerPassword)
	}
	if early == nil {
		t.Error("guesses at the other’s password needn’t wait")
	}
	s.Clock.Add(2 * otp.Period)
	if string(keysOf(t, s)) != string(before) {
		t.Fatal("the keys file was changed")
	}
	recovery, err := s.TransferOwnership(t.Context(), s.Owner, req(func(*store.Transfer) {}))
	if err != nil {
		t.Fatal(err)
	}
	for a, kind := range map[*store.Actor]data.RoleKind{s.Owner: data.Owner, next: data.AccountOwner} {
		if _, r, err := s.Me(t.Context(), a); err != nil || r.Kind != kind {
			t.Errorf("%v, %v; want %s", r.Kind, err, kind)
		}
	}
	keys, err := store.Keys(s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = keys.Recover(s.Recovery.String())
	wantErr(t, "the recovery key of before", err, data.ErrWrongRecovery)
	_, err = s.NewRecoveryKey(t.Context(), s.Owner, storetest.Password, "")
	wantErr(t, "a recovery key for who was it", err, data.ErrDenied)
	oldPhone := s.Secret
	s.Secret = secret
	old := *s
	s = reopen(t, &old, unlockWith(t, s, next.User(), fresh))
	if _, r, err := s.Me(t.Context(), s.Owner); err != nil || r.Kind != data.AccountOwner {
		t.Errorf("%v, %v", r, err)
	}
	if n := len(s.IDs(t)); n != 40 {
		t.Errorf("%d customers", n)
	}
	if state, err := s.AuditState(t.Context(), s.Owner, nil); err != nil || !state.Intact() {
		t.Errorf("the audit log: %+v, %v", state, err)
	}
	if un := recover1(t, s, recovery); un.User() != next.User() {
		t.Errorf("the recovery key is that of %d", un.User())
	}
	p := seal(t, s, s.Owner, data.WaySelected, s.IDs(t)[:30])
	s.Clock.Add(otp.Period)
	if _, err := s.Authorise(t.Context(), s.Owner, p, otp.CodeAt(oldPhone, s.Clock.Now())); !errors.As(err, &wrong) {
		t.Errorf("an OTP of the authenticator of before: %v", err)
	}
	s.Clock.Add(2 * otp.Period)
	auth, err := s.Authorise(t.Context(), s.Owner, p, otp.CodeAt(secret, s.Clock.Now()))
	if err != nil {
		t.Fatal(err)
	}
	mustDelete(t, s, s.Owner, p, auth)
	if _, err := os.Stat(filepath.Join(s.Dir, ".keys-old")); !os.IsNotExist(err) {
		t.Errorf("old keys: %v", err)
	}
}

// keyFits tells whether a data key opens the database that is there now.
func keyFits(t *testing.T, s *storetest.Store, key sealed.Key) bool {
	t.Helper()
	path := databases(t, s)[0]
	b, err := os.ReadFile(path) // only this process is here to miss its locks
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(t.TempDir(), "copy")
	if err := os.WriteFile(copied, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return sealed.Check(copied, key) == nil
}
