package main

import (
	"fmt"
	"io"
	"os"
	"time"
)

// progress tells what is done at the moment: on a terminal in one line that
// changes, elsewhere in a line now and then.
type progress struct {
	out   io.Writer
	live  bool
	every time.Duration
	next  time.Time
	shown bool // something stands in the line
}

const (
	everyLive = 200 * time.Millisecond
	everyLine = 15 * time.Second
)

func newProgress(f *os.File) *progress {
	p := &progress{out: f, every: everyLine}
	if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
		p.live, p.every = true, everyLive
	}
	p.next = time.Now().Add(p.every)
	return p
}

// show tells text, unless something was told a moment ago.
func (p *progress) show(text string) {
	at := time.Now()
	if at.Before(p.next) {
		return
	}
	p.next = at.Add(p.every)
	if p.live {
		fmt.Fprintf(p.out, "\r\x1b[K%s", text)
		p.shown = true
		return
	}
	fmt.Fprintln(p.out, text)
}

// clear empties the line.
func (p *progress) clear() {
	if p.shown {
		fmt.Fprint(p.out, "\r\x1b[K")
		p.shown = false
	}
}
