package auditlog

import (
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"lethe/app/look"
	"lethe/app/words"
	"lethe/data"
)

// verdict is what the check of the log found, in words, and in the colour that
// it is said in. A log with a break that was accepted is never called intact.
func (s *speaker) verdict(st data.LogState) (text string, colour fyne.ThemeColorName) {
	w := s.words
	sums := w.T("auditlog.sums", "Entries", w.N("auditlog.entries", int(st.Entries)), "Signed", w.Number(int(st.Countersigned)))
	text, colour = w.T("auditlog.intact", "Sums", sums), theme.ColorNameSuccess
	switch {
	case !st.Intact():
		text, colour = w.T("auditlog.broken", "Sums", sums, "Why", why(w, st)), look.ColorDanger
	case len(st.Accepted) > 0:
		text, colour = w.T("auditlog.nothing_else", "Sums", sums), theme.ColorNameWarning
	}
	for _, a := range st.Accepted {
		text += " " + w.T("auditlog.accepted", "Who", s.who(a.By), "When", w.DateTime(a.At), "Entry", w.Number(int(a.Entry)),
			"Why", why(w, data.LogState{Break: a.Break, From: a.From, To: a.To}))
	}
	return text, colour
}

// suspect tells whether an entry is among those of which the first that doesn't
// fit is one, accepted or not. Where entries are missing, those that took their
// numbers are not.
func suspect(s *data.LogState, seq int64) bool {
	if !s.Intact() && seq >= s.From && seq <= s.To {
		return true
	}
	for _, a := range s.Accepted {
		if a.Break != data.LogShort && seq >= a.From && seq <= a.To {
			return true
		}
	}
	return false
}

// why says where the log breaks and what that means.
func why(w *words.Words, s data.LogState) string {
	from, to := w.Number(int(s.From)), w.Number(int(s.To))
	switch s.Break {
	case data.LogChain:
		return w.T("auditlog.break.chain", "At", to)
	case data.LogSigned:
		return w.T("auditlog.break.signed", "From", from, "To", to)
	case data.LogKnown:
		return w.T("auditlog.break.known", "From", from, "To", to)
	case data.LogShort:
		return w.T("auditlog.break.short", "From", from, "To", to)
	case data.LogForged:
		return w.T("auditlog.break.forged", "At", to)
	}
	return w.T("auditlog.break.key")
}

var witness = regexp.MustCompile(`(?s)(\d{1,12})\D.*?\b([0-9a-fA-F]{16,64})\b`)

// readWitness finds the entry and the head that a confirmation or a
// certificate tells, in the line that somebody pasted.
func readWitness(text string) (data.KnownHead, bool) {
	text = strings.NewReplacer(",", "", "\u00a0", "", "\u202f", "").Replace(text)
	m := witness.FindStringSubmatch(text)
	if m == nil {
		return data.KnownHead{}, false
	}
	seq, err := strconv.ParseInt(m[1], 10, 64)
	head, err2 := hex.DecodeString(m[2][:len(m[2])&^1])
	if err != nil || err2 != nil || seq < 1 {
		return data.KnownHead{}, false
	}
	return data.KnownHead{Seq: seq, Head: head}, true
}
