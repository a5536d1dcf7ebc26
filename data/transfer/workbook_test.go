package transfer

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"lethe/data"
)

// The workbook of the export says what its CSV says, though its phone numbers
// are numbers.
func TestWorkbookOfTheExport(t *testing.T) {
	book := open(t, filepath.Join("testdata", "doubletick-export-1714.xlsx"))
	text := open(t, filepath.Join("..", "sample", "doubletick-export-1714.csv"))
	m := book.Guess()
	if !reflect.DeepEqual(m, text.Guess()) || !m.Sure() || book.Format() != Workbook || book.Lines() != 1715 {
		t.Fatalf("%+v", m)
	}
	got, want := readAll(t, book, m, "IN"), readAll(t, text, m, "IN")
	if len(got.records) != 1714 || len(got.refused) != 0 || len(got.issues) != 0 {
		t.Fatalf("%d records, refused %v, problems %v", len(got.records), got.refused, got.issues)
	}
	for i := range got.records {
		if !reflect.DeepEqual(got.records[i], want.records[i]) {
			t.Fatalf("line %d: %+v, in the CSV %+v", i+2, got.records[i], want.records[i])
		}
	}
	if first, err := book.Preview(m, "IN", 4); err != nil || !reflect.DeepEqual(first, want.records[:4]) {
		t.Errorf("preview %+v, %v", first, err)
	}
}

