// Package confirm is the one dialog of the house: a title, a content that scrolls
// where the window is small, and buttons that are always to be seen.
//
// Its rules. Cancel has the focus when it opens; Escape cancels, whatever has the
// focus; Enter never starts what is marked as dangerous: that takes a click, or
// Space on the button in focus. Errors stand in the dialog. Behind it nothing can
// be reached, by pointer or by key.
package confirm

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/keys"
	"lethe/widgets/progress"
)

// Width of a dialog, where the window is wide enough.
const Width float32 = 560

// Options are what a dialog opens with.
type Options struct {
	Title   string
	Content fyne.CanvasObject
	Cancel  string // text of the button that closes
	Action  string // text of the button that acts; "" for none
	Danger  bool   // the act can't be undone: red, never by Enter, disabled until SetReady

	OnAction func() // the dialog stays open until Hide
	OnCancel func() // nil hides the dialog; otherwise it stays open until Hide
	OnClosed func() // after it has gone, however
}

// Dialog is one dialog on one canvas. UI goroutine only.
type Dialog struct {
	canvas fyne.Canvas
	opts   Options

	title  *widget.Label
	scroll *container.Scroll
	fault  *widget.Label
	bar    *progress.Bar
	cancel *keys.Button
	action *keys.Button
	extra  []fyne.CanvasObject
	shell  *shell

	before     func(*fyne.KeyEvent) // the canvas's key handler while the dialog is hidden
	ready      bool
	busy       bool
	cancelable bool
}

