package app_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lethe/app"
	"lethe/app/choice"
	"lethe/app/desk/desktest"
	"lethe/app/form"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
	"lethe/widgets/confirm"
)

// withMember is a list with a Team Member besides the Account Owner.
func withMember(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	opt := store.Options{Dir: dir, KDF: storetest.KDF}
	st, owner, _, err := store.Create(t.Context(), opt, store.FirstRun{
		Business: "Sharma Traders", OwnerName: "Asha Sharma", Password: storetest.Password, Region: "IN",
	})
	if err != nil {
		t.Fatal(err)
	}
	s := &storetest.Store{Store: st, Owner: owner, Dir: dir}
	s.Add(t, "Imran Shaikh", 4)
	if err := errors.Join(st.ProveRecovery(t.Context(), owner), st.Close()); err != nil {
		t.Fatal(err)
	}
	return dir
}

func (p *program) pick(t *testing.T, name string) {
	t.Helper()
	for _, o := range desktest.Objects(p.window) {
		if s, ok := o.(*choice.Select); ok {
			s.SetSelected(name)
			return
		}
	}
	t.Fatal("nobody to choose from")
}

// enterAs signs a member in who has a password of their own already.
func (p *program) enterAs(t *testing.T, name string) {
	t.Helper()
	p.pick(t, name)
	p.answer(storetest.Password)
	if desktest.Says(p.window, "Somebody else chose your password.") {
		p.answer("river stones 4711")
		p.answer("river stones 4711")
	}
	p.says(t, "the list")
}

func TestIdleLocks(t *testing.T) {
	for name, minutes := range map[string]time.Duration{"Asha Sharma": 5, "Imran Shaikh": 10} {
		p := run(t, app.Options{Dir: withMember(t), Usual: true})
		p.clock.Add(time.Hour) // before a sign-in nothing counts
		p.Tick()
		p.enterAs(t, name)
		p.clock.Add(minutes*time.Minute - time.Second)
		p.Tick()
		p.says(t, "the list")
		p.Use()
		p.clock.Add(2 * time.Second)
		p.Tick()
		p.says(t, "the list")
		p.clock.Add(minutes*time.Minute - time.Second)
		p.Tick()
		p.says(t, "Who are you?")
		if desktest.Says(p.window, "the list") || !p.boards[0].closed {
			t.Errorf("%s: the page outlives the lock", name)
		}
	}
}

func TestIdleIsASetting(t *testing.T) {
	p := run(t, app.Options{Dir: withMember(t), Usual: true})
	p.enterAs(t, "Asha Sharma")
	d := p.boards[0].desk
	v := d.Settings()
	v.LockOwners, v.LockOthers = 1, 120
	if err := d.Store.SaveSettings(t.Context(), d.Actor, v); err != nil {
		t.Fatal(err)
	}
	d.Settle()
	p.clock.Add(59 * time.Second)
	p.Tick()
	p.says(t, "the list")
	p.clock.Add(2 * time.Second)
	p.Tick()
	p.says(t, "Who are you?")
	for _, minutes := range []int{-1, data.MaxLock + 1} {
		s := storetest.New(t)
		v.LockOthers = minutes
		if err := s.SaveSettings(t.Context(), s.Owner, v); err == nil {
			t.Errorf("%d minutes are taken", minutes)
		}
	}
}

// The window is veiled at once, dialogs with it; what runs goes on, and the list
// closes when it ends.
func TestLockDropsDialogsAndLetsWorkEnd(t *testing.T) {
	p := run(t, app.Options{Dir: withMember(t), Usual: true})
	p.enterAs(t, "Asha Sharma")
	d := p.boards[0].desk
	confirm.NewInfo(p.window.Canvas(), "A dialog", form.NewText("Gauri Kulkarni").Object(), "Close").Show()
	p.says(t, "Gauri Kulkarni")
	release, err := d.Store.Lease()
	if err != nil {
		t.Fatal(err)
	}
	p.Suspended()
	p.says(t, "Who are you?")
	if top := p.window.Canvas().Overlays().Top(); top != nil || desktest.Says(p.window, "Gauri Kulkarni") {
		t.Error("the dialog outlives the lock")
	}
	if _, err := d.Store.Rights(t.Context(), d.Actor); !errors.Is(err, data.ErrSignedOut) {
		t.Errorf("the session: %v", err)
	}
	if pending, err := d.Store.ScrubPending(t.Context()); err != nil || pending {
		t.Errorf("what runs can't go on: %v", err)
	}
	release()
}

// A job with a name outlives the lock, one that works for the window doesn't.
func TestLockStopsWhatWorksForTheWindow(t *testing.T) {
	p := run(t, app.Options{Dir: withMember(t), Usual: true})
	p.enterAs(t, "Asha Sharma")
	tasks := p.boards[0].desk.Tasks
	p.Lock()
	told := false
	tasks.Go("", func(context.Context, task.Progress) error { return nil }, func(error) { told = true })
	if told {
		t.Error("the end of a job is told to a window that is locked")
	}
}

func TestSwitchUser(t *testing.T) {
	p := run(t, app.Options{Dir: withMember(t), Usual: true})
	p.enterAs(t, "Asha Sharma")
	p.boards[0].desk.Switch()
	p.says(t, "Who are you?")
	p.press(t, "Sign in")
	p.says(t, "Choose your name first.")
	p.enterAs(t, "Imran Shaikh")
	p.says(t, "Imran Shaikh · Team Member")
	p.boards[0].desk.Switch() // of a session that is over
	p.says(t, "Imran Shaikh · Team Member")
}

func TestTheSampleDoesNotLockItself(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	p := run(t, app.Options{Dir: t.TempDir(), Demo: true})
	p.clock.Add(time.Hour)
	p.Tick()
	p.Suspended()
	p.says(t, "Asha Sharma · Account Owner")
	if p.boards[0].desk.Switch != nil {
		t.Error("the sample's strip is there for that")
	}
}

func TestTheSensorStandsInEveryScreen(t *testing.T) {
	var used func()
	sensor := canvas.NewRectangle(nil)
	p := run(t, app.Options{Dir: withMember(t), Usual: true, Sensor: func(f func()) fyne.CanvasObject {
		used = f
		return sensor
	}})
	in := func() bool {
		for _, o := range desktest.Objects(p.window) {
			if o == fyne.CanvasObject(sensor) {
				return true
			}
		}
		return false
	}
	if !in() {
		t.Error("not in the sign-in")
	}
	p.enterAs(t, "Asha Sharma")
	if !in() {
		t.Error("not in the pages")
	}
	p.clock.Add(4 * time.Minute)
	used()
	p.clock.Add(4 * time.Minute)
	p.Tick()
	p.says(t, "the list")
}
