package store_test

import (
	"context"
	"fmt"
	"testing"

	"lethe/data"
	"lethe/data/store"
)

// customerMethods are the rows of the table for a customer's own page: edits,
// notes, tags, custom fields, segments.
func customerMethods() map[string]method {
	ctx := context.Background()
	need := func(call func(t *testing.T, h *house, a *store.Actor) error, ps ...data.Permission) method {
		return method{needs: ps, call: call}
	}
	edit := func(change func(t *testing.T, h *house, e *data.Edit), ps ...data.Permission) method {
		return need(func(t *testing.T, h *house, a *store.Actor) error {
			id := h.customer(t, a)
			e := data.Edit{Customer: id, Version: details(t, h.Store, id).Row.Version}
			change(t, h, &e)
			return h.EditCustomer(ctx, a, e, "")
		}, ps...)
	}
	note := func(t *testing.T, h *house, a *store.Actor) data.Note {
		id := h.customer(t, a)
		if err := h.AddNote(ctx, h.Owner, id, "A note"); err != nil {
			t.Fatal(err)
		}
		return details(t, h.Store, id).Notes[0]
	}
	met := func(t *testing.T, h *house, a *store.Actor) data.Interaction {
		id := h.customer(t, a)
		if err := h.AddInteraction(ctx, h.Owner, data.Interaction{Customer: id, Kind: data.InteractionCall, At: h.Clock.Now(), Line: "Rang"}); err != nil {
			t.Fatal(err)
		}
		return details(t, h.Store, id).Interactions[0]
	}
	field := func(t *testing.T, h *house) data.CustomField {
		h.count++
		f := data.CustomField{Name: fmt.Sprint("Field ", h.count), Kind: data.FieldText}
		var err error
		if f.ID, err = h.AddField(ctx, h.Owner, f); err != nil {
			t.Fatal(err)
		}
		return f
	}
	tag := func(t *testing.T, h *house) data.TagUse {
		id := h.customer(t, h.Owner)
		h.count++
		name := fmt.Sprint("Tag ", h.count)
		e := data.Edit{Customer: id, Version: details(t, h.Store, id).Row.Version, AddTags: []string{name}}
		if err := h.EditCustomer(ctx, h.Owner, e, ""); err != nil {
			t.Fatal(err)
		}
		return tagNamed(t, h.Store, name)
	}
	return map[string]method{
		"EditsLeft": {program: true}, "ScrubEdits": {program: true},

		"AddCustomer": need(func(_ *testing.T, h *house, a *store.Actor) error {
			h.next++
			_, err := h.AddCustomer(ctx, a, store.NewCustomer{Phone: h.next, Edit: data.Edit{Texts: map[data.Field]string{data.FieldName: "New"}}})
			return err
		}, data.EditCustomers, data.ViewPhoneNumbers),
		"EditCustomer": edit(func(_ *testing.T, _ *house, e *data.Edit) {
			e.Texts = map[data.Field]string{data.FieldName: "Changed"}
			e.AddTags = []string{"VIP"}
			on := true
			e.Blocked, e.OptOut = &on, &on
		}, data.EditCustomers),
		"EditCustomer, the number": edit(func(_ *testing.T, h *house, e *data.Edit) {
			h.next++
			e.Phone = h.next
		}, data.EditCustomers, data.ViewPhoneNumbers),
		"EditCustomer, the agent": edit(func(_ *testing.T, h *house, e *data.Edit) {
			owner := h.Owner.User()
			e.Agent = &owner
		}, data.EditCustomers, data.ViewAllCustomers),
		"EditCustomer, a custom value": edit(func(t *testing.T, h *house, e *data.Edit) {
			e.Texts = map[data.Field]string{data.CustomFieldName(field(t, h).ID): "Gold"}
		}, data.EditCustomers, data.ViewCustomData),
		"EditNote": need(func(t *testing.T, h *house, a *store.Actor) error {
			return h.EditNote(ctx, a, note(t, h, a), "Another note")
		}, data.EditCustomers),
		"RemoveNote": need(func(t *testing.T, h *house, a *store.Actor) error {
			return h.RemoveNote(ctx, a, note(t, h, a))
		}, data.EditCustomers),
		"EditInteraction": need(func(t *testing.T, h *house, a *store.Actor) error {
			was := met(t, h, a)
			next := was
			next.Kind = data.InteractionVisit
			return h.EditInteraction(ctx, a, was, next)
		}, data.EditCustomers),
		"RemoveInteraction": need(func(t *testing.T, h *house, a *store.Actor) error {
			return h.RemoveInteraction(ctx, a, met(t, h, a))
		}, data.EditCustomers),
		"Tags": need(func(_ *testing.T, h *house, a *store.Actor) error {
			_, err := h.Tags(ctx, a)
			return err
		}, data.EditCustomers, data.ViewAllCustomers),
		"RenameTag": need(func(t *testing.T, h *house, a *store.Actor) error {
			tag := tag(t, h)
			return h.RenameTag(ctx, a, tag, tag.Name+" new", false)
		}, data.EditCustomers, data.ViewAllCustomers),
		"RemoveTag": need(func(t *testing.T, h *house, a *store.Actor) error {
			return h.RemoveTag(ctx, a, tag(t, h))
		}, data.EditCustomers, data.ViewAllCustomers),
		"AddField": need(func(_ *testing.T, h *house, a *store.Actor) error {
			h.count++
			_, err := h.AddField(ctx, a, data.CustomField{Name: fmt.Sprint("Field ", h.count), Kind: data.FieldNumber})
			return err
		}, data.ManageFieldSchema),
		"ChangeField": need(func(t *testing.T, h *house, a *store.Actor) error {
			f := field(t, h)
			next := f
			next.Name += " new"
			return h.ChangeField(ctx, a, f, next)
		}, data.ManageFieldSchema),
		"FieldUse": need(func(t *testing.T, h *house, a *store.Actor) error {
			_, err := h.FieldUse(ctx, a, field(t, h).ID)
			return err
		}, data.ManageFieldSchema, data.DeleteCustomers, data.ViewAllCustomers),
		"RemoveField": need(func(t *testing.T, h *house, a *store.Actor) error {
			return h.RemoveField(ctx, a, field(t, h).ID, data.FieldUse{}, "")
		}, data.ManageFieldSchema, data.DeleteCustomers, data.ViewAllCustomers),
		"EditSegment": need(func(t *testing.T, h *house, a *store.Actor) error {
			h.count++
			g := data.Segment{Name: fmt.Sprint("Segment ", h.count)}
			var err error
			if g.ID, err = h.AddSegment(ctx, h.Owner, g); err != nil {
				t.Fatal(err)
			}
			next := g
			next.Name += " new"
			return h.EditSegment(ctx, a, g, next)
		}, data.ManageSegments),
	}
}