// sheet writes a workbook of cells that stand where their names say.
func bookOf(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	fill(f)
	var b bytes.Buffer
	if err := errors.Join(f.Write(&b), f.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func set(t testing.TB, f *excelize.File, sheet string, cells map[string]any) {
	t.Helper()
	for at, v := range cells {
		if err := f.SetCellValue(sheet, at, v); err != nil {
			t.Fatal(err)
		}
	}
}

func styled(t testing.TB, f *excelize.File, at, format string) {
	t.Helper()
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err == nil {
		err = f.SetCellStyle("Sheet1", at, at, style)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func sniffBytes(t *testing.T, b []byte) *Table {
	t.Helper()
	table, err := Sniff(t.Context(), bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestCellsOfAWorkbook(t *testing.T) {
	when := time.Date(2026, 2, 6, 9, 29, 7, 0, time.UTC)
	for format, want := range map[string]string{
		"yyyy-mm-dd hh:mm:ss": "2026-02-06 09:29:07", "d/m/yy h:mm": "2026-02-06 09:29:07", "dd.mm.yyyy": "2026-02-06 09:29:07",
		"mmm-yy": "2026-02-06 09:29:07", "d-mmm": "2026-02-06 09:29:07",
	} {
		b := bookOf(t, func(f *excelize.File) {
			set(t, f, "Sheet1", map[string]any{"A1": "Name", "B1": "Phone", "C1": "When", "A2": "Asha", "B2": 919820098200, "C2": when})
			styled(t, f, "C2", format)
		})
		table := sniffBytes(t, b)
		got := readAll(t, table, table.Guess(), "IN")
		if len(got.records) != 1 || got.records[0].CustomValues["When"] != want {
			t.Errorf("%s: %+v", format, got.records)
		}
	}
	b := bookOf(t, func(f *excelize.File) {
		set(t, f, "Sheet1", map[string]any{
			"A1": "Name", "B1": "Mobile", "C1": "PIN code", "D1": "Share", "E1": "Paid", "F1": "VIP", "G1": "Birthday", "H1": "Sum",
			"A2": "Asha", "B2": 9820098200, "C2": 1234, "D2": 0.125, "E2": 45000.5, "F2": true,
			"G2": time.Date(1990, 5, 4, 0, 0, 0, 0, time.UTC), "H2": 3,
			"A4": "Ravi", "B4": "9.1982E+11", "C4": "00001",
			"A6": "Meera", "B6": 919820098202.0, "E6": 45000,
		})
		styled(t, f, "C2", "000000")
		styled(t, f, "D2", "0.0%")
		styled(t, f, "E2", "#,##0.00")
		styled(t, f, "E6", "#,##0")
		styled(t, f, "B6", "0.00E+00")
		if err := f.SetCellFormula("Sheet1", "H2", "=1+2"); err != nil {
			t.Fatal(err)
		}
	})
	table := sniffBytes(t, b)
	got := readAll(t, table, table.Guess(), "IN")
	if len(got.records) != 3 || got.refused["phone_scientific"] != 1 {
		t.Fatalf("%+v", got)
	}
	want := map[string]string{
		"PIN code": "001234", "Share": "12.5%", "Paid": "45000.5", "VIP": "TRUE", "Birthday": "1990-05-04", "Sum": "3",
	}
	if r := got.records[0]; r.Customer.Phone != 919820098200 || r.Line != 2 || !maps.Equal(r.CustomValues, want) {
		t.Errorf("%+v", r)
	}
	if r := got.records[1]; r.Refused == "" || r.Line != 4 || r.Note != "Mobile: 9.1982E+11" || r.CustomValues["PIN code"] != "00001" {
		t.Errorf("%+v", r)
	}
	if r := got.records[2]; r.Customer.Phone != 919820098202 || r.CustomValues["Paid"] != "45000" {
		t.Errorf("%+v", r)
	}
}

func TestNumbersOfAWorkbook(t *testing.T) {
	for _, c := range []struct{ raw, shown, want string }{
		{"919820012345", "9.19820012345E+11", "919820012345"},
		{"9.19820012345E11", "9.19820012345E+11", "919820012345"},
		{"9.1982E+11", "9.1982E+11", "9.1982E+11"},           // digits that are not there are not made up
		{"9820012345", "+91 98200 12345", "+91 98200 12345"}, // the format says which country
		{"919820012345", "+91 98200 12345", "919820012345"},
		{"45000", "45,000", "45000"},
		{"46059", "2026-02-06", "2026-02-06"},
		{"44597", "2026-02-06", "2026-02-06"}, // from 1904
		{"0.5", "12:00", "0.5"},
		{"Asha", "Asha", "Asha"},
		{"1", "TRUE", "TRUE"},
		{"#N/A", "#N/A", "#N/A"},
		{"NaN", "x", "NaN"},
	} {
		if got := cellText(c.raw, c.shown, c.raw == "44597"); got != c.want {
			t.Errorf("%q shown as %q: %q, want %q", c.raw, c.shown, got, c.want)
		}
	}
}

func TestSheets(t *testing.T) {
	b := bookOf(t, func(f *excelize.File) {
		for _, name := range []string{"Notes", "Customers", "Old", "Empty"} {
			if _, err := f.NewSheet(name); err != nil {
				t.Fatal(err)
			}
		}
		set(t, f, "Customers", map[string]any{"B3": "Name", "C3": "Phone", "B4": "Asha", "C4": "+919820098200"})
		set(t, f, "Notes", map[string]any{"A1": "Name", "A2": "x", "B1": "Phone", "B2": 1})
		set(t, f, "Old", map[string]any{"A1": "Name", "A2": "x"})
		if err := f.SetSheetVisible("Old", false); err != nil {
			t.Fatal(err)
		}
	})
	path := filepath.Join(t.TempDir(), "book.xlsx")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	table, err := OpenSheet(t.Context(), path, "Customers")
	if err != nil {
		t.Fatal(err)
	}
	defer table.Close()
	if !slices.Equal(table.Sheets(), []string{"Notes", "Customers"}) || table.Sheet() != "Customers" {
		t.Errorf("%q, %q", table.Sheets(), table.Sheet())
	}
	got := readAll(t, table, table.Guess(), "IN")
	if len(got.records) != 1 || got.records[0].Customer.Name != "Asha" || got.records[0].Line != 4 {
		t.Errorf("%+v", got)
	}
}

// packed makes an archive of parts.
func packed(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(parts[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// minimal are the parts of a workbook whose only sheet holds rows.
func minimal(rows string) map[string]string {
	return map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
		"_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml": `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ` +
			`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
			`<sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml": `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`,
	}
}

func inline(at, text string) string {
	return fmt.Sprintf(`<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, at, text)
}

func TestMinimalWorkbook(t *testing.T) {
	table := sniffBytes(t, packed(t, minimal(
		`<row r="1">`+inline("A1", "Name")+inline("B1", "Phone")+`</row><row r="3">`+inline("A3", "Asha")+inline("B3", "9820098200")+`</row>`)))
	if got := readAll(t, table, table.Guess(), "IN"); len(got.records) != 1 || got.records[0].Line != 3 {
		t.Errorf("%+v", got)
	}
}

func TestHostileWorkbooks(t *testing.T) {
	zeros := strings.Repeat("0", 1<<20)
	bomb := minimal("")
	bomb["xl/worksheets/sheet2.xml"] = strings.Repeat(zeros, MaxUnpacked>>20) + "</worksheet>"
	styles := minimal("")
	styles["xl/styles.xml"] = "<styleSheet><cellXfs>" + strings.Repeat("<xf/>", maxPart/5) + "</cellXfs></styleSheet>"
	shared := minimal("")
	shared["xl/sharedStrings.xml"] = "<sst>" + strings.Repeat("<si/>", maxTags) + "</sst>"
	again := minimal(strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 4*MaxUnpacked/maxCell))
	again["xl/sharedStrings.xml"] = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + "<si><t>" + strings.Repeat("x", 2*maxCell) + "</t></si></sst>"
	brokenOff := minimal("")
	brokenOff["xl/worksheets/sheet1.xml"] = strings.Replace(minimal(`<row>` + inline("A1", "Name") + `</row><row>` + inline("A2", "Asha") + `</row>`)["xl/worksheets/sheet1.xml"],
		"</row></sheetData></worksheet>", "", 1)
	compound := func(stream string) []byte {
		b := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 4096)...)
		for _, c := range stream {
			b = append(b, byte(c), 0)
		}
		return append(b, make([]byte, 100)...)
	}
	whole := bookOf(t, func(f *excelize.File) { set(t, f, "Sheet1", map[string]any{"A1": "Name"}) })
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"a bomb":                  {packed(t, bomb), ErrUnpacksTooBig},
		"a part too big":          {packed(t, styles), ErrUnpacksTooBig},
		"too many texts":          {packed(t, shared), ErrUnpacksTooBig},
		"one text over and over":  {packed(t, again), ErrUnpacksTooBig},
		"too many columns":        {packed(t, minimal(`<row>`+inline("A1", "x")+inline("XFD1", "y")+`</row>`)), ErrTooBig},
		"rows of blanks":          {packed(t, minimal(strings.Repeat(`<row>`+inline("BXA1", "y")+`</row>`, maxCells/1900))), ErrUnpacksTooBig},
		"no such cell":            {packed(t, minimal(`<row>`+inline("A0x", "x")+`</row>`)), ErrBrokenWorkbook},
		"a sheet that breaks off": {packed(t, brokenOff), ErrBrokenWorkbook},
		"no sheet":                {packed(t, map[string]string{"xl/workbook.xml": "<workbook/>"}), ErrBrokenWorkbook},
		"no XML":                  {packed(t, map[string]string{"xl/workbook.xml": "\x00\x01", "[Content_Types].xml": "x"}), ErrBrokenWorkbook},
		"nothing in it":           {packed(t, minimal("")), ErrEmpty},
		"headings only":           {whole, ErrEmpty},
		"cut off":                 {whole[:len(whole)/2], ErrBrokenWorkbook},
		"an archive":              {packed(t, map[string]string{"photo.jpg": "x"}), ErrBinary},
		"a letter":                {packed(t, map[string]string{"word/document.xml": "x"}), ErrBinary},
		"OpenDocument":            {packed(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "x"}), ErrOtherWorkbook},
		"Numbers":                 {packed(t, map[string]string{"Index/Document.iwa": "x"}), ErrOtherWorkbook},
		"binary workbook":         {packed(t, map[string]string{"xl/workbook.bin": "x"}), ErrOtherWorkbook},
		"Excel 97":                {compound("Workbook"), ErrOldWorkbook},
		"locked by a password":    {compound("EncryptedPackage"), ErrProtected},
		"another compound file":   {compound("WordDocument"), ErrBinary},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Sniff(t.Context(), bytes.NewReader(c.file), int64(len(c.file)))
			if !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
}

// Nothing of a workbook is written to the disk, however large it is.
func TestWorkbooksStayInMemory(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	row := `<row>` + strings.Repeat(`<c t="inlineStr"><is><t>`+strings.Repeat("x", 500)+`</t></is></c>`, 4) + `<c><v>919820098200</v></c></row>`
	b := packed(t, minimal(strings.Repeat(row, 12_000))) // more than excelize keeps by itself
	table := sniffBytes(t, b)
	if table.Lines() != 12_000 {
		t.Errorf("%d lines", table.Lines())
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 0 {
		t.Errorf("%v, %v", left, err)
	}
}

func TestAWorkbookLongerThanACellMayBe(t *testing.T) {
	b := packed(t, minimal(`<row>`+inline("A1", "Name")+inline("B1", "Phone")+`</row><row>`+
		inline("A2", strings.Repeat("अ", 2*MaxText))+inline("B2", "9820098200")+`</row>`))
	table := sniffBytes(t, b)
	got := readAll(t, table, table.Guess(), "IN")
	if len(got.records) != 1 || got.issues[ReasonCut] != 1 || got.records[0].Customer.Name != strings.Repeat("अ", MaxText) {
		t.Errorf("%v", got.issues)
	}
	if want := data.Phone(919820098200); got.records[0].Customer.Phone != want {
		t.Errorf("%v", got.records[0].Customer.Phone)
	}
}
