package sealed

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A search in one pass and one in two find what a plain loop over all pages
// finds, in a database that is full of what was deleted and what lives.
func TestSearchFindsWhatALoopFinds(t *testing.T) {
	ctx, key := context.Background(), newKey(t)
	path := filepath.Join(t.TempDir(), "a.db")
	v := mount(t, key)
	v.keepGap = true
	db := open(t, path, v, "secure_delete(off)")
	exec(t, db, table)
	insert(t, db, 0, 1500)
	random := rand.New(rand.NewPCG(3, 4))
	for _, i := range random.Perm(1500)[:500] {
		exec(t, db, `UPDATE customer SET note = ? WHERE id = ?`, editOf(i, i%4)+strings.Repeat(" and more", i%900), i)
	}
	for _, i := range random.Perm(1500)[:500] {
		exec(t, db, `DELETE FROM customer WHERE id = ?`, i)
	}
	closeAll(t, db, v)

	type value struct {
		bytes []byte
		text  bool
		where Where
	}
	var values []value
	n := NewNeedles()
	for i := 0; i < 1500; i += 5 {
		for _, b := range [][]byte{[]byte(nameOf(i)), []byte(noteOf(i)), []byte(editOf(i, i%4))[:min(100, len(editOf(i, i%4)))]} {
			w := value{b, random.IntN(2) == 0, Where(random.IntN(2))}
			if w.text {
				w.bytes = bytes.ToUpper(b)
				n.AddText(string(w.bytes), w.where)
			} else {
				n.Add(b, w.where)
			}
			values = append(values, w)
		}
	}
	var want []string
	err := Pages(ctx, path, key, func(p Page) error {
		ranges, small := remains(p), lower(bytes.Clone(p.Data))
		for number, w := range values {
			data, b := p.Data, w.bytes
			if w.text {
				data, b = small, lower(bytes.Clone(b))
			}
			for at := 0; ; at++ {
				i := bytes.Index(data[at:], b)
				if i < 0 {
					break
				}
				at += i
				switch {
				case w.where == Anywhere:
					want = append(want, fmt.Sprint(p.Number, number, live(p.Unallocated, at, at+len(b))))
				case !live(ranges, at, at+len(b)):
					want = append(want, fmt.Sprint(p.Number, number, false))
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(want)
	for _, small := range []int64{0, 1 << 40} {
		r, err := search(ctx, path, key, n, 1<<20, small)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range r.Findings {
			got = append(got, fmt.Sprint(f.Page, f.Needle, f.Live))
		}
		slices.Sort(got)
		if r.Found != len(want) || !slices.Equal(got, want) {
			t.Errorf("small up to %d: %d findings, want %d", small, len(got), len(want))
		}
	}
	t.Logf("%d findings", len(want))
}
