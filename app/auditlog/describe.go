package auditlog

import (
	"maps"
	"slices"
	"strconv"
	"strings"

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

// manner is how a fact is put into words.
type manner int

const (
	number manner = iota + 1 // left out where it is 0
	flag                     // left out unless it is yes
	word                     // one of few
	person
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
	{"exported", number},
	{"added", number},
	{"updated", number},
	{"skipped", number},
	{"user", person},
	{"from", person},
	{"to", person},
	{"tries", number},
	{"came", number},
	{"went", number},
	{"customers", number},
	{"entries", number},
	{"pages", number},
	{"values", number},
	{"strictness", word},
	{"otp", flag},
	{"recovery", flag},
	{"rebuilt", flag},
	{"masked", flag},
	{"locked", flag},
}

// about is what an entry tells, in one line.
func (s *speaker) about(e *data.Entry) string {
	var out []string
	for _, f := range facts {
		value, ok := e.Facts[f.name]
		if !ok {
			continue
		}
		if text := s.fact(f.name, f.manner, value); text != "" {
			out = append(out, text)
		}
	}
	if kinds := e.Facts["filter"]; kinds != "" {
		out = append(out, s.words.T("auditlog.filter", "Kinds", fold.OneLine(strings.ReplaceAll(kinds, ",", ", "), shown)))
	}
	if len(out) == 0 {
		return s.kind(e.Kind)
	}
	return s.words.T("auditlog.line", "Kind", s.kind(e.Kind), "Facts", strings.Join(out, ", "))
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
		if err != nil {
			return ""
		}
		return w.T("auditlog.fact."+name, "Name", s.who(data.UserID(id)))
	case word:
		if slices.Contains(known[name], value) {
			return w.T("auditlog.word." + name + "." + value)
		}
		return fold.OneLine(value, shown)
	}
	return ""
}

// known are the values that there are words for.
var known = map[string][]string{
	"way":        {string(data.WayOne), string(data.WaySelected), string(data.WayFiltered), string(data.WayAll)},
	"strictness": {string(data.StrictHalf), string(data.StrictTenth), string(data.StrictAlways)},
}

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
