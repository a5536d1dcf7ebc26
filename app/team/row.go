package team

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/look"
	"lethe/data"
	"lethe/data/phone"
	"lethe/widgets/initials"
	"lethe/widgets/keys"
)

// Measures of a row.
const (
	badge     float32 = 30
	rowHeight float32 = 44
	actWidth  float32 = 92
	cellGap   float32 = 8
	phoneFrom float32 = 620 // from this width on there is room for phone numbers,
	mailFrom  float32 = 820 // for mail addresses,
	lastFrom  float32 = 480 // and for the last sign-in
)

// columns lays out badge, name, role, phone, mail, last sign-in and the button;
// what there is no room for is left out, and stands in the member's dialog.
type columns struct{}

func (columns) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, rowHeight) }

func (columns) Layout(o []fyne.CanvasObject, size fyne.Size) {
	shares := []float32{0.30, 0.20, 0.18, 0.20, 0.12}
	shown := []bool{true, true, size.Width >= phoneFrom, size.Width >= mailFrom, size.Width >= lastFrom}
	if size.Width < mailFrom {
		shares[2], shares[4] = 0.24, 0.18
	}
	total := float32(0)
	for i, on := range shown {
		if on {
			total += shares[i]
		}
	}
	o[0].Move(fyne.NewPos(4, (size.Height-badge)/2))
	o[0].Resize(fyne.NewSquareSize(badge))
	x := badge + 2*cellGap
	room := size.Width - x - actWidth - 2*cellGap
	for i, on := range shown {
		cell := o[i+1]
		if !on {
			cell.Hide()
			continue
		}
		cell.Show()
		width := room * shares[i] / total
		cell.Move(fyne.NewPos(x, (size.Height-cell.MinSize().Height)/2))
		cell.Resize(fyne.NewSize(width-cellGap, cell.MinSize().Height))
		x += width
	}
	act := o[6]
	act.Move(fyne.NewPos(size.Width-actWidth-cellGap, (size.Height-act.MinSize().Height)/2))
	act.Resize(fyne.NewSize(actWidth, act.MinSize().Height))
}

func cell(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Truncation = fyne.TextTruncateEllipsis
	return l
}

// muted is a text of second rank: a label's own low importance is too pale to
// read.
func muted(text string) fyne.CanvasObject {
	return widget.NewRichText(&widget.TextSegment{Text: text, Style: widget.RichTextStyle{ColorName: look.ColorMuted}})
}

// header names the columns.
func (p *Page) header() fyne.CanvasObject {
	w := p.desk.Words
	parts := []fyne.CanvasObject{container.NewWithoutLayout()}
	for _, text := range []string{
		w.T("team.name"), w.T("team.role"), w.T("team.phone"), w.T("team.email"), w.T("team.last"),
	} {
		l := cell(text)
		l.SizeName = theme.SizeNameCaptionText
		parts = append(parts, l)
	}
	return container.New(columns{}, append(parts, container.NewWithoutLayout())...)
}

// row is one member.
func (p *Page) row(u data.User) fyne.CanvasObject {
	w := p.desk.Words
	me, _ := p.desk.Me()
	name := oneLine(u.Name)
	switch {
	case u.ID == me.ID:
		name = w.T("team.you", "Name", name)
	case !u.Active:
		name = w.T("team.deactivated", "Name", name)
	}
	missing := w.T("common.missing")
	or := func(text string) string {
		if text == "" {
			return missing
		}
		return text
	}
	label := cell(name)
	label.TextStyle.Bold = u.Active
	role := cell(oneLine(w.Role(p.team.role[u.Role])))
	parts := []fyne.CanvasObject{
		initials.New(u.Name, badge), label, role,
		cell(or(phone.Format(u.Phone))), cell(or(oneLine(u.Email))), cell(p.last(u)),
	}
	var act fyne.CanvasObject = container.NewWithoutLayout()
	if menu := p.menu(u); len(menu) > 0 {
		more := keys.NewButton(w.T("team.manage"), nil)
		more.EnterPresses = true
		more.OnTapped = func() {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(more)
			pop := widget.NewPopUpMenu(fyne.NewMenu("", menu...), p.desk.Window.Canvas())
			pop.ShowAtPosition(fyne.NewPos(at.X+more.Size().Width-pop.MinSize().Width, at.Y+more.Size().Height+2))
		}
		act = more
	}
	return container.New(columns{}, append(parts, act)...)
}

// last is when somebody last signed in.
func (p *Page) last(u data.User) string {
	w := p.desk.Words
	switch {
	case u.LastSignIn == 0:
		return w.T("team.never")
	case u.MustChangePassword:
		return w.T("team.must_change")
	}
	return w.Date(time.Unix(u.LastSignIn, 0))
}

// menu is what this person can do with a member: what they can't isn't there.
func (p *Page) menu(u data.User) []*fyne.MenuItem {
	w, rights := p.desk.Words, p.desk.Rights()
	role := p.team.role[u.Role]
	var items []*fyne.MenuItem
	add := func(may bool, text string, act func()) {
		if may {
			items = append(items, fyne.NewMenuItem(text, act))
		}
	}
	manage := rights.MayManage(u, role)
	add(rights.MayEdit(u, role), w.T("team.edit"), func() { p.edit(u) })
	add(manage && len(p.assignable(u)) > 0, w.T("team.change_role"), func() { p.changeRole(u) })
	add(manage && u.Active, w.T("team.reset"), func() { p.reset(u) })
	add(rights.May(data.OpTransfer) && u.Active && u.ID != rights.User && !p.desk.Demo, w.T("team.transfer"), func() { p.transfer(u) })
	add(manage && !u.Active && rights.MayAssign(role), w.T("team.activate"), func() { p.activate(u) })
	add(manage && u.Active, w.T("team.deactivate"), func() { p.deactivate(u) })
	add(manage, w.T("team.remove"), func() { p.remove(u) })
	return items
}
