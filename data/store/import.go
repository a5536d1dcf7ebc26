package store

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"

	"lethe/data"
)

// ImportMode is what happens to customers that are there already, by phone.
type ImportMode string

// Skip leaves them as they are; Update takes over what the file says, but for
// empty cells, and needs EditCustomers.
const (
	ImportSkip   ImportMode = "skip"
	ImportUpdate ImportMode = "update"
)

// ImportRow is one customer of a file. Custom values are by the field's name,
// and such as the field can hold (data.CustomField.Canonical).
// Notes and Interactions come along with customers who are new, in the order
// of their times.
type ImportRow struct {
	Customer data.Customer
	Custom   map[string]string
	Note     string

	Notes        []data.Note
	Interactions []data.Interaction
}

// ImportRequest is a file to be taken in. Each yields its rows in the file's
// order; it is called once. Rows have a phone number.
type ImportRequest struct {
	Mode ImportMode
	Each func(yield func(*ImportRow) error) error
	// NewFields are custom Text fields to make where they are missing. Making
	// one needs ManageFieldSchema.
	NewFields []string
	// Shape and Mapping are kept for the next file of the same shape: what its
	// columns became. Shape is a hash, Mapping is not looked into; neither holds
	// a value of a customer. An empty Shape keeps nothing.
	Shape   []byte
	Mapping string
}

// ImportReport counts what became of the rows.
type ImportReport struct {
	Added     int
	Updated   int // of those there already, changed
	Unchanged int // of those there already, nothing new in the file
	Skipped   int // of those there already, left as they are
}

// Import takes a file in, all of it or none, in one transaction. It needs
// ImportCustomers, and with it ViewPhoneNumbers and ViewAllCustomers, for the
// report tells which numbers are there already. A custom value that its field
// can't hold is a *data.ValueProblem, and nothing comes in. progress, which may
// be nil, is told the rows done so far.
func (s *Store) Import(ctx context.Context, a *Actor, req ImportRequest, progress func(done int)) (ImportReport, error) {
	var report ImportReport
	var own ownImport
	err := s.write(ctx, a, data.OpImport, func(t *tx) error {
		report = ImportReport{}
		if req.Mode == ImportUpdate {
			if err := t.may(data.OpImportUpdating); err != nil {
				return err
			}
		}
		im, err := t.newImporter(ctx, req)
		if err != nil {
			return err
		}
		defer im.close()
		done := 0
		err = req.Each(func(row *ImportRow) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := im.take(ctx, row, &report); err != nil {
				return err
			}
			if done++; progress != nil && done%1000 == 0 {
				progress(done)
			}
			return nil
		})
		if err != nil {
			return err
		}
		own, err = im.finish(ctx, req, report)
		return err
	})
	if err == nil {
		s.remember(a, own)
	}
	return report, err
}

// importer holds what one import needs from row to row.
type importer struct {
	t       *tx
	mode    ImportMode
	version int64
	byOwner bool
	tags    map[string]int64
	fields  map[string]data.CustomField // by folded name
	agents  map[data.Phone]data.UserID
	changed []data.CustomerID
	after   data.CustomerID // the largest id before it
	made    []data.FieldID  // custom fields that it made

	find, insert, tag, value, note *sql.Stmt
}

func (t *tx) newImporter(ctx context.Context, req ImportRequest) (*importer, error) {
	im := &importer{
		t: t, mode: req.Mode, byOwner: t.rights.IsAccountOwner(),
		tags: map[string]int64{}, fields: map[string]data.CustomField{}, agents: map[data.Phone]data.UserID{},
	}
	var err error
	if im.version, err = t.change(ctx); err != nil {
		return nil, err
	}
	if im.after, err = t.lastCustomer(ctx); err != nil {
		return nil, err
	}
	if err := im.load(ctx); err != nil {
		return nil, err
	}
	if err := im.makeFields(ctx, req.NewFields); err != nil {
		return nil, err
	}
	for _, p := range []struct {
		stmt **sql.Stmt
		text string
	}{
		{&im.find, "SELECT id FROM customers WHERE phone = ?"},
		{&im.insert, `INSERT INTO customers (version, phone, name, whatsapp, email, company, city, state, country,
			source, agent, agent_phone, blocked, opt_out, created, first_received, first_sent, last_sent, last_received,
			last_template, follow_up, by_owner, added_by)
			VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`},
		{&im.tag, "INSERT OR IGNORE INTO customer_tags (customer_id, tag_id) VALUES (?, ?)"},
		{&im.value, `INSERT INTO custom_values (customer_id, field_id, value) VALUES (?, ?, ?)
			ON CONFLICT DO UPDATE SET value = excluded.value`},
		{&im.note, `INSERT INTO notes (customer_id, id, text, created, author)
			SELECT ?1, coalesce(max(id), 0) + 1, ?2, ?3, ?4 FROM notes WHERE customer_id = ?1
			HAVING coalesce(max(text = ?2), 0) = 0`},
	} {
		if *p.stmt, err = t.PrepareContext(ctx, p.text); err != nil {
			return nil, errors.Join(err, im.close())
		}
	}
	return im, nil
}

func (im *importer) close() error {
	var err error
	for _, s := range []*sql.Stmt{im.find, im.insert, im.tag, im.value, im.note} {
		if s != nil {
			err = errors.Join(err, s.Close())
		}
	}
	return err
}

