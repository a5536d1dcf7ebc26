package main

import (
	"strings"

	"lethe/data"
)

// lookAround filters, looks at one customer, and searches.
func (t *tour) lookAround() {
	t.do("looking around")
	t.picture("customers")
	t.click(inRow("action:view", t.rowText(0)))
	t.see("First message received at")
	t.picture("details")
	t.key("Escape")
	t.gone("First message received at")

	t.do("filter: " + campaign)
	t.tick(campaign)
	t.see("146 of 1,714", "Delete Filtered (146)")
	t.picture("filtered")
	t.tick(campaign)
	t.see("1,714 total")

	t.do("search")
	t.searchFor("98200 51x")
	t.see("Nobody called '98200 51x' here.")
	t.picture("nobody")
	t.searchFor("")
	t.see("1,714 total")
}

// tick clicks a value in the sidebar, which is scrolled to.
func (t *tour) tick(value string) {
	q := match("the filter "+value, func(o *object) bool {
		return o.Kind == "Tick" && strings.HasPrefix(o.Text, value)
	})
	t.reach(q, 200)
	t.click(q)
}

// searchFor types into the search.
func (t *tour) searchFor(text string) {
	t.key("ctrl+f")
	t.waitFor("the focus in the search", func(s *snapshot) bool {
		for _, o := range s.Objects {
			if o.Kind == "Entry" && o.Focused {
				return true
			}
		}
		return false
	})
	t.key("ctrl+a")
	if text == "" {
		t.key("BackSpace")
	} else {
		t.typeText(text)
	}
}

// rowText is what can be read in a row on screen, counted from the top.
func (t *tour) rowText(i int) string {
	s := t.waitFor("the rows", func(s *snapshot) bool { return len(s.rows()) > i })
	if t.err != nil {
		return ""
	}
	return s.rows()[i].Text
}

// rowsOutside are the rows on screen whose customers have not the campaign's
// tag, from the top, with their ids in the store.
func (t *tour) rowsOutside(c *content) (texts []string, ids []data.CustomerID) {
	byPhone := map[string]data.CustomerID{}
	for id, row := range c.customers {
		byPhone[digits(row.Phone.String())] = id
	}
	inside := c.tagged(campaign)
	for _, row := range t.settle().rows() {
		for _, cell := range strings.Split(row.Text, " | ") {
			if id, ok := byPhone[digits(cell)]; ok && !inside[id] {
				texts, ids = append(texts, row.Text), append(ids, id)
			}
		}
	}
	return texts, ids
}

func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

func set(ids ...data.CustomerID) map[data.CustomerID]bool {
	out := map[data.CustomerID]bool{}
	for _, id := range ids {
		out[id] = true
	}
	return out
}

// confirmed waits for the result of a deletion and leaves the dialog.
func (t *tour) confirmed(result, picture string) {
	t.see(result, "Checked: nothing left in Lethe's files.")
	if picture != "" {
		t.click(button("Details"))
		t.see("Audit log: entry")
		t.picture(picture)
	}
	t.click(button("Done"))
	t.gone("Checked: nothing left in Lethe's files.")
}

// deleteOne is the first way: the bin in the row. Refused, then accepted.
func (t *tour) deleteOne() {
	t.do("the first way: one customer, by the bin in the row")
	before := t.inStore()
	texts, ids := t.rowsOutside(before)
	if t.err == nil && len(ids) == 0 {
		t.failf("no row outside %s is on screen", campaign)
	}
	if t.err != nil {
		return
	}
	t.click(inRow("action:delete", texts[0]))
	t.see("This can't be undone. There is no bin.")
	t.picture("delete-one")
	t.click(button("Cancel"))
	t.gone("There is no bin.")
	t.expect(len(before.customers))

	t.click(inRow("action:delete", texts[0]))
	t.click(button("Delete this customer"))
	t.confirmed("1 customer deleted. 1,713 stay.", "deleted-one")
	t.expectGone(before, t.inStore(), set(ids[0]))
}

