package otp

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image/color"
	"net/url"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
)

// seed is the ASCII seed of the RFCs, cut to n bytes.
func seed(n int) Secret {
	return Secret(strings.Repeat("1234567890", 7)[:n])
}

// RFC 6238 appendix B. The seeds of SHA-256 and SHA-512 are 32 and 64 bytes
// long (erratum 2866).
func TestRFC6238Vectors(t *testing.T) {
	sha1 := hotp.ValidateOpts{Digits: otp.DigitsEight, Algorithm: otp.AlgorithmSHA1}
	sha256 := hotp.ValidateOpts{Digits: otp.DigitsEight, Algorithm: otp.AlgorithmSHA256}
	sha512 := hotp.ValidateOpts{Digits: otp.DigitsEight, Algorithm: otp.AlgorithmSHA512}
	for _, v := range []struct {
		unix             int64
		one, two56, five string
	}{
		{59, "94287082", "46119246", "90693936"},
		{1111111109, "07081804", "68084774", "25091201"},
		{1111111111, "14050471", "67062674", "99943326"},
		{1234567890, "89005924", "91819424", "93441116"},
		{2000000000, "69279037", "90698825", "38618901"},
		{20000000000, "65353130", "77737706", "47863826"},
	} {
		at := time.Unix(v.unix, 0)
		step := StepOf(at)
		if got := code(seed(20), step, sha1); got != v.one {
			t.Errorf("SHA-1 at %d: %s, want %s", v.unix, got, v.one)
		}
		if got := code(seed(32), step, sha256); got != v.two56 {
			t.Errorf("SHA-256 at %d: %s, want %s", v.unix, got, v.two56)
		}
		if got := code(seed(64), step, sha512); got != v.five {
			t.Errorf("SHA-512 at %d: %s, want %s", v.unix, got, v.five)
		}
		if got := CodeAt(seed(20), at); got != v.one[2:] {
			t.Errorf("CodeAt %d: %s, want %s", v.unix, got, v.one[2:])
		}
	}
}

// RFC 4226 appendix D.
func TestRFC4226Vectors(t *testing.T) {
	for count, want := range []string{
		"755224", "287082", "359152", "969429", "338314",
		"254676", "287922", "162583", "399871", "520489",
	} {
		if got := codeOf(seed(20), int64(count)); got != want {
			t.Errorf("count %d: %s, want %s", count, got, want)
		}
	}
}

func TestStepOfRoundsDown(t *testing.T) {
	for unix, want := range map[int64]int64{0: 0, 29: 0, 30: 1, 59: 1, -1: -1, -30: -1, -31: -2} {
		if got := StepOf(time.Unix(unix, 0)); got != want {
			t.Errorf("StepOf(%d) = %d, want %d", unix, got, want)
		}
	}
	if got := CodeAt(seed(20), time.Unix(-40, 0)); got != "" {
		t.Errorf("an OTP before 1970: %q", got)
	}
}

func TestNewSecret(t *testing.T) {
	a, err := NewSecret(nil)
	if err != nil || len(a) != SecretSize {
		t.Fatalf("%d bytes, %v", len(a), err)
	}
	b, err := NewSecret(nil)
	if err != nil || bytes.Equal(a, b) {
		t.Fatalf("the same secret twice, %v", err)
	}
	c, err := NewSecret(bytes.NewReader(seed(20)))
	if err != nil || !bytes.Equal(c, seed(20)) {
		t.Fatalf("not the bytes of the reader: %v", err)
	}
	bad := errors.New("no randomness")
	if _, err := NewSecret(iotest.ErrReader(bad)); !errors.Is(err, bad) {
		t.Fatalf("got %v", err)
	}
	if _, err := NewSecret(strings.NewReader("short")); err == nil {
		t.Fatal("took a short read")
	}
}

func TestSecretIsHiddenWhenPrinted(t *testing.T) {
	st := State{Secret: seed(20)}
	for _, text := range []string{fmt.Sprint(st), fmt.Sprintf("%+v", st), fmt.Sprintf("%#v", st), st.Secret.String()} {
		if strings.Contains(text, "1234567") || strings.Contains(text, "49 50") || strings.Contains(text, "0x31") {
			t.Errorf("shows the secret: %s", text)
		}
	}
	kept, err := json.Marshal(st)
	if err != nil {
		t.Fatal(err)
	}
	var back State
	if err := json.Unmarshal(kept, &back); err != nil || !bytes.Equal(back.Secret, seed(20)) {
		t.Fatalf("JSON round trip: %v", err)
	}
}

func TestSecretText(t *testing.T) {
	got := SecretText(seed(20))
	if got != "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ" {
		t.Fatalf("got %s", got)
	}
}

func TestURI(t *testing.T) {
	for _, c := range []struct{ business, account, issuer, label string }{
		{"Northwind Traders", "Asha Rao", "Northwind Traders", "Northwind Traders:Asha Rao"},
		{"A:B", "x:y\n\u202Ez", "A B", "A B:x y z"},
		{"", "", "Lethe", "Lethe:Lethe"},
		{"A+B=C", "50% off", "A+B=C", "A+B=C:50% off"},
		{"शर्मा & Sons?", "a/b#c", "शर्मा & Sons?", "शर्मा & Sons?:a/b#c"},
		{strings.Repeat("é", 10_000), "A", strings.Repeat("é", 64), strings.Repeat("é", 64) + ":A"},
	} {
		text, err := URI(seed(20), c.business, c.account)
		if err != nil {
			t.Fatal(err)
		}
		u, err := url.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		q := u.Query()
		if u.Scheme != "otpauth" || u.Host != "totp" || strings.TrimPrefix(u.Path, "/") != c.label ||
			q.Get("issuer") != c.issuer || q.Get("secret") != base32Text(seed(20)) ||
			q.Get("digits") != "6" || q.Get("period") != "30" || q.Get("algorithm") != "SHA1" {
			t.Errorf("%q, %q: %s", c.business, c.account, text)
		}
	}
	if _, err := URI(nil, "a", "b"); err == nil {
		t.Error("a URI without a secret")
	}
}

func TestQR(t *testing.T) {
	const size = 240
	img, err := QR(seed(20), strings.Repeat("Northwind ", 20), strings.Repeat("ash ", 40), size)
	if err != nil {
		t.Fatal(err)
	}
	if img.Bounds().Dx() != size || img.Bounds().Dy() != size {
		t.Fatalf("size %v", img.Bounds())
	}
	var dark int
	for y := range size {
		for x := range size {
			g := color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y
			if g != 0 && g != 255 {
				t.Fatalf("grey %d at %d,%d", g, x, y)
			}
			if g == 0 {
				dark++
				if m := size / 10; x < m || y < m || x >= size-m || y >= size-m {
					t.Fatalf("dark at %d,%d, in the quiet zone", x, y)
				}
			}
		}
	}
	if dark < size*size/10 {
		t.Fatalf("only %d dark pixels", dark)
	}
	for _, tiny := range []int{-5, 0, 1, 20} {
		if _, err := QR(seed(20), "a", "b", tiny); err == nil {
			t.Errorf("drew a QR of %d pixels", tiny)
		}
	}
	if _, err := QR(nil, "a", "b", size); err == nil {
		t.Error("drew a QR without a secret")
	}
}
