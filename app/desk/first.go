package desk

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"

	"lethe/data"
	"lethe/data/view"
)

// The window shows its first rows before the list is read. Whom it began with
// last time stands in the preferences, as ids: which are no names, mean nothing
// without the list, and go through the person's rights like all others.

// prefFirst begins the key; what follows tells lists and members apart.
const prefFirst = "customers.first."

// KeepCount is how many customers are kept: more than a large window shows.
const KeepCount = 60

func (d *Desk) firstKey() string {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s\x00%d", d.Store.Dir(), d.Rights().User)
	return fmt.Sprintf("%s%016x", prefFirst, h.Sum64())
}

// KeepFirst keeps whom the list begins with, as it is shown after signing in:
// the first KeepCount of ids. UI goroutine.
func (d *Desk) KeepFirst(ids []data.CustomerID) {
	if d.Demo {
		return // its folder is never opened again
	}
	kept := make([]int, 0, KeepCount)
	for _, id := range ids[:min(len(ids), KeepCount)] {
		kept = append(kept, int(id))
	}
	key := d.firstKey()
	if !slices.Equal(d.Prefs.IntList(key), kept) {
		d.Prefs.SetIntList(key, kept)
	}
}

// first is what is known of the list before it is read.
func (d *Desk) first(ctx context.Context) (view.First, error) {
	var f view.First
	if d.Demo || !d.Rights().Can(data.ViewAllCustomers) {
		return f, nil // how many they see takes reading all
	}
	mark, err := d.Store.Mark(ctx, d.Actor)
	if err != nil {
		return f, err
	}
	f.Total = mark.Held
	for _, id := range d.Prefs.IntList(d.firstKey()) {
		f.IDs = append(f.IDs, data.CustomerID(id))
	}
	return f, nil
}
