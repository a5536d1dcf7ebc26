package settings

import (
	"fyne.io/fyne/v2"

	"lethe/app/form"
	"lethe/app/turnkey"
)

// key is the turning of the key by hand.
func (p *Page) key() []fyne.CanvasObject {
	w := p.desk.Words
	return []fyne.CanvasObject{
		form.NewText(w.T("settings.key_text")).Object(),
		left(button(w.T("settings.key_turn"), func() { turnkey.Open(p.desk) })),
	}
}
