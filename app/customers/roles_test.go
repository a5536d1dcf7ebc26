package customers

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/data/store"
	"lethe/widgets/keys"
)

// deleteControls walks the window in all its states and lists what could
// start a deletion: buttons, actions in rows, menu items, keys.
func (s *seat) deleteControls(t *testing.T) []string {
	t.Helper()
	var out []string
	look := func(where string) {
		for _, o := range objects(s.kit.Window) {
			if b, ok := o.(*keys.Button); ok && strings.Contains(b.Text, "Delete") {
				out = append(out, where+": "+b.Text)
			}
			if b, ok := o.(*widget.Button); ok && strings.Contains(b.Text, "Delete") {
				out = append(out, where+": "+b.Text)
			}
			if l, ok := o.(*widget.Label); ok && strings.Contains(strings.ToLower(l.Text), "delete") {
				out = append(out, where+": "+l.Text)
			}
		}
		if strings.Contains(s.strip.bar.Text(), "delete") {
			out = append(out, where+": "+s.strip.bar.Text())
		}
		for _, target := range s.grid.Targets() {
			if strings.Contains(target.Name, "delete") || strings.Contains(target.Name, "check") {
				out = append(out, where+": "+target.Name)
			}
		}
		for _, m := range []*fyne.Menu{s.menu(0), s.bar.segmentMenu()} {
			for _, item := range m.Items {
				if strings.Contains(item.Label, "Delete") {
					out = append(out, where+": menu "+item.Label)
				}
			}
		}
		before := len(s.deleted)
		s.grid.FocusRow(0)
		s.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
		s.Key(&fyne.KeyEvent{Name: fyne.KeyDelete})
		s.deleteAll()
		s.deleteFiltered()
		s.deleteSelected()
		s.deleteOne(s.rows.ids[0])
		if len(s.deleted) > before {
			out = append(out, where+": a key or a call")
		}
	}
	look("idle")
	s.tick(0, 1, true)
	s.SelectAll()
	s.grid.TypedShortcut(&fyne.ShortcutSelectAll{})
	look("selected")
	s.unselect()
	s.tickValue(t, data.FieldCity, "Surat")
	look("narrowed")
	s.open(s.rows.ids[0])
	look("details")
	s.details.close()
	s.setFields()
	look("set fields")
	for top := s.kit.Window.Canvas().Overlays().Top(); top != nil; top = s.kit.Window.Canvas().Overlays().Top() {
		s.kit.Window.Canvas().Overlays().Remove(top)
	}
	s.kit.Window.Resize(fyne.NewSize(728, 500))
	s.toggleSide()
	look("small")
	return out
}

// TestDeleteControlsByRole: who may delete finds the controls, who may not
// finds none, anywhere.
func TestDeleteControlsByRole(t *testing.T) {
	k := desktest.New(t)
	few(t, k, "Gauri Kulkarni", "Dev Joshi", "Amit Rao", "Zoya Verma")
	add := func(name string, ps ...data.Permission) *store.Actor {
		return k.Real.Add(t, name, k.Real.Role(t, name, ps...))
	}
	for _, test := range []struct {
		name string
		who  *store.Actor
		may  bool
		all  bool
	}{
		{"account owner", k.Real.Owner, true, true},
		{"owner", member(t, k, data.Owner), true, true},
		{"custom with the right", add("Support", data.ViewAllCustomers, data.DeleteCustomers), true, false},
		{"team lead", member(t, k, data.TeamLead), false, false},
		{"team member", member(t, k, data.TeamMember), false, false},
		{"everything but deleting", add("Everything else",
			data.ViewAllCustomers, data.ViewPhoneNumbers, data.ViewCustomData, data.EditCustomers,
			data.ManageFieldSchema, data.ManageSegments, data.ImportCustomers, data.ExportCustomers,
			data.ViewTeam, data.ManageTeam, data.ViewAuditLog, data.ViewOutbox, data.ManageSettings, data.BackUp), false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := sit(t, k.As(t, test.who))
			if (s.button("Delete All") != nil) != test.all {
				t.Errorf("Delete All: want %v", test.all)
			}
			found := s.deleteControls(t)
			if test.may && len(found) < 10 {
				t.Errorf("only %q", found)
			}
			if !test.may && len(found) > 0 {
				t.Errorf("found %q", found)
			}
		})
	}
}

// TestRightsTakenAway: a role that loses the right loses the controls at once.
func TestRightsTakenAway(t *testing.T) {
	k := desktest.New(t)
	few(t, k, "Gauri Kulkarni", "Dev Joshi")
	who := k.Real.Add(t, "Kavya Nair", k.Real.Role(t, "Support", data.ViewAllCustomers, data.DeleteCustomers))
	s := sit(t, k.As(t, who))
	s.SelectAll()
	if s.selected.Len() != 2 {
		t.Fatal("nobody is selected")
	}
	in := s.situation()
	in.Rights = data.Rights{}
	if c := controlsOf(in); c.Strip == stripSelected || c.DeleteSelected != absent {
		t.Errorf("without rights: %+v", c)
	}
}

// TestMaskedRole: who doesn't see phone numbers sees none, and copies none.
func TestMaskedRole(t *testing.T) {
	k := desktest.New(t)
	few(t, k, "Gauri Kulkarni", "+91 98200 10002")
	who := k.Real.Add(t, "Kavya Nair", k.Real.Role(t, "No phones", data.ViewAllCustomers))
	s := sit(t, k.As(t, who))
	for row := range s.rows.ids {
		for _, f := range s.columns.all() {
			if cell := s.rows.Cell(row, string(f)); strings.Contains(cell.Text, "98200") {
				t.Errorf("%s shows %q", f, cell.Text)
			}
		}
		for _, item := range s.menu(row).Items {
			if strings.Contains(item.Label, "phone") {
				t.Errorf("the menu offers %q", item.Label)
			}
		}
	}
	s.open(s.rows.ids[0])
	for _, text := range texts(s.kit.Window) {
		if strings.Contains(text, "98200") {
			t.Errorf("the window shows %q", text)
		}
	}
}
