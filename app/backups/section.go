// Package backups is where backups are made, listed and restored: a part of the
// settings, the flow that restores one into the list, and the page that restores
// one where there is no list that opens.
package backups

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"lethe/app/desk"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data"
	"lethe/widgets/countdown"
	"lethe/widgets/keys"
)

// Section is the part of the settings. UI goroutine only.
type Section struct {
	desk  *desk.Desk
	ticks countdown.Ticks
	rows  int // of the list of backups, at most

	state   *form.Line      // how the rolling backup is
	buttons *fyne.Container // of the rolling backup
	list    *fyne.Container
	changed func() // after it changed its height

	known   bool // what follows was read
	rolling data.Rolling
	all     []data.Backup
}

const (
	gap float32 = 4

	firstRows = 4 // of the list, until more are asked for
	nameLimit = 60
)

// Allowed tells whether the section exists for somebody: for who may back up,
// and, for restoring, the Account Owner.
func Allowed(d *desk.Desk) bool {
	return !d.Demo && (d.Rights().May(data.OpBackUp) || d.Rights().May(data.OpRestore))
}

// New makes the section. changed is called when its height may have changed.
func New(d *desk.Desk, changed func()) *Section {
	return &Section{
		desk: d, ticks: countdown.EverySecond, rows: firstRows, changed: changed,
		state: form.NewText(""), buttons: container.NewHBox(), list: form.Stack(gap),
	}
}

// Objects are what stands in the section.
func (s *Section) Objects() []fyne.CanvasObject {
	w := s.desk.Words
	out := []fyne.CanvasObject{form.NewText(w.T("backups.text")).Object()}
	row := container.NewHBox()
	if s.desk.Rights().May(data.OpBackUp) {
		row.Add(button(w.T("backups.make"), func() { s.make() }))
	}
	if s.desk.Rights().May(data.OpRestore) {
		row.Add(button(w.T("backups.restore"), func() { s.restore() }))
	}
	out = append(out, row)
	if s.desk.Rights().May(data.OpBackUp) {
		out = append(out, s.state.Object(), s.buttons, s.list)
	}
	return out
}

func button(text string, tapped func()) *keys.Button {
	b := keys.NewButton(text, tapped)
	b.EnterPresses = true
	return b
}

// Refresh reads which backups there are, in the background: a drive may be slow.
func (s *Section) Refresh() {
	d := s.desk
	if !d.Rights().May(data.OpBackups) {
		return
	}
	var rolling data.Rolling
	var all []data.Backup
	d.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		if rolling, err = d.Store.Rolling(ctx, d.Actor); err != nil {
			return err
		}
		all, err = d.Store.Backups(ctx, d.Actor)
		return err
	}, func(err error) {
		if err != nil {
			s.known = false
			s.state.Set(d.Words.Error(err), look.ColorDanger)
			return
		}
		if s.known && rolling == s.rolling && slices.Equal(all, s.all) {
			return
		}
		s.known, s.rolling, s.all = true, rolling, all
		s.show()
	})
}

// show writes what was read.
func (s *Section) show() {
	w := s.desk.Words
	r := s.rolling
	s.buttons.Objects = nil
	switch {
	case !r.On():
		s.state.Set(w.T("backups.rolling_off"), theme.ColorNameForeground)
		s.buttons.Add(button(w.T("backups.rolling_set"), func() { s.setRolling() }))
	case r.Failed != 0:
		s.state.Set(w.T("backups.rolling_failed", "Path", r.Path, "When", when(w, r.Failed)), look.ColorDanger)
		s.buttons.Add(button(w.T("backups.rolling_now"), func() { s.rewrite() }))
		s.buttons.Add(button(w.T("backups.rolling_end"), func() { s.endRolling() }))
	default:
		s.state.Set(w.T("backups.rolling_on", "Path", r.Path, "When", when(w, r.Made)), theme.ColorNameForeground)
		s.buttons.Add(button(w.T("backups.rolling_end"), func() { s.endRolling() }))
	}
	s.fillList()
	s.buttons.Refresh()
	s.list.Refresh()
	s.changed()
}

// rewrite tries the rolling backup again.
func (s *Section) rewrite() {
	d := s.desk
	s.state.Set(d.Words.T("backups.rolling_running"), theme.ColorNameForeground)
	d.Tasks.Go(d.Words.T("backups.rolling_job"), func(ctx context.Context, _ task.Progress) error {
		_, err := d.Store.RewriteRolling(ctx, d.Actor, nil)
		return err
	}, func(err error) {
		if err != nil {
			d.Status(d.Words.Error(err))
		}
		s.Refresh()
	})
}
