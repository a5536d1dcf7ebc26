package deletion

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/data/certificate"
	"lethe/data/store/storetest"
)

// facts are those of the newest deletion.
func (b *bench) facts() map[string]string {
	b.t.Helper()
	log, err := b.Real.Audit(b.t.Context(), b.Real.Owner, 20)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, e := range log {
		if e.Kind == data.AuditDelete {
			return e.Facts
		}
	}
	b.t.Fatal("nothing was deleted")
	return nil
}

func TestAskedByTheCustomer(t *testing.T) {
	b := newBench(t, 30)
	f := b.start(data.WayOne, b.ids[0])
	asked := f.confirmation.asked
	for text, says := range map[string]string{
		"soon":        "Enter a day, such as 6 Feb 2026",
		"25 Nov 2026": "That day is still to come.", // the clock says the 23rd
	} {
		asked.entry.SetText(text)
		if !f.dialog.ActionButton().Disabled() || !desktest.Says(b.Window, says) {
			t.Errorf("%q is taken: %q", text, desktest.Texts(b.Window))
		}
		press(f)
		b.wantLeft(b.ids)
	}
	asked.entry.SetText("20 Nov 2026")
	press(f)
	b.wantLeft(b.ids[1:])
	if got := b.facts()["asked"]; got != "20777" {
		t.Errorf("asked on day %q", got)
	}
	b.start(data.WayOne, b.ids[1])
	desktest.Press(t, b.Window, "Delete this customer")
	if got, is := b.facts()["asked"]; is {
		t.Errorf("nobody said, and the log says %q", got)
	}
}

func TestReply(t *testing.T) {
	b := newBench(t, 30)
	row, _ := b.View.Row(b.ids[0])
	number := strings.TrimPrefix(row.Phone.String(), "+")
	f := b.start(data.WayOne, b.ids[0])
	f.confirmation.asked.entry.SetText("20 Nov 2026")
	if f.number != 0 {
		t.Error("the number is kept before anything was deleted")
	}
	press(f)
	desktest.Press(t, b.Window, "Reply on WhatsApp")
	u, err := url.Parse(b.Opened[0])
	if err != nil || u.Host != "wa.me" || u.Path != "/"+number {
		t.Errorf("opened %q", b.Opened)
	}
	for _, want := range []string{"Sharma Traders", "20 Nov 2026", "23 Nov 2026"} {
		if !strings.Contains(u.Query().Get("text"), want) {
			t.Errorf("without %q: %q", want, u.Query().Get("text"))
		}
	}
	test.Tap(f.dialog.CancelButton()) // Done
	if f.number != 0 {
		t.Error("the number lives on")
	}
	b.start(data.WaySelected, b.ids[1:3]...)
	desktest.Press(t, b.Window, "Delete 2 customers")
	if desktest.Offers(b.Window, "Reply on WhatsApp") {
		t.Error("a reply to many")
	}
}

// Who may not see numbers gets no reply that holds one.
func TestNoReplyWithoutTheNumber(t *testing.T) {
	b := newBench(t, 30)
	k := b.As(t, b.Real.Add(t, "Kavya", b.Real.Role(t, "Blind", data.ViewAllCustomers, data.DeleteCustomers)))
	f := start(k.Desk, Request{Way: data.WayOne, IDs: b.ids[:1]}, b.ticks)
	press(f)
	if f.number != 0 || desktest.Offers(k.Window, "Reply on WhatsApp") || !desktest.Says(k.Window, "1 customer deleted.") {
		t.Errorf("%q", desktest.Texts(k.Window))
	}
	// Their own deletion they may certify.
	if !desktest.Offers(k.Window, "Save certificate") {
		t.Error("no certificate")
	}
}

