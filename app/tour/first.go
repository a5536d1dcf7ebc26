package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// newcomer uses Lethe for the first time, at the pace of somebody who reads what
// is new, looks for what to click, and types with two fingers.
type newcomer struct {
	*tour
	acts  int // clicks, and fields filled
	keys  int
	began time.Time
}

// The pace.
const (
	reading  = 2500 * time.Millisecond // of each screen that is new
	aiming   = 1100 * time.Millisecond // at what is clicked
	typing   = 220 * time.Millisecond  // a key
	scanning = 12 * time.Second        // taking the phone, and a picture of the code
	// longestFirst is what the first minutes may take.
	longestFirst = 2 * time.Minute
)

func (n *newcomer) read(texts ...string) {
	n.see(texts...)
	n.pause(reading)
}

func (n *newcomer) press(q query) {
	n.pause(aiming)
	n.click(q)
	n.acts++
}

func (n *newcomer) enter(label, text string) {
	n.press(field(label))
	n.write(text)
}

func (n *newcomer) write(text string) {
	n.keys += len([]rune(text))
	n.xdo("type", "--delay", fmt.Sprint(typing.Milliseconds()), "--", text)
}

// firstMinutes goes from the first screen to a list with a file imported and one
// customer deleted, with a clock.
func (t *tour) firstMinutes() {
	t.do("the first minutes, with a clock")
	t.fail(errors.Join(os.RemoveAll(t.folder()), os.MkdirAll(filepath.Join(t.home, "Documents"), 0o755)))
	raw, err := os.ReadFile(exportedPath)
	t.fail(err)
	if t.err == nil {
		t.fail(os.WriteFile(filepath.Join(t.home, exportedName), raw, 0o600))
	}
	t.env = []string{"LANG=en_IN.UTF-8"} // so that the country is known
	t.run()
	t.env = nil
	n := &newcomer{tour: t, began: time.Now()}
	n.start()
	n.firstFile()
	n.firstDeletion()
	took := time.Since(n.began).Round(time.Second)
	fmt.Printf("  first screen to first deletion: %s, %d clicks, %d keys\n", took, n.acts, n.keys)
	if t.err == nil && took > longestFirst {
		t.failf("the first minutes took %s, more than %s", took, longestFirst)
	}
	t.quit()
}

// start is the first run.
func (n *newcomer) start() {
	n.read("Welcome to Lethe")
	n.press(button("Start with your business"))
	n.read("Your business")
	n.enter("Business name", business)
	n.enter("Your name", ownerName)
	n.enter("Your phone number", "9820000001")
	n.press(button("Next"))
	n.read("It opens the customer list.")
	n.enter("New password", "green mango")
	n.enter("The same password again", "green mango")
	n.press(button("Next"))

	app := &phone{}
	n.scan(app)
	n.pause(reading + scanning)
	n.write(n.readOut(app)) // the focus is there, and after the last digit it goes on

	n.noteRecovery()
	n.pause(reading)
	n.press(button("Save to a file…"))
	n.pause(reading)
	n.press(button("Save"))
	n.see("Saved. Print it")
	n.enter(lastGroupField, n.recovery.LastGroup())
	n.press(button("Next"))
}

// firstFile imports the list.
func (n *newcomer) firstFile() {
	n.read("Import your list")
	n.press(button("Choose a file"))
	n.waitFor("the question for a file", func(s *snapshot) bool { return button("Open").in(s) != nil })
	n.pause(reading)
	n.press(match(exportedName, func(o *object) bool { return o.Name == strings.TrimSuffix(exportedName, ".csv") }))
	n.press(button("Open"))
	n.read("Map Columns", "1,714 rows in the file.")
	n.pause(reading) // there is more to read here
	n.press(button("Import 1,714 rows"))
	n.read("What became of the 1,714 rows")
	n.press(button("Done"))
}

// firstDeletion deletes one customer.
func (n *newcomer) firstDeletion() {
	n.read("1,714 total")
	n.press(inRow("action:delete", n.rowText(3)))
	n.read("This can't be undone. There is no bin.")
	n.press(button("Delete this customer"))
	n.waitLong(3*patience, "the result", func(s *snapshot) bool { return s.says("1 customer deleted. 1,713 stay.") })
	n.picture("first-minutes")
	n.press(button("Done"))
	n.see("1,713 total")
}
