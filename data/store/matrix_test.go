package store_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"lethe/data"
	"lethe/data/store"
)

const howToAdd = `
	To add a method to the store:
	1. data/matrix.go: a constant Op<Method> and a line in Matrix(): what it does, who may (WhoHas with the
	   permissions that it needs, WhoOwns, WhoIsAccountOwner; WhoIsProgram if it takes no actor);
	2. the method: s.read(ctx, a, data.Op<Method>, …) or s.write(ctx, a, data.Op<Method>, …); t.may(data.Op<Case>)
	   for a case that takes more ("Import, updating");
	3. data/store/rights_test.go: a call of it in calls(), in which nothing but a missing right is in its way;
	4. make matrix INTO=README.md (go test ./data -run README tells whether that was forgotten).`

// Nobody adds a method without saying in data.Matrix who may call it.
func TestEveryMethodIsInTheMatrix(t *testing.T) {
	lines := map[string][]data.Access{}
	for _, a := range data.Matrix() {
		name, _, _ := strings.Cut(string(a.Operation), ",")
		lines[name] = append(lines[name], a)
	}
	typ := reflect.TypeFor[*store.Store]()
	actor := reflect.TypeFor[*store.Actor]()
	for i := range typ.NumMethod() {
		m := typ.Method(i)
		all, ok := lines[m.Name]
		if !ok {
			t.Errorf("Store.%s is not in the permission matrix.%s", m.Name, howToAdd)
			continue
		}
		delete(lines, m.Name)
		takes := false
		for j := range m.Type.NumIn() {
			takes = takes || m.Type.In(j) == actor
		}
		for _, a := range all {
			if program := a.Who == data.WhoIsProgram; takes == program && m.Name != "SignOut" {
				t.Errorf("Store.%s takes an actor: %v; the matrix says otherwise of %q", m.Name, takes, a.Operation)
			}
			if a.Who != data.WhoHas && len(a.Needs) > 0 {
				t.Errorf("%q: permissions that nobody asks for", a.Operation)
			}
		}
	}
	for name := range lines {
		t.Errorf("%q is in the permission matrix, and no method of the store", name)
	}
	for op := range calls() {
		if !inMatrix(op) {
			t.Errorf("a call of %q, which is not in the permission matrix", op)
		}
	}
}

func inMatrix(op data.Operation) bool {
	for _, a := range data.Matrix() {
		if a.Operation == op {
			return true
		}
	}
	return false
}

// Every cell of roles × operations, at the store: the predefined roles, a role
// with every permission, one with none, for each permission one with it alone
// and one with all but it, and who is signed out or deactivated.
func TestRolesTimesOperations(t *testing.T) {
	h := newHouse(t)
	left, gone := h.Add(t, "Left", 2), h.Add(t, "Gone", 2)
	h.SignOut(left)
	if err := store.Exec(h.Store.Store, "UPDATE users SET active = 0 WHERE id = ?", int64(gone.User())); err != nil {
		t.Fatal(err)
	}
	type person struct {
		name string
		*store.Actor
		lacks data.Permission // the one that they have not, of those with all others
	}
	people := []person{
		{"Account Owner", h.Owner, ""},
		{"Owner", h.Add(t, "Deputy", 2), ""},
		{"Team Lead", h.Add(t, "Lead", 3), ""},
		{"Team Member", h.Add(t, "Member", 4), ""},
		{"a role with nothing", h.with(t), ""},
	}
	var all []data.Permission
	for _, info := range data.Permissions() {
		all = append(all, info.Permission)
		people = append(people,
			person{"a role with " + string(info.Permission), h.with(t, info.Permission), ""},
			person{"a role with all but " + string(info.Permission), h.without(t, info.Permission), info.Permission})
	}
	people = append(people, person{"a role with everything", h.with(t, all...), ""})

	byOp, cells := calls(), 0
	for _, line := range data.Matrix() {
		if line.Who == data.WhoIsProgram {
			continue
		}
		call, ok := byOp[line.Operation]
		if !ok {
			t.Errorf("no call of %q.%s", line.Operation, howToAdd)
			continue
		}
		t.Run(string(line.Operation), func(t *testing.T) {
			byRecovery := line.Operation == data.OpRecoverPassword
			check := func(who string, a *store.Actor, want ...error) {
				t.Helper()
				cells++
				err := call(t, h, a)
				for _, w := range want {
					if errors.Is(err, w) || err == nil && w == nil {
						return
					}
				}
				t.Errorf("%s: %v, want %v", who, err, want)
			}
			if byRecovery { // the session by password is not enough even for the Account Owner
				check("signed out", left, data.ErrSignedOut, data.ErrDenied)
				check("deactivated", gone, data.ErrDeactivated, data.ErrDenied)
			} else {
				check("signed out", left, data.ErrSignedOut)
				check("deactivated", gone, data.ErrDeactivated)
			}
			for _, p := range people {
				rights, err := h.Rights(t.Context(), p.Actor)
				if err != nil {
					t.Fatal(err)
				}
				want := data.ErrDenied
				if allowed(line, rights) && !byRecovery {
					want = nil
					if p.lacks != "" && len(line.Needs) > 0 {
						continue // lacks what nobody asks for here: the role with everything stands for it
					}
				}
				check(p.name, p.Actor, want)
			}
		})
	}
	t.Logf("%d cells", cells)
}

// allowed reads a line of the matrix by itself, so that what May answers is
// tested too.
func allowed(line data.Access, r data.Rights) bool {
	switch line.Who {
	case data.WhoIsAccountOwner:
		return r.Kind == data.AccountOwner
	case data.WhoOwns:
		return r.Kind == data.AccountOwner || r.Kind == data.Owner
	case data.WhoIsProgram:
		return false
	}
	for _, p := range line.Needs {
		if !r.Set[p] {
			return false
		}
	}
	return true
}
