package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lethe/data"
	"lethe/data/otp"
	"lethe/data/sample"
	"lethe/data/store"
)

const backupPassphrase = "seven camels in a row"

// backups makes backups, deletes, restores into the list, and at last restores
// into an empty folder.
func (t *tour) backups() {
	app := t.listOf(60)
	t.do("backups: nothing yet")
	t.run()
	t.signIn()
	t.see("60 total")
	t.setting("Backups")
	t.see("No other backup was made of this list.", "No rolling backup is set up")
	t.picture("backups-none")

	t.do("back up now")
	t.click(button("Back up now"))
	t.see("Passphrase for the backup")
	t.fill("Your password", "not the password")
	t.fill("Passphrase for the backup", backupPassphrase)
	t.fill("The same passphrase again", "seven camels")
	t.click(button("Choose where…"))
	t.see("This isn’t the same passphrase.")
	t.picture("backup-asked")
	t.fill("Your password", ownerPassword)
	t.fill("The same passphrase again", backupPassphrase)
	t.click(button("Choose where…"))
	t.saveAs("monday.lethe-backup")
	t.waitLong(3*patience, "the backup", func(s *snapshot) bool { return s.says("Backed up") })
	t.picture("backed-up")
	t.click(button("Done"))
	monday := t.findFile("monday.lethe-backup")
	t.see("60 customers", "Older backups")
	t.picture("backups-one")

	t.do("a rolling backup")
	t.click(button("Set up a rolling backup"))
	t.fill("Your password", ownerPassword)
	t.fill("Passphrase for the backup", backupPassphrase)
	t.fill("The same passphrase again", backupPassphrase)
	t.click(button("Choose where…"))
	t.saveAs("rolling.lethe-backup")
	t.waitLong(3*patience, "the rolling backup", func(s *snapshot) bool { return s.says("The rolling backup is set up") })
	t.click(button("Done"))
	t.see("Older backups", "Rolling backup, last rewritten on")
	t.picture("backups-rolling")
	rolling := t.findFile("rolling.lethe-backup")
	before := t.modified(rolling)

	t.do("a deletion: the rolling backup is rewritten, the older one named")
	t.click(button("Customers"))
	t.click(inRow("action:delete", t.rowText(0)))
	t.click(button("Delete this customer"))
	t.waitLong(3*patience, "the result", func(s *snapshot) bool { return s.says("1 customer deleted. 59 stay.") })
	t.see("1 older backup still holds these customers.", "The rolling backup was rewritten without them.")
	t.picture("backup-holds")
	t.click(button("Done"))
	t.expect(59)
	if t.err == nil && !t.modified(rolling).After(before) {
		t.failf("the rolling backup was not rewritten")
	}
	t.click(button("Delete All"))
	t.see("1 older backup still holds these customers.")
	t.picture("delete-all-backups")
	t.click(button("Cancel"))

	t.do("restore: the deleted stay deleted")
	t.setting("Backups")
	t.see("Older backups")
	t.restoreFrom("monday.lethe-backup")
	t.see("stays deleted", otpField)
	t.picture("restore-preview")
	t.disabled("Restore this backup", "without an OTP")
	t.click(field(otpField))
	t.typeText(wrongOTP(app))
	t.click(button("Restore this backup"))
	t.see("That OTP isn’t right.")
	t.click(field(otpField))
	t.typeText(t.readOut(app))
	t.click(button("Restore this backup"))
	t.see("Restoring in")
	t.picture("restore-countdown")
	t.waitLong(3*patience, "the restore", func(s *snapshot) bool { return s.says("The list holds 59 customers again.") })
	t.see("Checked: nothing left in Lethe's files.")
	t.picture("restored")
	t.click(button("Done"))
	after := t.expect(59)
	t.recorded(after, data.AuditRestore)
	t.quit()

	t.do("the list is lost: restore from the first screen")
	if t.err == nil {
		t.fail(os.RemoveAll(t.folder()))
	}
	t.run()
	t.see("Welcome to Lethe")
	t.picture("welcome-restore")
	t.click(button("Restore a backup"))
	t.see("No file chosen.")
	t.click(button("Choose the file…"))
	t.openFile("rolling.lethe-backup")
	t.see("rolling.lethe-backup")
	t.fill("Passphrase of the backup", "eight camels in a row")
	t.click(button("Read the backup"))
	t.waitLong(3*patience, "the answer", func(s *snapshot) bool { return s.says("That passphrase doesn’t open this backup.") })
	t.picture("salvage-wrong")
	t.fill("Passphrase of the backup", backupPassphrase)
	t.click(button("Read the backup"))
	t.waitLong(3*patience, "the password", func(s *snapshot) bool { return s.says("Password of Asha Sharma") })
	t.fill("Password of Asha Sharma", ownerPassword)
	t.picture("salvage-password")
	t.click(button("Next"))
	t.see("Sharma Traders: 59 customers come back.", "Lethe can’t know who was deleted after")
	t.picture("salvage-preview")
	t.click(field(otpField))
	t.typeText(t.readOut(app))
	t.click(button("Restore this backup"))
	t.waitLong(3*patience, "the list", func(s *snapshot) bool { return s.says("59 total") })
	t.picture("salvaged")
	t.expect(59)
	t.quit()

	t.do("a broken folder: restore from there")
	t.breakFolder()
	t.run()
	t.see("Your customer list is missing from this folder, though its keys are here.", "Restore a backup")
	t.picture("broken-restore")
	t.click(button("Restore a backup"))
	t.see("No file chosen.")
	t.click(button("Back"))
	t.see("Your customer list is missing from this folder, though its keys are here.")
	t.quit()
	if t.err == nil {
		t.fail(errors.Join(os.Remove(monday), os.Remove(rolling), os.RemoveAll(t.folder())))
	}
}

