package store

import (
	"context"
	"fmt"
	"strings"
)

// nobodys counts the mails, found in live rows, that no row holds which is
// there for a reason: one of somebody who stays, or of something else than
// customers. What is left hangs on somebody who is gone.
func (s *Store) nobodys(ctx context.Context, mails []string) (int, error) {
	if len(mails) == 0 {
		return 0, nil
	}
	stray := 0
	s.gate.RLock()
	defer s.gate.RUnlock()
	err := s.run(ctx, s.readers(), 0, false, func(t *tx) error {
		held, err := t.holdsQuery(ctx)
		if err != nil {
			return err
		}
		for _, mail := range mails {
			var found bool
			if err := t.QueryRowContext(ctx, held, sqlLower(mail)).Scan(&found); err != nil {
				return err
			}
			if !found {
				stray++
			}
		}
		return nil
	})
	return stray, err
}

// holdsQuery asks whether ?1, in small letters, stands in any text of any table.
// What hangs on customers counts while they are there.
func (t *tx) holdsQuery(ctx context.Context) (string, error) {
	tables, err := t.tableNames(ctx)
	if err != nil {
		return "", err
	}
	var parts []string
	for _, table := range tables {
		columns, err := t.textColumns(ctx, table)
		if err != nil {
			return "", err
		}
		for i, name := range columns {
			columns[i] = fmt.Sprintf("instr(lower(%s), ?1)", name)
		}
		if len(columns) == 0 {
			continue
		}
		where := "(" + strings.Join(columns, " OR ") + ")"
		if column := byCustomer[table]; column != "" && column != "id" {
			where += " AND " + column + " IN (SELECT id FROM customers)"
		}
		parts = append(parts, fmt.Sprintf("EXISTS (SELECT 1 FROM %s WHERE %s)", table, where))
	}
	return "SELECT " + strings.Join(parts, " OR "), nil
}

func (t *tx) textColumns(ctx context.Context, table string) ([]string, error) {
	rows, err := t.QueryContext(ctx, "SELECT * FROM "+table+" LIMIT 0")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	var out []string
	for _, c := range types {
		if c.DatabaseTypeName() == "TEXT" {
			out = append(out, c.Name())
		}
	}
	return out, rows.Err()
}

// sqlLower is lower() of SQLite, which knows ASCII only.
func sqlLower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}
