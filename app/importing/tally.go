package importing

import (
	"strings"

	"lethe/data"
	"lethe/data/fold"
	"lethe/data/phone"
	"lethe/data/transfer"
)

// fate is what becomes of a row, as far as the file and the list tell before
// the store has spoken.
type fate int

const (
	usable  fate = iota // to be added, or to update whom it is about
	refused             // can't be a customer
	twice               // its phone number stood in a row before
	there               // is in the list already and stays as it is
	remark              // comes in, but something about a value is worth saying
)

// listed are the fates whose lines a report lists, in its order.
var listed = [...]fate{refused, twice, there, remark}

// maxLines is how many lines of each fate are kept. Counts are always exact.
const maxLines = 10_000

const titleLimit = 32 // characters of a name beside a line

// line is one line of the file that a report speaks of.
type line struct {
	number int
	reason transfer.Reason
	column int    // of the file, or -1
	title  string // whom it is about, made safe to show
}

// tally sorts the rows of a file one after another.
type tally struct {
	known map[data.Phone]struct{} // numbers in the list; nil where that isn't to be told
	keep  bool                    // lines too, not only counts

	rows   int
	change int          // of those in the list already, whom an update would change
	count  map[fate]int // rows of each fate; remark counts rows that come in
	lines  map[fate][]line
	seen   map[data.Phone]struct{}
}

func newTally(known map[data.Phone]struct{}, keep bool) *tally {
	return &tally{
		known: known, keep: keep,
		count: map[fate]int{}, lines: map[fate][]line{}, seen: map[data.Phone]struct{}{},
	}
}

// take counts a row and tells whether it goes to the store.
func (t *tally) take(rec *transfer.Record) bool {
	t.rows++
	if rec.Refused != "" {
		t.add(refused, rec, rec.Refused, -1)
		return false
	}
	if _, again := t.seen[rec.Customer.Phone]; again {
		t.add(twice, rec, "", -1)
		return false
	}
	t.seen[rec.Customer.Phone] = struct{}{}
	t.count[usable]++
	if t.isThere(rec) {
		t.add(there, rec, "", -1)
	}
	for i, p := range rec.Problems {
		if i == 0 {
			t.count[remark]++
		}
		t.keepLine(remark, rec, p.Reason, p.Column)
	}
	return true
}

// isThere tells whether the row is about somebody in the list.
func (t *tally) isThere(rec *transfer.Record) bool {
	_, ok := t.known[rec.Customer.Phone]
	return ok
}

func (t *tally) add(f fate, rec *transfer.Record, why transfer.Reason, column int) {
	t.count[f]++
	t.keepLine(f, rec, why, column)
}

func (t *tally) keepLine(f fate, rec *transfer.Record, why transfer.Reason, column int) {
	if t.keep && len(t.lines[f]) < maxLines {
		t.lines[f] = append(t.lines[f], line{rec.Line, why, column, titleOf(&rec.Customer)})
	}
}

// titleOf is what a row is called, in memory of its own.
func titleOf(c *data.Customer) string {
	for _, text := range [...]string{c.Name, c.WhatsAppName, c.Company, c.Email} {
		if title := fold.OneLine(text, titleLimit); title != "" {
			return strings.Clone(title)
		}
	}
	return phone.Format(c.Phone)
}
