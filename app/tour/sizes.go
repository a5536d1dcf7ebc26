package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lethe/app/screen"
	translated "lethe/app/words"
	"lethe/assets"
)

// setting is a display, a window on it, and how the window is set.
type setting struct {
	name          string
	display       string // as Xvfb takes it
	width, height int    // of the window
	percent       int    // its scale
	language      string
	theme         string
}

// settings are as far apart as displays go.
var settings = []setting{
	{"800x600", "800x630x24", 800, 600, 100, "en", "light"},
	{"800x600-hindi", "800x630x24", 800, 600, 100, "hi", "dark"},
	{"800x600-200", "800x630x24", 800, 600, 200, "en", "light"},
	{"laptop-150", "1366x768x24", 1366, 738, 150, "hi", "light"},
	{"4k", "3840x2160x24", 3840, 2130, 100, "en", "light"},
	{"4k-200", "3840x2160x24", 3840, 2130, 200, "en", "dark"},
}

// sizes shows every page, and the dialogs that they open, on each of the
// settings, or on the one of that name.
func (t *tour) sizes(only string) {
	for _, s := range settings {
		if only == "" || only == s.name {
			t.onDisplay(s)
		}
	}
}

// walk is a tour through the window in one setting.
type walk struct {
	*tour
	setting
	w *translated.Words
}

// onDisplay opens a display of another size and walks through the sample.
func (t *tour) onDisplay(s setting) {
	if t.err != nil {
		return
	}
	usual := t.screen
	t.scale = s.percent
	defer func() { t.screen, t.scale = usual, 0 }()
	var err error
	if t.screen, err = screen.OpenSized(t.ctx, t.home, s.display); err != nil {
		t.fail(err)
		return
	}
	defer func() { t.fail(t.screen.Close()) }()
	w, err := translated.New(assets.Translations, s.language, time.UTC)
	t.fail(err)
	if t.err != nil {
		return
	}
	t.afresh()
	config := filepath.Join(t.home, "config", "app.lethe.desktop")
	t.fail(errors.Join(os.MkdirAll(config, 0o700), os.WriteFile(filepath.Join(config, "window.json"), fmt.Appendf(nil,
		`{"look.variant":%q,"language":%q,"look.scale":%d}`, s.theme, s.language, s.percent), 0o600)))
	(&walk{t, s, w}).all()
}

func (k *walk) all() {
	k.do(k.name + ": the sample")
	k.env = []string{"FYNE_SCALE="} // the window's own setting counts
	k.run("-demo")
	k.env = nil
	k.waitLong(3*patience, "the sample customers", func(s *snapshot) bool { return len(s.rows()) > 0 })
	k.resize(k.width, k.height)
	k.shoot("customers")
	k.customers()
	k.pages()
	k.quit()
}

// text is a text of the window's.
func (k *walk) text(id string, pairs ...any) string { return k.w.T(id, pairs...) }

func (k *walk) shoot(what string) { k.takePicture(k.name + "-" + what) }

// shown shoots a dialog, to its end where it scrolls, and closes it.
func (k *walk) shown(what string) {
	k.waitFor("a dialog: "+what, func(s *snapshot) bool { return s.Top > 0 })
	k.shoot(what)
	k.key("Escape")
	k.waitFor(what+" to close", func(s *snapshot) bool { return s.Top == 0 })
}

// customers opens what the list has.
func (k *walk) customers() {
	k.do(k.name + ": the list")
	k.key("Down", "Down", "Delete")
	k.shown("delete-one")
	k.key("Return")
	k.shoot("details")
	k.key("F2")
	k.shoot("edit")
	k.key("Escape", "Escape")
	k.key("ctrl+n")
	k.shoot("new")
	k.key("Escape", "Escape")
	k.key("F1")
	k.shown("keys")
	k.key("ctrl+e")
	k.shown("export")
	k.key("ctrl+f")
	k.typeText("Kulkarni")
	k.waitFor("the search", func(s *snapshot) bool { return s.says("Kulkarni") })
	k.shoot("search")
	if o := k.maybe(beginning(strings.SplitN(k.text("customers.delete_filtered", "Count", "7"), "(", 2)[0])); o != nil {
		k.clickOn(o)
		k.shown("delete-filtered")
	}
	k.press("customers.create_segment")
	k.key("ctrl+f", "ctrl+a", "BackSpace")
	k.press("customers.delete_all")
	k.key("Tab", "Tab", "ctrl+a")
	k.toCorner()
	k.press("customers.filters")
}

// press clicks on a text and shoots what it opens, if it is there.
func (k *walk) press(id string) {
	o := k.maybe(button(k.text(id)))
	if o == nil {
		return
	}
	k.clickOn(o)
	k.shoot(strings.ReplaceAll(strings.ReplaceAll(id, ".", "-"), "_", "-"))
	k.key("Escape")
	k.settle()
	k.key("Escape")
	k.settle()
}

// maybe is what a query finds now, or with the window scrolled to the right; nil
// where that isn't there or is disabled.
func (k *walk) maybe(q query) *object {
	o := q.usable().in(k.settle())
	if o == nil && k.err == nil {
		k.point(k.width/2, 24)
		k.xdo("click", "--repeat", "40", "--delay", "10", "7")
		o = q.usable().in(k.settle())
	}
	if o == nil {
		fmt.Println("  not in sight:", q.what)
	}
	return o
}

func (k *walk) clickOn(o *object) {
	x, y := o.rect().middle()
	k.clickAt(x, y, 1)
	k.settle()
}

// pages shows each page from its beginning to its end, and what it opens.
func (k *walk) pages() {
	for _, page := range []struct {
		id    string
		opens []string
	}{
		{"audit", []string{"auditlog.check"}},
		{"outbox", nil},
		{"team", []string{"team.invite", "team.manage"}},
		{"settings", nil},
	} {
		k.do(k.name + ": " + page.id)
		k.visit(page.id)
		k.shoot(page.id)
		for _, id := range page.opens {
			k.press(id)
		}
	}
	k.settingsPage()
	k.visit("team")
	if o := k.maybe(button(k.text("team.manage_roles"))); o != nil {
		k.clickOn(o)
		k.shoot("roles")
	}
}

// visit goes to a page by the rail, which the keyboard reaches too.
func (k *walk) visit(page string) {
	if page == "settings" {
		k.key("ctrl+comma")
		k.settle()
		return
	}
	k.toCorner()
	if o := k.maybe(button(k.text("shell.page." + page))); o != nil {
		k.clickOn(o)
		k.toCorner()
	}
}

// toCorner scrolls a window that is smaller than what is in it to its upper left
// corner.
func (k *walk) toCorner() {
	k.wheel(k.width/2, 24, -40)
	k.xdo("click", "--repeat", "40", "--delay", "10", "6")
	k.settle()
}

// settingsPage goes through the settings to their end, and presses what opens something.
func (k *walk) settingsPage() {
	k.do(k.name + ": through the settings")
	pressed := map[string]bool{}
	var before string
	for range 20 {
		s := k.settle()
		if now := s.describe(); now == before || k.err != nil {
			break
		} else {
			before = now
		}
		k.shoot("settings-down")
		for _, id := range []string{
			"settings.password_change", "settings.key_turn", "schema.add_field", "schema.change",
			"settings.confirmations_change", "backups.now",
		} {
			if o := button(k.text(id)).usable().in(s); o != nil && !pressed[id] && o.Y+o.H < k.height-40 {
				pressed[id] = true
				k.press(id)
			}
		}
		k.wheel(k.width-24, k.height/2, 8)
	}
}
