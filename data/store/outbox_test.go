package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"lethe/data"
	"lethe/data/otp"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

var (
	someServer = data.MailServer{Host: "mail.example", Port: 465, Security: data.MailTLS, User: "lethe", Password: "sesame", From: "lethe@sharma.example"}
	someAPI    = data.WhatsAppAPI{Base: data.WhatsAppBase, Version: data.WhatsAppVersion, NumberID: "106540352242922", Token: "EAAG", Template: "told", Language: "en"}
)

func setUpSending(t *testing.T, s *storetest.Store) {
	t.Helper()
	if err := errors.Join(
		s.SaveMailServer(t.Context(), s.Owner, storetest.Password, someServer),
		s.SaveWhatsAppAPI(t.Context(), s.Owner, storetest.Password, someAPI),
	); err != nil {
		t.Fatal(err)
	}
}

func deleteEverybody(t *testing.T, s *storetest.Store) data.Receipt {
	t.Helper()
	p := seal(t, s, s.Owner, data.WayAll, nil)
	auth, err := s.Authorise(t.Context(), s.Owner, p, s.Code())
	if err != nil {
		t.Fatal(err)
	}
	return mustDelete(t, s, s.Owner, p, auth)
}

func outboxOf(t *testing.T, s *storetest.Store) []data.Message {
	t.Helper()
	all, err := s.Outbox(t.Context(), s.Owner)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Where confirmations go is not what stands beside the owner's name: that can
// be edited without an OTP.
func TestAddressesTakePasswordAndOTPAndTellTheOldOnes(t *testing.T) {
	s := storetest.New(t)
	ctx := t.Context()
	next := data.Addresses{Email: "new@example.com", Phone: 919820000009}
	var told []data.Witness
	tell := func(w data.Witness, _ data.SigningKey) (string, string) {
		told = append(told, w)
		return "Moved", "Confirmations go elsewhere now."
	}
	if err := s.SaveAddresses(ctx, s.Owner, storetest.Password, "123456", next, tell); !errors.Is(err, data.ErrOTPNotSetUp) {
		t.Errorf("without OTPs: %v", err)
	}
	s.Enrol(t)
	if err := s.SaveAddresses(ctx, s.Owner, "not it", s.Code(), next, tell); !errors.Is(err, data.ErrWrongPassword) {
		t.Errorf("with a wrong password: %v", err)
	}
	var wrong *data.OTPWrong
	code := "000000"
	if code == s.Code() {
		code = "111111"
	}
	if err := s.SaveAddresses(ctx, s.Owner, storetest.Password, code, next, tell); !errors.As(err, &wrong) {
		t.Errorf("with a wrong OTP: %v", err)
	}
	bad := data.Addresses{Email: "a@example.com, b@example.com"}
	var problem *data.SendingProblem
	if err := s.SaveAddresses(ctx, s.Owner, storetest.Password, s.Code(), bad, tell); !errors.As(err, &problem) {
		t.Errorf("with two addresses: %v", err)
	}
	have := func(want data.Addresses) {
		t.Helper()
		if got, err := s.Sending(ctx, s.Owner); err != nil || got.To != want {
			t.Errorf("%+v, %v", got.To, err)
		}
	}
	have(data.Addresses{Email: "asha@example.com", Phone: 919820000001})
	if len(outboxOf(t, s)) != 0 || len(told) != 0 {
		t.Fatal("told of a change that did not happen")
	}
	s.Clock.Add(otp.Period)
	used := s.Code()
	if err := s.SaveAddresses(ctx, s.Owner, storetest.Password, used, next, tell); err != nil {
		t.Fatal(err)
	}
	have(next)
	all := outboxOf(t, s)
	if len(all) != 2 || all[0].To != "+919820000001" || all[1].To != "asha@example.com" || all[1].AuditID != told[0].Entries {
		t.Errorf("%+v", all)
	}
	if err := s.SaveAddresses(ctx, s.Owner, storetest.Password, used, data.Addresses{}, tell); !errors.Is(err, data.ErrOTPUsed) {
		t.Errorf("with the same OTP: %v", err)
	}
	// One of them changed: only that one is told.
	s.Clock.Add(otp.Period)
	next.Phone = 0
	if err := s.SaveAddresses(ctx, s.Owner, storetest.Password, s.Code(), next, tell); err != nil {
		t.Fatal(err)
	}
	if all = outboxOf(t, s); len(all) != 3 || all[0].To != "+919820000009" {
		t.Errorf("%+v", all)
	}
	if err := store.Exec(s.Store, "UPDATE users SET email = 'thief@example.com', phone = 1 WHERE id = 1"); err != nil {
		t.Fatal(err)
	}
	have(next)
}

func TestQueuedWhereSendingIsSetUp(t *testing.T) {
	s := storetest.New(t)
	ctx := t.Context()
	s.Fill(t, s.Owner, 919820100000, 10)
	s.Enrol(t)
	if err := s.SaveMailServer(ctx, s.Owner, "not it", someServer); !errors.Is(err, data.ErrWrongPassword) {
		t.Errorf("%v", err)
	}
	plain := someServer
	plain.Security = data.MailPlain
	var problem *data.SendingProblem
	if err := s.SaveMailServer(ctx, s.Owner, storetest.Password, plain); !errors.As(err, &problem) {
		t.Errorf("an unprotected way: %v", err)
	}
	if err := s.SaveMailServer(ctx, s.Owner, storetest.Password, someServer); err != nil {
		t.Fatal(err)
	}
	deleteEverybody(t, s)
	all := outboxOf(t, s)
	if all[1].State != data.OutboxQueued || all[0].State != data.OutboxPrepared {
		t.Fatalf("%+v", all)
	}
	if err := s.RetryMessage(ctx, s.Owner, all[0].ID); !errors.Is(err, data.ErrSendingNotSetUp) {
		t.Errorf("WhatsApp: %v", err)
	}
	// What is being sent can't be cancelled or doubled, what waits can.
	m, err := s.ClaimMessage(ctx)
	if err != nil || m.ID != all[1].ID || m.Mail != someServer || m.MessageID == "" {
		t.Fatalf("%+v, %v", m, err)
	}
	if again, err := s.ClaimMessage(ctx); again != nil || err != nil {
		t.Errorf("claimed twice: %+v, %v", again, err)
	}
	for name, err := range map[string]error{
		"retry": s.RetryMessage(ctx, s.Owner, m.ID), "cancel": s.CancelMessage(ctx, s.Owner, m.ID),
	} {
		if !errors.Is(err, data.ErrConflict) {
			t.Errorf("%s while it is being sent: %v", name, err)
		}
	}
	if err := s.SettleMessage(ctx, m.ID, data.Outcome{Why: data.WhyLater, Again: true, Channel: true}, 0.5); err != nil {
		t.Fatal(err)
	}
	if err := s.SettleMessage(ctx, m.ID, data.Outcome{Sent: true}, 0.5); !errors.Is(err, data.ErrConflict) {
		t.Errorf("settled twice: %v", err)
	}
	if m, err := s.ClaimMessage(ctx); m != nil || err != nil {
		t.Errorf("too early: %+v, %v", m, err)
	}
	if err := s.RetryMessage(ctx, s.Owner, m.ID); err != nil {
		t.Fatal(err)
	}
	again, err := s.ClaimMessage(ctx)
	if err != nil || again == nil || again.MessageID != m.MessageID {
		t.Fatalf("%+v, %v", again, err)
	}
	if err := s.SettleMessage(ctx, m.ID, data.Outcome{Why: data.WhySignIn}, 0.5); err != nil {
		t.Fatal(err)
	}
	if err := s.CancelMessage(ctx, s.Owner, m.ID); err != nil {
		t.Fatal(err)
	}
	if all := outboxOf(t, s); all[1].State != data.OutboxCancelled {
		t.Errorf("%+v", all[1])
	}
	log, err := s.Audit(ctx, s.Owner, 1)
	if err != nil || log[0].Kind != data.AuditOutboxChanged || log[0].Facts["what"] != "cancelled" {
		t.Errorf("%+v, %v", log, err)
	}
	// Turned off: what is queued waits for a person.
	if err := s.CancelMessage(ctx, s.Owner, m.ID); !errors.Is(err, data.ErrConflict) {
		t.Errorf("cancelled twice: %v", err)
	}
}

func TestTurnedOffNothingIsDue(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 10)
	s.Enrol(t)
	setUpSending(t, s)
	deleteEverybody(t, s)
	if _, is, err := s.NextMessage(t.Context()); err != nil || !is {
		t.Fatal(is, err)
	}
	if err := errors.Join(s.SaveMailServer(t.Context(), s.Owner, storetest.Password, data.MailServer{}),
		s.SaveWhatsAppAPI(t.Context(), s.Owner, storetest.Password, data.WhatsAppAPI{})); err != nil {
		t.Fatal(err)
	}
	if _, is, err := s.NextMessage(t.Context()); err != nil || is {
		t.Error("still due", err)
	}
	for _, m := range outboxOf(t, s) {
		if m.State != data.OutboxPrepared {
			t.Errorf("%+v", m)
		}
	}
}

