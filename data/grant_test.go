package data_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lethe/data"
)

func anySet(t *rapid.T, label string) data.PermissionSet {
	var ps []data.Permission
	for _, info := range data.Permissions() {
		if rapid.Bool().Draw(t, label+" "+string(info.Permission)) {
			ps = append(ps, info.Permission)
		}
	}
	return data.NewPermissionSet(ps...)
}

func anyRole(t *rapid.T, label string) data.Role {
	kind := rapid.SampledFrom([]data.RoleKind{
		data.AccountOwner, data.Owner, data.TeamLead, data.TeamMember,
		data.CustomRole, data.CustomRole, data.CustomRole, data.CustomRole,
	}).Draw(t, label+" kind")
	id := data.RoleID(slices.Index([]data.RoleKind{data.AccountOwner, data.Owner, data.TeamLead, data.TeamMember}, kind) + 1)
	r := data.Role{ID: id, Kind: kind}
	if kind == data.CustomRole {
		r.ID = data.RoleID(rapid.IntRange(5, 8).Draw(t, label+" id"))
		r.Permissions = anySet(t, label)
	}
	return r
}

// Whatever somebody does with roles and members, nobody ends up with more than
// the one who did it may give: not by a new role, not by a changed one, not by
// a role given to somebody, not by taking somebody over.
func TestNobodyEscalates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mine, other := anyRole(t, "mine"), anyRole(t, "other")
		if mine.ID == other.ID {
			other = mine
		}
		me := data.RightsOf(data.User{ID: 1, Role: mine.ID, Active: true}, mine)
		them := data.User{ID: 2, Role: other.ID, Active: true}
		next := anySet(t, "next")
		owners := me.CanDeleteAll()
		if me.MayAddRole(next) && (!next.Within(me.Set) || next[data.DeleteCustomers] && !owners || !me.Can(data.ManageRoles)) {
			t.Fatal("a new role with more")
		}
		if me.MayChangeRole(other, next) {
			added := data.NewPermissionSet(next.Less(other.Granted())...)
			switch {
			case other.Kind != data.CustomRole, other.ID == mine.ID, !me.Can(data.ManageRoles):
				t.Fatal("a role that isn't theirs to change")
			case !next.Within(me.Set), !other.Granted().Within(me.Set):
				t.Fatal("a changed role with more, or that had more")
			case !owners && !other.Granted()[data.DeleteCustomers] && added[data.DeleteCustomers]:
				t.Fatal("Delete Customers by somebody who is no Owner")
			}
		}
		if me.MayAssign(other) {
			switch {
			case other.Kind == data.AccountOwner, !me.Can(data.ManageTeam), !other.Granted().Within(me.Set):
				t.Fatal("a role with more for somebody")
			case other.Granted()[data.DeleteCustomers] && !owners, other.Kind == data.Owner && !owners:
				t.Fatal("Delete Customers, or everything, by somebody who is no Owner")
			}
		}
		if me.MayManage(them, other) {
			switch {
			case other.Kind == data.AccountOwner, !other.Granted().Within(me.Set), other.Kind == data.Owner && !owners:
				t.Fatal("somebody with more rights, taken over")
			}
		}
		me2 := data.User{ID: 1, Role: mine.ID, Active: true}
		if me.MayManage(me2, mine) || me.MayTouchRole(mine) {
			t.Fatal("oneself")
		}
	})
}

func TestOwnersMayAllOfIt(t *testing.T) {
	custom := data.Role{ID: 5, Kind: data.CustomRole, Permissions: data.NewPermissionSet(data.DeleteCustomers)}
	for _, mine := range []data.Role{{ID: 1, Kind: data.AccountOwner}, {ID: 2, Kind: data.Owner}} {
		me := data.RightsOf(data.User{ID: 1, Role: mine.ID, Active: true}, mine)
		owner := data.Role{ID: 2, Kind: data.Owner}
		switch {
		case !me.MayAddRole(data.AllPermissions()), !me.MayChangeRole(custom, nil), !me.MayAssign(custom), !me.MayAssign(owner):
			t.Errorf("%s: roles", mine.Kind)
		case !me.MayManage(data.User{ID: 2, Role: 2, Active: true}, owner), !me.MayManage(data.User{ID: 2, Role: 5}, custom):
			t.Errorf("%s: members, also deactivated ones", mine.Kind)
		case me.MayManage(data.User{ID: 2, Role: 2}, custom):
			t.Errorf("%s: one of another role", mine.Kind)
		case me.MayEdit(data.User{ID: 3, Role: 1}, data.Role{ID: 1, Kind: data.AccountOwner}):
			t.Errorf("%s: the Account Owner by another", mine.Kind)
		case !me.MayEdit(data.User{ID: 1, Role: mine.ID}, mine):
			t.Errorf("%s: one's own name", mine.Kind)
		}
	}
}

func TestHolding(t *testing.T) {
	set := data.NewPermissionSet(data.ImportCustomers, data.ManageTeam)
	for p, want := range map[data.Permission][]data.Permission{
		data.ViewPhoneNumbers: {data.ImportCustomers},
		data.ViewAllCustomers: {data.ImportCustomers},
		data.ViewTeam:         {data.ManageTeam},
		data.ManageTeam:       nil,
		data.ViewCustomData:   nil,
	} {
		if got := set.Holding(p); !slices.Equal(got, want) {
			t.Errorf("%s is held by %v", p, got)
		}
	}
}

func TestImpact(t *testing.T) {
	role := data.Role{ID: 5, Kind: data.CustomRole, Permissions: data.NewPermissionSet(data.DeleteCustomers, data.ViewTeam)}
	team := []data.User{
		{ID: 1, Role: 1, Active: true}, {ID: 2, Role: 5, Active: true}, {ID: 3, Role: 5},
	}
	i := data.ImpactOf(role, data.NewPermissionSet(data.ViewTeam, data.ExportCustomers, data.EditCustomers), team)
	if !slices.Equal(i.Gains, []data.Permission{data.EditCustomers, data.ExportCustomers}) ||
		!slices.Equal(i.Loses, []data.Permission{data.DeleteCustomers}) {
		t.Errorf("%+v", i)
	}
	if len(i.Members) != 2 || i.None() {
		t.Errorf("%d members, none %v", len(i.Members), i.None())
	}
	if !data.ImpactOf(role, role.Permissions, team).None() || !data.ImpactOf(data.Role{ID: 9, Kind: data.CustomRole}, data.AllPermissions(), team).None() {
		t.Error("nothing changes for anybody, and yet it does")
	}
}

func TestNames(t *testing.T) {
	for name, want := range map[string]error{
		"Asha": nil, "😀": nil, " \t": data.ErrNameNeeded, "\u200b\u0301\u202e": data.ErrNameNeeded, "": data.ErrNameNeeded,
		strings.Repeat("आ", data.NameMax): nil, strings.Repeat("a", data.NameMax+1): data.ErrNameLong,
	} {
		if err := data.CheckName(name); !errors.Is(err, want) {
			t.Errorf("%.10q: %v", name, err)
		}
	}
}
