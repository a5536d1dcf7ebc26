package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"lethe/data"
	"lethe/data/sample/onfile"
	"lethe/data/view"
)

// filterRows is a filter of three conditions, answered with the count and the
// first page, sorted by name.
var filterRows = figure{
	name: "filter_rows_1m", peer: shellPeer, unit: inSeconds, goal: 0.2, runs: 7,
	prepare: prepareFilterRows,
}

// page is how many rows are shown first.
const page = 50

// looked is what the window has of a filter: how many, and the first page.
type looked struct {
	count int
	ids   []data.CustomerID
}

func (l looked) equal(o looked) bool { return l.count == o.count && slices.Equal(l.ids, o.ids) }

func prepareFilterRows(ctx context.Context, b *bench) (*contest, error) {
	v, err := b.theView(ctx)
	if err != nil {
		return nil, err
	}
	path, err := b.conventionalFile(ctx)
	if err != nil {
		return nil, err
	}
	cities, err := b.citiesOf(ctx, tenth)
	if err != nil {
		return nil, err
	}
	const idleDays = 90
	wantedTags := []string{"VIP", "Wholesale"}
	filter := data.Filter{Conditions: []data.Condition{
		{Field: data.FieldCity, Op: data.OpAnyOf, Values: cities},
		{Field: data.FieldLastInteraction, Op: data.OpMoreThanAgo, Days: idleDays, OrNever: true},
		{Field: data.FieldTags, Op: data.OpAnyOf, Values: wantedTags},
	}}
	where := fmt.Sprintf(`city IN %s AND (last_interaction < %d OR last_interaction IS NULL)
		AND EXISTS (SELECT 1 FROM customer_tags WHERE customer_id = customers.id
			AND tag_id IN (SELECT id FROM tags WHERE name IN %s))`,
		quoteAll(cities), onfile.Made().AddDate(0, 0, -idleDays).Unix(), quoteAll(wantedTags))

	var peers looked // what both must find
	c := &contest{}
	c.peer = timed(func(ctx context.Context) (took time.Duration, err error) {
		peers, took, err = askRows(ctx, path, where)
		return took, err
	})
	c.lethe = timed(func(ctx context.Context) (time.Duration, error) {
		var own looked
		took, err := b.time(func() error {
			var err error
			own, err = findRows(ctx, v, filter)
			return err
		})
		if err == nil && !own.equal(peers) {
			err = fmt.Errorf("the two differ: %d and %d found", own.count, peers.count)
		}
		return took, err
	})
	return c, nil
}

// findRows asks Lethe's view.
func findRows(ctx context.Context, v *view.View, filter data.Filter) (looked, error) {
	r, err := v.Find(ctx, filter, view.Sort{Field: data.FieldName})
	if err != nil {
		return looked{}, err
	}
	l := looked{count: len(r.IDs)}
	for _, id := range r.IDs[:min(page, len(r.IDs))] {
		row, ok := v.Row(id)
		if !ok {
			return looked{}, data.ErrNotFound
		}
		l.ids = append(l.ids, row.ID)
	}
	return l, nil
}

// askRows asks the shell, twice in one session: the first time it reads the
// file, the second time is what counts.
func askRows(ctx context.Context, path, where string) (looked, time.Duration, error) {
	query := fmt.Sprintf(`SELECT count(*) FROM customers WHERE %s;
SELECT id, name, phone, email, city, state, source, created, last_interaction FROM customers WHERE %s
ORDER BY name, id LIMIT %d;
`, where, where, page)
	output, err := ask(ctx, path, settings+".timer on\n"+query+query)
	if err != nil {
		return looked{}, 0, err
	}
	times, lines, err := timedLines(output)
	if err != nil {
		return looked{}, 0, err
	}
	lines = lines[len(lines)/2:]
	if len(times) != 4 || len(lines) == 0 {
		return looked{}, 0, fmt.Errorf("sqlite3: %d times and %d lines", len(times), len(lines))
	}
	l := looked{}
	if l.count, err = strconv.Atoi(lines[0]); err != nil {
		return looked{}, 0, err
	}
	for _, line := range lines[1:] {
		text, _, _ := strings.Cut(line, "|")
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return looked{}, 0, err
		}
		l.ids = append(l.ids, data.CustomerID(id))
	}
	return l, times[2] + times[3], nil
}
