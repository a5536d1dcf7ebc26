package main

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
