package store

import (
	"context"
	"unicode/utf8"

	"lethe/data"
)

// Residue holds the values of deleted customers, in memory only, from the
// deletion until the scrub has searched the files for them.
type Residue struct {
	job    int64
	old    string          // the file whose place a new one took, closed, still to be removed
	lastID data.CustomerID // the largest id given before the deletion
	phones map[data.Phone]struct{}
	texts  map[string]struct{}
	mails  map[string]struct{} // of texts
}

func newResidue() *Residue {
	return &Residue{
		phones: map[data.Phone]struct{}{}, texts: map[string]struct{}{}, mails: map[string]struct{}{},
	}
}

// shortest is the length in bytes from which a text is searched for: shorter
// ones are no trace of anybody. longest is how much of a long text is, so that
// the values of a million customers fit into memory; a mail has no more bytes
// (RFC 5321, section 4.5.3.1.3).
const (
	shortest = 6
	longest  = 256
)

// collect takes in the values of the customers in doomed between first and
// last.
func (r *Residue) collect(ctx context.Context, t *tx, first, last int64) error {
	rows, err := t.QueryContext(ctx, `SELECT phone, name, whatsapp, email, company, city, state, country, source FROM customers
		WHERE id BETWEEN ? AND ? AND id IN (SELECT id FROM doomed)`, first, last)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var phone int64
		var texts [8]string
		if err := rows.Scan(&phone, &texts[0], &texts[1], &texts[2], &texts[3],
			&texts[4], &texts[5], &texts[6], &texts[7]); err != nil {
			return err
		}
		r.phones[data.Phone(phone)] = struct{}{}
		for _, text := range texts {
			r.text(text)
		}
		if mail := texts[2]; len(mail) >= shortest && len(mail) <= longest {
			r.mails[mail] = struct{}{}
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, query := range []string{
		"SELECT text FROM notes WHERE customer_id BETWEEN ? AND ? AND customer_id IN (SELECT id FROM doomed)",
		"SELECT line FROM interactions WHERE customer_id BETWEEN ? AND ? AND customer_id IN (SELECT id FROM doomed)",
		"SELECT value FROM custom_values WHERE customer_id BETWEEN ? AND ? AND customer_id IN (SELECT id FROM doomed)",
	} {
		if err := r.collectTexts(ctx, t, query, first, last); err != nil {
			return err
		}
	}
	return nil
}

func (r *Residue) collectTexts(ctx context.Context, t *tx, query string, first, last int64) error {
	rows, err := t.QueryContext(ctx, query, first, last)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return err
		}
		r.text(text)
	}
	return rows.Err()
}

func (r *Residue) text(s string) {
	if len(s) >= shortest {
		r.texts[beginning(s, longest)] = struct{}{}
	}
}

// beginning is as much of a text as fits into so many bytes, whole letters only.
func beginning(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// Values counts the distinct values that the scrub searches for.
func (r *Residue) Values() int { return len(r.phones) + len(r.texts) }