// listOf makes a list of made-up customers in the folder, with OTPs set up.
func (t *tour) listOf(n int) *phone {
	app := &phone{}
	if t.err != nil {
		return app
	}
	t.fail(errors.Join(os.RemoveAll(t.folder()), t.makeList(app, n)))
	return app
}

// userFolders names the folders that a desktop has and the file dialog offers;
// it complains where there are none.
func (t *tour) userFolders() error {
	var text strings.Builder
	for _, name := range []string{"Desktop", "Documents", "Download", "Music", "Pictures", "Videos"} {
		fmt.Fprintf(&text, "XDG_%s_DIR=\"$HOME/%s\"\n", strings.ToUpper(name), name)
		if err := os.MkdirAll(filepath.Join(t.home, name), 0o755); err != nil {
			return err
		}
	}
	dir := filepath.Join(t.home, "config")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "user-dirs.dirs"), []byte(text.String()), 0o600)
}

func (t *tour) makeList(app *phone, n int) (err error) {
	if err := os.MkdirAll(t.folder(), 0o700); err != nil {
		return err
	}
	s, owner, _, err := store.Create(t.ctx, store.Options{Dir: t.folder()}, store.FirstRun{
		Business: business, OwnerName: ownerName, Password: ownerPassword, Phone: 919820000001, Region: "IN",
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := s.ProveRecovery(t.ctx, owner); err != nil {
		return err
	}
	if app.secret, err = otp.NewSecret(nil); err != nil {
		return err
	}
	app.last = otp.StepOf(time.Now())
	if err := s.EnrolOTP(t.ctx, owner, ownerPassword, app.secret, otp.CodeAt(app.secret, time.Now()), ""); err != nil {
		return err
	}
	customers, _, err := sample.Demo(t.ctx)
	if err != nil {
		return err
	}
	_, err = s.Import(t.ctx, owner, store.ImportRequest{Mode: store.ImportSkip, Each: func(yield func(*store.ImportRow) error) error {
		for i := range n {
			c := customers[i]
			c.Agent = 0
			if err := yield(&store.ImportRow{Customer: c.Customer}); err != nil {
				return err
			}
		}
		return nil
	}}, nil)
	return err
}

// signIn enters the owner's password.
func (t *tour) signIn() {
	t.see("Who are you?")
	t.fill("Password", ownerPassword)
	t.click(button("Sign in"))
}

// saveAs answers the question where to save.
func (t *tour) saveAs(name string) {
	t.waitFor("the question for a file", func(s *snapshot) bool { return button("Save").in(s) != nil })
	t.click(match("the name of the file", func(o *object) bool { return o.Kind == "Entry" }))
	t.key("ctrl+a")
	t.typeText(name)
	t.picture("save-" + strings.TrimSuffix(name, ".lethe-backup"))
	t.click(button("Save"))
}

// openFile answers the question which file to open.
func (t *tour) openFile(name string) {
	t.waitFor("the question for a file", func(s *snapshot) bool { return button("Open").in(s) != nil })
	t.picture("open-file")
	t.click(match(name, func(o *object) bool { return strings.HasPrefix(o.Text, strings.TrimSuffix(name, ".lethe-backup")) }))
	t.click(button("Open"))
}

// restoreFrom reads a backup into the preview.
func (t *tour) restoreFrom(name string) {
	t.click(button("Restore a backup"))
	t.openFile(name)
	t.see("Passphrase of the backup")
	t.fill("Passphrase of the backup", backupPassphrase)
	t.picture("restore-asked")
	t.click(button("Read the backup"))
	t.waitLong(3*patience, "the preview", func(s *snapshot) bool { return s.says("stays deleted") })
}

// findFile is the path of a file that the program wrote below its home.
func (t *tour) findFile(name string) string {
	if t.err != nil {
		return ""
	}
	found := ""
	t.fail(filepath.WalkDir(t.home, func(path string, e os.DirEntry, err error) error {
		if err == nil && e.Name() == name {
			found = path
		}
		return nil
	}))
	if t.err == nil && found == "" {
		t.failf("%s was not written", name)
	}
	return found
}

func (t *tour) modified(path string) time.Time {
	if t.err != nil {
		return time.Time{}
	}
	info, err := os.Stat(path)
	t.fail(err)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

// breakFolder takes the database away.
func (t *tour) breakFolder() {
	if t.err != nil {
		return
	}
	found, err := filepath.Glob(filepath.Join(t.folder(), "*.lethe"))
	t.fail(err)
	for _, path := range found {
		t.fail(os.Remove(path))
	}
}
