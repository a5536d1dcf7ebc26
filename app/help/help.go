// Package help is the page that tells an owner, without a connection, how
// deleting works here, who may what, and what is promised.
package help

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/desk"
	"lethe/app/form"
	"lethe/data"
)

const (
	id = "help"
	// width is how wide a line gets that is comfortable to read.
	width float32 = 640
	// step is how far an arrow key scrolls, and page a page key, of the height.
	step  float32 = 48
	share float32 = 0.9
)

// Entry is the page's place, below the settings: everybody who is signed in
// has it.
func Entry() desk.Entry {
	return desk.Entry{
		ID: id, Icon: theme.HelpIcon(), Under: "settings",
		Allowed: func(r data.Rights) bool { return r.User != 0 },
		New:     func(d *desk.Desk) desk.Page { return newPage(d) },
	}
}

// Page is the page. UI goroutine only.
type Page struct {
	desk   *desk.Desk
	scroll *container.Scroll
}

var _ desk.Page = (*Page)(nil)

// chapters are the parts of the page, each with its paragraphs.
var chapters = []struct {
	id         string
	paragraphs int
}{
	{"ways", 5}, {"before", 3}, {"otp", 3}, {"roles", 5}, {"promise", 4}, {"not", 4}, {"lost", 5}, {"keys", 1},
}

func newPage(d *desk.Desk) *Page {
	w := d.Words
	parts := form.Stack(4, form.NewHeading(w.T("help.title")).Object())
	for _, c := range chapters {
		head := widget.NewLabelWithStyle(w.T("help.chapter."+c.id), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
		head.SizeName, head.Wrapping = theme.SizeNameSubHeadingText, fyne.TextWrapWord
		parts.Add(head)
		for n := range c.paragraphs {
			parts.Add(form.NewText(w.T("help.text." + c.id + "." + string(rune('1'+n)))).Object())
		}
	}
	return &Page{desk: d, scroll: container.NewVScroll(container.New(column{}, parts))}
}

// column gives its one object the width of a comfortable line, or what there is.
type column struct{}

func (column) Layout(o []fyne.CanvasObject, size fyne.Size) {
	wide := min(width, size.Width)
	o[0].Resize(fyne.NewSize(wide, o[0].Size().Height))
	o[0].Resize(fyne.NewSize(wide, o[0].MinSize().Height))
	o[0].Move(fyne.NewPos((size.Width-wide)/2, 0))
}

func (column) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

// ID implements desk.Page.
func (p *Page) ID() string { return id }

// Title implements desk.Page.
func (p *Page) Title() string { return p.desk.Words.T("help.title") }

// Content implements desk.Page.
func (p *Page) Content() fyne.CanvasObject { return p.scroll }

// Shown implements desk.Page.
func (p *Page) Shown() { p.scroll.ScrollToTop() }

// Hidden implements desk.Page.
func (p *Page) Hidden() {}

// Key implements desk.Page: the page scrolls by the keys.
func (p *Page) Key(ev *fyne.KeyEvent) bool {
	by := float32(0)
	switch ev.Name {
	case fyne.KeyUp:
		by = -step
	case fyne.KeyDown:
		by = step
	case fyne.KeyPageUp:
		by = -share * p.scroll.Size().Height
	case fyne.KeyPageDown, fyne.KeySpace:
		by = share * p.scroll.Size().Height
	case fyne.KeyHome:
		by = -p.scroll.Offset.Y
	case fyne.KeyEnd:
		by = p.scroll.Content.MinSize().Height
	default:
		return false
	}
	p.scroll.ScrollToOffset(fyne.NewPos(0, max(p.scroll.Offset.Y+by, 0)))
	return true
}
