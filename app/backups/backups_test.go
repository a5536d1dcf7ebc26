package backups

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"lethe/app/desk/desktest"
	"lethe/app/form"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/otp"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

const passphrase = "seven camels in a row"

// bench is a desk with the section of the settings in its window.
type bench struct {
	*desktest.Kit
	t       *testing.T
	section *Section
	tick    chan time.Time
}

func newBench(t *testing.T, k *desktest.Kit) *bench {
	t.Helper()
	b := &bench{Kit: k, t: t, tick: make(chan time.Time)}
	b.section = New(k.Desk, func() {})
	b.section.ticks = func() (<-chan time.Time, func()) { return b.tick, func() {} }
	k.Window.SetContent(container.NewVScroll(form.Stack(gap, b.section.Objects()...)))
	b.section.Refresh()
	return b
}

// filled is a desk of the Account Owner, with OTPs and customers.
func filled(t *testing.T, n int) *bench {
	t.Helper()
	k := desktest.New(t)
	k.Real.Enrol(t)
	k.Real.Fill(t, k.Real.Owner, 919820100000, n)
	k.Settle()
	return newBench(t, k)
}

func (b *bench) says(texts ...string) {
	b.t.Helper()
	for _, text := range texts {
		if !desktest.Says(b.Window, text) {
			b.t.Errorf("nothing says %q in %q", text, desktest.Texts(b.Window))
		}
	}
}

func (b *bench) press(text string) { b.t.Helper(); desktest.Press(b.t, b.Window, text) }

// backUp makes a backup by the page.
func (b *bench) backUp(name string) string {
	b.t.Helper()
	b.Answers.SavePath = filepath.Join(b.t.TempDir(), name)
	m := b.section.make()
	m.password.SetText(storetest.Password)
	m.first.SetText(passphrase)
	m.again.SetText(passphrase)
	m.submit()
	b.says("Backed up", "It was read back and is whole.")
	b.press("Done")
	return b.Answers.SavePath
}

func (b *bench) backups() []data.Backup {
	b.t.Helper()
	list, err := b.Real.Backups(b.t.Context(), b.Real.Owner)
	if err != nil {
		b.t.Fatal(err)
	}
	return list
}

func TestBackUpRefusedAndAccepted(t *testing.T) {
	b := filled(t, 30)
	b.says("No rolling backup is set up", "No other backup was made of this list.")
	m := b.section.make()
	b.press("Cancel")
	if m.dialog.Shown() || len(b.backups()) != 0 {
		t.Fatal("cancelled, and backed up")
	}
	dir := t.TempDir()
	b.Answers.SavePath = filepath.Join(dir, "x.lethe-backup")
	m = b.section.make()
	for _, c := range []struct{ password, first, again, says string }{
		{"", passphrase, passphrase, "Enter the password."},
		{storetest.Password, "short", "short", "Too short"},
		{storetest.Password, passphrase, "another one altogether", "This isn’t the same passphrase."},
		{"not the password", passphrase, passphrase, "That password isn’t right."},
	} {
		m.password.SetText(c.password)
		m.first.SetText(c.first)
		m.again.SetText(c.again)
		m.submit()
		if c.says != "Too short" {
			b.says(c.says)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) != 0 || len(b.backups()) != 0 {
			t.Fatalf("%q: %v, %v", c.says, left, err)
		}
	}
	b.Answers.SavePath = "" // no file chosen: the dialog stays
	m.password.SetText(storetest.Password)
	m.submit()
	if !m.dialog.Shown() || len(b.backups()) != 0 {
		t.Error("without a file")
	}
	b.Answers.SavePath = filepath.Join(b.Real.Dir, "keys")
	m.submit()
	b.says("A backup can’t be kept there.")
	b.press("Cancel")
	if m.password.Text() != "" || m.first.Text() != "" {
		t.Error("what was typed is still there")
	}
	path := b.backUp("monday.lethe-backup")
	list := b.backups()
	if len(list) != 1 || list[0].Path != path || list[0].Customers != 30 {
		t.Errorf("%+v", list)
	}
	b.says("Older backups", "30 customers", "monday.lethe-backup")
}

