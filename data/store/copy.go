package store

import (
	"context"
	"fmt"
)

// Tables whose rows hang on customers, by the column that says on whom; all
// others are copied in one piece.
var byCustomer = map[string]string{
	"customers": "id", "customer_tags": "customer_id", "notes": "customer_id",
	"interactions": "customer_id", "custom_values": "customer_id",
}

// copyAll copies the whole of the list from old, the customers in parts; copied
// is told how many there are so far.
func (t *tx) copyAll(ctx context.Context, copied func(int)) error {
	return t.copyTables(ctx, func(name, column string) error {
		if column != "" {
			return t.copyParts(ctx, name, column, "", copied)
		}
		return t.copyTable(ctx, name)
	})
}

// copyRest copies everything but what goes: the customers of doomed and what
// hangs on them, or, if all is set, every customer, tag and segment.
func (t *tx) copyRest(ctx context.Context, all bool) error {
	return t.copyTables(ctx, func(name, column string) error {
		goes := column != "" || name == "tags" || name == "segments"
		switch {
		case all && goes:
			return nil
		case column != "":
			return t.copyParts(ctx, name, column, "NOT IN (SELECT id FROM doomed)", nil)
		}
		return t.copyTable(ctx, name)
	})
}

// copyTables runs copyOne for every table, and copies what the ids go on from:
// they are never used again, whoever had the last one.
func (t *tx) copyTables(ctx context.Context, copyOne func(name, column string) error) error {
	if _, err := t.ExecContext(ctx, "PRAGMA defer_foreign_keys = ON"); err != nil {
		return err
	}
	names, err := t.tableNames(ctx)
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := copyOne(name, byCustomer[name]); err != nil {
			return err
		}
	}
	if _, err := t.ExecContext(ctx, "DELETE FROM main.sqlite_sequence"); err != nil {
		return err
	}
	_, err = t.ExecContext(ctx, "INSERT INTO main.sqlite_sequence SELECT * FROM old.sqlite_sequence")
	return err
}

func (t *tx) copyTable(ctx context.Context, name string) error {
	_, err := t.ExecContext(ctx, fmt.Sprintf("INSERT INTO main.%s SELECT * FROM old.%s", name, name))
	return err
}

// copyParts copies a table by ranges of customers' ids, those of which only
// says true, or all.
func (t *tx) copyParts(ctx context.Context, name, column, only string, copied func(int)) error {
	const part = 20_000
	where := fmt.Sprintf(" WHERE %s > ? AND %s <= ?", column, column)
	if only != "" {
		where += " AND " + column + " " + only
	}
	var last int64
	if err := t.QueryRowContext(ctx, fmt.Sprintf("SELECT coalesce(max(%s), 0) FROM old.%s", column, name)).Scan(&last); err != nil {
		return err
	}
	done := 0
	for from := int64(0); from < last; from += part {
		res, err := t.ExecContext(ctx, fmt.Sprintf("INSERT INTO main.%s SELECT * FROM old.%s%s", name, name, where), from, from+part)
		if err != nil {
			return err
		}
		if copied != nil && name == "customers" {
			n, err := res.RowsAffected()
			if err != nil {
				return err
			}
			done += int(n)
			copied(done)
		}
	}
	return nil
}

func (t *tx) tableNames(ctx context.Context) ([]string, error) {
	rows, err := t.QueryContext(ctx,
		`SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY rowid`)
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
