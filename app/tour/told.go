package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lethe/data"
	"lethe/data/certificate"
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

// setUpMail fills in the dialog, has a wrong password refused, tests and saves.
func (t *tour) setUpMail(box *mailbox) {
	t.do("confirmations: set up e-mail, and test it")
	t.setting("Confirmations")
	t.picture("confirmations-settings")
	t.click(button("Set up e-mail"))
	t.see("Mail provider")
	t.picture("set-up-mail")
	t.click(under("Mail provider", "Select"))
	t.click(button("Another one"))
	t.fill("Server", "localhost")
	t.fill("Port", box.port)
	t.click(under("Encryption", "Select"))
	t.click(button("STARTTLS (mostly port 587)"))
	t.fill("Sender’s address", mailAccount)
	t.fill("Password at the mail server", "not the password")
	t.click(button("Send a test"))
	t.see("The server doesn’t take the user name or password.")
	t.picture("mail-refused")
	t.fill("Password at the mail server", mailPassword)
	t.click(button("Send a test"))
	t.see("The test went out to " + ownerEmail)
	t.picture("mail-tested")
	if n := len(box.taken()); t.err == nil && n != 1 {
		t.failf("the server took %d mails, not the test", n)
	}
	t.fillLast("Your password", ownerPassword)
	t.click(button("Save"))
	t.see("Through localhost, as " + mailAccount)
}

func (t *tour) setUpWhatsApp(api *cloud) {
	t.do("confirmations: set up WhatsApp, and test it")
	t.setting("Confirmations")
	t.click(button("Set up WhatsApp"))
	t.see("Phone number ID")
	t.picture("set-up-whatsapp")
	t.fill("Phone number ID", "106540352242922")
	t.fill("Access token", apiToken)
	t.fill("Template", "lethe_told")
	t.fillLast("API address", api.URL)
	t.click(button("Send a test"))
	t.see("The test went out to +91 98200 00001")
	if n := len(api.taken()); t.err == nil && n != 1 {
		t.failf("the API took %d messages, not the test", n)
	}
	t.fillLast("Your password", ownerPassword)
	t.click(button("Save"))
	t.see("with the template lethe_told")
	t.picture("confirmations-set-up")
}

// fillLast is fill for a field further down in a dialog that scrolls: it is
// reached by Tab.
func (t *tour) fillLast(label, text string) {
	for range 20 {
		s := t.settle()
		o := field(label).in(s)
		if t.err != nil || o != nil && o.Focused {
			break
		}
		t.key("Tab")
	}
	t.key("ctrl+a")
	t.typeText(text)
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

const (
	certificateName = "certificate.pdf"
	changedName     = "changed.pdf"
)

// saveCertificate saves one from the result, over Fyne's file dialog.
func (t *tour) saveCertificate() {
	t.do("the certificate: saved, checked, changed")
	t.click(button("Save certificate"))
	t.waitFor("the file dialog", func(s *snapshot) bool { return button("Save").in(s) != nil })
	name := match("the file's name", func(o *object) bool {
		return (o.Kind == "Entry" || o.Kind == "Field") && strings.Contains(o.Text, "Certificate of deletion")
	})
	t.click(name)
	t.key("ctrl+a")
	t.typeText(certificateName)
	t.picture("certificate-save")
	t.click(button("Save"))
	t.waitLong(3*patience, "the certificate", func(s *snapshot) bool { return s.says("Certificate saved: " + certificateName) })
	t.picture("certificate-saved")
}

// certificateFile is where the file dialog put it.
func (t *tour) certificateFile() string {
	found := ""
	t.fail(filepath.WalkDir(t.home, func(path string, _ os.DirEntry, err error) error {
		if filepath.Base(path) == certificateName {
			found = path
		}
		if errors.Is(err, os.ErrNotExist) {
			return nil
		}
		return err
	}))
	if t.err == nil && found == "" {
		t.failf("the certificate is nowhere")
	}
	return found
}

// checkInWindow checks it in the settings, as it is and with a byte changed.
func (t *tour) checkInWindow() {
	t.do("the certificate: checked in the window")
	path := t.certificateFile()
	if t.err != nil {
		return
	}
	raw, err := os.ReadFile(path)
	if err == nil {
		raw[len(raw)/2] ^= 1
		err = os.WriteFile(filepath.Join(filepath.Dir(path), changedName), raw, 0o600)
	}
	t.fail(err)
	t.setting("Certificates")
	t.click(button("Check a certificate"))
	t.choosePDF(certificateName)
	t.see("as it was signed", "1,713 customers", "with a one-time password", "It was signed by this customer list.")
	t.picture("certificate-checked")
	t.click(button("Check another"))
	t.choosePDF(changedName)
	t.see("was changed since it was signed")
	t.picture("certificate-changed")
	t.click(button("Close"))
}

// choosePDF answers the question for a file.
func (t *tour) choosePDF(name string) {
	t.waitFor("the file dialog", func(s *snapshot) bool { return button("Open").in(s) != nil })
	t.click(match(name, func(o *object) bool { return strings.TrimSuffix(o.Text, ".pdf") == strings.TrimSuffix(name, ".pdf") }))
	t.click(button("Open"))
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

// verifyCertificate checks it on the command line, as it is and with a byte
// changed, and draws it.
func (t *tour) verifyCertificate() {
	t.do("lethe -verify")
	path := t.certificateFile()
	if t.err != nil {
		return
	}
	said, err := exec.Command(t.binary, "-verify", path).CombinedOutput()
	for _, want := range []string{"as it was signed", "1,713 customers", business, "with a one-time password"} {
		if err != nil || !bytes.Contains(said, []byte(want)) {
			t.failf("lethe -verify doesn't say %q: %v\n%s", want, err, said)
			return
		}
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.fail(err)
		return
	}
	if _, err := certificate.Verify(raw); err != nil {
		t.fail(err)
	}
	raw[len(raw)/2] ^= 1
	changed := filepath.Join(t.home, "changed.pdf")
	t.fail(os.WriteFile(changed, raw, 0o600))
	said, err = exec.Command(t.binary, "-verify", changed).CombinedOutput()
	var code *exec.ExitError
	if !errors.As(err, &code) || code.ExitCode() != 1 || !bytes.Contains(said, []byte("was changed since it was signed")) {
		t.failf("a changed certificate: %v\n%s", err, said)
	}
	t.pictures++
	drawn := filepath.Join(t.out, fmt.Sprintf("%03d-certificate", t.pictures))
	if said, err := exec.Command("pdftoppm", "-r", "90", "-png", "-singlefile", path, drawn).CombinedOutput(); err != nil {
		t.failf("pdftoppm: %w\n%s", err, said)
	}
}
