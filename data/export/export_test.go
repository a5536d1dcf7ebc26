package export_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lethe/data"
	"lethe/data/export"
	"lethe/data/store"
	"lethe/data/store/storetest"
	"lethe/data/transfer"
)

// importFile takes a file in as the window does with what it guesses.
func importFile(t *testing.T, s *storetest.Store, path string) store.ImportReport {
	t.Helper()
	table, err := transfer.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer table.Close()
	fields, err := s.Fields(t.Context(), s.Owner)
	if err != nil {
		t.Fatal(err)
	}
	m := table.Guess()
	for i := range m {
		for _, f := range fields {
			if m[i].Use == transfer.ToCustom && f.Name == m[i].Heading {
				m[i].Kind, m[i].Options = f.Kind, f.Options
			}
		}
	}
	r, err := s.Import(t.Context(), s.Owner, store.ImportRequest{
		NewFields: m.CustomFields(), Each: func(yield func(*store.ImportRow) error) error {
			return table.Records(t.Context(), m, "IN", func(rec transfer.Record) error {
				if rec.Refused != "" || len(rec.Problems) > 0 {
					t.Errorf("line %d: %s %v", rec.Line, rec.Refused, rec.Problems)
				}
				return yield(&store.ImportRow{Customer: rec.Customer, Custom: rec.CustomValues, Note: rec.Note})
			})
		},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// content is the list by phone number, with custom values by name.
func content(t *testing.T, s *storetest.Store) map[data.Phone]data.Customer {
	t.Helper()
	fields, err := s.Fields(t.Context(), s.Owner)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]data.FieldID{}
	for i, f := range fields {
		names[f.Name] = data.FieldID(i + 1)
	}
	out := map[data.Phone]data.Customer{}
	if err := s.Customers(t.Context(), s.Owner, func(r *data.Row) error {
		c := r.Customer
		c.ID, c.Version, c.Custom = 0, 0, nil
		for _, f := range fields {
			if v, ok := r.Custom[f.ID]; ok {
				if c.Custom == nil {
					c.Custom = map[data.FieldID]string{}
				}
				c.Custom[names[f.Name]] = v
			}
		}
		out[c.Phone] = c
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func request(t *testing.T, s *storetest.Store, a *store.Actor, format data.ExportFormat, path string) export.Request {
	t.Helper()
	fields, err := s.Fields(t.Context(), a)
	if err != nil && !errors.Is(err, data.ErrDenied) {
		t.Fatal(err)
	}
	return export.Request{
		Path: path, Format: format, What: data.ExportAll, IDs: s.IDs(t),
		Fields: transfer.ExportFields(fields), Custom: fields, Password: storetest.Password,
	}
}

func write(t *testing.T, s *storetest.Store, a *store.Actor, req export.Request) int {
	t.Helper()
	n, err := export.Write(t.Context(), s.Store, a, req, nil)
	if err != nil {
		t.Fatal(err)
	}
	wantAlone(t, req.Path)
	return n
}

// wantAlone fails if something unfinished lies beside a file.
func wantAlone(t *testing.T, path string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), store.ExportTempPrefix) {
			t.Errorf("%s is left", e.Name())
		}
	}
}

var formats = map[data.ExportFormat]string{
	data.ExportCSV: "list.csv", data.ExportPlainCSV: "plain.csv", data.ExportWorkbook: "list.xlsx",
}

// nasty are texts that files like to change.
func nasty() []string {
	return []string{
		"=1+1", "+91 98200", "-5", "@sum", "'=quoted", "''=twice", "NULL", "'NULL", "N/A", "\tx", "a,b", `say "hi"`, "two\nlines",
		"=cmd|' /C calc'!A0", "＝1+1", "00042", "1E5", "9.19820012345E+11", "TRUE", "2026-02-06", "आशा शर्मा", "12.50%", " Zoë", "'", "-",
	}
}

func fillNasty(t *testing.T, s *storetest.Store) {
	t.Helper()
	s.Fill(t, s.Owner, 919820100000, 40)
	texts := nasty()
	if _, err := s.Import(t.Context(), s.Owner, store.ImportRequest{
		NewFields: []string{"Lead Stage", "Anything"}, Each: func(yield func(*store.ImportRow) error) error {
			for i, text := range texts {
				c := data.Customer{
					Phone: 919820200000 + data.Phone(i), Name: strings.ReplaceAll(strings.TrimSpace(text), "\n", " "),
					Source: "Website", Blocked: i%2 == 0, OptOut: i%3 == 0, Tags: []string{"VIP"},
					Created: s.Clock.Now().AddDate(0, 0, -i), LastSent: s.Clock.Now(), FollowUp: 20600, AgentPhone: 919800000001,
				}
				switch i % 3 {
				case 0:
					c.Tags = []string{`a, "b"; c|d`, "plain"}
				case 1:
					c.Tags = []string{"=x"}
				}
				slices.Sort(c.Tags)
				if err := yield(&store.ImportRow{Customer: c, Custom: map[string]string{
					"Anything": strings.TrimSpace(text), "Lead Stage": "Hot",
				}}); err != nil {
					return err
				}
			}
			return nil
		},
	}, nil); err != nil {
		t.Fatal(err)
	}
}

func TestRoundTrip(t *testing.T) {
	s := storetest.New(t)
	fillNasty(t, s)
	sample := storetest.New(t)
	importFile(t, sample, filepath.Join("..", "sample", "doubletick-export-1714.csv"))
	for format, name := range formats {
		for what, from := range map[string]*storetest.Store{"nasty": s, "export": sample} {
			t.Run(string(format)+" "+what, func(t *testing.T) {
				path := filepath.Join(t.TempDir(), name)
				req := request(t, from, from.Owner, format, path)
				if n := write(t, from, from.Owner, req); n != len(req.IDs) {
					t.Fatalf("%d of %d", n, len(req.IDs))
				}
				to := storetest.New(t)
				if r := importFile(t, to, path); r.Added != len(req.IDs) {
					t.Fatalf("%+v", r)
				}
				want, got := content(t, from), content(t, to)
				for phone, c := range want {
					if !reflect.DeepEqual(got[phone], c) {
						t.Errorf("%q came back as\n%+v, was\n%+v", c.Name, got[phone], c)
					}
				}
				table, err := transfer.Open(t.Context(), path)
				if err != nil || !table.Guess().Sure() {
					t.Errorf("it does not map by itself: %v", err)
				}
				table.Close()
			})
		}
	}
}

// Custom fields of every kind come back as they were, into a list that has the
// same fields.
func TestRoundTripOfFieldsOfAKind(t *testing.T) {
	fields := []data.CustomField{
		{Name: "Anything", Kind: data.FieldText},
		{Name: "Spent", Kind: data.FieldNumber},
		{Name: "Joined", Kind: data.FieldDate},
		{Name: "Size", Kind: data.FieldList, Options: []string{"Small", "=Large", "XL, tall"}},
	}
	list := func() *storetest.Store {
		t.Helper()
		s := storetest.New(t)
		for _, f := range fields {
			if _, err := s.AddField(t.Context(), s.Owner, f); err != nil {
				t.Fatal(err)
			}
		}
		return s
	}
	from := list()
	values := []map[string]string{
		{"Anything": "1E5", "Spent": "1234567.25", "Joined": "2025-04-13", "Size": "XL, tall"},
		{"Anything": "2026-02-06", "Spent": "-0.5", "Joined": "1900-01-01", "Size": "=Large"},
		{"Anything": "00042", "Spent": "0", "Joined": "2100-02-28", "Size": "Small"},
		{"Spent": "100000000000000000000"},
		{},
	}
	if _, err := from.Import(t.Context(), from.Owner, store.ImportRequest{Each: func(yield func(*store.ImportRow) error) error {
		for i, v := range values {
			if err := yield(&store.ImportRow{Customer: data.Customer{Phone: 919820100001 + data.Phone(i), Name: "Asha"}, Custom: v}); err != nil {
				return err
			}
		}
		return nil
	}}, nil); err != nil {
		t.Fatal(err)
	}
	for format, name := range formats {
		t.Run(string(format), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), name)
			if n := write(t, from, from.Owner, request(t, from, from.Owner, format, path)); n != len(values) {
				t.Fatalf("%d of %d", n, len(values))
			}
			to := list()
			if r := importFile(t, to, path); r.Added != len(values) {
				t.Fatalf("%+v", r)
			}
			want, got := content(t, from), content(t, to)
			for phone, c := range want {
				if !reflect.DeepEqual(got[phone].Custom, c.Custom) {
					t.Errorf("%v came back as %v", c.Custom, got[phone].Custom)
				}
			}
		})
	}
}

