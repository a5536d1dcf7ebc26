package data_test

import (
	"maps"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lethe/data"
)

func TestRoles(t *testing.T) {
	all := data.AllPermissions()
	team := data.NewPermissionSet(data.ViewAllCustomers, data.ViewPhoneNumbers, data.ViewCustomData)
	ticked := data.NewPermissionSet(data.DeleteCustomers, data.ManageTeam)
	for _, c := range []struct {
		role      data.Role
		want      data.PermissionSet
		deleteAll bool
		account   bool
	}{
		{data.Role{ID: 1, Kind: data.AccountOwner}, all, true, true},
		{data.Role{ID: 2, Kind: data.Owner}, all, true, false},
		{data.Role{ID: 3, Kind: data.TeamLead}, team, false, false},
		{data.Role{ID: 4, Kind: data.TeamMember}, team, false, false},
		{data.Role{ID: 4, Kind: data.TeamMember, Permissions: all}, team, false, false}, // follows its kind
		{data.Role{ID: 5, Kind: data.CustomRole, Permissions: ticked}, ticked, false, false},
		{data.Role{ID: 6, Kind: data.CustomRole, Permissions: all}, all, false, false},
		{data.Role{ID: 7, Kind: data.CustomRole}, nil, false, false},
		{data.Role{ID: 8, Kind: "superuser", Permissions: all}, nil, false, false},
	} {
		r := data.RightsOf(data.User{ID: 9, Role: c.role.ID, Active: true}, c.role)
		for _, info := range data.Permissions() {
			if r.Can(info.Permission) != c.want[info.Permission] {
				t.Errorf("%s %s: %v", c.role.Kind, info.Permission, r.Can(info.Permission))
			}
		}
		if r.CanDeleteAll() != c.deleteAll || r.IsAccountOwner() != c.account || r.SeesPhones() != c.want[data.ViewPhoneNumbers] {
			t.Errorf("%s: %+v", c.role.Kind, r)
		}
	}
}

func TestWhoHasNoRights(t *testing.T) {
	owner := data.Role{ID: 1, Kind: data.AccountOwner}
	for name, r := range map[string]data.Rights{
		"deactivated":     data.RightsOf(data.User{ID: 1, Role: 1}, owner),
		"of another role": data.RightsOf(data.User{ID: 1, Role: 2, Active: true}, owner),
		"zero":            {},
	} {
		if r.CanDeleteAll() || r.IsAccountOwner() || r.SeesPhones() || r.Can(data.DeleteCustomers) || r.User != 0 {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestPermissions(t *testing.T) {
	seen := map[data.Permission]bool{}
	for _, info := range data.Permissions() {
		if seen[info.Permission] || info.Group == "" {
			t.Errorf("%+v", info)
		}
		seen[info.Permission] = true
	}
	for _, info := range data.Permissions() {
		for _, n := range info.Needs {
			if !seen[n] {
				t.Errorf("%s needs %s, which is none", info.Permission, n)
			}
		}
		set := data.NewPermissionSet(info.Permission)
		for _, n := range info.Needs {
			if !set[n] {
				t.Errorf("%s without %s", info.Permission, n)
			}
		}
	}
	if len(data.AllPermissions()) != len(seen) || seen["delete_all"] {
		t.Error("Delete All can't be granted")
	}
	if len(data.NewPermissionSet("delete_all", "", "View_Team")) != 0 {
		t.Error("a word that is no permission grants something")
	}
}

func TestPermissionSetsComeBack(t *testing.T) {
	var names []string
	for _, info := range data.Permissions() {
		names = append(names, string(info.Permission))
	}
	rapid.Check(t, func(t *rapid.T) {
		var ps []data.Permission
		for _, n := range rapid.SliceOf(rapid.SampledFrom(append(names, "unknown", ""))).Draw(t, "permissions") {
			ps = append(ps, data.Permission(n))
		}
		set := data.NewPermissionSet(ps...)
		back := data.DecodePermissions(set.Encode())
		if !maps.Equal(set, back) || back.Encode() != set.Encode() {
			t.Fatalf("%v came back as %v", set, back)
		}
	})
}

func TestPasswordDelay(t *testing.T) {
	want := []time.Duration{0, 1, 2, 4, 8, 16, 30, 30}
	for wrong, seconds := range want {
		if got := data.PasswordDelay(wrong); got != seconds*time.Second {
			t.Errorf("after %d wrong ones: %v", wrong, got)
		}
	}
}

func TestLockAfter(t *testing.T) {
	s := data.Settings{}
	if s.LockAfter(data.AccountOwner) != 5*time.Minute || s.LockAfter(data.Owner) != 5*time.Minute ||
		s.LockAfter(data.TeamLead) != 10*time.Minute || s.LockAfter(data.CustomRole) != 10*time.Minute {
		t.Error("the usual times")
	}
	s = data.Settings{LockOwners: 1, LockOthers: data.MaxLock + 1}
	if s.LockAfter(data.Owner) != time.Minute || s.LockAfter(data.TeamMember) != 10*time.Minute {
		t.Error("a setting, and one that is none")
	}
}
