package main

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lethe/data"
)

// confirmations is what an owner does to be told: sending is set up, tested and
// survives being offline; a customer who asked is deleted and answered; what
// was deleted is certified, and the certificate checked.
func (t *tour) confirmations() {
	box, err := openMailbox(t.home)
	if err != nil {
		t.fail(err)
		return
	}
	defer box.close()
	api := openCloud()
	defer api.Close()
	offline, opened := filepath.Join(t.home, "offline"), filepath.Join(t.home, "opened")
	t.fail(t.browser(opened))
	before := t.screen.Env
	t.screen.Env = append(slices.Clone(before), "SSL_CERT_FILE="+box.roots, "LETHE_PROBE_OFFLINE="+offline,
		"PATH="+filepath.Join(t.home, "bin")+string(os.PathListSeparator)+os.Getenv("PATH"))
	defer func() { t.screen.Env = before }()

	app := t.firstRun()
	t.quit()
	t.importList()
	t.setUpMail(box)
	t.setUpWhatsApp(api)
	t.askedToForget(opened)
	t.offlineAndBack(app, box, api, offline)
	t.checkInWindow()
	t.darkAndSmall()
	t.do("closing")
	t.quit()
	t.verifyCertificate()
}

// browser puts a program into the path that writes down what it is to open.
func (t *tour) browser(opened string) error {
	bin := filepath.Join(t.home, "bin")
	if err := os.MkdirAll(bin, 0o755); err != nil {
		return err
	}
	script := fmt.Sprintf("#!/bin/sh\nprintf '%%s\\n' \"$1\" >>'%s'\n", opened)
	return os.WriteFile(filepath.Join(bin, "xdg-open"), []byte(script), 0o755)
}

// askedToForget is the customer who wrote: their number, as it stands in the
// chat, is pasted into the search, and finds them alone.
func (t *tour) askedToForget(opened string) {
	t.do("a customer asked to be forgotten: search, delete, reply")
	before := t.expect(exported)
	if t.err != nil {
		return
	}
	var who data.Row
	for _, row := range before.customers {
		if strings.HasPrefix(row.Phone.String(), "+91") && (who.ID == 0 || row.ID < who.ID) {
			who = row
		}
	}
	digits := strings.TrimPrefix(who.Phone.String(), "+91")
	t.click(button("Customers"))
	t.see("1,714 total")
	t.searchFor("(+91) " + digits[:5] + "-" + digits[5:])
	t.see("1 of 1,714")
	t.picture("asked-search")
	t.click(inRow("action:delete", t.rowText(0)))
	t.see("Asked by the customer on (optional)")
	asked := time.Now().AddDate(0, 0, -2)
	t.fill("Asked by the customer on (optional)", time.Now().AddDate(0, 0, 3).Format("2 Jan 2006"))
	t.see("That day is still to come.")
	t.fill("Asked by the customer on (optional)", asked.Format("2 Jan 2006"))
	t.picture("asked-dialog")
	t.click(button("Delete this customer"))
	t.see("1 customer deleted.", "Reply on WhatsApp")
	t.picture("asked-result")
	t.click(button("Reply on WhatsApp"))
	link := t.lastOpened(opened)
	if u, err := url.Parse(link); t.err == nil && (err != nil || u.Host != "wa.me" || u.Path != "/91"+digits ||
		!strings.Contains(u.Query().Get("text"), business) || !strings.Contains(u.Query().Get("text"), asked.Format("2 Jan 2006"))) {
		t.failf("the reply opens %q", link)
	}
	t.click(button("Done"))
	after := t.expect(exported - 1)
	t.expectGone(before, after, set(who.ID))
	t.recorded(after, data.AuditDelete)
	if t.err == nil && after.audit[slices.IndexFunc(after.audit, func(e data.Entry) bool { return e.Kind == data.AuditDelete })].Facts["asked"] == "" {
		t.failf("the audit log doesn't know when the customer asked")
	}
	t.searchFor("")
	t.see("1,713 total")
}

// lastOpened is what the program last asked the system to open.
func (t *tour) lastOpened(path string) string {
	last := ""
	t.until(patience, func() bool {
		raw, err := os.ReadFile(path)
		if err != nil {
			return false
		}
		lines := strings.Fields(string(raw))
		if len(lines) > 0 {
			last = lines[len(lines)-1]
		}
		return last != ""
	})
	return last
}

