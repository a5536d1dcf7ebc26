// Package about says which Lethe this is, and saves diagnostics for whoever
// helps.
package about

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"lethe/app/desk"
	"lethe/app/diagnose"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/prefs"
	"lethe/app/task"
	"lethe/assets"
	"lethe/widgets/confirm"
	"lethe/widgets/keys"
)

// iconSize is how large the icon stands in the dialog.
const iconSize = 64

// Show opens the dialog. Usual tells that the data folder is the one that Lethe
// takes by itself.
func Show(d *desk.Desk, usual bool) {
	w, c := d.Words, d.Window.Canvas()
	icon := canvas.NewImageFromResource(assets.Icon())
	icon.FillMode = canvas.ImageFillContain
	icon.SetMinSize(fyne.NewSquareSize(iconSize))
	said := form.NewLine("", look.ColorMuted)
	save := keys.NewButton(w.T("about.diagnostics"), nil)
	save.EnterPresses = true
	save.OnTapped = func() {
		d.Files.Save(w.T("about.diagnostics_title"), w.T("about.diagnostics_name"), func(path string, err error) {
			if err != nil {
				said.Set(w.Error(err), look.ColorDanger)
				return
			}
			if path == "" {
				return
			}
			seen := diagnose.Seen{
				Theme: string(look.VariantNamed(d.Prefs.String(prefs.Variant))),
				Scale: c.Scale(), Window: c.Size(), Usual: usual,
			}
			d.Tasks.Go("", func(ctx context.Context, _ task.Progress) error {
				return diagnose.Save(ctx, d, seen, path)
			}, func(err error) {
				if err != nil {
					said.Set(w.Error(err), look.ColorDanger)
					return
				}
				said.Set(w.T("about.diagnostics_saved", "File", filepath.Base(path)), theme.ColorNameSuccess)
			})
		})
	}
	version := fyne.CurrentApp().Metadata().Version
	content := form.Stack(4,
		container.NewHBox(icon),
		form.NewText(w.T("about.version", "Version", version)).Object(),
		form.NewText(w.T("about.what")).Object(),
		form.NewText(w.T("about.offline")).Object(),
		form.NewLine(w.T("about.licence"), look.ColorMuted).Object(),
		form.NewText(w.T("about.diagnostics_text")).Object(),
		container.NewHBox(save, layout.NewSpacer()),
		said.Object(),
	)
	confirm.NewInfo(c, w.T("about.title"), content, w.T("shell.close")).Show()
}
