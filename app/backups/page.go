package backups

import (
	"context"
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/desk"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/app/words"
	"lethe/data"
	"lethe/data/account"
	"lethe/data/fold"
	"lethe/data/store"
	"lethe/widgets/codeentry"
	"lethe/widgets/keys"
	"lethe/widgets/progress"
)

// Options are what the page needs to restore a backup where there is no list
// that opens.
type Options struct {
	Window fyne.Window
	Words  *words.Words
	Tasks  *task.Runner
	Files  desk.Files

	// Folder is the data folder where it is not the usual one, else empty.
	Folder string
	// Open reads a backup; see store.OpenBackup. Called in the background.
	Open func(ctx context.Context, path, passphrase string, progress func(store.BackupProgress)) (*store.Salvage, error)
	// Back leaves without a restore.
	Back func()
	// Done is called on the window's goroutine with the list that came of it.
	Done func(*store.Store, *store.Actor)
}

const cardWidth = 460

// Page restores a backup in three steps: the file and its passphrase, the
// password of then, and the OTP with what comes. UI goroutine only.
type Page struct {
	opt  Options
	root *fyne.Container

	path     string
	salvage  *store.Salvage
	byKey    bool // the recovery key is asked for in place of an OTP
	job      *task.Job
	busy     bool
	gone     bool
	said     *form.Line
	bar      *progress.Bar
	forward  *keys.Button
	backward *keys.Button

	file       *form.Line
	passphrase *form.Field
	password   *form.Field
	code       *codeentry.Field
	recovery   *form.Field
}

// NewPage makes the page.
func NewPage(opt Options) *Page {
	p := &Page{opt: opt, root: container.NewStack()}
	p.askFile()
	return p
}

// Content is the whole window.
func (p *Page) Content() fyne.CanvasObject { return p.root }

// Shown puts the focus on the way forward.
func (p *Page) Shown() { p.opt.Window.Canvas().Focus(p.forward) }

// Close lets go of what was read.
func (p *Page) Close() {
	p.gone = true
	p.discard()
}

func (p *Page) discard() {
	v := p.salvage
	p.salvage = nil
	if v == nil || p.busy {
		return
	}
	p.opt.Tasks.Go("", func(context.Context, task.Progress) error { return v.Close() }, nil)
}

// step puts one step on the card.
func (p *Page) step(title string, action string, act func(), parts ...fyne.CanvasObject) {
	w := p.opt.Words
	p.said, p.bar = form.NewLine("", look.ColorMuted), progress.New("", nil)
	p.bar.Hide()
	p.forward = button(action, func() {
		if !p.busy {
			act()
		}
	})
	p.forward.Importance = widget.HighImportance
	p.backward = button(w.T("common.back"), p.back)
	all := []fyne.CanvasObject{form.NewHeading(title).Object()}
	if p.opt.Folder != "" {
		all = append(all, form.NewLine(w.T("firstrun.folder", "Folder", p.opt.Folder), look.ColorMuted).Object())
	}
	all = append(all, parts...)
	all = append(all, p.said.Object(), p.bar, container.NewHBox(p.backward, layout.NewSpacer(), p.forward))
	p.root.Objects = []fyne.CanvasObject{form.Card(cardWidth, all...)}
	p.root.Refresh()
}

// back stops what runs, or leaves.
func (p *Page) back() {
	if p.busy {
		if p.job != nil {
			p.job.Cancel()
		}
		return
	}
	p.opt.Back()
}

// work runs something in the background, with the buttons held meanwhile.
func (p *Page) work(text string, do task.Work, report func(done, total int), then func(error)) {
	p.busy = true
	p.forward.Disable()
	p.said.Set(text, look.ColorMuted)
	p.bar.Show()
	p.bar.Set(0, 0, "")
	said, bar, forward := p.said, p.bar, p.forward
	p.job = p.opt.Tasks.Start(task.Spec{
		Work: do, Progress: report,
		Done: func(err error) {
			p.busy = false
			bar.Set(0, 1, "")
			bar.Hide()
			forward.Enable()
			said.Set("", look.ColorMuted)
			if p.gone {
				p.discard()
				return
			}
			then(err)
		},
	})
}

func (p *Page) complain(err error) { p.said.Set(p.opt.Words.Error(err), look.ColorDanger) }

// askFile is the first step.
func (p *Page) askFile() {
	w := p.opt.Words
	p.file = form.NewLine(w.T("backups.no_file"), look.ColorMuted)
	choose := button(w.T("backups.choose"), p.choose)
	p.passphrase = form.NewPassword(w.T("backups.passphrase_of"), "")
	p.passphrase.Check = needed(w.T("backups.passphrase_needed"))
	p.passphrase.Entry.OnSubmitted = func(string) { p.read() }
	p.step(w.T("backups.restore"), w.T("backups.read"), p.read,
		form.NewText(w.T("backups.page_text")).Object(),
		container.NewBorder(nil, nil, choose, nil, p.file.Object()), p.passphrase.Object())
}

func (p *Page) choose() {
	p.opt.Files.Open(p.opt.Words.T("backups.restore_which"), nil, func(path string, err error) {
		switch {
		case p.gone:
		case err != nil:
			p.complain(err)
		case path != "":
			p.path = path
			p.said.Set("", look.ColorMuted)
			p.file.Set(fold.OneLine(filepath.Base(path), nameLimit), theme.ColorNameForeground)
			p.opt.Window.Canvas().Focus(p.passphrase.Entry)
		}
	})
}

