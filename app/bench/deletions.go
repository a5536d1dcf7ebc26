package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"lethe/data"
	"lethe/data/sample/onfile"
	"lethe/data/store"
	"lethe/data/view"
)

// The deletions are timed from the sealed plan that the person confirms to the
// files searched. Sealing comes before: it is done when the person looks at the
// list again. The peer deletes the same customers from the same list, and gives
// the bytes back as a careful person would with the shell: secure_delete, a
// checkpoint, VACUUM, a checkpoint.
var (
	deleteTenth = figure{
		name: "delete_filtered_10pct_1m", peer: shellPeer, unit: inSeconds, goal: 0.7, runs: 3,
		prepare: deletion{cities: tenth, peer: (*bench).conventionalFile}.prepare,
	}
	deleteHalf = figure{
		name: "delete_filtered_50pct_1m", peer: shellPeer, unit: inSeconds, goal: 0.2, runs: 3,
		prepare: deletion{cities: half, peer: (*bench).conventionalFile}.prepare,
	}
	deleteAll = figure{
		name: "delete_all_1m", peer: shellPeer, unit: inSeconds, goal: 0.4, runs: 3,
		prepare: deletion{way: data.WayAll, peer: (*bench).conventionalFile}.prepare,
	}
	// limitTenth is against the shell on a plain file in Lethe's own schema: the
	// best that a C program could do with Lethe's lean indexes.
	limitTenth = figure{
		name: "limit_10pct_1m", peer: shellPeer + ", own schema", unit: inSeconds, goal: 2, runs: 3,
		prepare: deletion{cities: tenth, peer: (*bench).leanFile}.prepare,
	}
)

// deletion is one kind of them.
type deletion struct {
	way    data.Way                                      // WayFiltered if empty
	cities func([]view.Count) []string                   // whose customers go
	peer   func(*bench, context.Context) (string, error) // the peer's file
}

// tenth are the twenty cities of two hundred that come first by name.
func tenth(cities []view.Count) []string { return firstByName(cities, 10) }

// half are the hundred that come first by name.
func half(cities []view.Count) []string { return firstByName(cities, 2) }

// firstByName are the first cities by name of which one in so many is.
func firstByName(cities []view.Count, in int) []string {
	names := make([]string, 0, len(cities))
	for _, c := range cities {
		names = append(names, c.Value)
	}
	slices.Sort(names)
	return names[:max(1, len(names)/in)]
}

// citiesOf asks the view for the cities of the sample.
func (b *bench) citiesOf(ctx context.Context, which func([]view.Count) []string) ([]string, error) {
	v, err := b.theView(ctx)
	if err != nil {
		return nil, err
	}
	f, err := v.Facets(ctx, data.Filter{})
	if err != nil {
		return nil, err
	}
	return which(f.By[data.FieldCity]), nil
}

func (d deletion) prepare(ctx context.Context, b *bench) (*contest, error) {
	file, err := d.peer(b, ctx)
	if err != nil {
		return nil, err
	}
	request, where, err := d.request(ctx, b)
	if err != nil {
		return nil, err
	}
	c := &contest{}
	c.peer = timed(func(ctx context.Context) (time.Duration, error) {
		n, took, err := b.shellDeletes(ctx, file, where)
		if err == nil && n != len(request.IDs) {
			err = fmt.Errorf("the two differ: %d and %d to delete", len(request.IDs), n)
		}
		return took, err
	})
	c.lethe = timed(func(ctx context.Context) (time.Duration, error) {
		return b.letheDeletes(ctx, request)
	})
	return c, nil
}

// request says who goes: to Lethe, and to the shell.
func (d deletion) request(ctx context.Context, b *bench) (store.SealRequest, string, error) {
	v, err := b.theView(ctx)
	if err != nil {
		return store.SealRequest{}, "", err
	}
	var filter data.Filter
	way, where := data.WayAll, "1"
	if d.way != data.WayAll {
		cities, err := b.citiesOf(ctx, d.cities)
		if err != nil {
			return store.SealRequest{}, "", err
		}
		way, where = data.WayFiltered, "city IN "+quoteAll(cities)
		filter.Conditions = []data.Condition{{Field: data.FieldCity, Op: data.OpAnyOf, Values: cities}}
	}
	found, err := v.Find(ctx, filter, view.Sort{})
	if err != nil {
		return store.SealRequest{}, "", err
	}
	return store.SealRequest{Way: way, IDs: found.IDs, Filter: filter}, where, nil
}

// letheDeletes deletes those of the request, sealed as a plan before and with
// an OTP where one is due, from a copy of the list.
func (b *bench) letheDeletes(ctx context.Context, request store.SealRequest) (took time.Duration, err error) {
	err = b.withCopy(ctx, func(l *onfile.List) error {
		took, err = b.deletes(ctx, l, request)
		return err
	})
	return took, err
}

// deletes deletes from an open list.
func (b *bench) deletes(ctx context.Context, l *onfile.List, request store.SealRequest) (took time.Duration, err error) {
	if request.Changes, err = l.Changes(ctx, l.Owner); err != nil {
		return 0, err
	}
	plan, err := l.Purger.Seal(ctx, l.Owner, request)
	if err != nil {
		return 0, err
	}
	auth, err := l.Authorise(ctx, plan)
	if err != nil {
		return 0, err
	}
	var receipt data.Receipt
	took, err = b.time(func() error {
		receipt, err = l.Purger.Execute(ctx, l.Owner, plan, auth, confirmation, nil)
		return err
	})
	if err == nil && (receipt.Deleted != len(request.IDs) || receipt.Scrub.State != data.ScrubChecked) {
		err = fmt.Errorf("%d of %d deleted, files %s", receipt.Deleted, len(request.IDs), receipt.Scrub.State)
	}
	return took, err
}

func confirmation(r data.Receipt) (subject, body string) {
	return "Deleted", fmt.Sprintf("%d customers were deleted, %d stay.", r.Deleted, r.Stay)
}

// shellDeletes deletes the customers where the condition holds from a copy of
// the peer's database, and answers how many there were. The time is that of
// the whole process.
func (b *bench) shellDeletes(ctx context.Context, from, where string) (n int, took time.Duration, err error) {
	path := filepath.Join(b.work(), "peer", "copy.db")
	defer func() { err = errors.Join(err, os.RemoveAll(filepath.Dir(path))) }()
	if err := b.peerCopy(ctx, path, from); err != nil {
		return 0, 0, err
	}
	return shellDeletesFrom(ctx, path, where)
}

// peerCopy copies a database of the peer's and puts it into WAL mode.
func (b *bench) peerCopy(ctx context.Context, path, from string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	if err := onfile.CopyFile(path, from); err != nil {
		return err
	}
	_, err := ask(ctx, path, "PRAGMA journal_mode = WAL;")
	return err
}

// shellDeletesFrom deletes from the database at path itself.
func shellDeletesFrom(ctx context.Context, path, where string) (n int, took time.Duration, err error) {
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