func TestCertificateOfTheResult(t *testing.T) {
	b := newBench(t, 40)
	b.Real.Enrol(t)
	b.Settle()
	f := b.start(data.WayFiltered)
	var gone []data.CustomerID
	gone = append(gone, f.plan.IDs()...)
	if f.confirmation.sum.OTPDue {
		f.typeOTP(b.Real.Code())
	}
	if f.confirmation.count != nil {
		f.confirmation.count.SetText("14")
	}
	press(f)
	if !desktest.Says(b.Window, "14 customers deleted.") {
		t.Fatalf("%q", desktest.Texts(b.Window))
	}
	// Cancelled: nothing is written.
	desktest.Press(t, b.Window, "Save certificate")
	if desktest.Says(b.Window, "Certificate saved") {
		t.Error("saved nowhere")
	}
	b.Answers.SavePath = filepath.Join(t.TempDir(), "missing", "c.pdf")
	desktest.Press(t, b.Window, "Save certificate")
	if !desktest.Says(b.Window, "The file isn’t there any more.") {
		t.Errorf("into a folder that isn't there: %q", desktest.Texts(b.Window))
	}
	b.Answers.SavePath = filepath.Join(t.TempDir(), "c")
	desktest.Press(t, b.Window, "Save certificate")
	if !desktest.Says(b.Window, "Certificate saved: c.pdf") {
		t.Errorf("%q", desktest.Texts(b.Window))
	}
	raw, err := os.ReadFile(b.Answers.SavePath + ".pdf")
	if err != nil {
		t.Fatal(err)
	}
	c, err := certificate.Verify(raw)
	if err != nil {
		t.Fatal(err)
	}
	if c.Content.Counts.Customers != 14 || c.Content.Counts.Stay != 26 || c.Content.DeletedBy != "Asha Sharma" ||
		!slices.Equal(c.Content.Conditions, []string{"city"}) || c.Content.Checked.State != "checked" || c.Content.Checked.Values == 0 {
		t.Errorf("%+v", c.Content)
	}
	key, err := b.Real.CertificateKey(t.Context(), b.Actor)
	if err != nil || c.Key != key {
		t.Errorf("another key: %v", err)
	}
	// No personal data of the deleted.
	text, err := json.Marshal(c.Content)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range gone {
		row := storetest.Row(919820100000, int(id)-1)
		for _, value := range []string{row.Customer.Name, row.Customer.Email, row.Customer.Phone.String()[1:], "Surat"} {
			if value != "" && strings.Contains(string(text), value) {
				t.Errorf("the certificate holds %q", value)
			}
		}
	}
}

// The result follows the confirmations, until Done.
func TestTheResultSaysHowFarTheConfirmationsAre(t *testing.T) {
	b := newBench(t, 30)
	settings, err := b.Real.Settings(t.Context(), b.Real.Owner)
	if err != nil {
		t.Fatal(err)
	}
	settings.TellAlways = true
	server := data.MailServer{Host: "mail.example", Port: 465, Security: data.MailTLS, From: "lethe@sharma.example"}
	if err := b.Real.SaveSettings(t.Context(), b.Real.Owner, settings); err != nil {
		t.Fatal(err)
	}
	if err := b.Real.SaveMailServer(t.Context(), b.Real.Owner, storetest.Password, server); err != nil {
		t.Fatal(err)
	}
	b.Settle()
	f := b.start(data.WayOne, b.ids[0])
	press(f)
	b.Settle()
	want := func(text string) {
		t.Helper()
		b.Settle()
		if !desktest.Says(b.Window, text) {
			t.Errorf("doesn't say %q: %q", text, desktest.Texts(b.Window))
		}
	}
	want("E-mail: queued, goes out now.")
	want("WhatsApp: prepared, sending is not set up.")
	m, err := b.Real.ClaimMessage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want("E-mail: being sent…")
	if err := b.Real.SettleMessage(t.Context(), m.ID, data.Outcome{Why: data.WhyOffline, Again: true, Channel: true}, 0.5); err != nil {
		t.Fatal(err)
	}
	want("E-mail: queued. It goes out once this computer is online.")
	if !slices.Contains(b.Notified, "Lethe: 1 customer deleted.") {
		t.Errorf("the computer told %q", b.Notified)
	}
	test.Tap(f.dialog.CancelButton())
}

func TestConfirmationsNameNobody(t *testing.T) {
	b := newBench(t, 30)
	subject, body := messages(b.Words, "Sharma\nTraders")(data.Receipt{
		Way: data.WayOne, Deleted: 1, Stay: 29, At: b.Clock(), ByName: "Asha\r\nSharma", Approved: true, Asked: 20777,
	})
	want := "1 customer of Sharma Traders was deleted from Lethe.\nWhen: 23 Nov 2026, 09:30\nBy: Asha Sharma\n" +
		"Approved: with your OTP\nAsked by the customer on: 20 Nov 2026\nStill in the list: 29\n" +
		"Audit log: 0 entries, head 0000000000000000…\nKey of certificates: 6668 7aad f862 bd77 6c8f c18b 8e9f 8e20\n" +
		"You get this because you are the Account Owner. If you didn’t expect it, look at the audit log in Lethe."
	if subject != "Sharma Traders: 1 customer deleted" || body != want {
		t.Errorf("%q\n%s", subject, body)
	}
}
