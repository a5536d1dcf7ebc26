package main

import (
	"path/filepath"

	"lethe/data"
)

// Whose list it is. All made up.
const (
	business      = "Sharma Traders"
	ownerName     = "Asha Sharma"
	ownerPhone    = "98200 00001"
	ownerEmail    = "asha@example.com"
	ownerPassword = "monsoon over malabar hill"
)

// The list that is imported, and what is known of it.
const (
	exported     = 1714
	campaign     = "Brendon Travel"
	inCampaign   = 146
	exportedName = "doubletick-export-1714.csv"
)

var exportedPath = filepath.Join("data", "sample", exportedName)

// ownBusiness is the whole life of a list: from the first run to Delete All.
func (t *tour) ownBusiness() {
	app := t.firstRun()
	t.empty()
	t.importList()
	t.customerPage()
	t.lookAround()
	t.deleteOne()
	t.deleteSelected()
	t.deleteFiltered()
	t.lockAndReturn()
	t.deleteAll(app)
	t.outbox()
	t.settings()
	t.do("closing, and looking for traces on the disk")
	t.quit()
	t.checkAtRest()
}

// firstRun starts in an empty home and ends in front of an empty list.
func (t *tour) firstRun() *phone {
	t.do("first run: start with your business")
	t.run()
	t.see("Welcome to Lethe")
	t.picture("welcome")
	t.click(button("Start with your business"))
	t.see("Your business")
	t.fill("Business name", business)
	t.fill("Your name", ownerName)
	t.fill("Country", "India")
	t.fill("Your phone number", ownerPhone)
	t.fill("Your e-mail address (optional)", ownerEmail)
	t.picture("business")
	t.click(button("Next"))

	t.do("first run: password")
	t.see("It opens the customer list.")
	t.fill("New password", ownerPassword)
	t.fill("The same password again", ownerPassword)
	t.picture("password")
	t.click(button("Next"))

	t.do("first run: OTPs on the phone")
	app := t.enrol()
	t.do("first run: recovery key")
	t.keepRecoveryKey()
	t.see("Import your list")
	t.picture("import-offered")
	t.click(button("Later"))
	return app
}

// enrol scans the secret that the screen shows, and types the OTP of the app
// into the window.
func (t *tour) enrol() *phone {
	app := &phone{}
	t.scan(app)
	t.picture("otp-on-your-phone")
	t.click(field("The OTP that the app shows now"))
	t.typeText(t.readOut(app))
	t.see("Your recovery key")
	if c := t.expect(0); t.err == nil && !c.otp {
		t.failf("the store has no OTPs set up")
	}
	return app
}

// keepRecoveryKey types the last group back, after a wrong one.
func (t *tour) keepRecoveryKey() {
	t.noteRecovery()
	t.picture("recovery-key")
	t.fill(lastGroupField, "0000")
	t.click(button("Next"))
	t.see("That isn’t the last group.")
	t.fill(lastGroupField, t.recovery.LastGroup())
	t.click(button("Next"))
}

// empty is the list before anything came in.
func (t *tour) empty() {
	t.do("the empty list")
	t.see("No customers yet. Drop your DoubleTick export here, or choose a file.")
	t.picture("empty")
	t.quit()
	t.expect(0)
}

// importList names the file on the command line, as a file manager does.
func (t *tour) importList() {
	t.do("import: lethe " + exportedName)
	path, err := filepath.Abs(exportedPath)
	if err != nil {
		t.fail(err)
		return
	}
	t.run(path)
	t.see("Who are you?")
	t.fill("Password", ownerPassword)
	t.picture("sign-in")
	t.click(button("Sign in"))
	t.see("Map Columns", "1,714 rows in the file.")
	t.picture("map-columns")
	t.click(button("Import 1,714 rows"))
	t.see("What became of the 1,714 rows")
	t.picture("imported")
	t.click(button("Done"))
	t.see("1,714 total")
	c := t.expect(exported)
	if n := len(c.tagged(campaign)); t.err == nil && n != inCampaign {
		t.failf("%d customers have the tag %s in the store, not %d", n, campaign, inCampaign)
	}
}

// recorded fails unless the audit log has an entry of that kind.
func (t *tour) recorded(c *content, kind data.AuditKind) {
	if t.err != nil {
		return
	}
	for _, e := range c.audit {
		if e.Kind == kind {
			return
		}
	}
	t.failf("the audit log has no entry of kind %s", kind)
}
