package team

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"lethe/app/choice"
	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
	"lethe/widgets/keys"
)

const fresh = "monsoon over the ghats"

func show(t *testing.T, k *desktest.Kit) *Page {
	t.Helper()
	k.Settle() // what the test did before is told already
	p := newPage(k.Desk)
	k.Window.SetContent(p.Content())
	k.Window.Resize(fyne.NewSize(1280, 800))
	p.Shown()
	t.Cleanup(p.Close)
	return p
}

func showRoles(t *testing.T, k *desktest.Kit) *RolesPage {
	t.Helper()
	k.Settle()
	p := newRolesPage(k.Desk)
	k.Window.SetContent(p.Content())
	k.Window.Resize(fyne.NewSize(1280, 800))
	p.Shown()
	t.Cleanup(p.Close)
	return p
}

func says(t *testing.T, k *desktest.Kit, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !desktest.Says(k.Window, text) {
			t.Fatalf("the window doesn't say %q but %q", text, desktest.Texts(k.Window))
		}
	}
}

// entries are the fields on top, from above.
func entries(k *desktest.Kit) []*keys.Entry {
	var out []*keys.Entry
	for _, o := range desktest.Objects(k.Window) {
		if e, ok := o.(*keys.Entry); ok {
			out = append(out, e)
		}
	}
	return out
}

// own types the person's password into the last field, and presses.
func own(t *testing.T, k *desktest.Kit, password, button string) {
	t.Helper()
	all := entries(k)
	all[len(all)-1].SetText(password)
	desktest.Press(t, k.Window, button)
	k.Settle()
}

func choose(t *testing.T, k *desktest.Kit, text string) {
	t.Helper()
	for _, o := range desktest.Objects(k.Window) {
		if s, ok := o.(*choice.Select); ok && slices.Contains(s.Options, text) {
			s.SetSelected(text)
			return
		}
	}
	t.Fatalf("no list has %q", text)
}

// member reads one by name, as the Account Owner's store holds them.
func member(t *testing.T, k *desktest.Kit, name string) data.User {
	t.Helper()
	users, err := k.Real.Members(t.Context(), k.Real.Owner)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range users {
		if u.Name == name {
			return u
		}
	}
	return data.User{}
}

func labels(items []*fyne.MenuItem) []string {
	var out []string
	for _, i := range items {
		out = append(out, i.Label)
	}
	return out
}

// do picks something from a member's menu.
func (p *Page) do(t *testing.T, name, label string) {
	t.Helper()
	for _, u := range p.team.members {
		if u.Name != name {
			continue
		}
		for _, item := range p.menu(u) {
			if item.Label == label {
				item.Action()
				return
			}
		}
		t.Fatalf("%s: no %q among %q", name, label, labels(p.menu(u)))
	}
	t.Fatalf("no member %q", name)
}

func unlocks(t *testing.T, k *desktest.Kit, id data.UserID, password string) error {
	t.Helper()
	f, err := store.Keys(k.Real.Dir)
	if err != nil {
		t.Fatal(err)
	}
	un, err := f.Unlock(t.Context(), id, password)
	if err == nil {
		un.Wipe()
	}
	return err
}

func TestInvite(t *testing.T) {
	k := desktest.New(t)
	show(t, k)
	says(t, k, "Asha Sharma (you)", "Account Owner", "1 member")
	desktest.Press(t, k.Window, "Invite a member")
	f := entries(k)
	f[0].SetText(" asha sharma ")
	own(t, k, storetest.Password, "Add to the team")
	says(t, k, "Somebody in the team has that name already.")
	f[0].SetText("Ravi Mehta")
	f[1].SetText("12")
	f[2].SetText("ravi@")
	own(t, k, storetest.Password, "Add to the team")
	if u := member(t, k, "Ravi Mehta"); u.ID != 0 {
		t.Fatal("added with a wrong number")
	}
	f[1].SetText("98200 00002")
	f[2].SetText("ravi@example.com")
	f[3].SetText("password1234")
	own(t, k, storetest.Password, "Add to the team")
	says(t, k, "among the first that anybody tries")
	f[3].SetText(fresh)
	own(t, k, "wrong", "Add to the team")
	says(t, k, "That password isn’t right.")
	if u := member(t, k, "Ravi Mehta"); u.ID != 0 {
		t.Fatal("added with a wrong password")
	}
	own(t, k, storetest.Password, "Add to the team")
	says(t, k, "First password for Ravi Mehta", fresh)
	desktest.Press(t, k.Window, "Done")
	u := member(t, k, "Ravi Mehta")
	if u.Phone != 919820000002 || u.Email != "ravi@example.com" || u.Role != 4 || !u.MustChangePassword || !u.Active {
		t.Errorf("added %+v", u)
	}
	if err := unlocks(t, k, u.ID, fresh); err != nil {
		t.Error(err)
	}
	says(t, k, "Ravi Mehta", "Team Member", "Never", "2 members")
}

