package main

import (
	"encoding/base32"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/otp"
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

// phone is the owner's authenticator app.
type phone struct {
	secret otp.Secret
	last   int64 // the step of the last OTP that was read out
}

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

var secretText = regexp.MustCompile(`^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$`)

// enrol types the secret that the screen shows into an authenticator app, so to
// say, and the OTP that this one shows into the window.
func (t *tour) enrol() *phone {
	app := &phone{}
	s := t.waitFor("the secret", func(s *snapshot) bool { return s.find(secretText) != "" })
	if t.err != nil {
		return app
	}
	if err := app.take(s.find(secretText)); err != nil {
		t.fail(err)
		return app
	}
	t.picture("otp-on-your-phone")
	t.click(field("The OTP that the app shows now"))
	t.typeText(t.readOut(app))
	t.see("Your recovery key")
	if c := t.expect(0); t.err == nil && !c.otp {
		t.failf("the store has no OTPs set up")
	}
	return app
}

// take is what scanning the QR code does.
func (p *phone) take(text string) error {
	secret, err := base32.StdEncoding.DecodeString(strings.ReplaceAll(text, " ", ""))
	p.secret = secret
	return err
}

// find answers with the first text that fits, or "".
func (s *snapshot) find(text *regexp.Regexp) string {
	for _, o := range s.Objects {
		if o.Kind == "Text" && o.Layer == s.Top && text.MatchString(o.Text) {
			return o.Text
		}
	}
	return ""
}

// readOut is the OTP that the app shows, once it is one that wasn't read out
// before.
func (t *tour) readOut(app *phone) string {
	t.until(2*otp.Period, func() bool { return otp.StepOf(time.Now()) > app.last })
	now := time.Now()
	app.last = otp.StepOf(now)
	return otp.CodeAt(app.secret, now)
}

// wrongOTP is one that is shown at no time around now.
func wrongOTP(app *phone) string {
	for _, code := range []string{"123456", "234567", "345678", "456789", "567890"} {
		shown := false
		for step := -3; step <= 3; step++ {
			shown = shown || otp.CodeAt(app.secret, time.Now().Add(time.Duration(step)*otp.Period)) == code
		}
		if !shown {
			return code
		}
	}
	return ""
}

var recoveryText = regexp.MustCompile(`^([0-9A-Z]{4}[- ]){6}[0-9A-Z]{4}$`)

// keepRecoveryKey types the last group back.
func (t *tour) keepRecoveryKey() {
	s := t.waitFor("the recovery key", func(s *snapshot) bool { return s.find(recoveryText) != "" })
	if t.err != nil {
		return
	}
	key, err := account.ParseRecoveryKey(s.find(recoveryText))
	if err != nil {
		t.fail(err)
		return
	}
	t.recovery = key
	t.picture("recovery-key")
	t.fill("Type its last group, to show that you have it", "0000")
	t.click(button("Next"))
	t.see("That isn’t the last group.")
	t.fill("Type its last group, to show that you have it", key.LastGroup())
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
