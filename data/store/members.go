package store

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"lethe/data"
	"lethe/data/account"
)

// What is done to a member stands in two places, the keys file and the
// database. Wherever a crash cuts it off, the database's word counts: a slot
// of somebody who is not an active member is removed at the next start, and a
// name that differs is corrected (see reconcile).

// mayManage answers data.ErrDenied unless the actor may change who this member
// is (data.Rights.MayManage).
func (t *tx) mayManage(ctx context.Context, id data.UserID) (data.User, error) {
	u, r, err := t.userWithRole(ctx, id)
	if err == nil && !t.rights.MayManage(u, r) {
		err = data.ErrDenied
	}
	return u, err
}

// ResetPassword gives another member, who forgot theirs, a first password that
// they must change. Their sessions end. Errors: data.ErrDenied (see
// mayManage), data.ErrDeactivated, *account.PasswordProblem.
func (s *Store) ResetPassword(ctx context.Context, a *Actor, own string, id data.UserID, password string) error {
	if err := s.checkPassword(ctx, a, data.OpResetPassword, own); err != nil {
		return err
	}
	if err := s.read(ctx, a, data.OpResetPassword, func(t *tx) error {
		u, err := t.mayManage(ctx, id)
		if err != nil {
			return err
		}
		if !u.Active {
			return data.ErrDeactivated
		}
		return t.checkPassword(ctx, u.Name, password)
	}); err != nil {
		return err
	}
	defer s.endSessions(id)
	return s.swapKey(ctx, a, keySwap{
		before: `UPDATE users SET public_key = CASE next_key WHEN ?3 THEN next_key ELSE public_key END, next_key = ?1,
			must_change = 1 WHERE id = ?2 AND active`,
		after: "UPDATE users SET public_key = next_key, next_key = x'' WHERE id = ?2 AND next_key = ?1",
		user:  id, op: data.OpResetPassword,
		may:  func(t *tx) error { _, err := t.mayManage(ctx, id); return err },
		kind: data.AuditPassword, facts: userFact(id),
		change: func(f *account.File, un *account.Unlocked) (old, public []byte, err error) {
			old, _ = f.PublicOf(id)
			public, err = f.SetPassword(un, id, password, s.opt.KDF)
			return old, public, err
		},
	})
}

// DeactivateUser takes a member's way in and their rights, until ActivateUser.
// Their slot goes from the keys file; what they copied of it before still
// opens the list until TurnKey, which should be offered. Their sessions end.
func (s *Store) DeactivateUser(ctx context.Context, a *Actor, own string, id data.UserID) error {
	if err := s.checkPassword(ctx, a, data.OpDeactivateUser, own); err != nil {
		return err
	}
	return s.shutOut(ctx, a, data.OpDeactivateUser, id, func(t *tx, _ data.User) error {
		t.publish(data.Event{Kind: data.TeamChanged})
		if _, err := t.ExecContext(ctx, "UPDATE users SET active = 0, next_key = x'' WHERE id = ?", int64(id)); err != nil {
			return err
		}
		return t.audit(ctx, data.AuditUserChanged, withFacts(userFact(id), facts{"active": data.FlagNo}))
	})
}

// ActivateUser lets a deactivated member in again, under a first password that
// they must change. It takes the right to add somebody with their role.
func (s *Store) ActivateUser(ctx context.Context, a *Actor, own string, id data.UserID, password string) error {
	if err := s.checkPassword(ctx, a, data.OpActivateUser, own); err != nil {
		return err
	}
	return s.admit(ctx, a, data.OpActivateUser, func(t *tx) (data.UserID, string, error) {
		u, err := t.mayManage(ctx, id)
		if err != nil {
			return 0, "", err
		}
		if u.Active {
			return 0, "", data.ErrConflict
		}
		if err := t.mayAssign(ctx, u.Role); err != nil {
			return 0, "", err
		}
		return id, u.Name, t.checkPassword(ctx, u.Name, password)
	}, password, func(t *tx, public []byte) error {
		if _, err := t.ExecContext(ctx, "UPDATE users SET active = 1, must_change = 1, public_key = ?, next_key = x'' WHERE id = ?",
			public, int64(id)); err != nil {
			return err
		}
		t.publish(data.Event{Kind: data.TeamChanged})
		return t.audit(ctx, data.AuditUserChanged, withFacts(userFact(id), facts{"active": data.FlagYes}))
	})
}

