package customers

import (
	"testing"

	"lethe/data"
)

func rights(kind data.RoleKind, ps ...data.Permission) data.Rights {
	role := data.Role{Kind: kind, Permissions: data.NewPermissionSet(ps...)}
	return data.Rights{User: 1, Kind: kind, Set: role.Granted()}
}

// TestControls is the table of every role in every state.
func TestControls(t *testing.T) {
	owner, second := rights(data.AccountOwner), rights(data.Owner)
	lead, member := rights(data.TeamLead), rights(data.TeamMember)
	support := rights(data.CustomRole, data.ViewAllCustomers, data.DeleteCustomers)
	exporter := rights(data.CustomRole, data.ExportCustomers)
	clerk := rights(data.CustomRole, data.ImportCustomers, data.ManageSegments, data.EditCustomers)
	nobody := data.Rights{}

	idle := situation{Total: 1714, Matching: 1714}
	fresh := situation{}
	imported := situation{Total: 1714, Matching: 1714, Imported: true}
	importedNarrowed := situation{Total: 1714, Matching: 146, Narrowed: true, Imported: true}
	narrowed := situation{Total: 1714, Matching: 146, Narrowed: true}
	nobodyMatches := situation{Total: 1714, Narrowed: true}
	waiting := situation{Total: 1714, Matching: 146, Narrowed: true, Busy: true}
	loading := situation{Total: 1714, Matching: 1714, Busy: true}
	some := situation{Total: 1714, Matching: 1714, Selected: 12}
	hiding := situation{Total: 1714, Matching: 146, Narrowed: true, Selected: 12, Hidden: 4}
	all := situation{Total: 1714, Matching: 146, Narrowed: true, Selected: 146}
	only := situation{Total: 1714, Matching: 146, Narrowed: true, Selected: 12, Only: true}
	selecting := situation{Total: 1714, Matching: 146, Narrowed: true, Selected: 12, Hidden: 4, Busy: true}

	mayDelete := controls{Checks: true, IdleHint: true, DeleteRow: usable}
	full := func(change func(*controls)) controls {
		c := mayDelete
		c.Import, c.Export, c.Add, c.DeleteAllPlace = usable, usable, usable, true
		change(&c)
		return c
	}
	helper := func(change func(*controls)) controls {
		c := mayDelete
		change(&c)
		return c
	}
	for _, test := range []struct {
		name string
		who  []data.Rights
		in   situation
		want controls
	}{
		{"idle", []data.Rights{owner, second}, idle, full(func(c *controls) { c.DeleteAll = usable })},
		{"idle", []data.Rights{support}, idle, mayDelete},
		{"idle", []data.Rights{lead, member, nobody}, idle, controls{}},
		{"idle", []data.Rights{clerk}, idle, controls{Import: usable, Add: usable}},
		{"empty", []data.Rights{owner, second}, fresh, full(func(c *controls) { c.DeleteAll, c.Export, c.IdleHint = greyed, greyed, false })},
		{"empty", []data.Rights{lead, member, nobody}, fresh, controls{}},
		{"loading", []data.Rights{owner, second}, loading, full(func(c *controls) { c.DeleteAll = greyed })},
		{"idle", []data.Rights{exporter}, idle, controls{Export: usable}},
		{"empty", []data.Rights{exporter}, fresh, controls{Export: greyed}},
		{"narrowed", []data.Rights{exporter}, narrowed, controls{Export: usable, Strip: stripNarrowed}},
		{"after an import", []data.Rights{owner, second}, imported, full(func(c *controls) { c.DeleteAll, c.UndoImport = usable, usable })},
		{"after an import", []data.Rights{clerk}, imported, controls{Import: usable, Add: usable, UndoImport: usable}},
		{"after an import", []data.Rights{support}, imported, mayDelete},
		{"after an import, narrowed", []data.Rights{clerk}, importedNarrowed, controls{Strip: stripNarrowed, Import: usable, Add: usable, CreateSegment: usable}},
		{"narrowed", []data.Rights{owner, second}, narrowed, full(func(c *controls) {
			c.Strip, c.CreateSegment, c.DeleteFiltered = stripNarrowed, usable, usable
		})},
		{"narrowed", []data.Rights{support}, narrowed, helper(func(c *controls) {
			c.Strip, c.DeleteFiltered = stripNarrowed, usable
		})},
		{"narrowed", []data.Rights{lead, member, nobody}, narrowed, controls{Strip: stripNarrowed}},
		{"narrowed", []data.Rights{clerk}, narrowed, controls{Strip: stripNarrowed, Import: usable, Add: usable, CreateSegment: usable}},
		{"nobody matches", []data.Rights{support}, nobodyMatches, helper(func(c *controls) {
			c.Strip, c.DeleteFiltered = stripNarrowed, greyed
		})},
		{"count not known yet", []data.Rights{support}, waiting, helper(func(c *controls) {
			c.Strip, c.DeleteFiltered = stripNarrowed, greyed
		})},
		{"selected", []data.Rights{owner, second}, some, full(func(c *controls) {
			c.Strip, c.DeleteSelected, c.SelectAll = stripSelected, usable, usable
		})},
		{"selected", []data.Rights{support}, hiding, helper(func(c *controls) {
			c.Strip, c.DeleteSelected, c.SelectAll, c.ShowHidden = stripSelected, usable, usable, usable
		})},
		{"all selected", []data.Rights{support}, all, helper(func(c *controls) {
			c.Strip, c.DeleteSelected = stripSelected, usable
		})},
		{"only the selected", []data.Rights{support}, only, helper(func(c *controls) {
			c.Strip, c.DeleteSelected, c.ShowHidden = stripSelected, usable, usable
		})},
		{"selected while an answer is under way", []data.Rights{support}, selecting, helper(func(c *controls) {
			c.Strip, c.DeleteSelected, c.SelectAll, c.ShowHidden = stripSelected, usable, greyed, usable
		})},
		{"a selection of before the right was taken away", []data.Rights{lead, member}, hiding, controls{Strip: stripNarrowed}},
	} {
		for _, who := range test.who {
			in := test.in
			in.Rights = who
			if got := controlsOf(in); got != test.want {
				t.Errorf("%s, %q:\n got %+v\nwant %+v", test.name, who.Kind, got, test.want)
			}
		}
	}
}

// TestNoDeleteControlWithoutTheRight goes through all situations.
func TestNoDeleteControlWithoutTheRight(t *testing.T) {
	counts := []int{0, 1, 146, 1714}
	for _, who := range []data.Rights{
		rights(data.TeamLead), rights(data.TeamMember),
		{},
		rights(data.CustomRole, data.EditCustomers, data.ManageSettings, data.ExportCustomers, data.ManageTeam),
		{User: 1, Kind: data.Owner}, // an Owner whose rights could not be read
	} {
		for n := range 1 << 3 {
			for _, selected := range counts {
				for _, matching := range counts {
					c := controlsOf(situation{
						Rights: who, Total: 1714, Matching: matching, Selected: selected,
						Narrowed: n&1 != 0, Only: n&2 != 0, Busy: n&4 != 0,
					})
					if c.DeleteAll != absent || c.DeleteFiltered != absent || c.DeleteSelected != absent ||
						c.DeleteRow != absent || c.DeleteAllPlace || c.Checks || c.Strip == stripSelected || c.IdleHint {
						t.Fatalf("%q: %+v", who.Kind, c)
					}
				}
			}
		}
	}
}
