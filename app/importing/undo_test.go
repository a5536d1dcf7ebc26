package importing

import (
	"strings"
	"testing"

	"lethe/app/desk/desktest"
	"lethe/data"
)

// Refused, then accepted: exactly what the import added goes.
func TestUndoFromTheReport(t *testing.T) {
	k := desktest.New(t)
	k.Real.Fill(t, k.Real.Owner, 919820500000, 30)
	k.Settle()
	for _, accept := range []bool{false, true} {
		ended := 0
		start(k.Desk, write(t, "people.csv", "Name,Phone,City\nAsha,9820000101,Pune\nRavi,9820000102,Surat\nThere,9820500001,Goa\n"), func() { ended++ })
		desktest.Press(t, k.Window, "Import 3 rows")
		wantSays(t, k, "2 added", "1 in the list already, left as they are")
		k.Settle()
		desktest.Press(t, k.Window, "Undo this import")
		wantSays(t, k, "Undo this import, and delete the 2 customers that it added?", "30 customers stay.", "This can't be undone.")
		if desktest.Says(k.Window, "Type 2") || desktest.Says(k.Window, "OTP") || desktest.Offers(k.Window, "Keep") {
			t.Errorf("asks for more: %q", desktest.Texts(k.Window))
		}
		if !accept {
			desktest.Press(t, k.Window, "Cancel")
			if n := len(held(t, k)); n != 32 || ended != 1 {
				t.Fatalf("refused, and %d are held, ended %d times", n, ended)
			}
			// The next import finds everybody there, and has nothing to undo.
			start(k.Desk, write(t, "people.csv", "Name,Phone\nAsha,9820000101\n"), nil)
			desktest.Press(t, k.Window, "Import 1 row")
			if desktest.Offers(k.Window, "Undo this import") {
				t.Error("an import that added nobody can be undone")
			}
			desktest.Press(t, k.Window, "Done")
			delete2(t, k)
			continue
		}
		desktest.Press(t, k.Window, "Delete 2 customers")
		wantSays(t, k, "2 customers deleted. 30 stay.", "Checked: nothing left in Lethe's files.")
		desktest.Press(t, k.Window, "Done")
		if n := len(held(t, k)); n != 30 || ended != 1 {
			t.Errorf("%d are held, ended %d times", n, ended)
		}
	}
}

// delete2 takes the two away so that they can be added again.
func delete2(t *testing.T, k *desktest.Kit) {
	t.Helper()
	done, err := k.Store.LastImport(t.Context(), k.Actor)
	if err != nil {
		t.Fatal(err)
	}
	p, err := k.Purger.SealUndo(t.Context(), k.Actor, done.ID)
	if err == nil {
		_, err = k.Purger.Execute(t.Context(), k.Actor, p, nil, func(data.Receipt) (string, string) { return "", "" }, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	k.Settle()
}

// Who may import but not delete undoes their own import.
func TestUndoNeedsImportOnly(t *testing.T) {
	owner := desktest.New(t)
	k := owner.As(t, owner.Real.Add(t, "Ravi", owner.Real.Role(t, "Importer", data.ImportCustomers, data.ViewAllCustomers)))
	start(k.Desk, write(t, "people.csv", "Name,Phone\nAsha,9820000101\nRavi,9820000102\n"), nil)
	desktest.Press(t, k.Window, "Import 2 rows")
	k.Settle()
	desktest.Press(t, k.Window, "Undo this import")
	desktest.Press(t, k.Window, "Delete 2 customers")
	wantSays(t, k, "2 customers deleted.")
	if n := len(held(t, owner)); n != 0 {
		t.Errorf("%d are held", n)
	}
}

// The next file of the same shape is mapped as the person said; Lethe's own
// guess is one press away.
func TestAMappingIsRemembered(t *testing.T) {
	k := desktest.New(t)
	file := "Name,Phone,Where\nAsha,9820000101,Pune\n"
	f := start(k.Desk, write(t, "a.csv", file), nil)
	if desktest.Says(k.Window, "as you chose them") {
		t.Error("remembers what was never said")
	}
	choose(t, f.form.columns.choices[2], string(data.FieldCity))
	f.form.country.Field.SetText("Germany")
	f.form.country.Field.SetText("India")
	desktest.Press(t, k.Window, "Import 1 row")
	desktest.Press(t, k.Window, "Done")
	if held(t, k)[919820000101].City != "Pune" {
		t.Errorf("%+v", held(t, k))
	}

	f = start(k.Desk, write(t, "b.csv", strings.ReplaceAll(file, "0101", "0102")), nil)
	wantSays(t, k, "The columns are as you chose them for the last such file.")
	if f.form.columns.choices[2].Value() != string(data.FieldCity) {
		t.Errorf("%q", f.form.columns.choices[2].Value())
	}
	desktest.Press(t, k.Window, "Map afresh")
	f2 := f.form.columns.choices[2].Value()
	if f2 != customValue || desktest.Offers(k.Window, "Map afresh") {
		t.Errorf("afresh: %q", f2)
	}
	desktest.Press(t, k.Window, "Cancel")

	start(k.Desk, write(t, "c.csv", "Name,Phone,Whence\nAsha,9820000103,Pune\n"), nil)
	if desktest.Says(k.Window, "as you chose them") {
		t.Error("another shape is taken for the same")
	}
	desktest.Press(t, k.Window, "Cancel")
}

// A remembered custom field is left out for who may make none.
func TestARememberedMappingGrantsNothing(t *testing.T) {
	owner := desktest.New(t)
	file := "Name,Phone,Shoe size\nAsha,9820000101,39\n"
	start(owner.Desk, write(t, "a.csv", file), nil)
	desktest.Press(t, owner.Window, "Import 1 row")
	desktest.Press(t, owner.Window, "Undo this import")
	desktest.Press(t, owner.Window, "Delete 1 customer")
	desktest.Press(t, owner.Window, "Done")
	k := owner.As(t, owner.Real.Add(t, "Ravi", owner.Real.Role(t, "Importer", data.ImportCustomers, data.ViewAllCustomers)))
	start(k.Desk, write(t, "b.csv", file), nil)
	wantSays(t, k, "Left out, because your role can’t add fields: Shoe size.")
	desktest.Press(t, k.Window, "Import 1 row")
	wantSays(t, k, "1 added")
}
