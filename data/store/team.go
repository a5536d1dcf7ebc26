package store

import (
	"context"
	"database/sql"
	"errors"

	"lethe/data"
)

const userColumns = "id, name, phone, email, role_id, active, last_sign_in, must_change"

type scanner interface{ Scan(...any) error }

func scanUser(row scanner) (data.User, error) {
	var u data.User
	var phone int64
	err := row.Scan(&u.ID, &u.Name, &phone, &u.Email, &u.Role, &u.Active, &u.LastSignIn, &u.MustChangePassword)
	u.Phone = data.Phone(phone)
	if errors.Is(err, sql.ErrNoRows) {
		err = data.ErrNotFound
	}
	return u, err
}

func (t *tx) user(ctx context.Context, id data.UserID) (data.User, error) {
	return scanUser(t.QueryRowContext(ctx, "SELECT "+userColumns+" FROM users WHERE id = ? AND removed = 0", id))
}

func (t *tx) accountOwner(ctx context.Context) (data.User, error) {
	return scanUser(t.QueryRowContext(ctx, "SELECT "+userColumns+
		" FROM users WHERE role_id = (SELECT id FROM roles WHERE kind = ?)", string(data.AccountOwner)))
}

func (t *tx) role(ctx context.Context, id data.RoleID) (data.Role, error) {
	r := data.Role{ID: id}
	err := t.QueryRowContext(ctx, "SELECT kind, name FROM roles WHERE id = ?", id).Scan(&r.Kind, &r.Name)
	if errors.Is(err, sql.ErrNoRows) {
		return r, data.ErrNotFound
	}
	if err != nil || r.Kind != data.CustomRole {
		return r, err
	}
	rows, err := t.QueryContext(ctx, "SELECT permission FROM role_permissions WHERE role_id = ?", id)
	if err != nil {
		return r, err
	}
	defer rows.Close()
	var list []data.Permission
	for rows.Next() {
		var p data.Permission
		if err := rows.Scan(&p); err != nil {
			return r, err
		}
		list = append(list, p)
	}
	r.Permissions = data.NewPermissionSet(list...)
	return r, rows.Err()
}

// Me reads who the actor is.
func (s *Store) Me(ctx context.Context, a *Actor) (u data.User, r data.Role, err error) {
	err = s.read(ctx, a, data.OpMe, func(t *tx) error {
		if u, err = t.user(ctx, a.user); err != nil {
			return err
		}
		r, err = t.role(ctx, u.Role)
		return err
	})
	return u, r, err
}

// AccountOwner reads the Account Owner: whose OTP the dialogs ask for. Phone
// and mail are left out where the actor may not see the team.
func (s *Store) AccountOwner(ctx context.Context, a *Actor) (u data.User, err error) {
	err = s.read(ctx, a, data.OpAccountOwner, func(t *tx) error {
		u, err = t.accountOwner(ctx)
		if !t.rights.Can(data.ViewTeam) {
			u.Phone, u.Email = 0, ""
		}
		return err
	})
	return u, err
}

// Members reads the team in the order of ids. Without ViewTeam only ids and
// names are told: they stand beside what a member did.
func (s *Store) Members(ctx context.Context, a *Actor) ([]data.User, error) {
	return s.users(ctx, a, data.OpMembers, "removed = 0")
}

// FormerMembers reads who was removed from the team: ids and names, which
// stand beside what they did.
func (s *Store) FormerMembers(ctx context.Context, a *Actor) ([]data.User, error) {
	return s.users(ctx, a, data.OpFormerMembers, "removed > 0")
}

func (s *Store) users(ctx context.Context, a *Actor, op data.Operation, which string) ([]data.User, error) {
	var out []data.User
	err := s.read(ctx, a, op, func(t *tx) error {
		rows, err := t.QueryContext(ctx, "SELECT "+userColumns+" FROM users WHERE "+which+" ORDER BY id")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			u, err := scanUser(rows)
			if err != nil {
				return err
			}
			if !t.rights.Can(data.ViewTeam) {
				u = data.User{ID: u.ID, Name: u.Name}
			}
			out = append(out, u)
		}
		return rows.Err()
	})
	return out, err
}

// Roles reads all roles in the order of ids. It needs ViewTeam.
func (s *Store) Roles(ctx context.Context, a *Actor) ([]data.Role, error) {
	var out []data.Role
	err := s.read(ctx, a, data.OpRoles, func(t *tx) error {
		ids, err := t.ids(ctx, "SELECT id FROM roles ORDER BY id")
		if err != nil {
			return err
		}
		for _, id := range ids {
			r, err := t.role(ctx, data.RoleID(id))
			if err != nil {
				return err
			}
			out = append(out, r)
		}
		return nil
	})
	return out, err
}

func (t *tx) ids(ctx context.Context, query string, args ...any) ([]int64, error) {
	rows, err := t.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, rows.Err()
}
