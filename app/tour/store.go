package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/store"
)

// content is what stands in a store.
type content struct {
	customers map[data.CustomerID]data.Row
	messages  []data.Message
	audit     []data.Entry // the latest first
	otp       bool         // OTPs are set up
	settings  data.Settings
	segments  []data.Segment
	fields    []data.CustomField
}

// tagged are the customers with a tag.
func (c *content) tagged(tag string) map[data.CustomerID]bool {
	out := map[data.CustomerID]bool{}
	for id := range c.customers {
		row := c.customers[id]
		if slices.Contains(row.Tags, tag) {
			out[id] = true
		}
	}
	return out
}

// missing are those of before that are in c no longer.
func (c *content) missing(before *content) map[data.CustomerID]bool {
	out := map[data.CustomerID]bool{}
	for id := range before.customers {
		if _, ok := c.customers[id]; !ok {
			out[id] = true
		}
	}
	return out
}

// folder is where the program keeps its list.
func (t *tour) folder() string { return filepath.Join(t.home, "data", "Lethe") }

// inStore opens the store by the owner's password and reads it: not what the
// window says, but what the files hold. The program has the folder while it
// runs, so it is a copy of the files that is opened. A copy taken in the midst
// of a write doesn't open; the next one does.
func (t *tour) inStore() *content {
	if t.err != nil {
		return &content{}
	}
	var c *content
	var why error
	ok := t.until(10*time.Second, func() bool {
		c, why = t.readStore()
		return why == nil
	})
	if !ok {
		t.failf("the store can't be read: %w", why)
		return &content{}
	}
	return c
}

func (t *tour) readStore() (_ *content, err error) {
	dir, err := os.MkdirTemp(t.home, "copy-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := copyStore(t.folder(), dir); err != nil {
		return nil, err
	}
	keys, err := account.Load(dir)
	if err != nil {
		return nil, err
	}
	un, err := keys.Unlock(t.ctx, keys.Members()[0].ID, ownerPassword)
	if err != nil {
		return nil, err
	}
	s, a, err := store.Open(t.ctx, store.Options{Dir: dir}, un)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return readContent(t.ctx, s, a)
}

func readContent(ctx context.Context, s *store.Store, a *store.Actor) (*content, error) {
	c := &content{customers: map[data.CustomerID]data.Row{}}
	var errs [7]error
	errs[0] = s.Customers(ctx, a, func(row *data.Row) error {
		c.customers[row.ID] = *row
		return nil
	})
	c.messages, errs[1] = s.Outbox(ctx, a)
	c.audit, errs[2] = s.Audit(ctx, a, 0)
	c.otp, errs[3] = s.OTPSetUp(ctx, a)
	c.settings, errs[4] = s.Settings(ctx, a)
	c.segments, errs[5] = s.Segments(ctx, a)
	c.fields, errs[6] = s.Fields(ctx, a)
	return c, errors.Join(errs[:]...)
}

// copyStore copies the keys, the database and its log.
func copyStore(from, to string) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := e.Name()
		if name != account.FileName && !strings.Contains(name, ".lethe") || strings.HasSuffix(name, "-shm") {
			continue
		}
		raw, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, name), raw, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// expect reads the store and fails unless it holds that many customers.
func (t *tour) expect(customers int) *content {
	c := t.inStore()
	if t.err == nil && len(c.customers) != customers {
		t.failf("the store holds %d customers, not %d", len(c.customers), customers)
	}
	return c
}

// expectGone fails unless exactly those customers went between two looks.
func (t *tour) expectGone(before, after *content, want map[data.CustomerID]bool) {
	if t.err != nil {
		return
	}
	gone := after.missing(before)
	switch {
	case len(gone) != len(want):
		t.failf("%d customers went, not %d", len(gone), len(want))
	case len(after.customers) != len(before.customers)-len(want):
		t.failf("of %d customers %d are left", len(before.customers), len(after.customers))
	}
	for id := range gone {
		if !want[id] {
			row := before.customers[id]
			t.fail(fmt.Errorf("a customer went who should have stayed: number %d, tags %q", id, row.Tags))
		}
	}
}
