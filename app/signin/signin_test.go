package signin_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lethe/app/choice"
	"lethe/app/desk/desktest"
	"lethe/app/look"
	"lethe/app/signin"
	"lethe/app/task"
	"lethe/app/words"
	"lethe/assets"
	"lethe/data"
	"lethe/data/account"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// gate is a sign-in over a real keys file with two members.
type gate struct {
	*storetest.Store
	window fyne.Window
	page   *signin.Page
	tries  *signin.Tries
	tried  int // passwords

	recovered int // recovery keys tried

	mustChange bool
	changed    []string
	in         []data.UserID
	un         *account.Unlocked
	fresh      account.RecoveryKey
}

func open(t *testing.T) *gate {
	t.Helper()
	return openWith(t, false)
}

func openWith(t *testing.T, choose bool) *gate {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(look.Light))
	w, err := words.New(assets.Translations, "en", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	g := &gate{Store: storetest.New(t), window: test.NewTempWindow(t, nil)}
	g.tries = signin.NewTries(g.Clock.Now, nil)
	g.window.Resize(fyne.NewSize(1280, 800))
	g.Add(t, "Ravi Mehta", 2)
	keys, err := store.Keys(g.Dir)
	if err != nil {
		t.Fatal(err)
	}
	var user data.UserID
	g.page = signin.New(signin.Options{
		Window: g.window, Words: w, Tasks: task.Inline(), Files: &desktest.Files{}, Clock: g.Clock.Now,
		Ticks:  func() (<-chan time.Time, func()) { return nil, func() {} },
		Tries:  g.tries,
		Folder: "/elsewhere", Members: keys.Members(), Last: 2, Choose: choose,
		SignIn: func(ctx context.Context, id data.UserID, password string) error {
			g.tried++
			_, err := keys.Unlock(ctx, id, password)
			user = id
			return err
		},
		MustChange: func() bool { return g.mustChange },
		Change: func(_ context.Context, old, next string) error {
			g.changed = append(g.changed, old, next)
			return nil
		},
		Recover: func(_ context.Context, recoveryKey string) (err error) {
			g.recovered++
			g.un, err = keys.Recover(recoveryKey)
			return err
		},
		Renew: func(ctx context.Context, password string) (account.RecoveryKey, error) {
			actor, err := g.SignIn(ctx, g.un)
			if err != nil {
				return account.RecoveryKey{}, err
			}
			user = actor.User()
			g.fresh, err = g.RecoverPassword(ctx, actor, password)
			return g.fresh, err
		},
		Business: func() string { return "Sharma Traders" },
		Done:     func() { g.in = append(g.in, user) },
	})
	t.Cleanup(g.page.Close)
	g.window.SetContent(g.page.Content())
	g.page.Shown()
	return g
}

func (g *gate) says(t *testing.T, text string) {
	t.Helper()
	if !desktest.Says(g.window, text) {
		t.Fatalf("the window doesn't say %q but %q", text, desktest.Texts(g.window))
	}
}

func (g *gate) answer(text string) {
	desktest.Type(g.window, text)
	desktest.Key(g.window, fyne.KeyReturn)
}

// tick lets the page see that time has gone by.
func (g *gate) tick(d time.Duration) {
	g.Clock.Add(d)
	g.page.Tick()
}

func picker(t *testing.T, w fyne.Window) *choice.Select {
	t.Helper()
	for _, o := range desktest.Objects(w) {
		if s, ok := o.(*choice.Select); ok {
			return s
		}
	}
	t.Fatal("no picker")
	return nil
}

func TestSignInAsLast(t *testing.T) {
	g := open(t)
	g.says(t, "Data folder: /elsewhere")
	if p := picker(t, g.window); p.Selected != "Ravi Mehta" || len(p.Options) != 2 {
		t.Errorf("picker: %q of %q", p.Selected, p.Options)
	}
	g.answer(storetest.Password)
	if len(g.in) != 1 || g.in[0] != 2 {
		t.Errorf("in: %v", g.in)
	}
}

func TestWrongPasswordsWait(t *testing.T) {
	g := open(t)
	picker(t, g.window).SetSelected("Asha Sharma")
	g.answer("")
	g.says(t, "Enter your password.")
	g.answer("wrong password")
	g.says(t, "That password isn’t right.")
	g.says(t, "Next try in 1 second.")
	g.answer(storetest.Password)
	if g.tried != 1 || len(g.in) != 0 {
		t.Fatalf("a try during the wait: %d tries, in %v", g.tried, g.in)
	}
	// Somebody else needn't wait, and a wait is not over by looking away.
	picker(t, g.window).SetSelected("Ravi Mehta")
	if desktest.Says(g.window, "Next try in") {
		t.Error("another member waits")
	}
	picker(t, g.window).SetSelected("Asha Sharma")
	g.says(t, "Next try in 1 second.")
	g.answer(storetest.Password)
	if g.tried != 1 {
		t.Errorf("%d tries", g.tried)
	}
}

