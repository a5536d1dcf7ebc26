package settings

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lethe/app/choice"
	"lethe/app/desk/desktest"
	"lethe/app/prefs"
	"lethe/data"
	"lethe/data/account"
	"lethe/data/otp"
	"lethe/data/store/storetest"
	"lethe/widgets/checkmark"
	"lethe/widgets/keys"
)

func show(t *testing.T, k *desktest.Kit) *Page {
	t.Helper()
	p := newPage(k.Desk)
	k.Window.SetContent(p.Content())
	p.Shown()
	t.Cleanup(p.Close)
	return p
}

func wantSays(t *testing.T, k *desktest.Kit, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !desktest.Says(k.Window, text) {
			t.Errorf("nothing says %q in %q", text, desktest.Texts(k.Window))
		}
	}
}

// entries are those that are to be seen, from the top.
func entries(k *desktest.Kit) []*keys.Entry {
	var out []*keys.Entry
	for _, o := range desktest.Objects(k.Window) {
		if e, ok := o.(*keys.Entry); ok {
			out = append(out, e)
		}
	}
	return out
}

// choose takes a value in the drop-down that has it.
func choose(t *testing.T, k *desktest.Kit, value string) {
	t.Helper()
	for _, o := range desktest.Objects(k.Window) {
		s, ok := o.(*choice.Select)
		if !ok {
			continue
		}
		before := s.Value()
		if s.Set(value); s.Value() == value {
			s.OnChosen(value)
			return
		}
		s.Set(before)
	}
	t.Fatalf("no drop-down has %q", value)
}

// save presses the n-th Save.
func save(t *testing.T, k *desktest.Kit, n int) {
	t.Helper()
	for _, o := range desktest.Objects(k.Window) {
		if b, ok := o.(*keys.Button); ok && b.Text == "Save" {
			if n == 0 {
				if b.Disabled() {
					t.Fatal("Save is disabled")
				}
				test.Tap(b)
				k.Settle()
				return
			}
			n--
		}
	}
	t.Fatal("no such Save")
}