func TestDeletingABackup(t *testing.T) {
	b := filled(t, 30)
	there, moved := b.backUp("there"), b.backUp("moved")
	if err := os.Rename(moved, moved+".elsewhere"); err != nil {
		t.Fatal(err)
	}
	b.section.Refresh()
	b.says("Not found where it was made:")
	for _, one := range b.backups() {
		d := b.section.remove(one)
		test.Tap(d.CancelButton())
	}
	if len(b.backups()) != 2 {
		t.Fatal("cancelled, and deleted")
	}
	for _, one := range b.backups() {
		d := b.section.remove(one)
		if one.Path == moved {
			b.says("if it was moved, it still holds your customers")
		}
		test.Tap(d.ActionButton())
		if d.Shown() {
			t.Errorf("still asks: %q", d.Error())
		}
	}
	if _, err := os.Stat(there); !os.IsNotExist(err) || len(b.backups()) != 0 {
		t.Errorf("%v, %d left", err, len(b.backups()))
	}
	b.says("No other backup was made of this list.")
}

func TestRollingBackup(t *testing.T) {
	b := filled(t, 30)
	b.Answers.SavePath = filepath.Join(t.TempDir(), "rolling")
	m := b.section.setRolling()
	m.password.SetText(storetest.Password)
	m.first.SetText(passphrase)
	m.again.SetText(passphrase)
	m.submit()
	b.says("The rolling backup is set up")
	b.press("Done")
	b.says("Rolling backup, last rewritten on")
	r, err := b.Real.Rolling(t.Context(), b.Real.Owner)
	if err != nil || r.Path != b.Answers.SavePath || r.Due {
		t.Errorf("%+v, %v", r, err)
	}
	// Its drive is away, and something changes.
	dir := filepath.Dir(b.Answers.SavePath)
	if err := os.Rename(dir, dir+".away"); err != nil {
		t.Fatal(err)
	}
	b.Real.Fill(t, b.Real.Owner, 919820200000, 1)
	if _, err := b.Real.RewriteRolling(t.Context(), b.Real.Owner, nil); err == nil {
		t.Fatal("rewritten on a drive that is away")
	}
	b.Settle()
	b.section.Refresh()
	b.says("The rolling backup could not be rewritten on")
	if err := os.Rename(dir+".away", dir); err != nil {
		t.Fatal(err)
	}
	b.press("Try again now")
	b.says("Rolling backup, last rewritten on")
	m = b.section.endRolling()
	m.password.SetText(storetest.Password)
	m.submit()
	if r, err := b.Real.Rolling(t.Context(), b.Real.Owner); err != nil || r.On() {
		t.Errorf("%+v, %v", r, err)
	}
	b.says("No rolling backup is set up", "Older backups")
}

// typeOTP puts a code into the field as a person would.
func (f *restoring) typeOTP(code string) {
	f.code.Clear()
	for _, r := range code {
		f.code.TypedRune(r)
	}
}

// countDown lets the seconds pass.
func (b *bench) countDown(f *restoring) {
	b.t.Helper()
	ran, run := make(chan struct{}), f.countdown.OnDone
	f.countdown.OnDone = func() {
		run()
		close(ran)
	}
	for range grace {
		b.tick <- time.Time{}
	}
	<-ran
}

