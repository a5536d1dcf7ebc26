package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"strings"
	"time"

	"lethe/data"
)

// What follows is the sender's, which works for whoever is signed in and for
// two minutes after: it acts as the program itself, reads nothing but what is
// due, and decides nothing but how an attempt ended.

// Outgoing is a message that is being sent, with what it is sent through.
type Outgoing struct {
	data.Message
	Business string
	Mail     data.MailServer  // of e-mails
	WhatsApp data.WhatsAppAPI // of WhatsApp messages
}

// due are messages whose next try has come. One that lies further ahead than
// any delay was set by a clock that has been put back since, and is due too.
const due = `state IN ('queued', 'failed') AND next_try > 0 AND (next_try <= ?1 OR next_try > ?2)`

func (t *tx) dueArgs() []any {
	return []any{t.now.Unix(), t.now.Add(2 * data.MaxDelay).Unix()}
}

// ClaimMessage marks the oldest message that is due as being sent, on disk
// before anything goes out, and returns it; nil if none is due. SettleMessage
// must follow. A message that is found claimed when the list is opened is
// queued again: whether it went out nobody knows, and its message id stays.
func (s *Store) ClaimMessage(ctx context.Context) (*Outgoing, error) {
	var out *Outgoing
	if _, is, err := s.NextMessage(ctx); err != nil || !is {
		return nil, err // without a writing transaction where there is nothing at all
	}
	err := s.writeSystem(ctx, func(t *tx) error {
		found, err := t.messages(ctx, "WHERE "+due+" ORDER BY id LIMIT 1", t.dueArgs()...)
		if err != nil || len(found) == 0 {
			return err
		}
		o := &Outgoing{Message: found[0]}
		if o.Mail, err = t.mailServer(ctx); err != nil {
			return err
		}
		if o.WhatsApp, err = t.whatsAppAPI(ctx); err != nil {
			return err
		}
		settings, err := t.settings(ctx)
		if err != nil {
			return err
		}
		o.Business = settings.Business
		if o.MessageID == "" {
			_, domain, _ := strings.Cut(o.Mail.From, "@")
			if domain == "" {
				domain = "lethe.invalid"
			}
			o.MessageID = strings.ToLower(rand.Text()) + "@" + domain
		}
		o.State, o.Tries = data.OutboxSending, o.Tries+1
		t.publish(data.Event{Kind: data.OutboxChanged})
		out = o
		_, err = t.ExecContext(ctx, "UPDATE outbox SET state = ?, changed = ?, tries = ?, message_id = ? WHERE id = ?",
			string(o.State), t.now.Unix(), o.Tries, o.MessageID, o.ID)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// SettleMessage writes down how an attempt ended. jitter is from 0 to 1. It
// answers data.ErrConflict for a message that isn't being sent.
func (s *Store) SettleMessage(ctx context.Context, id int64, o data.Outcome, jitter float64) error {
	return s.writeSystem(ctx, func(t *tx) error {
		m, err := t.message(ctx, id)
		if err != nil {
			return err
		}
		if m.State != data.OutboxSending {
			return data.ErrConflict
		}
		state, next, tries := data.OutboxSent, int64(0), m.Tries
		if !o.Sent {
			state = data.OutboxFailed
			switch o.Why {
			case data.WhyOffline, data.WhyNoHost:
				state = data.OutboxQueued
			default:
				if tries >= data.MaxTries {
					o.Again = false
				}
			}
			if o.Again {
				next = t.now.Add(max(data.RetryDelay(tries, o.Why, jitter), min(o.After, data.MaxDelay))).Unix()
			}
		}
		t.publish(data.Event{Kind: data.OutboxChanged})
		if _, err := t.ExecContext(ctx,
			"UPDATE outbox SET state = ?, why = ?, answer = ?, changed = ?, next_try = ?, tries = ? WHERE id = ?",
			string(state), string(o.Why), o.Answer, t.now.Unix(), next, tries, id); err != nil {
			return err
		}
		if o.Sent || !o.Channel || next == 0 {
			return nil
		}
		// The others of the channel wait as long: each of them would only
		// find out the same.
		_, err = t.ExecContext(ctx, "UPDATE outbox SET why = ?3, next_try = ?4 WHERE channel = ?5 AND "+due,
			append(t.dueArgs(), string(o.Why), next, string(m.Channel))...)
		return err
	})
}

// NextMessage is when the next message is due; false if none ever is by itself.
func (s *Store) NextMessage(ctx context.Context) (at time.Time, is bool, err error) {
	s.gate.RLock()
	defer s.gate.RUnlock()
	err = s.run(ctx, s.readers(), 0, false, func(t *tx) error {
		var next sql.NullInt64
		args := t.dueArgs()
		err := t.QueryRowContext(ctx, `SELECT min(CASE WHEN next_try > ?2 THEN ?1 ELSE next_try END)
			FROM outbox WHERE state IN ('queued', 'failed') AND next_try > 0`, args...).Scan(&next)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		at, is = time.Unix(next.Int64, 0), next.Valid
		return err
	})
	return at, is, err
}

// recoverOutbox queues what was being sent when Lethe last ended.
func (s *Store) recoverOutbox(ctx context.Context) error {
	return s.writeSystem(ctx, func(t *tx) error {
		_, err := t.ExecContext(ctx, "UPDATE outbox SET state = ?, changed = ?, next_try = ? WHERE state = ?",
			string(data.OutboxQueued), t.now.Unix(), t.now.Unix(), string(data.OutboxSending))
		return err
	})
}
