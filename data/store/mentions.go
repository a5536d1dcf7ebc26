package store

import (
	"context"
	"database/sql/driver"
	"slices"
	"strings"

	"lethe/data"
	"lethe/data/store/sealed"
)

// mentions counts the texts that stay, and in which somebody of the plan is
// mentioned, by phone number, mail or whole name: notes, interactions and
// custom values of others, and names of tags and segments. They are no residue
// of a deletion, and are told before it. Without ViewAllCustomers only texts of
// one's own customers count.
func (t *tx) mentions(ctx context.Context, ids []data.CustomerID) (texts, names int, err error) {
	own, args := "", []any(nil)
	if !t.rights.Can(data.ViewAllCustomers) {
		own, args = " WHERE customer_id IN (SELECT id FROM customers WHERE agent = ?)", []any{int64(t.rights.User)}
	}
	bySomebody := []string{
		"SELECT customer_id, text FROM notes" + own, "SELECT customer_id, line FROM interactions" + own,
		"SELECT customer_id, value FROM custom_values" + own,
	}
	const byNobody = "SELECT 0, name FROM tags UNION ALL SELECT 0, name || char(10) || description || char(10) || filter FROM segments"
	// The texts are read twice: the first time tells who could be mentioned in
	// them, which is hardly anybody. To look for all of a million costs seconds.
	some := sealed.NewRuns()
	take := func(text string) {
		some.Add(text)
		some.Add(joined(text))
	}
	for _, query := range bySomebody {
		if err := t.staying(ctx, ids, query, args, take); err != nil {
			return 0, 0, err
		}
	}
	if err := t.staying(ctx, nil, byNobody, nil, take); err != nil {
		return 0, 0, err
	}
	needles, err := t.knownBy(ctx, ids, some)
	if err != nil || needles.Len() == 0 {
		return 0, 0, err
	}
	count := func(n *int) func(string) {
		return func(text string) {
			if len(needles.In(text)) > 0 || len(needles.In(joined(text))) > 0 {
				*n++
			}
		}
	}
	for _, query := range bySomebody {
		if err := t.staying(ctx, ids, query, args, count(&texts)); err != nil {
			return 0, 0, err
		}
	}
	return texts, names, t.staying(ctx, nil, byNobody, nil, count(&names))
}

// knownBy are the needles by which customers are known, as far as they could
// stand in some texts. ids are in order.
func (t *tx) knownBy(ctx context.Context, ids []data.CustomerID, some *sealed.Runs) (*sealed.Needles, error) {
	needles := sealed.NewNeedles()
	add := func(value string) {
		if some.May(value) {
			needles.AddText(value, sealed.Anywhere)
		}
	}
	goes := listed(ids)
	err := takeRows(ctx, t.Tx, "SELECT 1 FROM customers WHERE id BETWEEN ? AND ? AND %s, id, phone, name, email) ORDER BY id",
		[]any{int64(ids[0]), int64(ids[len(ids)-1])}, func(row []driver.Value) error {
			if !goes(data.CustomerID(number(row[0]))) {
				return nil
			}
			add(national(data.Phone(number(row[1]))))
			if email := text(row[3]); len(email) >= shortest {
				add(email)
			}
			// One word alone is anybody's.
			if name := strings.TrimSpace(text(row[2])); len(name) >= shortest && strings.ContainsAny(name, " \u00a0") {
				add(name)
			}
			return nil
		})
	return needles, err
}

// staying goes through the texts of a query, but for those of who goes too. gone
// are in order.
func (t *tx) staying(ctx context.Context, gone []data.CustomerID, query string, args []any, take func(text string)) error {
	rows, err := t.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id data.CustomerID
		var text string
		if err := rows.Scan(&id, &text); err != nil {
			return err
		}
		if _, goes := slices.BinarySearch(gone, id); !goes {
			take(text)
		}
	}
	return rows.Err()
}

// joined takes the blanks, dashes, dots and brackets away that stand between
// digits; it is empty where there are none.
func joined(text string) string {
	if !strings.ContainsAny(text, "0123456789") {
		return ""
	}
	var b strings.Builder
	for _, r := range text {
		switch r {
		case ' ', '-', '.', '(', ')', '/', '\u00a0', '\u2011':
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
