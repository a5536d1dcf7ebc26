// Package banner is a strip of fixed height across a page: a colour role, what
// leads, a text or something wider, and buttons at the right.
package banner

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/paint"
)

// Role is what the strip's colour says.
type Role int

// The roles.
const (
	Neutral Role = iota
	Success      // also: something is selected
	Warning
	Danger
)

// Height is the usual height of a strip.
const Height float32 = 44

const pad float32 = 8

// Bar is the strip. Its height never changes and its text is cut, not wrapped, so
// that nothing around it jumps.
type Bar struct {
	widget.BaseWidget

	height     float32
	role       Role
	text       string
	back, ink  fyne.ThemeColorName // in place of the role's; "" for those
	lead, tail []fyne.CanvasObject
	body       fyne.CanvasObject
}

// New makes an empty neutral strip.
func New(height float32) *Bar {
	b := &Bar{height: height}
	b.ExtendBaseWidget(b)
	return b
}

// Set changes the role, the text and the objects at either end, all at once.
// Objects keep their own smallest width.
func (b *Bar) Set(role Role, text string, lead, tail []fyne.CanvasObject) {
	b.role, b.text, b.lead, b.tail, b.body = role, text, lead, tail, nil
	b.back, b.ink = "", ""
	b.Refresh()
}

// SetBody puts an object in the text's place: it gets all the width that is left,
// be it less than its smallest. Set takes it away.
func (b *Bar) SetBody(body fyne.CanvasObject) {
	b.body = body
	b.Refresh()
}

// SetColours changes the colours behind the strip and of its text from the role's to
// others of the theme. Set takes them away.
func (b *Bar) SetColours(back, ink fyne.ThemeColorName) {
	b.back, b.ink = back, ink
	b.Refresh()
}

// SetText changes the text alone.
func (b *Bar) SetText(text string) {
	if b.text != text {
		b.text = text
		b.Refresh()
	}
}

// Text is what the strip says.
func (b *Bar) Text() string { return b.text }

// Role is what the strip's colour says.
func (b *Bar) Role() Role { return b.role }

func (r Role) colour() fyne.ThemeColorName {
	switch r {
	case Success:
		return theme.ColorNameSuccess
	case Warning:
		return theme.ColorNameWarning
	case Danger:
		return theme.ColorNameError
	}
	return theme.ColorNameSeparator
}

// CreateRenderer implements fyne.Widget.
func (b *Bar) CreateRenderer() fyne.WidgetRenderer {
	back, edge := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	text := &paint.Text{}
	self := &paint.Renderer{Widget: b}
	self.Min = func() fyne.Size {
		return fyne.NewSize(2*pad+across(b.lead)+across(b.tail)+b.height, b.height)
	}
	self.Update = func() {
		edge.FillColor = theme.ColorForWidget(b.role.colour(), b)
		edge.Hidden = b.role == Neutral
		back.FillColor = theme.ColorForWidget(theme.ColorNameHeaderBackground, b)
		if b.role != Neutral {
			back.FillColor = paint.Tint(b.role.colour(), b, 0.2)
		}
		ink := theme.ColorNameForeground
		if b.back != "" {
			back.FillColor, edge.Hidden = theme.ColorForWidget(b.back, b), true
		}
		if b.ink != "" {
			ink = b.ink
		}
		text.Full = b.text
		text.Style(b, ink, theme.SizeNameText)
		text.Hidden = b.body != nil
		self.Parts = append([]fyne.CanvasObject{back, edge}, b.lead...)
		self.Parts = append(self.Parts, &text.Text)
		if b.body != nil {
			self.Parts = append(self.Parts, b.body)
		}
		self.Parts = append(self.Parts, b.tail...)
	}
	self.Arrange = func(size fyne.Size) {
		back.Resize(size)
		edge.Resize(fyne.NewSize(4, size.Height))
		left := place(b.lead, 4+pad, size.Height)
		right := size.Width - across(b.tail) - pad/2
		place(b.tail, right, size.Height)
		room := max(right-pad-left, 0)
		text.Place(left, 0, room, size.Height)
		if b.body != nil {
			tall := min(b.body.MinSize().Height, size.Height)
			b.body.Move(fyne.NewPos(left, (size.Height-tall)/2))
			b.body.Resize(fyne.NewSize(room, tall))
		}
	}
	self.Update()
	return self
}

// across is the width of the visible objects side by side, a gap after each.
func across(objects []fyne.CanvasObject) float32 {
	var wide float32
	for _, o := range objects {
		if o.Visible() {
			wide += o.MinSize().Width + pad/2
		}
	}
	return wide
}

// place puts the visible objects side by side from x on and returns where the next would go.
func place(objects []fyne.CanvasObject, x, height float32) float32 {
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		size := o.MinSize()
		size.Height = min(size.Height, height-4)
		o.Move(fyne.NewPos(x, (height-size.Height)/2))
		o.Resize(size)
		x += size.Width + pad/2
	}
	return x
}
