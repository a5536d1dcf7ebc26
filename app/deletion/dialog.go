package deletion

import (
	"fyne.io/fyne/v2"

	"lethe/app/exporting"
	"lethe/app/form"
	"lethe/data"
	"lethe/data/store"
	"lethe/widgets/confirm"
	"lethe/widgets/keys"
	"lethe/widgets/listpick"
)

// listRows is how many rows of the list show without scrolling it.
const listRows = 6

// open shows the dialog for a plan.
func (f *flow) open(plan *store.Plan) {
	f.plan = plan
	sum := plan.Summary()
	if sum.OTPDue && !sum.OTPSetUp {
		f.setUpFirst()
		return
	}
	w := f.desk.Words
	f.dialog = confirm.New(f.desk.Window.Canvas(), confirm.Options{
		Cancel: w.T("deletion.cancel"), Action: "-", Danger: true,
		OnAction: f.confirmed,
		OnCancel: func() {
			f.dialog.Hide()
			f.end()
		},
	})
	f.fill(plan)
	f.dialog.Show()
}

// setUpFirst says that OTPs must be set up before.
func (f *flow) setUpFirst() {
	w := f.desk.Words
	sentence := w.T("deletion.otp.missing", "Owner", f.owner.Name)
	if !f.desk.Rights().May(data.OpEnrolOTP) {
		f.refuse(sentence)
		return
	}
	d := confirm.New(f.desk.Window.Canvas(), confirm.Options{
		Title: w.T("deletion.refused"), Content: text(sentence),
		Cancel: w.T("deletion.cancel"), Action: w.T("deletion.otp.set_up"),
	})
	d.SetOnCancel(func() {
		d.Hide()
		f.end()
	})
	d.SetOnAction(func() {
		d.Hide()
		f.end()
		f.desk.Visit("settings")
	})
	d.Show()
}

// fill puts a plan into the dialog: the first one, or the one that took its
// place.
func (f *flow) fill(plan *store.Plan) {
	f.plan = plan
	sum := plan.Summary()
	s := situation{Summary: sum, Words: f.req.Words, Segment: f.req.Segment, Hidden: f.req.Hidden, Holding: f.holding, Own: f.own()}
	if sum.Way == data.WayOne {
		if row, ok := f.desk.View.Row(plan.IDs()[0]); ok {
			s.Row = row
		}
	}
	a := describe(f.desk.Words, s)
	f.dialog.SetTitle(a.Title)
	f.dialog.SetButtons(f.desk.Words.T("deletion.cancel"), a.Action, true)
	content, c := f.content(plan, a)
	f.confirmation = c
	f.dialog.SetContent(content)
	f.dialog.SetReady(c.ready())
	f.dialog.SetExtra()
	if sum.Warn.Exports > 0 && f.desk.Rights().May(data.OpExports) {
		f.dialog.SetExtra(keys.NewButton(f.desk.Words.T("deletion.exports_show"), func() { exporting.ShowList(f.desk) }))
	}
}

// own tells whether the person sees their own customers only.
func (f *flow) own() bool { return !f.desk.Rights().Can(data.ViewAllCustomers) }

func (f *flow) content(plan *store.Plan, a about) (fyne.CanvasObject, *confirmation) {
	var parts []fyne.CanvasObject
	sum := plan.Summary()
	if sum.Way == data.WayAll {
		parts = append(parts, danger(a.Stay))
	}
	for _, line := range a.Who {
		parts = append(parts, text(line))
	}
	if sum.Way == data.WaySelected || sum.Way == data.WayFiltered || sum.Way == data.WayUndo {
		parts = append(parts, f.list())
	}
	for _, line := range a.Warnings {
		parts = append(parts, text(line))
	}
	if a.Cascade != "" {
		parts = append(parts, text(a.Cascade))
	}
	if sum.Way != data.WayAll && a.Stay != "" {
		parts = append(parts, bold(a.Stay))
	}
	for _, line := range a.Kept {
		parts = append(parts, text(line))
	}
	parts = append(parts, text(a.Final))
	c, entries := f.entries(sum, func() { f.dialog.SetReady(f.confirmation.ready()) })
	return form.Stack(gap, append(parts, entries...)...), c
}

// list shows everybody who goes, each with Keep. Fewer than two can't be kept
// one by one: that is what Cancel is for.
func (f *flow) list() fyne.CanvasObject {
	w := f.desk.Words
	ids := f.order
	keep := ""
	if len(ids) > 1 && f.req.Way != data.WayUndo { // an import is undone as a whole
		keep = w.T("deletion.keep")
	}
	l := listpick.New(func(i int) listpick.Row {
		row, ok := f.desk.View.Row(ids[i])
		if !ok {
			return listpick.Row{Text: w.T("deletion.gone"), Muted: true}
		}
		return listpick.Row{Text: titleOf(row), Detail: row.PhoneText, Button: keep}
	}, func(i int) { f.keepRow(ids[i]) })
	l.SetMinRows(min(listRows, len(ids)))
	l.SetCount(len(ids))
	return l
}

// keepRow takes a customer out of the plan: a new one is sealed without them.
func (f *flow) keepRow(id data.CustomerID) {
	if f.keep == nil {
		f.keep = map[data.CustomerID]bool{}
	}
	f.keep[id] = true
	f.reseal(nil)
}

// reseal puts a new plan of the same request into the open dialog, and says
// why, if the person didn't ask for it.
func (f *flow) reseal(why error) {
	was := f.plan
	f.dialog.SetBusy(true)
	f.seal(func(plan *store.Plan) {
		f.dialog.SetBusy(false)
		f.fill(plan)
		f.dialog.SetError(f.because(why, was, plan))
	})
}
