package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"modernc.org/sqlite"

	"lethe/data"
)

// A list of a million is read in seconds or in a fraction of one, and what
// takes the seconds is handing each column of each row over one by one: a lock,
// an interface and a reflection for each. So the rows come out through a
// function of our own that the query calls for each of them, with its columns
// as arguments; they are gathered in batches and taken by another goroutine,
// while tags and custom values come by connections of their own, in step.

// each is the SQL function: it hands its arguments to the taker that the first
// one names, and answers 0.
const each = "lethe_each"

var takers struct {
	sync.RWMutex
	last int64
	take map[int64]func(args []driver.Value) error
}

func init() {
	takers.take = map[int64]func([]driver.Value) error{}
	sqlite.MustRegisterFunction(each, &sqlite.FunctionImpl{
		NArgs: -1, VolatileArgs: true, // takers copy what they keep
		Scalar: func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
			number, ok := args[0].(int64)
			takers.RLock()
			take := takers.take[number]
			takers.RUnlock()
			if !ok || take == nil {
				return nil, errors.New("there is no taker")
			}
			return int64(0), take(args[1:])
		},
	})
}

// takeRows runs a query and calls take for each row that it goes through. The
// query has %s where the function stands, up to its first argument; what it
// answers is passed over. take must copy the texts that it keeps.
func takeRows(ctx context.Context, t *sql.Tx, query string, args []any, take func(args []driver.Value) error) error {
	var failed error
	takers.Lock()
	takers.last++
	number := takers.last
	takers.take[number] = func(args []driver.Value) error {
		failed = take(args)
		return failed
	}
	takers.Unlock()
	defer func() {
		takers.Lock()
		delete(takers.take, number)
		takers.Unlock()
	}()
	rows, err := t.QueryContext(ctx, fmt.Sprintf(query, fmt.Sprintf("%s(%d", each, number)), args...)
	if err == nil {
		for rows.Next() {
		}
		err = errors.Join(rows.Err(), rows.Close())
	}
	if failed != nil {
		return failed // SQLite knows its text only
	}
	return err
}

// flow hands things on from the goroutine that reads to the one that takes, in
// batches that go back and forth.
type flow[T any] struct {
	full, free chan []T
	err        error // of the reading; set before full is closed
	batch      []T   // being filled, or taken from
	at         int
}

const (
	flowBatch   = 512
	flowBatches = 6
)

func newFlow[T any]() *flow[T] {
	f := &flow[T]{full: make(chan []T, flowBatches), free: make(chan []T, flowBatches)}
	for range flowBatches {
		f.free <- make([]T, 0, flowBatch)
	}
	return f
}

// start runs read on a goroutine of its own. read calls put.
func (f *flow[T]) start(wg *sync.WaitGroup, read func(put func(context.Context) (*T, error)) error) {
	wg.Go(func() {
		defer close(f.full)
		filling := <-f.free
		put := func(ctx context.Context) (*T, error) {
			if len(filling) == flowBatch {
				f.full <- filling // has room for all there are
				select {
				case filling = <-f.free:
				case <-ctx.Done():
					return nil, ctx.Err()
				}
			}
			filling = filling[:len(filling)+1]
			return &filling[len(filling)-1], nil
		}
		if f.err = read(put); f.err == nil {
			f.full <- filling
		}
	})
}

// peek is the next thing, which stays the next; io.EOF ends them. What it
// pointed to before may be used again by the reader then.
func (f *flow[T]) peek() (*T, error) {
	for f.at == len(f.batch) {
		if f.batch != nil {
			f.free <- f.batch[:0] // has room for all there are
		}
		batch, more := <-f.full
		if !more {
			f.batch, f.at = nil, 0
			if f.err != nil {
				return nil, f.err
			}
			return nil, io.EOF
		}
		f.batch, f.at = batch, 0
	}
	return &f.batch[f.at], nil
}

// next passes over what peek answered.
func (f *flow[T]) next() { f.at++ }

// texts keeps copies of many texts in few pieces of memory.
type texts struct{ b strings.Builder }

const textPiece = 64 << 10

func (k *texts) keep(s string) string {
	if s == "" {
		return ""
	}
	if k.b.Cap()-k.b.Len() < len(s) {
		k.b = strings.Builder{}
		k.b.Grow(max(textPiece, len(s)))
	}
	at := k.b.Len()
	k.b.WriteString(s)
	return k.b.String()[at:]
}

// side is a row of a table that hangs on customers.
type side struct {
	owner data.CustomerID
	key   int64
	value string
}

// streamSide reads such a table by the order of its owners, in a transaction of
// its own that begins before it returns.
func (s *Store) streamSide(ctx context.Context, wg *sync.WaitGroup, table, key, value string) (*flow[side], error) {
	// Without ctx: where it ends, database/sql gives the connection back on a
	// goroutine of its own, and the store may be closed before that is done.
	inner, err := s.readers().BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return nil, plain(err)
	}
	var changes int64 // reading anything begins the transaction
	if err := inner.QueryRowContext(ctx, "SELECT changes FROM store").Scan(&changes); err != nil {
		return nil, errors.Join(plain(err), inner.Rollback())
	}
	f := newFlow[side]()
	f.start(wg, func(put func(context.Context) (*side, error)) error {
		var kept texts
		query := "SELECT 1 FROM " + table + " WHERE %s, customer_id, " + key + ", " + value +
			") ORDER BY customer_id, " + key
		err := takeRows(ctx, inner, query, nil, func(args []driver.Value) error {
			to, err := put(ctx)
			if err != nil {
				return err
			}
			to.owner, to.key = data.CustomerID(number(args[0])), number(args[1])
			to.value = kept.keep(text(args[2]))
			return nil
		})
		return errors.Join(plain(err), inner.Rollback())
	})
	return f, nil
}

