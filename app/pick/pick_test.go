package pick

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// answers is a desktop that answers at once.
type answers struct {
	path string
	ok   bool
}

func (a answers) open(string, []string) (string, bool) { return a.path, a.ok }
func (a answers) save(string, string) (string, bool)   { return a.path, a.ok }
func (a answers) folder(string) (string, bool)         { return a.path, a.ok }

// answer is what a dialog said.
type answer struct {
	path string
	err  error
}

// askAll asks each of the three questions of a desktop.
func askAll(t *testing.T, a answers) (said map[string][]answer, overlays int) {
	t.Helper()
	test.NewTempApp(t)
	w := test.NewTempWindow(t, widget.NewLabel("page"))
	w.Resize(fyne.NewSize(1000, 700))
	f := &Files{window: w, native: a, aside: func(f func()) { f() }}
	said = map[string][]answer{}
	then := func(name string) func(string, error) {
		return func(path string, err error) { said[name] = append(said[name], answer{path, err}) }
	}
	f.Open("Import", []string{".csv"}, then("open"))
	f.Save("Save", "key.txt", then("save"))
	f.Folder("Folder", then("folder"))
	return said, len(w.Canvas().Overlays().List())
}

func TestDesktopAnswers(t *testing.T) {
	for _, path := range []string{"/tmp/list.csv", ""} {
		said, overlays := askAll(t, answers{path, true})
		for _, name := range []string{"open", "save", "folder"} {
			if got := said[name]; len(got) != 1 || got[0] != (answer{path, nil}) {
				t.Errorf("%s said %v, want %q", name, got, path)
			}
		}
		if overlays != 0 {
			t.Error("our own dialog stands over the desktop's")
		}
	}
}

func TestWithoutDesktop(t *testing.T) {
	said, overlays := askAll(t, answers{})
	if overlays != 3 || len(said) != 0 {
		t.Errorf("%d dialogs, said %v", overlays, said)
	}
}

func TestBothCases(t *testing.T) {
	if got := bothCases([]string{".csv"}); len(got) != 2 || got[0] != ".csv" || got[1] != ".CSV" {
		t.Errorf("got %v", got)
	}
}
