package schema

import (
	"testing"

	"lethe/app/desk"
	"lethe/app/desk/desktest"
	"lethe/data"
)

// back is the same person at a desk of their own after a lock.
func back(t *testing.T, k *desktest.Kit) *seat {
	t.Helper()
	drafts := k.Drafts
	k.End()
	for k.Window.Canvas().Overlays().Top() != nil {
		k.Window.Canvas().Overlays().Remove(k.Window.Canvas().Overlays().Top()) // as locking does
	}
	again := k.As(t, k.Real.Owner)
	again.Drafts = drafts
	again.Settle()
	return sit(t, again)
}

func TestAFieldBeingMadeOutlivesTheLock(t *testing.T) {
	k := desktest.New(t)
	k.Drafts = &desk.Drafts{}
	s := sit(t, k)
	s.press(t, "Add field")
	s.fill(t, 0, "Lead St")
	again := back(t, k)
	if !desktest.Says(again.kit.Window, "Add field") || !desktest.Says(again.kit.Window, "Lead St") {
		t.Fatalf("what was typed is lost: %q", desktest.Texts(again.kit.Window))
	}
	again.fill(t, 0, "Lead Stage")
	again.press(t, "Add field")
	if got := again.stored(t); len(got) != 1 || got[0].Name != "Lead Stage" {
		t.Errorf("stored %v", got)
	}
	again.press(t, "Add field")
	again.fill(t, 0, "Another")
	again.press(t, "Cancel")
	if third := back(t, again.kit); third.kit.Window.Canvas().Overlays().Top() != nil {
		t.Error("what was cancelled comes back")
	}
}

func TestAFieldBeingChangedOutlivesTheLock(t *testing.T) {
	k := desktest.New(t)
	if _, err := k.Real.AddField(t.Context(), k.Real.Owner, data.CustomField{Name: "Stage", Kind: data.FieldList, Options: []string{"Hot"}}); err != nil {
		t.Fatal(err)
	}
	k.Settle()
	k.Drafts = &desk.Drafts{}
	s := sit(t, k)
	s.act(func() { s.fields.change(s.fields.all[0]) })
	s.fill(t, 1, "Hot\nCold")
	again := back(t, k)
	again.press(t, "Save changes")
	if got := again.stored(t); len(got) != 1 || got[0].Name != "Stage" || len(got[0].Options) != 2 {
		t.Errorf("stored %v", got)
	}
}

func TestATagBeingRenamedOutlivesTheLock(t *testing.T) {
	k := desktest.New(t)
	k.Real.Fill(t, k.Real.Owner, 919820100000, 8)
	k.Settle()
	k.Drafts = &desk.Drafts{}
	s := sit(t, k)
	s.act(func() { s.tags.change(s.tags.all[0]) })
	if untouched := back(t, k); untouched.kit.Window.Canvas().Overlays().Top() != nil {
		t.Fatal("a dialog in which nothing was typed comes back")
	} else {
		s = untouched
	}
	s.act(func() { s.tags.change(s.tags.all[0]) })
	s.fill(t, 0, "Arrivals")
	again := back(t, s.kit)
	again.press(t, "Save changes")
	tags, err := k.Real.Tags(t.Context(), k.Real.Owner)
	if err != nil || tags[0].Name != "Arrivals" {
		t.Errorf("%v %v", tags, err)
	}
}
