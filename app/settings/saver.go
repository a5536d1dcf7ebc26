package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data"
	"lethe/widgets/keys"
)

// saver is the button under a part of the business's settings. It works while
// something there differs from what is stored.
type saver struct {
	page   *Page
	button *keys.Button
	said   *form.Line
	object fyne.CanvasObject

	dirty func(data.Settings) bool
	valid func() bool
	// change answers what is to be written, as it stands there now.
	change func() func(*data.Settings)
}

func (p *Page) saver() *saver {
	s := &saver{page: p, said: form.NewLine("", look.ColorMuted)}
	s.button = keys.NewButton(p.desk.Words.T("settings.save"), s.save)
	s.button.EnterPresses = true
	s.button.Disable()
	s.object = container.NewBorder(nil, nil, s.button, nil, s.said.Object())
	return s
}

// changed is to be called after each change by the person.
func (s *saver) changed() {
	s.said.Set("", look.ColorMuted)
	s.enable()
}

func (s *saver) enable() {
	if s.dirty(s.page.desk.Settings()) {
		s.button.Enable()
	} else {
		s.button.Disable()
	}
}

// save writes the part into the settings as they are in the store by now.
func (s *saver) save() {
	if s.button.Disabled() || !s.valid() {
		return
	}
	d, change := s.page.desk, s.change()
	s.button.Disable()
	d.Tasks.Go("", func(ctx context.Context, _ task.Progress) error {
		v, err := d.Store.Settings(ctx, d.Actor)
		if err != nil {
			return err
		}
		change(&v)
		return d.Store.SaveSettings(ctx, d.Actor, v)
	}, func(err error) {
		if err != nil {
			s.said.Set(d.Words.Error(err), look.ColorDanger)
			s.button.Enable()
			return
		}
		s.said.Set(d.Words.T("settings.saved"), look.ColorMuted)
	})
}
