package app

import (
	"lethe/app/auditlog"
	"lethe/app/customers"
	"lethe/app/desk"
	"lethe/app/outboxpage"
	"lethe/app/settings"
)

// Pages are the pages of the rail, in its order. Each tells for whom it exists.
func Pages() []desk.Entry {
	return []desk.Entry{
		customers.Entry(),
		auditlog.Entry(),
		outboxpage.Entry(),
		settings.Entry(),
	}
}
