package store

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/fold"
)

// Members are changed by whom the rules of package data let (data/grant.go).
// Each change takes the actor's own password again: own.

// AddUser adds a member with a first password that they must change. It needs
// ManageTeam and the right to give them their role; there is one Account Owner,
// who is not added. Errors besides: data.ErrNameNeeded, data.ErrNameLong, a
// *data.Taken, a *data.ValueProblem of the mail, an *account.PasswordProblem.
func (s *Store) AddUser(ctx context.Context, a *Actor, own string, u data.User, password string) (data.UserID, error) {
	var id data.UserID
	if err := s.checkPassword(ctx, a, data.OpAddUser, own); err != nil {
		return 0, err
	}
	err := s.admit(ctx, a, data.OpAddUser, func(t *tx) (data.UserID, string, error) {
		if err := t.mayAssign(ctx, u.Role); err != nil {
			return 0, "", err
		}
		if err := t.checkUser(ctx, &u); err != nil {
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
			int64(id), u.Name, int64(u.Phone), u.Email, int64(u.Role), t.now.Unix(), public)
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

// EditUser changes a member's name, phone and mail to those of u: of whom the
// actor may manage, and their own. Where confirmations to the Account Owner go
// is not changed by it. Its errors are those of AddUser, and data.ErrNotFound.
func (s *Store) EditUser(ctx context.Context, a *Actor, own string, u data.User) error {
	if err := s.checkPassword(ctx, a, data.OpEditUser, own); err != nil {
		return err
	}
	s.keysMu.Lock()
	defer s.keysMu.Unlock()
	if err := s.write(ctx, a, data.OpEditUser, func(t *tx) error {
		old, r, err := t.userWithRole(ctx, u.ID)
		if err != nil {
			return err
		}
		if !t.rights.MayEdit(old, r) {
			return data.ErrDenied
		}
		if err := t.checkUser(ctx, &u); err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, "UPDATE users SET name = ?, phone = ?, email = ? WHERE id = ?",
			u.Name, int64(u.Phone), u.Email, int64(u.ID)); err != nil {
			return err
		}
		if err := t.linkAgent(ctx, u.ID, u.Phone); err != nil {
			return err
		}
		t.publish(data.Event{Kind: data.TeamChanged})
		return t.audit(ctx, data.AuditUserChanged, withFacts(userFact(u.ID), facts{
			"name": yes(u.Name != old.Name), "phone": yes(u.Phone != old.Phone), "email": yes(u.Email != old.Email),
		}))
	}); err != nil {
		return err
	}
	return s.tidyKeys(context.WithoutCancel(ctx), a) // the sign-in shows the name from the keys file
}

// SetUserRole gives a member another role. It takes the right to manage them
// as they are, and to give them the new one. Whoever is signed in has the new
// rights, and no others, from the next transaction on.
func (s *Store) SetUserRole(ctx context.Context, a *Actor, own string, id data.UserID, role data.RoleID) error {
	if err := s.checkPassword(ctx, a, data.OpSetUserRole, own); err != nil {
		return err
	}
	return s.write(ctx, a, data.OpSetUserRole, func(t *tx) error {
		u, err := t.mayManage(ctx, id)
		if err != nil {
			return err
		}
		if err := t.mayAssign(ctx, role); err != nil {
			return err
		}
		return t.setRole(ctx, u, role)
	})
}

func (t *tx) setRole(ctx context.Context, u data.User, role data.RoleID) error {
	if u.Role == role {
		return nil
	}
	if _, err := t.ExecContext(ctx, "UPDATE users SET role_id = ? WHERE id = ?", int64(role), int64(u.ID)); err != nil {
		return err
	}
	t.publish(data.Event{Kind: data.TeamChanged})
	return t.audit(ctx, data.AuditUserChanged, withFacts(userFact(u.ID), facts{
		"role": strconv.FormatInt(int64(role), 10), "role_before": strconv.FormatInt(int64(u.Role), 10),
	}))
}

// mayAssign answers data.ErrDenied unless the actor may give somebody the role.
func (t *tx) mayAssign(ctx context.Context, role data.RoleID) error {
	r, err := t.role(ctx, role)
	if err != nil {
		return err
	}
	if !t.rights.MayAssign(r) {
		return data.ErrDenied
	}
	return nil
}

func (t *tx) userWithRole(ctx context.Context, id data.UserID) (data.User, data.Role, error) {
	u, err := t.user(ctx, id)
	if err != nil {
		return u, data.Role{}, err
	}
	r, err := t.role(ctx, u.Role)
	return u, r, err
}

// checkUser cleans what was entered of a member and checks that it can be kept:
// no two of the team have one name, number or address.
func (t *tx) checkUser(ctx context.Context, u *data.User) error {
	u.Name, u.Email = data.CleanLine(u.Name), data.CleanLine(u.Email)
	if err := data.CheckName(u.Name); err != nil {
		return err
	}
	if why := data.CheckText(data.FieldEmail, u.Email); why != "" {
		return &data.ValueProblem{Field: data.FieldEmail, Reason: why}
	}
	rows, err := t.QueryContext(ctx, "SELECT "+userColumns+" FROM users WHERE removed = 0 AND id <> ?", int64(u.ID))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		other, err := scanUser(rows)
		switch {
		case err != nil:
			return err
		case fold.Fold(other.Name) == fold.Fold(u.Name):
			return &data.Taken{Field: data.TakenName}
		case u.Phone != 0 && other.Phone == u.Phone:
			return &data.Taken{Field: data.TakenPhone}
		case u.Email != "" && strings.EqualFold(other.Email, u.Email):
			return &data.Taken{Field: data.TakenEmail}
		}
	}
	return rows.Err()
}

// linkAgent gives a member the customers whose Agent Phone Number is theirs. It
// takes an actor who sees everybody: who doesn't can't widen what somebody sees,
// themselves least of all. The customers wait until somebody who does saves the
// member again.
func (t *tx) linkAgent(ctx context.Context, id data.UserID, phone data.Phone) error {
	if phone == 0 || !t.rights.Can(data.ViewAllCustomers) {
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
