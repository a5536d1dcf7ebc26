package auditlog

import (
	"strings"
	"testing"

	"lethe/app/desk/desktest"
	"lethe/data"
)

// Every kind of entry, every variant of one and every way of deleting has its
// own words.
func TestEveryKindVariantAndWayHasWords(t *testing.T) {
	s := speaker{words: desktest.New(t).Words}
	seen := map[string]string{}
	check := func(what, text string) {
		t.Helper()
		if strings.Contains(text, "auditlog.") || text == "" || seen[text] != "" && seen[text] != what {
			t.Errorf("%s is called %q, as %s", what, text, seen[text])
		}
		seen[text] = what
	}
	for _, kind := range data.AuditKinds() {
		check(string(kind), s.kind(kind))
	}
	if got := s.kind("from the future"); got != "from the future" {
		t.Errorf("%q", got)
	}
	clear(seen) // a variant may be called as its kind is
	for kind, all := range data.AuditVariants() {
		for _, v := range all {
			e := &data.Entry{Kind: kind, Facts: factsOf(kind, v)}
			if got := e.Variant(); got != v {
				t.Errorf("%s, %s: facts %v are of %q", kind, v, e.Facts, got)
			}
			check(string(kind)+", "+v, s.title(e))
		}
	}
	for _, way := range data.Ways() {
		if got := s.fact("way", word, string(way)); got == string(way) {
			t.Errorf("the way %s has no words", way)
		}
	}
	for name, values := range known {
		clear(seen)
		for _, v := range values {
			check(name+" "+v, s.fact(name, word, v))
		}
	}
	clear(seen)
	for _, f := range facts {
		value := map[manner]string{number: "2", flag: data.FlagYes, person: "7", fields: "city"}[f.manner]
		if f.manner != word {
			check("fact "+f.name, s.fact(f.name, f.manner, value))
		}
	}
}

// factsOf are facts of an entry of that variant.
func factsOf(kind data.AuditKind, variant string) map[string]string {
	switch kind {
	case data.AuditOutboxChanged:
		return map[string]string{"what": variant}
	case data.AuditUserChanged:
		return map[string]map[string]string{
			"activated": {"active": data.FlagYes}, "deactivated": {"active": data.FlagNo},
			"role": {"role": "5"}, "edited": {"name": data.FlagYes},
		}[variant]
	case data.AuditPassword:
		return map[string]string{"user": "2"}
	case data.AuditSignInFailed:
		return map[string]string{"recovery": data.FlagYes}
	case data.AuditBackup:
		return map[string]string{"rolling": data.FlagYes}
	case data.AuditRolling:
		return map[string]string{"on": map[string]string{"on": data.FlagYes, "off": data.FlagNo}[variant]}
	case data.AuditRestore:
		return map[string]string{"into": variant}
	}
	return map[string]string{"done": variant}
}

func TestSentencesOfEntries(t *testing.T) {
	s := speaker{words: desktest.New(t).Words, names: map[data.UserID]string{2: "Ravi Kulkarni", 3: "Neha Joshi"}}
	for want, e := range map[string]data.Entry{
		"Deletion: undoing one’s own import, 7 deleted, 60 stay": {Kind: data.AuditDelete, Facts: map[string]string{
			"way": "undo", "deleted": "7", "stay": "60", "notes": "0", "otp": "no", "segments": "0",
		}},
		"Deletion: filtered customers, 30 deleted, 1 stay, 2 notes, with OTP, narrowed by Search, City, a custom field": {
			Kind:  data.AuditDelete,
			Facts: map[string]string{"way": "filtered", "deleted": "30", "stay": "1", "notes": "2", "otp": "yes", "filter": "search,city,custom:3,custom:4"},
		},
		"Tag renamed: 12 customers, merged with another": {Kind: data.AuditTag, Facts: map[string]string{
			"done": "renamed", "customers": "12", "merged": "yes",
		}},
		"Custom field removed: 40 customers, 2 segments, with OTP": {Kind: data.AuditField, Facts: map[string]string{
			"done": "removed", "field": "3", "customers": "40", "segments": "2", "otp": "yes",
		}},
		"Segment changed: narrowed by Tags": {Kind: data.AuditSegment, Facts: map[string]string{"done": "changed", "filter": "tags"}},
		"Customer edited: fields: City, Phone Number": {Kind: data.AuditCustomerEdited, Facts: map[string]string{
			"done": "changed", "fields": "city,phone", "otp": "no",
		}},
		"Note removed": {Kind: data.AuditCustomerEdited, Facts: map[string]string{"done": "note removed"}},
		"Export: 146 exported, those who matched the filter, as an Excel workbook, numbers masked": {
			Kind: data.AuditExport, Facts: map[string]string{"exported": "146", "what": "filtered", "format": "xlsx", "masked": "yes", "export": "3"},
		},
		"Wrong recovery key: 3 times":         {Kind: data.AuditSignInFailed, Facts: map[string]string{"tries": "3", "recovery": "yes"}},
		"Wrong password: Ravi Kulkarni, once": {Kind: data.AuditSignInFailed, Facts: map[string]string{"tries": "1", "user": "2"}},
		"Member removed: Ravi Kulkarni, customers handed to Neha Joshi": {Kind: data.AuditUserRemoved, Facts: map[string]string{
			"user": "2", "role": "4", "handed_to": "3",
		}},
		"Member removed: Ravi Kulkarni": {Kind: data.AuditUserRemoved, Facts: map[string]string{"user": "2", "handed_to": "0"}},
		"Member edited: Ravi Kulkarni, the phone number, the e-mail address": {Kind: data.AuditUserChanged, Facts: map[string]string{
			"user": "2", "name": "no", "phone": "yes", "email": "yes",
		}},
		"Confirmation cancelled: by e-mail": {Kind: data.AuditOutboxChanged, Facts: map[string]string{"what": "cancelled", "channel": "email"}},
		"Where confirmations go changed: the phone number": {Kind: data.AuditOutboxChanged, Facts: map[string]string{
			"what": "addresses", "phone": "yes",
		}},
		"List rebuilt from a backup: 8 deleted since stay deleted, 90 customers, with OTP": {
			Kind: data.AuditRestore, Facts: map[string]string{"into": "folder", "customers": "90", "deleted_since": "8", "otp": "yes"},
		},
		"Role removed: 2 members": {Kind: data.AuditRoleRemoved, Facts: map[string]string{"members": "2", "role": "5"}},
		"Settings changed: active window 60 days, OTP for every deletion": {
			Kind: data.AuditSettings, Facts: map[string]string{"active_days": "60", "strictness": "always"},
		},
	} {
		if got := s.about(&e); got != want {
			t.Errorf("%q,\nwant %q", got, want)
		}
	}
}
