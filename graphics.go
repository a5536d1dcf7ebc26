package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"runtime"
	"sync"
)

const (
	noDisplayText   = "Lethe needs a desktop: there is no display here. Start it from a graphical session; over SSH, with X forwarding."
	lostDisplayText = "Lethe could not reach this desktop’s display. Start it from a graphical session that you are signed in to; over SSH, with X forwarding."
	noOpenGLText    = "Lethe could not open its window: this computer’s graphics driver offers no OpenGL 2.1. Install the driver for its graphics card, or Mesa’s software rendering; over a remote desktop, try it at the computer itself."
)

// noDisplay is the sentence to say where no window can be, else "".
func noDisplay(getenv func(string) string) string {
	switch runtime.GOOS {
	case "linux", "freebsd", "openbsd", "netbsd":
		if getenv("DISPLAY") == "" && getenv("WAYLAND_DISPLAY") == "" {
			return noDisplayText
		}
	}
	return ""
}

// graphicsWatch reads what Fyne logs. Its driver ends the program by itself
// when the window can't be made, after a line in the log: this is the one
// place where that can be put into words.
type graphicsWatch struct {
	mu   sync.Mutex
	out  io.Writer
	once sync.Once
	bad  bool
}

// watchGraphics puts itself before the standard logger.
func watchGraphics(out io.Writer) *graphicsWatch {
	w := &graphicsWatch{out: out}
	log.SetOutput(w)
	return w
}

// Write implements io.Writer.
func (w *graphicsWatch) Write(line []byte) (int, error) {
	switch {
	case bytes.Contains(line, []byte("failed to initialise GLFW")):
		w.explain(lostDisplayText)
	case bytes.Contains(line, []byte("window creation error")), bytes.Contains(line, []byte("failed to initialise OpenGL")):
		w.explain(noOpenGLText)
	}
	return w.out.Write(line)
}

// explain says once why there is no window.
func (w *graphicsWatch) explain(text string) {
	w.once.Do(func() {
		w.mu.Lock()
		w.bad = true
		w.mu.Unlock()
		fmt.Fprintln(w.out, text)
	})
}

func (w *graphicsWatch) failed() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.bad
}
