package rail_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"lethe/widgets/rail"
)

func items() (top, foot []rail.Item) {
	top = []rail.Item{
		{Key: "customers", Label: "Customers", Icon: theme.AccountIcon()},
		{Key: "outbox", Label: "Outbox", Icon: theme.MailSendIcon(), Note: "3"},
		{Key: "team", Label: "Team", Icon: theme.GridIcon()},
	}
	foot = []rail.Item{
		{Key: "me", Label: "Asha", Person: "Asha Sharma"},
		{Key: "lock", Label: "Lock", Icon: theme.LogoutIcon(), Acts: true},
	}
	return top, foot
}

func show(t *testing.T) (*rail.Rail, fyne.Canvas, *[]string) {
	t.Helper()
	test.NewTempApp(t)
	var chosen []string
	top, foot := items()
	r := rail.New(top, foot, func(key string) { chosen = append(chosen, key) })
	w := test.NewTempWindow(t, r)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(rail.Width, 500))
	return r, w.Canvas(), &chosen
}

func TestChoosing(t *testing.T) {
	r, c, chosen := show(t)
	r.SetSelected("team")
	if len(*chosen) != 0 {
		t.Fatal("SetSelected called back")
	}
	test.TapCanvas(c, fyne.NewPos(36, 30))
	if r.Selected() != "customers" {
		t.Errorf("selected %q", r.Selected())
	}
	test.TapCanvas(c, fyne.NewPos(36, 480)) // lock, at the foot
	if r.Selected() != "customers" {
		t.Errorf("what acts stays selected: %q", r.Selected())
	}
	if want := []string{"customers", "lock"}; !slices.Equal(*chosen, want) {
		t.Errorf("chosen %v, want %v", *chosen, want)
	}
}

func TestKeyboard(t *testing.T) {
	r, c, chosen := show(t)
	press := func(names ...fyne.KeyName) {
		for _, n := range names {
			c.Focused().TypedKey(&fyne.KeyEvent{Name: n})
		}
	}
	c.FocusNext()
	press(fyne.KeyUp, fyne.KeyDown, fyne.KeySpace, fyne.KeyDown, fyne.KeyReturn, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyEnter)
	if want := []string{"outbox", "team", "lock"}; !slices.Equal(*chosen, want) {
		t.Errorf("chosen %v, want %v", *chosen, want)
	}
	if r.Selected() != "team" {
		t.Errorf("selected %q", r.Selected())
	}
}

func TestItemsComeAndGo(t *testing.T) {
	r, c, chosen := show(t)
	r.SetSelected("outbox")
	c.FocusNext()
	focused := c.Focused()
	top, foot := items()
	r.SetItems(top[:1], foot) // Team and Outbox are not for this person
	if c.Focused() != focused {
		t.Error("the focus went though its item stays")
	}
	test.TapCanvas(c, fyne.NewPos(36, 100)) // where Outbox was
	if len(*chosen) != 0 {
		t.Errorf("chosen %v", *chosen)
	}
	if n := len(test.WidgetRenderer(r).Objects()); n != 2+3 {
		t.Errorf("%d objects are drawn", n)
	}
}

func TestLooks(t *testing.T) {
	r, c, _ := show(t)
	r.SetSelected("outbox")
	c.FocusNext()
	test.AssertRendersToMarkup(t, "rail.xml", c)
	r.SetColours(theme.ColorNameBackground, theme.ColorNameSelection)
	test.AssertRendersToMarkup(t, "coloured.xml", c)
}
