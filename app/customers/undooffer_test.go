package customers

import (
	"testing"

	"lethe/app/desk"
	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/data/store"
)

// The strip offers to undo an import while somebody is left whom it added and
// nobody touched, whatever else was done meanwhile.
func TestUndoIsOfferedWhileThereIsSomethingToUndo(t *testing.T) {
	const offer = "Undo this import"
	remove := func(t *testing.T, k *desktest.Kit, req store.SealRequest) {
		t.Helper()
		var err error
		if req.Changes, err = k.Real.Changes(t.Context(), k.Actor); err != nil {
			t.Fatal(err)
		}
		p, err := k.Purger.Seal(t.Context(), k.Actor, req)
		if err != nil {
			t.Fatal(err)
		}
		auth, err := k.Purger.Authorise(t.Context(), k.Actor, p, k.Real.Code())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := k.Purger.Execute(t.Context(), k.Actor, p, auth, func(data.Receipt) (string, string) { return "", "" }, nil); err != nil {
			t.Fatal(err)
		}
	}
	for name, act := range map[string]func(*testing.T, *desktest.Kit){
		"undone": func(t *testing.T, k *desktest.Kit) {
			done, err := k.Store.LastImport(t.Context(), k.Actor)
			if err != nil {
				t.Fatal(err)
			}
			p, err := k.Purger.SealUndo(t.Context(), k.Actor, done.ID)
			if err == nil {
				_, err = k.Purger.Execute(t.Context(), k.Actor, p, nil, func(data.Receipt) (string, string) { return "", "" }, nil)
			}
			if err != nil {
				t.Fatal(err)
			}
		},
		"everybody deleted": func(t *testing.T, k *desktest.Kit) { remove(t, k, store.SealRequest{Way: data.WayAll}) },
		"all of it deleted by hand": func(t *testing.T, k *desktest.Kit) {
			remove(t, k, store.SealRequest{Way: data.WaySelected, IDs: k.Real.IDs(t)})
		},
		"all of it touched": func(t *testing.T, k *desktest.Kit) {
			for _, id := range k.Real.IDs(t) {
				if err := k.Store.AddNote(t.Context(), k.Actor, id, "A note"); err != nil {
					t.Fatal(err)
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			k := desktest.New(t)
			k.Real.Enrol(t)
			p := sit(t, k)
			p.startImport = func(_ *desk.Desk, _ string, done func()) {
				k.Real.Fill(t, k.Actor, 919820100000, 30)
				done()
			}
			p.Import("")
			k.Settle()
			if !desktest.Offers(k.Window, offer) {
				t.Fatal("after the import it is not offered")
			}
			// One fewer changes nothing.
			if err := k.Store.AddNote(t.Context(), k.Actor, k.Real.IDs(t)[0], "A note"); err != nil {
				t.Fatal(err)
			}
			k.Settle()
			if !desktest.Offers(k.Window, offer) {
				t.Error("with one of them touched it is no longer offered")
			}
			act(t, k)
			k.Settle()
			if desktest.Offers(k.Window, offer) {
				t.Errorf("%s, and it is still offered", name)
			}
		})
	}
}
