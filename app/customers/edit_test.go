package customers

import (
	"errors"
	"fmt"
	"image/png"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	dropdown "lethe/app/choice"
	"lethe/app/desk"
	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/data/store"
	"lethe/widgets/keys"
)

// shot writes what the window shows to a file of LETHE_SHOTS, to be looked at.
func shot(t *testing.T, w fyne.Window, name string) {
	t.Helper()
	dir := os.Getenv("LETHE_SHOTS")
	if dir == "" {
		return
	}
	f, err := os.Create(dir + "/" + name + ".png")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, w.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}

func (s *seat) input(t *testing.T, f data.Field) *input {
	t.Helper()
	if s.details.edit == nil {
		t.Fatal("nothing is edited")
	}
	for _, in := range s.details.edit.inputs {
		if in.field == f {
			return in
		}
	}
	t.Fatalf("no input for %s", f)
	return nil
}

// put types a value into a field, as a person does.
func (s *seat) put(t *testing.T, f data.Field, text string) {
	t.Helper()
	e, ok := s.input(t, f).focus.(*keys.Entry)
	if !ok {
		t.Fatalf("%s is no entry", f)
	}
	s.kit.Window.Canvas().Focus(e)
	e.SetText("")
	test.Type(e, text)
}

func (s *seat) stored(t *testing.T, id data.CustomerID) store.Details {
	t.Helper()
	d, err := s.kit.Real.Details(t.Context(), s.kit.Real.Owner, id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (s *seat) idOf(t *testing.T, name string) data.CustomerID {
	t.Helper()
	for _, id := range s.rows.ids {
		if r := s.rows.row(id); r != nil && r.Name == name {
			return id
		}
	}
	t.Fatalf("nobody is called %s", name)
	return 0
}

// editing opens the form of somebody in a list of three.
func editing(t *testing.T) (*seat, data.CustomerID) {
	t.Helper()
	k := desktest.New(t)
	few(t, k, "Gauri Kulkarni", "Dev Joshi", "Amit Rao")
	s := sit(t, k)
	id := s.idOf(t, "Dev Joshi")
	s.open(id)
	s.press(t, "Edit")
	return s, id
}

func TestEditACustomer(t *testing.T) {
	s, id := editing(t)
	if !s.details.edit.save.Disabled() {
		t.Error("nothing is changed, and yet it can be saved")
	}
	s.put(t, data.FieldName, "Dev Joshi-Patil")
	s.put(t, data.FieldCity, "Kochi")
	s.put(t, data.FieldFollowUp, "1/12/2026")
	s.put(t, data.FieldTags, "VIP")
	s.details.edit.finish()
	s.put(t, data.FieldEmail, "dev at example")
	shot(t, s.kit.Window, "edit-problem")
	s.press(t, "Save changes")
	s.kit.Settle()
	if got := s.stored(t, id).Row.Name; got != "Dev Joshi" {
		t.Fatalf("saved %q with a mail that is none", got)
	}
	s.put(t, data.FieldEmail, "dev@example.com")
	s.press(t, "Save changes")
	s.kit.Settle()
	row := s.stored(t, id).Row
	if row.Name != "Dev Joshi-Patil" || row.City != "Kochi" || row.Email != "dev@example.com" ||
		row.FollowUp != data.DateOf(time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)) || !slices.Equal(row.Tags, []string{"VIP"}) {
		t.Errorf("stored %+v", row)
	}
	if s.details.edit != nil || !desktest.Says(s.kit.Window, "Dev Joshi-Patil") {
		t.Error("the panel doesn't show what was saved")
	}
	if s.kit.Real.EditsLeft() {
		t.Error("the files were not cleaned of the old values")
	}
}

// A tag that is there already is offered while a part of it is typed, and taken
// with a click; its chip takes it away again. One that they have isn't offered.
func TestTagsAreCompleted(t *testing.T) {
	k := desktest.New(t)
	fillDemo(t, k)
	s := sit(t, k)
	var id data.CustomerID
	if err := k.Real.Customers(t.Context(), k.Real.Owner, func(r *data.Row) error {
		if id == 0 && len(r.Tags) == 0 {
			id = r.ID
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	s.open(id)
	s.press(t, "Edit")
	s.put(t, data.FieldTags, "bren")
	if !desktest.Offers(k.Window, "Brendon Travel") || desktest.Offers(k.Window, "Wholesale") {
		t.Fatalf("for “bren” it offers %q", desktest.Texts(k.Window))
	}
	var offer *keys.Button
	for _, o := range objects(k.Window) {
		if b, ok := o.(*keys.Button); ok && b.Visible() && b.Text == "Brendon Travel" {
			offer = b
		}
	}
	test.Tap(offer)
	s.put(t, data.FieldTags, "VIP,")
	if got := s.input(t, data.FieldTags).get(); !strings.Contains(got, "Brendon Travel") || !strings.Contains(got, "VIP") {
		t.Errorf("tags %q", got)
	}
	s.put(t, data.FieldTags, "bren")
	if n := countButtons(k.Window, "Brendon Travel"); n != 1 { // the chip
		t.Errorf("%d times “Brendon Travel”: it is offered once more", n)
	}
	s.put(t, data.FieldTags, "")
	s.press(t, "Brendon Travel")
	s.press(t, "Save changes")
	k.Settle()
	if got := s.stored(t, id).Row.Tags; !slices.Equal(got, []string{"VIP"}) {
		t.Errorf("stored %q", got)
	}
}

func countButtons(w fyne.Window, text string) (n int) {
	for _, o := range objects(w) {
		if b, ok := o.(*keys.Button); ok && b.Visible() && b.Text == text {
			n++
		}
	}
	return n
}

func TestPhoneIsCheckedAsItIsTyped(t *testing.T) {
	s, id := editing(t)
	in := s.input(t, data.FieldPhone)
	s.put(t, data.FieldPhone, "98200 10002x")
	s.press(t, "Save changes")
	if in.problem() == "" {
		t.Error("no number, and nothing is said")
	}
	s.put(t, data.FieldPhone, "98200 10001") // Gauri's
	if got := in.problem(); got != "Another customer has this number already." {
		t.Errorf("said %q", got)
	}
	s.put(t, data.FieldPhone, "98200 77777")
	s.press(t, "Save changes")
	s.kit.Settle()
	if got := s.stored(t, id).Row.Phone; got != 919820077777 {
		t.Errorf("stored %v", got)
	}
}

// Unsaved changes are asked about before another customer opens, at Escape and
// at the cross; kept, saved or given up.
func TestUnsavedChangesAreAskedAbout(t *testing.T) {
	s, id := editing(t)
	other := s.idOf(t, "Amit Rao")
	s.put(t, data.FieldName, "Changed")
	if !s.Unsaved() {
		t.Error("Unsaved says no")
	}
	s.open(other)
	shot(t, s.kit.Window, "edit-unsaved")
	s.press(t, "Keep editing")
	if s.details.id != id || s.details.edit == nil || s.input(t, data.FieldName).get() != "Changed" {
		t.Fatal("what was typed is lost")
	}
	s.Key(&fyne.KeyEvent{Name: fyne.KeyEscape})
	s.press(t, "Discard changes")
	if s.details.edit != nil || s.details.id != id || s.stored(t, id).Row.Name != "Dev Joshi" {
		t.Error("discarding doesn't lead back to what is stored")
	}
	s.press(t, "Edit")
	s.put(t, data.FieldName, "Kept")
	s.open(other)
	test.Tap(s.details.asking.ActionButton()) // Save changes
	s.kit.Settle()
	if got := s.stored(t, id).Row.Name; got != "Kept" || s.details.id != other || s.details.edit != nil {
		t.Errorf("stored %q; %d is open, want %d", got, s.details.id, other)
	}
	s.press(t, "Edit")
	s.Key(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if s.details.edit != nil {
		t.Error("nothing was changed, and yet it asks")
	}
}

// What another saves meanwhile comes into the form, and is said where both
// changed something.
func TestSomebodyElseEditsMeanwhile(t *testing.T) {
	s, id := editing(t)
	s.put(t, data.FieldName, "Mine")
	e := data.Edit{Customer: id, Version: s.stored(t, id).Row.Version, Texts: map[data.Field]string{
		data.FieldName: "Theirs", data.FieldCity: "Nagpur",
	}}
	if err := s.kit.Real.EditCustomer(t.Context(), s.kit.Real.Owner, e, ""); err != nil {
		t.Fatal(err)
	}
	s.kit.Settle()
	if got := s.input(t, data.FieldCity).get(); got != "Nagpur" {
		t.Errorf("the city that was left alone is %q", got)
	}
	if got := s.input(t, data.FieldName).get(); got != "Mine" || !desktest.Says(s.kit.Window, "Somebody else changed this to “Theirs” meanwhile.") {
		t.Errorf("the name is %q, or nothing is said", got)
	}
	shot(t, s.kit.Window, "edit-clash")
	s.press(t, "Save changes")
	s.kit.Settle()
	if row := s.stored(t, id).Row; row.Name != "Mine" || row.City != "Nagpur" {
		t.Errorf("stored %+v", row)
	}
}

// A change that the form hasn't heard of yet is refused, and nothing typed is
// lost.
func TestAConflictKeepsWhatWasTyped(t *testing.T) {
	s, id := editing(t)
	s.put(t, data.FieldName, "Mine")
	s.details.edit.base.Row.Version--
	s.press(t, "Save changes")
	s.kit.Settle()
	if got := s.stored(t, id).Row.Name; got != "Dev Joshi" || s.input(t, data.FieldName).get() != "Mine" {
		t.Errorf("stored %q", got)
	}
	s.press(t, "Save changes")
	s.kit.Settle()
	if got := s.stored(t, id).Row.Name; got != "Mine" {
		t.Errorf("stored %q", got)
	}
}

func TestACustomerWhoGoesWhileTheyAreEdited(t *testing.T) {
	s, id := editing(t)
	s.put(t, data.FieldName, "Mine")
	s.event(data.Event{Kind: data.CustomersChanged, Removed: []data.CustomerID{id}})
	if s.details.panel.Visible() || s.Unsaved() {
		t.Error("the form of somebody who is gone stays")
	}
}

func TestAddACustomer(t *testing.T) {
	k := desktest.New(t)
	few(t, k, "Gauri Kulkarni")
	s := sit(t, k)
	s.press(t, "Add")
	s.put(t, data.FieldName, "Zoya Verma")
	s.press(t, "Save changes")
	if len(k.Real.IDs(t)) != 1 {
		t.Fatal("added without a number")
	}
	shot(t, k.Window, "add-no-phone")
	s.put(t, data.FieldPhone, "98200 55555")
	s.put(t, data.FieldCity, "Su")
	if b := s.button("Surat"); b == nil {
		t.Error("a city of the list isn't offered")
	} else {
		test.Tap(b)
	}
	s.press(t, "Save changes")
	k.Settle()
	id := s.idOf(t, "Zoya Verma")
	if row := s.stored(t, id).Row; row.Phone != 919820055555 || row.City != "Surat" {
		t.Errorf("stored %+v", row)
	}
	if s.details.id != id || s.details.edit != nil {
		t.Error("the new customer isn't shown")
	}
}

func TestNotesOnThePage(t *testing.T) {
	s, id := editing(t)
	s.Key(&fyne.KeyEvent{Name: fyne.KeyEscape})
	dialogEntry := func() *keys.Entry {
		for _, o := range objects(s.kit.Window) {
			if e, ok := o.(*keys.Entry); ok && e.MultiLine && e.Visible() {
				return e
			}
		}
		t.Fatal("no entry for a note")
		return nil
	}
	confirm := func(text string) {
		t.Helper()
		var last *keys.Button
		for _, o := range objects(s.kit.Window) {
			if b, ok := o.(*keys.Button); ok && b.Visible() && b.Text == text {
				last = b
			}
		}
		if last == nil {
			t.Fatalf("no button %q", text)
		}
		test.Tap(last)
		s.kit.Settle()
	}
	s.press(t, "Add note")
	test.Type(dialogEntry(), "Likes blue parcels")
	shot(t, s.kit.Window, "note")
	confirm("Cancel")
	if s.kit.Window.Canvas().Overlays().Top() == nil {
		t.Error("a typed note is dropped by one Cancel")
	}
	confirm("Add note")
	if notes := s.stored(t, id).Notes; len(notes) != 1 || notes[0].Text != "Likes blue parcels" {
		t.Fatalf("stored %v", notes)
	}
	s.details.editNote(&s.details.found.Notes[0])
	dialogEntry().SetText("Likes green parcels")
	confirm("Save changes")
	if notes := s.stored(t, id).Notes; notes[0].Text != "Likes green parcels" {
		t.Fatalf("stored %v", notes)
	}
	s.details.scroll.ScrollToBottom()
	shot(t, s.kit.Window, "details-notes")
	s.details.removeNote(s.details.found.Notes[0])
	confirm("Cancel")
	if len(s.stored(t, id).Notes) != 1 {
		t.Error("removed by Cancel")
	}
	s.details.removeNote(s.details.found.Notes[0])
	confirm("Remove note")
	if len(s.stored(t, id).Notes) != 0 {
		t.Error("the note is still there")
	}

	s.press(t, "Log interaction")
	shot(t, s.kit.Window, "interaction")
	confirm("Log interaction")
	if list := s.stored(t, id).Interactions; len(list) != 1 || list[0].Kind != data.InteractionCall {
		t.Fatalf("stored %v", list)
	}
	s.details.removeInteraction(s.details.found.Interactions[0])
	confirm("Remove interaction")
	if list := s.stored(t, id).Interactions; len(list) != 0 {
		t.Errorf("stored %v", list)
	}
}

func TestBlockAndOptOut(t *testing.T) {
	s, id := editing(t)
	s.Key(&fyne.KeyEvent{Name: fyne.KeyEscape})
	click := func(text string) {
		t.Helper()
		for _, item := range s.details.moreMenu().Items {
			if item.Label == text {
				item.Action()
				s.kit.Settle()
				return
			}
		}
		t.Fatalf("no item %q", text)
	}
	click("Block")
	click("Mark as opted out")
	if row := s.stored(t, id).Row; !row.Blocked || !row.OptOut {
		t.Errorf("stored %+v", row)
	}
	click("Unblock")
	click("Mark as not opted out")
	if row := s.stored(t, id).Row; row.Blocked || row.OptOut {
		t.Errorf("stored %+v", row)
	}
}

// Each role refuses and accepts what it may.
func TestWhoEditsWhat(t *testing.T) {
	k := desktest.New(t)
	few(t, k, "Gauri Kulkarni 98200 44444", "Dev Joshi", "Amit Rao")
	field, err := k.Real.AddField(t.Context(), k.Real.Owner, data.CustomField{Name: "Stage", Kind: data.FieldText})
	if err != nil {
		t.Fatal(err)
	}
	stage := data.CustomFieldName(field)
	roles := map[string]*store.Actor{
		"lead":   member(t, k, data.TeamLead),
		"owner":  member(t, k, data.Owner),
		"editor": k.Real.Add(t, "Editor", k.Real.Role(t, "Editor", data.ViewAllCustomers, data.ViewPhoneNumbers, data.EditCustomers)),
		"blind":  k.Real.Add(t, "Blind", k.Real.Role(t, "Blind", data.ViewAllCustomers, data.EditCustomers, data.ViewCustomData)),
	}
	k.Settle()
	for _, name := range []string{"lead", "owner", "editor", "blind"} {
		t.Run(name, func(t *testing.T) {
			kit := k.As(t, roles[name])
			s := sit(t, kit)
			id := data.CustomerID(0)
			for _, one := range s.rows.ids {
				if strings.HasPrefix(s.rows.row(one).Name, "Gauri") {
					id = one
				}
			}
			s.open(id)
			if name == "lead" {
				for _, text := range []string{"Edit", "Add note", "Log interaction", "Add"} {
					if s.button(text) != nil {
						t.Errorf("a Team Lead has %q", text)
					}
				}
				s.Key(&fyne.KeyEvent{Name: fyne.KeyF2})
				if s.details.edit != nil {
					t.Error("F2 edits")
				}
				for _, item := range s.menu(0).Items {
					if item.Label == "Edit…" || item.Label == "Block" {
						t.Errorf("the menu has %q", item.Label)
					}
				}
				return
			}
			s.press(t, "Edit")
			shot(t, kit.Window, "edit-"+name)
			has := map[data.Field]bool{}
			for _, in := range s.details.edit.inputs {
				has[in.field] = in.focus != nil
			}
			sees := name != "blind"
			if has[data.FieldPhone] != sees || has[data.FieldName] != sees || has[stage] != (name != "editor") || !has[data.FieldCity] {
				t.Errorf("can be changed: %v", has)
			}
			if (s.button("Add") != nil) != sees {
				t.Error("who doesn't see numbers can add a customer, or the reverse")
			}
			s.put(t, data.FieldCompany, "Company of "+name)
			s.press(t, "Save changes")
			kit.Settle()
			if got := s.stored(t, id).Row; got.Company != "Company of "+name || got.Name != "Gauri Kulkarni 98200 44444" {
				t.Errorf("stored %+v", got)
			}
			kit.End()
		})
	}
}

// A changed number takes the Account Owner's OTP once half the list went.
func TestANumberThatTakesAnOTP(t *testing.T) {
	k := desktest.New(t)
	var names []string
	for i := range 22 {
		names = append(names, fmt.Sprintf("Customer %02d", i))
	}
	few(t, k, names...)
	k.Real.Enrol(t)
	s := sit(t, k)
	for i := range 11 {
		id := s.idOf(t, names[i])
		e := data.Edit{Customer: id, Version: s.stored(t, id).Row.Version, Phone: 918299990000 + data.Phone(i)}
		err := k.Real.EditCustomer(t.Context(), k.Real.Owner, e, "")
		if i < 10 && err != nil || i == 10 && !errors.Is(err, data.ErrOTPNeeded) {
			t.Fatal(i, err)
		}
	}
	k.Settle()
	id := s.idOf(t, names[15])
	s.open(id)
	s.press(t, "Edit")
	s.put(t, data.FieldPhone, "98765 43210")
	s.press(t, "Save changes")
	if !desktest.Says(k.Window, "A changed number counts as a customer removed.") {
		t.Fatal("no OTP is asked for")
	}
	shot(t, k.Window, "edit-otp")
	s.press(t, "Cancel")
	if s.stored(t, id).Row.Phone == 919876543210 || s.details.edit == nil {
		t.Error("the number changed without the OTP, or what was typed is lost")
	}
	s.press(t, "Save changes")
	for _, o := range objects(k.Window) {
		if f, ok := o.(interface {
			fyne.Focusable
			Complete() bool
		}); ok {
			for _, r := range k.Real.Code() {
				f.TypedRune(r)
			}
		}
	}
	s.press(t, "Change the number")
	k.Settle()
	if s.stored(t, id).Row.Phone != 919876543210 || s.details.edit != nil {
		t.Error("the right OTP doesn't change it")
	}
}

// What was typed when the window locked is there again for the same person.
func TestADraftOutlivesTheLock(t *testing.T) {
	k := desktest.New(t)
	few(t, k, "Gauri Kulkarni", "Dev Joshi")
	owner := member(t, k, data.Owner)
	k.Settle()
	drafts := &desk.Drafts{}
	k.Drafts = drafts
	s := sit(t, k)
	id := s.idOf(t, "Dev Joshi")
	s.open(id)
	s.press(t, "Edit")
	s.put(t, data.FieldName, "Half typ")
	s.Page.Close()

	other := k.As(t, owner)
	other.Drafts = drafts
	if theirs := sit(t, other); theirs.details.shown {
		t.Error("somebody else sees it")
	}
	other.End()
	back := k.As(t, k.Real.Owner)
	back.Drafts = drafts
	again := sit(t, back)
	if again.details.edit == nil || again.details.id != id || again.input(t, data.FieldName).get() != "Half typ" {
		t.Fatal("what was typed is lost")
	}
	again.press(t, "Save changes")
	if got := again.stored(t, id).Row.Name; got != "Half typ" {
		t.Errorf("stored %q", got)
	}
}

// A note that was being written when the window locked is there again too.
func TestANoteOutlivesTheLock(t *testing.T) {
	k := desktest.New(t)
	few(t, k, "Gauri Kulkarni")
	drafts := &desk.Drafts{}
	k.Drafts = drafts
	s := sit(t, k)
	id := s.rows.ids[0]
	s.open(id)
	s.press(t, "Add note")
	if s.Unsaved() {
		t.Error("nothing is typed yet")
	}
	entry := func(w fyne.Window) *keys.Entry {
		for _, o := range objects(w) {
			if e, ok := o.(*keys.Entry); ok && e.MultiLine && e.Visible() {
				return e
			}
		}
		t.Fatal("no entry for a note")
		return nil
	}
	test.Type(entry(k.Window), "Half a sent")
	if !s.Unsaved() {
		t.Error("Unsaved says no")
	}
	s.Page.Close()
	back := k.As(t, k.Real.Owner)
	back.Drafts = drafts
	again := sit(t, back)
	if again.details.id != id || entry(back.Window).Text != "Half a sent" {
		t.Error("what was typed is lost")
	}
}

// So is an interaction, whatever of it was typed; and the end of the program
// asks about it.
func TestAnInteractionOutlivesTheLock(t *testing.T) {
	k := desktest.New(t)
	few(t, k, "Gauri Kulkarni")
	k.Drafts = &desk.Drafts{}
	type fields struct {
		kind             *dropdown.Select
		day, clock, line *keys.Entry
	}
	find := func(w fyne.Window) (f fields) {
		t.Helper()
		var entries []*keys.Entry
		for _, o := range objects(w) { // the dialog's come last
			switch o := o.(type) {
			case *dropdown.Select:
				f.kind = o
			case *keys.Entry:
				entries = append(entries, o)
			}
		}
		n := len(entries)
		if n < 3 || f.kind == nil || w.Canvas().Overlays().Top() == nil {
			t.Fatal("no dialog of an interaction")
		}
		f.day, f.clock, f.line = entries[n-3], entries[n-2], entries[n-1]
		return f
	}
	for what, change := range map[string]func(fields){
		"kind": func(f fields) { f.kind.SetSelected("Visit") },
		"day":  func(f fields) { f.day.SetText("20 Nov 2026") },
		"time": func(f fields) { f.clock.SetText("9:") },
		"line": func(f fields) { f.line.SetText("Half a sent") },
	} {
		t.Run(what, func(t *testing.T) {
			here := k.As(t, k.Real.Owner)
			here.Drafts = k.Drafts
			s := sit(t, here)
			id := s.rows.ids[0]
			s.open(id)
			s.press(t, "Log interaction")
			if s.Unsaved() {
				t.Error("nothing is typed yet")
			}
			change(find(here.Window))
			f := find(here.Window)
			kind, day, clock, line := f.kind.Value(), f.day.Text, f.clock.Text, f.line.Text
			if !s.Unsaved() {
				t.Error("Unsaved says no")
			}
			s.Page.Close()

			back := k.As(t, k.Real.Owner)
			back.Drafts = k.Drafts
			again := sit(t, back)
			f = find(back.Window)
			if again.details.id != id || f.kind.Value() != kind || f.day.Text != day || f.clock.Text != clock || f.line.Text != line {
				t.Errorf("came back as %s, %q, %q, %q", f.kind.Value(), f.day.Text, f.clock.Text, f.line.Text)
			}
			if !again.Unsaved() {
				t.Error("back, Unsaved says no")
			}
		})
	}
}

// A field that is removed while the form is open leaves the rest of what was
// typed.
func TestAFieldGoesWhileItIsEdited(t *testing.T) {
	k := desktest.New(t)
	few(t, k, "Gauri Kulkarni")
	var fields []data.FieldID
	for _, name := range []string{"Stage", "Size"} {
		id, err := k.Real.AddField(t.Context(), k.Real.Owner, data.CustomField{Name: name, Kind: data.FieldText})
		if err != nil {
			t.Fatal(err)
		}
		fields = append(fields, id)
	}
	k.Settle()
	s := sit(t, k)
	id := s.rows.ids[0]
	s.open(id)
	s.press(t, "Edit")
	s.put(t, data.FieldCity, "Kochi")
	s.put(t, data.CustomFieldName(fields[0]), "Hot")
	s.put(t, data.CustomFieldName(fields[1]), "Large")
	if err := k.Real.RemoveField(t.Context(), k.Real.Owner, fields[0], data.FieldUse{}, ""); err != nil {
		t.Fatal(err)
	}
	k.Settle()
	if s.details.edit == nil || s.input(t, data.FieldCity).get() != "Kochi" {
		t.Fatal("what was typed is lost")
	}
	s.press(t, "Save changes")
	k.Settle()
	if row := s.stored(t, id).Row; row.City != "Kochi" || row.Custom[fields[1]] != "Large" || len(row.Custom) != 1 {
		t.Errorf("stored %+v", row)
	}
}
