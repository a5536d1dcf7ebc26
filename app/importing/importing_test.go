package importing

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lethe/app/choice"
	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/data/store"
	"lethe/data/transfer"
	"lethe/widgets/listpick"
)

var (
	doubletick = filepath.Join("..", "..", "data", "sample", "doubletick-export-1714.csv")
	northwind  = filepath.Join("..", "..", "data", "transfer", "testdata", "northwind-customers.csv")
)

// write makes a file to import.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// held are the customers in the store, by phone.
func held(t *testing.T, k *desktest.Kit) map[data.Phone]data.Customer {
	t.Helper()
	out := map[data.Phone]data.Customer{}
	err := k.Real.Customers(t.Context(), k.Real.Owner, func(r *data.Row) error {
		out[r.Phone] = r.Customer
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func wantSays(t *testing.T, k *desktest.Kit, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !desktest.Says(k.Window, text) {
			t.Errorf("nothing says %q in %q", text, desktest.Texts(k.Window))
		}
	}
}

// list is the report's list, or nil.
func list(k *desktest.Kit) *listpick.List {
	for _, o := range desktest.Objects(k.Window) {
		if l, ok := o.(*listpick.List); ok {
			return l
		}
	}
	return nil
}

func choose(t *testing.T, s *choice.Select, value string) {
	t.Helper()
	s.Set(value)
	if s.Value() != value {
		t.Fatalf("no option %q among %q", value, s.Options)
	}
	s.OnChosen(value)
}

func TestDoubleTickExport(t *testing.T) {
	k := desktest.New(t)
	ended := 0
	start(k.Desk, doubletick, func() { ended++ })
	wantSays(t, k, "Map Columns", "1,714 rows in the file.", "Gauri Kulkarni", "+91 82999 95902")
	desktest.Press(t, k.Window, "Cancel")
	if len(held(t, k)) != 0 || ended != 1 || k.Window.Canvas().Overlays().Top() != nil {
		t.Fatalf("cancelled: %d held, ended %d times", len(held(t, k)), ended)
	}

	start(k.Desk, doubletick, func() { ended++ })
	desktest.Press(t, k.Window, "Import 1,714 rows")
	got := held(t, k)
	if len(got) != 1714 || got[918299995902].Name != "Gauri Kulkarni" {
		t.Fatalf("%d customers", len(got))
	}
	wantSays(t, k, "What became of the 1,714 rows of doubletick-export-1714.csv", "1,714 added")
	if list(k) != nil {
		t.Error("lines are listed where all rows came in")
	}
	desktest.Press(t, k.Window, "Done")
	if ended != 2 || k.Window.Canvas().Overlays().Top() != nil || k.Said[len(k.Said)-1] != "1,714 customers added." {
		t.Errorf("ended %d times, said %q", ended, k.Said)
	}
	k.Settle()
	start(k.Desk, doubletick, nil)
	wantSays(t, k, "1,714 are in the list already and stay as they are.")
	desktest.Press(t, k.Window, "Import 1,714 rows")
	wantSays(t, k, "1,714 in the list already, left as they are")
	if n := list(k).Count(); n != 1+1714 {
		t.Errorf("%d lines", n)
	}
	desktest.Press(t, k.Window, "Done")
}

func TestNorthwindAddsUp(t *testing.T) {
	k := desktest.New(t)
	f := start(k.Desk, northwind, nil)
	wantSays(t, k, "91 rows in the file.", "24 have no phone number that can be used and are refused.")
	var sum *tally
	rows := map[int]bool{}
	desktest.Press(t, k.Window, "Import 67 rows")
	if f.form != nil || f.table != nil {
		t.Error("the file is still open")
	}
	if n := len(held(t, k)); n != 67 {
		t.Fatalf("%d held", n)
	}
	wantSays(t, k, "What became of the 91 rows", "67 added", "24 refused", "19 rows that came in")
	if n := list(k).Count(); n != 1+24+1+19 {
		t.Errorf("%d lines listed", n)
	}
	desktest.Press(t, k.Window, "Done")

	// Every row is accounted for, by its line.
	table, err := transfer.Open(t.Context(), northwind)
	if err != nil {
		t.Fatal(err)
	}
	defer table.Close()
	sum = newTally(nil, true)
	if err := table.Records(t.Context(), table.Guess(), "IN", func(r transfer.Record) error {
		if sum.take(&r) {
			rows[r.Line] = true
			if _, ok := held(t, k)[r.Customer.Phone]; !ok {
				t.Errorf("line %d is lost", r.Line)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, l := range sum.lines[refused] {
		rows[l.number] = true
	}
	if len(rows) != 91 || sum.rows != 91 || sum.count[usable]+sum.count[refused]+sum.count[twice] != 91 {
		t.Errorf("%d lines, %+v", len(rows), sum.count)
	}
}

const people = "Name,Phone,City,Town\nAsha,98200 00101,Pune,Pune\nRavi,98200 00102,,\nAsha again,+91 98200 00101,Surat,\nNobody,12,,\n"

func TestSkipAndUpdate(t *testing.T) {
	k := desktest.New(t)
	k.Real.Fill(t, k.Real.Owner, 919820000101, 1) // …102, in Surat
	k.Settle()
	path := write(t, "people.csv", people)
	f := start(k.Desk, path, nil)
	wantSays(t, k, "4 rows in the file. 1 is in the list already and stays as it is. "+
		"1 repeats a phone number of the file and is skipped. 1 has no phone number that can be used and is refused.")
	choose(t, f.form.mode, string(store.ImportUpdate))
	wantSays(t, k, "1 is in the list already. 1 of them changes.", "Empty cells change nothing.")
	choose(t, f.form.mode, string(store.ImportSkip))
	desktest.Press(t, k.Window, "Import 2 rows")
	wantSays(t, k, "1 added", "1 in the list already, left as they are", "1 skipped: same phone number as a row before", "1 refused")
	got := held(t, k)
	if len(got) != 2 || got[919820000102].Name != "Customer 000000 Person" || got[919820000101].City != "Pune" {
		t.Errorf("held %+v", got)
	}
	desktest.Press(t, k.Window, "Done")

	k.Settle()
	f = start(k.Desk, path, nil)
	choose(t, f.form.mode, string(store.ImportUpdate))
	desktest.Press(t, k.Window, "Import 2 rows")
	wantSays(t, k, "1 in the list already, updated", "1 in the list already, nothing new in the file")
	if got := held(t, k)[919820000102]; got.Name != "Ravi" || got.City != "Surat" {
		t.Errorf("updated to %+v", got)
	}
}

func TestMappingIsChecked(t *testing.T) {
	k := desktest.New(t)
	f := start(k.Desk, write(t, "people.csv", people), nil)
	choose(t, f.form.columns.choices[3], string(data.FieldCity))
	wantSays(t, k, "“City” and “Town” are both City.")
	if !f.dialog.ActionButton().Disabled() {
		t.Error("a wrong mapping can be imported")
	}
	choose(t, f.form.columns.choices[3], ignoreValue)
	choose(t, f.form.columns.choices[1], ignoreValue)
	wantSays(t, k, "No column is the Phone Number")
	choose(t, f.form.columns.choices[1], string(data.FieldPhone))
	f.form.country.Field.SetText("Nowhere")
	if !f.dialog.ActionButton().Disabled() {
		t.Error("no country, and it can be imported")
	}
	f.form.country.Field.SetText("India")
	desktest.Press(t, k.Window, "Import 2 rows")
	if n := len(held(t, k)); n != 2 {
		t.Errorf("%d held", n)
	}
}

func TestRegionDecidesPhones(t *testing.T) {
	k := desktest.New(t)
	f := start(k.Desk, write(t, "us.csv", "Name,Phone\nAnn,(415) 555-2671\n"), nil)
	f.form.country.Field.SetText("United States")
	desktest.Press(t, k.Window, "Import 1 row")
	if _, ok := held(t, k)[14155552671]; !ok {
		t.Errorf("held %v", held(t, k))
	}
}

func TestFilesThatCantBeRead(t *testing.T) {
	k := desktest.New(t)
	good := write(t, "good.csv", people)
	for name, c := range map[string]struct{ path, says string }{
		"empty":    {write(t, "empty.csv", ""), "empty.csv holds no customers"},
		"binary":   {write(t, "picture.csv", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x00"), "picture.csv is no list of customers"},
		"workbook": {write(t, "list.xlsx", "PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00\x00\x00"), "list.xlsx is damaged"},
		"old":      {write(t, "list.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"+"W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00"), "list.xls is a workbook of a kind"},
		"locked":   {write(t, "list.xlsx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"+"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"), "list.xlsx is locked by a password"},
		"folder":   {t.TempDir(), "can’t be read"},
		"missing":  {filepath.Join(t.TempDir(), "gone.csv"), "isn’t there any more"},
	} {
		t.Run(name, func(t *testing.T) {
			ended := 0
			start(k.Desk, c.path, func() { ended++ })
			wantSays(t, k, "This file can’t be imported", c.says)
			k.Answers.OpenPath = good
			desktest.Press(t, k.Window, "Choose another file")
			wantSays(t, k, "What are the columns of good.csv?")
			desktest.Press(t, k.Window, "Cancel")
			if ended != 1 {
				t.Errorf("ended %d times", ended)
			}
		})
	}
	if len(held(t, k)) != 0 {
		t.Error("something came in")
	}
	start(k.Desk, write(t, "no.csv", "Name,Email\nAsha,asha@example.com\n"), nil)
	wantSays(t, k, "No column is the Phone Number", "Choose another file")
	desktest.Press(t, k.Window, "Cancel")
	ended := false
	k.Answers.OpenPath = ""
	start(k.Desk, "", func() { ended = true })
	if !ended || k.Window.Canvas().Overlays().Top() != nil {
		t.Error("a cancelled choice of a file doesn’t end the import")
	}
}

func TestRoles(t *testing.T) {
	owner := desktest.New(t)
	owner.Real.Fill(t, owner.Real.Owner, 919820000101, 1)
	file := write(t, "people.csv", strings.ReplaceAll(people, "Town", "Shoe size"))

	importer := owner.As(t, owner.Real.Add(t, "Ravi", owner.Real.Role(t, "Importer",
		data.ImportCustomers, data.ViewAllCustomers, data.ViewPhoneNumbers)))
	f := start(importer.Desk, file, nil)
	wantSays(t, importer, "Left out, because your role can’t add fields: Shoe size.", "They stay as they are.")
	if f.form.mode != nil {
		t.Error("who may not edit can choose to update")
	}
	desktest.Press(t, importer.Window, "Cancel")

	// The right to import brings that to see everybody, so the preview can count.
	bare := owner.As(t, owner.Real.Add(t, "Mira", owner.Real.Role(t, "Import only", data.ImportCustomers)))
	start(bare.Desk, file, nil)
	wantSays(t, bare, "in the list already")
	desktest.Press(t, bare.Window, "Import 2 rows")
	wantSays(t, bare, "1 added", "1 in the list already, left as they are")
	desktest.Press(t, bare.Window, "Done")

	reader := owner.As(t, owner.Real.Add(t, "Lee", owner.Real.Role(t, "Reader", data.ViewAllCustomers, data.ViewPhoneNumbers)))
	start(reader.Desk, file, nil)
	wantSays(t, reader, "Your role doesn’t allow that.")
	if desktest.Offers(reader.Window, "Choose another file") {
		t.Error("who may not import is offered another file")
	}
}

func TestNewFieldsComeIn(t *testing.T) {
	k := desktest.New(t)
	start(k.Desk, write(t, "people.csv", "Name,Phone,Shoe size\nAsha,9820000101,39\n"), nil)
	wantSays(t, k, "Custom field “Shoe size”")
	desktest.Press(t, k.Window, "Import 1 row")
	fields, err := k.Real.Fields(t.Context(), k.Real.Owner)
	if err != nil || len(fields) != 1 || held(t, k)[919820000101].Custom[fields[0].ID] != "39" {
		t.Errorf("fields %+v, held %+v, %v", fields, held(t, k), err)
	}
}

// What a field of some kind can't hold goes to the customer's note, and the
// report says so of the line; what it can hold comes in as it is kept.
func TestValuesThatAFieldCantHoldAreReported(t *testing.T) {
	k := desktest.New(t)
	for _, f := range []data.CustomField{
		{Name: "Spent", Kind: data.FieldNumber},
		{Name: "Joined", Kind: data.FieldDate},
		{Name: "Size", Kind: data.FieldList, Options: []string{"Small", "Large"}},
	} {
		if _, err := k.Store.AddField(t.Context(), k.Actor, f); err != nil {
			t.Fatal(err)
		}
	}
	k.Settle()
	start(k.Desk, write(t, "people.csv", "Name,Phone,Spent,Joined,Size\n"+
		"Asha,9820000101,\"1,00,000.50\",13/4/2025,large\nRavi,9820000102,much,soon,Huge\n"), nil)
	wantSays(t, k, "Custom field “Spent”", "Custom field “Joined”", "Custom field “Size”")
	desktest.Press(t, k.Window, "Import 2 rows")
	wantSays(t, k, "2 added", "Spent: doesn’t fit its field, kept in a note", "Size: doesn’t fit its field, kept in a note")
	fields, err := k.Real.Fields(t.Context(), k.Real.Owner)
	if err != nil || len(fields) != 3 {
		t.Fatal(fields, err)
	}
	got := held(t, k)
	for i, want := range []string{"100000.5", "2025-04-13", "Large"} {
		if v := got[919820000101].Custom[fields[i].ID]; v != want {
			t.Errorf("%s holds %q, want %q", fields[i].Name, v, want)
		}
	}
	ravi := got[919820000102]
	d, err := k.Real.Details(t.Context(), k.Real.Owner, ravi.ID)
	if err != nil || len(ravi.Custom) != 0 || len(d.Notes) != 1 || d.Notes[0].Text != "Spent: much\nJoined: soon\nSize: Huge" {
		t.Errorf("%+v, %v", d, err)
	}
}

func TestHostileNames(t *testing.T) {
	k := desktest.New(t)
	long := strings.Repeat("x", 9000)
	path := write(t, "odd.csv", fmt.Sprintf("Name,Phone,%s\n\"a\u202eb\nc\",9820000101,%s\n%s,12,y\n", long, long, long))
	start(k.Desk, path, nil)
	for _, text := range desktest.Texts(k.Window) {
		if len([]rune(text)) > 400 || strings.ContainsRune(text, '\u202e') {
			t.Errorf("shows %.60q", text)
		}
	}
	desktest.Press(t, k.Window, "Import 1 row")
	for _, text := range desktest.Texts(k.Window) {
		if len([]rune(text)) > 400 {
			t.Errorf("report shows %.60q", text)
		}
	}
}

func TestCountsBeyondTheLinesKept(t *testing.T) {
	sum := newTally(nil, true)
	for i := range maxLines + 5 {
		sum.take(&transfer.Record{Line: i + 1, Refused: transfer.ReasonNoPhone})
	}
	if sum.count[refused] != maxLines+5 || sum.rows != maxLines+5 || len(sum.lines[refused]) != maxLines {
		t.Errorf("%d counted, %d lines", sum.count[refused], len(sum.lines[refused]))
	}
}
