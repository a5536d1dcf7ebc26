package auditlog

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"lethe/app/conditions"
	"lethe/app/words"
	"lethe/data"
	"lethe/data/fold"
)

// speaker puts entries into words. Its names are of everybody who is or was a
// member.
type speaker struct {
	words *words.Words
	names map[data.UserID]string
}

// who is the name of who did something, or of the program.
func (s *speaker) who(id data.UserID) string {
	if id == 0 {
		return s.words.T("auditlog.program")
	}
	if name := s.names[id]; name != "" {
		return fold.OneLine(name, shown)
	}
	return s.words.T("auditlog.member", "ID", int(id))
}

// kind is what an entry is about. One of a kind that this version doesn't know
// is named as it stands in the log.
func (s *speaker) kind(k data.AuditKind) string {
	if !slices.Contains(data.AuditKinds(), k) {
		return fold.OneLine(string(k), shown)
	}
	return s.words.T("auditlog.kind." + string(k))
}

// title is what an entry tells of, in a few words.
func (s *speaker) title(e *data.Entry) string {
	if v := e.Variant(); slices.Contains(data.AuditVariants()[e.Kind], v) {
		return s.words.T("auditlog.what." + string(e.Kind) + "." + strings.ReplaceAll(v, " ", "_"))
	}
	return s.kind(e.Kind)
}

// manner is how a fact is put into words.
type manner int

const (
	number manner = iota + 1 // left out where it is 0
	flag                     // left out unless it is yes
	word                     // one of few
	person
	fields // kinds of customers' fields
)

// facts are those that an entry's line tells, in this order. The others stand
// in its details.
var facts = []struct {
	name   string
	manner manner
}{
	{"way", word},
	{"deleted", number},
	{"stay", number},
	{"notes", number},
	{"interactions", number},
	{"custom_values", number},
	{"exported", number},
	{"what", word},
	{"format", word},
	{"added", number},
	{"updated", number},
	{"skipped", number},
	{"changed", number},
	{"deleted_since", number},
	{"user", person},
	{"handed_to", person},
	{"from", person},
	{"to", person},
	{"tries", number},
	{"came", number},
	{"went", number},
	{"customers", number},
	{"members", number},
	{"segments", number},
	{"channel", word},
	{"active_days", number},
	{"entries", number},
	{"pages", number},
	{"values", number},
	{"strictness", word},
	{"otp", flag},
	{"recovery", flag},
	{"rebuilt", flag},
	{"masked", flag},
	{"merged", flag},
	{"name", flag},
	{"phone", flag},
	{"email", flag},
	{"fields", fields},
	{"locked", flag},
}

// about is what an entry tells, in one line.
func (s *speaker) about(e *data.Entry) string {
	var out []string
	if e.Kind == data.AuditBreakAccepted {
		out = append(out, s.acceptedBreak(e))
	}
	for _, f := range facts {
		value, ok := e.Facts[f.name]
		if !ok {
			continue
		}
		if said[e.Kind][f.name] {
			continue
		}
		if text := s.fact(f.name, f.manner, value); text != "" {
			out = append(out, text)
		}
	}
	if kinds := e.Facts["filter"]; kinds != "" {
		out = append(out, s.words.T("auditlog.filter", "Kinds", s.fieldNames(kinds)))
	}
	if len(out) == 0 {
		return s.title(e)
	}
	return s.words.T("auditlog.line", "Kind", s.title(e), "Facts", strings.Join(out, ", "))
}

// acceptedBreak says what was wrong with the log when that was accepted.
func (s *speaker) acceptedBreak(e *data.Entry) string {
	from, _ := strconv.ParseInt(e.Facts[data.FactFrom], 10, 64)
	to, _ := strconv.ParseInt(e.Facts[data.FactTo], 10, 64)
	return strings.TrimRight(why(s.words, data.LogState{Break: data.LogBreak(e.Facts[data.FactBreak]), From: from, To: to}), ".।")
}

func (s *speaker) fact(name string, m manner, value string) string {
	w := s.words
	switch m {
	case number:
		n, err := strconv.Atoi(value)
		if err != nil || n == 0 {
			return ""
		}
		return w.N("auditlog.fact."+name, n)
	case flag:
		if value != data.FlagYes {
			return ""
		}
		return w.T("auditlog.fact." + name)
	case person:
		id, err := strconv.ParseInt(value, 10, 64)
		if err != nil || id == 0 {
			return ""
		}
		return w.T("auditlog.fact."+name, "Name", s.who(data.UserID(id)))
	case fields:
		if value == "" {
			return ""
		}
		return w.T("auditlog.fact."+name, "Kinds", s.fieldNames(value))
	case word:
		if slices.Contains(known[name], value) {
			return w.T("auditlog.word." + name + "." + value)
		}
		return fold.OneLine(value, shown)
	}
	return ""
}

// fieldNames are kinds of fields, as an entry lists them, as the window calls
// them. A custom field's own name stands nowhere in the log.
func (s *speaker) fieldNames(list string) string {
	var out []string
	for _, kind := range strings.Split(list, ",") {
		f := data.Field(kind)
		name := fold.OneLine(kind, shown)
		if _, custom := f.CustomID(); custom {
			name = s.words.T("auditlog.custom_field")
		} else if slices.Contains(conditions.Columns(), f) {
			name = s.words.T("conditions.field." + kind)
		} else if kind == data.KindSearch {
			name = s.words.T("auditlog.search")
		}
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return strings.Join(out, ", ")
}

// said are the facts that the title of an entry has said already.
var said = map[data.AuditKind]map[string]bool{
	data.AuditOutboxChanged: {"what": true},
	data.AuditSignInFailed:  {"recovery": true},
}

// known are the values that there are words for.
var known = func() map[string][]string {
	texts := func(of ...any) (out []string) {
		for _, v := range of {
			out = append(out, fmt.Sprint(v))
		}
		return out
	}
	k := map[string][]string{
		"strictness": texts(data.StrictHalf, data.StrictTenth, data.StrictAlways),
		"what":       texts(data.ExportSelected, data.ExportFiltered, data.ExportAll),
		"format":     texts(data.ExportCSV, data.ExportPlainCSV, data.ExportWorkbook),
		"channel":    texts(data.ChannelEmail, data.ChannelWhatsApp),
	}
	for _, way := range data.Ways() {
		k["way"] = append(k["way"], string(way))
	}
	return k
}()

// all are the facts of an entry as they stand in the log.
func (s *speaker) all(e *data.Entry) string {
	var b strings.Builder
	for _, k := range slices.Sorted(maps.Keys(e.Facts)) {
		if v := e.Facts[k]; v != "" {
			b.WriteString(fold.OneLine(k, shown) + ": " + fold.OneLine(v, shown) + "\n")
		}
	}
	return strings.TrimRight(b.String(), "\n")
}
