package store_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"lethe/data"
	"lethe/data/otp"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// house is a store with people in it whose rights differ by one permission.
type house struct {
	*storetest.Store
	next   data.Phone
	count  int
	people map[string]*store.Actor // by their permissions
}

func newHouse(t *testing.T) *house {
	h := &house{Store: storetest.New(t), next: 919821000000, people: map[string]*store.Actor{}}
	h.Fill(t, h.Owner, 919820100000, 5)
	return h
}

// with signs in somebody whose role has these permissions and what they need.
func (h *house) with(t *testing.T, ps ...data.Permission) *store.Actor {
	t.Helper()
	set := data.NewPermissionSet(ps...).Encode()
	a, ok := h.people[set]
	if !ok {
		a = h.Add(t, "Member with "+set, h.Role(t, "Role", ps...))
		h.people[set] = a
	}
	return a
}

// without signs in somebody who may do all but p and what can't be without it.
func (h *house) without(t *testing.T, p data.Permission) *store.Actor {
	t.Helper()
	var ps []data.Permission
	for _, info := range data.Permissions() {
		if !data.NewPermissionSet(info.Permission)[p] {
			ps = append(ps, info.Permission)
		}
	}
	return h.with(t, ps...)
}

// customer adds one whose Agent is a.
func (h *house) customer(t *testing.T, a *store.Actor) data.CustomerID {
	t.Helper()
	h.next++
	row := &store.ImportRow{Customer: data.Customer{Phone: h.next, Name: "Somebody", Agent: a.User()}}
	if _, err := h.Import(t.Context(), h.Owner, importOf(row), nil); err != nil {
		t.Fatal(err)
	}
	ids := h.IDs(t)
	return ids[len(ids)-1]
}

