package store_test

import (
	"database/sql"
	"slices"
	"testing"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// uncounted are statements by which customers go, or get other numbers, past the
// rule of large deletions.
var uncounted = []string{
	"DELETE FROM customers WHERE id = 3",
	"DELETE FROM customers",
	"DELETE FROM customers WHERE phone > 0 RETURNING id",
	"UPDATE customers SET phone = phone + 5000 WHERE id = 3",
	"UPDATE customers SET phone = phone + 5000",
	"UPDATE customers SET id = id + 100 WHERE id = 3",
	"REPLACE INTO customers (id, version, phone, created, by_owner, added_by) VALUES (3, 1, 1, 1, 1, 1)",
	"INSERT OR REPLACE INTO customers (version, phone, created, by_owner, added_by) SELECT 1, phone, 1, 1, 1 FROM customers WHERE id = 3",
	"UPDATE OR REPLACE customers SET phone = (SELECT phone FROM customers WHERE id = 4) WHERE id = 3",
	`INSERT INTO customers (version, phone, created, by_owner, added_by) SELECT 1, phone, 1, 1, 1 FROM customers WHERE id = 3
		ON CONFLICT (phone) DO UPDATE SET phone = 1`,
	"WITH gone AS (SELECT id FROM customers LIMIT 1) DELETE FROM customers WHERE id IN gone",
}

// A transaction that takes customers away, or changes their numbers, without
// having passed the one rule is not committed.
func TestNobodyGoesUncounted(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 60)
	before, mark, files := contentOf(t, s), markOf(t, s), filesIn(t, s.Dir)
	for _, query := range uncounted {
		err := store.Write(t.Context(), s.Store, s.Owner, data.OpEditCustomer, func(tx *sql.Tx) error {
			_, err := tx.Exec(query)
			return err
		})
		wantErr(t, query, err, store.ErrUncounted)
	}
	// Nor one that tells the rule of fewer than go.
	wantErr(t, "three for two", store.Remove(t.Context(), s.Store, s.Owner, 2, "DELETE FROM customers WHERE id <= 3"), store.ErrUncounted)
	// In a new file it is the two lists that are compared.
	for _, query := range uncounted {
		wantErr(t, "new file: "+query, store.Replace(t.Context(), s.Store, s.Owner, query), store.ErrUncounted)
	}
	if contentOf(t, s) != before || markOf(t, s) != mark {
		t.Fatal("a wrong transaction was committed")
	}
	if after := filesIn(t, s.Dir); !slices.Equal(after, files) {
		t.Errorf("files in the folder: %q, before %q", after, files)
	}

	// What goes by the rule, or doesn't go at all, is committed.
	if err := store.Remove(t.Context(), s.Store, s.Owner, 3, "DELETE FROM customers WHERE id <= 3"); err != nil {
		t.Error(err)
	}
	for _, query := range []string{
		"UPDATE customers SET name = 'Renamed', version = version + 1", "UPDATE customers SET phone = phone",
		"DELETE FROM notes", "DELETE FROM customers WHERE id = 3",
	} {
		if err := store.Write(t.Context(), s.Store, s.Owner, data.OpEditCustomer, func(tx *sql.Tx) error {
			_, err := tx.Exec(query)
			return err
		}); err != nil {
			t.Errorf("%s: %v", query, err)
		}
	}
	if err := store.Replace(t.Context(), s.Store, s.Owner, "UPDATE customers SET name = 'Again'"); err != nil {
		t.Error(err)
	}
	if n := len(s.IDs(t)); n != 57 {
		t.Errorf("%d are left", n)
	}
}
