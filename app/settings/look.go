package settings

import (
	"context"
	"io/fs"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"lethe/app/choice"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/prefs"
	"lethe/app/task"
	"lethe/app/words"
	"lethe/assets"
	"lethe/widgets/checkmark"
	"lethe/widgets/keys"
)

// look is how the window looks on this computer.
func (p *Page) look() []fyne.CanvasObject {
	w, kept := p.desk.Words, p.desk.Prefs
	var variants []choice.Option
	for _, v := range look.Variants() {
		variants = append(variants, choice.Option{Value: string(v), Text: w.T("settings.variant." + string(v))})
	}
	variant := choice.New(variants, string(look.VariantNamed(kept.String(prefs.Variant))), func(value string) {
		kept.SetString(prefs.Variant, value)
		fyne.CurrentApp().Settings().SetTheme(look.New(look.VariantNamed(value)))
	})
	parts := []fyne.CanvasObject{
		labelled(w.T("settings.variant"), variant),
		labelled(w.T("settings.scale"), p.scales()), form.NewLine(w.T("settings.scale_hint"), look.ColorMuted).Object(),
	}
	said := form.NewLine(w.T("settings.language_hint"), look.ColorMuted)
	notify := checkmark.NewTick(w.T("settings.notify"), func(on bool) { kept.SetBool(prefs.Notify, on) })
	notify.SetOn(kept.BoolWithFallback(prefs.Notify, true))
	parts = append(parts, labelled(w.T("settings.language"), p.languages()), said.Object(), notify)
	return parts
}

// scales are how large everything is drawn.
func (p *Page) scales() fyne.CanvasObject {
	var all []choice.Option
	for _, percent := range look.Scales() {
		all = append(all, choice.Option{
			Value: strconv.Itoa(percent), Text: p.desk.Words.T("settings.scale_percent", "Percent", percent),
		})
	}
	now := strconv.Itoa(look.ScaleOf(p.desk.Prefs.Int(prefs.Scale)))
	return choice.New(all, now, func(value string) {
		if percent, err := strconv.Atoi(value); err == nil {
			p.desk.Prefs.SetInt(prefs.Scale, percent)
		}
	})
}

// languages are those that there are translations for.
func (p *Page) languages() fyne.CanvasObject {
	w := p.desk.Words
	codes, err := words.Languages(assets.Translations)
	if err != nil {
		codes = []string{w.Language()}
	}
	var all []choice.Option
	for _, code := range codes {
		all = append(all, choice.Option{Value: code, Text: w.NameOf(code)})
	}
	return choice.New(all, w.Language(), func(code string) {
		p.desk.Prefs.SetString(prefs.Language, code)
		w.Choose(code)
	})
}

// folder is where the data is, and how large.
func (p *Page) folder() []fyne.CanvasObject {
	w, d := p.desk.Words, p.desk
	dir := d.Store.Dir()
	size := form.NewLine("", look.ColorMuted)
	open := keys.NewButton(w.T("settings.open_folder"), func() {
		if err := d.OpenURL(fileURL(dir)); err != nil {
			size.Set(w.T("settings.open_failed"), look.ColorDanger)
		}
	})
	open.EnterPresses = true
	p.keep(func() {
		var bytes int64
		d.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
			bytes, err = sizeOf(ctx, dir)
			return err
		}, func(err error) {
			if err != nil {
				size.Set(w.Error(err), look.ColorDanger)
				return
			}
			size.Set(w.T("settings.size", "Size", w.Size(bytes)), look.ColorMuted)
		})
	})
	text := w.T("settings.folder_text")
	if d.Demo {
		text = w.T("settings.folder_demo")
	}
	return []fyne.CanvasObject{
		form.NewText(text).Object(), form.NewText(dir).Object(), size.Object(), left(open),
	}
}

// fileURL is the address of a folder on this computer (RFC 8089).
func fileURL(dir string) string {
	path := filepath.ToSlash(dir)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/Users/…
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

// sizeOf is how many bytes the files in a folder have. Files that go
// meanwhile don't count.
func sizeOf(ctx context.Context, dir string) (int64, error) {
	var total int64
	err := filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return ctx.Err()
		}
		if info, err := e.Info(); err == nil {
			total += info.Size()
		}
		return ctx.Err()
	})
	return total, err
}

// labelled puts a label over an object, which doesn't get wider than it needs.
func labelled(label string, o fyne.CanvasObject) fyne.CanvasObject {
	return form.Stack(0, form.NewLine(label, theme.ColorNameForeground).Object(),
		container.New(layout.NewGridLayoutWithColumns(2), o, layout.NewSpacer()))
}

// left puts buttons at the left, one beside the other.
func left(objects ...fyne.CanvasObject) fyne.CanvasObject {
	return container.NewHBox(append(objects, layout.NewSpacer())...)
}
