package backups

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"lethe/data/store/storetest"
)

// A backup onto a full disk says so in the dialog, which stays for another
// place; nothing is left there.
func TestBackUpOntoAFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("lethe", dir, "tmpfs", 0, "size=16k"); err != nil {
		t.Skipf("no disk can be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	b := filled(t, 30)
	b.Answers.SavePath = filepath.Join(dir, "x.lethe-backup")
	m := b.section.make()
	m.password.SetText(storetest.Password)
	m.first.SetText(passphrase)
	m.again.SetText(passphrase)
	m.submit()
	b.says("The disk is full. Free some room, then try again. Nothing was changed.")
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 0 || len(b.backups()) != 0 || !m.dialog.Shown() {
		t.Errorf("left %v, %v; %d remembered", left, err, len(b.backups()))
	}
	b.Answers.SavePath = filepath.Join(t.TempDir(), "x.lethe-backup")
	m.submit()
	b.says("Backed up")
	if n := len(b.backups()); n != 1 {
		t.Errorf("elsewhere: %d remembered", n)
	}
}
