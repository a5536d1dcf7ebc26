package importing

import (
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"lethe/app/choice"
	"lethe/app/desk/desktest"
)

func testdata(name string) string {
	return filepath.Join("..", "..", "data", "transfer", "testdata", name)
}

func TestWorkbook(t *testing.T) {
	k := desktest.New(t)
	start(k.Desk, testdata("doubletick-export-1714.xlsx"), nil)
	wantSays(t, k, "Map Columns", "1,714 rows in the file.", "+91 82999 95902")
	if desktest.Says(k.Window, "Sheet") {
		t.Error("a sheet is asked for, and there is one only")
	}
	desktest.Press(t, k.Window, "Import 1,714 rows")
	if got := held(t, k); len(got) != 1714 || got[918299995902].City != "Surat" {
		t.Errorf("%d customers", len(got))
	}
	wantSays(t, k, "1,714 added")
	desktest.Press(t, k.Window, "Done")
	k.Settle()
}

func TestSheetIsChosen(t *testing.T) {
	k := desktest.New(t)
	f := excelize.NewFile()
	defer f.Close()
	if _, err := f.NewSheet("Branch"); err != nil {
		t.Fatal(err)
	}
	for sheet, rows := range map[string][][2]any{
		"Sheet1": {{"Name", "Phone"}, {"Asha", 9820000101}},
		"Branch": {{"Name", "Phone"}, {"Ravi", 9820000102}, {"Lee", 9820000103}},
	} {
		for i, row := range rows {
			cell, err := excelize.CoordinatesToCellName(1, i+1)
			if err == nil {
				err = f.SetSheetRow(sheet, cell, &[]any{row[0], row[1]})
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	path := filepath.Join(t.TempDir(), "shops.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	start(k.Desk, path, nil)
	wantSays(t, k, "1 row in the file.", "1. Sheet1")
	for _, o := range desktest.Objects(k.Window) {
		if s, ok := o.(*choice.Select); ok && s.Value() == "Sheet1" {
			choose(t, s, "Branch")
			break
		}
	}
	desktest.Press(t, k.Window, "Import 2 rows")
	if got := held(t, k); len(got) != 2 || got[919820000103].Name != "Lee" {
		t.Errorf("%+v", got)
	}
}

func TestContactCards(t *testing.T) {
	k := desktest.New(t)
	f := start(k.Desk, testdata("iphone.vcf"), nil)
	wantSays(t, k, "Mobile", "Custom field “Nickname”", "Note")
	f.form.country.Field.SetText("United States")
	desktest.Press(t, k.Window, "Import 1 row")
	wantSays(t, k, "1 added", "picture, sound or key left out", "more numbers, kept in a note")
	d, err := k.Real.Details(t.Context(), k.Real.Owner, 1)
	if err != nil || d.Row.Phone != 19055551234 || len(d.Notes) != 1 || d.Row.Company != "IBM" {
		t.Errorf("%+v, %v", d, err)
	}
}
