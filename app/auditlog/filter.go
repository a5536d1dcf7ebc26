package auditlog

import (
	"slices"
	"strconv"
	"time"

	"lethe/data"
)

// narrow is what the list is narrowed to. The zero narrow is everything.
type narrow struct {
	person string // an id; "" for everybody
	kind   data.AuditKind
	days   int // the last so many; 0 for always
}

func (n narrow) none() bool { return n == narrow{} }

// takes tells whether an entry is in it. today is the beginning of today.
func (n narrow) takes(e *data.Entry, today time.Time) bool {
	switch {
	case n.person != "" && n.person != strconv.FormatInt(int64(e.Actor), 10):
		return false
	case n.kind != "" && n.kind != e.Kind:
		return false
	case n.days > 0 && e.At.Before(today.AddDate(0, 0, 1-n.days)):
		return false
	}
	return true
}

// periods are the times that one can narrow to, in days.
var periods = []int{1, 7, 30, 90, 365}

// people are those who stand in the log, in the order of their ids.
func people(entries []data.Entry) []data.UserID {
	var out []data.UserID
	seen := map[data.UserID]bool{}
	for i := range entries {
		if id := entries[i].Actor; !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// kindsOf are the kinds that stand in the log, in the order of their names.
func kindsOf(entries []data.Entry, name func(data.AuditKind) string) []data.AuditKind {
	var out []data.AuditKind
	seen := map[data.AuditKind]bool{}
	for i := range entries {
		if k := entries[i].Kind; !seen[k] {
			seen[k] = true
			out = append(out, k)
		}
	}
	slices.SortFunc(out, func(a, b data.AuditKind) int {
		x, y := name(a), name(b)
		switch {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	return out
}
