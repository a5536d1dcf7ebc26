// Package desktest makes desks for tests of pages: a real store in a temporary
// folder, work done inline, a window of the test driver.
package desktest

import (
	"log/slog"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lethe/app/desk"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/app/words"
	"lethe/app/words/pseudo"
	"lethe/assets"
	"lethe/data/outbox"
	"lethe/data/purge"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// Kit is a desk with what a test needs beside it.
type Kit struct {
	*desk.Desk
	// Real is the store with its helpers.
	Real *storetest.Store
	// Files answers the questions for files.
	Answers *Files
	// Said collects what pages told the status bar, Visited where they went,
	// Opened which addresses.
	Said, Visited, Opened []string
	// Notified collects what the computer would have told.
	Notified []string
	// Locks counts the locks.
	Locks int
}

// New makes a store with its Account Owner at the desk, in a window of 1280 by
// 800.
func New(t testing.TB) *Kit {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(look.Light))
	return makeKit(t, app, storetest.New(t), nil)
}

// Speaking makes what New makes, in another language, be it the one that is
// made up for tests.
func Speaking(t testing.TB, lang string) *Kit {
	t.Helper()
	k := New(t)
	k.speak(t, lang)
	return k
}

func (k *Kit) speak(t testing.TB, lang string) {
	t.Helper()
	files, err := pseudo.Add(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	if k.Words, err = words.New(files, lang, time.UTC); err != nil {
		t.Fatal(err)
	}
	if k.Words.Language() != lang {
		t.Fatalf("there is no language %q", lang)
	}
}

// As makes a desk for another member of the same store.
func (k *Kit) As(t testing.TB, actor *store.Actor) *Kit {
	t.Helper()
	other := makeKit(t, fyne.CurrentApp(), k.Real, actor)
	other.Words = k.Words
	return other
}

func makeKit(t testing.TB, app fyne.App, st *storetest.Store, actor *store.Actor) *Kit {
	t.Helper()
	if actor == nil {
		actor = st.Owner
	}
	w, err := words.New(assets.Translations, words.Fallback, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	window := test.NewTempWindow(t, nil)
	window.Resize(fyne.NewSize(1280, 800))
	k := &Kit{Real: st, Answers: &Files{}}
	k.Desk = &desk.Desk{
		Window: window, Words: w, Tasks: task.Inline(), Clock: st.Clock.Now,
		Prefs: app.Preferences(), Log: slog.New(slog.DiscardHandler),
		Store: st.Store, Actor: actor, Purger: purge.New(st.Store),
		Files:     k.Answers,
		Notify:    func(title, text string) { k.Notified = append(k.Notified, title+": "+text) },
		Transport: &outbox.Transport{Limit: 10 * time.Second},
		OpenURL:   func(u string) error { k.Opened = append(k.Opened, u); return nil },
		Status:    func(text string) { k.Said = append(k.Said, text) },
		Visit:     func(page string) { k.Visited = append(k.Visited, page) },
		Lock:      func() { k.Locks++ },
		Turns:     make(chan func(), 4096), // more than a test leaves unsettled
	}
	if err := k.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(k.End)
	return k
}

// Files answers with paths set beforehand: an empty one is a cancelled dialog.
type Files struct {
	OpenPath, SavePath, FolderPath string
	Err                            error
	Asked                          []string // titles
}

var _ desk.Files = (*Files)(nil)

// Open implements desk.Files.
func (f *Files) Open(title string, _ []string, then func(string, error)) {
	f.answer(title, f.OpenPath, then)
}

// Save implements desk.Files.
func (f *Files) Save(title, _ string, then func(string, error)) {
	f.answer(title, f.SavePath, then)
}

// Folder implements desk.Files.
func (f *Files) Folder(title string, then func(string, error)) {
	f.answer(title, f.FolderPath, then)
}

func (f *Files) answer(title, path string, then func(string, error)) {
	f.Asked = append(f.Asked, title)
	then(path, f.Err)
}
