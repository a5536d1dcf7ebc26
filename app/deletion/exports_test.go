package deletion

import (
	"os"
	"path/filepath"
	"testing"

	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/data/export"
	"lethe/data/store/storetest"
	"lethe/data/transfer"
	"lethe/widgets/countdown"
)

// What was exported and may still exist is named where customers are deleted.
func TestExportsAreNamed(t *testing.T) {
	k := desktest.New(t)
	k.Real.Enrol(t)
	k.Real.Fill(t, k.Real.Owner, 919820100000, 30)
	k.Settle()
	open := func(way data.Way) {
		t.Helper()
		req := Request{Way: way}
		if way != data.WayAll {
			req.IDs = k.Real.IDs(t)[:1]
		}
		start(k.Desk, req, countdown.EverySecond)
	}
	says := func(text string, want bool) {
		t.Helper()
		if got := desktest.Says(k.Window, text); got != want {
			t.Errorf("%q: %v, among %q", text, got, desktest.Texts(k.Window))
		}
	}
	open(data.WayAll)
	says("Copies that you exported or keep elsewhere are not deleted.", true)
	if desktest.Offers(k.Window, "Show exports") {
		t.Error("offers a list of nothing")
	}
	desktest.Press(t, k.Window, "Cancel")

	dir := t.TempDir()
	for _, name := range []string{"a.csv", "b.csv"} {
		if _, err := export.Write(t.Context(), k.Store, k.Actor, export.Request{
			Path: filepath.Join(dir, name), Format: data.ExportCSV, What: data.ExportAll, IDs: k.Real.IDs(t),
			Fields: transfer.ExportFields(nil), Password: storetest.Password,
		}, nil); err != nil {
			t.Fatal(err)
		}
	}
	open(data.WayAll)
	says("are not deleted: 2 exports since 23 Nov 2026.", true)
	desktest.Press(t, k.Window, "Show exports")
	says("Earlier exports", true)
	desktest.Press(t, k.Window, "Close")
	desktest.Press(t, k.Window, "Cancel")
	open(data.WayOne)
	says("2 exports since 23 Nov 2026 are not deleted.", true)
	desktest.Press(t, k.Window, "Cancel")
	if err := os.Remove(filepath.Join(dir, "a.csv")); err != nil {
		t.Fatal(err)
	}
	open(data.WaySelected)
	says("1 export since 23 Nov 2026 is not deleted.", true)
	desktest.Press(t, k.Window, "Cancel")

	// Who may delete and not export is told the number, not the files.
	support := k.As(t, k.Real.Add(t, "Ravi", k.Real.Role(t, "Support", data.ViewAllCustomers, data.DeleteCustomers)))
	start(support.Desk, Request{Way: data.WayOne, IDs: k.Real.IDs(t)[:1]}, countdown.EverySecond)
	if !desktest.Says(support.Window, "1 export since 23 Nov 2026 is not deleted.") || desktest.Offers(support.Window, "Show exports") {
		t.Errorf("%q", desktest.Texts(support.Window))
	}
	desktest.Press(t, support.Window, "Cancel")
}
