// Package schema is where custom fields and tags are kept in order: parts of the
// settings, each a list with a dialog behind every row.
package schema

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"lethe/app/desk"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data"
	"lethe/widgets/confirm"
	"lethe/widgets/listpick"
)

// rowsInSight is how many rows a list shows without scrolling it, at most.
const rowsInSight = 6

// list is a list of things with a button each; without any, a line that says so.
type list struct {
	rows   *listpick.List
	none   *form.Line
	object *fyne.Container
}

func newList(none string, row func(i int) listpick.Row, pressed func(i int)) *list {
	l := &list{rows: listpick.New(row, pressed), none: form.NewLine(none, look.ColorMuted)}
	l.object = form.Stack(0, l.none.Object(), l.rows)
	l.set(0)
	return l
}

func (l *list) set(n int) {
	l.rows.SetCount(n) // first: it must not ask for rows that are gone
	l.rows.SetMinRows(min(max(n, 1), rowsInSight))
	l.none.SetVisible(n == 0)
	if n == 0 {
		l.rows.Hide()
	} else {
		l.rows.Show()
	}
	l.object.Refresh()
}

// part is a part of the settings: a list of things that are read anew with
// Refresh. UI goroutine only.
type part[T any] struct {
	desk *desk.Desk
	all  []T
	list *list
	said *form.Line
	read func(context.Context) ([]T, error)
	then func() // after the first time that they were read; nil later
}

// newPart makes one without rows: who makes it sets the list.
func newPart[T any](d *desk.Desk, read func(context.Context) ([]T, error), then func()) part[T] {
	return part[T]{desk: d, said: form.NewLine("", look.ColorDanger), read: read, then: then}
}

// Refresh reads them anew.
func (p *part[T]) Refresh() {
	var all []T
	p.desk.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		all, err = p.read(ctx)
		return err
	}, func(err error) {
		p.said.Set(p.desk.Words.Error(err), look.ColorDanger)
		p.said.SetVisible(err != nil)
		if err != nil {
			return
		}
		p.all = all
		p.list.set(len(all))
		if then := p.then; then != nil {
			p.then = nil
			then()
		}
	})
}

// write does the work of a dialog and closes it, or says beside what it is about
// why not.
func write(d *desk.Desk, dialog *confirm.Dialog, work func(context.Context) error, failed func(error) bool, done func()) {
	if dialog.Busy() {
		return
	}
	dialog.SetError("")
	dialog.SetBusy(true)
	d.Tasks.Go("", func(ctx context.Context, _ task.Progress) error { return work(ctx) }, func(err error) {
		dialog.SetBusy(false)
		switch {
		case err == nil:
			dialog.Hide()
			done()
		case failed != nil && failed(err):
		case errors.Is(err, data.ErrConflict), errors.Is(err, data.ErrNotFound):
			dialog.SetError(d.Words.T("schema.conflict"))
		default:
			dialog.SetError(d.Words.Error(err))
		}
	})
}
