package sample

import "lethe/data"

// The demo's business.
const (
	Business = "Sharma Traders"
	Region   = "IN"
)

// Member is one of the demo's team. Its phone links it with the customers
// whose Agent Phone Number it is.
type Member struct {
	Name  string
	Phone data.Phone
	Email string
	Role  data.RoleKind
	// Custom is the role of a member with data.CustomRole: its name and what
	// it may do.
	Custom data.Role
}

// Team is the demo's team, the Account Owner first. Nobody in it is real.
func Team() []Member {
	return []Member{
		{Name: "Asha Sharma", Phone: 919820000001, Email: "asha@example.com", Role: data.AccountOwner},
		{Name: "Ravi Mehta", Phone: 919820000002, Email: "ravi@example.com", Role: data.Owner},
		{Name: "Neha Joshi", Phone: 919820000003, Email: "neha@example.com", Role: data.TeamLead},
		{Name: "Imran Shaikh", Phone: 919820000004, Email: "imran@example.com", Role: data.TeamMember},
		{
			Name: "Kavya Nair", Phone: 919820000005, Email: "kavya@example.com", Role: data.CustomRole,
			Custom: data.Role{
				Kind: data.CustomRole, Name: "Support",
				Permissions: data.NewPermissionSet(data.ViewAllCustomers, data.ViewPhoneNumbers,
					data.ViewCustomData, data.DeleteCustomers),
			},
		},
	}
}
