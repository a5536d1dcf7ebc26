package team

import (
	"slices"
	"testing"

	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/data/store/storetest"
)

func (e *editor) row(t *testing.T, p data.Permission) *permissionRow {
	t.Helper()
	for _, r := range e.rows {
		if r.info.Permission == p {
			return r
		}
	}
	t.Fatalf("%s isn't listed", p)
	return nil
}

// stored reads a role by name, as the Account Owner's store holds it.
func stored(t *testing.T, k *desktest.Kit, name string) data.Role {
	t.Helper()
	roles, err := k.Real.Roles(t.Context(), k.Real.Owner)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range roles {
		if r.Name == name {
			return r
		}
	}
	return data.Role{}
}

func (p *RolesPage) showNamed(t *testing.T, name string) {
	t.Helper()
	for _, r := range p.team.roles {
		if r.Name == name || p.desk.Words.Role(r) == name {
			p.show(r)
			return
		}
	}
	t.Fatalf("no role %q", name)
}

func TestEveryPermissionIsListedAndDeleteAllIsNot(t *testing.T) {
	k := desktest.New(t)
	p := showRoles(t, k)
	if len(p.editor.rows) != len(data.Permissions()) {
		t.Errorf("%d rows", len(p.editor.rows))
	}
	says(t, k, "Ability to delete customers, one, selected or filtered", "Delete All is not among them")
	p.editor.search.SetText("phone NUMBERS")
	says(t, k, "Ability to view customers’ phone numbers")
	if desktest.Says(k.Window, "Ability to make backups") || desktest.Says(k.Window, "Records") {
		t.Error("the search finds everything")
	}
	p.editor.search.SetText("xyzzy")
	says(t, k, "No permission is called that.")
}

func TestCreateRole(t *testing.T) {
	k := desktest.New(t)
	p := showRoles(t, k)
	desktest.Press(t, k.Window, "Create New Role")
	e := p.editor
	e.row(t, data.ImportCustomers).tick.Toggle()
	for _, needed := range []data.Permission{data.ViewPhoneNumbers, data.ViewAllCustomers} {
		row := e.row(t, needed)
		if !row.tick.On() || row.hint.Text() != "Stays on: Import Customers can’t do without it." {
			t.Errorf("%s: on %v, %q", needed, row.tick.On(), row.hint.Text())
		}
		if row.tick.Toggle(); !row.tick.On() {
			t.Errorf("%s can be taken away", needed)
		}
	}
	e.row(t, data.ImportCustomers).tick.Toggle()
	free := e.row(t, data.ViewPhoneNumbers).tick
	if free.Toggle(); free.On() {
		t.Error("it stays locked")
	}
	e.row(t, data.DeleteCustomers).tick.Toggle()
	desktest.Press(t, k.Window, "Create role")
	says(t, k, "A name is needed.")
	e.name.SetText("team lead")
	desktest.Press(t, k.Window, "Create role")
	says(t, k, "Another role has that name already.")
	e.name.SetText("Cleaner")
	desktest.Press(t, k.Window, "Create role")
	says(t, k, "Create the role Cleaner?", "May: View All Customers, Delete Customers.")
	desktest.Press(t, k.Window, "Cancel")
	if stored(t, k, "Cleaner").ID != 0 || !p.Unsaved() {
		t.Fatal("created by Cancel, or the draft is lost")
	}
	desktest.Press(t, k.Window, "Create role")
	own(t, k, storetest.Password, "Create role")
	if r := stored(t, k, "Cleaner"); r.Permissions.Encode() != data.NewPermissionSet(data.ViewAllCustomers, data.DeleteCustomers).Encode() {
		t.Errorf("created %+v", r)
	}
	if p.role.Name != "Cleaner" || p.Unsaved() {
		t.Errorf("shows %+v", p.role)
	}
}

func TestPredefinedRolesStayAndCanBeDuplicated(t *testing.T) {
	k := desktest.New(t)
	p := showRoles(t, k)
	for _, name := range []string{"Account Owner", "Owner", "Team Lead", "Team Member"} {
		p.showNamed(t, name)
		if p.editor.writable || desktest.Offers(k.Window, "Save role") || desktest.Offers(k.Window, "Delete role…") {
			t.Errorf("%s can be changed", name)
		}
		row := p.editor.row(t, data.BackUp)
		before := row.tick.On()
		if row.tick.Toggle(); row.tick.On() != before {
			t.Errorf("%s can be ticked", name)
		}
		if got := desktest.Offers(k.Window, "Duplicate"); got != (name != "Account Owner") {
			t.Errorf("%s: duplicate %v", name, got)
		}
	}
	says(t, k, "differs from Team Lead in name only")
	desktest.Press(t, k.Window, "Duplicate")
	if p.editor.name.Text() != "Copy of Team Member" {
		t.Errorf("a copy is called %q", p.editor.name.Text())
	}
	desktest.Press(t, k.Window, "Create role")
	own(t, k, storetest.Password, "Create role")
	if r := stored(t, k, "Copy of Team Member"); len(r.Permissions) != 3 {
		t.Errorf("the copy: %+v", r)
	}
}

