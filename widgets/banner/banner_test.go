package banner_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"lethe/widgets/banner"
	"lethe/widgets/keys"
)

func TestHeightStays(t *testing.T) {
	test.NewTempApp(t)
	b := banner.New(banner.Height)
	narrow := b.MinSize()
	b.Set(banner.Success, strings.Repeat("12 Selected Items ", 40), nil, nil)
	if b.MinSize() != narrow {
		t.Errorf("a long text makes it %v, was %v", b.MinSize(), narrow)
	}
	b.Set(banner.Success, "", nil, []fyne.CanvasObject{keys.NewButton("Delete", nil)})
	if b.MinSize().Height != banner.Height {
		t.Errorf("a button makes it %v high", b.MinSize().Height)
	}
}

func TestButtonsStayInReach(t *testing.T) {
	test.NewTempApp(t)
	pressed := ""
	closing := keys.NewButton("x", func() { pressed += "x" })
	hidden := keys.NewButton("hidden", nil)
	hidden.Hide()
	remove := keys.NewButton("Delete", func() { pressed += "d" })
	b := banner.New(banner.Height)
	b.Set(banner.Success, strings.Repeat("12 Selected Items ", 40),
		[]fyne.CanvasObject{closing}, []fyne.CanvasObject{hidden, remove})
	w := test.NewTempWindow(t, b)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, banner.Height))
	right := remove.Position().X + remove.Size().Width
	if right > 400 || right < 390 {
		t.Errorf("the last button ends at %v of 400", right)
	}
	test.TapCanvas(w.Canvas(), fyne.NewPos(20, 22))
	test.TapCanvas(w.Canvas(), fyne.NewPos(380, 22))
	if pressed != "xd" {
		t.Errorf("pressed %q", pressed)
	}
}

func TestLooks(t *testing.T) {
	test.NewTempApp(t)
	for name, role := range map[string]banner.Role{
		"neutral": banner.Neutral, "success": banner.Success, "warning": banner.Warning, "danger": banner.Danger,
	} {
		b := banner.New(banner.Height)
		b.Set(role, "Twelve", []fyne.CanvasObject{keys.NewButton("x", nil)}, []fyne.CanvasObject{keys.NewButton("Go", nil)})
		b.Resize(fyne.NewSize(300, banner.Height))
		if b.Role() != role || b.Text() != "Twelve" {
			t.Errorf("%v %q", b.Role(), b.Text())
		}
		test.AssertObjectRendersToMarkup(t, name+".xml", b)
	}
	b := banner.New(36)
	b.Set(banner.Success, "Twelve", nil, nil)
	b.SetColours(theme.ColorNameSuccess, theme.ColorNameForegroundOnSuccess)
	test.AssertObjectRendersToMarkup(t, "coloured.xml", b)
	b.SetText("Thirteen")
	b.SetBody(canvas.NewRectangle(theme.Color(theme.ColorNamePrimary)))
	test.AssertObjectRendersToMarkup(t, "body.xml", b)
}
