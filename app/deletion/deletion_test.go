package deletion

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/data/view"
	"lethe/widgets/countdown"
)

// bench is a desk with customers on it and a clock for the countdown.
type bench struct {
	*desktest.Kit
	t    *testing.T
	ids  []data.CustomerID
	tick chan time.Time
	done []bool // what Done was told
}

func newBench(t *testing.T, customers int) *bench {
	t.Helper()
	b := &bench{Kit: desktest.New(t), t: t, tick: make(chan time.Time)}
	b.Real.Fill(t, b.Real.Owner, 919820100000, customers)
	b.Settle()
	b.ids = b.Real.IDs(t)
	return b
}

func (b *bench) ticks() (<-chan time.Time, func()) { return b.tick, func() {} }

var _ countdown.Ticks = (*bench)(nil).ticks

func (b *bench) start(way data.Way, ids ...data.CustomerID) *flow {
	b.t.Helper()
	req := Request{Way: way, IDs: ids, Done: func(deleted bool) { b.done = append(b.done, deleted) }}
	if way == data.WayFiltered {
		req.Filter = data.Filter{Conditions: []data.Condition{{Field: data.FieldCity, Op: data.OpAnyOf, Values: []string{"Surat"}}}}
		req.Words = "City is any of Surat"
	}
	f := start(b.Desk, req, b.ticks)
	if f.dialog == nil || !f.dialog.Shown() {
		b.t.Fatal("no dialog")
	}
	return f
}

// left is who is in the database, not on the screen.
func (b *bench) left() []data.CustomerID {
	b.t.Helper()
	b.Settle()
	return b.Real.IDs(b.t)
}

func (b *bench) wantLeft(want []data.CustomerID) {
	b.t.Helper()
	if got := b.left(); !slices.Equal(got, want) {
		b.t.Errorf("%d left, want %d", len(got), len(want))
	}
}

func without(all []data.CustomerID, gone ...data.CustomerID) []data.CustomerID {
	return slices.DeleteFunc(slices.Clone(all), func(id data.CustomerID) bool { return slices.Contains(gone, id) })
}

func press(f *flow) { test.Tap(f.dialog.ActionButton()) }

func TestOneRefusedAndAccepted(t *testing.T) {
	b := newBench(t, 30)
	f := b.start(data.WayOne, b.ids[3])
	if !f.dialog.CancelButton().Visible() || f.desk.Window.Canvas().Focused() != fyne.Focusable(f.dialog.CancelButton()) {
		t.Error("Cancel hasn't the focus")
	}
	test.Tap(f.dialog.CancelButton())
	b.wantLeft(b.ids)
	f = b.start(data.WayOne, b.ids[3])
	press(f)
	b.wantLeft(without(b.ids, b.ids[3]))
	if !f.deleted {
		t.Error("the flow doesn't know that it deleted")
	}
	test.Tap(f.dialog.CancelButton()) // Done
	if !slices.Equal(b.done, []bool{false, true}) {
		t.Errorf("Done was told %v", b.done)
	}
}

func TestEscapeRefuses(t *testing.T) {
	b := newBench(t, 30)
	f := b.start(data.WayOne, b.ids[0])
	f.dialog.CancelButton().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if f.dialog.Shown() {
		t.Error("Escape left the dialog open")
	}
	b.wantLeft(b.ids)
}

func TestManyTakeTheCountTyped(t *testing.T) {
	b := newBench(t, 60)
	f := b.start(data.WaySelected, b.ids[:25]...)
	press(f)
	b.wantLeft(b.ids)
	f.confirmation.count.SetText("26")
	press(f)
	b.wantLeft(b.ids)
	f.confirmation.count.SetText(" 25 ")
	press(f)
	b.wantLeft(b.ids[25:])
}

func TestUpToTwentyTakeNoTyping(t *testing.T) {
	b := newBench(t, 60)
	f := b.start(data.WaySelected, b.ids[:20]...)
	if f.confirmation.count != nil {
		t.Error("20 take their count typed")
	}
	press(f)
	b.wantLeft(b.ids[20:])
}

func TestFilteredDeletesWhatTheFilterMatches(t *testing.T) {
	b := newBench(t, 90)
	f := b.start(data.WayFiltered)
	f.confirmation.count.SetText("30")
	press(f)
	var stay []data.CustomerID
	for i, id := range b.ids {
		if i%3 != 0 { // every third lives in Surat
			stay = append(stay, id)
		}
	}
	b.wantLeft(stay)
}

func TestKeepTakesOneOutOfThePlan(t *testing.T) {
	b := newBench(t, 60)
	f := b.start(data.WaySelected, b.ids[:3]...)
	f.keepRow(b.ids[1])
	if n := f.plan.Summary().Count; n != 2 {
		t.Fatalf("the plan has %d", n)
	}
	press(f)
	b.wantLeft(without(b.ids, b.ids[0], b.ids[2]))
}

func TestDeleteAllTakesNameAndOTP(t *testing.T) {
	b := newBench(t, 40)
	b.Real.Enrol(t)
	b.Settle()
	f := b.start(data.WayAll)
	f.confirmation.name.SetText("Sharma")
	f.typeOTP(b.Real.Code())
	press(f)
	b.wantLeft(b.ids)
	f.confirmation.name.SetText("  sharma   TRADERS ")
	f.typeOTP("000000")
	press(f)
	if f.dialog.Error() == "" {
		t.Error("a wrong OTP isn't said to be wrong")
	}
	b.wantLeft(b.ids)
	f.typeOTP(b.Real.Code())
	press(f)
	b.wantLeft(b.ids) // it still counts down
	b.countDown(f)
	if e := f.dialog.Error(); e != "" {
		t.Error(e)
	}
	b.wantLeft(nil)
	out, err := b.Store.Outbox(t.Context(), b.Actor)
	if err != nil || len(out) != 2 {
		t.Errorf("%d messages prepared, %v", len(out), err)
	}
}

