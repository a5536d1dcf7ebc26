package settings

import (
	"context"

	"fyne.io/fyne/v2"

	"lethe/app/certify"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data"
)

// certificates is where one is checked, by whomever.
func (p *Page) certificates() []fyne.CanvasObject {
	w, d := p.desk.Words, p.desk
	line := form.NewLine("", look.ColorMuted)
	p.keep(func() {
		var key data.SigningKey
		d.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
			key, err = d.Store.CertificateKey(ctx, d.Actor)
			return err
		}, func(err error) {
			if err != nil {
				line.Set(w.Error(err), look.ColorDanger)
				return
			}
			line.Set(w.T("certify.your_key", "Key", key.Fingerprint()), look.ColorMuted)
		})
	})
	return []fyne.CanvasObject{
		form.NewText(w.T("certify.check_text")).Object(), line.Object(),
		left(button(w.T("certify.check"), func() { certify.Check(d) })),
	}
}
