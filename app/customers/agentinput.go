package customers

import (
	"slices"
	"strconv"
	"strings"

	dropdown "lethe/app/choice"
	"lethe/data"
	"lethe/data/fold"
	"lethe/data/phone"
)

// agentInput is the member in charge.
func (f *editForm) agentInput() *input {
	p := f.page
	sel := dropdown.New(nil, "", func(string) { f.changed() })
	id := func(r *data.Row) string { return strconv.FormatInt(int64(r.Agent), 10) }
	in := &input{field: data.FieldAgent, focus: sel, read: id, get: sel.Value}
	in.set = func(value string) {
		nobody := p.desk.Words.T("customers.edit.nobody")
		if f.base.Row.Agent == 0 && f.base.Row.AgentPhone != 0 {
			nobody = phone.Format(f.base.Row.AgentPhone)
		}
		options := []dropdown.Option{{Value: "0", Text: nobody}}
		seen := map[string]int{nobody: 1}
		for _, u := range p.memberIDs() {
			name := fold.OneLine(p.rows.agents[u], 60)
			if seen[name]++; seen[name] > 1 {
				name += " (" + strconv.Itoa(seen[name]) + ")"
			}
			options = append(options, dropdown.Option{Value: strconv.FormatInt(int64(u), 10), Text: name})
		}
		sel.SetList(options, value)
	}
	in.into = func(e *data.Edit, _ *data.Row) {
		n, err := strconv.ParseInt(in.get(), 10, 64)
		if err == nil {
			u := data.UserID(n)
			e.Agent = &u
		}
	}
	f.labelled(in, sel)
	return in
}

func (p *Page) memberIDs() []data.UserID {
	var out []data.UserID
	for u := range p.rows.agents {
		out = append(out, u)
	}
	slices.SortFunc(out, func(a, b data.UserID) int {
		if c := strings.Compare(fold.Fold(p.rows.agents[a]), fold.Fold(p.rows.agents[b])); c != 0 {
			return c
		}
		return int(a - b)
	})
	return out
}