func TestRestoreRefusedAndAccepted(t *testing.T) {
	b := filled(t, 40)
	path := b.backUp("monday")
	ids := b.Real.IDs(t)
	p, err := b.Real.Seal(t.Context(), b.Real.Owner, store.SealRequest{Way: data.WaySelected, IDs: ids[:3]})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Purger.Execute(t.Context(), b.Actor, p, nil, func(data.Receipt) (string, string) { return "", "" }, nil); err != nil {
		t.Fatal(err)
	}
	b.Real.Fill(t, b.Real.Owner, 919820200000, 5)
	b.Settle()
	now := b.Real.IDs(t)

	f := b.section.open(path)
	f.read()
	b.says("Enter the passphrase.")
	f.passphrase.SetText("eight camels in a row")
	f.read()
	b.says("That passphrase doesn’t open this backup.")
	f.passphrase.SetText(passphrase)
	f.read()
	b.says("After it the list holds 37 customers; now it holds 42.", "5 customers who were added since go:",
		"3 customers in the backup were deleted since, and stay deleted.", "OTP from Asha Sharma's authenticator app:")
	if b.Window.Canvas().Focused() != fyne.Focusable(f.dialog.CancelButton()) || !f.dialog.ActionButton().Disabled() {
		t.Error("Cancel hasn’t the focus, or the button works without an OTP")
	}
	test.Tap(f.dialog.CancelButton())
	b.wantList(now)
	b.noCopies()

	f = b.section.open(path)
	f.passphrase.SetText(passphrase)
	f.read()
	b.Real.Clock.Add(5 * otp.Period)
	f.typeOTP(wrongCode(b))
	test.Tap(f.dialog.ActionButton())
	if f.dialog.Error() == "" {
		t.Error("a wrong OTP isn’t said to be wrong")
	}
	b.wantList(now)
	b.Real.Clock.Add(5 * otp.Period)
	f.typeOTP(b.Real.Code())
	test.Tap(f.dialog.ActionButton())
	b.says("Restoring in 5 seconds.")
	f.dialog.CancelButton().OnTapped() // stopped in the last moment
	if f.dialog.Shown() {
		t.Error("Stop left the dialog open")
	}
	b.wantList(now)
	b.noCopies()

	f = b.section.open(path)
	f.passphrase.SetText(passphrase)
	f.read()
	b.Real.Clock.Add(5 * otp.Period)
	f.typeOTP(b.Real.Code())
	test.Tap(f.dialog.ActionButton())
	b.countDown(f)
	b.says("The list holds 37 customers again.", "Checked: nothing left in Lethe's files.")
	b.wantList(ids[3:])
	b.press("Done")
	b.noCopies()
	if b.View.Len() != 37 {
		t.Errorf("the view has %d", b.View.Len())
	}
	// The Account Owner is told: counts, who, the witness, no customer.
	told, err := b.Real.Outbox(t.Context(), b.Real.Owner)
	if err != nil || len(told) == 0 {
		t.Fatal(len(told), err)
	}
	key, err := b.Real.CertificateKey(t.Context(), b.Real.Owner)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"by Asha Sharma.", "It holds 37 customers now", ", head ", "Key of certificates: " + key.Fingerprint()} {
		if !strings.Contains(told[0].Body, part) {
			t.Errorf("%q is not in %q", part, told[0].Body)
		}
	}
	if strings.Contains(told[0].Body, "Person") || strings.Contains(told[0].Body, "98201") {
		t.Errorf("it names a customer: %q", told[0].Body)
	}
}

func (b *bench) wantList(want []data.CustomerID) {
	b.t.Helper()
	b.Settle()
	if got := b.Real.IDs(b.t); !slices.Equal(got, want) {
		b.t.Errorf("%d in the list, want %d", len(got), len(want))
	}
}

func (b *bench) noCopies() {
	b.t.Helper()
	left, err := filepath.Glob(filepath.Join(b.Real.Dir, ".lethe-copy-*"))
	if err != nil || len(left) != 0 {
		b.t.Errorf("left: %v, %v", left, err)
	}
}

// wrongCode is an OTP that isn’t any of those taken now.
func wrongCode(b *bench) string {
	for _, code := range []string{"000000", "111111", "222222", "333333"} {
		right := false
		for i := -1; i <= 1; i++ {
			right = right || otp.CodeAt(b.Real.Secret, b.Clock().Add(time.Duration(i)*otp.Period)) == code
		}
		if !right {
			return code
		}
	}
	return "444444"
}

func TestWithoutOTPsNoRestoreStarts(t *testing.T) {
	k := desktest.New(t)
	k.Real.Fill(t, k.Real.Owner, 919820100000, 10)
	k.Settle()
	b := newBench(t, k)
	m := b.section.make()
	b.says("OTPs are not set up: restoring this backup will take your recovery key.")
	test.Tap(m.dialog.CancelButton())
	f := b.section.open(b.backUp("x"))
	f.passphrase.SetText(passphrase)
	f.read()
	b.says("OTPs are not set up yet")
	if f.dialog.ActionButton().Visible() {
		t.Error("a button to restore")
	}
	test.Tap(f.dialog.CancelButton())
	b.noCopies()
}

// What each role is offered, beside what the store allows.
func TestWhoSeesWhat(t *testing.T) {
	b := filled(t, 5)
	for _, c := range []struct {
		name          string
		role          data.RoleID
		make, restore bool
	}{
		{"Owner", 2, true, false},
		{"Team Lead", 3, false, false},
		{"Team Member", 4, false, false},
		{"who may back up", b.Real.Role(t, "Backs up", data.BackUp), true, false},
		{"who may do all but that", b.Real.Role(t, "Deletes", data.DeleteCustomers, data.ManageSettings), false, false},
	} {
		k := b.As(t, b.Real.Add(t, c.name, c.role))
		if Allowed(k.Desk) != (c.make || c.restore) {
			t.Errorf("%s: the section is there: %v", c.name, Allowed(k.Desk))
		}
		if !c.make && !c.restore {
			continue
		}
		o := newBench(t, k)
		if desktest.Offers(k.Window, "Back up now") != c.make || desktest.Offers(k.Window, "Restore a backup") != c.restore {
			t.Errorf("%s is offered %q", c.name, desktest.Texts(k.Window))
		}
		o.says("No rolling backup is set up")
	}
	if !desktest.Offers(b.Window, "Back up now") || !desktest.Offers(b.Window, "Restore a backup") {
		t.Error("the Account Owner is offered neither")
	}
	b.Demo = true
	if Allowed(b.Desk) {
		t.Error("the sample is backed up")
	}
}

