package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"lethe/data/sample"
	"lethe/data/store"
)

// lockAndReturn locks the window and signs in again.
func (t *tour) lockAndReturn() {
	t.do("locking, and signing in again")
	t.click(button("Lock"))
	t.see("Who are you?")
	t.fill("Password", "not the password")
	t.click(button("Sign in"))
	t.see("That password isn’t right.")
	t.picture("wrong-password")
	t.fill("Password", ownerPassword)
	t.click(button("Sign in"))
	t.see("1,563 total")
	t.expect(1563)
}

// outbox shows what the Account Owner is told.
func (t *tour) outbox() {
	t.do("the outbox")
	t.click(button("Outbox"))
	t.see("Sharma Traders: 1,563 customers deleted", "Prepared: sending was not set up", "Open in")
	t.picture("outbox")
}

// setting goes to a section of the settings.
func (t *tour) setting(section string) {
	t.click(button("Settings"))
	t.click(match("the section "+section, func(o *object) bool { return o.Kind == "line" && o.Text == section }))
}

// settings shows the settings.
func (t *tour) settings() {
	t.do("the settings")
	t.click(button("Settings"))
	t.see("Business name", "Recovery key")
	t.picture("settings")
	t.setting("OTPs")
	t.see("OTPs are set up.")
}

// checkAtRest looks at what the program left behind once it has ended: the
// folder is free, the store opens and is empty, and no file below the home
// names a customer or a number of theirs in plain words.
func (t *tour) checkAtRest() {
	if t.err != nil {
		return
	}
	lock, err := store.LockFolder(t.folder())
	if err != nil {
		t.fail(err)
		return
	}
	t.expect(0)
	if err := lock.Release(); err != nil {
		t.fail(err)
		return
	}
	needles, err := t.needles()
	if err != nil {
		t.fail(err)
		return
	}
	t.fail(filepath.WalkDir(t.home, func(path string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) || e != nil && !e.Type().IsRegular() {
			return nil
		}
		if err != nil {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, n := range needles {
			if bytes.Contains(raw, n) {
				return fmt.Errorf("“%s” stands in plain words in %s", n, filepath.Base(path))
			}
		}
		return nil
	}))
}

// needles are names, mail addresses and numbers of those who were imported, but
// for namesakes of the owner and of the business: the keys name those.
func (t *tour) needles() ([][]byte, error) {
	customers, _, err := sample.Demo(t.ctx)
	if err != nil {
		return nil, err
	}
	var out [][]byte
	for i := range customers {
		c := &customers[i]
		for _, text := range []string{c.Name, c.Email, c.Phone.String(), strings.TrimPrefix(c.Phone.String(), "+91")} {
			const telling = 9 // shorter ones could stand anywhere
			if len(text) >= telling && text != ownerName && text != business {
				out = append(out, []byte(text))
			}
		}
	}
	return out, nil
}