func TestNoCellIsAFormula(t *testing.T) {
	s := storetest.New(t)
	fillNasty(t, s)
	dir := t.TempDir()
	write(t, s, s.Owner, request(t, s, s.Owner, data.ExportCSV, filepath.Join(dir, "list.csv")))
	b, err := os.ReadFile(filepath.Join(dir, "list.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(b, []byte("\xEF\xBB\xBFName,Phone number,Tags,")) || !bytes.Contains(b, []byte("\r\n")) {
		t.Errorf("begins with %q", b[:40])
	}
	for _, cell := range []string{"'=1+1,", `"'=cmd|' /C calc'!A0"`, ",'@sum", "'=x"} {
		if !bytes.Contains(b, []byte(strings.Trim(cell, `"`))) {
			t.Errorf("no %s", cell)
		}
	}
	write(t, s, s.Owner, request(t, s, s.Owner, data.ExportPlainCSV, filepath.Join(dir, "plain.csv")))
	plain, err := os.ReadFile(filepath.Join(dir, "plain.csv"))
	if err != nil || !bytes.Equal(plain, b[3:]) {
		t.Errorf("plain differs by more than the mark, %v", err)
	}
	path := filepath.Join(dir, "list.xlsx")
	write(t, s, s.Owner, request(t, s, s.Owner, data.ExportWorkbook, path))
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Customers")
	if err != nil || len(rows) != 41+len(nasty()) {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i := range rows {
		for j := range rows[i] {
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			if formula, err := f.GetCellFormula("Customers", at); err != nil || formula != "" {
				t.Errorf("%s is a formula: %v", at, err)
			}
		}
	}
}

func TestColumnsAndOrder(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 3)
	path := filepath.Join(t.TempDir(), "list.csv")
	ids := s.IDs(t)
	req := request(t, s, s.Owner, data.ExportPlainCSV, path)
	req.What, req.IDs = data.ExportSelected, []data.CustomerID{ids[2], 999, ids[0]}
	req.Fields = []data.Field{data.FieldCity, data.FieldName, data.FieldLastInteraction, data.FieldActivity, "custom.77"}
	if n := write(t, s, s.Owner, req); n != 2 {
		t.Errorf("%d", n)
	}
	b, err := os.ReadFile(path)
	want := "City,Name,Last interaction\r\nNagpur,Customer 000002 Person,\r\nSurat,Customer 000000 Person,\r\n"
	if err != nil || string(b) != want {
		t.Errorf("%q, %v", b, err)
	}
	// What Lethe works out by itself is not taken in again.
	table, err := transfer.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer table.Close()
	if c := table.Guess()[2]; c.Use != transfer.Ignore {
		t.Errorf("%+v", c)
	}
}

func audited(t *testing.T, s *storetest.Store) []data.Entry {
	t.Helper()
	all, err := s.Audit(t.Context(), s.Owner, 0)
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(e data.Entry) bool { return e.Kind != data.AuditExport })
}