// deleteSelected is the second way: ticked rows, some of them hidden by a
// search, one of them kept after all.
func (t *tour) deleteSelected() {
	t.do("the second way: ticked customers")
	before := t.inStore()
	texts, ids := t.rowsOutside(before)
	if t.err == nil && len(ids) < 4 {
		t.failf("only %d rows outside %s are on screen", len(ids), campaign)
	}
	if t.err != nil {
		return
	}
	for i := range 4 {
		t.click(inRow("check", texts[i]))
	}
	t.see("4 Selected Items")
	t.picture("selected")
	t.searchFor(digits(before.customers[ids[0]].Phone.String()))
	t.see("3 hidden by the filter – show")
	t.picture("selected-hidden")
	t.click(button("Delete"))
	t.see("Delete 4 selected customers?", "3 of them are hidden by the filter.", "1,709 customers stay.")
	t.picture("delete-selected")
	t.key("Escape")
	t.gone("Delete 4 selected customers?")
	t.expect(len(before.customers))

	t.click(button("Delete"))
	t.click(button("Delete 4 customers"))
	t.confirmed("4 customers deleted. 1,709 stay.", "")
	t.expectGone(before, t.inStore(), set(ids[:4]...))
	t.searchFor("")
	t.see("1,709 total")
}

// deleteFiltered is the third way: whom a filter matches, with their count
// typed.
func (t *tour) deleteFiltered() {
	t.do("the third way: whom a filter matches")
	before := t.inStore()
	t.tick(campaign)
	t.see("146 of 1,709")
	t.click(button("Delete Filtered (146)"))
	t.see("Delete 146 filtered customers?", "Type 146 to confirm:", "1,563 customers stay.")
	t.disabled("Delete 146 customers", "before anything is typed")
	t.fill("Type 146 to confirm:", "145")
	t.disabled("Delete 146 customers", "with 145 typed")
	t.fill("Type 146 to confirm:", "146")
	t.picture("confirm")
	t.key("Return")
	t.expect(len(before.customers))
	t.click(button("Delete 146 customers"))
	t.confirmed("146 customers deleted. 1,563 stay.", "deleted-filtered")
	after := t.inStore()
	t.expectGone(before, after, before.tagged(campaign))
	if n := len(after.tagged(campaign)); t.err == nil && n != 0 {
		t.failf("%d customers still have the tag %s", n, campaign)
	}
	t.see("No customer matches these filters.")
	t.picture("nobody-matches")
	t.click(button("Clear all"))
	t.see("1,563 total")
}

// disabled fails if a button can be used.
func (t *tour) disabled(text, when string) {
	s := t.settle()
	if o := button(text).in(s); t.err == nil && (o == nil || !o.Disabled) {
		t.failf("“%s” can be used %s", text, when)
	}
}

// deleteAll is the fourth way: the business's name and the owner's OTP.
// Stopped in the last moment once, then let run.
func (t *tour) deleteAll(app *phone) {
	t.do("the fourth way: everybody")
	before := t.expect(1563)
	t.openDeleteAll()
	t.fill("Type Sharma Traders to confirm:", "Sharma")

	t.click(field(otpField))
	t.typeText(wrongOTP(app))
	t.disabled("Delete all 1,563 customers", "with the wrong name typed")
	t.fill("Type Sharma Traders to confirm:", "sharma  traders")
	t.picture("delete-all")
	t.click(button("Delete all 1,563 customers"))
	t.see("That OTP isn’t right.")
	t.picture("wrong-otp")
	t.expect(1563)

	t.do("the fourth way: stopped in the last moment")
	t.click(field(otpField))
	t.typeText(t.readOut(app))
	t.click(button("Delete all 1,563 customers"))
	t.see("Deleting 1,563 customers in")
	t.picture("countdown")
	t.click(button("Stop"))
	t.gone("Deleting 1,563 customers in")
	t.expect(1563)

	t.do("the fourth way: with the next OTP")
	t.openDeleteAll()
	t.fill("Type Sharma Traders to confirm:", business)
	t.click(field(otpField))
	t.typeText(t.readOut(app))
	t.click(button("Delete all 1,563 customers"))
	t.confirmed("1,563 customers deleted. No customer stays.", "deleted-all")
	after := t.expect(0)
	t.expectGone(before, after, every(before))
	if n := len(after.messages); t.err == nil && n != 2 {
		t.failf("%d messages to the Account Owner are prepared, not 2", n)
	}
	for _, m := range after.messages {
		if m.State != data.OutboxPrepared {
			t.failf("a message is said to be %s, and nobody sends it", m.State)
		}
	}
	t.recorded(after, data.AuditDelete)
	t.recorded(after, data.AuditOTPWrong)
	t.see("No customers yet.")
}

func (t *tour) openDeleteAll() {
	t.click(button("Delete All"))
	t.see("Delete all 1,563 customers?", "No customer stays.", "Kept: team, roles, settings, audit log.")
}

func every(c *content) map[data.CustomerID]bool {
	out := map[data.CustomerID]bool{}
	for id := range c.customers {
		out[id] = true
	}
	return out
}
