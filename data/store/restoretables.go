package store

import (
	"context"
	"fmt"
	"strings"
)

// Where each table comes from when a backup is restored into a list that is
// there. What is the list's content comes from the backup, what is the store's
// own stays: a restore must not bring back a member, a role or a password, nor
// lose an entry of the audit log. A table that stands in neither stays.
var (
	restoredTables = []string{
		"customers", "customer_tags", "notes", "interactions", "custom_values",
		"tags", "custom_fields", "segments",
	}
	stayingTables = []string{
		"roles", "role_permissions", "users", "store", "settings", "audit", "outbox",
		"scrub_jobs", "countersigns", "gone", "backups", "rolling_backup", "import_mappings", "exports",
	}
)

func isRestored(table string) bool {
	for _, name := range restoredTables {
		if name == table {
			return true
		}
	}
	return false
}

// restoreTables writes the new list: main is the new file, old the list as it
// is, backup that of the backup. Rows get the version that is given: whatever
// was sealed before is stale.
func (t *tx) restoreTables(ctx context.Context, m *moves, version int64) error {
	if _, err := t.ExecContext(ctx, "PRAGMA defer_foreign_keys = ON"); err != nil {
		return err
	}
	names, err := t.tableNames(ctx)
	if err != nil {
		return err
	}
	for _, name := range names {
		if isRestored(name) {
			continue
		}
		if _, err := t.ExecContext(ctx, fmt.Sprintf("INSERT INTO main.%s SELECT * FROM old.%s", name, name)); err != nil {
			return err
		}
	}
	for _, k := range []*moved{&m.customers, &m.fields, &m.segments} {
		if err := t.leaveOut(ctx, k); err != nil {
			return err
		}
	}
	if err := t.restoreCustomers(ctx, version); err != nil {
		return err
	}
	for _, part := range []struct{ table, where string }{
		{"custom_fields", "id NOT IN (SELECT id FROM temp.out_field)"},
		{"segments", "id NOT IN (SELECT id FROM temp.out_segment)"},
		{"notes", "customer_id NOT IN (SELECT id FROM temp.out_customer)"},
		{"interactions", "customer_id NOT IN (SELECT id FROM temp.out_customer)"},
		{"custom_values", "customer_id NOT IN (SELECT id FROM temp.out_customer) AND field_id NOT IN (SELECT id FROM temp.out_field)"},
		{"customer_tags", "customer_id NOT IN (SELECT id FROM temp.out_customer)"},
		{"tags", "id IN (SELECT tag_id FROM main.customer_tags)"},
	} {
		if _, err := t.ExecContext(ctx, fmt.Sprintf("INSERT INTO main.%s SELECT * FROM backup.%s WHERE %s", part.table, part.table, part.where)); err != nil {
			return err
		}
	}
	// Ids go on from where the list is: they are never used again.
	if _, err := t.ExecContext(ctx, "DELETE FROM main.sqlite_sequence"); err != nil {
		return err
	}
	_, err = t.ExecContext(ctx, "INSERT INTO main.sqlite_sequence SELECT * FROM old.sqlite_sequence")
	return err
}

// leaveOut puts what doesn't come back into a table in memory.
func (t *tx) leaveOut(ctx context.Context, k *moved) error {
	table := "temp.out_" + string(k.kind)
	if _, err := t.ExecContext(ctx, "CREATE TEMP TABLE out_"+string(k.kind)+" (id INTEGER PRIMARY KEY)"); err != nil {
		return err
	}
	for block := range k.not {
		var text strings.Builder
		for id := block * goneBlock; id < (block+1)*goneBlock; id++ {
			if k.not.has(id) {
				if text.Len() > 0 {
					text.WriteByte(',')
				}
				fmt.Fprintf(&text, "(%d)", id)
			}
		}
		if text.Len() == 0 {
			continue
		}
		if _, err := t.ExecContext(ctx, "INSERT INTO "+table+" (id) VALUES "+text.String()); err != nil {
			return err
		}
	}
	return nil
}

// restoreCustomers brings the customers of the backup, but for three things
// that stay as they are: who opted out or was blocked since stays so, for that
// was their wish or a warning; and who has an Agent that is no member any more
// keeps the present one.
func (t *tx) restoreCustomers(ctx context.Context, version int64) error {
	columns, err := t.columns(ctx, "customers")
	if err != nil {
		return err
	}
	from := make([]string, len(columns))
	for i, c := range columns {
		switch c {
		case "version":
			from[i] = fmt.Sprint(version)
		case "opt_out", "blocked":
			from[i] = fmt.Sprintf("max(c.%[1]s, coalesce(o.%[1]s, 0))", c)
		case "agent":
			from[i] = `CASE WHEN c.agent IN (SELECT id FROM main.users WHERE active) THEN c.agent
				WHEN o.agent IN (SELECT id FROM main.users WHERE active) THEN o.agent ELSE 0 END`
		default:
			from[i] = "c." + c
		}
	}
	_, err = t.ExecContext(ctx, fmt.Sprintf(`INSERT INTO main.customers (%s) SELECT %s
		FROM backup.customers c LEFT JOIN old.customers o ON o.id = c.id
		WHERE c.id NOT IN (SELECT id FROM temp.out_customer) ORDER BY c.id`,
		strings.Join(columns, ", "), strings.Join(from, ", ")))
	return err
}

func (t *tx) columns(ctx context.Context, table string) ([]string, error) {
	rows, err := t.QueryContext(ctx, "SELECT name FROM main.pragma_table_info(?)", table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		out = append(out, name)
	}
	return out, rows.Err()
}