func stored(t *testing.T, k *desktest.Kit) data.Settings {
	t.Helper()
	v, err := k.Real.Settings(t.Context(), k.Real.Owner)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestAccountOwnerSaves(t *testing.T) {
	k := desktest.New(t)
	show(t, k)
	fields := entries(k)
	fields[0].SetText("Sharma & Sons")
	fields[1].SetText("Nepal")
	save(t, k, 0)
	fields[2].SetText("0")
	save(t, k, 1)
	wantSays(t, k, "Enter a whole number of days")
	if v := stored(t, k); v.Business != "Sharma & Sons" || v.Region != "NP" || v.ActiveDays != 90 {
		t.Fatalf("stored %+v", v)
	}
	fields[2].SetText("30")
	save(t, k, 1)
	choose(t, k, string(data.StrictTenth))
	save(t, k, 2)
	for _, o := range desktest.Objects(k.Window) {
		if tick, ok := o.(*checkmark.Tick); ok {
			tick.Toggle()
		}
	}
	want := data.Settings{Business: "Sharma & Sons", Region: "NP", ActiveDays: 30, Strictness: data.StrictTenth, TellAlways: true}
	if v := stored(t, k); v != want {
		t.Errorf("stored %+v", v)
	}
}

func TestEmptyNameIsRefused(t *testing.T) {
	k := desktest.New(t)
	show(t, k)
	entries(k)[0].SetText("  ")
	save(t, k, 0)
	wantSays(t, k, "Enter the name of your business.")
	if v := stored(t, k); v.Business != "Sharma Traders" {
		t.Errorf("stored %+v", v)
	}
}

func TestChangesElsewhereShow(t *testing.T) {
	k := desktest.New(t)
	show(t, k)
	entries(k)[2].SetText("45") // being changed: stays
	v := stored(t, k)
	v.Business, v.ActiveDays = "Elsewhere", 60
	if err := k.Real.SaveSettings(t.Context(), k.Real.Owner, v); err != nil {
		t.Fatal(err)
	}
	k.Settle()
	if got := entries(k); got[0].Text != "Elsewhere" || got[2].Text != "45" {
		t.Errorf("shows %q and %q", got[0].Text, got[2].Text)
	}
}

func TestRoles(t *testing.T) {
	k := desktest.New(t)
	ownerOnly := []string{"OTPs", "Confirmations", "Recovery key", "Set up OTPs", "Active window, in days"}

	owner := k.As(t, k.Real.Add(t, "Neha", 2))
	show(t, owner)
	fields := entries(owner)
	fields[0].SetText("Neha Traders")
	save(t, owner, 0)
	if v := stored(t, k); v.Business != "Neha Traders" || len(fields) != 4 {
		t.Errorf("stored %+v, %d entries", v, len(fields))
	}
	member := k.As(t, k.Real.Add(t, "Ravi", 4))
	show(t, member)
	wantSays(t, member, "Neha Traders. Phone numbers without a country code are taken as numbers of India.",
		"active for 90 days", "nobody has used it for 10 minutes", "Theme", "Change password", "Open the folder")
	if len(entries(member)) != 0 || desktest.Offers(member.Window, "Save") {
		t.Error("a Team Member can enter something of the business")
	}
	for _, k := range []*desktest.Kit{owner, member} {
		for _, text := range desktest.Texts(k.Window) {
			for _, not := range ownerOnly {
				if text == not {
					t.Errorf("%q is shown", not)
				}
			}
		}
	}
	if !Entry().Allowed(member.Rights()) || Entry().Allowed(data.Rights{}) {
		t.Error("settings are for who is signed in")
	}
}

func TestLockingIsSet(t *testing.T) {
	k := desktest.New(t)
	owner := k.As(t, k.Real.Add(t, "Neha", 2))
	show(t, owner)
	fields := entries(owner)
	owners, others := fields[2], fields[3]
	if owners.Text != "5" || others.Text != "10" {
		t.Fatalf("shows %q and %q", owners.Text, others.Text)
	}
	for _, wrong := range []string{"0", "121", "soon", "-1", "1.5", ""} {
		owners.SetText(wrong)
		save(t, owner, 1)
		wantSays(t, owner, "Enter whole minutes, from 1 to 120.")
		if v := stored(t, k); v.LockOwners != 0 {
			t.Errorf("stored %+v", v)
		}
	}
	owners.SetText("2")
	others.SetText("60")
	save(t, owner, 1)
	if v := stored(t, k); v.LockAfter(data.Owner) != 2*time.Minute || v.LockAfter(data.TeamLead) != time.Hour {
		t.Errorf("stored %+v", v)
	}
}

func TestPromotedWhileOpen(t *testing.T) {
	k := desktest.New(t)
	p := show(t, k)
	p.build() // as after a change of rights
	if len(p.refresh) == 0 || len(entries(k)) != 5 {
		t.Errorf("%d parts, %d entries", len(p.refresh), len(entries(k)))
	}
}

func TestLook(t *testing.T) {
	k := desktest.New(t)
	show(t, k)
	choose(t, k, "dark")
	if k.Prefs.String(prefs.Variant) != "dark" {
		t.Error("the theme is not remembered")
	}
	choose(t, k, "en")
	if k.Prefs.String(prefs.Language) != "en" {
		t.Error("the language is not remembered")
	}
}

func TestFolder(t *testing.T) {
	k := desktest.New(t)
	show(t, k)
	wantSays(t, k, "on the disk.")
	desktest.Press(t, k.Window, "Open the folder")
	if len(k.Opened) != 1 || k.Opened[0] != fileURL(k.Real.Dir) || !strings.HasPrefix(k.Opened[0], "file:///") {
		t.Errorf("opened %q", k.Opened)
	}
	if got := fileURL(`/a b/#1`); got != "file:///a%20b/%231" {
		t.Errorf("%s", got)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "x"), make([]byte, 2500), 0o600); err != nil {
		t.Fatal(err)
	}
	if n, err := sizeOf(t.Context(), dir); n != 2500 || err != nil || k.Words.Size(n) != "3 kB" {
		t.Errorf("%d bytes, %v", n, err)
	}
	if got := k.Words.Size(1_234_567_890); got != "1,235 MB" && got != "1 GB" {
		t.Errorf("%q", got)
	}
}

