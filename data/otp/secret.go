package otp

import (
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"io"
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"lethe/data"
)

const (
	// SecretSize is the length of a secret in bytes: the output of SHA-1, as
	// RFC 4226 section 4 (R6) recommends.
	SecretSize = 20
	// Digits is how long an OTP is.
	Digits = 6
	// Period is how long one OTP is shown.
	Period = 30 * time.Second

	labelMax = 64 // runes of a name within the URI, so that its QR stays readable
)

// Secret is what the authenticator app and the store share. It prints as
// dots, so that it can't get into a log by accident; SecretText shows it.
type Secret []byte

// String hides the secret.
func (Secret) String() string { return "••••" }

// GoString hides the secret from %#v.
func (Secret) GoString() string { return "otp.Secret(••••)" }

// NewSecret draws a secret of SecretSize bytes from r; nil means the
// system's source of randomness.
func NewSecret(r io.Reader) (Secret, error) {
	if r == nil {
		r = rand.Reader
	}
	s := make(Secret, SecretSize)
	if _, err := io.ReadFull(r, s); err != nil {
		return nil, fmt.Errorf("drawing an OTP secret: %w", err)
	}
	return s, nil
}

// SecretText writes the secret as base32 in groups of four, for typing into
// an app that can't scan.
func SecretText(s Secret) string {
	text := base32Text(s)
	var b strings.Builder
	for i := 0; i < len(text); i += 4 {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(text[i:min(i+4, len(text))])
	}
	return b.String()
}

// URI is the otpauth URI of the secret, which the QR holds. Business and
// account are what the app shows beside the OTP; colons, which would split the
// label, and control characters become blanks, and long names are cut.
func URI(s Secret, business, account string) (string, error) {
	key, err := keyOf(s, business, account)
	if err != nil {
		return "", err
	}
	return key.String(), nil
}

// QR draws the URI as a square of size pixels, black on white, with the quiet
// zone that scanners need. It fails where size is too small for it.
func QR(s Secret, business, account string, size int) (image.Image, error) {
	key, err := keyOf(s, business, account)
	if err != nil {
		return nil, err
	}
	// ISO/IEC 18004 asks for 4 modules of white on each side. A URI makes a
	// symbol of 33 modules or more, so an eighth of the symbol is enough.
	margin := size / 10
	symbol, err := key.Image(size-2*margin, size-2*margin)
	if err != nil {
		return nil, fmt.Errorf("drawing the QR: %w", err)
	}
	out := image.NewGray(image.Rect(0, 0, size, size))
	draw.Draw(out, out.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	at := image.Rect(margin, margin, size-margin, size-margin)
	draw.Draw(out, at, symbol, symbol.Bounds().Min, draw.Src)
	return out, nil
}

// StepOf is the number of the 30-second step in which t falls (RFC 6238
// section 4.2, T0 = 0).
func StepOf(t time.Time) int64 {
	const period = int64(Period / time.Second)
	u := t.Unix()
	step := u / period
	if u%period < 0 {
		step--
	}
	return step
}

// CodeAt is the OTP that an authenticator shows at t; "" without a secret.
func CodeAt(s Secret, t time.Time) string { return codeOf(s, StepOf(t)) }

func codeOf(s Secret, step int64) string {
	return code(s, step, hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
}

// code is the HOTP value (RFC 4226 section 5.3) of a step.
func code(s Secret, step int64, o hotp.ValidateOpts) string {
	if len(s) == 0 || step < 0 {
		return ""
	}
	// The only error is one of base32, which is written here.
	c, _ := hotp.GenerateCodeCustom(base32Text(s), uint64(step), o)
	return c
}

func keyOf(s Secret, business, account string) (*otp.Key, error) {
	if len(s) == 0 {
		return nil, data.ErrOTPNotSetUp
	}
	business, account = label(business), label(account)
	if business == "" {
		business = "Lethe"
	}
	if account == "" {
		account = business
	}
	// Written here, because totp.Generate leaves an & in a name unescaped:
	// "Sharma & Sons" would end after "Sharma".
	text := "otpauth://totp/" + escape(business) + ":" + escape(account) +
		"?secret=" + base32Text(s) + "&issuer=" + escape(business) +
		"&algorithm=SHA1&digits=6&period=30"
	key, err := otp.NewKeyFromURL(text)
	if err != nil {
		return nil, fmt.Errorf("writing the OTP's URI: %w", err)
	}
	return key, nil
}

// escape is for paths and queries alike: some apps show a + as it is.
func escape(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

func base32Text(s Secret) string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(s)
}

func label(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == ':' || !unicode.IsGraphic(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > labelMax {
		s = strings.TrimSpace(string(r[:labelMax]))
	}
	return s
}