// RemoveUser takes a member off the team for good. Their row keeps the name,
// beside what they did in the audit log (see FormerMembers); phone, mail and
// key go. Customers whose Agent they were go to handTo, which takes
// ViewAllCustomers, or to nobody if that is 0. As after DeactivateUser, TurnKey should be offered.
func (s *Store) RemoveUser(ctx context.Context, a *Actor, own string, id, handTo data.UserID) error {
	if err := s.checkPassword(ctx, a, data.OpRemoveUser, own); err != nil {
		return err
	}
	return s.shutOut(ctx, a, data.OpRemoveUser, id, func(t *tx, u data.User) error {
		if handTo != 0 {
			if !t.rights.Can(data.ViewAllCustomers) { // it would widen what somebody sees
				return data.ErrDenied
			}
			if to, err := t.user(ctx, handTo); err != nil || !to.Active || handTo == id {
				return errors.Join(data.ErrNotFound, err)
			}
		}
		var has bool
		if err := t.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM customers WHERE agent = ?)", int64(id)).Scan(&has); err != nil {
			return err
		}
		if has {
			version, err := t.change(ctx)
			if err != nil {
				return err
			}
			if _, err := t.ExecContext(ctx, "UPDATE customers SET agent = ?, version = ? WHERE agent = ?",
				int64(handTo), version, int64(id)); err != nil {
				return err
			}
			t.publish(data.Event{Kind: data.CustomersChanged, Everything: true})
		}
		if _, err := t.ExecContext(ctx, `UPDATE users SET removed = ?, active = 0, must_change = 0, phone = 0, email = '',
			public_key = x'', next_key = x'' WHERE id = ?`, t.now.Unix(), int64(id)); err != nil {
			return err
		}
		t.publish(data.Event{Kind: data.TeamChanged})
		return t.audit(ctx, data.AuditUserRemoved, withFacts(userFact(id), facts{
			"role": strconv.FormatInt(int64(u.Role), 10), "handed_to": strconv.FormatInt(int64(handTo), 10),
		}))
	})
}

// shutOut runs do for a member that the actor may manage, and then takes their
// slot and their sessions.
func (s *Store) shutOut(ctx context.Context, a *Actor, op data.Operation, id data.UserID, do func(*tx, data.User) error) error {
	s.keysMu.Lock()
	defer s.keysMu.Unlock()
	if err := s.write(ctx, a, op, func(t *tx) error {
		u, err := t.mayManage(ctx, id)
		if err != nil {
			return err
		}
		return do(t, u)
	}); err != nil {
		return err
	}
	s.endSessions(id)
	return s.tidyKeys(context.WithoutCancel(ctx), a)
}

// admit gives a member a slot, and enters them in the database in the
// transaction that checked whether the actor may: the slot comes first, so a
// crash leaves one too many and never one too few.
func (s *Store) admit(ctx context.Context, a *Actor, op data.Operation, check func(*tx) (data.UserID, string, error), password string,
	enter func(t *tx, public []byte) error,
) error {
	s.keysMu.Lock()
	defer s.keysMu.Unlock()
	slotted := false
	err := s.write(ctx, a, op, func(t *tx) error {
		id, name, err := check(t)
		if err != nil {
			return err
		}
		var public []byte
		if err := s.changeKeys(a, func(f *account.File, un *account.Unlocked) (err error) {
			if _, left := f.PublicOf(id); left { // by one who was not admitted in the end
				if err := f.RemoveMember(un, id); err != nil {
					return err
				}
			}
			public, err = f.AddMember(un, account.Member{ID: id, Name: strings.TrimSpace(name)}, password, s.opt.KDF)
			return err
		}); err != nil {
			return err
		}
		slotted = true
		return enter(t, public)
	})
	if err != nil && slotted {
		if tidyErr := s.tidyKeys(context.WithoutCancel(ctx), a); tidyErr != nil {
			s.opt.Log.Warn("a slot of the keys file that nobody has is left for the next start")
		}
	}
	return err
}

// endSessions signs a member out wherever they are signed in.
func (s *Store) endSessions(id data.UserID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for nonce, user := range s.sessions {
		if user == id {
			delete(s.sessions, nonce)
		}
	}
	if un, ok := s.unlocked[id]; ok {
		un.Wipe()
		delete(s.unlocked, id)
	}
}

// checkPassword answers an *account.PasswordProblem for a password that won't
// do for somebody of this name.
func (t *tx) checkPassword(ctx context.Context, name, password string) error {
	settings, err := t.settings(ctx)
	if err != nil {
		return err
	}
	return account.CheckPassword(password, name, settings.Business)
}

func userFact(id data.UserID) facts { return facts{"user": strconv.FormatInt(int64(id), 10)} }

func withFacts(a, b facts) facts {
	for k, v := range b {
		a[k] = v
	}
	return a
}
