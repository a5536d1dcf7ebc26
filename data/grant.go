package data

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Who may do what with roles and members. The window hides by these rules, the
// store refuses by them, so that a wrong window can't widen anything:
//
//   - Nobody grants what they lack, and only the Account Owner and Owners grant
//     DeleteCustomers.
//   - Nobody changes their own role, or what it allows.
//   - Nobody touches a member or a role with more rights than their own. The
//     Account Owner is touched by nobody else.

// MayGrant tells whether the person may put p into a role.
func (r Rights) MayGrant(p Permission) bool {
	return r.Can(p) && (p != DeleteCustomers || r.CanDeleteAll())
}

// MayGrantAll tells whether the person may put all of a set into a role.
func (r Rights) MayGrantAll(set PermissionSet) bool {
	for p, on := range set {
		if on && !r.MayGrant(p) {
			return false
		}
	}
	return true
}

// MayAddRole tells whether the person may make a role with these permissions.
func (r Rights) MayAddRole(set PermissionSet) bool {
	return r.Can(ManageRoles) && r.MayGrantAll(set)
}

// MayTouchRole tells whether the person may change or delete a role at all.
// Predefined ones are as they are.
func (r Rights) MayTouchRole(role Role) bool {
	return r.Can(ManageRoles) && role.Kind == CustomRole && role.ID != r.Role && role.Granted().Within(r.Set)
}

// MayChangeRole tells whether the person may give a role these permissions in
// place of those that it has. What it keeps needn't be granted anew.
func (r Rights) MayChangeRole(role Role, next PermissionSet) bool {
	for _, p := range next.Less(role.Granted()) {
		if !r.MayGrant(p) {
			return false
		}
	}
	return r.MayTouchRole(role)
}

// MayAssign tells whether the person may give somebody this role. There is one
// Account Owner, made otherwise.
func (r Rights) MayAssign(role Role) bool {
	switch role.Kind {
	case AccountOwner:
		return false
	case Owner:
		return r.Can(ManageTeam) && r.CanDeleteAll()
	}
	return r.Can(ManageTeam) && r.MayGrantAll(role.Granted())
}

// MayManage tells whether the person may change a member of that role: their
// role, their password, whether they can sign in, whether they are there.
// Nobody does so with themselves.
func (r Rights) MayManage(u User, role Role) bool {
	if !r.Can(ManageTeam) || u.ID == r.User || u.Role != role.ID {
		return false
	}
	switch role.Kind {
	case AccountOwner:
		return false
	case Owner:
		return r.CanDeleteAll()
	}
	return role.Granted().Within(r.Set)
}

// MayEdit tells whether the person may change a member's name, phone and mail:
// of those whom they manage, and their own. Where the confirmations to the
// Account Owner go is settled elsewhere.
func (r Rights) MayEdit(u User, role Role) bool {
	return r.MayManage(u, role) || u.ID == r.User && r.Can(ManageTeam)
}

// NameMax is the longest name of a member or a role, in characters.
const NameMax = 60

// CheckName tells whether a name of a member or a role will do. The error is
// ErrNameNeeded or ErrNameLong.
func CheckName(name string) error {
	seen := func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.In(r, unicode.C, unicode.M)
	}
	switch name = strings.TrimSpace(name); {
	case !strings.ContainsFunc(name, seen):
		return ErrNameNeeded
	case utf8.RuneCountInString(name) > NameMax:
		return ErrNameLong
	}
	return nil
}

// RoleImpact is what a change of a role means for those who have it.
type RoleImpact struct {
	Gains, Loses []Permission // in the order of Permissions
	Members      []User       // who have the role, deactivated ones too
}

// ImpactOf tells what giving a role these permissions means for its members.
func ImpactOf(role Role, next PermissionSet, team []User) RoleImpact {
	before := role.Granted()
	out := RoleImpact{Gains: next.Less(before), Loses: before.Less(next)}
	for _, u := range team {
		if u.Role == role.ID {
			out.Members = append(out.Members, u)
		}
	}
	return out
}

// None tells whether nobody gains or loses anything.
func (i RoleImpact) None() bool { return len(i.Members) == 0 || len(i.Gains)+len(i.Loses) == 0 }
