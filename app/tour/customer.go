package main

import (
	"strings"

	"lethe/data"
)

// customerPage is a customer's own page: edited, refused and accepted, with a
// note, an interaction, a tag and a custom field; then a segment. What it adds to
// the list it takes away again.
func (t *tour) customerPage() {
	id, before := t.editCustomer()
	t.notes(id)
	t.customField(id)
	t.segment()
	t.expect(len(before.customers))
}

// editCustomer changes somebody outside of the campaign.
func (t *tour) editCustomer() (data.CustomerID, *content) {
	t.do("a customer's page: editing")
	before := t.inStore()
	texts, ids := t.rowsOutside(before)
	if t.err == nil && len(ids) == 0 {
		t.failf("no row outside %s is on screen", campaign)
	}
	if t.err != nil {
		return 0, before
	}
	id := ids[0]
	t.click(inRow("action:view", texts[0]))
	t.see("Log interaction")
	t.click(button("Edit"))
	t.see("WhatsApp Name")
	t.disabled("Save changes", "before anything is changed")
	t.fill("Name", "Zubin Batliwala")
	t.fill("Email", "zubin at example")
	t.click(button("Save changes"))
	t.see("That is no e-mail address. It should look like name@example.com.")
	t.picture("edit-problem")
	t.key("Escape")
	t.see("Save your changes?")
	t.picture("edit-unsaved")
	t.click(button("Keep editing"))
	t.fill("Email", "zubin@example.com")
	t.fill("Company Name", "Batliwala and Sons")
	t.picture("edit")
	t.click(button("Save changes"))
	t.see("Saved.", "Zubin Batliwala")
	t.picture("edited")
	row := t.inStore().customers[id]
	if t.err == nil && (row.Name != "Zubin Batliwala" || row.Email != "zubin@example.com" || row.Company != "Batliwala and Sons") {
		t.failf("the edit isn't in the store: %q, %q", row.Name, row.Company)
	}
	return id, before
}

// notes writes a note and logs an interaction, and removes the note again.
func (t *tour) notes(id data.CustomerID) {
	t.do("a customer's page: a note and an interaction")
	t.click(button("Add note"))
	t.see("Cancel")
	t.typeText("Prefers to be called after six")
	t.picture("note")
	t.click(button("Cancel"))
	t.see("What you typed is not saved. Cancel once more to drop it.")
	t.click(lowest("Add note"))
	t.gone("What you typed is not saved. Cancel once more to drop it.")
	t.click(button("Log interaction"))
	t.see("What it was about")
	t.typeText("Rang about the order")
	t.picture("interaction")
	t.click(lowest("Log interaction"))
	t.gone("What it was about")
	t.waitFor("the interaction in the store", func(*snapshot) bool {
		row := t.inStore().customers[id]
		return t.err != nil || !row.LastLogged.IsZero()
	})
	t.recorded(t.inStore(), data.AuditCustomerEdited)
}

// lowest is the lowest button of a text: that of a dialog, not the one that
// opened it.
func lowest(text string) query {
	return query{"the lowest “" + text + "”", func(s *snapshot) *object {
		var best *object
		for i := range s.Objects {
			o := object(s.Objects[i])
			if o.Layer == s.Top && o.Acts && o.Text == text && (best == nil || o.Y > best.Y) {
				best = &o
			}
		}
		return best
	}}
}

