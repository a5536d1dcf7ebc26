package store_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"lethe/data"
	"lethe/data/phone"
	"lethe/data/store"
	"lethe/data/store/storetest"
	"lethe/data/transfer"
	"lethe/data/view"
)

// world is a list whose customers have numbers, and mention them in every text,
// and a member who may do everything but see numbers and import.
type world struct {
	*storetest.Store
	blind   *store.Actor
	numbers []data.Phone
}

func makeWorld(t *testing.T, numbers []data.Phone) *world {
	t.Helper()
	w := &world{Store: storetest.New(t), numbers: numbers}
	var rows []*store.ImportRow
	for i, n := range numbers {
		s := n.String()[3:] // without +91
		first, last := s[:5], s[5:]
		rows = append(rows, &store.ImportRow{
			Customer: data.Customer{
				Name: fmt.Sprintf("Customer %d %s", i, s), Phone: n, WhatsAppName: first + " " + last,
				Email: s + "@example.com", Company: first + "-" + last + " & Sons", City: "Near " + s, State: s,
				Country: "x" + s, Source: "tel:+91" + s, Tags: []string{"from " + s, "VIP"}, AgentPhone: n + 1_000_000_000,
			},
			Custom: map[string]string{"Other": "(" + first + ") " + last},
			Note:   fmt.Sprintf("Rang from %s then %s, also +91 %s-%s", first, last, first, last),
		})
	}
	req := importOf(rows...)
	req.NewFields = []string{"Other"}
	if _, err := w.Import(t.Context(), w.Owner, req, nil); err != nil {
		t.Fatal(err)
	}
	first := numbers[0].String()[3:]
	for _, f := range []data.CustomField{
		{Name: "Lines", Kind: data.FieldList, Options: []string{"Shop", first, first[:5] + " " + first[5:], "Home"}},
		{Name: "Asked of " + first, Kind: data.FieldText},
	} {
		if _, err := w.AddField(t.Context(), w.Owner, f); err != nil {
			t.Fatal(err)
		}
	}
	for i, id := range w.IDs(t) {
		if err := w.AddInteraction(t.Context(), w.Owner, data.Interaction{
			Customer: id, Kind: data.InteractionCall, At: w.Clock.Now(), Line: "Called " + numbers[i].String(),
		}); err != nil {
			t.Fatal(err)
		}
	}
	for _, g := range []data.Segment{
		{Name: "As " + numbers[0].String(), Filter: data.Filter{Search: numbers[0].String()}},
		{Name: "By number", Filter: data.Filter{Conditions: []data.Condition{
			{Field: data.FieldPhone, Op: data.OpContains, Values: []string{"982"}},
		}}},
	} {
		g.Description = "of " + numbers[0].String()
		if _, err := w.AddSegment(t.Context(), w.Owner, g); err != nil {
			t.Fatal(err)
		}
	}
	var all []data.Permission
	for _, info := range data.Permissions() {
		if !data.NewPermissionSet(info.Permission)[data.ViewPhoneNumbers] {
			all = append(all, info.Permission)
		}
	}
	w.blind = w.Add(t, "Blind", w.Role(t, "Blind", all...))
	return w
}

type blindSource struct{ w *world }

func (s blindSource) Customers(ctx context.Context, yield func(*data.Row) error) error {
	return s.w.Store.Customers(ctx, s.w.blind, yield)
}

func (s blindSource) CustomersByID(ctx context.Context, ids []data.CustomerID, yield func(*data.Row) error) error {
	return s.w.Store.CustomersByID(ctx, s.w.blind, ids, yield)
}

// observed is everything that the member can see, find, count, sort, export and
// try out, by name. guesses are digits that they try.
func (w *world) observed(t *testing.T, guesses []string) map[string]string {
	t.Helper()
	ctx := t.Context()
	out := map[string]string{}
	note := func(name string, values ...any) { out[name] += fmt.Sprintf("%+v;", values) }
	ids := w.IDs(t)
	for name, text := range everything(t, w.Store, w.blind, ids[0]) {
		note("read: "+name, text)
	}
	for _, id := range ids {
		d, err := w.Details(ctx, w.blind, id)
		note("details", d, err)
	}
	v, err := view.Build(ctx, blindSource{w}, view.Options{Now: w.Clock.Now, Location: time.UTC, ActiveDays: 90})
	if err != nil {
		t.Fatal(err)
	}
	fields, err := w.Fields(ctx, w.blind)
	if err != nil {
		t.Fatal(err)
	}
	note("read: custom fields", fmt.Sprintf("%+v", fields))
	every := append(transfer.ExportFields(fields), data.FieldActivity, data.FieldLastInteraction)
	for _, f := range every {
		for _, desc := range []bool{false, true} {
			r, err := v.Find(ctx, data.Filter{}, view.Sort{Field: f, Desc: desc})
			note("sorted by "+string(f), r.IDs, err)
		}
	}
	ask := func(name string, f data.Filter) {
		r, err := v.Find(ctx, f, view.Sort{})
		if err != nil {
			note(name, errors.Is(err, data.ErrBadFilter))
			return
		}
		note(name, r.IDs)
		facets, err := v.Facets(ctx, f)
		if err != nil {
			t.Fatal(err)
		}
		for _, field := range slices.Sorted(maps.Keys(facets.By)) {
			note(name+": counts", field, facets.By[field])
		}
	}
	for _, g := range guesses {
		ask("search", data.Filter{Search: g})
		for _, f := range every {
			for _, op := range []data.Op{data.OpContains, data.OpAnyOf, data.OpIsSet, data.OpIsNotSet} {
				ask("filter "+string(f)+" "+string(op), data.Filter{Conditions: []data.Condition{{Field: f, Op: op, Values: []string{g}}}})
			}
		}
	}
	for _, format := range []data.ExportFormat{data.ExportCSV, data.ExportPlainCSV, data.ExportWorkbook} {
		var b bytes.Buffer
		file, err := transfer.NewWriter(&b, format, t.TempDir(), transfer.ExportFields(fields), fields)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.ReadExport(ctx, w.blind, ids, file.Write); err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		text := b.String()
		if format == data.ExportWorkbook { // unpacked: its archive holds the time
			text = sheetText(t, b.Bytes())
		}
		note("read: export as "+string(format), text)
	}
	p, err := w.Seal(ctx, w.blind, store.SealRequest{Way: data.WaySelected, IDs: ids})
	if err != nil {
		t.Fatal(err)
	}
	sum := p.Summary()
	sum.Fingerprint = [32]byte{}
	note("a deletion's preview", fmt.Sprintf("%+v", sum))
	tags, err := w.Tags(ctx, w.blind)
	note("tags", tags, err)
	w.try(t, guesses, note)
	return out
}