// What was being sent when Lethe ended is queued at the next start, under its
// id; and a next try that a wrong clock set years ahead is due.
func TestAfterACrashAndAClockThatJumped(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 10)
	s.Enrol(t)
	setUpSending(t, s)
	deleteEverybody(t, s)
	m, err := s.ClaimMessage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s.Store, s.Owner, err = store.Open(t.Context(), s.Options(), unlock(t, s, 1)); err != nil {
		t.Fatal(err)
	}
	again, err := s.ClaimMessage(t.Context())
	if err != nil || again == nil || again.ID != m.ID || again.MessageID != m.MessageID || again.Tries != 2 {
		t.Fatalf("%+v, %v", again, err)
	}
	s.Clock.Add(4 * 365 * 24 * time.Hour)
	if err := s.SettleMessage(t.Context(), m.ID, data.Outcome{Why: data.WhyTimeout, Again: true, Channel: true}, 0.5); err != nil {
		t.Fatal(err)
	}
	s.Clock.Add(-4 * 365 * 24 * time.Hour)
	if again, err = s.ClaimMessage(t.Context()); err != nil || again == nil || again.ID != m.ID {
		t.Errorf("%+v, %v", again, err)
	}
}

// Every confirmation and every certificate's evidence is searched for every
// value of every customer, after each way of deleting.
func TestNoCustomerInTheOutbox(t *testing.T) {
	s := storetest.New(t)
	ctx := t.Context()
	s.Enrol(t)
	settings, err := s.Settings(ctx, s.Owner)
	if err != nil {
		t.Fatal(err)
	}
	settings.TellAlways = true
	if err := s.SaveSettings(ctx, s.Owner, settings); err != nil {
		t.Fatal(err)
	}
	setUpSending(t, s)
	const held = 200
	s.Fill(t, s.Owner, 919820100000, held)
	tell := func(r data.Receipt) (string, string) {
		return fmt.Sprint(r.Way, r.Deleted), fmt.Sprintf("%+v %s", r, r.Key.Fingerprint())
	}
	ids := s.IDs(t)
	for _, req := range []store.SealRequest{
		{Way: data.WayOne, IDs: ids[:1]},
		{Way: data.WaySelected, IDs: ids[1:30]},
		{Way: data.WayFiltered, IDs: ids[30:60], Filter: data.Filter{Search: "Person", Conditions: []data.Condition{
			{Field: data.FieldTags, Op: data.OpAnyOf, Values: []string{"Tag A"}},
		}}},
		{Way: data.WayAll},
	} {
		if req.Changes, err = s.Changes(ctx, s.Owner); err != nil {
			t.Fatal(err)
		}
		p, err := s.Seal(ctx, s.Owner, req)
		if err != nil {
			t.Fatal(err)
		}
		var auth *otp.Authorisation
		if p.Summary().OTPDue {
			if auth, err = s.Authorise(ctx, s.Owner, p, s.Code()); err != nil {
				t.Fatal(err)
			}
		}
		_, residue, err := s.Delete(ctx, s.Owner, p.Asked(20000), auth, tell, nil)
		if err == nil {
			_, err = s.Scrub(ctx, residue, nil)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if n := len(outboxOf(t, s)); n != 8 {
		t.Fatalf("%d messages", n)
	}
	var said strings.Builder
	for _, table := range []string{"outbox", "audit", "scrub_jobs", "settings", "store"} {
		text, err := store.Dump(s.Store, table)
		if err != nil {
			t.Fatal(err)
		}
		said.WriteString(text)
	}
	text := said.String()
	if !strings.Contains(text, "asha@example.com") || !strings.Contains(text, "EAAG") {
		t.Fatal("the search finds nothing at all")
	}
	for i := range held {
		row := storetest.Row(919820100000, i)
		for _, value := range []string{row.Customer.Name, row.Customer.Email, row.Customer.Phone.String()[1:], row.Note, "Tag A"} {
			if value != "" && strings.Contains(text, value) {
				t.Errorf("%q stands there", value)
			}
		}
	}
}

// What took an OTP and is no deletion is told too: here, that a number was
// changed while every removal takes one. What takes none is not told.
func TestWhatTookAnOTPIsTold(t *testing.T) {
	s := storetest.New(t)
	ctx := t.Context()
	s.Fill(t, s.Owner, 919820100000, 60)
	s.Enrol(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	opt := s.Options()
	opt.OwnerTexts = func(e data.Entry, by, business string, _ data.SigningKey) (string, string) {
		return business, fmt.Sprintf("%s by %s, entry %d", e.Kind, by, e.Seq)
	}
	var err error
	if s.Store, s.Owner, err = store.Open(ctx, opt, unlock(t, s, 1)); err != nil {
		t.Fatal(err)
	}
	change := func(id data.CustomerID, to data.Phone, code string) {
		t.Helper()
		d := details(t, s, id)
		if err := s.EditCustomer(ctx, s.Owner, data.Edit{Customer: id, Version: d.Row.Version, Phone: to}, code); err != nil {
			t.Fatal(err)
		}
	}
	change(1, 919820900001, "")
	if all := outboxOf(t, s); len(all) != 0 {
		t.Fatalf("told of what took no OTP: %+v", all)
	}
	settings, err := s.Settings(ctx, s.Owner)
	if err != nil {
		t.Fatal(err)
	}
	settings.Strictness = data.StrictAlways
	if err := s.SaveSettings(ctx, s.Owner, settings); err != nil {
		t.Fatal(err)
	}
	change(2, 919820900002, s.Code())
	all := outboxOf(t, s)
	if len(all) != 2 || all[0].About != data.AuditCustomerEdited ||
		all[0].Body != fmt.Sprintf("customer_edited by Asha Sharma, entry %d", all[0].AuditID) {
		t.Errorf("%+v", all)
	}
}
