// Package certify saves certificates of deletion and checks them: in the window
// and on the command line.
package certify

import (
	"slices"
	"strings"
	"time"

	"lethe/app/conditions"
	"lethe/app/words"
	"lethe/data"
	"lethe/data/certificate"
	"lethe/data/fold"
)

const shown = 200 // characters of a text from outside

// pageTexts are what the page of a certificate says.
func pageTexts(w *words.Words, c certificate.Content, key data.SigningKey) certificate.Texts {
	t := certificate.Texts{
		Title: w.T("certify.title"), Business: c.Business, Lead: lead(w, c),
		NotTitle: w.T("certify.not"), Language: w.Language(),
		How: w.T("certify.how", "Key", key.Fingerprint()),
	}
	for _, r := range rows(w, c) {
		t.Rows = append(t.Rows, certificate.Row(r))
	}
	t.Rows = append(t.Rows, certificate.Row{Label: w.T("certify.key"), Text: key.Fingerprint()})
	for _, n := range c.NotCovered {
		if slices.Contains([]string{certificate.NotOwnCopies, certificate.NotSent, certificate.NotOldKeys, certificate.NotMemory}, n) {
			t.Not = append(t.Not, w.T("certify.not."+n))
		}
	}
	return t
}

// lead is the sentence that says it all.
func lead(w *words.Words, c certificate.Content) string {
	if c.Checked.State == string(data.ScrubChecked) {
		return w.N("certify.lead", c.Counts.Customers)
	}
	return w.N("certify.lead_rebuilt", c.Counts.Customers)
}

type row struct{ Label, Text string }

// rows are what a certificate says, in words.
func rows(w *words.Words, c certificate.Content) []row {
	out := []row{
		{w.T("certify.deleted_at"), moment(w, c.DeletedAt)},
		{w.T("certify.by"), fold.OneLine(c.DeletedBy, shown)},
	}
	if c.ApprovedBy != "" {
		out = append(out, row{w.T("certify.approved"), w.T("certify.approved_by", "Name", fold.OneLine(c.ApprovedBy, shown))})
	}
	if day, err := time.Parse(time.DateOnly, c.AskedOn); err == nil {
		out = append(out, row{w.T("certify.asked"), w.Day(data.DateOf(day))})
	}
	out = append(out, row{w.T("certify.way"), way(w, c)})
	also := []string{
		w.N("certify.notes", c.Counts.Notes), w.N("certify.interactions", c.Counts.Interactions),
		w.N("certify.custom_values", c.Counts.CustomValues),
	}
	if c.Counts.Segments > 0 {
		also = append(also, w.N("certify.segments", c.Counts.Segments))
	}
	out = append(out,
		row{w.T("certify.also"), strings.Join(also, ", ")},
		row{w.T("certify.stay"), w.N("certify.stay_count", c.Counts.Stay)},
	)
	switch c.Method {
	case string(data.MethodNewKey):
		out = append(out, row{w.T("certify.method"), w.T("certify.method.new_key")})
	case string(data.MethodInPlace):
		out = append(out, row{w.T("certify.method"), w.T("certify.method.in_place")})
	}
	return append(out,
		row{w.T("certify.checked"), checked(w, c.Checked)},
		row{w.T("certify.audit"), w.T("certify.audit_text", "Entry", int(c.Audit.Entry), "Hash", short(c.Audit.Hash),
			"Size", int(c.Audit.LogSize), "Head", short(c.Audit.LogHead))},
		row{w.T("certify.plan"), fold.OneLine(c.Plan, shown)},
		row{w.T("certify.issued"), moment(w, c.IssuedAt)},
	)
}

func way(w *words.Words, c certificate.Content) string {
	switch data.Way(c.Way) {
	case data.WayOne:
		return w.T("certify.way.one")
	case data.WaySelected:
		return w.T("certify.way.selected")
	case data.WayAll:
		return w.T("certify.way.all")
	case data.WayFiltered:
		var kinds []string
		for _, k := range c.Conditions {
			if name := kindOf(w, k); !slices.Contains(kinds, name) {
				kinds = append(kinds, name)
			}
		}
		return w.T("certify.way.filtered", "Kinds", strings.Join(kinds, ", "))
	}
	return w.T("common.missing")
}

// kindOf is what a kind of filter is called.
func kindOf(w *words.Words, kind string) string {
	switch {
	case kind == "search":
		return w.T("certify.kind.search")
	case slices.Contains(conditions.Columns(), data.Field(kind)):
		return w.T("conditions.field." + kind)
	}
	return w.T("certify.kind.custom")
}

func checked(w *words.Words, c certificate.Check) string {
	if c.State != string(data.ScrubChecked) {
		return w.T("certify.rebuilt", "When", moment(w, c.At))
	}
	text := w.T("certify.searched", "When", moment(w, c.At), "Values", c.Values, "Pages", c.Pages, "Free", c.FreePages)
	if c.FoundBefore > 0 {
		text += " " + w.N("certify.found_before", c.FoundBefore)
	}
	return text
}

// moment is a time as the certificate holds it, in the machine's zone.
func moment(w *words.Words, stamp string) string {
	t, err := time.Parse(time.RFC3339, stamp)
	if err != nil {
		return w.T("common.missing")
	}
	_, offset := t.In(w.Zone()).Zone()
	zone := "UTC"
	if offset != 0 {
		zone += time.Time{}.In(time.FixedZone("", offset)).Format("-07:00")
	}
	return w.DateTime(t) + " " + zone
}

// short is the beginning of a hash, enough to compare.
func short(hash string) string { return fold.OneLine(hash[:min(len(hash), 16)], shown) }