func setUp(t *testing.T, k *desktest.Kit) bool {
	t.Helper()
	set, err := k.Real.OTPSetUp(t.Context(), k.Real.Owner)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestSetUpOTPs(t *testing.T) {
	k := desktest.New(t)
	p := show(t, k)
	wantSays(t, k, "OTPs are not set up.")
	a := p.enrol()
	wantSays(t, k, otp.SecretText(a.secret))
	desktest.Press(t, k.Window, "Cancel")
	if setUp(t, k) {
		t.Fatal("cancelled, and set up")
	}
	a = p.enrol()
	a.password.SetText("wrong password")
	a.form.Code.SetCode(wrongCode(a.secret, k))
	a.submit()
	wantSays(t, k, "That OTP isn’t right.")
	a.form.Code.SetCode(otp.CodeAt(a.secret, k.Clock()))
	a.submit()
	wantSays(t, k, "That password isn’t right.")
	if setUp(t, k) {
		t.Fatal("set up with a wrong password")
	}
	a.password.SetText(storetest.Password)
	a.submit()
	k.Settle()
	wantSays(t, k, "OTPs are set up. Your authenticator app shows them.")
	if !setUp(t, k) || a.dialog.Shown() || a.password.Text() != "" {
		t.Error("not set up, or the dialog is still there")
	}
}

// wrongCode is an OTP that isn't any of those taken now.
func wrongCode(s otp.Secret, k *desktest.Kit) string {
	right := map[string]bool{}
	for i := -1; i <= 1; i++ {
		right[otp.CodeAt(s, k.Clock().Add(time.Duration(i)*otp.Period))] = true
	}
	for _, code := range []string{"000000", "111111", "222222", "333333"} {
		if !right[code] {
			return code
		}
	}
	return "444444"
}

func TestReplaceAuthenticator(t *testing.T) {
	k := desktest.New(t)
	k.Real.Enrol(t)
	p := show(t, k)
	a := p.enrol()
	a.password.SetText(storetest.Password)
	a.form.Code.SetCode(otp.CodeAt(a.secret, k.Clock()))
	a.submit()
	wantSays(t, k, "Enter the six digits")
	a.code.SetCode(wrongCode(k.Real.Secret, k))
	a.submit()
	wantSays(t, k, "That OTP isn’t right.", "tries left")
	k.Real.Clock.Add(10 * otp.Period)
	a.code.SetCode(k.Real.Code())
	a.form.Code.SetCode(otp.CodeAt(a.secret, k.Clock()))
	a.submit()
	if a.dialog.Shown() {
		t.Fatalf("still asks: %q", desktest.Texts(k.Window))
	}
	// The old authenticator is worth nothing now: a new recovery key takes one of the new.
	k.Real.Clock.Add(otp.Period)
	if _, err := k.Real.NewRecoveryKey(t.Context(), k.Real.Owner, storetest.Password, otp.CodeAt(a.secret, k.Clock())); err != nil {
		t.Errorf("the new authenticator: %v", err)
	}
}

func TestPhoneLost(t *testing.T) {
	k := desktest.New(t)
	k.Real.Enrol(t)
	p := show(t, k)
	a := p.enrolByRecovery()
	a.password.SetText(storetest.Password)
	a.form.Code.SetCode(otp.CodeAt(a.secret, k.Clock()))
	a.recovery.SetText("ABCD")
	a.submit()
	wantSays(t, k, "A letter is missing or wrong.")
	a.recovery.SetText(k.Real.Recovery.String())
	a.submit()
	wantSays(t, k, "Your new recovery key", a.key.String())
	desktest.Key(k.Window, fyne.KeyEscape)
	if !a.dialog.Shown() {
		t.Fatal("the new key goes without its last group")
	}
	keyFile, err := account.Load(k.Real.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := keyFile.Recover(k.Real.Recovery.String()); !errors.Is(err, data.ErrWrongRecovery) {
		t.Errorf("the old recovery key still works: %v", err)
	}
	if _, err := keyFile.Recover(a.key.String()); err != nil {
		t.Errorf("the new one doesn’t: %v", err)
	}
	entries(k)[0].SetText(a.key.LastGroup())
	desktest.Press(t, k.Window, "Done")
	if a.dialog.Shown() {
		t.Error("still there")
	}
}

func TestUnlockOTPs(t *testing.T) {
	k := desktest.New(t)
	k.Real.Enrol(t)
	p := show(t, k)
	a := p.unlock()
	a.password.SetText(storetest.Password)
	a.recovery.SetText(k.Real.Recovery.String())
	desktest.Press(t, k.Window, "Cancel")
	resets := func() int {
		log, err := k.Real.Audit(t.Context(), k.Real.Owner, 100)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, e := range log {
			if e.Kind == data.AuditClockReset {
				n++
			}
		}
		return n
	}
	if resets() != 0 {
		t.Fatal("cancelled, and unlocked")
	}
	a = p.unlock()
	a.password.SetText(storetest.Password)
	a.recovery.SetText(k.Real.Recovery.String())
	a.submit()
	if resets() != 1 || a.dialog.Shown() {
		t.Errorf("%d resets: %q", resets(), desktest.Texts(k.Window))
	}
}

func TestChangePassword(t *testing.T) {
	k := desktest.New(t)
	p := show(t, k)
	works := func(password string) bool { return k.Real.CheckPassword(t.Context(), k.Real.Owner, password) == nil }
	const next = "an even longer horse"
	c := p.changePassword()
	c.password.SetText("not the password")
	c.pair.First.SetText(next)
	c.pair.Again.SetText(next + "x")
	c.submit()
	wantSays(t, k, "This isn’t the same password.")
	c.pair.Again.SetText(next)
	c.submit()
	wantSays(t, k, "That password isn’t right.")
	desktest.Press(t, k.Window, "Cancel")
	if works(next) || !works(storetest.Password) {
		t.Fatal("refused, and changed")
	}
	c = p.changePassword()
	c.password.SetText(storetest.Password)
	c.pair.First.SetText(next)
	c.pair.Again.SetText(next)
	c.submit()
	if !works(next) || works(storetest.Password) || c.dialog.Shown() || c.pair.Text() != "" {
		t.Errorf("not changed: %q", desktest.Texts(k.Window))
	}
}

func TestNewRecoveryKey(t *testing.T) {
	k := desktest.New(t)
	p := show(t, k)
	r := p.newRecovery()
	r.password.SetText(storetest.Password)
	if r.code != nil {
		t.Error("asks for an OTP that nobody has")
	}
	r.submit()
	keyFile, err := account.Load(k.Real.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := keyFile.Recover(r.key.String()); err != nil {
		t.Errorf("the new key: %v", err)
	}
	entries(k)[0].SetText(r.key.LastGroup())
	desktest.Press(t, k.Window, "Done")

	k.Real.Enrol(t)
	k.Settle()
	r = p.newRecovery()
	if r.code == nil {
		t.Fatal("no OTP asked for")
	}
	r.password.SetText(storetest.Password)
	r.code.SetCode(k.Real.Code())
	r.submit()
	wantSays(t, k, r.key.String())
}

func TestDemo(t *testing.T) {
	k := desktest.New(t)
	k.Demo = true
	show(t, k)
	wantSays(t, k, "In the sample nobody needs a password.", "The strip over the sample data")
	if desktest.Offers(k.Window, "Change password") || desktest.Offers(k.Window, "Set up OTPs") {
		t.Error("the sample asks for passwords that nobody knows")
	}
}