// plain adds a member with no permission.
func (h *house) plain(t *testing.T) data.UserID {
	t.Helper()
	h.count++
	id, err := h.AddUser(t.Context(), h.Store.Owner, data.User{Name: fmt.Sprint("Plain ", h.count), Role: h.Role(t, "None")}, storetest.Password)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func importOf(rows ...*store.ImportRow) store.ImportRequest {
	return store.ImportRequest{Mode: store.ImportSkip, Each: func(yield func(*store.ImportRow) error) error {
		for _, r := range rows {
			if err := yield(r); err != nil {
				return err
			}
		}
		return nil
	}}
}

func nobody(*data.Row) error { return nil }

// method is what a method of the store asks of who calls it.
type method struct {
	needs   []data.Permission
	either  bool // one of needs will do
	account bool // the Account Owner only
	program bool // takes no actor
	call    func(t *testing.T, h *house, a *store.Actor) error
}

func methods() map[string]method {
	ctx := context.Background()
	anyone := func(call func(t *testing.T, h *house, a *store.Actor) error) method { return method{call: call} }
	need := func(call func(t *testing.T, h *house, a *store.Actor) error, ps ...data.Permission) method {
		return method{needs: ps, call: call}
	}
	accountOwner := func(call func(t *testing.T, h *house, a *store.Actor) error) method {
		return method{account: true, call: call}
	}
	return map[string]method{
		"Close": {program: true}, "Dir": {program: true}, "Lease": {program: true}, "LogLoss": {program: true}, "ResumeScrub": {program: true}, "ScrubPending": {program: true},
		"Scrub": {program: true}, "SignIn": {program: true}, "SignOut": {program: true}, "Subscribe": {program: true},

		"AccountOwner": anyone(func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.AccountOwner(ctx, a); return err }),
		"Changes":      anyone(func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Changes(ctx, a); return err }),
		"ChangePassword": anyone(func(_ *testing.T, h *house, a *store.Actor) error {
			return h.ChangePassword(ctx, a, storetest.Password, storetest.Password)
		}),
		"CheckPassword": anyone(func(_ *testing.T, h *house, a *store.Actor) error {
			return h.CheckPassword(ctx, a, storetest.Password)
		}),
		"Customers": anyone(func(_ *testing.T, h *house, a *store.Actor) error { return h.Customers(ctx, a, nobody) }),
		"CustomersByID": anyone(func(_ *testing.T, h *house, a *store.Actor) error {
			return h.CustomersByID(ctx, a, []data.CustomerID{1}, nobody)
		}),
		"Details": anyone(func(t *testing.T, h *house, a *store.Actor) error {
			_, err := h.Details(ctx, a, h.customer(t, a))
			return err
		}),
		"Mark":       need(func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Mark(ctx, a); return err }, data.ViewAllCustomers),
		"Me":         anyone(func(_ *testing.T, h *house, a *store.Actor) error { _, _, err := h.Me(ctx, a); return err }),
		"Members":    anyone(func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Members(ctx, a); return err }),
		"OTPSetUp":   anyone(func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.OTPSetUp(ctx, a); return err }),
		"QuickCheck": anyone(func(_ *testing.T, h *house, a *store.Actor) error { return h.QuickCheck(ctx, a) }),
		"Rights":     anyone(func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Rights(ctx, a); return err }),
		"Segments":   anyone(func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Segments(ctx, a); return err }),
		"Settings":   anyone(func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Settings(ctx, a); return err }),

		"RecoveryProved": accountOwner(func(_ *testing.T, h *house, a *store.Actor) error {
			_, err := h.RecoveryProved(ctx, a)
			return err
		}),
		"ProveRecovery": accountOwner(func(_ *testing.T, h *house, a *store.Actor) error { return h.ProveRecovery(ctx, a) }),

		"AddInteraction": need(func(t *testing.T, h *house, a *store.Actor) error {
			return h.AddInteraction(ctx, a, data.Interaction{Customer: h.customer(t, a), Kind: data.InteractionCall, At: h.Clock.Now()})
		}, data.EditCustomers),
		"AddNote": need(func(t *testing.T, h *house, a *store.Actor) error {
			return h.AddNote(ctx, a, h.customer(t, a), "A note")
		}, data.EditCustomers),
		"AddRole": need(func(_ *testing.T, h *house, a *store.Actor) error {
			_, err := h.AddRole(ctx, a, data.Role{Name: "Empty"})
			return err
		}, data.ManageRoles),
		"AddUser": need(func(t *testing.T, h *house, a *store.Actor) error {
			_, err := h.AddUser(ctx, a, data.User{Name: "New", Role: h.Role(t, "Nothing")}, storetest.Password)
			return err
		}, data.ManageTeam),
		"AddSegment": need(func(_ *testing.T, h *house, a *store.Actor) error {
			h.count++
			_, err := h.AddSegment(ctx, a, data.Segment{Name: fmt.Sprint("Segment ", h.count)})
			return err
		}, data.ManageSegments),
		"DeleteSegment": need(func(t *testing.T, h *house, a *store.Actor) error {
			h.count++
			id, err := h.AddSegment(ctx, h.Owner, data.Segment{Name: fmt.Sprint("Segment ", h.count)})
			if err != nil {
				t.Fatal(err)
			}
			return h.DeleteSegment(ctx, a, id)
		}, data.ManageSegments),
		"Audit":  need(func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Audit(ctx, a, 1); return err }, data.ViewAuditLog),
		"Fields": need(func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Fields(ctx, a); return err }, data.ViewCustomData),
		"Outbox": need(func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Outbox(ctx, a); return err }, data.ViewOutbox),
		"Roles":  need(func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.Roles(ctx, a); return err }, data.ViewTeam),
		"SaveSettings": need(func(t *testing.T, h *house, a *store.Actor) error {
			old, err := h.Settings(ctx, h.Owner)
			if err != nil {
				t.Fatal(err)
			}
			old.Business += "."
			return h.SaveSettings(ctx, a, old)
		}, data.ManageSettings),
		"Import": need(func(_ *testing.T, h *house, a *store.Actor) error {
			_, err := h.Import(ctx, a, importOf(storetest.Row(919820100000, 1)), nil)
			return err
		}, data.ImportCustomers, data.ViewPhoneNumbers),
		"Import, updating": need(func(_ *testing.T, h *house, a *store.Actor) error {
			req := importOf(storetest.Row(919820100000, 1))
			req.Mode = store.ImportUpdate
			_, err := h.Import(ctx, a, req, nil)
			return err
		}, data.ImportCustomers, data.ViewPhoneNumbers, data.EditCustomers),
		"Import, with a new field": need(func(_ *testing.T, h *house, a *store.Actor) error {
			h.count++
			req := importOf(storetest.Row(919820100000, 1))
			req.NewFields = []string{fmt.Sprint("Field ", h.count)}
			_, err := h.Import(ctx, a, req, nil)
			return err
		}, data.ImportCustomers, data.ViewPhoneNumbers, data.ManageFieldSchema),
		"Seal": need(func(t *testing.T, h *house, a *store.Actor) error {
			_, err := h.Seal(ctx, a, store.SealRequest{Way: data.WayOne, IDs: []data.CustomerID{h.customer(t, a)}})
			return err
		}, data.DeleteCustomers),
		"Delete": need(func(t *testing.T, h *house, a *store.Actor) error {
			p, err := h.Seal(ctx, a, store.SealRequest{Way: data.WayOne, IDs: []data.CustomerID{h.customer(t, a)}})
			if err == nil {
				_, _, err = h.Store.Delete(ctx, a, p, nil, texts, nil)
			}
			return err
		}, data.DeleteCustomers),
		"Authorise": need(func(t *testing.T, h *house, a *store.Actor) error {
			p, err := h.Seal(ctx, a, store.SealRequest{Way: data.WayOne, IDs: []data.CustomerID{h.customer(t, a)}})
			if err != nil {
				return err
			}
			if _, err = h.Authorise(ctx, a, p, "123456"); errors.Is(err, data.ErrOTPNotSetUp) {
				return nil // allowed to ask
			}
			return err
		}, data.DeleteCustomers),

		"FormerMembers": anyone(func(_ *testing.T, h *house, a *store.Actor) error { _, err := h.FormerMembers(ctx, a); return err }),
		"TurnRoom": {either: true, needs: []data.Permission{data.ManageSettings, data.ManageTeam}, call: func(_ *testing.T, h *house, a *store.Actor) error {
			_, err := h.TurnRoom(ctx, a)
			return err
		}},
		"TurnKey": {either: true, needs: []data.Permission{data.ManageSettings, data.ManageTeam}, call: func(_ *testing.T, h *house, a *store.Actor) error {
			return h.TurnKey(ctx, a, nil)
		}},
		"ResetPassword": need(func(t *testing.T, h *house, a *store.Actor) error {
			return h.ResetPassword(ctx, a, h.plain(t), storetest.Password)
		}, data.ManageTeam),
		"DeactivateUser": need(func(t *testing.T, h *house, a *store.Actor) error {
			return h.DeactivateUser(ctx, a, h.plain(t))
		}, data.ManageTeam),
		"ActivateUser": need(func(t *testing.T, h *house, a *store.Actor) error {
			id := h.plain(t)
			if err := h.DeactivateUser(ctx, h.Owner, id); err != nil {
				t.Fatal(err)
			}
			return h.ActivateUser(ctx, a, id, storetest.Password)
		}, data.ManageTeam),
		"RemoveUser": need(func(t *testing.T, h *house, a *store.Actor) error {
			return h.RemoveUser(ctx, a, h.plain(t), 0)
		}, data.ManageTeam),
		"RenameUser": need(func(t *testing.T, h *house, a *store.Actor) error {
			return h.RenameUser(ctx, a, h.plain(t), "Renamed")
		}, data.ManageTeam),
		"TransferOwnership": accountOwner(func(t *testing.T, h *house, a *store.Actor) error {
			_, err := h.TransferOwnership(ctx, a, store.Transfer{To: h.plain(t), Password: storetest.Password})
			return err
		}),

		"EnrolOTP": accountOwner(func(_ *testing.T, h *house, a *store.Actor) error {
			secret := otp.Secret("12345678901234567890")
			return h.EnrolOTP(ctx, a, storetest.Password, secret, otp.CodeAt(secret, h.Clock.Now()), "")
		}),
		"RecoverOTP": accountOwner(func(_ *testing.T, h *house, a *store.Actor) error {
			secret := otp.Secret("12345678901234567890")
			_, err := h.RecoverOTP(ctx, a, storetest.Password, h.Recovery.String(), secret, otp.CodeAt(secret, h.Clock.Now()))
			return err
		}),
		"ResetOTPClock": accountOwner(func(_ *testing.T, h *house, a *store.Actor) error {
			return h.ResetOTPClock(ctx, a, storetest.Password, h.Recovery.String())
		}),
		"NewRecoveryKey": accountOwner(func(_ *testing.T, h *house, a *store.Actor) error {
			_, err := h.NewRecoveryKey(ctx, a, storetest.Password, "")
			return err
		}),
		"RecoverPassword": accountOwner(func(_ *testing.T, h *house, a *store.Actor) error {
			_, err := h.RecoverPassword(ctx, a, storetest.Password)
			return err
		}),
	}
}

