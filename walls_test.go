package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// module is the name in go.mod.
const module = "lethe"

// wall forbids what is in room to import any of the packages refused, or what
// is below them.
type wall struct {
	room    string
	refused []string
	why     string
}

var walls = []wall{
	{"data", []string{"fyne.io"}, "data knows no window"},
	{"data", []string{module + "/app", module + "/widgets", module + "/assets"}, "data knows no window, and is handed its texts"},
	{"widgets", []string{module + "/data", module + "/app"}, "widgets know no customer"},
	{"assets", []string{module + "/data", module + "/app", module + "/widgets"}, "assets are no code"},
}

// gate lets only what is in room import the package.
type gate struct {
	pkg  string
	room string
}

var gates = []gate{
	{"modernc.org/sqlite", "data/store"},
	{"github.com/pquerna/otp", "data/otp"},
	{"github.com/wneessen/go-mail", "data/outbox"},
	{"codeberg.org/go-pdf/fpdf", "data/certificate"},
	{"filippo.io/age", "data/backup"},
}

// rooms are the folders that hold packages; "." is main.
var rooms = []string{".", "app", "assets", "data", "widgets"}

// within says whether the slash-separated p is root or below it.
func within(p, root string) bool {
	return p == root || strings.HasPrefix(p, root+"/")
}

// standard says whether a package is the standard library's: their paths have
// no dot in the first element.
func standard(pkg string) bool {
	first, _, _ := strings.Cut(pkg, "/")
	return first != module && !strings.Contains(first, ".")
}

// broken says why a file in the folder may not import pkg, or nothing.
func broken(folder string, test bool, pkg string) string {
	for _, w := range walls {
		if within(folder, w.room) && slices.ContainsFunc(w.refused, func(r string) bool { return within(pkg, r) }) {
			return w.why
		}
	}
	for _, g := range gates {
		if within(pkg, g.pkg) && !within(folder, g.room) {
			return "only " + g.room + " imports " + g.pkg
		}
	}
	if folder == "data" && !test && !standard(pkg) {
		return "package data imports the standard library only"
	}
	return ""
}

// breaches reads the imports of each Go file in the tree, whatever its build
// tags, and returns a line for each that breaks a wall.
func breaches(tree fs.FS) ([]string, error) {
	var found []string
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name != "." && (d.Name()[0] == '.' || d.Name()[0] == '_' || d.Name() == "testdata" || name == "build") {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		folder := path.Dir(name)
		if room, _, _ := strings.Cut(folder, "/"); !slices.Contains(rooms, room) {
			found = append(found, fmt.Sprintf("%s: there is no room called %s", name, room))
			return nil
		}
		source, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			pkg, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if why := broken(folder, strings.HasSuffix(name, "_test.go"), pkg); why != "" {
				found = append(found, fmt.Sprintf("%s imports %s: %s", name, pkg, why))
			}
		}
		return nil
	})
	return found, err
}

func TestWalls(t *testing.T) {
	found, err := breaches(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range found {
		t.Error(line)
	}
}

// The checker finds each of these, and nothing in their good neighbours.
func TestWallsAreSeen(t *testing.T) {
	tests := []struct {
		file, pkg string
		bad       bool
	}{
		{"data/a.go", "fyne.io/fyne/v2", true},
		{"data/a.go", "golang.org/x/text/language", true},
		{"data/a.go", "lethe/data/fold", true},
		{"data/a.go", "encoding/json", false},
		{"data/a_test.go", "pgregory.net/rapid", false},
		{"data/a_test.go", "lethe/assets", true},
		{"data/store/a.go", "fyne.io/fyne/v2/lang", true},
		{"data/store/a.go", "lethe/app", true},
		{"data/view/a.go", "lethe/widgets/grid", true},
		{"data/view/a.go", "lethe/database", false},
		{"data/purge/a_test.go", "lethe/app/deletion", true},
		{"data/store/a.go", "modernc.org/sqlite", false},
		{"data/store/sealed/a.go", "modernc.org/sqlite/vfs", false},
		{"data/storeroom/a.go", "modernc.org/sqlite", true},
		{"data/view/a.go", "modernc.org/sqlite", true},
		{"app/a_test.go", "modernc.org/sqlite/lib", true},
		{"data/otp/a.go", "github.com/pquerna/otp/totp", false},
		{"data/store/a.go", "github.com/pquerna/otp", true},
		{"app/tour/a.go", "github.com/pquerna/otp/totp", true},
		{"widgets/grid/a.go", "lethe/data", true},
		{"widgets/grid/a.go", "lethe/app/task", true},
		{"widgets/grid/a.go", "lethe/widgets/chips", false},
		{"widgets/grid/a.go", "fyne.io/fyne/v2/canvas", false},
		{"assets/a.go", "lethe/data", true},
		{"assets/a.go", "fyne.io/fyne/v2", false},
		{"app/customers/a.go", "lethe/data/view", false},
		{"app/customers/a.go", "lethe/widgets/grid", false},
		{"main.go", "lethe/app", false},
		{"util/a.go", "strings", true},
		{".ci/tool/a.go", "modernc.org/sqlite", false},
		{"build/a.go", "modernc.org/sqlite", false},
	}
	for _, tt := range tests {
		t.Run(tt.file+" imports "+tt.pkg, func(t *testing.T) {
			source := fmt.Sprintf("//go:build never\n\npackage p\n\nimport _ %q\n", tt.pkg)
			found, err := breaches(fstest.MapFS{tt.file: {Data: []byte(source)}})
			if err != nil {
				t.Fatal(err)
			}
			if got := len(found) > 0; got != tt.bad {
				t.Errorf("found %q, bad: want %v", found, tt.bad)
			}
		})
	}
}

func TestWallsNeedReadableImports(t *testing.T) {
	if _, err := breaches(fstest.MapFS{"app/a.go": {Data: []byte("package a\nimport nonsense\n")}}); err == nil {
		t.Error("a file that can't be parsed is passed over")
	}
}
