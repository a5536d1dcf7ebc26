package data

// Operation is something that is asked of the store. It is named after the
// store's method; where what it takes depends on how the method is called, a
// comma and the case follow.
type Operation string

// Who tells to whom an operation is open.
type Who int

const (
	// WhoHas is whoever has all the permissions that the operation needs; where
	// it needs none, everybody who is signed in.
	WhoHas Who = iota
	// WhoOwns are the Account Owner and Owners: it can't be granted.
	WhoOwns
	// WhoIsAccountOwner is the Account Owner alone.
	WhoIsAccountOwner
	// WhoIsProgram is the program itself: no person's rights are in it, and it
	// shows and changes nothing of the list.
	WhoIsProgram
)

// Access is one line of the permission matrix: what an operation does, and who
// may ask for it.
type Access struct {
	Operation Operation
	Does      string // in English, for the documents
	Who       Who
	Needs     []Permission // all of them, with WhoHas
}

// May tells whether the person may ask for the operation. It is the one
// question that the store asks in the transaction of each of its methods, and
// that pages ask before they show a control. An operation that is not in the
// matrix is open to nobody.
func (r Rights) May(op Operation) bool {
	access, ok := accessOf[op]
	if !ok || r.User == 0 {
		return false
	}
	switch access.Who {
	case WhoHas:
		for _, p := range access.Needs {
			if !r.Can(p) {
				return false
			}
		}
		return true
	case WhoOwns:
		return r.CanDeleteAll()
	case WhoIsAccountOwner:
		return r.IsAccountOwner()
	}
	return false
}

// accessOf is the matrix by operation.
var accessOf = func() map[Operation]Access {
	m := map[Operation]Access{}
	for _, a := range Matrix() {
		if _, twice := m[a.Operation]; twice {
			panic("data: " + string(a.Operation) + " is in the matrix twice")
		}
		m[a.Operation] = a
	}
	return m
}()
