package deletion

import (
	"testing"

	"lethe/data"
	"lethe/data/store"
)

// TestAStalePlanSaysWhyAndShowsTheNewOne: what changed while the dialog was
// open is said, and only what is shown then goes.
func TestAStalePlanSaysWhyAndShowsTheNewOne(t *testing.T) {
	b := newBench(t, 60)
	f := b.start(data.WaySelected, b.ids[:5]...)
	b.note(b.ids[2])
	b.without(b.ids[4])
	press(f)
	b.wantLeft(without(b.ids, b.ids[4]))
	b.wantSaid(f, "The list changed while you were looking: 1 of these customers was changed, 1 is gone already. Here is the new one.")
	if n := f.plan.Summary().Count; n != 4 {
		t.Errorf("the new plan has %d", n)
	}
	press(f)
	b.wantLeft(b.ids[5:])
}

// Of a filter it is said who matches it now and who doesn't any more.
func TestAStaleFilterSaysWhoMatchesNow(t *testing.T) {
	b := newBench(t, 90) // every third lives in Surat
	f := b.start(data.WayFiltered)
	for _, id := range []data.CustomerID{b.ids[1], b.ids[2]} {
		b.move(id, "Surat")
	}
	b.move(b.ids[0], "Pune")
	b.without(b.ids[3])
	want := b.left()
	f.confirmation.count.SetText("30")
	press(f)
	b.wantLeft(want)
	b.wantSaid(f, "The list changed while you were looking: 1 of these customers was changed, 1 is gone already, "+
		"1 doesn’t match the filter any more, 2 more match the filter now. Here is the new one.")
	f.confirmation.count.SetText("30")
	press(f)
	for i, id := range b.ids {
		if i%3 == 0 && i != 0 || i == 1 || i == 2 {
			want = without(want, id)
		}
	}
	b.wantLeft(want)
}

func TestAChangeElsewhereIsSaidToBeNone(t *testing.T) {
	b := newBench(t, 90)
	f := b.start(data.WayFiltered)
	b.note(b.ids[1])
	f.confirmation.count.SetText("30")
	press(f)
	b.wantLeft(b.ids)
	b.wantSaid(f, "The list changed while you were looking, but not these customers. Confirm again.")
}

func TestDeleteAllSaysWhoCameIn(t *testing.T) {
	b := newBench(t, 15)
	b.Real.Enrol(t)
	b.Settle()
	f := b.start(data.WayAll)
	b.Real.Fill(t, b.Real.Owner, 919820900000, 2)
	b.Settle()
	f.confirmation.name.SetText("Sharma Traders")
	f.typeOTP(b.Real.Code())
	press(f)
	b.countDown(f)
	if n := len(b.left()); n != 17 {
		t.Errorf("%d left", n)
	}
	b.wantSaid(f, "The list changed while you were looking: 2 came in. Here is the new one.")
}

// A list that changes while it is sealed is not called a new one: none is shown.
func TestAListThatChangesAtTheClick(t *testing.T) {
	f := &flow{desk: newBench(t, 1).Desk}
	got := f.because(&data.StalePlan{Gone: 1}, nil, nil)
	if want := "The list changed at that very moment. Start again to see the new one."; got != want {
		t.Errorf("it says %q", got)
	}
}

func (b *bench) note(id data.CustomerID) {
	b.t.Helper()
	if err := b.Store.AddNote(b.t.Context(), b.Actor, id, "Called back"); err != nil {
		b.t.Fatal(err)
	}
	b.Settle()
}

func (b *bench) move(id data.CustomerID, city string) {
	b.t.Helper()
	d, err := b.Store.Details(b.t.Context(), b.Actor, id)
	if err == nil {
		err = b.Store.EditCustomer(b.t.Context(), b.Actor,
			data.Edit{Customer: id, Version: d.Row.Version, Texts: map[data.Field]string{data.FieldCity: city}}, "")
	}
	if err != nil {
		b.t.Fatal(err)
	}
	b.Settle()
}

// without deletes somebody behind the dialog's back.
func (b *bench) without(id data.CustomerID) {
	b.t.Helper()
	p, err := b.Store.Seal(b.t.Context(), b.Actor, store.SealRequest{Way: data.WayOne, IDs: []data.CustomerID{id}})
	if err == nil {
		_, err = b.Purger.Execute(b.t.Context(), b.Actor, p, nil, messages(b.Words, "x"), nil)
	}
	if err != nil {
		b.t.Fatal(err)
	}
	b.Settle()
}

func (b *bench) wantSaid(f *flow, want string) {
	b.t.Helper()
	if got := f.dialog.Error(); got != want {
		b.t.Errorf("it says %q,\nwant %q", got, want)
	}
}