// customField makes a field, gives the customer a value, and removes the field,
// which says who loses one.
func (t *tour) customField(id data.CustomerID) {
	t.do("a custom field")
	before := len(t.inStore().fields)
	t.setting("Custom fields")
	t.click(button("Add field"))
	t.see("Kind")
	t.fill("Name", "Loyalty card")
	t.picture("field-new")
	t.click(lowest("Add field"))
	t.see("Field added.")
	t.picture("settings-fields")
	field := data.FieldID(0)
	for _, f := range t.inStore().fields {
		if f.Name == "Loyalty card" {
			field = f.ID
		}
	}
	if t.err == nil && field == 0 {
		t.failf("the field isn't in the store")
	}
	t.click(button("Customers"))
	t.see("Zubin Batliwala")
	t.click(button("Edit"))
	t.see("WhatsApp Name")
	t.reach(under("Loyalty card", "Entry"), 1100)
	t.fill("Loyalty card", "LC 4711")
	t.picture("edit-custom")
	t.click(button("Save changes"))
	t.see("Saved.")
	if got := t.inStore().customers[id].Custom[field]; t.err == nil && got != "LC 4711" {
		t.failf("the value in the store is %q", got)
	}

	t.setting("Custom fields")
	t.click(fieldRow("Loyalty card"))
	t.see("Remove field…")
	t.click(button("Remove field…"))
	t.see("1 customer loses a value.")
	t.picture("field-remove")
	t.click(button("Cancel"))
	t.gone("1 customer loses a value.")
	t.click(fieldRow("Loyalty card"))
	t.click(button("Remove field…"))
	t.see("1 customer loses a value.")
	t.click(button("Remove field"))
	t.see("Field removed.")
	c := t.inStore()
	if t.err == nil && (len(c.fields) != before || c.customers[id].Custom[field] != "") {
		t.failf("the field or its value is still in the store")
	}
	t.click(button("Customers"))
	t.key("Escape")
}

// fieldRow is the Change… of a row of the list.
func fieldRow(name string) query {
	return query{"the “Change…” of “" + name + "”", func(s *snapshot) *object {
		row := words(name).in(s)
		if row == nil {
			return nil
		}
		return match("", func(o *object) bool {
			return o.Text == "Change…" && o.Y < row.Y+row.H && row.Y < o.Y+o.H
		}).in(s)
	}}
}

// reach turns the wheel at x until something is in sight.
func (t *tour) reach(q query, x int) {
	t.waitFor(q.what, func(s *snapshot) bool {
		if o := q.in(s); o != nil && o.Y+o.H < s.Height-60 {
			return true
		}
		t.wheel(x, s.Height/2, 3)
		return false
	})
}

// segment keeps a filter, renames it, and deletes it.
func (t *tour) segment() {
	t.do("a segment")
	before := len(t.inStore().segments)
	t.tick(campaign)
	t.see("146 of 1,714")
	t.click(button("Create segment"))
	t.see("A segment keeps the conditions, not the customers: it changes as they do.")
	t.fill("Name", "Bad campaign")
	t.click(lowest("Create segment"))
	t.see("Segment created.")
	t.picture("segment")
	t.click(beginning("Bad campaign"))
	t.click(beginning("Edit “Bad campaign”"))
	t.see("Edit segment")
	t.fill("Name", "The bad campaign")
	t.picture("segment-edit")
	t.click(button("Save changes"))
	t.see("Segment saved.")
	c := t.inStore()
	if t.err == nil && (len(c.segments) != before+1 || c.segments[before].Name != "The bad campaign" || c.segments[before].Edited == 0) {
		t.failf("the segment in the store is %v", c.segments)
	}
	t.click(button("Delete Filtered (146)"))
	t.see("Delete 146 filtered customers?")
	t.waitFor("who changed the segment", func(s *snapshot) bool {
		return match("", func(o *object) bool { return strings.Contains(o.Text, "Segment “The bad campaign”. Made") }).in(s) != nil
	})
	t.picture("segment-in-deletion")
	t.click(button("Cancel"))
	t.gone("Delete 146 filtered customers?")
	t.click(beginning("The bad campaign"))
	t.click(beginning("Delete “The bad campaign”"))
	t.see("Only the segment goes. Its customers stay.")
	t.click(button("Delete segment"))
	t.see("Segment deleted. Its customers stay.")
	if n := len(t.inStore().segments); t.err == nil && n != before {
		t.failf("%d segments are in the store, not %d", n, before)
	}
	t.click(button("Clear all"))
	t.see("1,714 total")
}
