package chips

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/paint"
)

const gap float32 = 6

// Chip is one condition.
type Chip struct {
	Key  string // unique in its row
	Text string
}

// Row shows chips side by side, a small word between them. Those that don't fit are
// behind a last pill that says how many, and opens them when it is clicked.
type Row struct {
	widget.BaseWidget

	// OnRemove is called with the key of the chip whose ✕ was clicked. The chip
	// stays until SetChips comes without it.
	OnRemove func(key string)
	// More writes the last pill, as "+3".
	More func(hidden int) string

	joiner string
	chips  []Chip
	pills  []*chip
	words  []*canvas.Text // words[i] stands before pills[i]; the first is not drawn
	more   *chip
	shown  int
	popup  *widget.PopUp
}

// NewRow makes an empty row; joiner is the word between two chips.
func NewRow(joiner string, more func(hidden int) string, onRemove func(key string)) *Row {
	r := &Row{joiner: joiner, More: more, OnRemove: onRemove}
	r.more = newChip("", false, r.openRest)
	r.ExtendBaseWidget(r)
	return r
}

// Chips is what the row holds.
func (r *Row) Chips() []Chip { return slices.Clone(r.chips) }

// Shown is how many of them fit at the present width.
func (r *Row) Shown() int { return r.shown }

// SetChips replaces the chips, without a callback. Where the one in focus goes, the focus
// moves to the one that takes its place.
func (r *Row) SetChips(list []Chip) {
	if slices.Equal(r.chips, list) {
		return
	}
	r.closeRest()
	before, pills := r.chips, r.pills
	r.chips = slices.Clone(list)
	r.pills, r.words = nil, nil
	for _, c := range r.chips {
		p := r.pill(c)
		if i := slices.Index(before, c); i >= 0 {
			p = pills[i]
		}
		r.pills = append(r.pills, p)
		r.words = append(r.words, canvas.NewText(r.joiner, nil))
	}
	r.Refresh()
	r.refocus(slices.IndexFunc(pills, func(p *chip) bool { return p.Focused }), pills)
}

// refocus moves the focus on if the pill at i had it and is gone.
func (r *Row) refocus(i int, before []*chip) {
	if i < 0 || slices.Contains(r.pills, before[i]) {
		return
	}
	c := fyne.CurrentApp().Driver().CanvasForObject(r)
	switch {
	case c == nil:
	case len(r.pills) == 0:
		c.Unfocus()
	default:
		c.Focus(r.pills[min(i, len(r.pills)-1)])
	}
}

func (r *Row) pill(c Chip) *chip {
	return newChip(c.Text, true, func() {
		r.closeRest()
		if r.OnRemove != nil {
			r.OnRemove(c.Key)
		}
	})
}

func (r *Row) openRest() {
	cv := fyne.CurrentApp().Driver().CanvasForObject(r.more)
	if cv == nil || r.shown >= len(r.chips) {
		return
	}
	rest := container.NewVBox()
	for _, c := range r.chips[r.shown:] {
		p := r.pill(c)
		p.escape = r.closeRest
		rest.Add(container.New(&fixed{fyne.NewSize(p.wish(), height)}, p))
	}
	r.popup = widget.NewPopUp(container.NewPadded(rest), cv)
	r.popup.ShowAtRelativePosition(fyne.NewPos(0, height+4), r.more)
}

func (r *Row) closeRest() {
	if r.popup != nil {
		r.popup.Hide()
		r.popup = nil
	}
}

// CreateRenderer implements fyne.Widget.
func (r *Row) CreateRenderer() fyne.WidgetRenderer {
	self := &paint.Renderer{Widget: r}
	self.Min = func() fyne.Size { return fyne.NewSize(3*height, height) }
	self.Update = func() {
		self.Parts = self.Parts[:0:0]
		for i, p := range r.pills {
			if i > 0 {
				r.words[i].Color = theme.ColorForWidget(theme.ColorNamePlaceHolder, r)
				r.words[i].TextSize = theme.SizeForWidget(theme.SizeNameCaptionText, r)
				self.Parts = append(self.Parts, r.words[i])
			}
			self.Parts = append(self.Parts, p)
		}
		self.Parts = append(self.Parts, r.more)
	}
	self.Arrange = r.arrange
	self.Update()
	return self
}

// arrange shows as many chips as fit, so that the pill for the rest fits too.
func (r *Row) arrange(size fyne.Size) {
	var ends []float32 // where chip i ends
	x := float32(0)
	for i, p := range r.pills {
		if i > 0 {
			x += gap + r.words[i].MinSize().Width + gap
		}
		x += p.wish()
		ends = append(ends, x)
	}
	n := len(ends)
	for n > 0 && ends[n-1]+r.moreWidth(len(ends)-n) > size.Width {
		n--
	}
	only := n == 0 && len(ends) > 0 // not even one fits: cut it
	if only {
		n = 1
	}
	r.shown = n
	top := (size.Height - height) / 2
	for i, p := range r.pills {
		p.Hidden, r.words[i].Hidden = i >= n, i >= n
		if i >= n {
			continue
		}
		wide := p.wish()
		if only {
			wide = max(size.Width-r.moreWidth(len(ends)-1), height)
			ends[0] = wide
		}
		p.Move(fyne.NewPos(ends[i]-wide, top))
		p.Resize(fyne.NewSize(wide, height))
		if i > 0 {
			word := r.words[i].MinSize()
			r.words[i].Move(fyne.NewPos(ends[i]-wide-gap-word.Width, (size.Height-word.Height)/2))
			r.words[i].Resize(word)
		}
	}
	r.more.Hidden = n >= len(ends)
	if !r.more.Hidden {
		r.more.text = r.moreText(len(ends) - n)
		r.more.Refresh()
		r.more.Move(fyne.NewPos(ends[n-1]+gap, top))
		r.more.Resize(fyne.NewSize(r.moreWidth(len(ends)-n)-gap, height))
	}
}

func (r *Row) moreText(hidden int) string {
	if r.More == nil {
		return paint.Ellipsis
	}
	return r.More(hidden)
}

// moreWidth is the room the last pill takes, its gap included; none where nothing is hidden.
func (r *Row) moreWidth(hidden int) float32 {
	if hidden == 0 {
		return 0
	}
	size := theme.SizeForWidget(theme.SizeNameText, r)
	return gap + 2*padding + fyne.MeasureText(r.moreText(hidden), size, fyne.TextStyle{}).Width
}

// fixed gives its only object one size.
type fixed struct{ size fyne.Size }

func (f *fixed) MinSize([]fyne.CanvasObject) fyne.Size { return f.size }

func (f *fixed) Layout(objects []fyne.CanvasObject, _ fyne.Size) {
	for _, o := range objects {
		o.Resize(f.size)
	}
}
