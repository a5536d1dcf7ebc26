package words_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lethe/app/words"
	"lethe/assets"
	"lethe/data"
)

func english(t *testing.T) *words.Words {
	t.Helper()
	w, err := words.New(assets.Translations, "en", time.FixedZone("IST", 5*3600+1800))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func files(texts map[string]string) fstest.MapFS {
	fs := fstest.MapFS{}
	for name, text := range texts {
		fs["translations/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fs
}

func TestMessages(t *testing.T) {
	w, err := words.New(files(map[string]string{
		"en/a.json": `{"a.hello": "Hello {{.Name}}, {{.Many}}", "a.left": {"one": "{{.Count}} customer", "other": "{{.Count}} customers of {{.Name}}"}}`,
		"en/b.json": `{"b.only": "Only here"}`,
		"hi/a.json": `{"a.hello": "नमस्ते {{.Name}}", "a.left": {"one": "{{.Count}} ग्राहक", "other": "{{.Count}} ग्राहक"}}`,
	}), "en", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ got, want string }{
		{w.T("a.hello", "Name", "{{.Asha}}", "Many", 1714), "Hello {{.Asha}}, 1,714"},
		{w.N("a.left", 1, "Name", "Surat"), "1 customer"},
		{w.N("a.left", 0, "Name", "Surat"), "0 customers of Surat"},
		{w.N("a.left", 1000000, "Name", "Surat"), "1,000,000 customers of Surat"},
		{w.T("b.only"), "Only here"},
		{w.T("a.absent"), "[a.absent]"},
		{w.Number(-1714), "-1,714"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}

	w.Choose("hi")
	if got := w.T("a.hello", "Name", "Asha"); got != "नमस्ते Asha" {
		t.Errorf("in Hindi: %q", got)
	}
	if got := w.T("b.only"); got != "Only here" {
		t.Errorf("a message that Hindi lacks: %q", got)
	}
	if w.Choose("no such language"); w.Language() != "en" {
		t.Errorf("an unknown language chose %q", w.Language())
	}
}

func TestDates(t *testing.T) {
	w := english(t)
	at := time.Date(2026, 2, 5, 20, 4, 0, 0, time.UTC)
	for _, c := range []struct{ got, want string }{
		{w.Date(at), "6 Feb 2026"},
		{w.DateTime(at), "6 Feb 2026, 01:34"},
		{w.Date(time.Time{}), "–"},
		{w.DateTime(time.Time{}), "–"},
		{w.Day(data.DateOf(time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC))), "23 Nov 2026"},
		{w.Day(0), "–"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestLanguages(t *testing.T) {
	langs, err := words.Languages(assets.Translations)
	if err != nil || len(langs) == 0 || langs[0] != "en" {
		t.Fatalf("languages %v, %v", langs, err)
	}
	w := english(t)
	if got := w.NameOf("en"); got != "English" {
		t.Errorf("en is called %q", got)
	}
	if got := w.NameOf("mr"); got != "mr" {
		t.Errorf("a language that isn't there is called %q", got)
	}
}

func TestFitting(t *testing.T) {
	for locale, want := range map[string]string{
		"hi": "hi", "hi-IN": "hi", "hi_IN": "hi", "en-IN": "en", "en-GB": "en",
		"mr-IN": "en", "": "en", "C": "en", "no such": "en",
	} {
		if got := words.Fitting(assets.Translations, locale); got != want {
			t.Errorf("for %q it is %q, want %q", locale, got, want)
		}
	}
}

func TestErrors(t *testing.T) {
	w := english(t)
	if got := w.Error(nil); got != "" {
		t.Errorf("no error says %q", got)
	}
	secret := fmt.Errorf("deleting +918299995902: %w", data.ErrStalePlan)
	if got := w.Error(secret); got != "The list changed while you were looking. Here is the new one." {
		t.Errorf("got %q", got)
	}
	if got := w.Error(errors.New("SQLITE_IOERR 522 Gauri")); strings.Contains(got, "SQLITE") || strings.Contains(got, "[") {
		t.Errorf("the raw text shows: %q", got)
	}
	wrong := w.Error(fmt.Errorf("x: %w", &data.OTPWrong{Left: 4}))
	if want := "That OTP isn’t right. Wait for the next one, and check that phone and computer show the same time. 4 tries left."; wrong != want {
		t.Errorf("got %q", wrong)
	}
	wrong = w.Error(&data.OTPWrong{Left: 1, Wait: 1500 * time.Millisecond})
	if !strings.HasSuffix(wrong, "1 try left. The next try is taken in 2 seconds.") {
		t.Errorf("got %q", wrong)
	}
}
