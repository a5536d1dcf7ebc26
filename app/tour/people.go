package main

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	"lethe/data"
	"lethe/data/otp"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

const (
	deputy         = "Ravi Kulkarni"
	deputyPassword = "kites over the old harbour"
	firstPart      = "First part"
	secondPart     = "Second part"
)

// people is what an Owner does while the Account Owner is away: the second
// half of the list takes an OTP, wrong ones are counted, and who comes back is
// told; the audit log shows it all, and where somebody tampered with it.
func (t *tour) people() {
	app := &phone{}
	dir := filepath.Join(t.home, "people")
	if t.err == nil {
		t.fail(makeTeam(t, dir, app))
	}
	t.do("an Owner deletes a first part without an OTP")
	t.run("-data", dir)
	t.signInAs(deputy, deputyPassword)
	t.see("100 total")
	t.tick(firstPart)
	t.click(button("Delete Filtered (45)"))
	t.see("Delete 45 filtered customers?")
	t.fill("Type 45 to confirm:", "45")
	t.click(button("Delete 45 customers"))
	t.confirmed("45 customers deleted. 55 stay.", "")
	t.holds(dir, 55)
	t.click(button("Clear all"))

	t.do("from the second half on the OTP is due")
	t.tick(secondPart)
	t.click(button("Delete Filtered (15)"))
	t.see("This makes 60 of 100 deleted since the last OTP.", otpField)
	t.picture("otp-due")
	t.disabled("Delete 15 customers", "without an OTP")
	t.click(field(otpField))
	t.typeText(wrongOTP(app))
	t.click(button("Delete 15 customers"))
	t.see("That OTP isn’t right.")
	t.picture("otp-due-wrong")
	t.holds(dir, 55)
	t.click(field(otpField))
	t.typeText(t.readOut(app))
	t.click(button("Delete 15 customers"))
	t.confirmed("15 customers deleted. 40 stay.", "otp-given")
	t.holds(dir, 40)

	t.do("the Account Owner comes back and is told")
	t.click(button("Lock"))
	t.signInAs(ownerName, "not the password")
	t.see("That password isn’t right.")
	t.fill("Password", ownerPassword)
	t.click(button("Sign in"))
	t.see("Ravi Kulkarni deleted 60", "1 wrong OTP, 1 wrong password")
	t.picture("digest")

	t.do("the audit log")
	t.click(button("Show"))
	t.see("countersigned, intact.", "Deletion: filtered customers, 15 deleted, 40 stay")
	t.picture("audit-log")
	t.resize(960, 640)
	t.picture("audit-log-small")
	t.resize(1280, 800)
	t.click(button("Check a confirmation…"))
	t.see("Paste that line here")
	t.picture("audit-check")
	t.key("Escape")
	t.quit()

	t.do("the audit log, tampered with by somebody who writes software")
	if t.err == nil {
		t.fail(storetest.Tamper(t.ctx, dir, 2, deputyPassword,
			"DROP TRIGGER audit_no_update", "UPDATE audit SET actor = 1 WHERE kind = 'delete'"))
	}
	t.run("-data", dir)
	t.signInAs(ownerName, ownerPassword)
	t.see("The audit log is not intact: it was changed past Lethe.")
	t.picture("digest-broken")
	t.click(button("Audit Log"))
	t.see("does not follow from the one before it")
	t.picture("audit-log-broken")

	t.do("the owner, who knows why, accepts it")
	t.click(button("Accept…"))
	t.see("Accept what is wrong with the log?")
	t.fill("Your password", ownerPassword)
	t.click(field("OTP from your authenticator app"))
	t.typeText(t.readOut(app))
	t.picture("audit-accept")
	t.click(button("Accept this"))
	t.see("Nothing is wrong but what was accepted.", ownerName+" accepted this: entry 9", "Break of the log accepted")
	t.picture("audit-accepted")
	t.quit()
}

// makeTeam makes a list of 100 customers with an Owner beside the Account
// Owner, whose OTPs app has.
func makeTeam(t *tour, dir string, app *phone) (err error) {
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	lock, err := store.LockFolder(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	opt := store.Options{Dir: dir, KDF: storetest.KDF}
	s, a, _, err := store.Create(t.ctx, opt, store.FirstRun{
		Business: business, OwnerName: ownerName, Password: ownerPassword, Phone: 919820000001, Region: "IN", Email: ownerEmail,
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if app.secret, err = otp.NewSecret(nil); err != nil {
		return err
	}
	now := time.Now()
	app.last = otp.StepOf(now)
	if err := s.EnrolOTP(t.ctx, a, ownerPassword, app.secret, otp.CodeAt(app.secret, now), ""); err != nil {
		return err
	}
	_, err = s.Import(t.ctx, a, store.ImportRequest{Mode: store.ImportSkip, Each: func(yield func(*store.ImportRow) error) error {
		for i := range 100 {
			row := storetest.Row(919820100000, i)
			row.Customer.Tags = nil
			switch {
			case i < 45:
				row.Customer.Tags = []string{firstPart}
			case i < 60:
				row.Customer.Tags = []string{secondPart}
			}
			if err := yield(row); err != nil {
				return err
			}
		}
		return nil
	}}, nil)
	if err != nil {
		return err
	}
	if err := s.ProveRecovery(t.ctx, a); err != nil {
		return err
	}
	const first = "a first password of some length"
	id, err := s.AddUser(t.ctx, a, ownerPassword, data.User{Name: deputy, Role: 2}, first)
	if err != nil {
		return err
	}
	keys, err := store.Keys(dir)
	if err != nil {
		return err
	}
	un, err := keys.Unlock(t.ctx, id, first)
	if err != nil {
		return err
	}
	ravi, err := s.SignIn(t.ctx, un)
	if err != nil {
		return err
	}
	return s.ChangePassword(t.ctx, ravi, first, deputyPassword)
}

// signInAs picks a member and signs them in.
func (t *tour) signInAs(name, password string) {
	t.see("Who are you?")
	t.click(match("the list of members", func(o *object) bool { return o.Kind == "Select" }))
	t.click(button(name))
	t.fill("Password", password)
	t.click(button("Sign in"))
}

// holds fails unless the list in dir holds so many.
func (t *tour) holds(dir string, want int) {
	if t.err != nil {
		return
	}
	n, err := -1, error(nil)
	t.until(10*time.Second, func() bool {
		n, err = t.count(dir)
		return err == nil && n == want
	})
	if err != nil || n != want {
		t.failf("the store holds %d customers, not %d: %v", n, want, err)
	}
}

func (t *tour) count(from string) (n int, err error) {
	dir, err := os.MkdirTemp(t.home, "copy-")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := copyStore(from, dir); err != nil {
		return 0, err
	}
	keys, err := store.Keys(dir)
	if err != nil {
		return 0, err
	}
	un, err := keys.Unlock(t.ctx, 1, ownerPassword)
	if err != nil {
		return 0, err
	}
	s, a, err := store.Open(t.ctx, store.Options{Dir: dir}, un)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	err = s.Customers(t.ctx, a, func(*data.Row) error { n++; return nil })
	return n, err
}