func TestChangeOfARoleInUseSaysWhoGainsAndLoses(t *testing.T) {
	k := desktest.New(t)
	ravi := k.Real.Add(t, "Ravi", k.Real.Role(t, "Support", data.ViewAllCustomers, data.ViewAuditLog))
	p := showRoles(t, k)
	p.showNamed(t, "Support")
	says(t, k, "Who has it: Ravi")
	p.editor.row(t, data.ViewAuditLog).tick.Toggle()
	p.editor.row(t, data.DeleteCustomers).tick.Toggle()
	desktest.Press(t, k.Window, "Save role")
	says(t, k, "1 member has this role: Ravi.", "Gained: Delete Customers.", "Lost: View Audit Log.")
	// Somebody gets the role while the dialog is open: what was shown is not what would happen.
	k.Real.Add(t, "Neha", stored(t, k, "Support").ID)
	k.Settle()
	own(t, k, storetest.Password, "Save role")
	says(t, k, "Somebody else changed this while you were looking.")
	if stored(t, k, "Support").Permissions[data.DeleteCustomers] {
		t.Fatal("changed all the same")
	}
	desktest.Press(t, k.Window, "Cancel")
	desktest.Press(t, k.Window, "Save role")
	says(t, k, "2 members have this role: Ravi, Neha.")
	own(t, k, storetest.Password, "Save role")
	rights, err := k.Real.Rights(t.Context(), ravi)
	if err != nil || !rights.Can(data.DeleteCustomers) || rights.Can(data.ViewAuditLog) {
		t.Errorf("rights %v, %v", rights.Set.Encode(), err)
	}
}

func TestDeleteARoleInUse(t *testing.T) {
	k := desktest.New(t)
	ravi := k.Real.Add(t, "Ravi", k.Real.Role(t, "Support", data.DeleteCustomers))
	p := showRoles(t, k)
	p.showNamed(t, "Support")
	desktest.Press(t, k.Window, "Delete role…")
	says(t, k, "They get this role in its place", "Gained: View All Customers", "Lost: Delete Customers.")
	desktest.Press(t, k.Window, "Cancel")
	if stored(t, k, "Support").ID == 0 {
		t.Fatal("deleted by Cancel")
	}
	desktest.Press(t, k.Window, "Delete role…")
	own(t, k, storetest.Password, "Delete role")
	if stored(t, k, "Support").ID != 0 {
		t.Error("not deleted")
	}
	if u, r, err := k.Real.Me(t.Context(), ravi); err != nil || r.Kind != data.TeamMember || !u.Active {
		t.Errorf("Ravi is %+v, %+v, %v: signed in while the role went", u, r, err)
	}
}

func TestWhoMayChangeWhichRole(t *testing.T) {
	k := desktest.New(t)
	manager := k.Real.Role(t, "Managers", data.ManageRoles, data.ViewAuditLog, data.DeleteCustomers)
	k.Real.Role(t, "Less", data.ViewAuditLog)
	k.Real.Role(t, "More", data.ViewOutbox)
	seat := k.As(t, k.Real.Add(t, "Mira", manager))
	p := showRoles(t, seat)
	for name, want := range map[string]string{
		"Managers": "This is your own role. Nobody changes their own.",
		"More":     "It allows more than your own role, so you can’t change it.",
		"Owner":    "It is predefined and stays as it is",
	} {
		p.showNamed(t, name)
		says(t, seat, want)
		if desktest.Offers(seat.Window, "Save role") {
			t.Errorf("%s can be changed", name)
		}
	}
	p.showNamed(t, "Less")
	for permission, want := range map[data.Permission]string{
		data.DeleteCustomers: "Only the Account Owner and Owners grant this.",
		data.ViewOutbox:      "You can’t grant what your own role doesn’t allow.",
	} {
		row := p.editor.row(t, permission)
		if row.tick.Toggle(); row.tick.On() || row.hint.Text() != want {
			t.Errorf("%s: on %v, %q", permission, row.tick.On(), row.hint.Text())
		}
	}
	vera := k.Real.Add(t, "Vera", k.Real.Role(t, "Sees", data.ViewTeam))
	seat.Settle() // its page shows her before another window is drawn
	viewer := k.As(t, vera)
	q := showRoles(t, viewer)
	for _, r := range q.team.roles {
		q.show(r)
		for _, b := range []string{"Save role", "Create New Role", "Duplicate", "Delete role…", "Create role"} {
			if desktest.Offers(viewer.Window, b) {
				t.Errorf("who may only look is offered %q", b)
			}
		}
	}
}

func TestUnsavedChangesAreAskedAbout(t *testing.T) {
	k := desktest.New(t)
	k.Real.Role(t, "Support", data.ViewAuditLog)
	p := showRoles(t, k)
	p.showNamed(t, "Support")
	p.editor.row(t, data.ViewOutbox).tick.Toggle()
	k.Real.Role(t, "Another") // the list changes meanwhile
	k.Settle()
	if !p.editor.set[data.ViewOutbox] {
		t.Error("a change elsewhere drops what is being changed")
	}
	desktest.Press(t, k.Window, "Create New Role")
	says(t, k, "Drop what you changed?")
	desktest.Press(t, k.Window, "Stay")
	if p.role.Name != "Support" || !p.Unsaved() {
		t.Error("Stay leaves")
	}
	desktest.Press(t, k.Window, "Create New Role")
	desktest.Press(t, k.Window, "Drop changes")
	if p.role.ID != 0 || p.Unsaved() {
		t.Errorf("shows %+v", p.role)
	}
	if !slices.Contains(desktest.Texts(k.Window), "Name of the role") {
		t.Error("no draft")
	}
}
