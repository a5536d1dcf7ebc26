package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"lethe/data"
	"lethe/data/purge"
	"lethe/data/store"
	"lethe/data/view"
)

// deleteFiltered deletes a tenth of the customers by a filter: from the sealed
// plan that the person confirms to the files searched. Sealing comes before: it
// is done when the person looks at the list again.
var deleteFiltered = figure{
	name: "delete_filtered_10pct_1m", peer: shellPeer, goal: 0.7, runs: 3,
	prepare: prepareDeleteFiltered,
}

func prepareDeleteFiltered(ctx context.Context, b *bench) (*contest, error) {
	v, err := b.theView(ctx)
	if err != nil {
		return nil, err
	}
	file, err := b.conventionalFile(ctx)
	if err != nil {
		return nil, err
	}
	filter := data.Filter{Conditions: []data.Condition{
		{Field: data.FieldCity, Op: data.OpAnyOf, Values: tenth},
	}}
	found, err := v.Find(ctx, filter, view.Sort{})
	if err != nil {
		return nil, err
	}
	where := "city IN " + quoteAll(tenth)
	c := &contest{}
	c.peer = func(ctx context.Context) (time.Duration, error) {
		n, took, err := b.shellDeletes(ctx, file, where)
		if err == nil && n != len(found.IDs) {
			err = fmt.Errorf("the two differ: %d and %d to delete", len(found.IDs), n)
		}
		return took, err
	}
	c.lethe = func(ctx context.Context) (time.Duration, error) {
		return b.letheDeletes(ctx, store.SealRequest{Way: data.WayFiltered, IDs: found.IDs, Filter: filter})
	}
	return c, nil
}

// letheDeletes deletes those of the request, sealed as a plan before, from a
// copy of the list.
func (b *bench) letheDeletes(ctx context.Context, request store.SealRequest) (took time.Duration, err error) {
	err = b.withCopy(ctx, func(l *list) error {
		if request.Changes, err = l.Changes(ctx, l.owner); err != nil {
			return err
		}
		p := purge.New(l.Store)
		plan, err := p.Seal(ctx, l.owner, request)
		if err != nil {
			return err
		}
		var receipt data.Receipt
		took, err = b.time(func() error {
			receipt, err = p.Execute(ctx, l.owner, plan, nil, confirmation, nil)
			return err
		})
		if err == nil && (receipt.Deleted != len(request.IDs) || receipt.Scrub.State != data.ScrubChecked) {
			err = fmt.Errorf("%d of %d deleted, files %s", receipt.Deleted, len(request.IDs), receipt.Scrub.State)
		}
		return err
	})
	return took, err
}

func confirmation(r data.Receipt) (subject, body string) {
	return "Deleted", fmt.Sprintf("%d customers were deleted, %d stay.", r.Deleted, r.Stay)
}

// shellDeletes deletes the customers where the condition holds from a copy of
// the peer's database, and answers how many there were. The time is that of
// the whole process.
func (b *bench) shellDeletes(ctx context.Context, from, where string) (n int, took time.Duration, err error) {
	path := filepath.Join(b.work(), "conventional", "copy.db")
	defer func() { err = errors.Join(err, os.RemoveAll(filepath.Dir(path))) }()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return 0, 0, err
	}
	if err := copyFile(path, from); err != nil {
		return 0, 0, err
	}
	if _, err := ask(ctx, path, "PRAGMA journal_mode = WAL;"); err != nil {
		return 0, 0, err
	}
	doomed := "(SELECT id FROM customers WHERE " + where + ")"
	script := settings + `.output /dev/null
PRAGMA secure_delete = ON;
.output
BEGIN IMMEDIATE;
DELETE FROM notes WHERE customer_id IN ` + doomed + `;
DELETE FROM customer_tags WHERE customer_id IN ` + doomed + `;
DELETE FROM customers WHERE ` + where + `;
SELECT changes();
COMMIT;
.output /dev/null
PRAGMA wal_checkpoint(TRUNCATE);
VACUUM;
PRAGMA wal_checkpoint(TRUNCATE);
`
	started := time.Now()
	output, err := ask(ctx, path, script)
	took = time.Since(started)
	if err != nil {
		return 0, 0, err
	}
	n, err = strconv.Atoi(strings.TrimSpace(output))
	return n, took, err
}
