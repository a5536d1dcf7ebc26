// Package filterpanel holds the pieces of a filter sidebar: sections that fold,
// with value rows in them, and a panel with a footer that stays in place.
package filterpanel

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/checkmark"
	"lethe/widgets/keys"
)

const (
	firstShown  = 6  // values before "Show 8 more"
	moreAtOnce  = 50 // values that one click on it adds at most
	searchAbove = 20 // values from which on there is a search box
)

// Value is one row: what can be ticked.
type Value struct {
	Key   string // unique in its section
	Label string
	Count int // or checkmark.NoCount
	On    bool
}

// Words are a section's texts.
type Words struct {
	Search string                  // placeholder of the search box; "" for no search box
	More   func(hidden int) string // "Show 8 more"; hidden is what the click will show
	Fewer  string                  // "Show fewer"
	Count  func(n int) string      // writes a count; nil for plain digits
}

// Section is a heading that folds, and under it an optional object and value rows.
// The first six rows and every ticked one are shown, the rest on demand. Rows keep
// the order they are given in.
type Section struct {
	widget.BaseWidget

	// OnChanged is called when the person toggles a row, never by SetValues.
	OnChanged func(key string, on bool)
	// OnFolded is called when the person opens or closes the section.
	OnFolded func(open bool)

	words   Words
	head    *heading
	extra   *fyne.Container // holds none or one
	search  *keys.Entry
	finder  *fyne.Container // around search
	rows    *fyne.Container
	more    *link
	fewer   *link
	body    *fyne.Container
	values  []Value
	ticks   map[string]*checkmark.Tick
	limit   int
	waiting int               // rows to keep room for until there are values
	changed func()            // tells the panel that the height changed
	scroll  *container.Scroll // the panel's, to be kept on what has the focus
}

// NewSection makes an open section without values.
func NewSection(title string, words Words) *Section {
	s := &Section{words: words, limit: firstShown, ticks: map[string]*checkmark.Tick{}}
	s.head = newHeading(title, func() {
		s.SetOpen(!s.Open())
		if s.OnFolded != nil {
			s.OnFolded(s.Open())
		}
	})
	s.search = keys.NewEntry()
	s.search.SetPlaceHolder(words.Search)
	s.search.OnChanged = func(string) { s.show() }
	s.extra = container.NewVBox()
	s.extra.Hide()
	s.rows = container.New(layout.NewCustomPaddedVBoxLayout(0))
	s.more = newLink(func() {
		list, hidden := s.visible()
		s.limit = len(list) + min(hidden, moreAtOnce)
		s.show()
	})
	s.fewer = newLink(func() {
		s.limit = firstShown
		s.show()
	})
	for _, o := range []interface {
		fyne.CanvasObject
		SetOnFocus(func())
	}{s.head, s.search, s.more, s.fewer} {
		o.SetOnFocus(func() { s.reveal(o) })
	}
	links := container.NewHBox(s.more, s.fewer)
	s.finder = container.New(layout.NewCustomPaddedLayout(2, 4, 2, 2), s.search)
	s.finder.Hide()
	s.body = container.New(layout.NewCustomPaddedVBoxLayout(0), s.extra, s.finder, s.rows, links)
	s.show()
	s.ExtendBaseWidget(s)
	return s
}

// SetExtra puts an object above the values, such as date fields or Any Of, All Of; nil
// takes it away.
func (s *Section) SetExtra(object fyne.CanvasObject) {
	s.extra.RemoveAll()
	if object != nil {
		s.extra.Add(object)
	}
	s.extra.Hidden = object == nil
	if s.scroll != nil {
		keys.Follow(s.scroll, s.extra)
	}
	s.resized()
}

// SetBadge shows how many conditions are active in the section; 0 shows nothing.
func (s *Section) SetBadge(active int) { s.head.setBadge(active) }

// SetTitle changes the heading.
func (s *Section) SetTitle(title string) { s.head.setTitle(title) }

// Open reports whether the body is shown.
func (s *Section) Open() bool { return s.head.open }

// SetOpen unfolds or folds the section, without a callback.
func (s *Section) SetOpen(open bool) {
	if s.head.open == open {
		return
	}
	s.head.open = open
	s.head.Refresh()
	s.body.Hidden = !open
	s.resized()
}