// typeOTP puts a code into the field as the person would.
func (f *flow) typeOTP(code string) {
	f.confirmation.code.Clear()
	for _, r := range code {
		f.confirmation.code.TypedRune(r)
	}
}

// countDown lets the five seconds pass.
func (b *bench) countDown(f *flow) {
	b.t.Helper()
	ran, run := make(chan struct{}), f.countdown.OnDone
	f.countdown.OnDone = func() {
		run()
		close(ran)
	}
	for range grace {
		b.tick <- time.Time{}
	}
	<-ran // fyne.Do runs it on the goroutine that counts
}

func TestStopInTheLastMoment(t *testing.T) {
	b := newBench(t, 40)
	b.Real.Enrol(t)
	b.Settle()
	f := b.start(data.WayAll)
	f.confirmation.name.SetText("Sharma Traders")
	f.typeOTP(b.Real.Code())
	press(f)
	b.tick <- time.Time{}
	f.dialog.CancelButton().OnTapped()
	if f.dialog.Shown() {
		t.Error("Stop left the dialog open")
	}
	b.wantLeft(b.ids)
}

func TestWithoutOTPsSetUpNothingLargeStarts(t *testing.T) {
	b := newBench(t, 40)
	f := start(b.Desk, Request{Way: data.WayAll}, b.ticks)
	if f.dialog != nil {
		t.Error("a dialog to delete opened")
	}
	b.wantLeft(b.ids)
}

func TestTypedConfirmations(t *testing.T) {
	for text, want := range map[string]bool{
		"1714": true, "1,714": true, " 1 714 ": true, "1.714": true,
		"": false, "1715": false, "17l4": false, "-1714": false,
	} {
		if countTyped(text, 1714) != want {
			t.Errorf("count %q: %v", text, !want)
		}
	}
	for text, want := range map[string]bool{
		"Café Noir": true, "cafe noir": true, "CAFE\u0301  NOIR": true, " Café Noir ": true,
		"": false, "Cafe": false, "Café Noire": false,
	} {
		if nameTyped(text, "Café Noir") != want {
			t.Errorf("name %q: %v", text, !want)
		}
	}
	if nameTyped("", "") {
		t.Error("an empty name was typed")
	}
}

func TestWordsOfTheDialogs(t *testing.T) {
	b := newBench(t, 1)
	row := &data.Row{Customer: data.Customer{
		Name: "Gauri\u202e Kul\nkarni", City: "Surat",
		LastSent: time.Date(2026, 2, 6, 9, 29, 0, 0, time.UTC),
	}, PhoneText: "+91 82999 95902"}
	one := describe(b.Words, situation{Row: row, Summary: data.Summary{
		Way: data.WayOne, Count: 1, Cascade: data.Cascade{Notes: 3, Interactions: 2},
	}})
	for _, c := range [][2]string{
		{one.Title, "Delete Gauri Kul karni?"},
		{one.Who[0], "+91 82999 95902 · Surat · last interaction 6 Feb 2026"},
		{one.Cascade, "Also deleted: 3 notes, 2 interactions."},
		{one.Final, "This can't be undone. There is no bin."},
		{one.Action, "Delete this customer"},
	} {
		if c[0] != c[1] {
			t.Errorf("%q, want %q", c[0], c[1])
		}
	}
	all := describe(b.Words, situation{Summary: data.Summary{
		Way: data.WayAll, Count: 1714, Cascade: data.Cascade{Notes: 2310, Interactions: 4120},
	}})
	for _, c := range [][2]string{
		{all.Title, "Delete all 1,714 customers?"},
		{all.Stay, "No customer stays."},
		{all.Cascade, "Also deleted: 2,310 notes, 4,120 interactions, all tags, segments and custom values."},
		{all.Action, "Delete all 1,714 customers"},
	} {
		if c[0] != c[1] {
			t.Errorf("%q, want %q", c[0], c[1])
		}
	}
}

func TestNobodyIsDeletedWithoutAName(t *testing.T) {
	for _, hidden := range []string{"", " ", "\u202e", "\u200b\u2060", "\n"} {
		row := &data.Row{Customer: data.Customer{Name: hidden, WhatsAppName: hidden}, PhoneText: "+91 ••••• ••204"}
		if got := titleOf(row); got != "+91 ••••• ••204" {
			t.Errorf("a name of %q is called %q", hidden, got)
		}
		row.WhatsAppName = "Gauri"
		if got := titleOf(row); got != "Gauri" {
			t.Errorf("a name of %q is called %q", hidden, got)
		}
	}
}

func TestTheListStandsInThePagesOrder(t *testing.T) {
	b := newBench(t, 30)
	f := start(b.Desk, Request{
		Way: data.WaySelected, IDs: b.ids[3:6], Order: view.Sort{Field: data.FieldName, Desc: true},
	}, b.ticks)
	if want := []data.CustomerID{b.ids[5], b.ids[4], b.ids[3]}; !slices.Equal(f.order, want) {
		t.Errorf("the list shows %v, want %v", f.order, want)
	}
}
