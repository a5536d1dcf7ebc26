package team

import (
	"maps"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/form"
	"lethe/app/look"
	"lethe/data"
	"lethe/data/fold"
	"lethe/widgets/checkmark"
	"lethe/widgets/keys"
)

// editor shows a role: its name, a search, and the permissions by group. Where
// the person may change it, the ticks and the buttons work.
type editor struct {
	page     *RolesPage
	was      data.Role // as it was read
	set      data.PermissionSet
	writable bool

	name   *form.Field // nil where the role has a name that stays
	search *form.Field
	rows   []*permissionRow
	groups []*groupRow
	save   *keys.Button
	none   *form.Line
	scroll *container.Scroll
}

type groupRow struct {
	group data.PermissionGroup
	label fyne.CanvasObject
}

// permissionRow is one permission: what it lets one do, and below what that
// opens, or why it can't be changed.
type permissionRow struct {
	info   data.PermissionInfo
	tick   *checkmark.Tick
	hint   *form.Line
	object *fyne.Container
}

// edit shows a role with what next says in place of what it is.
func (p *RolesPage) edit(was, next data.Role) {
	w, rights := p.desk.Words, p.desk.Rights()
	e := &editor{page: p, was: was, set: maps.Clone(next.Granted())}
	if e.set == nil {
		e.set = data.PermissionSet{}
	}
	fresh := was.ID == 0
	e.writable = fresh && rights.May(data.OpAddRole) || !fresh && rights.MayTouchRole(was)
	p.editor = e
	var top []fyne.CanvasObject
	if e.writable {
		e.name = form.New(w.T("team.role_name"), "")
		e.name.SetText(next.Name)
		e.name.Check = e.checkName
		e.name.OnChanged = func(string) { e.changed() }
	} else {
		heading := widget.NewLabelWithStyle(oneLine(w.Role(was)), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
		heading.SizeName = theme.SizeNameSubHeadingText
		heading.Truncation = fyne.TextTruncateEllipsis
		top = append(top, heading, form.NewText(e.why()).Object())
	}
	if members := p.team.having(was.ID); !fresh && len(members) > 0 {
		top = append(top, form.NewLine(w.T("team.role_members", "Names", whom(w, members)), look.ColorMuted).Object())
	}
	e.search = form.New(w.T("team.search"), "")
	e.search.OnChanged = func(string) { e.filter() }
	if e.writable {
		top = append([]fyne.CanvasObject{container.NewGridWithColumns(2, e.name.Object(), e.search.Object())}, top...)
	} else {
		top = append(top, e.search.Object())
	}
	list := form.Stack(2)
	for _, info := range data.Permissions() {
		e.add(list, info)
	}
	e.none = form.NewLine(w.T("team.search_none"), look.ColorMuted)
	list.Add(e.none.Object())
	list.Add(form.NewText(w.T("team.delete_all_note")).Object())
	e.scroll = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, 14), list))
	keys.Follow(e.scroll, list)
	p.area.Objects = []fyne.CanvasObject{container.NewBorder(form.Stack(2, top...), e.buttons(), nil, nil, e.scroll)}
	e.refresh()
	e.filter()
	p.area.Refresh()
}

// why tells why a role can't be changed.
func (e *editor) why() string {
	w, rights := e.page.desk.Words, e.page.desk.Rights()
	switch {
	case e.was.Kind != data.CustomRole:
		return w.T("team.kind."+string(e.was.Kind)) + " " + w.T("team.predefined")
	case !rights.May(data.OpEditRole):
		return w.T("team.read_only")
	case e.was.ID == rights.Role:
		return w.T("team.own_role")
	}
	return w.T("team.more_rights")
}

