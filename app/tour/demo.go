package main

import (
	"path/filepath"
	"strings"
)

// sampleCustomers is lethe -demo: each role's view, both themes, a small
// window, and nothing left behind.
func (t *tour) sampleCustomers() {
	t.do("lethe -demo")
	t.run("-demo")
	t.waitLong(3*patience, "the sample customers", func(s *snapshot) bool { return s.says("1,714 total") })
	t.see("Sample data: delete freely", "Delete All")
	t.picture("sample")
	t.member()
	t.support()
	t.roundAndRound()
	t.do("closing, and looking whether the sample is gone")
	t.quit()
	left, err := filepath.Glob(filepath.Join(t.home, "tmp", "lethe-demo-*"))
	t.fail(err)
	if t.err == nil && len(left) > 0 {
		t.failf("the sample is still there: %s", left)
	}
}

// be goes on as another member of the sample's team.
func (t *tour) be(now, name string) {
	t.click(match("the list of members", func(o *object) bool {
		return o.Kind == "Select" && strings.HasPrefix(o.Text, now)
	}))
	t.click(beginning(name))
	t.waitFor(name+" to be signed in", func(s *snapshot) bool {
		return s.Top == 0 && s.says(name+" ·")
	})
	t.see("1,714 total")
}

// deletes reports whether something is a control that deletes.
func deletes(o *object) bool {
	return o.Acts && o.Kind != "row" && (o.Kind == "action:delete" || o.Kind == "check" || o.Kind == "header-check" ||
		strings.Contains(strings.ToLower(o.Text+" "+o.Name), "delete"))
}

// member is the view of a Team Member, who has no control that deletes: not in
// the list, not narrowed, not in the row's menu.
func (t *tour) member() {
	t.do("a Team Member's view")
	t.be("Asha Sharma", "Imran Shaikh")
	why := "a Team Member may not delete"
	t.absent(why, deletes)
	t.picture("team-member")
	t.tick(campaign)
	t.see("146 of 1,714")
	t.absent(why, deletes)
	t.clickSecond(0)
	t.see("View details")
	t.absent(why, deletes)
	t.picture("team-member-menu")
	t.key("Escape")
	t.gone("View details")
	t.key("Delete")
	t.absent(why, deletes)
	t.tick(campaign)
	t.see("1,714 total")
}

// clickSecond opens the menu of a row on screen.
func (t *tour) clickSecond(i int) {
	o := t.find(inRow("row", t.rowText(i)))
	if t.err == nil {
		x, y := o.rect().middle()
		t.clickAt(x, y, 3)
	}
}

// support is the view of a role that may delete, but not everybody.
func (t *tour) support() {
	t.do("the view of Support, a role of the business's own")
	t.be("Imran Shaikh", "Kavya Nair")
	t.absent("only Owners delete everybody", func(o *object) bool { return o.Text == "Delete All" })
	t.tick(campaign)
	t.see("146 of 1,714", "Delete Filtered (146)")
	t.picture("support")
	t.tick(campaign)
	t.see("1,714 total")
	t.be("Kavya Nair", "Asha Sharma")
}

// roundAndRound shows the dark theme and a small window.
func (t *tour) roundAndRound() {
	t.do("the dark theme")
	t.setting("Look")
	t.chooseTheme("Dark")
	t.picture("settings-dark")
	t.click(button("Customers"))
	t.see("1,714 total")
	t.tick(campaign)
	t.see("Delete Filtered (146)")
	t.picture("dark")

	t.do("a small window")
	t.resize(800, 600)
	t.see("146 of 1,714")
	t.picture("small-dark")
	t.click(button("Filters"))
	t.find(match("the filters", func(o *object) bool { return o.Kind == "Tick" }))
	t.picture("small-filters")
	t.key("Escape")
	t.setting("Look")
	t.picture("small-settings")
	t.chooseTheme("Light")
	t.click(button("Customers"))
	t.click(button("Delete Filtered (146)"))
	t.see("Delete 146 filtered customers?")
	t.picture("small-dialog")
	t.click(button("Cancel"))
	t.gone("Delete 146 filtered customers?")
}

// chooseTheme takes another theme in the settings.
func (t *tour) chooseTheme(name string) {
	theme := under("Theme", "Select")
	t.click(theme)
	t.click(button(name))
	t.waitFor("the theme "+name, func(s *snapshot) bool {
		o := theme.in(s)
		return o != nil && o.Text == name
	})
}
