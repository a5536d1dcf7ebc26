package main

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// ready uses Lethe as far from the usual as the settings go: in Hindi, dark, at
// 150 %, in a window of 800×600, and by keyboard alone.
func (t *tour) ready() {
	t.do("in Hindi, dark, at 150 %, in 800×600, by keyboard alone")
	config := filepath.Join(t.home, "config", "app.lethe.desktop")
	t.fail(errors.Join(os.MkdirAll(config, 0o700), os.WriteFile(filepath.Join(config, "window.json"), []byte(
		`{"look.variant":"dark","language":"hi","look.scale":150,"window.scale":150,"window.size":"533x400"}`), 0o600)))
	t.env = []string{"FYNE_SCALE="} // the window's own setting counts
	t.run("-demo")
	t.env = nil
	t.waitLong(3*patience, "the sample customers", func(s *snapshot) bool { return s.says("नमूना डेटा") && len(s.rows()) > 0 })
	t.resize(800, 600)
	t.picture("ready-list")

	t.do("the sheet of shortcuts")
	t.key("F1")
	t.see("कीबोर्ड से क्या होता है", "Ctrl+F")
	t.picture("ready-keys")
	t.key("Escape")
	t.gone("कीबोर्ड से क्या होता है")

	t.do("one customer, up to the question")
	t.key("Down", "Down", "Delete")
	t.see("इसे वापस नहीं लाया जा सकता। कोई कूड़ेदान नहीं है।")
	t.picture("ready-delete")
	t.key("Escape")
	t.gone("इसे वापस नहीं लाया जा सकता। कोई कूड़ेदान नहीं है।")

	t.do("searching, a new customer, the settings")
	t.key("ctrl+f")
	t.typeText("Kulkarni")
	t.waitFor("the search to narrow the list", func(s *snapshot) bool { return s.says("Kulkarni") && s.says("1,714 में से") })
	t.picture("ready-search")
	t.key("ctrl+n")
	t.see("नया ग्राहक")
	t.picture("ready-new")
	t.key("Escape", "Escape")
	t.key("ctrl+comma")
	t.see("सेटिंग", "व्यवसाय")
	t.picture("ready-settings")
	t.quit()
	t.remembered()
}

// remembered leaves the window in another size, with a section closed and a
// column wider, and finds it so.
func (t *tour) remembered() {
	t.do("size, sidebar and columns come back")
	t.afresh()
	list := func() {
		t.run("-demo")
		t.waitLong(3*patience, "the sample customers", func(s *snapshot) bool { return s.says("1,714 total") && len(s.rows()) > 0 })
	}
	city := match("a city in the sidebar", func(o *object) bool { return o.Kind == "Tick" && strings.HasPrefix(o.Text, "Mumbai") })
	name := match("the column Name", func(o *object) bool { return o.Kind == "header:name" })
	list()
	t.resize(1180, 760)
	t.find(city)
	t.click(match("the section Location", func(o *object) bool { return o.Kind == "heading" && strings.HasPrefix(o.Text, "Location") }))
	t.waitFor("the section to close", func(s *snapshot) bool { return city.in(s) == nil })
	before := t.find(name)
	f := t.program.frame
	x, y := f.X+before.X+before.W-2, f.Y+before.Y+before.H/2
	t.xdo("mousemove", strconv.Itoa(x), strconv.Itoa(y), "sleep", "0.2", "mousedown", "1", "sleep", "0.2",
		"mousemove", strconv.Itoa(x+30), strconv.Itoa(y), "sleep", "0.2", "mousemove", strconv.Itoa(x+60), strconv.Itoa(y), "sleep", "0.2", "mouseup", "1")
	t.waitFor("the column to be wider", func(s *snapshot) bool { o := name.in(s); return o != nil && o.W > before.W+40 })
	wider := t.find(name)
	t.quit()
	list()
	s := t.waitFor("the window as it was left", func(s *snapshot) bool {
		o := name.in(s)
		return s.Width == 1180 && s.Height == 760 && o != nil && o.W == wider.W
	})
	if t.err == nil && city.in(s) != nil {
		t.failf("the section that was closed is open again")
	}
	t.picture("remembered")
	t.quit()
}