// A method without a row in the table fails: nobody adds one without saying
// who may call it.
func TestEveryMethodSaysWhoMayCallIt(t *testing.T) {
	table := methods()
	typ := reflect.TypeFor[*store.Store]()
	actor := reflect.TypeFor[*store.Actor]()
	for i := range typ.NumMethod() {
		m := typ.Method(i)
		row, ok := table[m.Name]
		if !ok {
			t.Errorf("%s is not in the table of methods", m.Name)
			continue
		}
		takes := false
		for j := range m.Type.NumIn() {
			takes = takes || m.Type.In(j) == actor
		}
		if takes == row.program && m.Name != "SignOut" {
			t.Errorf("%s takes an actor: %v; the table says otherwise", m.Name, takes)
		}
	}
}

func TestWhoMayCallWhat(t *testing.T) {
	h := newHouse(t)
	left, gone := h.Add(t, "Left", 2), h.Add(t, "Gone", 2)
	h.SignOut(left)
	if err := store.Exec(h.Store.Store, "UPDATE users SET active = 0 WHERE id = ?", int64(gone.User())); err != nil {
		t.Fatal(err)
	}
	deputy := h.Add(t, "Deputy", 2)
	most := h.with(t, slices.Collect(allPermissions)...)
	table := methods()
	names := make([]string, 0, len(table))
	for name := range table {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		m := table[name]
		if m.program {
			continue
		}
		t.Run(name, func(t *testing.T) {
			if err := m.call(t, h, left); !errors.Is(err, data.ErrSignedOut) && name != "RecoverPassword" {
				t.Errorf("signed out: %v", err)
			}
			if err := m.call(t, h, gone); err == nil || !errors.Is(err, data.ErrDeactivated) && name != "RecoverPassword" {
				t.Errorf("deactivated: %v", err)
			}
			switch {
			case m.account:
				for who, a := range map[string]*store.Actor{"an Owner": deputy, "a role with everything": most} {
					if err := m.call(t, h, a); !errors.Is(err, data.ErrDenied) {
						t.Errorf("%s: %v", who, err)
					}
				}
				return
			case len(m.needs) == 0:
				if err := m.call(t, h, h.with(t)); err != nil {
					t.Errorf("with no permission: %v", err)
				}
				return
			}
			if m.either {
				var ps []data.Permission
				for _, p := range m.needs {
					if err := m.call(t, h, h.with(t, p)); err != nil {
						t.Errorf("with %s: %v", p, err)
					}
				}
				for p := range allPermissions {
					if !slices.Contains(m.needs, p) {
						ps = append(ps, p)
					}
				}
				if err := m.call(t, h, h.with(t, ps...)); !errors.Is(err, data.ErrDenied) {
					t.Errorf("with none of what it needs: %v", err)
				}
				return
			}
			if err := m.call(t, h, h.with(t, m.needs...)); err != nil {
				t.Errorf("with what it needs: %v", err)
			}
			for _, p := range m.needs {
				if err := m.call(t, h, h.without(t, p)); !errors.Is(err, data.ErrDenied) {
					t.Errorf("with all but %s: %v", p, err)
				}
			}
		})
	}
}

