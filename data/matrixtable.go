package data

import "strings"

// MatrixTable writes the permission matrix as a table of Markdown: predefined
// roles, and what a custom role needs, × operations. It is what README holds.
func MatrixTable() string {
	roles := []Role{{ID: 1, Kind: AccountOwner}, {ID: 2, Kind: Owner}, {ID: 3, Kind: TeamLead}, {ID: 4, Kind: TeamMember}}
	var b strings.Builder
	b.WriteString("| to … | Account Owner | Owner | Team Lead, Team Member | a custom role with | asked of |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, a := range Matrix() {
		if a.Who == WhoIsProgram {
			continue
		}
		var cells []string
		for _, r := range roles {
			yes := "–"
			if RightsOf(User{ID: 1, Role: r.ID, Active: true}, r).May(a.Operation) {
				yes = "yes"
			}
			cells = append(cells, yes)
		}
		lead := cells[2]
		if cells[3] != lead {
			lead += ", " + cells[3]
		}
		b.WriteString("| " + a.Does + " | " + cells[0] + " | " + cells[1] + " | " + lead + " | " + a.needs() + " | `" + string(a.Operation) + "` |\n")
	}
	return b.String()
}

// needs is what a custom role needs for it, in words.
func (a Access) needs() string {
	switch {
	case a.Who != WhoHas:
		return "can't be granted"
	case len(a.Needs) == 0:
		return "nothing"
	}
	var words []string
	for _, p := range a.Needs {
		words = append(words, "*"+p.title()+"*")
	}
	return strings.Join(words, ", ")
}

// title is the permission as product and documents call it.
func (p Permission) title() string {
	words := strings.Split(string(p), "_")
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, " ")
}
