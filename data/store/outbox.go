package store

import (
	"context"
	"database/sql"
	"errors"
	"strconv"

	"lethe/data"
)

// tellOwner writes a message to the Account Owner into the outbox, one for each
// way in which they can be reached: queued where sending is set up, else
// prepared. It must hold no customer's data.
func (t *tx) tellOwner(ctx context.Context, to data.Addresses, subject, body string, audit int64) error {
	mail, err := t.mailServer(ctx)
	if err != nil {
		return err
	}
	api, err := t.whatsAppAPI(ctx)
	if err != nil {
		return err
	}
	for _, m := range []struct {
		channel data.Channel
		to      string
		sends   bool
	}{
		{data.ChannelEmail, to.Email, mail.SetUp()},
		{data.ChannelWhatsApp, to.Phone.String(), api.SetUp()},
	} {
		if m.to == "" {
			continue
		}
		state, next := data.OutboxPrepared, int64(0)
		if m.sends {
			state, next = data.OutboxQueued, t.now.Unix()
		}
		if _, err := t.ExecContext(ctx, `INSERT INTO outbox
			(channel, address, subject, body, state, created, changed, next_try, audit) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			string(m.channel), m.to, subject, body, string(state), t.now.Unix(), t.now.Unix(), next, audit); err != nil {
			return err
		}
	}
	t.publish(data.Event{Kind: data.OutboxChanged})
	return nil
}

// prepareMessages writes the confirmations to the Account Owner into the
// outbox: always for Delete All and what took an OTP, for others if the owner
// wants it.
func (d *deletion) prepareMessages(ctx context.Context, r data.Receipt, texts DeleteTexts, audit int64) error {
	settings, err := d.settings(ctx)
	if err != nil {
		return err
	}
	if r.Way != data.WayAll && !r.Approved && !settings.TellAlways {
		return nil
	}
	to, err := d.addresses(ctx)
	if err != nil {
		return err
	}
	subject, body := texts(r)
	return d.tellOwner(ctx, to, subject, body, audit)
}

// OwnerTexts writes the message that tells the Account Owner of what is no
// deletion: something that took their OTP (a number changed, a custom field
// removed, a backup restored), or so many wrong OTPs that no more are taken. by
// is who did it, key that of the list's certificates, whose fingerprint stands in
// every confirmation. It must hold no customer's data.
type OwnerTexts func(e data.Entry, by, business string, key data.SigningKey) (subject, body string)

// tellApproved tells of what an OTP was spent on in this transaction, by the
// audit entry that follows it.
func (t *tx) tellApproved(ctx context.Context, e *data.Entry) error {
	if !t.owing {
		return nil
	}
	t.owing = false
	return t.tellOf(ctx, e)
}

// tellOf tells the Account Owner of an audit entry that is no deletion's.
func (t *tx) tellOf(ctx context.Context, e *data.Entry) error {
	if t.ownerTexts == nil {
		return nil
	}
	to, err := t.addresses(ctx)
	if err != nil {
		return err
	}
	by, err := t.nameOf(ctx, e.Actor)
	if err != nil {
		return err
	}
	settings, err := t.settings(ctx)
	if err != nil {
		return err
	}
	key, err := t.certificateKey(ctx)
	if err != nil {
		return err
	}
	subject, body := t.ownerTexts(*e, by, settings.Business, key)
	return t.tellOwner(ctx, to, subject, body, e.Seq)
}

const messageColumns = `id, channel, address, subject, body, state, why, answer,
	created, changed, next_try, tries, message_id, audit,
	coalesce((SELECT kind FROM audit WHERE seq = outbox.audit), '')`

func scanMessage(row scanner) (data.Message, error) {
	var m data.Message
	err := row.Scan(&m.ID, &m.Channel, &m.To, &m.Subject, &m.Body, &m.State, &m.Why, &m.Answer,
		&m.Created, &m.Changed, &m.NextTry, &m.Tries, &m.MessageID, &m.AuditID, &m.About)
	return m, err
}

func (t *tx) messages(ctx context.Context, where string, args ...any) ([]data.Message, error) {
	rows, err := t.QueryContext(ctx, "SELECT "+messageColumns+" FROM outbox "+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []data.Message
	for rows.Next() {
		m, err := scanMessage(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, rows.Err()
}

// Outbox reads the messages, the newest first.
func (s *Store) Outbox(ctx context.Context, a *Actor) ([]data.Message, error) {
	var out []data.Message
	err := s.read(ctx, a, data.OpOutbox, func(t *tx) (err error) {
		out, err = t.messages(ctx, "ORDER BY id DESC")
		return err
	})
	return out, err
}

// Told reads how far the confirmations of a deletion have come, for who carried
// it out and for who may view the outbox: channel, state and why, without
// address and text.
func (s *Store) Told(ctx context.Context, a *Actor, audit int64) ([]data.Message, error) {
	var out []data.Message
	err := s.read(ctx, a, data.OpTold, func(t *tx) error {
		e, err := t.entry(ctx, audit)
		if err != nil {
			return err
		}
		if e.Actor != t.actor {
			if err := t.may(data.OpToldOthers); err != nil {
				return err
			}
		}
		all, err := t.messages(ctx, "WHERE audit = ? ORDER BY id", audit)
		for _, m := range all {
			out = append(out, data.Message{
				ID: m.ID, Channel: m.Channel, State: m.State, Why: m.Why,
				Created: m.Created, Changed: m.Changed, NextTry: m.NextTry, AuditID: m.AuditID,
			})
		}
		return err
	})
	return out, err
}

// RetryMessage queues a message for the next moment: one that failed, waits, or
// is only prepared. It answers data.ErrConflict for one
// that is being sent, was sent or was cancelled, and data.ErrSendingNotSetUp
// where there is nothing to send it through.
func (s *Store) RetryMessage(ctx context.Context, a *Actor, id int64) error {
	return s.write(ctx, a, data.OpRetryMessage, func(t *tx) error {
		m, err := t.message(ctx, id)
		if err != nil {
			return err
		}
		switch m.State {
		case data.OutboxPrepared, data.OutboxQueued, data.OutboxFailed:
		default:
			return data.ErrConflict
		}
		if sends, err := t.sends(ctx, m.Channel); err != nil || !sends {
			return errors.Join(err, data.ErrSendingNotSetUp)
		}
		t.publish(data.Event{Kind: data.OutboxChanged})
		_, err = t.ExecContext(ctx,
			"UPDATE outbox SET state = ?, changed = ?, next_try = ?, tries = 0 WHERE id = ?",
			string(data.OutboxQueued), t.now.Unix(), t.now.Unix(), id)
		return err
	})
}

// CancelMessage takes a message out of what is sent. It is the Account Owner's
// alone, and stands in the audit log. It answers data.ErrConflict for one that
// is being sent, was sent or was cancelled.
func (s *Store) CancelMessage(ctx context.Context, a *Actor, id int64) error {
	return s.write(ctx, a, data.OpCancelMessage, func(t *tx) error {
		m, err := t.message(ctx, id)
		if err != nil {
			return err
		}
		switch m.State {
		case data.OutboxPrepared, data.OutboxQueued, data.OutboxFailed:
		default:
			return data.ErrConflict
		}
		if _, err := t.ExecContext(ctx, "UPDATE outbox SET state = ?, changed = ?, next_try = 0 WHERE id = ?",
			string(data.OutboxCancelled), t.now.Unix(), id); err != nil {
			return err
		}
		t.publish(data.Event{Kind: data.OutboxChanged})
		return t.audit(ctx, data.AuditOutboxChanged, facts{
			"what": "cancelled", "message": strconv.FormatInt(id, 10), "channel": string(m.Channel),
			"of": strconv.FormatInt(m.AuditID, 10),
		})
	})
}

func (t *tx) message(ctx context.Context, id int64) (data.Message, error) {
	m, err := scanMessage(t.QueryRowContext(ctx, "SELECT "+messageColumns+" FROM outbox WHERE id = ?", id))
	if errors.Is(err, sql.ErrNoRows) {
		err = data.ErrNotFound
	}
	return m, err
}

// sends tells whether there is something to send a channel's messages through.
func (t *tx) sends(ctx context.Context, c data.Channel) (bool, error) {
	if c == data.ChannelEmail {
		m, err := t.mailServer(ctx)
		return m.SetUp(), err
	}
	api, err := t.whatsAppAPI(ctx)
	return api.SetUp(), err
}
