package confirm_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/checkmark"
	"lethe/widgets/codeentry"
	"lethe/widgets/confirm"
	"lethe/widgets/keys"
	"lethe/widgets/listpick"
)

type fixture struct {
	dialog *confirm.Dialog
	window fyne.Window
	canvas fyne.Canvas
	under  *keys.Entry
	log    []string
}

// open shows a dangerous dialog over a window that has an entry in focus and listens to keys.
func open(t *testing.T, content fyne.CanvasObject) *fixture {
	t.Helper()
	test.NewTempApp(t)
	f := &fixture{under: keys.NewEntry()}
	f.window = test.NewTempWindow(t, f.under)
	f.window.SetPadded(false)
	f.window.Resize(fyne.NewSize(900, 600))
	f.canvas = f.window.Canvas()
	f.canvas.Focus(f.under)
	f.canvas.SetOnTypedKey(func(ev *fyne.KeyEvent) { f.log = append(f.log, "page "+string(ev.Name)) })
	f.dialog = confirm.New(f.canvas, confirm.Options{
		Title: "Delete 146 filtered customers?", Content: content,
		Cancel: "Cancel", Action: "Delete 146 customers", Danger: true,
		OnAction: func() { f.log = append(f.log, "action") },
		OnClosed: func() { f.log = append(f.log, "closed") },
	})
	f.dialog.Show()
	return f
}

// press hands a key to what has the focus, as the driver does.
func (f *fixture) press(names ...fyne.KeyName) {
	for _, n := range names {
		ev := &fyne.KeyEvent{Name: n}
		if focused := f.canvas.Focused(); focused != nil {
			focused.TypedKey(ev)
		} else if handle := f.canvas.OnTypedKey(); handle != nil {
			handle(ev)
		}
	}
}

func (f *fixture) want(t *testing.T, shown bool, log ...string) {
	t.Helper()
	if f.dialog.Shown() != shown {
		t.Errorf("shown: %v, want %v", f.dialog.Shown(), shown)
	}
	if !slices.Equal(f.log, log) {
		t.Errorf("log %v, want %v", f.log, log)
	}
}

func TestOpensOnCancel(t *testing.T) {
	f := open(t, widget.NewLabel("Who"))
	if f.canvas.Focused() != f.dialog.CancelButton() {
		t.Fatalf("focus on %v", f.canvas.Focused())
	}
	if !f.dialog.ActionButton().Disabled() {
		t.Error("the danger button is enabled before anything was typed")
	}
	f.dialog.Show() // again
	f.press(fyne.KeyReturn)
	f.want(t, false, "closed")
	if f.canvas.Focused() != f.under {
		t.Error("the focus isn't back where it was")
	}
	f.canvas.Unfocus()
	f.press(fyne.KeyF5)
	f.dialog.Hide() // again
	f.want(t, false, "closed", "page F5")
}

func TestEscapeCancelsWhateverHasTheFocus(t *testing.T) {
	list := listpick.New(func(int) listpick.Row { return listpick.Row{} }, nil)
	for name, object := range map[string]fyne.CanvasObject{
		"entry":  keys.NewEntry(),
		"code":   codeentry.New("OTP", nil),
		"tick":   checkmark.NewTick("I know", nil),
		"list":   list,
		"button": keys.NewButton("Details", nil),
	} {
		f := open(t, container.NewVBox(object))
		f.dialog.Focus(object.(fyne.Focusable))
		if f.canvas.Focused() != object.(fyne.Focusable) {
			t.Errorf("%s can't have the focus", name)
		}
		f.press(fyne.KeyEscape)
		f.want(t, false, "closed")
	}
	f := open(t, widget.NewLabel("Who"))
	f.canvas.Unfocus() // a click beside everything
	f.press(fyne.KeyEscape)
	f.want(t, false, "closed")
	f = open(t, widget.NewLabel("Who"))
	f.dialog.SetReady(true)
	f.dialog.Focus(f.dialog.ActionButton())
	f.press(fyne.KeyEscape)
	f.want(t, false, "closed")
}

func TestEnterNeverStartsTheDanger(t *testing.T) {
	entry := keys.NewEntry()
	f := open(t, container.NewVBox(entry))
	test.Tap(f.dialog.ActionButton())
	f.dialog.SetReady(true)
	f.dialog.Focus(entry)
	f.press(fyne.KeyReturn, fyne.KeyEnter)
	f.dialog.Focus(f.dialog.ActionButton())
	f.press(fyne.KeyReturn, fyne.KeyEnter)
	f.canvas.Unfocus()
	f.press(fyne.KeyReturn, fyne.KeySpace)
	f.want(t, true)

	f.dialog.Focus(f.dialog.ActionButton())
	f.press(fyne.KeySpace)
	test.Tap(f.dialog.ActionButton())
	f.want(t, true, "action", "action")
	f.dialog.SetReady(false)
	test.Tap(f.dialog.ActionButton())
	f.want(t, true, "action", "action")
}

func TestAHarmlessActTakesEnter(t *testing.T) {
	f := open(t, nil)
	f.dialog.SetButtons("Not now", "Save", false)
	f.dialog.Focus(f.dialog.ActionButton())
	f.press(fyne.KeyEnter)
	f.want(t, true, "action")
	f.dialog.SetOnAction(func() { f.dialog.Hide() })
	f.press(fyne.KeyEnter)
	f.want(t, false, "action", "closed")
}

