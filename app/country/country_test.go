package country

import (
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"lethe/app/words"
	"lethe/assets"
)

func TestPicker(t *testing.T) {
	test.NewTempApp(t)
	w, err := words.New(assets.Translations, "en", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	p := New(w, "Country", "", "IN")
	if p.Code() != "IN" || p.Field.Text() != "India" {
		t.Errorf("begins with %q", p.Field.Text())
	}
	var told []string
	p.OnChanged = func(code string) { told = append(told, code) }
	for typed, want := range map[string]string{
		"nepal": "NP", "de": "DE", "Ind": "", "Indo": "ID", "Nowhere": "", "": "", "CÔTE D’IVOIRE": "CI",
	} {
		p.Field.SetText(typed)
		if got := p.Code(); got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
		if p.Field.Valid() != (want != "") {
			t.Errorf("%q: valid is %v", typed, p.Field.Valid())
		}
	}
	if len(told) == 0 {
		t.Error("changes aren’t told")
	}
	if Name(w, "DE") != "Germany" || Name(w, "??") != "??" {
		t.Error("names")
	}
}
