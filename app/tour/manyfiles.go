package main

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	"lethe/data/account"
	"lethe/data/sample/onfile"
)

// long is how long something with very many customers may take.
const long = 8 * time.Minute

// backUpMany makes a backup in the settings.
func (t *tour) backUpMany(m many) {
	t.do("back up " + thousands(m.all))
	t.setting("Backups")
	t.see("No other backup was made of this list.")
	t.click(button("Back up now"))
	t.see("Passphrase for the backup")
	t.fill("Your password", onfile.Password)
	t.fill("Passphrase for the backup", backupPassphrase)
	t.fill("The same passphrase again", backupPassphrase)
	t.click(button("Choose where…"))
	t.nameFile("many.lethe-backup")
	t.measure("back up", func() {
		t.click(button("Save"))
		t.waitLong(long, "the backup", func(s *snapshot) bool { return s.says("Backed up") })
	})
	t.picture("many-backed-up")
	t.click(button("Done"))
	t.removeFile("many.lethe-backup")
	t.click(button("Customers"))
	t.see(thousands(m.all) + " total")
}

// exportMany writes everybody into a file.
func (t *tour) exportMany(m many) {
	t.do("export " + thousands(m.all))
	t.click(button("Export"))
	t.see("Your password")
	t.fill("Your password", onfile.Password)
	t.click(button("Export " + thousands(m.all) + " customers"))
	t.nameFile("many.xlsx")
	t.measure("export", func() {
		t.click(button("Save"))
		t.waitLong(long, "the end of the export", func(s *snapshot) bool {
			return s.says(thousands(m.all) + " customers exported to")
		})
	})
	t.picture("many-exported")
	t.click(button("Close"))
	t.removeFile("many.xlsx")
}

// nameFile answers the question where to save, up to its button.
func (t *tour) nameFile(name string) {
	t.waitFor("the question for a file", func(s *snapshot) bool { return button("Save").in(s) != nil })
	t.click(match("the name of the file", func(o *object) bool { return o.Kind == "Entry" }))
	t.key("ctrl+a")
	t.typeText(name)
}

// removeFile removes what the program wrote: what is large is not kept to the
// end of the tour.
func (t *tour) removeFile(name string) {
	if path := t.findFile(name); t.err == nil {
		t.fail(os.Remove(path))
	}
}

// importMany takes n customers from a file into a new list.
func (t *tour) importMany(n int) {
	t.do("import " + thousands(n))
	dir := filepath.Join(t.home, "imported")
	file := t.manyFile(n)
	if t.err == nil {
		t.fail(t.emptyList(dir))
	}
	// While a program starts, there is nobody whom it could not hear.
	meter := t.meter
	t.meter = nil
	t.run("-data", dir, file)
	t.see("Who are you?")
	t.meter = meter
	t.fill("Password", onfile.Password)
	t.measure("look into a file", func() {
		t.key("Return")
		t.waitLong(long, "the columns", func(s *snapshot) bool {
			return s.says("Map Columns") && beginning("Import ").usable().in(s) != nil
		})
	})
	t.picture("many-import")
	t.measure("import", func() {
		t.click(beginning("Import "))
		t.waitLong(long, "the report", func(s *snapshot) bool { return s.says("What became of the " + thousands(n) + " rows") })
	})
	t.picture("many-imported")
	t.measure("import: the list", func() {
		t.click(button("Done"))
		t.waitLong(long, "the list", func(s *snapshot) bool { return s.says(thousands(n)+" total") && len(s.rows()) > 0 })
	})
	t.act = "closing"
	t.quit()
	if t.err == nil {
		t.fail(os.RemoveAll(dir))
	}
}

// manyFile is the path of a file of n customers, made if need be.
func (t *tour) manyFile(n int) string {
	if t.err != nil {
		return ""
	}
	folder, err := onfile.Folder(manyFolder, n)
	if err != nil {
		t.fail(err)
		return ""
	}
	path, err := filepath.Abs(filepath.Join(folder, onfile.CSVName))
	if err != nil {
		t.fail(err)
		return ""
	}
	t.fail(onfile.Once(path, func(path string) error { return onfile.MakeCSV(t.ctx, path, n, nil) }))
	return path
}

// emptyList makes a list without customers.
func (t *tour) emptyList(dir string) (err error) {
	l, err := onfile.Create(t.ctx, dir, account.KDF{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	return l.ProveRecovery(t.ctx, l.Owner)
}
