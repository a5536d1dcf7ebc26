package deletion

import (
	"strings"
	"testing"

	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/data/store"
)

// Who sees their own customers only is told how many of those stay, and that it
// is those; what the Account Owner reads is of the whole list.
func TestWhoStaysForWhoSeesTheirOwn(t *testing.T) {
	b := newBench(t, 40)
	ravi := b.Real.Add(t, "Ravi", b.Real.Role(t, "Own", data.DeleteCustomers, data.ViewPhoneNumbers))
	for i := range 5 {
		agent := ravi.User()
		row := &store.ImportRow{Customer: data.Customer{Phone: data.Phone(919840000000 + i), Name: "Ravi’s", Agent: agent}}
		if _, err := b.Real.Import(t.Context(), b.Real.Owner, store.ImportRequest{
			Mode: store.ImportSkip, Each: func(yield func(*store.ImportRow) error) error { return yield(row) },
		}, nil); err != nil {
			t.Fatal(err)
		}
	}
	b.Settle()
	all := b.Real.IDs(t)
	own := &bench{Kit: b.As(t, ravi), t: t, ids: all[40:], tick: b.tick}
	f := own.start(data.WaySelected, all[40:42]...)
	if !desktest.Says(own.Window, "3 of your customers stay.") || desktest.Says(own.Window, "43") {
		t.Errorf("%q", desktest.Texts(own.Window))
	}
	press(f)
	if !desktest.Says(own.Window, "2 customers deleted. 3 of your customers stay.") {
		t.Errorf("%q", desktest.Texts(own.Window))
	}
	b.wantLeft(without(all, all[40], all[41]))
	entries, err := b.Store.Audit(t.Context(), b.Actor, 3)
	if err != nil {
		t.Fatal(err)
	}
	written := ""
	for _, e := range entries {
		if e.Kind == data.AuditDelete {
			written = e.Facts["stay"]
		}
	}
	if written != "43" {
		t.Errorf("the log says that %q stay", written)
	}
	settings := b.Settings()
	settings.TellAlways = true
	if err := b.Store.SaveSettings(t.Context(), b.Actor, settings); err != nil {
		t.Fatal(err)
	}
	f = own.start(data.WaySelected, all[42:45]...)
	press(f)
	if !desktest.Says(own.Window, "3 customers deleted. None of your customers stays.") {
		t.Errorf("%q", desktest.Texts(own.Window))
	}
	out, err := b.Store.Outbox(t.Context(), b.Actor)
	if err != nil || len(out) == 0 || !strings.Contains(out[0].Body, "Still in the list: 40") {
		t.Errorf("%+v, %v", out, err)
	}
}
