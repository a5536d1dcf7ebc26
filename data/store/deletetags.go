package store

import (
	"context"
	"database/sql/driver"
	"errors"
)

// tagSet are tags of customers who are deleted.
type tagSet map[int64]struct{}

// dropUnused removes the names of those tags that nobody has any more, and
// takes them into the residue: the name of a campaign may tell of whom it was
// made.
func (set tagSet) dropUnused(ctx context.Context, t *tx, residue *Residue) error {
	if err := set.strikeUsed(ctx, t); err != nil {
		return err
	}
	for tag := range set {
		var name string
		if _, err := t.first(ctx, &name, "DELETE FROM tags WHERE id = ? RETURNING name", tag); err != nil {
			return err
		}
		residue.text(name)
	}
	return nil
}

// strikeUsed strikes out the tags that somebody has. There is no index by tags
// (it would be half as large as the customers), but most tags are many people's
// and come up soon.
func (set tagSet) strikeUsed(ctx context.Context, t *tx) error {
	if len(set) == 0 {
		return nil
	}
	errNoneLeft := errors.New("all are used")
	err := takeRows(ctx, t.Tx, "SELECT 1 FROM customer_tags WHERE %s, tag_id)", nil, func(args []driver.Value) error {
		delete(set, number(args[0]))
		if len(set) == 0 {
			return errNoneLeft
		}
		return nil
	})
	if errors.Is(err, errNoneLeft) {
		return nil
	}
	return err
}