// Values is what the section holds.
func (s *Section) Values() []Value { return slices.Clone(s.values) }

// SetValues replaces the values, in place: rows whose key stays keep the focus, and only
// what differs is drawn anew. No callback.
func (s *Section) SetValues(values []Value) {
	s.values = slices.Clone(values)
	s.show()
}

// visible is the values to be shown now, and how many of them more could be.
func (s *Section) visible() (list []Value, hidden int) {
	wanted := strings.ToLower(strings.TrimSpace(s.search.Text))
	if s.finder.Hidden {
		wanted = ""
	}
	for _, v := range s.values {
		if wanted != "" && !strings.Contains(strings.ToLower(v.Label), wanted) {
			continue
		}
		if len(list) < s.limit || v.On {
			list = append(list, v)
		} else {
			hidden++
		}
	}
	return list, hidden
}

// show makes the rows agree with the values, the search and the limit.
func (s *Section) show() {
	s.finder.Hidden = s.words.Search == "" || len(s.values) <= searchAbove
	list, hidden := s.visible()
	ticks := make(map[string]*checkmark.Tick, len(list))
	objects := make([]fyne.CanvasObject, 0, len(list))
	for _, v := range list {
		tick := s.ticks[v.Key]
		if tick == nil {
			tick = s.newTick(v.Key)
		}
		tick.Set(v.Label, v.Count, checkmark.Of(v.On))
		ticks[v.Key] = tick
		objects = append(objects, tick)
	}
	s.ticks = ticks
	if len(s.values) == 0 && s.waiting > 0 {
		objects = s.bones()
	}
	moved := !slices.Equal(s.rows.Objects, objects)
	s.rows.Objects = objects

	linked := s.more.Visible() || s.fewer.Visible()
	s.more.set(s.moreText(hidden), hidden > 0)
	s.fewer.set(s.words.Fewer, s.limit > firstShown && len(list) > firstShown)
	if moved || linked != (s.more.Visible() || s.fewer.Visible()) {
		s.rows.Refresh()
		s.resized()
	}
}

// SetWaiting keeps the room of so many rows, with bars in it, while there are no
// values yet: what stands below doesn't jump when they come. 0 ends that.
func (s *Section) SetWaiting(rows int) {
	if s.waiting != rows {
		s.waiting = rows
		s.show()
	}
}

// bones are the bars: the same ones as long as there are as many.
func (s *Section) bones() []fyne.CanvasObject {
	if len(s.rows.Objects) == s.waiting {
		if _, ok := s.rows.Objects[0].(*bone); ok {
			return s.rows.Objects
		}
	}
	out := make([]fyne.CanvasObject, s.waiting)
	for i := range out {
		out[i] = newBone(i)
	}
	return out
}

func (s *Section) newTick(key string) *checkmark.Tick {
	tick := checkmark.NewTick("", nil)
	tick.Format = s.words.Count
	tick.SetOnFocus(func() { s.reveal(tick) })
	tick.OnChanged = func(on bool) {
		if s.ticks[key] != tick {
			return // it is off the list, and only the focus was still on it
		}
		for i := range s.values {
			if s.values[i].Key == key {
				s.values[i].On = on
			}
		}
		if s.OnChanged != nil {
			s.OnChanged(key, on)
		}
	}
	return tick
}

func (s *Section) moreText(hidden int) string {
	if s.words.More == nil || hidden == 0 {
		return ""
	}
	return s.words.More(min(hidden, moreAtOnce))
}

// reveal scrolls the panel to what gained the focus.
func (s *Section) reveal(o fyne.CanvasObject) {
	if s.scroll != nil {
		keys.Reveal(s.scroll, o)
	}
}

// resized lays out anew what stands around a body whose height changed.
func (s *Section) resized() {
	s.Refresh()
	if s.changed != nil {
		s.changed()
	}
}

// CreateRenderer implements fyne.Widget.
func (s *Section) CreateRenderer() fyne.WidgetRenderer {
	box := container.New(layout.NewCustomPaddedVBoxLayout(0), s.head,
		container.New(layout.NewCustomPaddedLayout(0, theme.Padding(), 4, 4), s.body))
	return widget.NewSimpleRenderer(box)
}
