package signin_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lethe/app/desk/desktest"
	"lethe/app/signin"
	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// Wrong recovery keys wait as wrong passwords do, each longer than the one
// before, and neither looking away nor a restart makes it shorter. A slip of the
// pen is no guess.
func TestWrongRecoveryKeysWait(t *testing.T) {
	another := storetest.New(t).Recovery.String()
	g := open(t)
	desktest.Press(t, g.window, "Lost your password?")
	enter := func(key string) {
		t.Helper()
		for _, o := range desktest.Objects(g.window) {
			e, ok := o.(interface {
				fyne.Focusable
				SetText(string)
			})
			if !ok {
				continue
			}
			e.SetText(key)
			g.window.Canvas().Focus(e)
			desktest.Key(g.window, fyne.KeyReturn)
			return
		}
		t.Fatal("nowhere to type the key")
	}
	enter("ABCD")
	g.says(t, "A letter is missing or wrong.")
	if g.tries.Wait(store.RecoveryAttempts) != 0 {
		t.Error("a slip of the pen waits")
	}
	for wrong := 1; wrong <= 7; wrong++ {
		tried := g.recovered
		enter(another)
		g.says(t, "That recovery key isn’t right.")
		if got := g.tries.Wait(store.RecoveryAttempts); got != data.PasswordDelay(wrong) {
			t.Fatalf("after %d wrong ones: %v", wrong, got)
		}
		g.says(t, "Next try in")
		enter(g.Recovery.String()) // even the right one has to wait
		desktest.Press(t, g.window, "Back")
		desktest.Press(t, g.window, "Lost your password?")
		g.says(t, "Next try in")
		enter(g.Recovery.String())
		if g.recovered != tried+1 {
			t.Fatalf("%d tries during the wait", g.recovered-tried-1)
		}
		if wrong < 7 {
			g.tick(data.PasswordDelay(wrong))
		}
	}
	// The passwords of members are another matter.
	if g.tries.Wait(1) != 0 || g.tries.Wait(2) != 0 {
		t.Error("a member waits for the recovery key")
	}
	for range 7 {
		if err := store.NoteWrongRecovery(g.Dir); err != nil {
			t.Fatal(err)
		}
	}
	after := signin.NewTries(g.Clock.Now, store.Attempts(g.Dir))
	if got := after.Wait(store.RecoveryAttempts); got != 30*time.Second {
		t.Errorf("after a restart: %v", got)
	}
	if after.Wait(1) != 0 {
		t.Error("a member waits after a restart")
	}
	g.tick(30 * time.Second)
	enter(g.Recovery.String())
	g.says(t, "The same password again")
	if g.tries.Wait(store.RecoveryAttempts) != 0 {
		t.Error("the right one didn’t end it")
	}
}
