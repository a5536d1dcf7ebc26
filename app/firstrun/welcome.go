package firstrun

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"lethe/app/form"
	"lethe/app/look"
	"lethe/widgets/keys"
)

// welcome offers the two ways to begin.
func (z *Wizard) welcome() {
	w := z.opt.Words
	start := keys.NewButton(w.T("firstrun.start"), z.askBusiness)
	start.Importance = widget.HighImportance
	start.EnterPresses = true
	explore := keys.NewButton(w.T("firstrun.explore"), z.opt.Explore)
	explore.EnterPresses = true
	restore := keys.NewButton(w.T("firstrun.restore"), z.opt.Restore)
	restore.EnterPresses = true
	restore.Importance = widget.LowImportance
	parts := []fyne.CanvasObject{
		form.Mark(), form.NewHeading(w.T("firstrun.title")).Object(),
		form.NewText(w.T("firstrun.what")).Object(),
		start, form.NewLine(w.T("firstrun.start_hint"), look.ColorMuted).Object(),
		explore, form.NewLine(w.T("firstrun.explore_hint"), look.ColorMuted).Object(),
		restore,
	}
	if z.opt.Folder != "" {
		parts = append(parts, form.NewLine(w.T("firstrun.folder", "Folder", z.opt.Folder), look.ColorMuted).Object())
	}
	z.root.Objects = []fyne.CanvasObject{form.Card(cardWidth, parts...)}
	z.root.Refresh()
	c := z.opt.Window.Canvas()
	c.SetOnTypedKey(nil)
	c.Focus(start)
}
