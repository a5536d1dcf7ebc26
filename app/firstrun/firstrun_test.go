package firstrun_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lethe/app/desk/desktest"
	"lethe/app/firstrun"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/app/words"
	"lethe/assets"
	"lethe/data/otp"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// run is a wizard over a real folder.
type run struct {
	window   fyne.Window
	clock    *storetest.Clock
	files    *desktest.Files
	secret   otp.Secret
	dir      string
	store    *store.Store
	owner    *store.Actor
	created  firstrun.Created
	explored int
	done     []bool
}

func start(t *testing.T) *run {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(look.Light))
	w, err := words.New(assets.Translations, "en", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	r := &run{
		window: test.NewTempWindow(t, nil), clock: storetest.NewClock(), files: &desktest.Files{},
		secret: otp.Secret("12345678901234567890"), dir: t.TempDir(),
	}
	r.window.Resize(fyne.NewSize(1280, 800))
	z := firstrun.New(firstrun.Options{
		Window: r.window, Words: w, Tasks: task.Inline(), Files: r.files, Clock: r.clock.Now, Region: "IN",
		Secret: func() (otp.Secret, error) { return r.secret, nil },
		Create: func(ctx context.Context, first store.FirstRun, secret otp.Secret, code string) (firstrun.Created, error) {
			var err error
			opt := store.Options{Dir: r.dir, Clock: r.clock.Now, KDF: storetest.KDF}
			r.store, r.owner, r.created.Key, err = store.Create(ctx, opt, first)
			if err == nil && code != "" {
				err = r.store.EnrolOTP(ctx, r.owner, first.Password, secret, code, "")
			}
			return r.created, err
		},
		Explore: func() { r.explored++ },
		Done:    func(importNow bool) { r.done = append(r.done, importNow) },
	})
	r.window.SetContent(z.Content())
	z.Start()
	t.Cleanup(func() {
		z.Close()
		if r.store != nil {
			if err := r.store.Close(); err != nil {
				t.Error(err)
			}
		}
	})
	return r
}

func (r *run) press(t *testing.T, text string) { t.Helper(); desktest.Press(t, r.window, text) }

func (r *run) says(t *testing.T, text string) {
	t.Helper()
	if !desktest.Says(r.window, text) {
		t.Fatalf("the window doesn't say %q but %q", text, desktest.Texts(r.window))
	}
}

// answer types into the field in focus and presses Enter.
func (r *run) answer(text string) {
	desktest.Type(r.window, text)
	desktest.Key(r.window, fyne.KeyReturn)
}

const password = "river stones 4711"

// toOTP goes to the third step by the keyboard alone.
func (r *run) toOTP(t *testing.T) {
	t.Helper()
	desktest.Key(r.window, fyne.KeyReturn)
	for _, text := range []string{"Sharma Traders", "Asha Sharma", "India", "98200 51234", ""} {
		r.answer(text)
	}
	r.says(t, "Step 2 of 5")
	r.answer(password)
	r.answer(password)
	r.says(t, "Step 3 of 5")
}

func TestByKeyboardWithOTP(t *testing.T) {
	r := start(t)
	r.toOTP(t)
	desktest.Type(r.window, otp.CodeAt(r.secret, r.clock.Now()))
	r.says(t, "Step 4 of 5")
	r.says(t, r.created.Key.String())

	r.answer("XXXX")
	r.says(t, "That isn’t the last group.")
	r.answer(strings.ToLower(r.created.Key.LastGroup()))
	r.says(t, "Step 5 of 5")
	desktest.Key(r.window, fyne.KeyReturn)
	if len(r.done) != 1 || !r.done[0] {
		t.Fatalf("done: %v", r.done)
	}

	settings, err := r.store.Settings(t.Context(), r.owner)
	if err != nil || settings.Business != "Sharma Traders" || settings.Region != "IN" {
		t.Errorf("settings %+v, %v", settings, err)
	}
	me, role, err := r.store.Me(t.Context(), r.owner)
	if err != nil || me.Name != "Asha Sharma" || me.Phone != 919820051234 || role.Kind != "account_owner" {
		t.Errorf("me %+v, %+v, %v", me, role, err)
	}
	if set, err := r.store.OTPSetUp(t.Context(), r.owner); err != nil || !set {
		t.Errorf("OTPs set up: %v, %v", set, err)
	}
}