func TestFileNames(t *testing.T) {
	for text, want := range map[string]string{
		"Sharma Traders": "Sharma Traders", "A/B\\C:*?": "A B C", "": "Lethe", "///": "Lethe", "शर्मा & Co.": "शर्मा & Co",
	} {
		if got := fileName(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// page is the page for a folder without a list.
func page(t *testing.T, b *bench, dir string) (*Page, *bool, **store.Store) {
	t.Helper()
	var back bool
	var came *store.Store
	opt := b.Real.Options()
	opt.Dir = dir
	p := NewPage(Options{
		Window: b.Window, Words: b.Words, Tasks: task.Inline(), Files: b.Answers,
		Open: func(ctx context.Context, path, passphrase string, progress func(store.BackupProgress)) (*store.Salvage, error) {
			return store.OpenBackup(ctx, opt, path, passphrase, nil, progress)
		},
		Back: func() { back = true },
		Done: func(s *store.Store, _ *store.Actor) { came = s },
	})
	b.Window.SetContent(p.Content())
	p.Shown()
	t.Cleanup(func() {
		p.Close()
		if came != nil {
			if err := came.Close(); err != nil {
				t.Error(err)
			}
		}
	})
	return p, &back, &came
}

func TestThePageRestoresWhereThereIsNoList(t *testing.T) {
	b := filled(t, 40)
	path := b.backUp("monday")
	dir := t.TempDir()
	p, back, came := page(t, b, dir)
	p.read()
	b.says("Choose the backup first.")
	text := filepath.Join(t.TempDir(), "letter")
	if err := os.WriteFile(text, []byte("Dear Asha"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.Answers.OpenPath = text
	p.choose()
	p.passphrase.SetText(passphrase)
	p.read()
	b.says("This file isn’t a backup made by Lethe.")
	b.Answers.OpenPath = path
	p.choose()
	p.passphrase.SetText("eight camels in a row")
	p.read()
	b.says("That passphrase doesn’t open this backup.")
	p.passphrase.SetText(passphrase)
	p.read()
	b.says("Password of Asha Sharma", "Only Asha Sharma, the Account Owner, can restore it.")
	p.password.SetText("not the password")
	p.unlock()
	b.says("That password isn’t right.")
	p.password.SetText(storetest.Password)
	p.unlock()
	b.says("Sharma Traders: 40 customers come back.", "Lethe can’t know who was deleted after 23 Nov 2026, 09:30")
	p.restore()
	b.says("Enter the six digits")
	b.Real.Clock.Add(5 * otp.Period)
	p.code.SetCode(wrongCode(b))
	p.restore()
	b.says("That OTP isn’t right.")
	if state, err := store.State(dir); err != nil || state != store.Fresh {
		t.Fatalf("refused, and the folder is %s, %v", state, err)
	}
	b.press("Phone lost? Use the recovery key")
	p.recovery.SetText("ABCD")
	p.restore()
	b.says("A letter is missing or wrong.")
	b.press("Use an OTP instead")
	b.Real.Clock.Add(5 * otp.Period)
	p.code.SetCode(b.Real.Code())
	p.restore()
	if *came == nil || *back {
		t.Fatalf("nothing came of it: %q", desktest.Texts(b.Window))
	}
	if state, err := store.State(dir); err != nil || state != store.Ready {
		t.Errorf("the folder is %s, %v", state, err)
	}
}

func TestThePageLeavesNothingBehind(t *testing.T) {
	b := filled(t, 10)
	path := b.backUp("monday")
	dir := t.TempDir()
	p, back, _ := page(t, b, dir)
	b.Answers.OpenPath = path
	p.choose()
	p.passphrase.SetText(passphrase)
	p.read()
	b.press("Back")
	if !*back {
		t.Error("Back leads nowhere")
	}
	p.Close()
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}