// load reads what rows refer to by name: tags, custom fields, agents.
func (im *importer) load(ctx context.Context) error {
	names, err := im.t.tagNames(ctx)
	if err != nil {
		return err
	}
	for id, name := range names {
		im.tags[name] = id
	}
	known, err := im.t.fields(ctx)
	if err != nil {
		return err
	}
	for _, f := range known {
		im.fields[fieldKey(f.Name)] = f
	}
	return im.loadAgents(ctx)
}

// makeFields makes the custom fields that are missing.
func (im *importer) makeFields(ctx context.Context, wanted []string) error {
	for _, name := range wanted {
		name = strings.TrimSpace(name)
		if _, ok := im.fields[fieldKey(name)]; ok || name == "" {
			continue
		}
		if err := im.t.may(data.OpImportNewField); err != nil {
			return err
		}
		res, err := im.t.ExecContext(ctx, "INSERT INTO custom_fields (name, kind) VALUES (?, ?)", name, string(data.FieldText))
		if err != nil {
			return err
		}
		id, err := res.LastInsertId()
		if err != nil {
			return err
		}
		im.fields[fieldKey(name)] = data.CustomField{ID: data.FieldID(id), Name: name, Kind: data.FieldText}
		im.made = append(im.made, data.FieldID(id))
		im.t.publish(data.Event{Kind: data.FieldsChanged})
	}
	return nil
}

func fieldKey(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

func (im *importer) loadAgents(ctx context.Context) error {
	rows, err := im.t.QueryContext(ctx, "SELECT id, phone FROM users WHERE phone > 0")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, phone int64
		if err := rows.Scan(&id, &phone); err != nil {
			return err
		}
		im.agents[data.Phone(phone)] = data.UserID(id)
	}
	return rows.Err()
}

// take adds one row or brings it to the customer that has its number.
func (im *importer) take(ctx context.Context, row *ImportRow, report *ImportReport) error {
	c := &row.Customer
	if c.Phone == 0 {
		return data.ErrPhoneNeeded
	}
	var id data.CustomerID
	err := im.find.QueryRowContext(ctx, int64(c.Phone)).Scan(&id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		report.Added++
		return im.add(ctx, row)
	case err != nil:
		return err
	case im.mode != ImportUpdate:
		report.Skipped++
		return nil
	}
	changed, err := im.update(ctx, id, row)
	if err != nil {
		return err
	}
	if changed {
		report.Updated++
		im.changed = append(im.changed, id)
	} else {
		report.Unchanged++
	}
	return nil
}

func (im *importer) agentOf(c *data.Customer) (data.UserID, data.Phone) {
	if u, ok := im.agents[c.AgentPhone]; ok {
		return u, 0
	}
	return c.Agent, c.AgentPhone
}

func (im *importer) add(ctx context.Context, row *ImportRow) error {
	c := &row.Customer
	agent, agentPhone := im.agentOf(c)
	created := unixOf(c.Created)
	if created == 0 {
		created = im.t.now.Unix()
	}
	res, err := im.insert.ExecContext(ctx, im.version, int64(c.Phone), c.Name, c.WhatsAppName, c.Email, c.Company,
		c.City, c.State, c.Country, c.Source, int64(agent), int64(agentPhone), c.Blocked, c.OptOut, created,
		unixOf(c.FirstReceived), unixOf(c.FirstSent), unixOf(c.LastSent), unixOf(c.LastReceived),
		unixOf(c.LastTemplate), int64(c.FollowUp), im.byOwner, int64(im.t.actor))
	if err != nil {
		return err
	}
	id, err := res.LastInsertId()
	if err != nil {
		return err
	}
	im.changed = append(im.changed, data.CustomerID(id))
	if err := im.addHistory(ctx, data.CustomerID(id), row); err != nil {
		return err
	}
	_, err = im.hang(ctx, data.CustomerID(id), row)
	return err
}

// finish counts what was added towards the mark and writes it down.
func (im *importer) finish(ctx context.Context, req ImportRequest, report ImportReport) (ownImport, error) {
	own := ownImport{version: im.version, after: im.after, fields: im.made, added: report.Added, at: im.t.now}
	if err := im.t.arrived(ctx, report.Added); err != nil {
		return own, err
	}
	var err error
	if own.upTo, err = im.t.lastCustomer(ctx); err != nil {
		return own, err
	}
	if err := im.t.keepMapping(ctx, req.Shape, req.Mapping); err != nil {
		return own, err
	}
	const few = 1000
	if len(im.changed) <= few {
		im.t.publish(data.Event{Kind: data.CustomersChanged, Changed: im.changed})
	} else {
		im.t.publish(data.Event{Kind: data.CustomersChanged, Everything: true})
	}
	return own, im.t.auditEdit(ctx, data.AuditImport, facts{
		"added":   strconv.Itoa(report.Added),
		"updated": strconv.Itoa(report.Updated),
		"skipped": strconv.Itoa(report.Skipped),
	})
}

// lastCustomer is the largest id that was ever given.
func (t *tx) lastCustomer(ctx context.Context) (id data.CustomerID, err error) {
	err = t.QueryRowContext(ctx,
		"SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'customers'), 0)").Scan(&id)
	return id, err
}