func TestSetUpLaterAndSaveTheKey(t *testing.T) {
	r := start(t)
	r.toOTP(t)
	r.press(t, "Set up later")
	r.says(t, "Step 4 of 5")
	if set, err := r.store.OTPSetUp(t.Context(), r.owner); err != nil || set {
		t.Errorf("OTPs set up: %v, %v", set, err)
	}
	if desktest.Offers(r.window, "Back") {
		t.Error("there is a way back from a list that was made")
	}

	r.files.SavePath = filepath.Join(t.TempDir(), "key.txt")
	if err := os.WriteFile(r.files.SavePath, nil, 0o644); err != nil { // as Fyne's dialog does
		t.Fatal(err)
	}
	r.press(t, "Save to a file…")
	text, err := os.ReadFile(r.files.SavePath)
	if err != nil || !strings.Contains(string(text), r.created.Key.String()) || !strings.Contains(string(text), "Sharma Traders") {
		t.Errorf("saved %q, %v", text, err)
	}
	info, err := os.Stat(r.files.SavePath)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	r.press(t, "Copy")
	if got := fyne.CurrentApp().Clipboard().Content(); got != r.created.Key.String() {
		t.Errorf("copied %q", got)
	}

	r.answer(r.created.Key.LastGroup())
	r.press(t, "Later")
	if len(r.done) != 1 || r.done[0] {
		t.Fatalf("done: %v", r.done)
	}
}

func TestWrongOTPAndWayBack(t *testing.T) {
	r := start(t)
	r.toOTP(t)
	code := []byte(otp.CodeAt(r.secret, r.clock.Now()))
	code[0] = '0' + (code[0]-'0'+1)%10
	desktest.Type(r.window, string(code))
	r.says(t, "That OTP isn’t right.")
	if entries, err := os.ReadDir(r.dir); err != nil || len(entries) > 0 {
		t.Errorf("written already: %v, %v", entries, err)
	}
	r.press(t, "Next")
	r.says(t, "Enter the six digits")

	r.press(t, "Back")
	r.says(t, "Step 2 of 5")
	desktest.Key(r.window, fyne.KeyEscape)
	r.says(t, "Step 1 of 5")
	r.press(t, "Next")
	r.press(t, "Next")
	r.says(t, "Step 3 of 5")
}

func TestChecksAsYouType(t *testing.T) {
	r := start(t)
	r.press(t, "Start with your business")
	r.press(t, "Next")
	for _, text := range []string{"Enter the name of your business.", "Enter your name.", "Enter your phone number."} {
		r.says(t, text)
	}
	desktest.Type(r.window, "Sharma")
	if desktest.Says(r.window, "Enter the name of your business.") {
		t.Error("the complaint stays while the answer is right")
	}
	r.answer(" Traders")
	r.answer("Asha")
	desktest.Type(r.window, "Ind")
	r.says(t, "Type more of the country’s name")
	r.answer("ia")
	desktest.Type(r.window, "98200")
	r.says(t, "This number is too short.")
	desktest.Type(r.window, " 51234")
	desktest.Key(r.window, fyne.KeyReturn)
	desktest.Type(r.window, "asha at example")
	desktest.Key(r.window, fyne.KeyReturn)
	r.says(t, "This isn’t an e-mail address.")
}

func TestPasswordChecks(t *testing.T) {
	r := start(t)
	desktest.Key(r.window, fyne.KeyReturn)
	for _, text := range []string{"Sharma Traders", "Asha Sharma", "", "98200 51234", ""} {
		r.answer(text)
	}
	r.says(t, "Step 2 of 5")
	for _, c := range []struct{ typed, again, says string }{
		{"short", "short", "Too short"},
		{"12345678901", "12345678901", "among the first"},
		{"sharmatraders1", "sharmatraders1", "A name is easy to guess."},
		{password, "river stones 4712", "This isn’t the same password."},
	} {
		r.answer(c.typed)
		r.answer(c.again)
		r.says(t, "Step 2 of 5")
		r.says(t, c.says)
	}
	r.answer(password)
	r.says(t, "Step 3 of 5")
}

func TestExplore(t *testing.T) {
	r := start(t)
	r.press(t, "Explore with sample customers")
	if r.explored != 1 {
		t.Errorf("explored %d times", r.explored)
	}
}
