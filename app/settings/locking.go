package settings

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"lethe/app/form"
	"lethe/data"
)

// locking is after how long the window locks by itself.
func (p *Page) locking() []fyne.CanvasObject {
	w := p.desk.Words
	minutes := func(v data.Settings, kind data.RoleKind) int { return int(v.LockAfter(kind) / time.Minute) }
	if !p.desk.Rights().May(data.OpSaveSettings) {
		line := form.NewText("")
		p.keep(func() {
			line.Set(w.N("settings.lock_text", minutes(p.desk.Settings(), p.desk.Rights().Kind)), line.Colour())
		})
		return []fyne.CanvasObject{line.Object()}
	}
	owners := form.New(w.T("settings.lock_owners"), "")
	others := form.New(w.T("settings.lock_others"), w.T("settings.lock_hint"))
	number := func(f *form.Field) int {
		n, err := strconv.Atoi(strings.TrimSpace(f.Text()))
		if err != nil || n < 1 || n > data.MaxLock {
			return 0
		}
		return n
	}
	s := p.saver()
	for _, f := range []*form.Field{owners, others} {
		f.Check = func(string) string {
			if number(f) == 0 {
				return w.T("settings.lock_wrong", "Most", data.MaxLock)
			}
			return ""
		}
		f.OnChanged = func(string) { s.changed() }
		f.Entry.OnSubmitted = func(string) { s.save() }
	}
	s.dirty = func(v data.Settings) bool {
		return number(owners) != minutes(v, data.Owner) || number(others) != minutes(v, data.TeamMember)
	}
	s.valid = func() bool {
		a, b := owners.Valid(), others.Valid()
		return a && b
	}
	s.change = func() func(*data.Settings) {
		a, b := number(owners), number(others)
		return func(v *data.Settings) { v.LockOwners, v.LockOthers = a, b }
	}
	var shown data.Settings
	p.keep(func() {
		if v := p.desk.Settings(); owners.Text() == "" || !s.dirty(shown) {
			shown = v
			put(owners, minutes(v, data.Owner))
			put(others, minutes(v, data.TeamMember))
		}
		s.enable()
	})
	return []fyne.CanvasObject{owners.Object(), others.Object(), s.object}
}

// put writes a number into a field that doesn't say it yet.
func put(f *form.Field, n int) {
	if text := strconv.Itoa(n); f.Text() != text {
		f.SetText(text)
	}
}

// roles leads to the page of the roles.
func (p *Page) roles() []fyne.CanvasObject {
	w := p.desk.Words
	return []fyne.CanvasObject{
		form.NewText(w.T("settings.roles_text")).Object(),
		left(button(w.T("settings.roles_manage"), func() { p.desk.Visit("roles") })),
	}
}
