package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strconv"

	"lethe/data"
)

// Keys of the settings that only the Account Owner reads and writes, beside
// those of saveSettings.
const (
	keyMail      = "mail"
	keyWhatsApp  = "whatsapp"
	keyTellEmail = "tell_email"
	keyTellPhone = "tell_phone"
)

// Sending is how confirmations reach the Account Owner.
type Sending struct {
	Mail     data.MailServer
	WhatsApp data.WhatsAppAPI
	To       data.Addresses
}

// Sending reads it, with mail password and access token. It is the Account
// Owner's alone.
func (s *Store) Sending(ctx context.Context, a *Actor) (out Sending, err error) {
	err = s.read(ctx, a, data.OpSending, func(t *tx) error {
		if out.Mail, err = t.mailServer(ctx); err != nil {
			return err
		}
		if out.WhatsApp, err = t.whatsAppAPI(ctx); err != nil {
			return err
		}
		out.To, err = t.addresses(ctx)
		return err
	})
	return out, err
}

// SaveMailServer changes what mail is sent through; the zero value turns it
// off, and what is queued is prepared only from then on. It is the Account
// Owner's alone and takes their password: whoever could change it could keep
// every confirmation from them. A server that won't do is a
// *data.SendingProblem.
func (s *Store) SaveMailServer(ctx context.Context, a *Actor, password string, m data.MailServer) error {
	if m != (data.MailServer{}) {
		if err := m.Check(); err != nil {
			return err
		}
	}
	return s.saveSending(ctx, a, data.OpSaveMailServer, password, data.ChannelEmail, keyMail, m, m.SetUp())
}

// SaveWhatsAppAPI is SaveMailServer for WhatsApp messages.
func (s *Store) SaveWhatsAppAPI(ctx context.Context, a *Actor, password string, w data.WhatsAppAPI) error {
	if w != (data.WhatsAppAPI{}) {
		if err := w.Check(); err != nil {
			return err
		}
	}
	return s.saveSending(ctx, a, data.OpSaveWhatsAppAPI, password, data.ChannelWhatsApp, keyWhatsApp, w, w.SetUp())
}

func (s *Store) saveSending(ctx context.Context, a *Actor, op data.Operation, password string, c data.Channel, key string, value any, on bool) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	if err := s.checkPassword(ctx, a, op, password); err != nil {
		return err
	}
	return s.write(ctx, a, op, func(t *tx) error {
		if err := t.saveSetting(ctx, key, string(text)); err != nil {
			return err
		}
		what := "set_up"
		if !on {
			what = "turned_off"
			if _, err := t.ExecContext(ctx, `UPDATE outbox SET state = ?, next_try = 0
				WHERE channel = ? AND state IN ('queued', 'failed')`, string(data.OutboxPrepared), string(c)); err != nil {
				return err
			}
		}
		t.publish(data.Event{Kind: data.SettingsChanged})
		t.publish(data.Event{Kind: data.OutboxChanged})
		return t.audit(ctx, data.AuditOutboxChanged, facts{"what": what, "channel": string(c)})
	})
}

// AddressTexts writes the message to a former address, in the language of the
// window; key is that of the list's certificates.
type AddressTexts func(log data.Witness, key data.SigningKey) (subject, body string)

// SaveAddresses changes where confirmations go. It is the Account Owner's
// alone, takes their password and an OTP, and tells the former addresses that
// changed. Its errors are those of CheckPassword, data.ErrOTPNotSetUp, those of
// otp.Check, and *data.SendingProblem. A wrong OTP is counted.
func (s *Store) SaveAddresses(ctx context.Context, a *Actor, password, code string, to data.Addresses, texts AddressTexts) error {
	if err := to.Check(); err != nil {
		return err
	}
	if err := s.checkPassword(ctx, a, data.OpSaveAddresses, password); err != nil {
		return err
	}
	return s.tryOTP(ctx, a, data.OpSaveAddresses, func(t *tx) error {
		st, err := t.otpState(ctx)
		if err != nil {
			return err
		}
		if len(st.Secret) == 0 {
			return data.ErrOTPNotSetUp
		}
		if err := t.spendCode(ctx, st, code); err != nil {
			return err
		}
		former, err := t.addresses(ctx)
		if err != nil {
			return err
		}
		if former == to {
			return nil
		}
		if err := t.saveAddresses(ctx, to); err != nil {
			return err
		}
		changed := facts{"what": "addresses"}
		if former.Email == to.Email {
			former.Email = ""
		} else {
			changed["email"] = data.FlagYes
		}
		if former.Phone == to.Phone {
			former.Phone = 0
		} else {
			changed["phone"] = data.FlagYes
		}
		e, err := t.auditEntry(ctx, data.AuditOutboxChanged, changed)
		if err != nil {
			return err
		}
		key, err := t.certificateKey(ctx)
		if err != nil {
			return err
		}
		subject, body := texts(data.Witness{Entries: e.Seq, Head: e.Hash}, key)
		t.publish(data.Event{Kind: data.SettingsChanged})
		return t.tellOwner(ctx, former, subject, body, e.Seq)
	})
}

func (t *tx) saveAddresses(ctx context.Context, to data.Addresses) error {
	if err := t.saveSetting(ctx, keyTellEmail, to.Email); err != nil {
		return err
	}
	return t.saveSetting(ctx, keyTellPhone, strconv.FormatUint(uint64(to.Phone), 10))
}

func (t *tx) addresses(ctx context.Context) (data.Addresses, error) {
	var to data.Addresses
	var number string
	err := t.setting(ctx, keyTellEmail, &to.Email)
	if err == nil {
		err = t.setting(ctx, keyTellPhone, &number)
	}
	if err != nil || number == "" {
		return to, err
	}
	n, err := strconv.ParseUint(number, 10, 64)
	to.Phone = data.Phone(n)
	return to, err
}

func (t *tx) mailServer(ctx context.Context) (data.MailServer, error) {
	var m data.MailServer
	err := t.settingJSON(ctx, keyMail, &m)
	return m, err
}

func (t *tx) whatsAppAPI(ctx context.Context) (data.WhatsAppAPI, error) {
	var w data.WhatsAppAPI
	err := t.settingJSON(ctx, keyWhatsApp, &w)
	return w, err
}

// settingJSON reads a value; one that isn't there leaves v as it is.
func (t *tx) settingJSON(ctx context.Context, key string, v any) error {
	var text string
	if err := t.setting(ctx, key, &text); err != nil || text == "" {
		return err
	}
	return json.Unmarshal([]byte(text), v)
}

func (t *tx) setting(ctx context.Context, key string, value *string) error {
	err := t.QueryRowContext(ctx, "SELECT value FROM settings WHERE key = ?", key).Scan(value)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return err
}

func (t *tx) saveSetting(ctx context.Context, key, value string) error {
	_, err := t.ExecContext(ctx,
		"INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
	return err
}
