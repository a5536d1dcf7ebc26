package store

import (
	"context"
	"errors"
	"math"
	"sync/atomic"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// The rule of large deletions is applied where takeAway is called. That nothing
// goes around it is watched one floor below: SQLite tells of each row that a
// transaction removes or changes, whichever statement does it, and a
// transaction in which more customers go, or get another number, than the rule
// was told of is not committed. Where a new file takes the place of the list,
// the two are compared instead.

// errUncounted is the error of a transaction that would take customers away
// past the rule: a mistake of this program's.
var errUncounted = errors.New("customers would go without being counted")

// tally counts the customers that a connection has removed, or given another
// number, since it was opened.
type tally struct{ lost atomic.Int64 }

// phoneColumn is where the number stands in a row of customers.
const phoneColumn = 2

// watch has a connection tell t.
func (t *tally) watch(driverConn any) error {
	c, ok := driverConn.(sqlite.HookRegisterer)
	if !ok {
		return errors.New("the connection takes no hook")
	}
	c.RegisterPreUpdateHook(func(u sqlite.SQLitePreUpdateData) {
		if u.Op == sqlite3.SQLITE_INSERT || u.TableName != "customers" || u.DatabaseName != "main" {
			return
		}
		if u.Op == sqlite3.SQLITE_DELETE || u.OldRowID != u.NewRowID {
			t.lost.Add(1)
			return
		}
		var before, after [phoneColumn + 1]any
		if err := errors.Join(u.Old(before[:]...), u.New(after[:]...)); err != nil || before[phoneColumn] != after[phoneColumn] {
			t.lost.Add(1)
		}
	})
	return nil
}

// counted takes n customers for accounted for: the rule of large deletions was
// applied to their going, or to their new numbers.
func (t *tx) counted(n int) {
	if n > math.MaxInt-t.accounted {
		n = math.MaxInt - t.accounted
	}
	t.accounted += n
}

// nobodyUncounted answers errUncounted if this transaction takes away more
// customers than the rule was told of.
func (t *tx) nobodyUncounted() error {
	if t.tally != nil && t.tally.lost.Load()-t.lostBefore > int64(t.accounted) {
		return errUncounted
	}
	return nil
}

// nobodyLeftOut is nobodyUncounted for a new file, in whose transaction the list
// that it takes the place of is attached as "old".
func (t *tx) nobodyLeftOut(ctx context.Context) error {
	if t.accounted == math.MaxInt {
		return nil
	}
	var held, kept int
	if err := t.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM old.customers), (SELECT count(*)
		FROM main.customers n CROSS JOIN old.customers o ON o.phone = n.phone AND o.id = n.id)`).Scan(&held, &kept); err != nil {
		return err
	}
	if held-kept > t.accounted {
		return errUncounted
	}
	return nil
}