func TestInviteRefused(t *testing.T) {
	k := desktest.New(t)
	show(t, k)
	desktest.Press(t, k.Window, "Invite a member")
	f := entries(k)
	f[0].SetText("Ravi Mehta")
	if first := f[3].Text; len(first) != 17 || strings.Count(first, "-") != 2 {
		t.Errorf("first password %q", first)
	}
	desktest.Press(t, k.Window, "Cancel")
	if u := member(t, k, "Ravi Mehta"); u.ID != 0 {
		t.Error("added by Cancel")
	}
	if f[3].Text != "" {
		t.Error("the first password outlives the dialog")
	}
}

func TestEdit(t *testing.T) {
	k := desktest.New(t)
	ravi := k.Real.Add(t, "Ravi", 4)
	p := show(t, k)
	p.do(t, "Ravi", "Edit name, phone, e-mail…")
	f := entries(k)
	f[0].SetText("Ravi Patil")
	f[1].SetText("+91 98200 00007")
	own(t, k, storetest.Password, "Save")
	if u := member(t, k, "Ravi Patil"); u.ID != ravi.User() || u.Phone != 919820000007 {
		t.Errorf("saved %+v", u)
	}
	keysFile, err := store.Keys(k.Real.Dir)
	if err != nil || keysFile.Members()[1].Name != "Ravi Patil" {
		t.Errorf("the sign-in shows %+v, %v", keysFile.Members(), err)
	}
	p.do(t, "Asha Sharma", "Edit name, phone, e-mail…")
	says(t, k, "Where confirmations go is set in Settings, not here.")
	desktest.Press(t, k.Window, "Cancel")
}

func TestChangeRoleSaysWhatChanges(t *testing.T) {
	k := desktest.New(t)
	ravi := k.Real.Add(t, "Ravi", 4)
	k.Real.Role(t, "Support", data.ViewAllCustomers, data.DeleteCustomers)
	p := show(t, k)
	p.do(t, "Ravi", "Change role…")
	choose(t, k, "Support")
	says(t, k, "Gained: Delete Customers.", "Lost: View Customer Phone Numbers, View Customer Custom Data.")
	desktest.Press(t, k.Window, "Change role")
	says(t, k, "Enter the password.")
	own(t, k, storetest.Password, "Change role")
	if rights, err := k.Real.Rights(t.Context(), ravi); err != nil || !rights.Can(data.DeleteCustomers) || rights.SeesPhones() {
		t.Errorf("rights %v, %v", rights.Set.Encode(), err)
	}
	says(t, k, "Support")
}

func TestResetDeactivateActivateRemove(t *testing.T) {
	k := desktest.New(t)
	ravi := k.Real.Add(t, "Ravi", 4)
	p := show(t, k)
	p.do(t, "Ravi", "Set a new first password…")
	entries(k)[0].SetText(fresh)
	own(t, k, storetest.Password, "Set first password")
	desktest.Press(t, k.Window, "Done")
	if err := unlocks(t, k, ravi.User(), storetest.Password); !errors.Is(err, data.ErrWrongPassword) {
		t.Errorf("the old password: %v", err)
	}
	if err := unlocks(t, k, ravi.User(), fresh); err != nil || !member(t, k, "Ravi").MustChangePassword {
		t.Errorf("the new one: %v", err)
	}
	file := func() string {
		f, err := store.Keys(k.Real.Dir)
		if err != nil {
			t.Fatal(err)
		}
		return f.Database()
	}
	before := file()
	p.do(t, "Ravi", "Deactivate…")
	own(t, k, storetest.Password, "Deactivate")
	if u := member(t, k, "Ravi"); u.Active || unlocks(t, k, ravi.User(), fresh) == nil {
		t.Error("not deactivated")
	}
	if file() == before {
		t.Error("the key was not turned, though that was ticked")
	}
	says(t, k, "Ravi (deactivated)")
	p.do(t, "Ravi", "Activate…")
	entries(k)[0].SetText(fresh)
	own(t, k, storetest.Password, "Activate")
	desktest.Press(t, k.Window, "Done")
	if err := unlocks(t, k, ravi.User(), fresh); err != nil || !member(t, k, "Ravi").Active {
		t.Errorf("not activated: %v", err)
	}
	p.do(t, "Ravi", "Remove from the team…")
	desktest.Press(t, k.Window, "Cancel")
	if member(t, k, "Ravi").ID == 0 {
		t.Fatal("removed by Cancel")
	}
	p.do(t, "Ravi", "Remove from the team…")
	all := entries(k)
	all[len(all)-1].SetText(storetest.Password)
	k.Window.Canvas().Focus(all[len(all)-1])
	desktest.Key(k.Window, fyne.KeyReturn)
	if member(t, k, "Ravi").ID == 0 {
		t.Fatal("removed by Enter")
	}
	own(t, k, storetest.Password, "Remove Ravi")
	if member(t, k, "Ravi").ID != 0 || unlocks(t, k, ravi.User(), fresh) == nil {
		t.Error("not removed")
	}
	former, err := k.Real.FormerMembers(t.Context(), k.Real.Owner)
	if err != nil || len(former) != 1 || former[0].Name != "Ravi" {
		t.Errorf("former members: %+v, %v", former, err)
	}
}

