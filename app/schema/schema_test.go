package schema

import (
	"fmt"
	"image/png"
	"os"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/data/store"
	"lethe/widgets/keys"
)

// seat is both parts in a window.
type seat struct {
	kit    *desktest.Kit
	fields *Fields
	tags   *Tags
}

func sit(t *testing.T, k *desktest.Kit) *seat {
	t.Helper()
	s := &seat{kit: k, fields: NewFields(k.Desk), tags: NewTags(k.Desk)}
	k.Window.SetContent(container.NewVBox(append(s.fields.Objects(), s.tags.Objects()...)...))
	cancel := k.Listen(func(e data.Event) {
		if e.Kind == data.FieldsChanged {
			s.fields.Refresh()
			s.tags.Refresh()
		}
	})
	t.Cleanup(cancel)
	s.act(func() {
		s.fields.Refresh()
		s.tags.Refresh()
	})
	return s
}

func (s *seat) act(f func()) {
	f()
	s.kit.Settle()
}

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

func (s *seat) objects() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if o == nil || !o.Visible() {
			return
		}
		out = append(out, o)
		switch o := o.(type) {
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				walk(c)
			}
		}
	}
	if top := s.kit.Window.Canvas().Overlays().Top(); top != nil {
		walk(top)
	} else {
		walk(s.kit.Window.Content())
	}
	return out
}

// press presses the last button of that text on the layer on top.
func (s *seat) press(t *testing.T, text string) {
	t.Helper()
	var last *keys.Button
	for _, o := range s.objects() {
		if b, ok := o.(*keys.Button); ok && b.Text == text && !b.Disabled() {
			last = b
		}
	}
	if last == nil {
		t.Fatalf("no button %q that can be pressed", text)
	}
	s.act(func() { test.Tap(last) })
}

func (s *seat) has(text string) bool {
	return slices.ContainsFunc(s.objects(), func(o fyne.CanvasObject) bool {
		b, ok := o.(*keys.Button)
		return ok && b.Text == text
	})
}

// fill puts a text into the n-th entry on the layer on top.
func (s *seat) fill(t *testing.T, n int, text string) {
	t.Helper()
	for _, o := range s.objects() {
		if e, ok := o.(*keys.Entry); ok {
			if n == 0 {
				s.act(func() { e.SetText(text) })
				return
			}
			n--
		}
	}
	t.Fatal("no such entry")
}

func (s *seat) stored(t *testing.T) []data.CustomField {
	t.Helper()
	fields, err := s.kit.Real.Fields(t.Context(), s.kit.Real.Owner)
	if err != nil {
		t.Fatal(err)
	}
	return fields
}

// withStages gives n of the customers a value of the field.
func withStages(t *testing.T, k *desktest.Kit, field data.FieldID, n int) {
	t.Helper()
	for _, id := range k.Real.IDs(t)[:n] {
		d, err := k.Real.Details(t.Context(), k.Real.Owner, id)
		if err != nil {
			t.Fatal(err)
		}
		e := data.Edit{Customer: id, Version: d.Row.Version, Texts: map[data.Field]string{data.CustomFieldName(field): "Hot lead"}}
		if err := k.Real.EditCustomer(t.Context(), k.Real.Owner, e, ""); err != nil {
			t.Fatal(err)
		}
	}
	k.Settle()
}

