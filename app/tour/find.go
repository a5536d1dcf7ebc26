package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// query says what is looked for on the layer on top.
type query struct {
	what string
	in   func(*snapshot) *object // nil where it isn't there
}

// match finds the smallest object that fits.
func match(what string, fits func(*object) bool) query {
	return query{what, func(s *snapshot) *object {
		var best *object
		for i := range s.Objects {
			o := object(s.Objects[i])
			if o.Layer == s.Top && fits(&o) && (best == nil || o.W*o.H < best.W*best.H) {
				best = &o
			}
		}
		return best
	}}
}

// button is what can be clicked and bears that text, or that name.
func button(text string) query {
	return match("“"+text+"”", func(o *object) bool { return o.Acts && (o.Text == text || o.Name == text) })
}

// beginning is what can be clicked and whose text begins so.
func beginning(text string) query {
	return match("“"+text+"…”", func(o *object) bool { return o.Acts && strings.HasPrefix(o.Text, text) })
}

// words is a text, be it one that can be clicked or not.
func words(text string) query {
	return match("“"+text+"”", func(o *object) bool { return o.Text == text })
}

// field is the field for text under a label.
func field(label string) query { return under(label, "Entry", "Field") }

// under is what is of one of these kinds and stands next below a label.
func under(label string, kinds ...string) query {
	return query{"what stands under “" + label + "”", func(s *snapshot) *object {
		head := words(label).in(s)
		if head == nil {
			return nil
		}
		return uppermost(s, func(o *object) bool {
			return slices.Contains(kinds, o.Kind) && o.Y > head.Y && o.X <= head.X+8 && o.X+o.W > head.X
		})
	}}
}

// uppermost is the highest object that fits.
func uppermost(s *snapshot, fits func(*object) bool) *object {
	var best *object
	for i := range s.Objects {
		o := object(s.Objects[i])
		if o.Layer == s.Top && fits(&o) && (best == nil || o.Y < best.Y) {
			best = &o
		}
	}
	return best
}

// inRow is a target of the first row that has all these texts: "row", "check"
// or "action:" and its name.
func inRow(target string, texts ...string) query {
	return query{fmt.Sprintf("the %s of the row with %q", target, texts), func(s *snapshot) *object {
		for _, row := range s.rows() {
			if !row.has(texts...) {
				continue
			}
			return match("", func(o *object) bool { return o.Kind == target && o.Row == row.Row }).in(s)
		}
		return nil
	}}
}

// find answers with the first text that fits, or "".
func (s *snapshot) find(text *regexp.Regexp) string {
	for _, o := range s.Objects {
		if o.Kind == "Text" && o.Layer == s.Top && text.MatchString(o.Text) {
			return o.Text
		}
	}
	return ""
}

// rows are the grid's rows on screen, from the top.
func (s *snapshot) rows() []*object {
	var out []*object
	for i := range s.Objects {
		if o := object(s.Objects[i]); o.Kind == "row" && o.Layer == s.Top {
			out = append(out, &o)
		}
	}
	return out
}

func (o *object) has(texts ...string) bool {
	for _, text := range texts {
		if !strings.Contains(o.Text, text) {
			return false
		}
	}
	return true
}

// usable finds the same, once it can be used.
func (q query) usable() query {
	return query{q.what, func(s *snapshot) *object {
		if o := q.in(s); o != nil && !o.Disabled {
			return o
		}
		return nil
	}}
}

// find waits for something and until it keeps its place.
func (t *tour) find(q query) *object {
	var last *object
	t.waitFor(q.what, func(s *snapshot) bool {
		o := q.in(s)
		same := o != nil && last != nil && o.rect() == last.rect()
		last = o
		return same
	})
	if last == nil {
		return &object{}
	}
	return last
}

// absent fails if something is there.
func (t *tour) absent(why string, unwanted func(*object) bool) {
	s := t.settle()
	for i := range s.Objects {
		if o := object(s.Objects[i]); unwanted(&o) {
			t.failf("%s, and yet there is %s %q at %s", why, o.Kind, o.Text+o.Name, o.rect())
			return
		}
	}
}