// What each role can do with whom, in menus and buttons; the store refuses the
// rest anyway (data/store).
func TestWhatEachRoleSees(t *testing.T) {
	k := desktest.New(t)
	k.Real.Add(t, "Deputy", 2)
	k.Real.Add(t, "Member", 4)
	manages := k.Real.Role(t, "Manages", data.ManageTeam)
	k.Real.Add(t, "Less", k.Real.Role(t, "Less", data.ViewTeam))
	all := []string{"Edit name, phone, e-mail…", "Change role…", "Set a new first password…", "Deactivate…", "Remove from the team…"}
	owners := slices.Insert(slices.Clone(all), 3, "Transfer ownership…")
	for _, c := range []struct {
		name   string
		actor  *store.Actor
		invite bool
		menus  map[string][]string
	}{
		{"Account Owner", k.Real.Owner, true, map[string][]string{
			"Asha Sharma": {"Edit name, phone, e-mail…"}, "Deputy": owners, "Member": owners, "Less": owners,
		}},
		{"Owner", k.Real.Add(t, "Other Owner", 2), true, map[string][]string{
			"Asha Sharma": nil, "Deputy": all, "Member": all, "Other Owner": {"Edit name, phone, e-mail…"},
		}},
		{"who manages the team", k.Real.Add(t, "Manager", manages), true, map[string][]string{
			"Asha Sharma": nil, "Deputy": nil, "Member": nil, "Less": all, "Manager": {"Edit name, phone, e-mail…"},
		}},
		{"who sees the team", k.Real.Add(t, "Viewer", k.Real.Role(t, "Sees", data.ViewTeam)), false, map[string][]string{
			"Asha Sharma": nil, "Deputy": nil, "Member": nil, "Less": nil, "Viewer": nil,
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			seat := k.As(t, c.actor)
			p := show(t, seat)
			if got := desktest.Offers(seat.Window, "Invite a member"); got != c.invite {
				t.Errorf("invite: %v", got)
			}
			for _, u := range p.team.members {
				want, asked := c.menus[u.Name]
				if got := labels(p.menu(u)); asked && !slices.Equal(got, want) {
					t.Errorf("%s: %q, want %q", u.Name, got, want)
				}
			}
			if c.name == "who sees the team" && desktest.Offers(seat.Window, "Manage") {
				t.Error("a button without anything behind it")
			}
		})
	}
	for role, sees := range map[data.RoleID]bool{2: true, 3: false, 4: false} {
		rights, err := k.Real.Rights(t.Context(), k.Real.Add(t, "Somebody "+string(rune('0'+role)), role))
		if err != nil || Entry().Allowed(rights) != sees || RolesEntry().Allowed(rights) != sees {
			t.Errorf("role %d: the page exists: %v, %v", role, Entry().Allowed(rights), err)
		}
	}
}

func TestTheSampleAsksForNoPassword(t *testing.T) {
	k := desktest.New(t)
	k.Demo, k.Password = true, storetest.Password
	show(t, k)
	desktest.Press(t, k.Window, "Invite a member")
	for _, e := range entries(k) {
		if e.Password {
			t.Error("a password is asked for that nobody knows")
		}
	}
	entries(k)[0].SetText("Ravi")
	desktest.Press(t, k.Window, "Add to the team")
	k.Settle()
	if member(t, k, "Ravi").ID == 0 {
		t.Error("not added")
	}
}

// Hostile and long names stay in their row.
func TestHostileNames(t *testing.T) {
	k := desktest.New(t)
	for _, name := range []string{"Eve\u202egnp.exe", strings.Repeat("म", data.NameMax), "Zero\u200bWidth"} {
		k.Real.Add(t, name, 4)
	}
	show(t, k)
	for _, o := range desktest.Objects(k.Window) {
		if l, ok := o.(*widget.Label); ok && strings.ContainsAny(l.Text, "\u202e\u200b\n") {
			t.Errorf("%q", l.Text)
		}
	}
}
