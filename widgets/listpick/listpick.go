// Package listpick is a list of one-line rows, each with a text button at its end. It
// holds a million rows as easily as ten: it draws those on screen only, and keeps its
// position as a whole row and the pixels beyond it, where a float of pixels would
// become too coarse.
package listpick

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/keys"
)

// RowHeight is the height of a row.
const RowHeight float32 = 28

const none = -1

// Row is what a row shows.
type Row struct {
	Text   string
	Detail string // in a column of its own
	Button string // "" for no button
	Muted  bool   // struck out of the list, so to say: drawn grey
}

// List scrolls rows of 28 by wheel, bar, PgUp, PgDn, Home, End and the arrows; Space
// presses the button of the row in focus. UI goroutine only.
type List struct {
	widget.BaseWidget
	keys.Hook

	fetch    func(i int) Row
	onButton func(i int)

	count   int
	minRows int
	top     int     // the first row on screen
	rest    float32 // how much of it is scrolled out: 0 to below RowHeight
	current int     // the row the keyboard is on, or none
	hovered int     // the row under the pointer, or none
	focused bool

	slots  []*slot // row i is drawn by slots[i % len(slots)]
	body   *fyne.Container
	clip   *container.Clip
	bar    *scrollbar
	detail float32 // width of the widest detail seen
	button float32 // width of the buttons' column
}

// New makes an empty list. Fetch is asked for rows on screen only, and must be fast;
// onButton is called with the row whose button was pressed.
func New(fetch func(i int) Row, onButton func(i int)) *List {
	l := &List{fetch: fetch, onButton: onButton, minRows: 4, current: none, hovered: none}
	l.body = container.NewWithoutLayout()
	l.clip = container.NewClip(l.body)
	l.bar = newScrollbar(l)
	l.ExtendBaseWidget(l)
	return l
}

// SetMinRows sets how many rows the list's smallest height holds; 4 at first.
func (l *List) SetMinRows(n int) {
	l.minRows = n
	l.Refresh()
}

// SetCount sets how many rows there are and fetches those on screen anew.
func (l *List) SetCount(n int) {
	l.count = max(n, 0)
	l.current = min(l.current, l.count-1)
	l.hovered = none
	l.clamp()
	l.Update()
}

// Count is how many rows there are.
func (l *List) Count() int { return l.count }

// Update fetches the rows on screen anew.
func (l *List) Update() {
	for _, s := range l.slots {
		s.index = none
	}
	l.draw()
}

// First is the first row on screen, be it in part.
func (l *List) First() int { return l.top }

// Current is the row the keyboard is on, or -1.
func (l *List) Current() int { return l.current }

// ScrollTo brings a row into view, with as little movement as it takes.
func (l *List) ScrollTo(i int) {
	if i < 0 || i >= l.count {
		return
	}
	height := l.Size().Height
	switch {
	case i <= l.top, height < RowHeight:
		l.top, l.rest = i, 0
	case i >= l.lastFull():
		tall := float32(math.Ceil(float64(height / RowHeight)))
		l.top, l.rest = i+1-int(tall), tall*RowHeight-height
	}
	l.clamp()
	l.draw()
}

// lastFull is the first row below those that are wholly on screen.
func (l *List) lastFull() int {
	return l.top + int((l.Size().Height+l.rest)/RowHeight)
}

// scrollBy moves by pixels, down where they are positive.
func (l *List) scrollBy(pixels float32) {
	at := l.rest + pixels
	rows := float32(math.Floor(float64(at / RowHeight)))
	l.top += int(rows)
	l.rest = at - rows*RowHeight
	l.clamp()
	l.draw()
}

// end is the position at which the last row touches the lower edge.
func (l *List) end() (top int, rest float32) {
	height := l.Size().Height
	tall := int(math.Ceil(float64(height / RowHeight)))
	if l.count < tall {
		return 0, 0
	}
	return l.count - tall, float32(tall)*RowHeight - height
}

func (l *List) clamp() {
	top, rest := l.end()
	if l.top > top || l.top == top && l.rest > rest {
		l.top, l.rest = top, rest
	}
	if l.top < 0 {
		l.top, l.rest = 0, 0
	}
}

// share is how far the list is scrolled, 0 to 1.
func (l *List) share() float64 {
	top, rest := l.end()
	whole := float64(top) + float64(rest/RowHeight)
	if whole <= 0 {
		return 0
	}
	return (float64(l.top) + float64(l.rest/RowHeight)) / whole
}

// scrollToShare scrolls to a share of the whole.
func (l *List) scrollToShare(share float64) {
	top, rest := l.end()
	at := min(max(share, 0), 1) * (float64(top) + float64(rest/RowHeight))
	l.top = int(at)
	l.rest = float32(at-float64(l.top)) * RowHeight
	l.clamp()
	l.draw()
}

// scrolls reports whether there are more rows than fit.
func (l *List) scrolls() bool {
	top, rest := l.end()
	return top > 0 || rest > 0
}

// press does what a click on a row's button does.
func (l *List) press(i int) {
	if i >= 0 && i < l.count && l.onButton != nil && l.fetch(i).Button != "" {
		l.onButton(i)
		l.Update()
	}
}
