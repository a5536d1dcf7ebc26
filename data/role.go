package data

// RoleID identifies a role.
type RoleID int64

// RoleKind tells the predefined roles from those made by the business.
type RoleKind string

// The kinds of role. There is exactly one Account Owner.
const (
	AccountOwner RoleKind = "account_owner"
	Owner        RoleKind = "owner"
	TeamLead     RoleKind = "team_lead"
	TeamMember   RoleKind = "team_member"
	CustomRole   RoleKind = "custom"
)

// Role is what a person may do. Predefined roles have an empty Name; what they
// are called is a matter of translation.
type Role struct {
	ID          RoleID
	Kind        RoleKind
	Name        string
	Permissions PermissionSet // of a CustomRole; the others follow their kind
}

// Granted returns the permissions of the role, whatever its kind.
func (r Role) Granted() PermissionSet {
	switch r.Kind {
	case AccountOwner, Owner:
		return AllPermissions()
	case TeamLead, TeamMember:
		return NewPermissionSet(ViewAllCustomers, ViewPhoneNumbers, ViewCustomData)
	case CustomRole:
		return r.Permissions
	}
	return nil
}

// UserID identifies a member of the team. Zero is nobody; ids are never used
// again.
type UserID int64

// User is a member of the team.
type User struct {
	ID         UserID
	Name       string
	Phone      Phone
	Email      string
	Role       RoleID
	Active     bool
	LastSignIn int64 // Unix seconds; 0 if never
	// MustChangePassword is set until the member replaces a password that
	// somebody else chose.
	MustChangePassword bool
}

// Rights are what one person may do at one moment, as the store read them.
// The zero Rights allow nothing.
type Rights struct {
	User UserID
	Role RoleID
	Kind RoleKind
	Set  PermissionSet
}

// RightsOf joins a user and their role. A deactivated user has none.
func RightsOf(u User, r Role) Rights {
	if !u.Active || u.Role != r.ID {
		return Rights{}
	}
	return Rights{User: u.ID, Role: r.ID, Kind: r.Kind, Set: r.Granted()}
}

// Can tells whether the person has the permission.
func (r Rights) Can(p Permission) bool { return r.Set[p] }

// CanDeleteAll tells whether the person may start Delete All. It can't be
// granted: only the Account Owner and Owners may.
func (r Rights) CanDeleteAll() bool { return r.Kind == AccountOwner || r.Kind == Owner }

// IsAccountOwner tells whether the person is the Account Owner.
func (r Rights) IsAccountOwner() bool { return r.Kind == AccountOwner }

// SeesPhones tells whether phone numbers are shown unmasked.
func (r Rights) SeesPhones() bool { return r.Can(ViewPhoneNumbers) }
