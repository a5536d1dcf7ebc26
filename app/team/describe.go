package team

import (
	"strings"

	"lethe/app/words"
	"lethe/data"
)

// summary says in a line what a role may do.
func summary(w *words.Words, r data.Role) string {
	switch r.Kind {
	case data.AccountOwner, data.Owner, data.TeamLead, data.TeamMember:
		return w.T("team.kind." + string(r.Kind))
	}
	names := names(w, r.Granted().Less(nil))
	if names == "" {
		return w.T("team.may_nothing")
	}
	return w.T("team.may", "What", names)
}

// names lists permissions by their names.
func names(w *words.Words, ps []data.Permission) string {
	var out []string
	for _, p := range ps {
		out = append(out, w.T("team.name."+string(p)))
	}
	return strings.Join(out, ", ")
}

// gainsAndLoses says what a change means for those whom it reaches.
func gainsAndLoses(w *words.Words, i data.RoleImpact) string {
	var out []string
	if len(i.Gains) > 0 {
		out = append(out, w.T("team.gains", "What", names(w, i.Gains)))
	}
	if len(i.Loses) > 0 {
		out = append(out, w.T("team.loses", "What", names(w, i.Loses)))
	}
	if len(out) == 0 {
		return w.T("team.same")
	}
	return strings.Join(out, "\n")
}

// whom lists members by name, as many as fit.
func whom(w *words.Words, members []data.User) string {
	const most = 8
	var out []string
	for i, u := range members {
		if i == most {
			out = append(out, w.N("team.and_more", len(members)-most))
			break
		}
		out = append(out, oneLine(u.Name))
	}
	return strings.Join(out, ", ")
}
