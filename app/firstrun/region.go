package firstrun

import (
	"sort"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"lethe/app/form"
	"lethe/app/words"
	"lethe/data/fold"
)

// region is a country with its name in the chosen language.
type region struct{ code, name, folded string }

// regions lists the countries by name.
func regions(lang string) []region {
	tag, err := language.Parse(lang)
	if err != nil {
		tag = language.English
	}
	namer := display.Regions(tag)
	var out []region
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			r, err := language.ParseRegion(code)
			if err != nil || !r.IsCountry() || r.Canonicalize() != r || r.String() != code {
				continue
			}
			if name := namer.Name(r); name != "" {
				out = append(out, region{code, name, fold.Fold(name)})
			}
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].folded < out[j].folded })
	return out
}

// regionPicker takes a country by its name, the beginning of it where that is
// enough, or its code.
type regionPicker struct {
	field    *form.Field
	all      []region
	onChosen func()
}

func newRegionPicker(w *words.Words, guess string) *regionPicker {
	p := &regionPicker{field: form.New(w.T("firstrun.region"), w.T("firstrun.region_hint")), all: regions(w.Language())}
	p.field.Check = func(string) string {
		if p.code() == "" {
			return w.T("firstrun.region_wrong")
		}
		return ""
	}
	for _, r := range p.all {
		if r.code == guess {
			p.field.SetText(r.name)
		}
	}
	p.field.OnChanged = func(string) {
		if p.code() != "" && p.onChosen != nil {
			p.onChosen()
		}
	}
	return p
}

// code is the ISO code of what stands there, or "".
func (p *regionPicker) code() string {
	typed := fold.Fold(p.field.Text())
	if typed == "" {
		return ""
	}
	begins := ""
	several := false
	for _, r := range p.all {
		if r.folded == typed || strings.EqualFold(r.code, typed) {
			return r.code
		}
		if strings.HasPrefix(r.folded, typed) {
			several = begins != ""
			begins = r.code
		}
	}
	if several {
		return ""
	}
	return begins
}
