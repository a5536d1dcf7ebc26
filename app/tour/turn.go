package main

import (
	"path/filepath"
	"slices"
)

// turnMany turns the key in the settings: what it is for, the room that it
// takes, how far it is. Afterwards the list is in another file, and whole.
func (t *tour) turnMany(dir string, m many) {
	t.do("turn the key of " + thousands(m.all))
	before := t.databases(dir)
	t.setting("Key")
	t.picture("turn-settings")
	t.click(button("Turn the key…"))
	t.see("Turn the key of the list?", "more for a moment", "are free.")
	t.picture("turn-key")
	t.measure("turn the key", func() {
		t.click(button("Turn the key"))
		s := t.waitLong(long, "how far it is", func(s *snapshot) bool {
			return s.says("of "+thousands(m.all)+" customers written") || s.says("The key was turned.")
		})
		if t.err == nil && !s.says("The key was turned.") {
			t.glimpse("turn-progress")
		}
		t.waitLong(long, "the end", func(s *snapshot) bool { return s.says("The key was turned.") })
	})
	t.picture("turn-done")
	if after := t.databases(dir); t.err == nil && (len(after) != 1 || slices.Equal(before, after)) {
		t.failf("the list is in %q, and was in %q", after, before)
	}
	t.click(button("Customers"))
	t.see(thousands(m.all) + " total")
}

// databases are the files of lists in a folder.
func (t *tour) databases(dir string) []string {
	names, err := filepath.Glob(filepath.Join(dir, "customers-*.lethe"))
	t.fail(err)
	return names
}
