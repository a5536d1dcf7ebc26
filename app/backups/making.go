package backups

import (
	"context"
	"errors"
	"sync/atomic"

	"fyne.io/fyne/v2"

	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/app/words"
	"lethe/data"
	"lethe/data/account"
	"lethe/data/store"
	"lethe/widgets/confirm"
)

// making is the dialog that makes a backup, or sets up the rolling one.
type making struct {
	section  *Section
	dialog   *confirm.Dialog
	password *form.Field
	first    *form.Field // the passphrase; nil where none is asked for
	again    *form.Field
	job      *task.Job

	name   string // of the file that is proposed
	choose string // title of the question for a file
	work   func(ctx context.Context, path string, progress func(store.BackupProgress)) error
	done   func(path string)
}

// make backs up now.
func (s *Section) make() *making {
	w, d := s.desk.Words, s.desk
	m := s.making(true)
	m.choose = w.T("backups.make_where")
	m.name = w.T("backups.file_name", "Business", fileName(d.Settings().Business), "Date", d.Clock().Format("2006-01-02"))
	var made data.Backup
	m.work = func(ctx context.Context, path string, progress func(store.BackupProgress)) (err error) {
		made, err = d.Store.BackUp(ctx, d.Actor, store.BackupRequest{
			Path: path, Passphrase: m.first.Text(), Password: m.password.Text(),
		}, progress)
		return err
	}
	m.done = func(path string) {
		m.result(w.T("backups.made"), w.N("backups.made_text", made.Customers, "Path", path))
	}
	m.open(w.T("backups.make"), w.T("backups.make_text"), w.T("backups.make_choose"))
	return m
}

// setRolling sets up the rolling backup and writes it.
func (s *Section) setRolling() *making {
	w, d := s.desk.Words, s.desk
	m := s.making(true)
	m.choose = w.T("backups.rolling_where")
	m.name = w.T("backups.rolling_name", "Business", fileName(d.Settings().Business))
	m.work = func(ctx context.Context, path string, progress func(store.BackupProgress)) error {
		return d.Store.SetRolling(ctx, d.Actor, store.RollingRequest{
			Path: path, Passphrase: m.first.Text(), Password: m.password.Text(),
		}, progress)
	}
	m.done = func(path string) {
		m.result(w.T("backups.rolling_made"), w.T("backups.rolling_made_text", "Path", path))
	}
	m.open(w.T("backups.rolling_set"), w.T("backups.rolling_text"), w.T("backups.make_choose"))
	return m
}

// endRolling ends it.
func (s *Section) endRolling() *making {
	w, d := s.desk.Words, s.desk
	m := s.making(false)
	m.work = func(ctx context.Context, _ string, _ func(store.BackupProgress)) error {
		return d.Store.SetRolling(ctx, d.Actor, store.RollingRequest{Password: m.password.Text()}, nil)
	}
	m.done = func(string) {
		m.dialog.Hide()
		d.Status(w.T("backups.rolling_ended"))
	}
	m.open(w.T("backups.rolling_end"), w.T("backups.rolling_end_text", "Path", s.rolling.Path), w.T("backups.rolling_end"))
	return m
}

func (s *Section) making(passphrase bool) *making {
	w := s.desk.Words
	m := &making{section: s}
	m.password = form.NewPassword(w.T("backups.password"), "")
	m.password.Check = needed(w.T("backups.password_needed"))
	m.password.Entry.OnSubmitted = func(string) { m.submit() }
	if !passphrase {
		return m
	}
	m.first = form.NewPassword(w.T("backups.passphrase"), w.T("backups.passphrase_hint"))
	m.first.Check = func(text string) string { return passphraseProblem(w, text) }
	m.again = form.NewPassword(w.T("backups.passphrase_again"), "")
	m.again.Check = func(text string) string {
		if text != m.first.Text() {
			return w.T("backups.passphrase_differs")
		}
		return ""
	}
	m.password.Entry.OnSubmitted = func(string) { m.dialog.Focus(m.first.Entry) }
	m.first.Entry.OnSubmitted = func(string) { m.dialog.Focus(m.again.Entry) }
	m.again.Entry.OnSubmitted = func(string) { m.submit() }
	return m
}

func needed(sentence string) func(string) string {
	return func(text string) string {
		if text == "" {
			return sentence
		}
		return ""
	}
}

