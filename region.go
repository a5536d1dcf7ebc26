package main

import (
	"fyne.io/fyne/v2/lang"
	"golang.org/x/text/language"
)

// home is the country where the system names none: DoubleTick's, and so that
// of most who come from there.
const home = "IN"

// region guesses the country from the system's language setting.
func region() string { return regionOf(string(lang.SystemLocale())) }

func regionOf(locale string) string {
	tag, err := language.Parse(locale)
	if err != nil {
		return home
	}
	r, sure := tag.Region()
	if sure != language.Exact || !r.IsCountry() {
		return home
	}
	return r.String()
}
