package desk

import (
	"log/slog"
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"

	"lethe/data"
	"lethe/data/store/storetest"
)

// Whom the list begins with is kept for the same member of the same list alone,
// as ids.
func TestKeepFirst(t *testing.T) {
	s := storetest.New(t)
	prefs := test.NewTempApp(t).Preferences()
	d := &Desk{Store: s.Store, Actor: s.Owner, Clock: s.Clock.Now, Prefs: prefs, Log: slog.New(slog.DiscardHandler)}
	if err := d.read(t.Context()); err != nil {
		t.Fatal(err)
	}
	ids := make([]data.CustomerID, 100)
	for i := range ids {
		ids[i] = data.CustomerID(i + 1)
	}
	d.KeepFirst(ids)
	f, err := d.first(t.Context())
	if err != nil || !slices.Equal(f.IDs, ids[:KeepCount]) {
		t.Errorf("kept %v, %v", f.IDs, err)
	}
	other := storetest.New(t)
	e := &Desk{Store: other.Store, Actor: other.Owner, Clock: s.Clock.Now, Prefs: prefs, Log: d.Log}
	if err := e.read(t.Context()); err != nil {
		t.Fatal(err)
	}
	if f, err := e.first(t.Context()); err != nil || len(f.IDs) > 0 {
		t.Errorf("another list begins with %v, %v", f.IDs, err)
	}
}
