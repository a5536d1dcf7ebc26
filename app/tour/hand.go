package main

import (
	"fmt"
	"strconv"
	"strings"
)

// xdo runs xdotool.
func (t *tour) xdo(args ...string) string {
	if t.err != nil || !t.checkAlive() {
		return ""
	}
	said, err := t.screen.Command("xdotool", args...).Output()
	if err != nil {
		t.failf("xdotool %s: %w", strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(said))
}

// placeWindow finds the program's window and puts the keyboard on it.
func (t *tour) placeWindow() {
	// A helper window can be there for a moment: only one that is shown, and
	// stays, counts.
	found := t.until(patience, func() bool {
		if !t.checkAlive() {
			return false
		}
		said, err := t.screen.Command("xdotool", "search", "--onlyvisible", "--pid", strconv.Itoa(t.program.Cmd.Process.Pid)).Output()
		ids := strings.Fields(string(said))
		if err != nil || len(ids) != 1 {
			return false
		}
		t.program.window = ids[0]
		return t.screen.Command("xdotool", "windowactivate", "--sync", ids[0]).Run() == nil
	})
	if !found {
		t.failf("no window shows in %s", patience)
		return
	}
	t.measureWindow()
}

// measureWindow asks where the window is now, until two answers agree.
func (t *tour) measureWindow() {
	var last frame
	t.until(patience, func() bool {
		now := t.geometry()
		same := now == last && now.W > 0
		last = now
		return same
	})
	if t.err == nil {
		t.program.frame = last
	}
}

// geometry is asked of xwininfo: what xdotool answers is off by the frame that
// a window manager puts around the window.
func (t *tour) geometry() frame {
	said, err := t.screen.Command("xwininfo", "-id", t.program.window).Output()
	if err != nil {
		return frame{}
	}
	var r frame
	for line := range strings.Lines(string(said)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil {
			continue
		}
		switch name {
		case "Absolute upper-left X":
			r.X = n
		case "Absolute upper-left Y":
			r.Y = n
		case "Width":
			r.W = n
		case "Height":
			r.H = n
		case "Relative upper-left Y":
			r.Title = n
		}
	}
	return r
}

// resize makes the window that large.
func (t *tour) resize(width, height int) {
	if t.err != nil {
		return
	}
	t.xdo("windowsize", "--sync", t.program.window, strconv.Itoa(width), strconv.Itoa(height))
	t.waitFor(fmt.Sprintf("the window to be %d×%d", width, height), func(s *snapshot) bool {
		return s.Width == width && s.Height == height
	})
	t.measureWindow()
}

// clickAt moves the pointer into the window, lets it be seen there, and clicks.
func (t *tour) clickAt(x, y, button int) {
	if t.err != nil {
		return
	}
	f := t.program.frame
	t.xdo("mousemove", strconv.Itoa(f.X+x), strconv.Itoa(f.Y+y), "sleep", "0.2", "click", strconv.Itoa(button))
}

// point moves the pointer to something, without a click.
func (t *tour) point(x, y int) {
	if t.err == nil {
		f := t.program.frame
		t.xdo("mousemove", strconv.Itoa(f.X+x), strconv.Itoa(f.Y+y))
	}
}

// wheel turns the wheel at a place, down where notches is positive.
func (t *tour) wheel(x, y, notches int) {
	t.point(x, y)
	button := "5"
	if notches < 0 {
		button, notches = "4", -notches
	}
	t.xdo("click", "--repeat", strconv.Itoa(notches), "--delay", "30", button)
}

// click clicks on what the query finds, once it is there and can be used.
func (t *tour) click(q query) {
	o := t.find(q.usable())
	if t.err != nil {
		return
	}
	x, y := o.rect().middle()
	t.clickAt(x, y, 1)
}

// key presses a key or a chord, as "alt+F4".
func (t *tour) key(names ...string) { t.xdo(append([]string{"key"}, names...)...) }

// typeText types with the keyboard, wherever the focus is.
func (t *tour) typeText(text string) {
	t.xdo("type", "--delay", "15", "--", text)
}

// fill clicks into the field under a label and types in place of what is
// there.
func (t *tour) fill(label, text string) {
	t.click(field(label))
	t.waitFor("the focus in "+label, func(s *snapshot) bool {
		o := field(label).in(s)
		return o != nil && o.Focused
	})
	t.key("ctrl+a")
	t.typeText(text)
}