// try does what answers by an error, or by what is there afterwards.
func (w *world) try(t *testing.T, guesses []string, note func(string, ...any)) {
	t.Helper()
	ctx := t.Context()
	id := w.IDs(t)[0]
	for _, g := range guesses {
		n, err := phone.Parse(g, "IN")
		if err == nil {
			_, err := w.AddCustomer(ctx, w.blind, store.NewCustomer{Phone: n})
			note("adding a customer", err)
			_, err = w.Import(ctx, w.blind, importOf(&store.ImportRow{Customer: data.Customer{Phone: n}}), nil)
			note("importing", err)
			note("changing the number", w.EditCustomer(ctx, w.blind, data.Edit{Customer: id, Version: w.version(t, id), Phone: n}, ""))
		}
		fields, err := w.Fields(ctx, w.blind)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range fields {
			note("a custom value", w.EditCustomer(ctx, w.blind, data.Edit{
				Customer: id, Version: w.version(t, id), Texts: map[data.Field]string{data.CustomFieldName(f.ID): g},
			}, ""))
			next := f
			next.Name = "Asked of " + g
			note("another name of a field", w.ChangeField(ctx, w.blind, f, next))
			next = f
			next.Options = append([]string{g}, f.Options...)
			note("other options of a field", w.ChangeField(ctx, w.blind, f, next))
		}
		_, err = w.AddField(ctx, w.blind, data.CustomField{Name: "Asked of " + g, Kind: data.FieldText})
		note("a field of that name", err)
		_, err = w.AddField(ctx, w.blind, data.CustomField{Name: "List", Kind: data.FieldList, Options: []string{g, g + "x"}})
		note("a field with that option", err)
		_, err = w.AddSegment(ctx, w.blind, data.Segment{Name: "As " + g, Filter: data.Filter{Search: "x"}})
		note("a segment of that name", err)
		note("a note", w.AddNote(ctx, w.blind, id, "Is it "+g+"?"))
		note("removing a tag", w.EditCustomer(ctx, w.blind, data.Edit{
			Customer: id, Version: w.version(t, id), RemoveTags: []string{"from " + g},
		}, ""))
		note("the name", w.EditCustomer(ctx, w.blind, data.Edit{
			Customer: id, Version: w.version(t, id), Texts: map[data.Field]string{data.FieldName: "Customer 0 " + g},
		}, ""))
		d, err := w.Details(ctx, w.blind, id)
		d.Row.Version = 0
		note("details afterwards", d, err)
	}
}

func (w *world) version(t *testing.T, id data.CustomerID) int64 {
	t.Helper()
	d, err := w.Details(t.Context(), w.Owner, id)
	if err != nil {
		t.Fatal(err)
	}
	return d.Row.Version
}

// Two lists that differ in the hidden digits only, everywhere where digits can
// stand, look the same to somebody who may do everything but see them: whatever
// they read, search, filter, sort, count, export or try out. So none of it tells
// anything about the digits.
func TestHiddenDigitsMakeNoDifference(t *testing.T) {
	one := makeWorld(t, []data.Phone{919820055204, 919845061731, 917011122999})
	two := makeWorld(t, []data.Phone{919876543204, 919731265731, 916203948999})
	var guesses []string
	for _, w := range []*world{one, two} {
		for _, n := range w.numbers {
			s := n.String()
			guesses = append(guesses, s, s[3:], s[3:8]+" "+s[8:], s[3:8], s[8:], s[6:10])
		}
	}
	guesses = append(guesses, "204", "from", "•••••••204")
	a, b := one.observed(t, guesses), two.observed(t, guesses)
	for _, name := range slices.Sorted(maps.Keys(a)) {
		if a[name] != b[name] {
			i := 0
			for i < min(len(a[name]), len(b[name])) && a[name][i] == b[name][i] {
				i++
			}
			from := max(i-80, 0)
			t.Errorf("%s differs:\n  %.240q\n  %.240q", name, a[name][from:], b[name][from:])
		}
		for _, w := range []*world{one, two} {
			for _, n := range w.numbers {
				if strings.HasPrefix(name, "read") && strings.Contains(digitsOf(a[name]+b[name]), n.String()[3:10]) {
					t.Errorf("%s shows hidden digits", name)
				}
			}
		}
	}
	t.Logf("%d kinds of observations, %d guesses each", len(a), len(guesses))
}

// sheetText is all that a workbook's files say.
func sheetText(t *testing.T, b []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, f := range z.File {
		if strings.HasPrefix(f.Name, "docProps/") { // when it was made, and by which program
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out.WriteString(f.Name + ": " + string(text) + "\n")
	}
	return out.String()
}
