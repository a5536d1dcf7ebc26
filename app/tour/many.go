package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/fold"
	"lethe/data/sample"
	"lethe/data/sample/onfile"
)

// usual is how many customers the ordinary tour goes through; tour-million
// takes fifty times as many.
const usual = 20_000

// manyFolder is where lists of very many are kept from tour to tour; the
// benchmark's million is the same one.
var manyFolder = filepath.Join("build", "bench")

// many is what a list of very many holds, counted row by row.
type many struct {
	all      int
	searched int // whose name holds sought
	inactive int // by the rule of the activity status, at counted
	counted  time.Time
}

// sought is typed into the search.
const sought = "gauri k"

// count goes through the sample.
func (m *many) count() {
	m.counted = time.Now()
	for c := range sample.Million(onfile.Seed, m.all) {
		if strings.Contains(fold.Fold(c.Name), sought) {
			m.searched++
		}
		if data.ActivityOf(c.LastInteraction(), m.counted, data.DefaultActiveDays) == data.Inactive {
			m.inactive++
		}
	}
}

// veryMany is a day with a list of n customers: open, turn the key, back up,
// export, search, filter, sort, go to the end, select all that match, delete
// about half, and import as many into a new list; with a look at how long the
// window was deaf meanwhile, and what memory it takes.
func (t *tour) veryMany(n int) {
	t.do(fmt.Sprintf("making a list of %s, once", thousands(n)))
	m := many{all: n}
	dir := t.manyCustomers(n)
	m.count()
	t.meter = &meter{}
	t.openMany(dir, m)
	t.turnMany(dir, m)
	t.backUpMany(m)
	t.exportMany(m)
	t.searchMany(m)
	t.sortMany(m)
	t.selectMany(m)
	left := t.deleteMany(m)
	t.act = "closing"
	t.quit()
	t.checkMany(dir, m.all-left)
	t.importMany(n)
	t.printMeter()
	t.meter = nil
}

// manyCustomers copies the list of n customers, made if need be, below the
// tour's home.
func (t *tour) manyCustomers(n int) string {
	dir := filepath.Join(t.home, "many")
	if t.err != nil {
		return dir
	}
	folder, err := onfile.Folder(manyFolder, n)
	if err != nil {
		t.fail(err)
		return dir
	}
	kept := filepath.Join(folder, "lethe")
	err = onfile.Once(kept, func(path string) error {
		return onfile.Make(t.ctx, path, n, account.KDF{}, nil)
	})
	if err == nil {
		err = onfile.Copy(dir, kept)
	}
	t.fail(err)
	return dir
}

// openMany signs in, and times the first rows and the whole list.
func (t *tour) openMany(dir string, m many) {
	t.do("signing in to " + thousands(m.all))
	t.run("-data", dir)
	t.see("Who are you?")
	t.fill("Password", onfile.Password)
	t.measure("sign in: first list", func() {
		t.key("Return")
		t.waitLong(3*patience, "the first rows", func(s *snapshot) bool { return len(s.rows()) > 0 })
	})
	t.measure("sign in: all counted", func() {
		t.waitLong(3*patience, "the list to be read", func(s *snapshot) bool {
			return s.says(thousands(m.all)+" customers match") && s.says(thousands(m.all)+" total")
		})
		t.find(match("the counts beside the values", func(o *object) bool { return o.Kind == "Tick" && strings.HasPrefix(o.Text, "Inactive") }))
	})
	t.picture("many")
}

// searchMany types a name, and ticks a status.
func (t *tour) searchMany(m many) {
	t.do("search among " + thousands(m.all))
	first := t.rowText(0)
	t.measure("search", func() {
		t.searchFor(sought)
		t.see(thousands(m.searched) + " of " + thousands(m.all))
	})
	t.picture("many-searched")
	t.searchFor("")
	t.waitFor("the whole list again", func(s *snapshot) bool {
		return s.says(thousands(m.all)+" total") && len(s.rows()) > 0 && s.rows()[0].Text == first
	})
}

