package store_test

import (
	"context"
	"fmt"
	"testing"

	"lethe/data"
	"lethe/data/store"
)

// customerCalls are the calls for a customer's own page: edits,
// notes, tags, custom fields, segments.
func customerCalls() map[data.Operation]call {
	ctx := context.Background()
	edit := func(change func(t *testing.T, h *house, e *data.Edit)) call {
		return func(t *testing.T, h *house, a *store.Actor) error {
			id := h.customer(t, a)
			e := data.Edit{Customer: id, Version: details(t, h.Store, id).Row.Version}
			change(t, h, &e)
			return h.EditCustomer(ctx, a, e, "")
		}
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
		// Each role makes some, and there can't be any number of them.
		if err := store.Exec(h.Store.Store, "DELETE FROM custom_fields"); err != nil {
			t.Fatal(err)
		}
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
	return map[data.Operation]call{
		data.OpAddCustomer: func(_ *testing.T, h *house, a *store.Actor) error {
			h.next++
			_, err := h.AddCustomer(ctx, a, store.NewCustomer{Phone: h.next, Edit: data.Edit{Texts: map[data.Field]string{data.FieldName: "New"}}})
			return err
		},
		data.OpEditCustomer: edit(func(_ *testing.T, _ *house, e *data.Edit) {
			e.Texts = map[data.Field]string{data.FieldName: "Changed"}
			e.AddTags = []string{"VIP"}
			on := true
			e.Blocked, e.OptOut = &on, &on
		}),
		data.OpEditPhone: edit(func(_ *testing.T, h *house, e *data.Edit) {
			h.next++
			e.Phone = h.next
		}),
		data.OpEditAgent: edit(func(_ *testing.T, h *house, e *data.Edit) {
			owner := h.Owner.User()
			e.Agent = &owner
		}),
		data.OpEditCustom: edit(func(t *testing.T, h *house, e *data.Edit) {
			e.Texts = map[data.Field]string{data.CustomFieldName(field(t, h).ID): "Gold"}
		}),
		data.OpEditNote: func(t *testing.T, h *house, a *store.Actor) error {
			return h.EditNote(ctx, a, note(t, h, a), "Another note")
		},
		data.OpRemoveNote: func(t *testing.T, h *house, a *store.Actor) error {
			return h.RemoveNote(ctx, a, note(t, h, a))
		},
		data.OpEditInteraction: func(t *testing.T, h *house, a *store.Actor) error {
			was := met(t, h, a)
			next := was
			next.Kind = data.InteractionVisit
			return h.EditInteraction(ctx, a, was, next)
		},
		data.OpRemoveInteraction: func(t *testing.T, h *house, a *store.Actor) error {
			return h.RemoveInteraction(ctx, a, met(t, h, a))
		},
		data.OpTags: func(_ *testing.T, h *house, a *store.Actor) error {
			_, err := h.Tags(ctx, a)
			return err
		},
		data.OpRenameTag: func(t *testing.T, h *house, a *store.Actor) error {
			tag := tag(t, h)
			return h.RenameTag(ctx, a, tag, tag.Name+" new", false)
		},
		data.OpRemoveTag: func(t *testing.T, h *house, a *store.Actor) error {
			return h.RemoveTag(ctx, a, tag(t, h))
		},
		data.OpAddField: func(_ *testing.T, h *house, a *store.Actor) error {
			h.count++
			_, err := h.AddField(ctx, a, data.CustomField{Name: fmt.Sprint("Field ", h.count), Kind: data.FieldNumber})
			return err
		},
		data.OpChangeField: func(t *testing.T, h *house, a *store.Actor) error {
			f := field(t, h)
			next := f
			next.Name += " new"
			return h.ChangeField(ctx, a, f, next)
		},
		data.OpFieldUse: func(t *testing.T, h *house, a *store.Actor) error {
			_, err := h.FieldUse(ctx, a, field(t, h).ID)
			return err
		},
		data.OpRemoveField: func(t *testing.T, h *house, a *store.Actor) error {
			return h.RemoveField(ctx, a, field(t, h).ID, data.FieldUse{}, "")
		},
		data.OpEditSegment: func(t *testing.T, h *house, a *store.Actor) error {
			h.count++
			g := data.Segment{Name: fmt.Sprint("Segment ", h.count)}
			var err error
			if g.ID, err = h.AddSegment(ctx, h.Owner, g); err != nil {
				t.Fatal(err)
			}
			next := g
			next.Name += " new"
			return h.EditSegment(ctx, a, g, next)
		},
	}
}