// New makes a dialog; Show shows it.
func New(c fyne.Canvas, o Options) *Dialog {
	d := &Dialog{canvas: c, opts: o}
	d.title = widget.NewLabelWithStyle(o.Title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	d.title.SizeName = theme.SizeNameSubHeadingText
	d.title.Wrapping = fyne.TextWrapWord
	d.fault = widget.NewLabel("")
	d.fault.Importance, d.fault.Wrapping, d.fault.Hidden = widget.DangerImportance, fyne.TextWrapWord, true
	d.bar = progress.New("", nil)
	d.bar.Hide()
	d.scroll = container.NewVScroll(content(o.Content))
	keys.Follow(d.scroll, d.scroll.Content)
	d.cancel, d.action = keys.NewButton("", d.pressCancel), keys.NewButton("", d.pressAction)
	d.cancel.EnterPresses = true
	d.shell = newShell(d)
	d.SetButtons(o.Cancel, o.Action, o.Danger)
	return d
}

// NewInfo makes a dialog with one button, that closes it.
func NewInfo(c fyne.Canvas, title string, content fyne.CanvasObject, button string) *Dialog {
	return New(c, Options{Title: title, Content: content, Cancel: button})
}

// Show opens the dialog, with the focus on Cancel.
func (d *Dialog) Show() {
	if d.Shown() {
		return
	}
	d.before = d.canvas.OnTypedKey()
	d.canvas.Overlays().Add(d.shell)
	d.canvas.SetOnTypedKey(d.typed)
	d.refocus()
}

// Hide closes the dialog, and whatever lies over it, and gives focus and keys back to what
// was under it.
func (d *Dialog) Hide() {
	if !d.Shown() {
		return
	}
	d.bar.Hide()
	d.canvas.Overlays().Remove(d.shell)
	d.canvas.SetOnTypedKey(d.before)
	if d.opts.OnClosed != nil {
		d.opts.OnClosed()
	}
}

// Shown reports whether the dialog is open.
func (d *Dialog) Shown() bool {
	return slices.Contains(d.canvas.Overlays().List(), fyne.CanvasObject(d.shell))
}

// Focus gives the focus to something in the dialog.
func (d *Dialog) Focus(object fyne.Focusable) { d.canvas.Focus(object) }

// SetTitle changes the title.
func (d *Dialog) SetTitle(title string) {
	d.title.SetText(title)
	d.shell.Refresh()
}

// SetContent changes the content, and scrolls to its beginning. Widgets of package keys
// and of this module that stand in containers in it are scrolled to when they gain the focus.
func (d *Dialog) SetContent(object fyne.CanvasObject) {
	d.scroll.Content = content(object)
	keys.Follow(d.scroll, d.scroll.Content)
	d.scroll.Offset = fyne.Position{}
	d.scroll.Refresh()
	d.shell.Refresh()
}

// SetButtons changes the texts of the buttons and what the acting one means. A dangerous
// act is disabled again until SetReady(true); another is enabled. Where there is no act,
// the closing button is the prominent one.
func (d *Dialog) SetButtons(cancel, action string, danger bool) {
	d.opts.Danger, d.ready = danger, !danger
	d.cancel.Text, d.action.Text = cancel, action
	d.action.Hidden = action == ""
	d.action.EnterPresses = !danger
	d.action.Importance, d.cancel.Importance = widget.HighImportance, widget.MediumImportance
	switch {
	case danger:
		d.action.Importance = widget.DangerImportance
	case action == "":
		d.cancel.Importance = widget.HighImportance
	}
	d.enable()
	d.shell.Refresh()
}

// SetOnAction changes what the acting button does.
func (d *Dialog) SetOnAction(f func()) { d.opts.OnAction = f }

// SetOnCancel changes what Cancel and Escape do; nil hides the dialog.
func (d *Dialog) SetOnCancel(f func()) { d.opts.OnCancel = f }

// SetExtra puts further objects, such as buttons, at the left of the buttons' row.
// Use keys.Button, so that Escape works on them too.
func (d *Dialog) SetExtra(objects ...fyne.CanvasObject) {
	d.extra = objects
	d.shell.Refresh()
}

// SetReady says whether all that the act needs is there.
func (d *Dialog) SetReady(ready bool) {
	if d.ready != ready {
		d.ready = ready
		d.enable()
	}
}

// SetError shows a sentence above the buttons; "" takes it away.
func (d *Dialog) SetError(text string) {
	if d.fault.Text == text {
		return
	}
	d.fault.SetText(text)
	d.fault.Hidden = text == ""
	d.shell.Refresh()
}

// Error is the sentence above the buttons.
func (d *Dialog) Error() string { return d.fault.Text }

// SetBusy disables the buttons and shows a bar that sweeps until SetProgress says more.
// While busy Escape does nothing, unless SetCancelable allows it.
func (d *Dialog) SetBusy(busy bool) {
	if d.busy == busy {
		return
	}
	d.busy, d.cancelable = busy, false
	if busy {
		d.bar.Show()
		d.bar.Set(0, 0, "")
	} else {
		d.bar.Set(0, 1, "")
		d.bar.Hide()
	}
	d.enable()
	d.shell.Refresh()
	d.refocus()
}

// Busy reports what SetBusy set.
func (d *Dialog) Busy() bool { return d.busy }

// SetCancelable lets Cancel and Escape work while busy; the next SetBusy ends that.
func (d *Dialog) SetCancelable(on bool) {
	if d.cancelable == on {
		return
	}
	d.cancelable = on
	d.enable()
	d.refocus()
}

// SetProgress shows how far it is while busy. See progress.Bar.Set.
func (d *Dialog) SetProgress(done, total int, text string) {
	if d.busy {
		d.bar.Set(done, total, text)
	}
}

// CancelButton is the button that closes.
func (d *Dialog) CancelButton() *keys.Button { return d.cancel }

// ActionButton is the button that acts; hidden where there is none.
func (d *Dialog) ActionButton() *keys.Button { return d.action }

// typed takes the keys that nobody in the dialog has a use for. While something else
// lies over the dialog they are passed on.
func (d *Dialog) typed(ev *fyne.KeyEvent) {
	if d.canvas.Overlays().Top() != fyne.CanvasObject(d.shell) {
		if d.before != nil {
			d.before(ev)
		}
		return
	}
	if ev.Name == fyne.KeyEscape {
		d.pressCancel()
	}
}

func (d *Dialog) pressCancel() {
	switch {
	case d.busy && !d.cancelable:
	case d.opts.OnCancel != nil:
		d.opts.OnCancel()
	default:
		d.Hide()
	}
}

func (d *Dialog) pressAction() {
	if d.ready && !d.busy && d.opts.OnAction != nil {
		d.opts.OnAction()
	}
}

func (d *Dialog) enable() {
	set(d.cancel, !d.busy || d.cancelable)
	set(d.action, !d.busy && d.ready)
}

// refocus puts the focus on Cancel, or nowhere while that is disabled.
func (d *Dialog) refocus() {
	switch {
	case d.canvas.Overlays().Top() != fyne.CanvasObject(d.shell):
	case d.cancel.Disabled():
		d.canvas.Unfocus()
	default:
		d.canvas.Focus(d.cancel)
	}
}

func set(b *keys.Button, enabled bool) {
	if enabled {
		b.Enable()
	} else {
		b.Disable()
	}
	b.Refresh()
}

// content keeps the scroll bar beside the object rather than over it.
func content(object fyne.CanvasObject) fyne.CanvasObject {
	if object == nil {
		return container.NewWithoutLayout()
	}
	return container.New(layout.NewCustomPaddedLayout(0, 0, 0, gutter), object)
}
