package exporting

import (
	"archive/zip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
	"lethe/data/view"
)

// digits are all digits of a text, one behind the other.
func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

// unpacked is all that a file says: a workbook is an archive.
func unpacked(t *testing.T, path string) string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	defer z.Close()
	var out strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(b)
	}
	return out.String()
}

// No hidden digit is in what somebody exports who may not see numbers, whatever
// the kind of file, the columns, and wherever the digits stand; for who may, the
// same export has them.
func TestNoHiddenDigitIsExported(t *testing.T) {
	const said, hidden = "98200 55204", "982005"
	k := desktest.New(t)
	row := &store.ImportRow{
		Customer: data.Customer{
			Name: "Call " + said, Phone: 919820055204, WhatsAppName: said, Email: "9820055204@example.com", Company: said + " & Sons",
			City: "Near " + said, State: said, Country: said, Source: "tel:+91" + said, Tags: []string{"from " + said}, AgentPhone: 919820055205,
		},
		Custom: map[string]string{"Other of " + said: "(98200) 55 204"},
		Note:   "Rang from " + said,
	}
	if _, err := k.Real.Import(t.Context(), k.Real.Owner, store.ImportRequest{
		Mode: store.ImportSkip, NewFields: []string{"Other of " + said},
		Each: func(yield func(*store.ImportRow) error) error { return yield(row) },
	}, nil); err != nil {
		t.Fatal(err)
	}
	k.Settle()
	blind := k.As(t, k.Real.Add(t, "Ravi", k.Real.Role(t, "Blind",
		data.ViewAllCustomers, data.ViewCustomData, data.ExportCustomers)))
	dir := t.TempDir()
	export := func(k *desktest.Kit, who string, kind data.ExportFormat, columns string) string {
		t.Helper()
		k.Answers.SavePath = filepath.Join(dir, who+string(kind)+columns)
		f := start(k.Desk, Request{Matching: 1, Order: view.Sort{Field: data.FieldName}, Columns: onScreen})
		choose(t, f.form.columns, columns)
		choose(t, f.form.kind, string(kind))
		f.form.password.SetText(storetest.Password)
		desktest.Press(t, k.Window, "Export 1 customer")
		wantSays(t, k, "Exported")
		desktest.Press(t, k.Window, "Close")
		ending := map[data.ExportFormat]string{data.ExportWorkbook: ".xlsx"}[kind]
		if ending == "" {
			ending = ".csv"
		}
		return unpacked(t, k.Answers.SavePath+ending)
	}
	for _, kind := range []data.ExportFormat{data.ExportCSV, data.ExportPlainCSV, data.ExportWorkbook} {
		for _, columns := range []string{columnsShown, columnsAll} {
			if text := export(blind, "blind", kind, columns); strings.Contains(digits(text), hidden) || !strings.Contains(text, "•") {
				t.Errorf("%s, %s: %q", kind, columns, text)
			}
			if text := export(k, "owner", kind, columns); !strings.Contains(digits(text), hidden) {
				t.Errorf("%s, %s: nothing to hide: this proves nothing", kind, columns)
			}
		}
	}
}
