package team

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lethe/app/desk"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data"
	"lethe/widgets/keys"
)

// pageBase is what the pages of the members and of the roles share: a head, a
// list, and the team, read anew whenever it changes.
type pageBase struct {
	desk   *desk.Desk
	team   people
	said   *form.Line
	head   *fyne.Container
	list   *fyne.Container
	scroll *container.Scroll // around the list
	root   fyne.CanvasObject
	cancel func()
	shown  func() // brings the page in line with the team that was read
}

func newBase(d *desk.Desk, shown func()) pageBase {
	b := pageBase{
		desk: d, said: form.NewLine("", look.ColorDanger), shown: shown,
		head: container.NewHBox(), list: container.NewVBox(),
	}
	b.scroll = container.NewVScroll(b.list)
	return b
}

// begin lays the page out, the list at the left of what is given or, where that
// is nil, in its place, and follows the team.
func (b *pageBase) begin(left, rest fyne.CanvasObject) {
	b.root = container.NewPadded(container.NewPadded(container.NewPadded(form.AtMost(form.PageWidth,
		container.NewBorder(container.NewVBox(b.head, b.said.Object()), nil, left, nil, rest)))))
	b.cancel = b.desk.Listen(func(e data.Event) {
		if e.Kind == data.TeamChanged {
			b.Refresh()
		}
	})
}

// Refresh implements desk.Refresher.
func (b *pageBase) Refresh() {
	var team people
	b.desk.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		team, err = read(ctx, b.desk)
		return err
	}, func(err error) {
		if err != nil {
			b.said.Set(b.desk.Words.Error(err), look.ColorDanger)
			return
		}
		b.said.Set("", look.ColorDanger)
		b.team = team
		b.shown()
	})
}

// built has what was put into head and list drawn.
func (b *pageBase) built() {
	keys.Follow(b.scroll, b.list)
	b.head.Refresh()
	b.list.Refresh()
	b.root.Refresh()
}

func (b *pageBase) button(text string, tapped func()) *keys.Button {
	button := keys.NewButton(text, tapped)
	button.EnterPresses = true
	return button
}

// Content implements desk.Page.
func (b *pageBase) Content() fyne.CanvasObject { return b.root }

// Shown implements desk.Page.
func (b *pageBase) Shown() { b.Refresh() }

// Hidden implements desk.Page.
func (b *pageBase) Hidden() {}

// Key implements desk.Page.
func (b *pageBase) Key(*fyne.KeyEvent) bool { return false }

// Close implements desk.Closer.
func (b *pageBase) Close() { b.cancel() }