// sortMany sorts by the last interaction and goes to the last row.
func (t *tour) sortMany(m many) {
	t.do("sort by the last interaction, and to the end")
	header := match("the header Last interaction", func(o *object) bool {
		return o.Kind == "header:"+string(data.FieldLastInteraction)
	})
	first := t.rowText(0)
	t.measure("sort", func() {
		t.click(header)
		t.waitLong(2*patience, "another order", func(s *snapshot) bool { return len(s.rows()) > 0 && s.rows()[0].Text != first })
	})
	t.click(inRow("row", t.rowText(1)))
	s := &snapshot{}
	t.measure("jump to the end", func() {
		t.key("ctrl+End")
		s = t.waitFor("the last row", func(s *snapshot) bool { return s.row(m.all-1) != nil })
	})
	if last := s.row(m.all - 1); t.err == nil && (last.H != 36 || !strings.Contains(last.Text, "–")) {
		t.failf("the last row is %s, %q: whoever was never in touch should stand there, in full", last.rect(), last.Text)
	}
	t.picture("many-end")
	t.measure("two pages up, and to the beginning", func() {
		t.key("Prior", "Prior")
		t.waitFor("rows further up", func(s *snapshot) bool { return s.row(m.all-1) == nil && len(s.rows()) > 0 })
		t.key("ctrl+Home")
		t.waitFor("the first row", func(s *snapshot) bool { return s.row(0) != nil })
	})
}

// row is a row on screen, by its number from 0.
func (s *snapshot) row(n int) *object {
	for _, o := range s.rows() {
		if o.Row == n {
			return o
		}
	}
	return nil
}

// selectMany filters by a status and selects all who match.
func (t *tour) selectMany(m many) {
	t.do("filter, and select all who match")
	t.measure("filter", func() {
		t.tick("Inactive")
		t.waitFor("the filter's count", func(s *snapshot) bool {
			return m.near(countOf(s, " of "+thousands(m.all)))
		})
	})
	t.click(inRow("row", t.rowText(0)))
	t.measure("select all matching", func() {
		t.key("ctrl+a")
		t.waitFor("the selection", func(s *snapshot) bool { return m.near(countOf(s, " Selected Items")) })
	})
	t.picture("many-selected")
	t.measure("another order, all selected", func() {
		t.click(match("the header Name", func(o *object) bool { return o.Kind == "header:"+string(data.FieldName) }))
		t.waitFor("the selection", func(s *snapshot) bool { return m.near(countOf(s, " Selected Items")) })
	})
}

// near tells whether n is how many are inactive, give and take those who became
// so since they were counted.
func (m many) near(n int) bool { return n >= m.inactive && n <= m.inactive+20 }

// countOf is the number before the words that follow it, 0 if it isn't there.
func countOf(s *snapshot, words string) int {
	for _, o := range s.Objects {
		text, _, ok := strings.Cut(o.Text, words)
		if !ok || o.Layer != s.Top {
			continue
		}
		n := 0
		if _, err := fmt.Sscan(strings.ReplaceAll(text[strings.LastIndexByte(text, ' ')+1:], ",", ""), &n); err == nil {
			return n
		}
	}
	return 0
}

// deleteMany deletes the selected, who are about half, and answers how many
// those were.
func (t *tour) deleteMany(m many) int {
	t.do("delete about half")
	n := countOf(t.settle(), " Selected Items")
	count := thousands(n)
	t.measure("look again at who goes", func() {
		t.click(button("Delete"))
		t.waitLong(long, "the dialog", func(s *snapshot) bool { return s.says("Delete " + count + " selected customers?") })
	})
	t.picture("many-delete")
	app := &phone{secret: onfile.Secret}
	t.click(field(otpField))
	t.typeText(t.readOut(app))
	t.measure("delete, scrub and check", func() {
		t.click(button("Delete " + count + " customers"))
		t.waitLong(long, "the result", func(s *snapshot) bool {
			return s.says(count+" customers deleted. "+thousands(m.all-n)+" stay.") &&
				s.says("Checked: nothing left in Lethe's files.")
		})
	})
	t.picture("many-deleted")
	t.measure("back to the list", func() {
		t.click(button("Done"))
		t.waitLong(long, "those who stay", func(s *snapshot) bool { return s.says(" of " + thousands(m.all-n)) })
	})
	t.tick("Inactive")
	t.see(thousands(m.all-n) + " total")
	return n
}

// checkMany looks into the files: how many are there, and whom it should not
// be.
func (t *tour) checkMany(dir string, stay int) {
	if t.err != nil {
		return
	}
	t.fail(func() (err error) {
		l, err := onfile.Open(t.ctx, dir)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, l.Close()) }()
		n, idle := 0, 0
		err = l.Customers(context.WithoutCancel(t.ctx), func(r *data.Row) error {
			n++
			// Nobody can have become inactive within a day before the list was opened.
			if data.ActivityOf(r.LastInteraction(), time.Now().Add(-24*time.Hour), data.DefaultActiveDays) == data.Inactive {
				idle++
			}
			return nil
		})
		if err == nil && (n != stay || idle > 0) {
			err = fmt.Errorf("%d customers are in the files, not %d; %d of them are inactive", n, stay, idle)
		}
		return err
	}())
}

// thousands writes a number as the window does.
func thousands(n int) string {
	text := fmt.Sprint(n)
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}
