package customers

import (
	"fyne.io/fyne/v2/theme"

	"lethe/app/deletion"
	"lethe/app/desk"
	"lethe/app/importing"
	"lethe/data"
)

// Entry is the page's place on the rail. Everybody has one: whom they see
// there is a matter of their rights.
func Entry() desk.Entry {
	return desk.Entry{
		ID:      id,
		Icon:    theme.AccountIcon(),
		Allowed: func(r data.Rights) bool { return r.User != 0 },
		New: func(d *desk.Desk) desk.Page {
			return newPage(d, deletion.Start, importing.Start)
		},
	}
}
