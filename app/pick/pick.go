// Package pick asks for files and folders: with the desktop's own dialogs
// where it offers them, else with Fyne's.
package pick

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"lethe/app/desk"
)

// Files asks over a window.
type Files struct {
	window fyne.Window
	native native
	aside  func(func()) // runs something off the window's goroutine
}

var _ desk.Files = (*Files)(nil)

// native are the desktop's dialogs. They block until the person answered, and
// answer "" where the person cancelled. ok is false where there are none.
type native interface {
	open(title string, extensions []string) (path string, ok bool)
	save(title, name string) (path string, ok bool)
	folder(title string) (path string, ok bool)
}

// New makes it for a window.
func New(w fyne.Window) desk.Files {
	return &Files{window: w, native: desktop(), aside: func(f func()) { go f() }}
}

// Open implements desk.Files.
func (f *Files) Open(title string, extensions []string, then func(string, error)) {
	f.ask(func() (string, bool) { return f.native.open(title, extensions) }, func() {
		d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
			if r == nil {
				then("", err)
				return
			}
			then(pathOf(r.URI()), r.Close())
		}, f.window)
		if len(extensions) > 0 {
			d.SetFilter(storage.NewExtensionFileFilter(bothCases(extensions)))
		}
		d.SetTitleText(title)
		f.show(d)
	}, then)
}

// Save implements desk.Files.
func (f *Files) Save(title, name string, then func(string, error)) {
	f.ask(func() (string, bool) { return f.native.save(title, name) }, func() {
		d := dialog.NewFileSave(func(w fyne.URIWriteCloser, err error) {
			if w == nil {
				then("", err)
				return
			}
			then(pathOf(w.URI()), w.Close())
		}, f.window)
		d.SetFileName(name)
		d.SetTitleText(title)
		f.show(d)
	}, then)
}

// Folder implements desk.Files.
func (f *Files) Folder(title string, then func(string, error)) {
	f.ask(func() (string, bool) { return f.native.folder(title) }, func() {
		d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
			if u == nil {
				then("", err)
				return
			}
			then(pathOf(u), nil)
		}, f.window)
		d.SetTitleText(title)
		f.show(d)
	}, then)
}

// ask tries the desktop's dialog in the background, and own where there is none.
func (f *Files) ask(desktops func() (string, bool), own func(), then func(string, error)) {
	f.aside(func() {
		path, ok := desktops()
		fyne.Do(func() {
			if ok {
				then(path, nil)
			} else {
				own()
			}
		})
	})
}

func (f *Files) show(d *dialog.FileDialog) {
	size := f.window.Canvas().Size()
	d.Show() // before Resize, which needs what Show makes
	d.Resize(fyne.NewSize(min(size.Width-40, 900), min(size.Height-40, 640)))
}

func pathOf(u fyne.URI) string { return filepath.FromSlash(u.Path()) }

// bothCases adds the capital form of each extension: Fyne tells them apart.
func bothCases(extensions []string) []string {
	var out []string
	for _, e := range extensions {
		out = append(out, e, strings.ToUpper(e))
	}
	return out
}
