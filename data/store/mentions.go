package store

import (
	"context"
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
	gone := make(map[data.CustomerID]bool, len(ids))
	for _, id := range ids {
		gone[id] = true
	}
	needles, err := t.knownBy(ctx, ids, gone)
	if err != nil || needles.Len() == 0 {
		return 0, 0, err
	}
	own, args := "", []any(nil)
	if !t.rights.Can(data.ViewAllCustomers) {
		own, args = " WHERE customer_id IN (SELECT id FROM customers WHERE agent = ?)", []any{int64(t.rights.User)}
	}
	for _, query := range []string{
		"SELECT customer_id, text FROM notes", "SELECT customer_id, line FROM interactions",
		"SELECT customer_id, value FROM custom_values",
	} {
		n, err := t.countTexts(ctx, needles, gone, query+own, args...)
		if err != nil {
			return 0, 0, err
		}
		texts += n
	}
	names, err = t.countTexts(ctx, needles, nil,
		"SELECT 0, name FROM tags UNION ALL SELECT 0, name || char(10) || description || char(10) || filter FROM segments")
	return texts, names, err
}

// knownBy are the needles by which customers are known.
func (t *tx) knownBy(ctx context.Context, ids []data.CustomerID, gone map[data.CustomerID]bool) (*sealed.Needles, error) {
	needles := sealed.NewNeedles()
	rows, err := t.QueryContext(ctx, "SELECT id, phone, name, email FROM customers WHERE id BETWEEN ? AND ?",
		int64(ids[0]), int64(ids[len(ids)-1]))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id data.CustomerID
		var phone int64
		var name, email string
		if err := rows.Scan(&id, &phone, &name, &email); err != nil {
			return nil, err
		}
		if !gone[id] {
			continue
		}
		needles.AddText(national(data.Phone(phone)), sealed.Anywhere)
		if len(email) >= shortest {
			needles.AddText(email, sealed.Anywhere)
		}
		// One word alone is anybody's.
		if name = strings.TrimSpace(name); len(name) >= shortest && strings.ContainsAny(name, " \u00a0") {
			needles.AddText(name, sealed.Anywhere)
		}
	}
	return needles, rows.Err()
}

// countTexts counts the texts of a query, but for those of who goes too, that
// hold a needle. Phone numbers are found however their digits are set apart.
func (t *tx) countTexts(ctx context.Context, needles *sealed.Needles, gone map[data.CustomerID]bool, query string, args ...any) (int, error) {
	rows, err := t.QueryContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var id data.CustomerID
		var text string
		if err := rows.Scan(&id, &text); err != nil {
			return 0, err
		}
		if gone[id] {
			continue
		}
		if len(needles.In(text)) > 0 || len(needles.In(joined(text))) > 0 {
			n++
		}
	}
	return n, rows.Err()
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
