package main

import (
	"encoding/json"
	"fmt"
	"net"
	"reflect"
	"strings"
	"time"

	"lethe/app/probe"
)

type (
	snapshot struct{ probe.Snapshot }
	object   probe.Object
)

func (o *object) rect() rect { return rect{o.X, o.Y, o.W, o.H} }

// look asks the program what is on screen.
func (t *tour) look() (*snapshot, error) {
	if t.program == nil || t.program.window == "" {
		return nil, fmt.Errorf("no window is open")
	}
	c, err := net.DialTimeout("unix", t.program.socket, time.Second)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		return nil, err
	}
	var s snapshot
	if err := json.NewDecoder(c).Decode(&s.Snapshot); err != nil {
		return nil, err
	}
	t.meter.note(&s)
	return &s, nil
}

// waitFor looks until something is so, and answers with that look.
func (t *tour) waitFor(what string, so func(*snapshot) bool) *snapshot {
	return t.waitLong(patience, what, so)
}

func (t *tour) waitLong(patience time.Duration, what string, so func(*snapshot) bool) *snapshot {
	var last *snapshot
	var why error
	ok := t.until(patience, func() bool {
		if !t.checkAlive() {
			return false
		}
		last, why = t.look()
		return why == nil && so(last)
	})
	switch {
	case ok:
		return last
	case t.err == nil && why != nil:
		t.failf("waited %s for %s: %w", patience, what, why)
	case t.err == nil:
		t.failf("waited %s for %s", patience, what)
	}
	return &snapshot{}
}

// settle waits until two looks in a row show the same.
func (t *tour) settle() *snapshot {
	var last *snapshot
	return t.waitFor("the window to come to rest", func(s *snapshot) bool {
		same := last != nil && reflect.DeepEqual(s.still(), last.still())
		last = s
		return same
	})
}

// still is what doesn't count seconds.
func (s *snapshot) still() []probe.Object {
	var out []probe.Object
	for _, o := range s.Objects {
		if !strings.Contains(o.Text, "Authenticator:") {
			out = append(out, o)
		}
	}
	return out
}

// see fails unless these texts are to be read within patience.
func (t *tour) see(texts ...string) {
	for _, text := range texts {
		t.waitFor("the words “"+text+"”", func(s *snapshot) bool { return s.says(text) })
	}
}

// gone waits until a text can't be read any more.
func (t *tour) gone(text string) {
	t.waitFor("the words “"+text+"” to go", func(s *snapshot) bool { return !s.says(text) })
}

// says reports whether a text can be read on the layer that is on top.
func (s *snapshot) says(text string) bool {
	for _, o := range s.Objects {
		if o.Layer == s.Top && strings.Contains(o.Text, text) {
			return true
		}
	}
	return false
}

// describe lists what is on top, for messages.
func (s *snapshot) describe() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%q, %d×%d, layer %d\n", s.Title, s.Width, s.Height, s.Top)
	for _, p := range s.Objects {
		o := object(p)
		if o.Layer != s.Top || o.Kind == "RichText" || o.Kind == "Text" && len(s.Objects) > 120 {
			continue
		}
		fmt.Fprintf(&b, "  %-14s %-20s %q", o.Kind, o.rect(), short(o.Text))
		for _, mark := range []struct {
			on   bool
			text string
		}{{o.Acts, "acts"}, {o.Disabled, "disabled"}, {o.Focused, "focused"}, {o.Name != "", "name=" + o.Name}} {
			if mark.on {
				b.WriteString(" " + mark.text)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func short(text string) string {
	const most = 90
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}
