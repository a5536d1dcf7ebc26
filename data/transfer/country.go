package transfer

import (
	"strings"
	"sync"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// regionOf tells the ISO 3166-1 alpha-2 code of a country by its code of two
// or three letters, or its name in one of the languages that lists come in.
func regionOf(country string) (string, bool) {
	if len(country) == 2 || len(country) == 3 {
		if r, err := language.ParseRegion(strings.ToUpper(country)); err == nil && r.IsCountry() {
			return r.Canonicalize().String(), true
		}
	}
	region, ok := countryNames()[headingKey(country)]
	if !ok {
		before, _, cut := strings.Cut(country, "(") // "Slovakia (Slovak Republic)"
		if cut {
			region, ok = countryNames()[headingKey(before)]
		}
	}
	return region, ok
}

// countryNames maps folded names of countries to their codes. Read only.
var countryNames = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	tongues := []language.Tag{
		language.English, language.German, language.French, language.Spanish, language.Portuguese,
		language.Italian, language.Dutch, language.Hindi, language.Marathi, language.Gujarati, language.Tamil,
		language.Telugu, language.Kannada, language.Malayalam, language.Bengali, language.Urdu, language.Russian,
		language.Ukrainian, language.Polish, language.Czech, language.Swedish, language.Danish, language.Norwegian,
		language.Finnish, language.Hungarian, language.Romanian, language.Greek, language.Turkish, language.Arabic,
		language.Hebrew, language.Persian, language.Japanese, language.Chinese, language.Korean, language.Indonesian,
		language.Malay, language.Thai, language.Vietnamese,
	}
	add := func(name, region string) {
		key := headingKey(name)
		if _, taken := names[key]; key != "" && !taken {
			names[key] = region
		}
	}
	regions := countries()
	for _, tongue := range tongues {
		namer := display.Regions(tongue)
		for _, r := range regions {
			name := namer.Name(r)
			add(name, r.String())
			long := strings.ReplaceAll(name, "&", "and")
			if rest, ok := strings.CutPrefix(long, "St. "); ok {
				add("St "+rest, r.String())
				long = "Saint " + rest
			}
			add(long, r.String())
		}
	}
	for name, region := range otherCountryNames {
		names[headingKey(name)] = region
	}
	return names
})

// countries lists every country that has a code of its own, and still exists.
func countries() []language.Region {
	var out []language.Region
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			r, err := language.ParseRegion(string([]rune{a, b}))
			if err == nil && r.IsCountry() && r.Canonicalize() == r && r.String() == string([]rune{a, b}) {
				out = append(out, r)
			}
		}
	}
	return out
}

// otherCountryNames are names in use that the tables of CLDR don't have.
var otherCountryNames = map[string]string{
	"UK": "GB", "U.K.": "GB", "Great Britain": "GB", "Britain": "GB", "England": "GB", "Scotland": "GB", "Wales": "GB",
	"Northern Ireland": "GB", "USA": "US", "U.S.A.": "US", "U.S.": "US", "America": "US", "United States of America": "US",
	"Estados Unidos de América": "US", "UAE": "AE", "U.A.E.": "AE", "KSA": "SA", "Holland": "NL", "The Netherlands": "NL",
	"Republic of India": "IN", "Hindustan": "IN", "Korea": "KR", "Republic of Korea": "KR", "South Korea": "KR",
	"Democratic People's Republic of Korea": "KP", "Russian Federation": "RU", "Viet Nam": "VN", "Czech Republic": "CZ",
	"Slovak Republic": "SK", "Republic of Ireland": "IE", "Eire": "IE", "Ivory Coast": "CI", "Cape Verde": "CV", "Burma": "MM",
	"Swaziland": "SZ", "Macedonia": "MK", "Republic of North Macedonia": "MK", "East Timor": "TL", "Turkey": "TR",
	"Türkiye": "TR", "Iran, Islamic Republic of": "IR", "Islamic Republic of Iran": "IR", "Syrian Arab Republic": "SY",
	"Lao People's Democratic Republic": "LA", "Libyan Arab Jamahiriya": "LY", "Republic of Moldova": "MD",
	"United Republic of Tanzania": "TZ", "Brunei Darussalam": "BN", "Hong Kong": "HK", "Macau": "MO", "Macao": "MO",
	"Palestine": "PS", "Palestinian Territory": "PS", "Vatican": "VA", "Holy See (Vatican City State)": "VA", "Holy See": "VA",
	"Democratic Republic of the Congo": "CD", "Congo": "CG", "Republic of the Congo": "CG", "The Gambia": "GM",
	"The Bahamas": "BS", "Micronesia": "FM", "Federated States of Micronesia": "FM", "Reunion": "RE", "Falkland Islands (Malvinas)": "FK",
	"Pitcairn": "PN", "US Virgin Islands": "VI", "United States Virgin Islands": "VI", "Saint Martin": "MF", "China, P.R.": "CN",
	"PRC": "CN", "People's Republic of China": "CN", "Taiwan, Province of China": "TW",
}

// regions remembers what regionOf said: lists name few countries, often.
type regions map[string]string

// of returns the region of a country's name, and false if it isn't known or
// has no telephone numbers of its own.
func (m regions) of(country string) (string, bool) {
	if r, ok := m[country]; ok {
		return r, r != ""
	}
	r, _ := regionOf(country)
	if phonenumbers.GetCountryCodeForRegion(r) == 0 {
		r = ""
	}
	if len(m) < 1000 {
		m[country] = r
	}
	return r, r != ""
}
