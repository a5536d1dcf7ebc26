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
// is not added. The slot in the keys file comes first: a crash in between
// leaves one that the next sign-in removes.
func (s *Store) AddUser(ctx context.Context, a *Actor, u data.User, password string) (data.UserID, error) {
	s.keysMu.Lock()
	defer s.keysMu.Unlock()
	var id data.UserID
	err := s.write(ctx, a, data.OpAddUser, func(t *tx) error {
		if err := t.mayAdd(ctx, u); err != nil {
			return err
		}
		if err := account.CheckPassword(password, u.Name); err != nil {
			return err
		}
		var last int64
		if err := t.QueryRowContext(ctx, "SELECT seq FROM sqlite_sequence WHERE name = 'users'").Scan(&last); err != nil {
			return err
		}
		id = data.UserID(last + 1)
		var public []byte
		if err := s.changeKeys(a, func(f *account.File, un *account.Unlocked) (err error) {
			if _, left := f.PublicOf(id); left { // by one who was not added in the end
				if err := f.RemoveMember(un, id); err != nil {
					return err
				}
			}
			public, err = f.AddMember(un, account.Member{ID: id, Name: strings.TrimSpace(u.Name)}, password, s.opt.KDF)
			return err
		}); err != nil {
			return err
		}
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
		return t.audit(ctx, data.AuditUserAdded, facts{
			"user": strconv.FormatInt(int64(id), 10), "role": strconv.FormatInt(int64(u.Role), 10),
		})
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

// reconcile removes slots of the keys file that no member has: what a crash
// left between slot and row, or somebody slipped in.
func (s *Store) reconcile(ctx context.Context, a *Actor) error {
	s.keysMu.Lock()
	defer s.keysMu.Unlock()
	var ids []int64
	if err := s.read(ctx, a, data.OpMembers, func(t *tx) (err error) {
		ids, err = t.ids(ctx, "SELECT id FROM users")
		return err
	}); err != nil {
		return err
	}
	known := map[data.UserID]bool{}
	for _, id := range ids {
		known[data.UserID(id)] = true
	}
	var strangers []data.UserID
	for _, m := range s.keys.Members() {
		if !known[m.ID] {
			strangers = append(strangers, m.ID)
		}
	}
	if len(strangers) == 0 {
		return nil
	}
	return s.changeKeys(a, func(f *account.File, un *account.Unlocked) error {
		var err error
		for _, id := range strangers {
			err = errors.Join(err, f.RemoveMember(un, id))
		}
		return err
	})
}
