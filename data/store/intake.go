package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"lethe/data"
)

// intake reads the values of those who are deleted, beside the transaction that
// deletes them and in a transaction of its own, which sees the list as it was
// before: while the caller holds the gate and the right to write, nobody else
// changes it.
type intake struct {
	residue *Residue
	tags    tagSet // that those who go have
	allTags int    // how many there are
	counted int    // of them were held at the mark or added by the Account Owner

	inner      *sql.Tx
	lastAtMark int64
	reading    sync.WaitGroup
	cancel     context.CancelFunc
	err        error // of the reading
}

// takeIn begins to read the values of ids, which are in order, into the
// residue. end must follow before the gate is given back.
func (s *Store) takeIn(ctx context.Context, ids []data.CustomerID, residue *Residue) (*intake, error) {
	// Without ctx: where it ends, database/sql gives the connection back on a
	// goroutine of its own, and the store may be closed before that is done.
	inner, err := s.readers().BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return nil, plain(err)
	}
	in := &intake{residue: residue, tags: tagSet{}, inner: inner}
	// Reading anything begins the transaction.
	if err := inner.QueryRowContext(ctx, `SELECT mark_last_id, (SELECT count(*) FROM tags),
		coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'customers'), 0) FROM store`).
		Scan(&in.lastAtMark, &in.allTags, &residue.lastID); err != nil {
		return nil, errors.Join(plain(err), inner.Rollback())
	}
	ctx, in.cancel = context.WithCancel(ctx)
	in.reading.Go(func() { in.err = errors.Join(in.read(ctx, ids), inner.Rollback()) })
	return in, nil
}

// wait waits until everything is read, and answers what went wrong.
func (in *intake) wait() error {
	in.reading.Wait()
	return in.err
}

// end has it end, wherever it is; once it has read everything that changes
// nothing. It may be called on nil.
func (in *intake) end() error {
	if in == nil {
		return nil
	}
	in.cancel()
	return in.wait()
}

func (in *intake) read(ctx context.Context, ids []data.CustomerID) error {
	const part = 5_000
	for some := range slices.Chunk(ids, part) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := in.readPart(ctx, some); err != nil {
			return plain(err)
		}
	}
	return nil
}

// walkFrom is one in how many of the customers between the first and the last
// must be among those asked for, so that all are walked past: that costs less
// than to look each of them up.
const walkFrom = 5

// someIDs is a condition that holds for those ids, which are in order, and its
// arguments; it may hold for others between them too.
func someIDs(ids []data.CustomerID) (string, []any) {
	if first, last := ids[0], ids[len(ids)-1]; int(last-first) <= walkFrom*len(ids) {
		return "BETWEEN ? AND ?", []any{int64(first), int64(last)}
	}
	list := make([]byte, 0, 12*len(ids))
	for i, id := range ids {
		if i > 0 {
			list = append(list, ',')
		}
		list = strconv.AppendInt(list, int64(id), 10)
	}
	return "IN (SELECT value FROM json_each(?))", []any{"[" + string(list) + "]"}
}

// readPart reads the customers of ids, which are in order, and what hangs on
// them.
func (in *intake) readPart(ctx context.Context, ids []data.CustomerID) error {
	which, args := someIDs(ids)
	for _, q := range []struct {
		table, column, values string
		take                  func(args []driver.Value)
	}{
		{"customers", "id", "by_owner, phone, email, name, whatsapp, company, city, state, country, source", in.customer},
		{"notes", "customer_id", "text", in.text},
		{"interactions", "customer_id", "line", in.text},
		{"custom_values", "customer_id", "value", in.text},
		{"customer_tags", "customer_id", "tag_id", in.tag},
	} {
		if q.table == "customer_tags" && len(in.tags) == in.allTags {
			continue // none can be new, soon, as most tags are many people's
		}
		// Among the conditions the function might be called before the others hold.
		query := fmt.Sprintf("SELECT sum(%%s, %s, %s)) FROM %s WHERE %s %s", q.column, q.values, q.table, q.column, which)
		err := takeRows(ctx, in.inner, query, args, func(args []driver.Value) error {
			if _, goes := slices.BinarySearch(ids, data.CustomerID(number(args[0]))); goes {
				q.take(args)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// customer takes in one.
func (in *intake) customer(args []driver.Value) {
	if number(args[0]) <= in.lastAtMark || number(args[1]) != 0 {
		in.counted++
	}
	in.residue.phones[data.Phone(number(args[2]))] = struct{}{}
	in.residue.mail(text(args[3]))
	for _, arg := range args[4:] {
		in.residue.text(text(arg))
	}
}

// text takes in what somebody wrote of one, tag a tag.
func (in *intake) text(args []driver.Value) { in.residue.text(text(args[1])) }
func (in *intake) tag(args []driver.Value)  { in.tags[number(args[1])] = struct{}{} }
