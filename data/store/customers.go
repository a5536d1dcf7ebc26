package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"sync"
	"time"

	"lethe/data"
)

const customerColumns = `c.id, c.version, c.phone, c.name, c.whatsapp, c.email, c.company, c.city, c.state,
	c.country, c.source, c.agent, c.agent_phone, c.blocked, c.opt_out, c.created, c.first_received, c.first_sent,
	c.last_sent, c.last_received, c.last_template, c.last_logged, c.follow_up`

// Customers reads the list in the order of ids, scoped and masked by the
// actor's rights: without ViewAllCustomers only those whose Agent the actor
// is. The row given to yield is good until it returns; an error of yield ends
// the reading.
// A transaction that writes is waited for.
func (s *Store) Customers(ctx context.Context, a *Actor, yield func(*data.Row) error) error {
	s.writes.Lock() // before the gate, as those who write do
	begun := sync.OnceFunc(s.writes.Unlock)
	defer begun()
	return s.read(ctx, a, data.OpCustomers, func(t *tx) error {
		return s.stream(ctx, t, begun, yield)
	})
}

// CustomersByID reads those of ids that are there and in the actor's scope, in
// the order of ids.
func (s *Store) CustomersByID(ctx context.Context, a *Actor, ids []data.CustomerID, yield func(*data.Row) error) error {
	const most = 500
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return s.read(ctx, a, data.OpCustomersByID, func(t *tx) error {
		for part := range slices.Chunk(ids, most) {
			in, args := inList(part)
			if err := t.scan(ctx, in, args, yield); err != nil {
				return err
			}
		}
		return nil
	})
}

func inList(ids []data.CustomerID) (string, []any) {
	in := make([]byte, 0, 2*len(ids)+2)
	args := make([]any, 0, len(ids))
	in = append(in, '(')
	for i, id := range ids {
		if i > 0 {
			in = append(in, ',')
		}
		in = append(in, '?')
		args = append(args, int64(id))
	}
	return string(append(in, ')')), args
}

// scan streams customers, merged with their tags and custom values, which come
// from their own tables in the same order. in limits them to a list of ids.
func (t *tx) scan(ctx context.Context, in string, args []any, yield func(*data.Row) error) error {
	where, scopeArgs := "1", []any(nil)
	if in != "" {
		where = "c.id IN " + in
		scopeArgs = append(scopeArgs, args...)
	}
	if !t.rights.Can(data.ViewAllCustomers) {
		where += " AND c.agent = ?"
		scopeArgs = append(scopeArgs, int64(t.rights.User))
	}
	tagWhere, valueWhere := "1", "1"
	if in != "" {
		tagWhere, valueWhere = "customer_id IN "+in, "customer_id IN "+in
	}
	tagNames, err := t.tagNames(ctx)
	if err != nil {
		return err
	}
	tags, err := t.sideRows(ctx, "SELECT customer_id, tag_id, '' FROM customer_tags WHERE "+tagWhere+
		" ORDER BY customer_id, tag_id", args)
	if err != nil {
		return err
	}
	defer tags.close()
	var values *sideRows
	if t.rights.Can(data.ViewCustomData) {
		values, err = t.sideRows(ctx, "SELECT customer_id, field_id, value FROM custom_values WHERE "+valueWhere+
			" ORDER BY customer_id, field_id", args)
		if err != nil {
			return err
		}
		defer values.close()
	}
	rows, err := t.QueryContext(ctx, "SELECT "+customerColumns+" FROM customers c WHERE "+where+" ORDER BY c.id", scopeArgs...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var r data.Row
		if err := scanCustomer(rows, &r.Customer); err != nil {
			return err
		}
		if err := tags.of(r.ID, func(tag int64, _ string) { r.Tags = append(r.Tags, tagNames[tag]) }); err != nil {
			return err
		}
		slices.Sort(r.Tags)
		if values != nil {
			if err := values.of(r.ID, func(field int64, v string) {
				if r.Custom == nil {
					r.Custom = map[data.FieldID]string{}
				}
				r.Custom[data.FieldID(field)] = v
			}); err != nil {
				return err
			}
		}
		mask(&r, t.rights)
		if err := yield(&r); err != nil {
			return err
		}
	}
	return rows.Err()
}

func scanCustomer(row scanner, c *data.Customer) error {
	var phone, agentPhone int64
	var at [7]int64
	err := row.Scan(&c.ID, &c.Version, &phone, &c.Name, &c.WhatsAppName, &c.Email, &c.Company, &c.City, &c.State,
		&c.Country, &c.Source, &c.Agent, &agentPhone, &c.Blocked, &c.OptOut, &at[0], &at[1], &at[2], &at[3],
		&at[4], &at[5], &at[6], &c.FollowUp)
	if errors.Is(err, sql.ErrNoRows) {
		return data.ErrNotFound
	}
	c.Phone, c.AgentPhone = data.Phone(phone), data.Phone(agentPhone)
	for i, p := range []*time.Time{
		&c.Created, &c.FirstReceived, &c.FirstSent, &c.LastSent, &c.LastReceived, &c.LastTemplate, &c.LastLogged,
	} {
		*p = timeOf(at[i])
	}
	return err
}

func timeOf(unix int64) time.Time {
	if unix == 0 {
		return time.Time{}
	}
	return time.Unix(unix, 0).UTC()
}

func unixOf(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

func (t *tx) tagNames(ctx context.Context) (map[int64]string, error) {
	rows, err := t.QueryContext(ctx, "SELECT id, name FROM tags")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64]string{}
	for rows.Next() {
		var id int64
		var name string
		if err := rows.Scan(&id, &name); err != nil {
			return nil, err
		}
		out[id] = name
	}
	return out, rows.Err()
}

// sideRows walks a table that hangs on customers, in step with them.
type sideRows struct {
	rows  *sql.Rows
	owner data.CustomerID // of the row read ahead
	key   int64
	value string
	more  bool
}

func (t *tx) sideRows(ctx context.Context, query string, args []any) (*sideRows, error) {
	rows, err := t.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	s := &sideRows{rows: rows}
	if err := s.ahead(); err != nil {
		return nil, errors.Join(err, rows.Close())
	}
	return s, nil
}

func (s *sideRows) ahead() error {
	s.more = s.rows.Next()
	if !s.more {
		return s.rows.Err()
	}
	return s.rows.Scan(&s.owner, &s.key, &s.value)
}

// of calls each for the rows of id, which must not go back.
func (s *sideRows) of(id data.CustomerID, each func(key int64, value string)) error {
	for s.more && s.owner <= id {
		if s.owner == id {
			each(s.key, s.value)
		}
		if err := s.ahead(); err != nil {
			return err
		}
	}
	return nil
}

func (s *sideRows) close() { s.rows.Close() }