// An export holds what the role may see, and is remembered with what became of
// its file.
func TestMaskedAndRemembered(t *testing.T) {
	s := storetest.New(t)
	fillNasty(t, s)
	ravi := s.Add(t, "Ravi", s.Role(t, "Exporter", data.ExportCustomers, data.ViewAllCustomers))
	dir := t.TempDir()
	path := filepath.Join(dir, "masked.csv")
	write(t, s, ravi, request(t, s, ravi, data.ExportCSV, path))
	b, err := os.ReadFile(path)
	if err != nil || bytes.Contains(b, []byte("9820100001")) || bytes.Contains(b, []byte("Lead Stage")) || !bytes.Contains(b, []byte("••")) {
		t.Errorf("not masked: %.300s, %v", b, err)
	}
	mine := s.Add(t, "Mira", s.Role(t, "Own only", data.ExportCustomers))
	if n := write(t, s, mine, request(t, s, mine, data.ExportCSV, filepath.Join(dir, "none.csv"))); n != 0 {
		t.Errorf("%d customers of others", n)
	}
	log := audited(t, s)
	if len(log) != 2 || log[1].Actor != ravi.User() || log[1].Facts["exported"] != "65" || log[1].Facts["masked"] != "yes" ||
		log[1].Facts["what"] != "all" || strings.Contains(log[1].Facts["export"], "masked") {
		t.Errorf("%+v", log)
	}
	state := func() []data.FileState {
		t.Helper()
		all, err := s.Exports(t.Context(), s.Owner)
		if err != nil || len(all) != 2 || all[1].Who != "Ravi" || all[1].Count != 65 || all[1].Path != path || all[1].State != data.ExportDone {
			t.Fatalf("%+v, %v", all, err)
		}
		return []data.FileState{all[0].File, all[1].File}
	}
	warned := func() int {
		t.Helper()
		p, err := s.Seal(t.Context(), s.Owner, store.SealRequest{Way: data.WayAll})
		if err != nil {
			t.Fatal(err)
		}
		if w := p.Summary().Warn; w.Exports > 0 && !w.ExportsSince.Equal(s.Clock.Now()) {
			t.Errorf("since %v", w.ExportsSince)
		}
		return p.Summary().Warn.Exports
	}
	if got := state(); got[0] != data.FileThere || got[1] != data.FileThere || warned() != 2 {
		t.Errorf("%v, %d", got, warned())
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if got := state(); got[1] != data.FileGone || warned() != 1 {
		t.Errorf("removed: %v, %d", got, warned())
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if got := state(); got[0] != data.FileAway || warned() != 2 {
		t.Errorf("pulled out: %v, %d", got, warned())
	}
}

func TestWhatIsWrittenOverIsOneFile(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 3)
	path := filepath.Join(t.TempDir(), "list.csv")
	for range 3 {
		write(t, s, s.Owner, request(t, s, s.Owner, data.ExportCSV, path))
	}
	all, err := s.Exports(t.Context(), s.Owner)
	if err != nil || len(all) != 3 || all[0].File != data.FileThere || all[1].File != data.FileGone || all[2].File != data.FileGone {
		t.Errorf("%+v, %v", all, err)
	}
}

// Whatever keeps an export from ending leaves the target as it was.
func TestNothingHalfDone(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	dir := t.TempDir()
	path := filepath.Join(dir, "list.csv")
	if err := os.WriteFile(path, []byte("what was there"), 0o600); err != nil {
		t.Fatal(err)
	}
	good := request(t, s, s.Owner, data.ExportCSV, path)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for name, c := range map[string]struct {
		change   func(*export.Request)
		actor    *store.Actor
		ctx      context.Context
		progress func(int)
		want     error
	}{
		"wrong password": {change: func(r *export.Request) { r.Password = "something else" }, want: data.ErrWrongPassword},
		"no right":       {actor: s.Add(t, "Ravi", s.Role(t, "Reader", data.ViewAllCustomers)), want: data.ErrDenied},
		"cancelled": {ctx: ctx, progress: func(n int) {
			if n == 10 {
				cancel()
			}
		}, want: context.Canceled},
		"own folder": {change: func(r *export.Request) { r.Path = filepath.Join(s.Dir, "keys") }, want: export.ErrOwnFolder},
		"no folder":  {change: func(r *export.Request) { r.Path = filepath.Join(dir, "no", "list.csv") }, want: os.ErrNotExist},
		"a folder":   {change: func(r *export.Request) { r.Path = t.TempDir() }, want: nil},
		"too many": {change: func(r *export.Request) {
			r.Format, r.IDs = data.ExportWorkbook, make([]data.CustomerID, transfer.MaxSheetRows+1)
		}, want: transfer.ErrTooManyRows},
	} {
		t.Run(name, func(t *testing.T) {
			failing(t, s, good, c.change, c.actor, c.ctx, c.progress, c.want)
		})
	}
	for _, e := range audited(t, s) {
		if e.Facts["exported"] != "30" {
			t.Errorf("%+v", e)
		}
	}
	all, err := s.Exports(t.Context(), s.Owner)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if e.State == data.ExportDone || e.State == data.ExportWriting || e.MayExist() {
			t.Errorf("%+v", e)
		}
	}
	// Signed out while it is written: it never gets its name.
	failing(t, s, good, nil, nil, t.Context(), func(n int) {
		if n == 1 {
			s.SignOut(s.Owner)
		}
	}, data.ErrSignedOut)
}