func allPermissions(yield func(data.Permission) bool) {
	for _, info := range data.Permissions() {
		if !yield(info.Permission) {
			return
		}
	}
}

// The plan was sealed and the OTP given while the person had the right; the
// store reads it again.
func TestARightTakenAwayMeanwhileIsGone(t *testing.T) {
	for name, take := range map[string]string{
		"the permission": "DELETE FROM role_permissions WHERE permission = 'delete_customers'",
		"the role":       "UPDATE users SET role_id = 4 WHERE id > 1",
		"the member":     "UPDATE users SET active = 0 WHERE id > 1",
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.Enrol(t)
			a := h.with(t, data.DeleteCustomers, data.ViewAllCustomers)
			p := seal(t, h.Store, a, data.WaySelected, h.IDs(t)[:2])
			auth, err := h.Authorise(t.Context(), a, p, h.Code())
			if err != nil {
				t.Fatal(err)
			}
			if err := store.Exec(h.Store.Store, take); err != nil {
				t.Fatal(err)
			}
			want := data.ErrDenied
			if name == "the member" {
				want = data.ErrDeactivated
			}
			if _, _, err := h.Store.Delete(t.Context(), a, p, auth, texts, nil); !errors.Is(err, want) {
				t.Errorf("got %v", err)
			}
			if _, err := h.Authorise(t.Context(), a, p, h.Code()); !errors.Is(err, want) {
				t.Errorf("authorising: %v", err)
			}
			if n := len(h.IDs(t)); n != 5 {
				t.Errorf("%d left", n)
			}
		})
	}
}

