package store

import (
	"context"

	"lethe/data"
)

// prepareMessages writes the confirmations to the Account Owner into the
// outbox: always for Delete All and what took an OTP, for others if the owner
// wants it. Nobody sends them yet, so they stand there as prepared.
func (d *deletion) prepareMessages(ctx context.Context, r data.Receipt, texts DeleteTexts, audit int64) error {
	settings, err := d.settings(ctx)
	if err != nil {
		return err
	}
	if r.Way != data.WayAll && !r.Approved && !settings.TellAlways {
		return nil
	}
	owner, err := d.accountOwner(ctx)
	if err != nil {
		return err
	}
	subject, body := texts(r)
	for _, m := range []data.Message{
		{Channel: data.ChannelEmail, To: owner.Email},
		{Channel: data.ChannelWhatsApp, To: owner.Phone.String()},
	} {
		if m.To == "" {
			continue
		}
		if _, err := d.ExecContext(ctx, `INSERT INTO outbox (channel, address, subject, body, state, created, audit)
			VALUES (?, ?, ?, ?, ?, ?, ?)`,
			string(m.Channel), m.To, subject, body, string(data.OutboxPrepared), d.now.Unix(), audit); err != nil {
			return err
		}
	}
	d.publish(data.Event{Kind: data.OutboxChanged})
	return nil
}

// Outbox reads the messages, the newest first. It needs ViewOutbox.
func (s *Store) Outbox(ctx context.Context, a *Actor) ([]data.Message, error) {
	var out []data.Message
	err := s.read(ctx, a, data.OpOutbox, func(t *tx) error {
		rows, err := t.QueryContext(ctx,
			"SELECT id, channel, address, subject, body, state, why, created, audit FROM outbox ORDER BY id DESC")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var m data.Message
			if err := rows.Scan(&m.ID, &m.Channel, &m.To, &m.Subject, &m.Body, &m.State, &m.Why, &m.Created, &m.AuditID); err != nil {
				return err
			}
			out = append(out, m)
		}
		return rows.Err()
	})
	return out, err
}