// offlineAndBack deletes everybody without a network: the messages wait, which
// looks normal, and go out once there is one.
func (t *tour) offlineAndBack(app *phone, box *mailbox, api *cloud, offline string) {
	t.do("Delete All while this computer is offline")
	if t.err == nil {
		t.fail(os.WriteFile(offline, nil, 0o600))
	}
	t.click(button("Delete All"))
	t.see("Delete all 1,713 customers?")
	t.fill("Type "+business+" to confirm:", business)
	t.click(field(otpField))
	t.typeText(t.readOut(app))
	t.click(button("Delete all 1,713 customers"))
	t.waitLong(3*patience, "the result", func(s *snapshot) bool { return s.says("1,713 customers deleted. No customer stays.") })
	t.see("E-mail: queued. It goes out once this computer is online.", "WhatsApp: queued. It goes out once")
	t.picture("offline-result")
	t.saveCertificate()
	t.click(button("Done"))
	t.click(button("Outbox"))
	t.see("Waits for a connection · E-mail", "It waits for a connection.", "This computer is offline. That is fine")
	t.picture("offline-outbox")
	for _, m := range t.expect(0).messages {
		if t.err == nil && m.State != data.OutboxQueued {
			t.failf("offline, a message is %s", m.State)
		}
	}

	t.do("online again")
	if t.err == nil {
		t.fail(os.Remove(offline))
	}
	t.click(button("Try again now"))
	t.see("Sent · WhatsApp")
	t.click(beginning("Sharma Traders: 1,713 customers deleted"))
	t.key("Down")
	t.see("E-mail to " + ownerEmail)
	t.click(button("Try again now"))
	t.see("Sent · E-mail", "The server’s answer: “2.0.0 OK: queued”")
	t.picture("sent")
	for _, m := range t.expect(0).messages {
		if t.err == nil && m.State != data.OutboxSent {
			t.failf("online, a message is %s: %s", m.State, m.Why)
		}
	}
	t.checkMail(box, api)
}

// checkMail reads what came.
func (t *tour) checkMail(box *mailbox, api *cloud) {
	mails, texts := box.taken(), api.taken()
	if t.err != nil {
		return
	}
	if len(mails) != 2 || len(texts) != 2 {
		t.failf("%d mails and %d WhatsApp messages came, not two of each", len(mails), len(texts))
		return
	}
	last := mails[1]
	raw, err := io.ReadAll(last.Body)
	if err != nil {
		t.fail(err)
		return
	}
	subject := last.Header.Get("Subject")
	if !strings.Contains(subject, "1,713 customers deleted") || !bytes.Contains(raw, []byte("Still in the list: 0")) ||
		!strings.Contains(texts[1], "1,713 customers of "+business) {
		t.failf("what came is %q:\n%s\n%q", subject, raw, texts[1])
	}
	needles, err := t.needles()
	t.fail(err)
	for _, n := range needles {
		if bytes.Contains(raw, n) || strings.Contains(texts[1], string(n)) {
			t.failf("the confirmation names a customer: %s", n)
		}
	}
}

// darkAndSmall shows the outbox and what sets up sending in the dark theme and
// in a small window.
func (t *tour) darkAndSmall() {
	t.do("confirmations in the dark, and in a small window")
	t.setting("Look")
	t.chooseTheme("Dark")
	t.click(button("Outbox"))
	t.see("Sent · WhatsApp")
	t.picture("outbox-dark")
	t.resize(800, 600)
	t.picture("outbox-small")
	for _, of := range []string{"e-mail", "WhatsApp"} {
		title := "Set up " + of
		change := query{"the change of " + title, func(s *snapshot) *object {
			head := words("Sending by " + of).in(s)
			if head == nil {
				return nil
			}
			return uppermost(s, func(o *object) bool { return o.Acts && o.Text == "Change" && o.Y > head.Y })
		}}
		t.setting("Confirmations")
		t.reach(change, 790) // beside the fields: one under the pointer takes the wheel
		t.click(change)
		t.see(title)
		t.picture("small-" + strings.ToLower(of))
		t.click(button("Cancel"))
		t.gone(title)
	}
}