// The wait grows to 30 seconds, and neither another page nor a right password of
// somebody else shortens it.
func TestWaitsGrow(t *testing.T) {
	g := open(t)
	for wrong := 1; wrong <= 8; wrong++ {
		picker(t, g.window).SetSelected("Asha Sharma")
		if left := g.tries.Wait(1); left != 0 {
			t.Fatalf("before try %d: %v", wrong, left)
		}
		g.answer("wrong password")
		if got := g.tries.Wait(1); got != data.PasswordDelay(wrong) {
			t.Errorf("after %d wrong ones: %v", wrong, got)
		}
		picker(t, g.window).SetSelected("Ravi Mehta")
		g.answer(storetest.Password)
		if got := g.tries.Wait(1); got != data.PasswordDelay(wrong) {
			t.Errorf("Ravi shortened the wait to %v", got)
		}
		g.tick(data.PasswordDelay(wrong))
	}
	if g.tried != 16 {
		t.Errorf("%d tries", g.tried)
	}
	picker(t, g.window).SetSelected("Asha Sharma")
	g.answer(storetest.Password)
	if g.tries.Right(1); g.tries.Wait(1) != 0 || g.in[len(g.in)-1] != 1 {
		t.Errorf("in: %v", g.in)
	}
}

func TestWaitEnds(t *testing.T) {
	g := open(t)
	g.answer("wrong password")
	g.tick(400 * time.Millisecond)
	g.says(t, "Next try in 1 second.")
	g.tick(time.Second)
	g.says(t, "That password isn’t right.")
	desktest.Press(t, g.window, "Sign in")
	if g.tried != 2 {
		t.Errorf("%d tries", g.tried)
	}
}

func TestSwitchUser(t *testing.T) {
	g := openWith(t, true)
	if p := picker(t, g.window); p.Selected != "" || g.window.Canvas().Focused() != fyne.Focusable(p) {
		t.Errorf("chosen %q, focus %v", p.Selected, g.window.Canvas().Focused())
	}
	desktest.Press(t, g.window, "Sign in")
	g.says(t, "Choose your name first.")
	picker(t, g.window).SetSelected("Asha Sharma")
	g.answer(storetest.Password)
	if len(g.in) != 1 || g.in[0] != 1 {
		t.Errorf("in: %v", g.in)
	}
}

func TestLostPassword(t *testing.T) {
	g := open(t)
	desktest.Press(t, g.window, "Lost your password?")
	g.answer("ABCD")
	g.says(t, "A letter is missing or wrong.")
	entry := g.window.Canvas().Focused().(interface{ SetText(string) })
	entry.SetText(g.Recovery.String())
	desktest.Key(g.window, fyne.KeyReturn)
	g.says(t, "The same password again")
	g.answer("river stones 4711")
	g.answer("river stones 4711")
	g.says(t, g.fresh.String())
	g.answer("0000")
	if len(g.in) != 0 {
		t.Fatal("in without the last group")
	}
	g.window.Canvas().Focused().(interface{ SetText(string) }).SetText(g.fresh.LastGroup())
	desktest.Key(g.window, fyne.KeyReturn)
	if len(g.in) != 1 || g.in[0] != 1 {
		t.Fatalf("in: %v", g.in)
	}

	keys, err := store.Keys(g.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := keys.Unlock(t.Context(), 1, storetest.Password); !errors.Is(err, data.ErrWrongPassword) {
		t.Errorf("the old password: %v", err)
	}
	if _, err := keys.Unlock(t.Context(), 1, "river stones 4711"); err != nil {
		t.Errorf("the new password: %v", err)
	}
}

func TestMustChangePassword(t *testing.T) {
	g := open(t)
	g.mustChange = true
	g.answer(storetest.Password)
	g.says(t, "Somebody else chose your password.")
	if len(g.in) != 0 {
		t.Fatal("in with somebody else's password")
	}
	g.answer("Ravi Mehta 22")
	g.answer("Ravi Mehta 22")
	g.says(t, "A name is easy to guess.")
	g.answer("river stones 4711")
	g.answer("river stones 4711")
	if len(g.in) != 1 || len(g.changed) != 2 || g.changed[0] != storetest.Password || g.changed[1] != "river stones 4711" {
		t.Errorf("in %v, changed %q", g.in, g.changed)
	}
}

func TestNamesakes(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(look.Light))
	w, err := words.New(assets.Translations, "en", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	window := test.NewTempWindow(t, nil)
	var tried data.UserID
	page := signin.New(signin.Options{
		Window: window, Words: w, Tasks: task.Inline(), Clock: time.Now, Tries: signin.NewTries(time.Now, nil),
		Members: []account.Member{{ID: 1, Name: "Ravi"}, {ID: 2, Name: "Ravi"}},
		SignIn: func(_ context.Context, id data.UserID, _ string) error {
			tried = id
			return data.ErrDeactivated
		},
	})
	window.SetContent(page.Content())
	page.Shown()
	picker(t, window).SetSelected("Ravi (2)")
	desktest.Type(window, "x")
	desktest.Key(window, fyne.KeyReturn)
	if tried != 2 || !desktest.Says(window, "This member is deactivated.") {
		t.Errorf("tried %d; %q", tried, desktest.Texts(window))
	}
}