func failing(t *testing.T, s *storetest.Store, req export.Request, change func(*export.Request), a *store.Actor, ctx context.Context, progress func(int), want error) {
	t.Helper()
	before, err := os.ReadFile(req.Path)
	if err != nil {
		t.Fatal(err)
	}
	path := req.Path
	if change != nil {
		change(&req)
	}
	if a == nil {
		a = s.Owner
	}
	if ctx == nil {
		ctx = t.Context()
	}
	_, err = export.Write(ctx, s.Store, a, req, progress)
	if err == nil || want != nil && !errors.Is(err, want) {
		t.Errorf("%v, want %v", err, want)
	}
	if err != nil && strings.Contains(err.Error(), filepath.Dir(path)) {
		t.Errorf("the error names the file: %v", err)
	}
	after, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(after, before) {
		t.Errorf("the target changed: %q, %v", after, err)
	}
	wantAlone(t, path)
	if _, err := os.Stat(filepath.Dir(req.Path)); err == nil {
		wantAlone(t, req.Path)
	}
}

// What a crash leaves is removed when the list is opened next, and only that.
func TestLeftoversOfACrash(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 3)
	dir := t.TempDir()
	temp := filepath.Join(dir, store.ExportTempPrefix+"77")
	if _, err := s.BeginExport(t.Context(), s.Owner, storetest.Password, data.Export{
		Format: data.ExportCSV, What: data.ExportAll, Path: filepath.Join(dir, "list.csv"), Count: 3,
	}, temp); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(dir, store.ExportTempPrefix+"of somebody else")
	for _, d := range []string{temp, other} {
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(d, "export"), []byte("Asha,+919820100001"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	keys, err := store.Keys(s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	un, err := keys.Unlock(t.Context(), 1, storetest.Password)
	if err != nil {
		t.Fatal(err)
	}
	again, a, err := store.Open(t.Context(), s.Options(), un)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if _, err := os.Stat(temp); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it is still there: %v", err)
	}
	if _, err := os.Stat(filepath.Join(other, "export")); err != nil {
		t.Errorf("another's is gone: %v", err)
	}
	all, err := again.Exports(t.Context(), a)
	if err != nil || len(all) != 1 || all[0].State != data.ExportFailed || all[0].MayExist() {
		t.Errorf("%+v, %v", all, err)
	}
}

// A folder in the record that is no export's is left alone.
func TestOnlyExportFoldersAreRemoved(t *testing.T) {
	dir := t.TempDir()
	keep := filepath.Join(dir, "precious")
	if err := os.Mkdir(keep, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := store.RemoveExportTemp(keep); err == nil {
		t.Error("removed")
	}
	if _, err := os.Stat(keep); err != nil {
		t.Error(err)
	}
}