func (p *Page) read() {
	w := p.opt.Words
	if p.busy {
		return
	}
	if p.path == "" {
		p.said.Set(w.T("backups.file_needed"), look.ColorDanger)
		return
	}
	if !p.passphrase.Valid() {
		p.opt.Window.Canvas().Focus(p.passphrase.Entry)
		return
	}
	path, passphrase := p.path, p.passphrase.Text()
	var v *store.Salvage
	p.work(w.T("backups.reading_start"), func(ctx context.Context, report task.Progress) (err error) {
		v, err = p.opt.Open(ctx, path, passphrase, func(b store.BackupProgress) { report(int(b.Done), int(b.Total)) })
		return err
	}, func(done, total int) {
		p.bar.Set(done, total, progressText(w, store.BackupReading, done, total))
	}, func(err error) {
		if err != nil {
			p.complain(err)
			return
		}
		p.passphrase.SetText("")
		p.salvage = v
		p.askPassword()
	})
}

// askPassword is the second step.
func (p *Page) askPassword() {
	w := p.opt.Words
	owner := fold.OneLine(p.salvage.OwnerName(), nameLimit)
	p.password = form.NewPassword(w.T("backups.password_of", "Owner", owner), w.T("backups.password_then"))
	p.password.Check = needed(w.T("backups.password_needed"))
	p.password.Entry.OnSubmitted = func(string) { p.unlock() }
	p.step(w.T("backups.of", "When", when(w, p.salvage.Made())), w.T("common.next"), p.unlock,
		form.NewText(w.T("backups.owner_only", "Owner", owner)).Object(), p.password.Object())
	p.opt.Window.Canvas().Focus(p.password.Entry)
}

func (p *Page) unlock() {
	if p.busy || !p.password.Valid() {
		return
	}
	v, password := p.salvage, p.password.Text()
	p.work(p.opt.Words.T("backups.opening"), func(ctx context.Context, _ task.Progress) error {
		return v.Unlock(ctx, password)
	}, nil, func(err error) {
		switch {
		case err == nil:
			p.password.SetText("")
			p.byKey = !v.Preview().OTPSetUp
			p.askOTP()
		case errors.Is(err, data.ErrWrongPassword):
			p.password.Fail(p.opt.Words.Error(err))
			p.opt.Window.Canvas().Focus(p.password.Entry)
		default:
			p.complain(err)
		}
	})
}

// askOTP is the last step: what comes, what can't be known, and the OTP or the
// recovery key.
func (p *Page) askOTP() {
	w := p.opt.Words
	v := p.salvage.Preview()
	parts := []fyne.CanvasObject{
		bold(w.N("backups.comes", v.Customers, "Business", fold.OneLine(v.Business, nameLimit))),
		text(w.N("backups.comes_team", v.Members)),
	}
	if v.Deleted > 0 {
		parts = append(parts, text(w.N("backups.deleted", v.Deleted)))
	}
	if v.RecordLost {
		parts = append(parts, danger(w.T("backups.record_lost", "When", when(w, v.Made))))
	}
	if v.Replaces {
		parts = append(parts, danger(w.T("backups.replaces")))
	}
	var focus fyne.Focusable
	p.code, p.recovery = nil, nil
	if p.byKey {
		hint := w.T("backups.recovery_hint")
		if !v.OTPSetUp {
			hint = w.T("backups.recovery_no_otp")
		}
		p.recovery = form.New(w.T("settings.recovery_key"), hint)
		p.recovery.Check = func(text string) string {
			if _, err := account.ParseRecoveryKey(text); err != nil {
				return w.T("settings.recovery_mistyped")
			}
			return ""
		}
		p.recovery.Entry.OnSubmitted = func(string) { p.restore() }
		parts = append(parts, p.recovery.Object())
		focus = p.recovery.Entry
	} else {
		label := w.T("deletion.otp.from", "Owner", fold.OneLine(v.OwnerName, nameLimit))
		p.code = codeentry.New(label, nil)
		parts = append(parts, bold(label), p.code, form.NewLine(w.T("deletion.otp.hint"), look.ColorMuted).Object())
		focus = p.code
	}
	if v.OTPSetUp {
		other := w.T("backups.phone_lost")
		if p.byKey {
			other = w.T("backups.use_otp")
		}
		swap := button(other, func() {
			if !p.busy {
				p.byKey = !p.byKey
				p.askOTP()
			}
		})
		swap.Importance = widget.LowImportance
		parts = append(parts, container.NewHBox(swap))
	}
	p.step(w.T("backups.of", "When", when(w, v.Made)), w.T("backups.restore_action"), p.restore, parts...)
	p.opt.Window.Canvas().Focus(focus)
}

func (p *Page) restore() {
	w, v := p.opt.Words, p.salvage
	if p.busy {
		return
	}
	var authorise func() error
	switch {
	case p.recovery != nil:
		if !p.recovery.Valid() {
			p.opt.Window.Canvas().Focus(p.recovery.Entry)
			return
		}
		key := p.recovery.Text()
		authorise = func() error { return v.AuthoriseByRecovery(key) }
	case !p.code.Complete():
		p.said.Set(w.T("settings.code_needed"), look.ColorDanger)
		p.opt.Window.Canvas().Focus(p.code)
		return
	default:
		code := p.code.Code()
		authorise = func() error { return v.Authorise(code) }
	}
	var st *store.Store
	var actor *store.Actor
	p.work(w.T("backups.restoring"), func(ctx context.Context, _ task.Progress) (err error) {
		if err = authorise(); err == nil {
			st, actor, err = v.Restore(ctx)
		}
		return err
	}, nil, func(err error) {
		if err == nil {
			p.salvage = nil
			p.opt.Done(st, actor)
			return
		}
		p.complain(err)
		if p.code != nil {
			p.code.Clear()
			p.code.SetInvalid(true)
			p.opt.Window.Canvas().Focus(p.code)
		}
	})
}
