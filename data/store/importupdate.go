package store

import (
	"context"
	"time"

	"lethe/data"
)

// update takes over what a file says of a customer who is there already: empty
// cells never overwrite, tags are added and none removed. It tells whether
// anything changed.
func (im *importer) update(ctx context.Context, id data.CustomerID, row *ImportRow) (bool, error) {
	var old data.Customer
	err := scanCustomer(im.t.QueryRowContext(ctx, "SELECT "+customerColumns+" FROM customers c WHERE c.id = ?", int64(id)), &old)
	if err != nil {
		return false, err
	}
	next := im.merged(old, &row.Customer)
	hung, err := im.hang(ctx, id, row)
	if err != nil {
		return false, err
	}
	if !hung && equal(old, next) {
		return false, nil
	}
	im.leaveOld(&old, &next)
	_, err = im.t.ExecContext(ctx, `UPDATE customers SET version = ?, name = ?, whatsapp = ?, email = ?, company = ?,
		city = ?, state = ?, country = ?, source = ?, agent = ?, agent_phone = ?, blocked = ?, opt_out = ?, created = ?,
		first_received = ?, first_sent = ?, last_sent = ?, last_received = ?, last_template = ?, follow_up = ?,
		changed_at = ?, changed_by = ? WHERE id = ?`,
		im.version, next.Name, next.WhatsAppName, next.Email, next.Company, next.City, next.State, next.Country,
		next.Source, int64(next.Agent), int64(next.AgentPhone), next.Blocked, next.OptOut, unixOf(next.Created),
		unixOf(next.FirstReceived), unixOf(next.FirstSent), unixOf(next.LastSent), unixOf(next.LastReceived),
		unixOf(next.LastTemplate), int64(next.FollowUp), im.t.now.Unix(), int64(im.t.actor), int64(id))
	return true, err
}

// leaveOld leaves to the scrub the texts that others take the place of.
func (im *importer) leaveOld(old, next *data.Customer) {
	for _, p := range [...][2]string{
		{old.Name, next.Name},
		{old.WhatsAppName, next.WhatsAppName},
		{old.Email, next.Email},
		{old.Company, next.Company},
		{old.City, next.City},
		{old.State, next.State},
		{old.Country, next.Country},
		{old.Source, next.Source},
	} {
		if p[0] != p[1] {
			im.t.leave(p[0])
		}
	}
}

// mergedAgent is who is in charge afterwards. Putting another member in charge
// takes the right to see everybody.
func (im *importer) mergedAgent(old data.Customer, c *data.Customer) (data.UserID, data.Phone) {
	if c.AgentPhone == 0 && c.Agent == 0 || !im.t.rights.May(data.OpEditAgent) {
		return old.Agent, old.AgentPhone
	}
	return im.agentOf(c)
}

// merged is old with the cells of c that hold something. A file can set the
// flags, not take them back: an empty cell and a No look alike in most.
func (im *importer) merged(old data.Customer, c *data.Customer) data.Customer {
	next := old
	next.Agent, next.AgentPhone = im.mergedAgent(old, c)
	for _, p := range []struct {
		to   *string
		from string
	}{
		{&next.Name, c.Name},
		{&next.WhatsAppName, c.WhatsAppName},
		{&next.Email, c.Email},
		{&next.Company, c.Company},
		{&next.City, c.City},
		{&next.State, c.State},
		{&next.Country, c.Country},
		{&next.Source, c.Source},
	} {
		if p.from != "" {
			*p.to = p.from
		}
	}
	for _, p := range []struct {
		to   *time.Time
		from time.Time
	}{
		{&next.Created, c.Created},
		{&next.FirstReceived, c.FirstReceived},
		{&next.FirstSent, c.FirstSent},
		{&next.LastSent, c.LastSent},
		{&next.LastReceived, c.LastReceived},
		{&next.LastTemplate, c.LastTemplate},
	} {
		if !p.from.IsZero() {
			*p.to = p.from
		}
	}
	if c.FollowUp != 0 {
		next.FollowUp = c.FollowUp
	}
	next.Blocked = next.Blocked || c.Blocked
	next.OptOut = next.OptOut || c.OptOut
	return next
}

func equal(a, b data.Customer) bool {
	same := func(x, y time.Time) bool { return unixOf(x) == unixOf(y) }
	return a.Name == b.Name && a.WhatsAppName == b.WhatsAppName && a.Email == b.Email && a.Company == b.Company &&
		a.City == b.City && a.State == b.State && a.Country == b.Country && a.Source == b.Source &&
		a.Agent == b.Agent && a.AgentPhone == b.AgentPhone && a.Blocked == b.Blocked && a.OptOut == b.OptOut &&
		same(a.Created, b.Created) && same(a.FirstReceived, b.FirstReceived) && same(a.FirstSent, b.FirstSent) &&
		same(a.LastSent, b.LastSent) && same(a.LastReceived, b.LastReceived) &&
		same(a.LastTemplate, b.LastTemplate) && a.FollowUp == b.FollowUp
}
