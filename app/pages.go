package app

import (
	"lethe/app/auditlog"
	"lethe/app/customers"
	"lethe/app/desk"
	"lethe/app/help"
	"lethe/app/outboxpage"
	"lethe/app/settings"
	"lethe/app/team"
)

// Pages are the pages of the rail, in its order. Each tells for whom it exists.
func Pages() []desk.Entry {
	return []desk.Entry{
		customers.Entry(),
		auditlog.Entry(),
		outboxpage.Entry(),
		team.Entry(),
		team.RolesEntry(),
		settings.Entry(),
		help.Entry(),
	}
}
