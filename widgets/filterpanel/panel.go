package filterpanel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/keys"
	"lethe/widgets/paint"
)

// Width of the panel.
const Width float32 = 256

const footer float32 = 48

// Panel is the sidebar: sections, or other objects, that scroll, and a footer that
// stays: a text at the left and a button at the right.
type Panel struct {
	widget.BaseWidget

	items  *fyne.Container
	scroll *container.Scroll
	back   fyne.ThemeColorName
	text   string
	button *keys.Button

	held  bool // Batch runs
	moved bool // a section grew meanwhile
}

// New makes an empty panel. The button, such as "Clear all", is disabled until
// SetFooter says otherwise.
func New(text string, onButton func()) *Panel {
	p := &Panel{back: theme.ColorNameHeaderBackground, button: keys.NewButton(text, onButton)}
	p.button.Importance = widget.LowImportance
	p.button.Disable()
	p.items = container.New(layout.NewCustomPaddedVBoxLayout(0))
	p.scroll = container.NewVScroll(p.items)
	p.ExtendBaseWidget(p)
	return p
}

// SetItems replaces what scrolls. A *Section in it tells the panel when it grows.
func (p *Panel) SetItems(items ...fyne.CanvasObject) {
	for _, item := range items {
		if s, ok := item.(*Section); ok {
			s.changed, s.scroll = p.relayout, p.scroll
			keys.Follow(p.scroll, s.extra)
			continue
		}
		keys.Follow(p.scroll, item)
	}
	p.items.Objects = items
	p.relayout()
}

// SetFooter changes the footer's text and whether its button can be pressed.
func (p *Panel) SetFooter(text string, clearable bool) {
	if clearable == p.button.Disabled() {
		if clearable {
			p.button.Enable()
		} else {
			p.button.Disable()
		}
	}
	if p.text != text {
		p.text = text
		p.Refresh()
	}
}

// SetBack changes the colour behind the panel.
func (p *Panel) SetBack(name fyne.ThemeColorName) {
	p.back = name
	p.Refresh()
}

// Button is the footer's button.
func (p *Panel) Button() *keys.Button { return p.button }

// FooterText is what the footer says.
func (p *Panel) FooterText() string { return p.text }

// Batch runs changes to the sections and then finds them their places, once.
func (p *Panel) Batch(changes func()) {
	p.held = true
	changes()
	p.held = false
	if p.moved {
		p.moved = false
		p.relayout()
	}
}

// relayout finds the sections their places, and draws them.
func (p *Panel) relayout() {
	if p.held {
		p.moved = true
		return
	}
	p.scroll.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer {
	back, line, edge := canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	text := &paint.Text{}
	return paint.New(paint.Renderer{
		Widget: p,
		Parts:  []fyne.CanvasObject{back, p.scroll, line, edge, &text.Text, p.button},
		Min:    func() fyne.Size { return fyne.NewSize(Width, footer+120) },
		Update: func() {
			back.FillColor = theme.ColorForWidget(p.back, p)
			line.FillColor = theme.ColorForWidget(theme.ColorNameSeparator, p)
			edge.FillColor = line.FillColor
			text.Full = p.text
			text.TextStyle.Bold = true
			text.Style(p, theme.ColorNameForeground, theme.SizeNameCaptionText)
		},
		Arrange: func(size fyne.Size) {
			back.Resize(size)
			edge.Move(fyne.NewPos(size.Width-1, 0))
			edge.Resize(fyne.NewSize(1, size.Height))
			p.scroll.Move(fyne.NewPos(4, 4))
			p.scroll.Resize(fyne.NewSize(size.Width-9, size.Height-footer-4))
			line.Move(fyne.NewPos(0, size.Height-footer))
			line.Resize(fyne.NewSize(size.Width, 1))
			button := p.button.MinSize()
			p.button.Resize(button)
			p.button.Move(fyne.NewPos(size.Width-button.Width-6, size.Height-footer+(footer-button.Height)/2))
			text.Place(12, size.Height-footer, size.Width-button.Width-6-12-8, footer)
		},
	})
}
