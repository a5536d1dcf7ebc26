package store

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"lethe/data"
	"lethe/data/fold"
)

// Roles are changed by whom the rules of package data let (data/grant.go), with
// their own password again: own. What the person was shown is what happens: a
// role, or a set of members, that changed meanwhile is data.ErrConflict.

// AddRole makes a custom role. It needs ManageRoles; nobody grants what they
// lack, and only the Account Owner and Owners grant DeleteCustomers. Errors
// besides: data.ErrNameNeeded, data.ErrNameLong, a *data.Taken.
func (s *Store) AddRole(ctx context.Context, a *Actor, own string, r data.Role) (data.RoleID, error) {
	if err := s.checkPassword(ctx, a, data.OpAddRole, own); err != nil {
		return 0, err
	}
	var id data.RoleID
	err := s.write(ctx, a, data.OpAddRole, func(t *tx) error {
		set := whole(r.Permissions)
		if !t.rights.MayAddRole(set) {
			return data.ErrDenied
		}
		name, err := t.roleName(ctx, r.Name, 0)
		if err != nil {
			return err
		}
		res, err := t.ExecContext(ctx, "INSERT INTO roles (kind, name) VALUES (?, ?)", string(data.CustomRole), name)
		if err != nil {
			return err
		}
		n, err := res.LastInsertId()
		if err != nil {
			return err
		}
		id = data.RoleID(n)
		if err := t.grant(ctx, id, set); err != nil {
			return err
		}
		t.publish(data.Event{Kind: data.TeamChanged})
		return t.audit(ctx, data.AuditRoleAdded, facts{"role": strconv.FormatInt(n, 10), "permissions": set.Encode()})
	})
	return id, err
}

// EditRole changes the name and the permissions of a custom role to those of
// next. was is the role as the person saw it, told are the members whom they
// were told of. Its errors are those of AddRole, and data.ErrConflict.
func (s *Store) EditRole(ctx context.Context, a *Actor, own string, was, next data.Role, told []data.UserID) error {
	if err := s.checkPassword(ctx, a, data.OpEditRole, own); err != nil {
		return err
	}
	return s.write(ctx, a, data.OpEditRole, func(t *tx) error {
		set := whole(next.Permissions)
		old, _, err := t.roleAsSeen(ctx, was, told)
		if err != nil {
			return err
		}
		if !t.rights.MayChangeRole(old, set) {
			return data.ErrDenied
		}
		name, err := t.roleName(ctx, next.Name, old.ID)
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, "UPDATE roles SET name = ? WHERE id = ?", name, int64(old.ID)); err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, "DELETE FROM role_permissions WHERE role_id = ?", int64(old.ID)); err != nil {
			return err
		}
		if err := t.grant(ctx, old.ID, set); err != nil {
			return err
		}
		t.publish(data.Event{Kind: data.TeamChanged})
		return t.audit(ctx, data.AuditRoleChanged, facts{
			"role": strconv.FormatInt(int64(old.ID), 10), "permissions": set.Encode(),
			"permissions_before": old.Permissions.Encode(),
		})
	})
}

// DeleteRole removes a custom role. Its members, of whom the person was told,
// get the role to; where there are members and to is 0, it answers
// data.ErrRoleInUse. It takes the right to give each of them that role.
func (s *Store) DeleteRole(ctx context.Context, a *Actor, own string, was data.Role, to data.RoleID, told []data.UserID) error {
	if err := s.checkPassword(ctx, a, data.OpDeleteRole, own); err != nil {
		return err
	}
	return s.write(ctx, a, data.OpDeleteRole, func(t *tx) error {
		old, members, err := t.roleAsSeen(ctx, was, told)
		if err != nil {
			return err
		}
		if !t.rights.MayTouchRole(old) || to == old.ID {
			return data.ErrDenied
		}
		if len(members) > 0 {
			if to == 0 {
				return data.ErrRoleInUse
			}
			if err := t.mayAssign(ctx, to); err != nil {
				return err
			}
		}
		for _, id := range members {
			u, err := t.mayManage(ctx, id)
			if err != nil {
				return err
			}
			if err := t.setRole(ctx, u, to); err != nil {
				return err
			}
		}
		// Who was removed from the team keeps a row, which names a role.
		if _, err := t.ExecContext(ctx, "UPDATE users SET role_id = (SELECT id FROM roles WHERE kind = ?) WHERE role_id = ?",
			string(data.TeamMember), int64(old.ID)); err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, "DELETE FROM role_permissions WHERE role_id = ?", int64(old.ID)); err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, "DELETE FROM roles WHERE id = ?", int64(old.ID)); err != nil {
			return err
		}
		t.publish(data.Event{Kind: data.TeamChanged})
		return t.audit(ctx, data.AuditRoleRemoved, facts{
			"role": strconv.FormatInt(int64(old.ID), 10), "members": strconv.Itoa(len(members)),
			"permissions": old.Permissions.Encode(),
		})
	})
}

// roleAsSeen reads a role and who has it. It answers data.ErrConflict where the
// role isn't as was says any more, or where somebody has it who isn't in told.
func (t *tx) roleAsSeen(ctx context.Context, was data.Role, told []data.UserID) (data.Role, []data.UserID, error) {
	r, err := t.role(ctx, was.ID)
	if err != nil {
		return r, nil, err
	}
	if r.Name != was.Name || r.Permissions.Encode() != was.Permissions.Encode() {
		return r, nil, data.ErrConflict
	}
	ids, err := t.ids(ctx, "SELECT id FROM users WHERE removed = 0 AND role_id = ? ORDER BY id", int64(r.ID))
	if err != nil {
		return r, nil, err
	}
	members := make([]data.UserID, len(ids))
	for i, id := range ids {
		members[i] = data.UserID(id)
		if !slices.Contains(told, members[i]) {
			return r, nil, data.ErrConflict
		}
	}
	return r, members, nil
}

func (t *tx) grant(ctx context.Context, id data.RoleID, set data.PermissionSet) error {
	for p, on := range set {
		if !on {
			continue
		}
		if _, err := t.ExecContext(ctx, "INSERT INTO role_permissions (role_id, permission) VALUES (?, ?)",
			int64(id), string(p)); err != nil {
			return err
		}
	}
	return nil
}

// roleName cleans the name of a role and checks that no other has it, nor one
// of the predefined ones as they are called in English.
func (t *tx) roleName(ctx context.Context, name string, id data.RoleID) (string, error) {
	name = data.CleanLine(name)
	if err := data.CheckName(name); err != nil {
		return "", err
	}
	taken := map[string]bool{}
	for _, predefined := range []string{"Account Owner", "Owner", "Team Lead", "Team Member"} {
		taken[fold.Fold(predefined)] = true
	}
	rows, err := t.QueryContext(ctx, "SELECT name FROM roles WHERE id <> ?", int64(id))
	if err != nil {
		return "", err
	}
	defer rows.Close()
	for rows.Next() {
		var other string
		if err := rows.Scan(&other); err != nil {
			return "", err
		}
		taken[fold.Fold(other)] = true
	}
	if taken[fold.Fold(name)] {
		return "", &data.Taken{Field: data.TakenRole}
	}
	return name, rows.Err()
}

// whole is a set with all that it needs.
func whole(set data.PermissionSet) data.PermissionSet {
	out := data.PermissionSet{}
	for p, on := range set {
		if on {
			maps.Copy(out, data.NewPermissionSet(p))
		}
	}
	return out
}