func (e *editor) add(list *fyne.Container, info data.PermissionInfo) {
	w := e.page.desk.Words
	if n := len(e.groups); n == 0 || e.groups[n-1].group != info.Group {
		label := widget.NewLabelWithStyle(w.T("team.group."+string(info.Group)), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
		e.groups = append(e.groups, &groupRow{info.Group, label})
		list.Add(label)
	}
	row := &permissionRow{info: info, hint: form.NewLine("", look.ColorMuted)}
	row.tick = checkmark.NewTick(w.T("team.permission."+string(info.Permission)), nil)
	row.tick.OnChanged = func(on bool) { e.ticked(row, on) }
	row.object = form.Stack(0, row.tick, container.New(layout.NewCustomPaddedLayout(-6, 0, 22, 0), row.hint.Object()))
	e.rows = append(e.rows, row)
	list.Add(row.object)
}

// locked tells why a permission can't be ticked or unticked, "" if it can.
func (e *editor) locked(p data.Permission) string {
	w, rights := e.page.desk.Words, e.page.desk.Rights()
	holding := e.set.Holding(p)
	switch {
	case !e.writable:
		return ""
	case e.set[p] && len(holding) > 0:
		return w.T("team.held", "By", names(w, holding))
	case !e.set[p] && !e.was.Granted()[p] && !mayGrantWhole(rights, p):
		if p == data.DeleteCustomers && rights.Can(p) {
			return w.T("team.owners_grant")
		}
		return w.T("team.cannot_grant")
	}
	return ""
}

// mayGrantWhole tells whether the person may grant a permission with all that
// it needs.
func mayGrantWhole(r data.Rights, p data.Permission) bool {
	return r.MayGrantAll(data.NewPermissionSet(p))
}

func (e *editor) ticked(row *permissionRow, on bool) {
	p := row.info.Permission
	switch {
	case !e.writable, e.locked(p) != "":
	case on:
		maps.Copy(e.set, data.NewPermissionSet(p))
	default:
		delete(e.set, p)
	}
	e.refresh()
	e.changed()
}

// refresh brings ticks and hints up to date.
func (e *editor) refresh() {
	w := e.page.desk.Words
	for _, row := range e.rows {
		row.tick.SetOn(e.set[row.info.Permission])
		hint := w.T("team.opens." + string(row.info.Permission))
		if why := e.locked(row.info.Permission); why != "" {
			hint = why
		}
		row.hint.Set(hint, look.ColorMuted)
	}
}

// filter shows the permissions that the search finds.
func (e *editor) filter() {
	w := e.page.desk.Words
	part := fold.Fold(e.search.Text())
	found := map[data.PermissionGroup]bool{}
	for _, row := range e.rows {
		text := fold.Fold(strings.Join([]string{
			w.T("team.permission." + string(row.info.Permission)), w.T("team.opens." + string(row.info.Permission)),
			w.T("team.name." + string(row.info.Permission)),
		}, " "))
		if strings.Contains(text, part) {
			row.object.Show()
			found[row.info.Group] = true
		} else {
			row.object.Hide()
		}
	}
	for _, g := range e.groups {
		if found[g.group] {
			g.label.Show()
		} else {
			g.label.Hide()
		}
	}
	if len(found) == 0 {
		e.none.Object().Show()
	} else {
		e.none.Object().Hide()
	}
	e.scroll.Offset = fyne.Position{}
	e.scroll.Content.Refresh()
	e.scroll.Refresh()
}

func (e *editor) checkName(text string) string {
	w := e.page.desk.Words
	if err := data.CheckName(text); err != nil {
		return w.Error(err)
	}
	for _, r := range e.page.team.roles {
		if r.ID != e.was.ID && fold.Fold(w.Role(r)) == fold.Fold(text) {
			return w.Error(&data.Taken{Field: data.TakenRole})
		}
	}
	return ""
}

// dirty tells whether something was changed.
func (e *editor) dirty() bool {
	if e == nil || !e.writable {
		return false
	}
	return strings.TrimSpace(e.name.Text()) != e.was.Name || e.set.Encode() != e.was.Granted().Encode()
}

func (e *editor) changed() {
	if e.save == nil {
		return
	}
	if e.dirty() {
		e.save.Enable()
	} else {
		e.save.Disable()
	}
}

// buttons are what can be done with the role.
func (e *editor) buttons() fyne.CanvasObject {
	p := e.page
	w, rights := p.desk.Words, p.desk.Rights()
	row := container.NewHBox()
	fresh := e.was.ID == 0
	if e.writable {
		text := w.T("team.role_save")
		if fresh {
			text = w.T("team.role_create")
		}
		e.save = p.button(text, e.submit)
		e.save.Importance = widget.HighImportance
		discard := p.button(w.T("team.discard"), func() { p.editor = nil; p.Refresh() })
		row.Objects = append(row.Objects, e.save, discard)
		e.changed()
	}
	row.Add(layout.NewSpacer())
	if !fresh && rights.May(data.OpAddRole) && e.was.Kind != data.AccountOwner {
		row.Add(p.button(w.T("team.duplicate"), func() { p.duplicate(e.was) }))
	}
	if !fresh && e.writable {
		row.Add(p.button(w.T("team.role_delete"), func() { p.remove(e.was) }))
	}
	return row
}
