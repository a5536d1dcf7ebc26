package deletion

import (
	"strings"

	"lethe/app/words"
	"lethe/data"
	"lethe/data/fold"
)

// nameLimit is how many letters of a name a dialog's title shows.
const nameLimit = 60

// about is what the dialog of a plan says, in its order from top to bottom.
type about struct {
	Title    string
	Who      []string // whom it takes, in words
	Warnings []string // what the person should know before
	Cascade  string   // what goes with them
	Stay     string   // who stays
	Kept     []string // of Delete All: what else is kept, and what isn't reached
	Final    string
	Action   string // the danger button
}

// situation is all that the words depend on.
type situation struct {
	Summary data.Summary
	Row     *data.Row // the customer, where it is one
	Words   string    // the filter's conditions
	Segment string    // the segment and who changed it last, or ""
	Hidden  int
	Holding data.Holding // the backups that hold them
	Own     bool         // the person sees their own customers only
}

// describe writes what the dialog says.
func describe(w *words.Words, s situation) about {
	sum := s.Summary
	a := about{Final: w.T("deletion.final")}
	a.Cascade = cascade(w, sum)
	a.Warnings = warnings(w, s)
	single := sum.Way == data.WayOne && s.Row != nil
	switch {
	case single:
		a.Title = w.T("deletion.one.title", "Name", titleOf(s.Row))
		a.Who = []string{oneLine(w, s.Row)}
		a.Final = w.T("deletion.final_no_bin")
		a.Action = w.T("deletion.one.action")
		if n := sum.Warn.Exports; n > 0 {
			a.Kept = []string{w.N("deletion.exports", n, "Date", w.Date(sum.Warn.ExportsSince))}
		}
		return a
	case sum.Way == data.WayAll:
		a.Title = w.N("deletion.all.title", sum.Count)
		a.Action = w.N("deletion.all.action", sum.Count)
		a.Stay = w.T("deletion.stay_nobody")
		a.Kept = append([]string{w.T("deletion.all.kept"), copies(w, sum.Warn)}, held(w, s.Holding)...)
		return a
	case sum.Way == data.WayUndo:
		a.Title = w.N("deletion.undo.title", sum.Count)
		a.Who = []string{w.T("deletion.undo.who")}
		if n := sum.Warn.Touched; n > 0 {
			a.Who = append(a.Who, w.N("deletion.undo.touched", n))
		}
	case sum.Way == data.WayFiltered:
		a.Title = w.N("deletion.filtered.title", sum.Count)
		a.Who = []string{w.T("deletion.filtered.who", "Conditions", s.Words)}
		if s.Segment != "" {
			a.Who = append(a.Who, s.Segment)
		}
	default:
		a.Title = w.N("deletion.selected.title", sum.Count)
	}
	a.Action = w.N("deletion.action", sum.Count)
	a.Stay = stay(w, sum.Stay, s.Own)
	if n := sum.Warn.Exports; n > 0 {
		a.Kept = []string{w.N("deletion.exports", n, "Date", w.Date(sum.Warn.ExportsSince))}
	}
	return a
}

// held says how many backups hold the customers.
func held(w *words.Words, h data.Holding) []string {
	var out []string
	if h.There > 0 {
		out = append(out, w.N("deletion.backups", h.There))
	}
	if h.Else > 0 {
		out = append(out, w.N("deletion.backups_elsewhere", h.Else))
	}
	return out
}

// copies says what Delete All doesn't reach.
func copies(w *words.Words, warn data.Warnings) string {
	if warn.Exports == 0 {
		return w.T("deletion.all.copies")
	}
	return w.N("deletion.all.exports", warn.Exports, "Date", w.Date(warn.ExportsSince))
}

// stay says how many stay: of the whole list, or of those whom the person sees.
func stay(w *words.Words, n int, own bool) string {
	switch {
	case own && n == 0:
		return w.T("deletion.stay_none_own")
	case own:
		return w.N("deletion.stay_own", n)
	case n == 0:
		return w.T("deletion.stay_nobody")
	}
	return w.N("deletion.stay", n)
}

// titleOf is what a dialog calls a customer: the first of name, WhatsApp name
// and phone number of which anything can be seen.
func titleOf(r *data.Row) string {
	for _, text := range []string{r.Name, r.WhatsAppName} {
		if t := strings.TrimSpace(fold.OneLine(text, nameLimit)); t != "" {
			return t
		}
	}
	return r.PhoneText
}

// oneLine is the line that tells a customer from others of the same name.
func oneLine(w *words.Words, r *data.Row) string {
	parts := []string{r.PhoneText}
	if r.City != "" {
		parts = append(parts, fold.OneLine(r.City, nameLimit))
	}
	if last := r.LastInteraction(); last.IsZero() {
		parts = append(parts, w.T("deletion.never"))
	} else {
		parts = append(parts, w.T("deletion.last", "Date", w.Date(last)))
	}
	return strings.Join(parts, " · ")
}

func cascade(w *words.Words, sum data.Summary) string {
	c := sum.Cascade
	var parts []string
	for _, p := range []struct {
		id string
		n  int
	}{{"deletion.notes", c.Notes}, {"deletion.interactions", c.Interactions}} {
		if p.n > 0 {
			parts = append(parts, w.N(p.id, p.n))
		}
	}
	switch {
	case sum.Way == data.WayAll:
		parts = append(parts, w.T("deletion.all.also"))
	case c.CustomValues > 0:
		parts = append(parts, w.N("deletion.custom_values", c.CustomValues))
	}
	if len(parts) == 0 {
		return ""
	}
	return w.T("deletion.also", "What", strings.Join(parts, ", "))
}

func warnings(w *words.Words, s situation) []string {
	warn := s.Summary.Warn
	var out []string
	if s.Hidden > 0 {
		out = append(out, w.N("deletion.hidden", s.Hidden))
	}
	if s.Summary.Count > 1 && warn.RecentlyInTouch > 0 {
		out = append(out, w.N("deletion.recent", warn.RecentlyInTouch, "Days", warn.RecentDays))
	}
	if warn.FollowUpsAhead > 0 && s.Summary.Count == 1 {
		out = append(out, w.T("deletion.follow_up_one"))
	} else if warn.FollowUpsAhead > 0 {
		out = append(out, w.N("deletion.follow_ups", warn.FollowUpsAhead))
	}
	if warn.MentionTexts > 0 {
		out = append(out, w.N("deletion.mentioned", warn.MentionTexts))
	}
	if warn.MentionNames > 0 {
		out = append(out, w.N("deletion.mentioned_names", warn.MentionNames))
	}
	if s.Summary.Count == 1 && len(warn.ChangedBy) == 1 {
		return append(out, w.T("deletion.changed_one", "Name", fold.OneLine(warn.ChangedBy[0].Name, nameLimit)))
	}
	if warn.ChangedLately > 0 {
		line := w.N("deletion.changed", warn.ChangedLately)
		for _, by := range warn.ChangedBy {
			line += w.T("deletion.changed_by", "Count", by.Count, "Name", fold.OneLine(by.Name, nameLimit))
		}
		out = append(out, line+w.T("deletion.changed_end"))
	}
	return out
}

// otpReason is why the Account Owner must agree.
func otpReason(w *words.Words, sum data.Summary) string {
	if sum.Way == data.WayAll {
		return w.T("deletion.otp.all")
	}
	if sum.Mark.Peak == 0 { // not told to who sees a part of the list only
		return w.T("deletion.otp.short")
	}
	return w.T("deletion.otp.reason", "Removed", sum.Mark.Removed+sum.Count, "Peak", sum.Mark.Peak)
}
