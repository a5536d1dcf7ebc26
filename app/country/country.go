// Package country asks for a country: by its name, the beginning of it where
// that is enough, or its two letters.
package country

import (
	"sort"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"lethe/app/form"
	"lethe/app/words"
	"lethe/data/fold"
)

type country struct{ code, name, folded string }

// Picker is the field. UI goroutine only.
type Picker struct {
	// Field takes what is typed.
	Field *form.Field
	// OnChanged is called after each change, with "" while what stands there
	// names no country.
	OnChanged func(code string)

	all []country
}

// New makes the field for a country by which phone numbers are read. Code is
// the ISO 3166-1 code that it begins with.
func New(w *words.Words, label, hint, code string) *Picker {
	p := &Picker{Field: form.New(label, hint), all: countries(w.Language())}
	p.Field.Check = func(string) string {
		if p.Code() == "" {
			return w.T("firstrun.region_wrong")
		}
		return ""
	}
	p.Set(code)
	p.Field.OnChanged = func(string) {
		if p.OnChanged != nil {
			p.OnChanged(p.Code())
		}
	}
	return p
}

// Set puts a country in.
func (p *Picker) Set(code string) {
	for _, c := range p.all {
		if c.code == code && p.Field.Text() != c.name {
			p.Field.SetText(c.name)
		}
	}
}

// Code is the ISO 3166-1 code of what stands there, or "".
func (p *Picker) Code() string {
	typed := fold.Fold(p.Field.Text())
	if typed == "" {
		return ""
	}
	found, several := "", false
	for _, c := range p.all {
		if c.folded == typed || strings.EqualFold(c.code, typed) {
			return c.code
		}
		if strings.HasPrefix(c.folded, typed) {
			several = found != ""
			found = c.code
		}
	}
	if several {
		return ""
	}
	return found
}

// Name is what a country is called in the language of w; the code itself where
// it is none.
func Name(w *words.Words, code string) string {
	r, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	if name := display.Regions(tag(w.Language())).Name(r); name != "" {
		return name
	}
	return code
}

func tag(lang string) language.Tag {
	t, err := language.Parse(lang)
	if err != nil {
		return language.English
	}
	return t
}

// countries lists all that there are by name.
func countries(lang string) []country {
	namer := display.Regions(tag(lang))
	var out []country
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			r, err := language.ParseRegion(code)
			if err != nil || !r.IsCountry() || r.Canonicalize() != r || r.String() != code {
				continue
			}
			if name := namer.Name(r); name != "" {
				out = append(out, country{code, name, fold.Fold(name)})
			}
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].folded < out[j].folded })
	return out
}
