package store

import (
	"context"
	"errors"
	"maps"
	"strconv"
	"strings"

	"lethe/data"
	"lethe/data/account"
)

// AddRole makes a custom role. It needs ManageRoles; nobody grants what they
// lack, and only the Account Owner and Owners grant DeleteCustomers.
func (s *Store) AddRole(ctx context.Context, a *Actor, r data.Role) (data.RoleID, error) {
	var id data.RoleID
	err := s.write(ctx, a, data.OpAddRole, func(t *tx) error {
		granted := data.NewPermissionSet()
		for p := range r.Permissions {
			maps.Copy(granted, data.NewPermissionSet(p))
		}
		if err := t.mayGrant(granted); err != nil {
			return err
		}
		res, err := t.ExecContext(ctx, "INSERT INTO roles (kind, name) VALUES (?, ?)",
			string(data.CustomRole), strings.TrimSpace(r.Name))
		if err != nil {
			return err
		}
		n, err := res.LastInsertId()
		if err != nil {
			return err
		}
		id = data.RoleID(n)
		for p := range granted {
			if _, err := t.ExecContext(ctx, "INSERT INTO role_permissions (role_id, permission) VALUES (?, ?)",
				n, string(p)); err != nil {
				return err
			}
		}
		t.publish(data.Event{Kind: data.TeamChanged})
		return t.audit(ctx, data.AuditRoleAdded, facts{"role": strconv.FormatInt(n, 10), "permissions": granted.Encode()})
	})
	return id, err
}

func (t *tx) mayGrant(set data.PermissionSet) error {
	for p := range set {
		if !t.rights.Can(p) || p == data.DeleteCustomers && !t.rights.CanDeleteAll() {
			return data.ErrDenied
		}
	}
	return nil
}

// AddUser adds a member with a first password that they must change. It needs
// ManageTeam and every permission of the role; there is one Account Owner, who
// is not added.
func (s *Store) AddUser(ctx context.Context, a *Actor, u data.User, password string) (data.UserID, error) {
	var id data.UserID
	err := s.admit(ctx, a, data.OpAddUser, func(t *tx) (data.UserID, string, error) {
		if err := t.mayAdd(ctx, u); err != nil {
			return 0, "", err
		}
		if err := t.checkPassword(ctx, u.Name, password); err != nil {
			return 0, "", err
		}
		var last int64
		if err := t.QueryRowContext(ctx, "SELECT seq FROM sqlite_sequence WHERE name = 'users'").Scan(&last); err != nil {
			return 0, "", err
		}
		id = data.UserID(last + 1)
		return id, u.Name, nil
	}, password, func(t *tx, public []byte) error {
		_, err := t.ExecContext(ctx, `INSERT INTO users (id, name, phone, email, role_id, created, must_change, public_key)
			VALUES (?, ?, ?, ?, ?, ?, 1, ?)`,
			int64(id), strings.TrimSpace(u.Name), int64(u.Phone), u.Email, int64(u.Role), t.now.Unix(), public)
		if err != nil {
			return err
		}
		if err := t.linkAgent(ctx, id, u.Phone); err != nil {
			return err
		}
		t.publish(data.Event{Kind: data.TeamChanged})
		return t.audit(ctx, data.AuditUserAdded, withFacts(userFact(id), facts{"role": strconv.FormatInt(int64(u.Role), 10)}))
	})
	return id, err
}

func (t *tx) mayAdd(ctx context.Context, u data.User) error {
	r, err := t.role(ctx, u.Role)
	if err != nil {
		return err
	}
	if r.Kind == data.AccountOwner || r.Kind == data.Owner && !t.rights.CanDeleteAll() {
		return data.ErrDenied
	}
	return t.mayGrant(r.Granted())
}

// linkAgent gives a new member the customers whose Agent Phone Number is
// theirs.
func (t *tx) linkAgent(ctx context.Context, id data.UserID, phone data.Phone) error {
	if phone == 0 {
		return nil
	}
	var waiting bool
	if err := t.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM customers WHERE agent_phone = ?)",
		int64(phone)).Scan(&waiting); err != nil || !waiting {
		return err
	}
	version, err := t.change(ctx)
	if err != nil {
		return err
	}
	t.publish(data.Event{Kind: data.CustomersChanged, Everything: true})
	_, err = t.ExecContext(ctx,
		"UPDATE customers SET agent = ?, agent_phone = 0, version = ? WHERE agent_phone = ?",
		int64(id), version, int64(phone))
	return err
}

// changeKeys changes the keys file, with what the actor unlocked at sign-in,
// and writes it. It works on a fresh copy, so a failure leaves nothing behind.
// keysMu is held.
func (s *Store) changeKeys(a *Actor, fn func(*account.File, *account.Unlocked) error) error {
	s.mu.Lock()
	un := s.unlocked[a.user]
	s.mu.Unlock()
	if un == nil {
		return data.ErrSignedOut
	}
	f, err := account.Load(s.opt.Dir)
	if err != nil {
		return err
	}
	if err := f.VerifyMAC(s.key); err != nil {
		return err
	}
	if err := fn(f, un); err != nil {
		return err
	}
	if err := f.Save(s.opt.Dir); err != nil {
		return plain(err)
	}
	s.mu.Lock()
	s.keys = f
	s.mu.Unlock()
	return nil
}

// reconcile brings the keys file in step with the database, whose word counts,
// after a crash between the two, or somebody's hand.
func (s *Store) reconcile(ctx context.Context, a *Actor) error {
	s.keysMu.Lock()
	defer s.keysMu.Unlock()
	return s.tidyKeys(ctx, a)
}

// tidyKeys removes the slots of whoever is no active member, and corrects the
// names that differ. keysMu is held.
func (s *Store) tidyKeys(ctx context.Context, a *Actor) error {
	names := map[data.UserID]string{}
	if err := s.read(ctx, a, data.OpMembers, func(t *tx) error {
		rows, err := t.QueryContext(ctx, "SELECT id, name FROM users WHERE active")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id data.UserID
			var name string
			if err := rows.Scan(&id, &name); err != nil {
				return err
			}
			if names[id], err = account.CleanName(name); err != nil {
				return err
			}
		}
		return rows.Err()
	}); err != nil {
		return err
	}
	s.mu.Lock()
	keys := s.keys
	s.mu.Unlock()
	var wrong []account.Member
	for _, m := range keys.Members() {
		if name, ok := names[m.ID]; !ok || name != m.Name {
			wrong = append(wrong, m)
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return s.changeKeys(a, func(f *account.File, un *account.Unlocked) error {
		var err error
		for _, m := range wrong {
			if name, ok := names[m.ID]; ok {
				err = errors.Join(err, f.Rename(un, m.ID, name))
			} else {
				err = errors.Join(err, f.RemoveMember(un, m.ID))
			}
		}
		return err
	})
}
