package data

import "strings"

// Permission is one thing that a role may do.
type Permission string

// The permissions. Delete All is not one: it can't be granted.
const (
	ViewAllCustomers     Permission = "view_all_customers"
	ViewPhoneNumbers     Permission = "view_phone_numbers"
	ViewCustomData       Permission = "view_custom_data"
	EditCustomers        Permission = "edit_customers"
	ManageFieldSchema    Permission = "manage_field_schema"
	ManageSegments       Permission = "manage_segments"
	ImportCustomers      Permission = "import_customers"
	ExportCustomers      Permission = "export_customers"
	DeleteCustomers      Permission = "delete_customers"
	ViewTeam             Permission = "view_team"
	ManageTeam           Permission = "manage_team"
	ManageRoles          Permission = "manage_roles"
	ViewAuditLog         Permission = "view_audit_log"
	ViewOutbox           Permission = "view_outbox"
	ManageSettings       Permission = "manage_settings"
	BackUp               Permission = "back_up"
	permissionsSeparator            = ","
)

// PermissionGroup is a heading of the permission list.
type PermissionGroup string

// The groups in the order of the list.
const (
	GroupCustomers PermissionGroup = "customers"
	GroupTeam      PermissionGroup = "team"
	GroupRecords   PermissionGroup = "records"
	GroupSettings  PermissionGroup = "settings"
)

// PermissionInfo describes a permission: where it is listed, and which others
// it can't do without.
type PermissionInfo struct {
	Permission Permission
	Group      PermissionGroup
	Needs      []Permission
}

// Permissions lists every permission once, in the order of the list.
func Permissions() []PermissionInfo {
	return []PermissionInfo{
		{ViewAllCustomers, GroupCustomers, nil},
		{ViewPhoneNumbers, GroupCustomers, nil},
		{ViewCustomData, GroupCustomers, nil},
		{EditCustomers, GroupCustomers, nil},
		{ManageFieldSchema, GroupCustomers, []Permission{ViewCustomData}},
		{ManageSegments, GroupCustomers, nil},
		{ImportCustomers, GroupCustomers, []Permission{ViewAllCustomers, ViewPhoneNumbers}},
		{ExportCustomers, GroupCustomers, nil},
		{DeleteCustomers, GroupCustomers, nil},
		{ViewTeam, GroupTeam, nil},
		{ManageTeam, GroupTeam, []Permission{ViewTeam}},
		{ManageRoles, GroupTeam, []Permission{ViewTeam}},
		{ViewAuditLog, GroupRecords, nil},
		{ViewOutbox, GroupRecords, nil},
		{ManageSettings, GroupSettings, nil},
		{BackUp, GroupSettings, nil},
	}
}

// PermissionSet is a set of permissions. The nil set is empty.
type PermissionSet map[Permission]bool

// NewPermissionSet returns the set of ps with all that they need.
func NewPermissionSet(ps ...Permission) PermissionSet {
	s := PermissionSet{}
	for _, p := range ps {
		s.add(p)
	}
	return s
}

func (s PermissionSet) add(p Permission) {
	for _, info := range Permissions() {
		if info.Permission != p {
			continue
		}
		s[p] = true
		for _, n := range info.Needs {
			s.add(n)
		}
	}
}

// Holding lists those of the set that can't do without p, in the order of
// Permissions: while one of them is there, p is locked on.
func (s PermissionSet) Holding(p Permission) []Permission {
	var out []Permission
	for _, info := range Permissions() {
		if info.Permission != p && s[info.Permission] && NewPermissionSet(info.Permission)[p] {
			out = append(out, info.Permission)
		}
	}
	return out
}

// Within tells whether other has everything that s has.
func (s PermissionSet) Within(other PermissionSet) bool { return len(s.Less(other)) == 0 }

// Less lists what s has and other lacks, in the order of Permissions.
func (s PermissionSet) Less(other PermissionSet) []Permission {
	var out []Permission
	for _, info := range Permissions() {
		if s[info.Permission] && !other[info.Permission] {
			out = append(out, info.Permission)
		}
	}
	return out
}

// AllPermissions is the set of every permission.
func AllPermissions() PermissionSet {
	s := PermissionSet{}
	for _, info := range Permissions() {
		s[info.Permission] = true
	}
	return s
}

// Encode writes the set as a list in the order of Permissions.
func (s PermissionSet) Encode() string {
	var out []string
	for _, info := range Permissions() {
		if s[info.Permission] {
			out = append(out, string(info.Permission))
		}
	}
	return strings.Join(out, permissionsSeparator)
}

// DecodePermissions reads what Encode wrote. Words that are no permission are
// left out, so an unknown one never grants anything.
func DecodePermissions(text string) PermissionSet {
	var ps []Permission
	for _, w := range strings.Split(text, permissionsSeparator) {
		ps = append(ps, Permission(w))
	}
	return NewPermissionSet(ps...)
}