func TestNobodyGrantsWhatTheyLack(t *testing.T) {
	h := newHouse(t)
	manager := h.with(t, data.ManageRoles, data.ManageTeam, data.ViewAuditLog, data.DeleteCustomers)
	role := func(ps ...data.Permission) error {
		_, err := h.AddRole(t.Context(), manager, data.Role{Name: "R", Permissions: data.NewPermissionSet(ps...)})
		return err
	}
	member := func(role data.RoleID) error {
		_, err := h.AddUser(t.Context(), manager, data.User{Name: "M", Role: role}, storetest.Password)
		return err
	}
	for name, c := range map[string]struct{ got, want error }{
		"what they have":                          {role(data.ViewAuditLog, data.ManageTeam), nil},
		"what they lack":                          {role(data.ViewOutbox), data.ErrDenied},
		"Delete Customers, though they have it":   {role(data.DeleteCustomers), data.ErrDenied},
		"a role with less":                        {member(h.Role(t, "Less", data.ViewAuditLog)), nil},
		"a role with more":                        {member(h.Role(t, "More", data.ViewOutbox)), data.ErrDenied},
		"a role with Delete Customers":            {member(h.Role(t, "Deletes", data.DeleteCustomers)), data.ErrDenied},
		"Team Lead, which sees what they may not": {member(3), data.ErrDenied},
		"Owner":               {member(2), data.ErrDenied},
		"Account Owner":       {member(1), data.ErrDenied},
		"a role that is none": {member(999), data.ErrNotFound},
	} {
		if !errors.Is(c.got, c.want) {
			t.Errorf("%s: %v", name, c.got)
		}
	}
	if _, err := h.AddUser(t.Context(), h.Owner, data.User{Name: "Second", Role: 1}, storetest.Password); !errors.Is(err, data.ErrDenied) {
		t.Errorf("a second Account Owner: %v", err)
	}
}
