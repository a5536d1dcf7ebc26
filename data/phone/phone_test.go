package phone

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"
	"pgregory.net/rapid"

	"lethe/data"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		in, region string
		want       data.Phone
	}{
		{"+918299995902", "IN", 918299995902},
		{"+91 82999 95902", "US", 918299995902},
		{"8299995902", "IN", 918299995902},
		{"918299995902", "IN", 918299995902},
		{"08299995902", "IN", 918299995902},
		{"00918299995902", "IN", 918299995902},
		{"022 2345 6789", "IN", 912223456789},
		{"14155551234", "IN", 14155551234},
		{"971501234567", "IN", 971501234567},
		{"p:+918299995902", "IN", 918299995902},
		{"tel:+91-82999-95902", "IN", 918299995902},
		{"'8299995902", "IN", 918299995902},
		{`="8299995902"`, "IN", 918299995902},
		{"918299995902.0", "IN", 918299995902},
		{"\u202a+91\u00a082999\u00a095902\u202c", "IN", 918299995902},
		{"८२९९९९५९०२", "IN", 918299995902},
		{"＋91 8299995902", "IN", 918299995902},
		{"+1 (415) 555-1234 x12", "IN", 14155551234},
		{"+39 06 1234 5678", "IN", 390612345678},
		{"(5) 555-4729", "MX", 0},
		{"030-0074321", "DE", 49300074321},
		{"(171) 555-7788", "GB", 0},
	} {
		got, err := Parse(c.in, c.region)
		if c.want == 0 {
			if err == nil {
				t.Errorf("Parse(%q, %s) = %v, want a problem", c.in, c.region, got)
			}
			continue
		}
		if err != nil || got != c.want {
			t.Errorf("Parse(%q, %s) = %v, %v, want %v", c.in, c.region, got, err, c.want)
		}
	}
}

func TestParseSaysWhy(t *testing.T) {
	for in, want := range map[string]Reason{
		"":                           Empty,
		" \u200b ":                   Empty,
		"'":                          Empty,
		"Asha":                       NotANumber,
		"ab98200":                    NotANumber,
		"1-800-FLOWERS":              NotANumber,
		"+":                          NotANumber,
		"n/a":                        NotANumber,
		"asha@example.com":           NotANumber,
		"9.1982E+11":                 Scientific,
		"9,1982e11":                  Scientific,
		"9820098200, 9821198211":     Several,
		"98200 98200 / 98211 98211":  Several,
		"12345":                      TooShort,
		"+919820":                    TooShort,
		"+91982009820098200":         TooLong,
		strings.Repeat("9", 100):     TooLong,
		strings.Repeat("9", 100_000): TooLong,
		"+99912345678":               UnknownCountry,
		"300074321":                  NotValid,
	} {
		p, err := Parse(in, "IN")
		var problem *Problem
		if !errors.As(err, &problem) || problem.Reason != want || p != 0 {
			t.Errorf("Parse(%.40q) = %v, %v, want %s", in, p, err, want)
		}
	}
}

// The short way of India's numbers answers what libphonenumber answers.
func TestFastWayAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		national := rapid.StringMatching(`[5-9][0-9]{9}`).Draw(t, "national")
		text := rapid.SampledFrom([]string{"", "91", "+91"}).Draw(t, "prefix") + national
		p, ok := fast(text, "IN")
		if want := national[0] >= '6'; ok != want {
			t.Fatalf("fast(%q) answers %v", text, ok)
		}
		n, err := phonenumbers.Parse(text, "IN")
		if err != nil {
			t.Fatal(err)
		}
		if ok && (!phonenumbers.IsValidNumber(n) || p.String() != phonenumbers.Format(n, phonenumbers.E164)) {
			t.Fatalf("fast(%q) = %v", text, p)
		}
	})
}

func TestFastFormatAgrees(t *testing.T) {
	for head := 60000; head < 100000; head += 7 {
		p := data.Phone(91*indiaShift + uint64(head)*1e5 + uint64(head*31%1e5))
		got, ok := fastFormat(p)
		if !ok {
			continue
		}
		n, err := phonenumbers.Parse(p.String(), "")
		if err != nil {
			t.Fatal(err)
		}
		if want := phonenumbers.Format(n, phonenumbers.INTERNATIONAL); got != want {
			t.Fatalf("%v is written %q, want %q", p, got, want)
		}
	}
}

func TestFormat(t *testing.T) {
	for p, want := range map[data.Phone]string{
		0:            "",
		918299995902: "+91 82999 95902",
		919820098200: "+91 98200 98200",
		912223456789: "+91 22 2345 6789",
		14155551234:  "+1 415-555-1234",
		390612345678: "+39 06 1234 5678",
		999123456789: "+999123456789",
	} {
		if got := Format(p); got != want {
			t.Errorf("Format(%d) = %q, want %q", p, got, want)
		}
	}
}