func values(t *testing.T, k *desktest.Kit) int {
	t.Helper()
	n := 0
	if err := k.Real.Customers(t.Context(), k.Real.Owner, func(r *data.Row) error {
		n += len(r.Custom)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestFieldsAreMadeAndChanged(t *testing.T) {
	k := desktest.New(t)
	s := sit(t, k)
	s.press(t, "Add field")
	s.press(t, "Add field")
	if len(s.stored(t)) != 0 {
		t.Fatal("a field without a name")
	}
	s.fill(t, 0, "Lead Stage")
	for _, o := range s.objects() {
		if c, ok := o.(interface {
			Set(string)
			Value() string
		}); ok {
			s.act(func() { c.Set("list") })
		}
	}
	shot(t, k.Window, "field-new")
	s.press(t, "Cancel")
	if len(s.stored(t)) != 0 {
		t.Fatal("Cancel makes one")
	}
	id, err := k.Real.AddField(t.Context(), k.Real.Owner, data.CustomField{Name: "Lead Stage", Kind: data.FieldList, Options: []string{"Hot lead", "Cold"}})
	if err != nil {
		t.Fatal(err)
	}
	k.Settle()
	if len(s.fields.all) != 1 {
		t.Fatal("the list doesn't follow")
	}
	withAdd := func(name string) {
		s.press(t, "Add field")
		s.fill(t, 0, name)
		s.press(t, "Add field")
	}
	withAdd("lead stage")
	if len(s.stored(t)) != 1 || !desktest.Says(k.Window, "That name is taken already.") {
		t.Error("a name that is taken is taken")
	}
	s.press(t, "Cancel")
	withAdd("Birthday")
	if got := s.stored(t); len(got) != 2 || got[1].Name != "Birthday" || got[1].Kind != data.FieldText {
		t.Fatalf("stored %v", got)
	}
	s.act(func() { s.fields.change(s.fields.all[0]) })
	s.fill(t, 0, "Stage")
	s.fill(t, 1, "Hot lead\n\nWarm\nwarm")
	shot(t, k.Window, "field-change")
	s.press(t, "Save changes")
	if got := s.stored(t)[0]; got.ID != id || got.Name != "Stage" || !slices.Equal(got.Options, []string{"Hot lead", "Warm"}) {
		t.Errorf("stored %v", got)
	}
	shot(t, k.Window, "schema")
}

func TestRemovingAFieldSaysWhoLosesAValue(t *testing.T) {
	k := desktest.New(t)
	k.Real.Fill(t, k.Real.Owner, 919820100000, 30)
	field, err := k.Real.AddField(t.Context(), k.Real.Owner, data.CustomField{Name: "Stage", Kind: data.FieldText})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Real.AddSegment(t.Context(), k.Real.Owner, data.Segment{Name: "Hot ones", Filter: data.Filter{Conditions: []data.Condition{
		{Field: data.CustomFieldName(field), Op: data.OpAnyOf, Values: []string{"Hot lead"}},
	}}}); err != nil {
		t.Fatal(err)
	}
	withStages(t, k, field, 14)
	s := sit(t, k)
	open := func() {
		s.act(func() { s.fields.change(s.fields.all[0]) })
		s.press(t, "Remove field…")
	}
	open()
	for _, text := range []string{"14 customers lose a value.", "1 segment asks about it and goes too: Hot ones.", "This can’t be undone."} {
		if !desktest.Says(k.Window, text) {
			t.Errorf("it doesn't say %q", text)
		}
	}
	shot(t, k.Window, "field-remove")
	s.press(t, "Cancel")
	if values(t, k) != 14 {
		t.Fatal("Cancel removes it")
	}
	open()
	withStages(t, k, field, 15) // half of 30 meanwhile
	s.press(t, "Remove field")
	if values(t, k) != 15 {
		t.Fatal("more went than was said")
	}
	if !desktest.Says(k.Window, "15 customers lose a value.") || !desktest.Says(k.Window, "OTPs are not set up yet") {
		t.Error("half lose a value, and it can go without the OTP, or the new count isn't said")
	}
	s.press(t, "Cancel")
	k.Real.Enrol(t)
	k.Settle()
	open()
	shot(t, k.Window, "field-remove-otp")
	for _, o := range s.objects() {
		if f, ok := o.(interface {
			fyne.Focusable
			Complete() bool
		}); ok {
			for _, r := range k.Real.Code() {
				f.TypedRune(r)
			}
		}
	}
	s.press(t, "Remove field")
	segments, err := k.Real.Segments(t.Context(), k.Real.Owner)
	if err != nil || len(segments) != 0 || values(t, k) != 0 || len(s.stored(t)) != 0 {
		t.Errorf("left: %d values, %v, %v %v", values(t, k), s.stored(t), segments, err)
	}
	if k.Real.EditsLeft() {
		t.Error("the files were not cleaned")
	}
}

func TestTags(t *testing.T) {
	k := desktest.New(t)
	k.Real.Fill(t, k.Real.Owner, 919820100000, 8) // two of each of Tag A to Tag D
	if _, err := k.Real.AddSegment(t.Context(), k.Real.Owner, data.Segment{Name: "Of A", Filter: data.Filter{Conditions: []data.Condition{
		{Field: data.FieldTags, Op: data.OpAnyOf, Values: []string{"Tag A"}},
	}}}); err != nil {
		t.Fatal(err)
	}
	k.Settle()
	s := sit(t, k)
	now := func() string {
		all, err := k.Real.Tags(t.Context(), k.Real.Owner)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, u := range all {
			out = append(out, fmt.Sprint(u.Name, ":", u.Customers))
		}
		return strings.Join(out, " ")
	}
	change := func(i int) { s.act(func() { s.tags.change(s.tags.all[i]) }) }
	change(0)
	shot(t, k.Window, "tag-change")
	s.fill(t, 0, "Arrivals")
	s.press(t, "Save changes")
	if got := now(); got != "Arrivals:2 Tag B:2 Tag C:2 Tag D:2" {
		t.Errorf("tags %s", got)
	}
	if segments, err := k.Real.Segments(t.Context(), k.Real.Owner); err != nil || segments[0].Filter.Conditions[0].Values[0] != "Arrivals" {
		t.Errorf("the segment asks for %v %v", segments, err)
	}
	change(1)
	s.fill(t, 0, "Tag D")
	s.press(t, "Save changes")
	if !desktest.Says(k.Window, "2 customers with “Tag B” get “Tag D” instead.") {
		t.Error("it doesn't ask whether both become one")
	}
	shot(t, k.Window, "tag-merge")
	s.press(t, "Cancel")
	change(1)
	s.fill(t, 0, "Tag D")
	s.press(t, "Save changes")
	s.press(t, "Make them one tag")
	if got := now(); got != "Arrivals:2 Tag C:2 Tag D:4" {
		t.Errorf("tags %s", got)
	}
	change(1)
	s.press(t, "Remove tag…")
	shot(t, k.Window, "tag-remove")
	s.press(t, "Cancel")
	change(1)
	s.press(t, "Remove tag…")
	s.press(t, "Remove tag")
	if got := now(); got != "Arrivals:2 Tag D:4" || len(k.Real.IDs(t)) != 8 {
		t.Errorf("tags %s", got)
	}
}

// Whoever may change fields but not delete customers can't remove one.
func TestWhoMayRemoveAField(t *testing.T) {
	k := desktest.New(t)
	if _, err := k.Real.AddField(t.Context(), k.Real.Owner, data.CustomField{Name: "Stage", Kind: data.FieldText}); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		ps   []data.Permission
		want bool
	}{
		"keeper":  {[]data.Permission{data.ManageFieldSchema, data.ViewAllCustomers, data.EditCustomers}, false},
		"deleter": {[]data.Permission{data.ManageFieldSchema, data.ViewAllCustomers, data.EditCustomers, data.DeleteCustomers}, true},
	} {
		var a *store.Actor = k.Real.Add(t, name, k.Real.Role(t, name, c.ps...))
		k.Settle()
		kit := k.As(t, a)
		s := sit(t, kit)
		s.act(func() { s.fields.change(s.fields.all[0]) })
		if got := s.has("Remove field…"); got != c.want {
			t.Errorf("%s: can remove %v", name, got)
		}
		s.press(t, "Cancel")
		kit.End()
	}
}
