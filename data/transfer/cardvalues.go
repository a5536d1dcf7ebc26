package transfer

import (
	"slices"
	"strings"

	"github.com/emersion/go-vcard"
)

// valuesOf says what a card holds, under the headings of cards.go. Nothing is
// left out but what is about the file (its version, program, revision).
func valuesOf(c vcard.Card) []cardValue {
	v := &cardValues{card: c, labels: labelsOf(c), count: map[string]int{}}
	v.name()
	v.phones()
	for _, f := range preferredFirst(c[vcard.FieldEmail]) {
		v.next(headEmail, strings.TrimPrefix(plainValue(f), "mailto:"))
	}
	for _, f := range c[vcard.FieldOrganization] {
		company, department, _ := strings.Cut(f.Value, ";")
		v.one(headCompany, company, headOther)
		v.add(headDepartment, joinComponents(department, " "))
	}
	v.all(vcard.FieldTitle, headTitle)
	v.all(vcard.FieldRole, headRole)
	v.addresses()
	v.all(vcard.FieldCategories, headTags)
	v.all(vcard.FieldNickname, headNickname)
	v.all(vcard.FieldBirthday, headBirthday)
	v.all(vcard.FieldAnniversary, headDay)
	v.all(vcard.FieldURL, headWebsite)
	v.all(vcard.FieldNote, headNote)
	v.rest()
	return v.out
}

// cardValues gathers the values of one card.
type cardValues struct {
	card   vcard.Card
	labels map[string]string // of groups
	count  map[string]int    // of each heading so far
	out    []cardValue
}

// add puts a text into the column of a heading, beside what is there.
func (v *cardValues) add(heading, text string) {
	if text = strings.TrimSpace(text); text != "" {
		v.count[heading]++
		v.out = append(v.out, cardValue{heading, text})
	}
}

// next puts a text into a column of its own: Mobile, Mobile 2.
func (v *cardValues) next(heading, text string) {
	if text = strings.TrimSpace(text); text != "" {
		v.count[heading]++
		v.out = append(v.out, cardValue{numbered(heading, v.count[heading]), text})
	}
}

// one puts the first text into a column and further ones into another.
func (v *cardValues) one(heading, text, others string) {
	if v.count[heading] > 0 && strings.TrimSpace(text) != "" {
		v.add(others, heading+": "+strings.TrimSpace(text))
		return
	}
	v.add(heading, plainText(text))
}

func (v *cardValues) all(property, heading string) {
	for _, f := range v.card[property] {
		v.add(heading, plainValue(f))
	}
}

// name is the formatted name, or what the parts of the name make.
func (v *cardValues) name() {
	for _, f := range preferredFirst(v.card[vcard.FieldFormattedName]) {
		v.one(headName, plainValue(f), headOther)
	}
	if v.count[headName] > 0 {
		return
	}
	for _, f := range v.card[vcard.FieldName] {
		parts := components(f.Value, 5) // family, given, additional, prefix, suffix
		v.one(headName, strings.Join(strings.Fields(parts[3]+" "+parts[1]+" "+parts[2]+" "+parts[0]+" "+parts[4]), " "), headOther)
	}
}

// phones are the numbers under what they are said to be.
func (v *cardValues) phones() {
	for _, f := range preferredFirst(v.card[vcard.FieldTelephone]) {
		text := plainValue(f)
		if len(text) > 4 && strings.EqualFold(text[:4], "tel:") { // RFC 3966
			text = strings.Replace(text[4:], ";ext=", " ext. ", 1)
			text, _, _ = strings.Cut(text, ";")
		}
		v.next(v.phoneHeading(f), text)
	}
}

func (v *cardValues) phoneHeading(f *vcard.Field) string {
	is := func(types ...string) bool {
		for _, t := range types {
			if f.Params.HasType(t) || strings.EqualFold(v.labels[f.Group], t) {
				return true
			}
		}
		return false
	}
	switch {
	case is("fax", "homefax", "workfax", "home fax", "work fax", "otherfax"):
		return headFax
	case is("pager"):
		return headPager
	case is("cell", "mobile", "iphone", "whatsapp", "car", "apple watch"):
		return headMobile
	case is("work", "company", "business"):
		return headWorkPhone
	case is("home"):
		return headHomePhone
	case v.labels[f.Group] != "":
		return headOtherPhone
	}
	return headPhone
}