func TestTabStaysInside(t *testing.T) {
	entry := keys.NewEntry()
	f := open(t, container.NewVBox(entry))
	f.dialog.SetReady(true)
	var order []fyne.Focusable
	for range 4 {
		order = append(order, f.canvas.Focused())
		f.canvas.FocusNext()
	}
	d := f.dialog
	if want := []fyne.Focusable{d.CancelButton(), d.ActionButton(), entry, d.CancelButton()}; !slices.Equal(order, want) {
		t.Errorf("order %v", order)
	}
}

func TestNothingBehindIsReached(t *testing.T) {
	f := open(t, widget.NewLabel("Who"))
	test.TapCanvas(f.canvas, fyne.NewPos(5, 5))
	f.canvas.Unfocus()
	f.press(fyne.KeyF5, fyne.KeyDelete)
	f.want(t, true)
}

func TestBusy(t *testing.T) {
	f := open(t, widget.NewLabel("Who"))
	f.dialog.SetReady(true)
	f.dialog.SetBusy(true)
	f.dialog.SetProgress(1, 2, "1 of 2")
	if !f.dialog.Busy() || f.canvas.Focused() != nil {
		t.Errorf("busy %v, focus on %v", f.dialog.Busy(), f.canvas.Focused())
	}
	test.AssertRendersToMarkup(t, "busy.xml", f.canvas)
	f.press(fyne.KeyEscape)
	test.Tap(f.dialog.CancelButton())
	test.Tap(f.dialog.ActionButton())
	f.want(t, true)

	f.dialog.SetOnCancel(func() { f.log = append(f.log, "cancel") })
	f.dialog.SetCancelable(true)
	if f.canvas.Focused() != f.dialog.CancelButton() {
		t.Errorf("focus on %v", f.canvas.Focused())
	}
	f.press(fyne.KeyEscape, fyne.KeyReturn)
	f.want(t, true, "cancel", "cancel")

	f.dialog.SetBusy(false)
	if f.dialog.ActionButton().Disabled() || f.dialog.CancelButton().Disabled() {
		t.Error("the buttons stay disabled")
	}
	f.dialog.SetOnCancel(nil)
	f.press(fyne.KeyEscape)
	f.want(t, false, "cancel", "cancel", "closed")
}

func TestDialogOverDialog(t *testing.T) {
	f := open(t, widget.NewLabel("Who"))
	over := confirm.NewInfo(f.canvas, "Exports", widget.NewLabel("2 exports"), "Close")
	over.Show()
	f.canvas.Unfocus()
	f.press(fyne.KeyEscape)
	if over.Shown() {
		t.Fatal("Escape doesn't close the upper one")
	}
	f.want(t, true)
	f.press(fyne.KeyEscape)
	f.want(t, false, "closed")
}

func TestClosedFromOutside(t *testing.T) {
	f := open(t, widget.NewLabel("Who"))
	f.canvas.Overlays().Remove(f.canvas.Overlays().Top()) // as locking does
	f.canvas.Unfocus()
	f.press(fyne.KeyF5)
	f.want(t, false, "page F5")
}

// boxes is the rectangles of the dialog's parts on the canvas.
func boxes(f *fixture) (card, cancel, action fyne.CanvasObject) {
	parts := test.WidgetRenderer(f.canvas.Overlays().Top().(fyne.Widget)).Objects()
	return parts[1].(*canvas.Rectangle), f.dialog.CancelButton(), f.dialog.ActionButton()
}

func TestButtonsAreAlwaysToBeSeen(t *testing.T) {
	long := widget.NewLabel(strings.Repeat("Also deleted: 51 notes, 88 interactions. ", 60))
	long.Wrapping = fyne.TextWrapWord
	f := open(t, container.NewVBox(long))
	f.dialog.SetError("That OTP isn't right. Wait for the next one, and check that phone and computer show the same time. 4 tries left.")
	for _, size := range []fyne.Size{{Width: 900, Height: 600}, {Width: 400, Height: 300}, {Width: 320, Height: 340}, {Width: 1600, Height: 1000}} {
		f.window.Resize(size)
		card, cancel, action := boxes(f)
		if w := min(confirm.Width, size.Width-32); card.Size().Width != w {
			t.Errorf("%v: the card is %v wide, want %v", size, card.Size().Width, w)
		}
		for _, o := range []fyne.CanvasObject{cancel, action, card} {
			end := o.Position().Add(o.Size())
			if o.Position().X < 0 || o.Position().Y < 0 || end.X > size.Width || end.Y > size.Height {
				t.Errorf("%v: something is at %v to %v", size, o.Position(), end)
			}
		}
		if gap := action.Position().X - cancel.Position().X - cancel.Size().Width; gap < 0 {
			t.Errorf("%v: the buttons overlap by %v", size, -gap)
		}
	}
	if tall, _, _ := boxes(f); tall.Size().Height > 968 {
		t.Errorf("%v high", tall.Size().Height)
	}
}

func TestLooks(t *testing.T) {
	f := open(t, widget.NewLabel("Who: Tags is any of Brendon Travel."))
	test.AssertRendersToMarkup(t, "open.xml", f.canvas)
	f.dialog.SetReady(true)
	f.dialog.SetError("Wait for the next one.")
	if f.dialog.Error() != "Wait for the next one." {
		t.Errorf("error %q", f.dialog.Error())
	}
	test.AssertRendersToMarkup(t, "error.xml", f.canvas)
	f.dialog.SetError("")
	f.dialog.SetTitle("146 customers deleted")
	f.dialog.SetContent(widget.NewLabel("1,568 stay."))
	f.dialog.SetButtons("Done", "", false)
	f.dialog.SetExtra(keys.NewButton("Save certificate", nil))
	test.AssertRendersToMarkup(t, "result.xml", f.canvas)
	f.press(fyne.KeyReturn)
	f.want(t, false, "closed")
}