// passphraseProblem says what is wrong with a new passphrase.
func passphraseProblem(w *words.Words, text string) string {
	var weak *account.PasswordProblem
	if err := account.CheckPassword(text); errors.As(err, &weak) {
		return w.T("signin.password." + string(weak.Reason))
	}
	return ""
}

func (m *making) open(title, text, action string) {
	s := m.section
	parts := []fyne.CanvasObject{form.NewText(text).Object(), m.password.Object()}
	if m.first != nil {
		parts = append(parts, m.first.Object(), m.again.Object())
		if !s.otpSetUp() {
			parts = append(parts, form.NewLine(s.desk.Words.T("backups.no_otp"), look.ColorDanger).Object())
		}
	}
	m.dialog = confirm.New(s.desk.Window.Canvas(), confirm.Options{
		Title: title, Content: form.Stack(gap, parts...), Cancel: s.desk.Words.T("backups.cancel"), Action: action,
		OnAction: m.submit, OnClosed: m.forget,
	})
	m.dialog.Show()
	m.dialog.Focus(m.password.Entry)
}

// otpSetUp asks whether OTPs are set up; where it can't be told they count as
// being so.
func (s *Section) otpSetUp() bool {
	set, err := s.desk.Store.OTPSetUp(context.Background(), s.desk.Actor)
	return set || err != nil
}

// forget drops what was typed.
func (m *making) forget() {
	for _, f := range []*form.Field{m.password, m.first, m.again} {
		if f != nil {
			f.Entry.SetText("")
		}
	}
}

// submit checks what was typed, and asks where to.
func (m *making) submit() {
	if m.dialog.Busy() {
		return
	}
	m.dialog.SetError("")
	for _, f := range []*form.Field{m.password, m.first, m.again} {
		if f != nil && !f.Valid() {
			m.dialog.Focus(f.Entry)
			return
		}
	}
	if m.first == nil {
		m.run("")
		return
	}
	d := m.section.desk
	d.Files.Save(m.choose, m.name, func(path string, err error) {
		switch {
		case err != nil:
			m.dialog.SetError(d.Words.Error(err))
		case path != "" && m.dialog.Shown():
			m.run(path)
		}
	})
}

// run does it in the background. It can be cancelled until the file is in place.
func (m *making) run(path string) {
	d, w := m.section.desk, m.section.desk.Words
	m.dialog.SetBusy(true)
	m.dialog.SetCancelable(true)
	m.dialog.SetOnCancel(func() {
		if m.job != nil {
			m.job.Cancel()
		}
	})
	var stage atomic.Value
	stage.Store(store.BackupCopying)
	m.job = d.Tasks.Start(task.Spec{
		Name: w.T("backups.job"),
		Work: func(ctx context.Context, report task.Progress) error {
			return m.work(ctx, path, func(p store.BackupProgress) {
				stage.Store(p.Stage)
				report(int(p.Done), int(p.Total))
			})
		},
		Progress: func(done, total int) {
			m.dialog.SetProgress(done, total, progressText(w, stage.Load().(store.BackupStage), done, total))
		},
		Done: func(err error) {
			m.dialog.SetBusy(false)
			m.dialog.SetOnCancel(nil)
			m.section.Refresh()
			if err == nil {
				m.done(path)
				return
			}
			m.fail(err)
		},
	})
}

// progressText says how far a backup is, in megabytes.
func progressText(w *words.Words, stage store.BackupStage, done, total int) string {
	switch stage {
	case store.BackupWriting:
		return w.T("backups.writing", "Done", megabytes(done), "Total", megabytes(total))
	case store.BackupChecking:
		return w.T("backups.checking", "Done", megabytes(done), "Total", megabytes(total))
	case store.BackupReading:
		return w.T("backups.reading", "Done", megabytes(done), "Total", megabytes(total))
	}
	return w.T("backups.copying")
}

func megabytes(n int) int { return (n + 500_000) / 1_000_000 }

func (m *making) fail(err error) {
	sentence := m.section.desk.Words.Error(err)
	if errors.Is(err, data.ErrWrongPassword) {
		m.password.Fail(sentence)
		m.dialog.Focus(m.password.Entry)
		return
	}
	m.dialog.SetError(sentence)
}

// result says what was done, in place of the question.
func (m *making) result(title, text string) {
	w := m.section.desk.Words
	m.forget()
	m.dialog.SetTitle(title)
	m.dialog.SetContent(form.NewText(text).Object())
	m.dialog.SetButtons(w.T("backups.done"), "", false)
	m.section.desk.Status(title)
}
