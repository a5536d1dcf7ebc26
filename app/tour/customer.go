package main

// customerPage is a customer's own page in the sample: edited, with notes, tags
// and a custom field, and segments.
func (t *tour) customerPage() {
	t.do("a customer's own page: lethe -demo")
	t.run("-demo")
	t.waitLong(3*patience, "the sample customers", func(s *snapshot) bool { return s.says("1,714 total") })
	t.click(inRow("action:view", t.rowText(0)))
	t.see("Log interaction")
	t.picture("customer-view")
	t.click(button("Edit"))
	t.see("Save changes")
	t.picture("customer-edit")
	t.quit()
}
