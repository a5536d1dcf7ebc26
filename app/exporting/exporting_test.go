package exporting

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lethe/app/choice"
	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/data/store/storetest"
	"lethe/data/view"
)

func wantSays(t *testing.T, k *desktest.Kit, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !desktest.Says(k.Window, text) {
			t.Errorf("nothing says %q in %q", text, desktest.Texts(k.Window))
		}
	}
}

// filled makes a desk in front of n customers.
func filled(t *testing.T, n int) *desktest.Kit {
	t.Helper()
	k := desktest.New(t)
	k.Real.Fill(t, k.Real.Owner, 919820100000, n)
	k.Settle()
	return k
}

func choose(t *testing.T, s *choice.Select, value string) {
	t.Helper()
	s.Set(value)
	if s.Value() != value {
		t.Fatalf("no option %q among %q", value, s.Options)
	}
	s.OnChosen(value)
}

func exportsOf(t *testing.T, k *desktest.Kit) []data.Export {
	t.Helper()
	all, err := k.Real.Exports(t.Context(), k.Real.Owner)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var onScreen = []data.Field{data.FieldName, data.FieldPhone, data.FieldCity, data.FieldActivity}

// Refused and accepted: what was chosen is what stands in the file, in the log
// and in the list of exports.
func TestExport(t *testing.T) {
	k := filled(t, 30)
	ids := k.Real.IDs(t)
	path := filepath.Join(t.TempDir(), "out")
	ended := 0
	req := Request{
		Selected: ids[3:5], Filter: data.Filter{Search: "Customer 00000"}, Matching: 10, Order: view.Sort{Field: data.FieldName},
		Columns: onScreen, Done: func() { ended++ },
	}
	f := start(k.Desk, req)
	wantSays(t, k, "Export customers", "The 2 selected", "As on screen (3)", "Excel workbook (.xlsx)", "goes into the audit log")
	desktest.Press(t, k.Window, "Export 2 customers")
	wantSays(t, k, "Enter your password.")
	f.form.password.SetText("not it at all")
	desktest.Press(t, k.Window, "Export 2 customers")
	wantSays(t, k, "That password isn’t right.")
	if len(k.Answers.Asked) != 0 {
		t.Error("a file is asked for, with a wrong password")
	}
	f.form.password.SetText(storetest.Password)
	desktest.Press(t, k.Window, "Export 2 customers") // no file is chosen
	desktest.Press(t, k.Window, "Cancel")
	if ended != 1 || len(exportsOf(t, k)) != 0 || f.form.password.Text() != "" {
		t.Errorf("ended %d times, %v", ended, exportsOf(t, k))
	}

	for _, c := range []struct {
		what    data.ExportScope
		columns string
		button  string
		lines   int
	}{
		{data.ExportSelected, columnsShown, "Export 2 customers", 2},
		{data.ExportFiltered, columnsAll, "Export 10 customers", 10},
		{data.ExportAll, columnsAll, "Export 30 customers", 30},
	} {
		k.Answers.SavePath = path + string(c.what)
		f = start(k.Desk, req)
		choose(t, f.form.scope, string(c.what))
		choose(t, f.form.columns, c.columns)
		choose(t, f.form.kind, string(data.ExportPlainCSV))
		f.form.password.SetText(storetest.Password)
		desktest.Press(t, k.Window, c.button)
		wantSays(t, k, "Exported", "they stay in it until you delete it")
		desktest.Press(t, k.Window, "Show in folder")
		desktest.Press(t, k.Window, "Close")
		b, err := os.ReadFile(k.Answers.SavePath + ".csv")
		if err != nil || strings.Count(string(b), "\r\n") != c.lines+1 {
			t.Fatalf("%s: %s, %v", c.what, b, err)
		}
		if head := "Name,Phone number,City\r\n"; (c.columns == columnsShown) != strings.HasPrefix(string(b), head) {
			t.Errorf("%s: begins %.60q", c.what, b)
		}
		if e := exportsOf(t, k)[0]; e.Count != c.lines || e.What != c.what || e.Format != data.ExportPlainCSV || e.File != data.FileThere {
			t.Errorf("%+v", e)
		}
	}
	if len(k.Opened) != 3 || !strings.HasPrefix(k.Opened[0], "file://") || k.Window.Canvas().Overlays().Top() != nil {
		t.Errorf("opened %q", k.Opened)
	}
	if got := exportsOf(t, k); len(got) != 3 {
		t.Errorf("%+v", got)
	}
}

func TestListOfExports(t *testing.T) {
	k := filled(t, 3)
	ShowList(k.Desk)
	wantSays(t, k, "Lethe has exported nothing so far.")
	desktest.Press(t, k.Window, "Close")
	dir := t.TempDir()
	for _, name := range []string{"first.xlsx", "second.xlsx"} {
		k.Answers.SavePath = filepath.Join(dir, name)
		f := start(k.Desk, Request{Columns: onScreen})
		f.form.password.SetText(storetest.Password)
		desktest.Press(t, k.Window, "Export 3 customers")
		desktest.Press(t, k.Window, "Close")
	}
	if err := os.Remove(filepath.Join(dir, "first.xlsx")); err != nil {
		t.Fatal(err)
	}
	start(k.Desk, Request{Columns: onScreen})
	desktest.Press(t, k.Window, "Earlier exports")
	wantSays(t, k, "Is it there?", "yes 23 Nov 2026 3 second.xlsx", "no 23 Nov 2026 3 first.xlsx")
	desktest.Press(t, k.Window, "Close")
	desktest.Press(t, k.Window, "Cancel")
}

func TestRoles(t *testing.T) {
	owner := filled(t, 3)
	reader := owner.As(t, owner.Real.Add(t, "Lee", owner.Real.Role(t, "Reader", data.ViewAllCustomers)))
	start(reader.Desk, Request{Columns: onScreen})
	wantSays(t, reader, "Nothing was exported", "Your role doesn’t allow that.")
	if desktest.Offers(reader.Window, "Earlier exports") {
		t.Error("the list of exports is offered")
	}
	desktest.Press(t, reader.Window, "Close")

	k := owner.As(t, owner.Real.Add(t, "Ravi", owner.Real.Role(t, "Exporter", data.ExportCustomers, data.ViewAllCustomers)))
	k.Answers.SavePath = filepath.Join(t.TempDir(), "masked.csv")
	f := start(k.Desk, Request{Columns: onScreen})
	wantSays(t, k, "Phone numbers are masked in the file")
	choose(t, f.form.kind, string(data.ExportCSV))
	f.form.password.SetText(storetest.Password)
	desktest.Press(t, k.Window, "Export 3 customers")
	desktest.Press(t, k.Window, "Close")
	b, err := os.ReadFile(k.Answers.SavePath)
	if err != nil || strings.Contains(string(b), "98201") || !strings.Contains(string(b), "••") {
		t.Errorf("%s, %v", b, err)
	}
}

func TestWhatCantBeWritten(t *testing.T) {
	k := filled(t, 3)
	f := start(k.Desk, Request{Columns: []data.Field{data.FieldName}})
	wantSays(t, k, "Without the Phone Number column")
	f.form.password.SetText(storetest.Password)
	for path, says := range map[string]string{
		filepath.Join(k.Store.Dir(), "keys"):                      "That folder holds Lethe’s own files.",
		filepath.Join(t.TempDir(), "no such folder", "list.xlsx"): "No file was written.",
	} {
		k.Answers.SavePath = path
		desktest.Press(t, k.Window, "Export 3 customers")
		wantSays(t, k, says)
	}
	desktest.Press(t, k.Window, "Cancel")
	if _, err := os.Stat(filepath.Join(k.Store.Dir(), "keys")); err != nil {
		t.Error(err)
	}

	empty := desktest.New(t)
	start(empty.Desk, Request{Columns: onScreen})
	for _, text := range desktest.Texts(empty.Window) {
		if text == "Exported" {
			t.Error("an empty list was exported")
		}
	}
	desktest.Press(t, empty.Window, "Cancel")
}
