package main

import (
	"encoding/base32"
	"regexp"
	"strings"
	"time"

	"lethe/data/otp"
)

// otpField is the label of the field for an OTP.
const otpField = "OTP from " + ownerName + "'s authenticator app:"

// phone is the owner's authenticator app.
type phone struct {
	secret otp.Secret
	last   int64 // the step of the last OTP that was read out
}

// secretText is a secret as the screen shows it.
var secretText = regexp.MustCompile(`^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$`)

// scan waits for a secret on the screen and does what scanning its QR code
// does: the app's OTPs are of that secret from now on.
func (t *tour) scan(app *phone) {
	s := t.waitFor("the secret", func(s *snapshot) bool { return s.find(secretText) != "" })
	if t.err != nil {
		return
	}
	secret, err := base32.StdEncoding.DecodeString(strings.ReplaceAll(s.find(secretText), " ", ""))
	app.secret = secret
	t.fail(err)
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
