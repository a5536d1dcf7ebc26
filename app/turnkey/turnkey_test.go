package turnkey_test

import (
	"path/filepath"
	"testing"

	"lethe/app/desk/desktest"
	"lethe/app/turnkey"
	"lethe/data"
	"lethe/data/store/storetest"
)

func database(t *testing.T, s *storetest.Store) string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(s.Dir, "customers-*.lethe"))
	if err != nil || len(list) != 1 {
		t.Fatalf("%v, %v", list, err)
	}
	return list[0]
}

func TestTheKeyIsTurnedOrNot(t *testing.T) {
	k := desktest.New(t)
	k.Real.Fill(t, k.Real.Owner, 919820100000, 40)
	before := database(t, k.Real)
	turnkey.Open(k.Desk)
	for _, text := range []string{"Turn the key of the list?", "more for a moment", "are free"} {
		if !desktest.Says(k.Window, text) {
			t.Errorf("nothing says %q in %q", text, desktest.Texts(k.Window))
		}
	}
	desktest.Press(t, k.Window, "Cancel")
	if database(t, k.Real) != before || len(k.Said) != 0 {
		t.Error("refused, it was turned")
	}
	turnkey.Open(k.Desk)
	desktest.Press(t, k.Window, "Turn the key")
	if database(t, k.Real) == before || len(k.Said) != 1 || k.Said[0] != "The key was turned." {
		t.Errorf("it was not turned: %q", k.Said)
	}
	if n := len(k.Real.IDs(t)); n != 40 {
		t.Errorf("%d customers", n)
	}
	if k.Window.Canvas().Overlays().Top() != nil {
		t.Error("the dialog is still open")
	}
}

func TestWhoLostTheRightMeanwhileIsRefused(t *testing.T) {
	k := desktest.New(t)
	a := k.Real.Add(t, "Ravi", k.Real.Role(t, "Keeps the team", data.ManageTeam))
	r := k.As(t, a)
	if !turnkey.Allowed(r.Rights()) {
		t.Fatal("the right is not enough")
	}
	before := database(t, k.Real)
	turnkey.Open(r.Desk)
	if err := k.Real.DeactivateUser(t.Context(), k.Real.Owner, storetest.Password, a.User()); err != nil {
		t.Fatal(err)
	}
	desktest.Press(t, r.Window, "Turn the key")
	if database(t, k.Real) != before {
		t.Error("it was turned")
	}
	if r.Window.Canvas().Overlays().Top() == nil {
		t.Error("the dialog says nothing")
	}
	if turnkey.Allowed(data.Rights{User: 9, Kind: data.TeamMember, Set: data.NewPermissionSet()}) {
		t.Error("a Team Member may")
	}
}