// addresses are the best one in its parts, and the others whole.
func (v *cardValues) addresses() {
	fields := preferredFirst(v.card[vcard.FieldAddress])
	best := slices.IndexFunc(fields, func(f *vcard.Field) bool { return components(f.Value, 7)[3] != "" })
	best = max(best, 0)
	for i, f := range fields {
		parts := components(f.Value, 7) // post office box, extended, street, city, state, postal code, country
		if i != best {
			v.next(headAddress, joinComponents(f.Value, ", "))
			continue
		}
		v.add(headStreet, joinFilled(parts[:3], ", "))
		v.add(headCity, parts[3])
		v.add(headState, parts[4])
		v.add(headPostal, parts[5])
		v.add(headCountry, parts[6])
	}
}

// technical are properties about the card, not about the person; the name in
// parts is one too where the formatted name is there.
var technical = []string{
	"VERSION", "PRODID", "REV", "UID", "CLIENTPIDMAP", "KIND", "XML", "PROFILE", "MAILER", "N", "FN", "TEL", "EMAIL", "ORG",
	"TITLE", "ROLE", "ADR", "LABEL", "CATEGORIES", "NICKNAME", "BDAY", "ANNIVERSARY", "URL", "NOTE", "X-ABLABEL", "AGENT", "CLASS",
	"SORT-STRING", "NAME",
}

// rest keeps all other properties, a line each.
func (v *cardValues) rest() {
	var names []string
	for name := range v.card {
		if !slices.Contains(technical, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		for _, f := range v.card[name] {
			label := v.labels[f.Group]
			if label == "" {
				label = propertyLabel(name)
			}
			if text := joinComponents(f.Value, ", "); text != "" {
				v.add(headOther, label+": "+text)
			}
		}
	}
}

// propertyLabel writes the name of a property as people read it: "Skype
// username" for X-SKYPE-USERNAME.
func propertyLabel(name string) string {
	words := strings.Fields(strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(name, "X-"), "-", " ")))
	if len(words) == 0 {
		return name
	}
	label := strings.Join(words, " ")
	return strings.ToUpper(label[:1]) + label[1:] // property reads ASCII only
}

// labelsOf are the names that address books give the members of a group, as
// "item2.X-ABLabel:_$!<Spouse>!$_".
func labelsOf(c vcard.Card) map[string]string {
	out := map[string]string{}
	for _, f := range c["X-ABLABEL"] {
		label := strings.TrimSuffix(strings.TrimPrefix(f.Value, "_$!<"), ">!$_")
		if label = strings.TrimSpace(label); f.Group != "" && label != "" {
			out[f.Group] = label
		}
	}
	return out
}

// preferredFirst puts the preferred ones first: TYPE=pref (vCard 2.1 and 3.0),
// the smallest PREF (4.0).
func preferredFirst(fields []*vcard.Field) []*vcard.Field {
	rank := func(f *vcard.Field) int {
		switch p := f.Params.Get("PREF"); {
		case f.Params.HasType("pref"):
			return 0
		case p == "":
			return 1000
		case len(p) > 3:
			return 999
		default:
			n := 0
			for i := range len(p) {
				if p[i] >= '0' && p[i] <= '9' {
					n = 10*n + int(p[i]-'0')
				}
			}
			return n
		}
	}
	out := slices.Clone(fields)
	slices.SortStableFunc(out, func(a, b *vcard.Field) int { return rank(a) - rank(b) })
	return out
}

func plainValue(f *vcard.Field) string { return plainText(f.Value) }

// plainText undoes the escapes that go-vcard leaves in.
func plainText(s string) string { return unescape.Replace(s) }

var unescape = strings.NewReplacer(`\;`, ";", `\:`, ":", `\"`, `"`, `\N`, "\n")

// components parts a structured value at its semicolons, into at least n.
func components(value string, n int) []string {
	var out []string
	from := 0
	for i := 0; i < len(value); i++ {
		switch value[i] {
		case '\\':
			i++
		case ';':
			out = append(out, value[from:i])
			from = i + 1
		}
	}
	out = append(out, value[from:])
	for len(out) < n {
		out = append(out, "")
	}
	for i := range out {
		out[i] = strings.TrimSpace(plainText(out[i]))
	}
	return out
}

func joinComponents(value, by string) string { return joinFilled(components(value, 1), by) }

func joinFilled(parts []string, by string) string {
	var filled []string
	for _, p := range parts {
		if p = strings.Trim(p, " ,\n"); p != "" {
			filled = append(filled, p)
		}
	}
	return strings.Join(filled, by)
}
