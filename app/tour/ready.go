package main

import (
	"errors"
	"os"
	"path/filepath"
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
}