func TestMask(t *testing.T) {
	for p, want := range map[data.Phone]string{
		0:            "",
		918299995204: "+91 ••••• ••204",
		14155551234:  "+1 ••••• ••234",
		971501234567: "+971 ••••• ••567",
		2904123:      "+290 ••••• ••123",
		999123456789: "+•• ••••• ••789",
	} {
		if got := Mask(p); got != want {
			t.Errorf("Mask(%d) = %q, want %q", p, got, want)
		}
	}
}

func TestMaskIn(t *testing.T) {
	for in, want := range map[string]string{
		"":                          "",
		"Asha 12":                   "Asha 12",
		"+918299995204":             "+•••••••••204",
		"Asha 82999-95204 Pune":     "Asha •••••-••204 Pune",
		"(82999) / 95204":           "(•••••) / ••204",
		"8 2 9 9 9 9 5 2 0 4":       "• • • • • • • 2 0 4",
		"8\u200b2\u200b999\u200b95": "•\u200b•\u200b••9\u200b95",
		"८२९९९९५२०४":                "•••••••२०४",
		"12 of 2024, 30 pcs":        "12 of 2024, 30 pcs",
		"829999":                    "•••999",
	} {
		if got := MaskIn(in); got != want {
			t.Errorf("MaskIn(%q) = %q, want %q", in, got, want)
		}
	}
}

// A number is hidden also where it is cut up, and in digits of any kind.
func TestMaskInParts(t *testing.T) {
	for in, want := range map[string]string{
		"Asha 5204":                              "Asha 5204",
		"Asha 55204":                             "Asha ••204",
		"98200 then 55204":                       "••••• then ••204",
		"98200x55204":                            "•••••x••204",
		"9a8b2c0d0e5f5g2h0i4":                    "•a•b•c•d•e•f•g2h0i4",
		"₉₈₂₀₀ and ⑤⑤②⓪④":                        "••••• and ••②⓪④",
		"9\ufe0f\u20e38\ufe0f\u20e3200":          "•\ufe0f\u20e3•\ufe0f\u20e3200",
		"12 of 2024, 30 pcs":                     "12 of 2024, 30 pcs",
		"2 boxes of 12, 144 in all":              "2 boxes of 12, 144 in all",
		"Flat 12, Pune 411001":                   "Flat 12, Pune •••001",
		"98200 twice, as it were, 55204":         "••200 twice, as it were, ••204",
		"in 2019, and again much later, in 2024": "in 2019, and again much later, in 2024",
	} {
		if got := MaskIn(in); got != want {
			t.Errorf("MaskIn(%q) = %q, want %q", in, got, want)
		}
	}
}

// What is hidden doesn't depend on whose text it is, so nobody can try out
// digits: a mask of a text that was masked is that text.
func TestMaskInIsNoOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[0-9a-z .,-]{0,40}`).Draw(t, "text")
		masked := MaskIn(text)
		if again := MaskIn(masked); again != masked {
			t.Fatalf("%q, then %q", masked, again)
		}
		for i, r := range []rune(masked) {
			if r != dot && r != []rune(text)[i] {
				t.Fatalf("%q became %q", text, masked)
			}
		}
	})
}

// Whoever sees a text with a number in it, written in any way, can't read it.
func TestMaskInHides(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.StringMatching(`[1-9][0-9]{7,14}`).Draw(t, "digits")
		gap := rapid.SampledFrom([]string{"", " ", "-", ". ", " / ", "\u00a0"}).Draw(t, "gap")
		every := rapid.IntRange(1, 5).Draw(t, "every")
		var b strings.Builder
		for i, d := range digits {
			if i > 0 && i%every == 0 {
				b.WriteString(gap)
			}
			b.WriteRune(d)
		}
		got := MaskIn(fmt.Sprintf("Ravi (%s) Pune", b.String()))
		var left strings.Builder
		for _, r := range got {
			if r >= '0' && r <= '9' {
				left.WriteRune(r)
			}
		}
		if left.String() != digits[len(digits)-3:] {
			t.Fatalf("%q shows more than the last three digits", got)
		}
	})
}

func TestWhatsAppLink(t *testing.T) {
	want := "https://wa.me/918299995902?text=146%20customers%20deleted.%0A1%2B1%20%26%20more"
	if got := WhatsAppLink(918299995902, "146 customers deleted.\n1+1 & more"); got != want {
		t.Errorf("got %s", got)
	}
	if got := WhatsAppLink(918299995902, ""); got != "https://wa.me/918299995902" {
		t.Errorf("got %s", got)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("+91 82999 95902")
	f.Add("9.1982E+11")
	f.Add("030-0074321 x718")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := Parse(s, "IN")
		if err != nil {
			return
		}
		if back, ok := data.ParseE164(p.String()); !ok || back != p {
			t.Fatalf("Parse(%q) = %d, which is no E.164 number", s, p)
		}
		if again, err := Parse(Format(p), "IN"); err != nil || again != p {
			t.Fatalf("Parse(%q) = %d, written %q, read as %d, %v", s, p, Format(p), again, err)
		}
	})
}
