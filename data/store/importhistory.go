package store

import (
	"context"

	"lethe/data"
)

// addHistory writes the notes and interactions that a row brings along for a
// customer who is new. They keep their times; their authors too, where the
// Account Owner imports, for nobody else may speak in another's name.
func (im *importer) addHistory(ctx context.Context, id data.CustomerID, row *ImportRow) error {
	for i, n := range row.Notes {
		if _, err := im.t.ExecContext(ctx, `INSERT INTO notes (customer_id, id, text, created, author) VALUES (?, ?, ?, ?, ?)`,
			int64(id), i+1, n.Text, n.Created.Unix(), int64(im.author(n.Author))); err != nil {
			return err
		}
	}
	var last int64
	for i, n := range row.Interactions {
		if _, err := im.t.ExecContext(ctx, `INSERT INTO interactions (customer_id, id, kind, at, line, author) VALUES (?, ?, ?, ?, ?, ?)`,
			int64(id), i+1, string(n.Kind), n.At.Unix(), n.Line, int64(im.author(n.Author))); err != nil {
			return err
		}
		last = max(last, n.At.Unix())
	}
	if last == 0 {
		return nil
	}
	_, err := im.t.ExecContext(ctx, "UPDATE customers SET last_logged = ? WHERE id = ?", last, int64(id))
	return err
}

func (im *importer) author(named data.UserID) data.UserID {
	if named == 0 || !im.byOwner {
		return im.t.actor
	}
	return named
}