func number(v driver.Value) int64 {
	n, _ := v.(int64)
	return n
}

func text(v driver.Value) string {
	s, _ := v.(string)
	return s
}

// sidesOf calls each for the rows of id, which must not go back.
func sidesOf(f *flow[side], id data.CustomerID, each func(*side)) error {
	for {
		r, err := f.peek()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case r.owner > id:
			return nil
		case r.owner == id:
			each(r)
		}
		f.next()
	}
}

// streamCustomers reads the customers of the actor's scope, without what hangs
// on them.
func (t *tx) streamCustomers(ctx context.Context, wg *sync.WaitGroup) *flow[data.Row] {
	query, args := "SELECT 1 FROM customers c WHERE %s, "+customerColumns+") ORDER BY c.id", []any(nil)
	if !t.rights.Can(data.ViewAllCustomers) {
		// CASE looks at nothing beyond the condition that doesn't hold.
		query = "SELECT 1 FROM customers c WHERE CASE WHEN c.agent = ? THEN %s, " + customerColumns + ") ELSE 0 END ORDER BY c.id"
		args = []any{int64(t.rights.User)}
	}
	f := newFlow[data.Row]()
	f.start(wg, func(put func(context.Context) (*data.Row, error)) error {
		var kept texts
		err := takeRows(ctx, t.Tx, query, args, func(args []driver.Value) error {
			to, err := put(ctx)
			if err == nil {
				*to = data.Row{}
				fillCustomer(&to.Customer, args, &kept)
			}
			return err
		})
		return plain(err)
	})
	return f
}

// fillCustomer reads customerColumns.
func fillCustomer(c *data.Customer, args []driver.Value, kept *texts) {
	c.ID, c.Version, c.Phone = data.CustomerID(number(args[0])), number(args[1]), data.Phone(number(args[2]))
	for i, to := range []*string{
		&c.Name, &c.WhatsAppName, &c.Email, &c.Company, &c.City, &c.State, &c.Country, &c.Source,
	} {
		*to = kept.keep(text(args[3+i]))
	}
	c.Agent, c.AgentPhone = data.UserID(number(args[11])), data.Phone(number(args[12]))
	c.Blocked, c.OptOut = number(args[13]) != 0, number(args[14]) != 0
	c.Created, c.FirstReceived, c.FirstSent = timeOf(number(args[15])), timeOf(number(args[16])), timeOf(number(args[17]))
	c.LastSent, c.LastReceived = timeOf(number(args[18])), timeOf(number(args[19]))
	c.LastTemplate, c.LastLogged = timeOf(number(args[20])), timeOf(number(args[21]))
	c.FollowUp = data.Date(number(args[22]))
}

// stream reads the whole list, in the order of ids. begun is called once all
// transactions have begun: until then no other may write, so that they see one
// list.
func (s *Store) stream(ctx context.Context, t *tx, begun func(), yield func(*data.Row) error) error {
	names, err := t.tagNames(ctx)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	var reading sync.WaitGroup
	defer reading.Wait()
	defer cancel()
	tags, err := s.streamSide(ctx, &reading, "customer_tags", "tag_id", "''")
	if err != nil {
		return err
	}
	var values *flow[side]
	if t.rights.Can(data.ViewCustomData) {
		if values, err = s.streamSide(ctx, &reading, "custom_values", "field_id", "value"); err != nil {
			return err
		}
	}
	begun()
	customers := t.streamCustomers(ctx, &reading)
	h := hangers{tags: tags, values: values, names: names}
	for {
		r, err := customers.peek()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		if err := h.hang(r); err != nil {
			return err
		}
		mask(r, t.rights)
		if err := yield(r); err != nil {
			return err
		}
		customers.next()
	}
}

// hangers is what hangs on customers.
type hangers struct {
	tags, values *flow[side] // values is nil for who may not see them
	names        map[int64]string
	room         []string // that the rows' tags are cut from
}

// hang adds a customer's tags and custom values.
func (h *hangers) hang(r *data.Row) error {
	begin := len(h.room)
	err := sidesOf(h.tags, r.ID, func(t *side) {
		if len(h.room) == cap(h.room) {
			rest := h.room[begin:]
			h.room = append(make([]string, 0, 4*flowBatch+len(rest)), rest...)
			begin = 0
		}
		h.room = append(h.room, h.names[t.key])
	})
	if err != nil {
		return err
	}
	if end := len(h.room); end > begin {
		r.Tags = h.room[begin:end:end]
		slices.Sort(r.Tags)
	}
	if h.values == nil {
		return nil
	}
	return sidesOf(h.values, r.ID, func(v *side) {
		if r.Custom == nil {
			r.Custom = map[data.FieldID]string{}
		}
		r.Custom[data.FieldID(v.key)] = v.value
	})
}
