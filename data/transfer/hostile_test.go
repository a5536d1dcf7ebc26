package transfer

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode/utf16"
)

func sniff(t *testing.T, text string) *Table {
	t.Helper()
	table, err := Sniff(t.Context(), strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatalf("%.60q: %v", text, err)
	}
	return table
}

// read reads a text as it maps by itself.
func read(t *testing.T, text string) tally {
	t.Helper()
	table := sniff(t, text)
	return readAll(t, table, table.Guess(), "IN")
}

func TestFilesThatAreNoLists(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct {
		content string
		want    error
	}{
		"empty":          {"", ErrEmpty},
		"blank lines":    {"\r\n\n  \n", ErrEmpty},
		"mark only":      {"\xEF\xBB\xBF", ErrEmpty},
		"utf16 mark":     {"\xFF\xFE", ErrEmpty},
		"header only":    {"Name,Phone number\r\n", ErrEmpty},
		"workbook":       {"PK\x03\x04\x14\x00 Name,Phone", ErrBrokenWorkbook},
		"picture":        {"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", ErrBinary},
		"zeros":          {strings.Repeat("\x00", 5000), ErrBinary},
		"random":         {strings.Repeat("\x01\x02\x7f\x9f\x80abcdefg\x05", 400), ErrBinary},
		"too wide":       {strings.Repeat("a,", MaxColumns) + "\n", ErrTooBig},
		"columns bomb":   {strings.Repeat(",", 3_000_000), ErrTooBig},
		"too long":       {"Name,Phone\n" + strings.Repeat("x", MaxRecord+10), ErrTooBig},
		"too long quote": {"Name,Phone\n\"" + strings.Repeat("x", MaxRecord+10), ErrTooBig},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(dir, name)
			if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := Open(t.Context(), path); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
	for _, path := range []string{filepath.Join(dir, "missing customer"), dir} {
		_, err := Open(t.Context(), path)
		if !errors.Is(err, ErrUnreadable) || strings.Contains(err.Error(), "customer") {
			t.Errorf("%v", err)
		}
	}
}

func TestHostileCells(t *testing.T) {
	const head = "Name,Phone number,City\n"
	const tail = ",+919820098200,Pune\n"
	long := strings.Repeat("अ", MaxText+5)
	for name, c := range map[string]struct {
		cell, want string
		reason     Reason
	}{
		"nul":           {"As\x00ha", "Asha", ReasonControl},
		"controls":      {"A\x07sh\u0085a", "Ash a", ReasonControl},
		"broken bytes":  {"J\xFFo नाम é ü", "J\uFFFDo नाम é ü", ReasonBadBytes},
		"too long":      {long, long[:3*MaxText], ReasonCut},
		"ten megabytes": {strings.Repeat("y", 10_000_000), strings.Repeat("y", MaxText), ReasonCut},
		"lines":         {"\"Asha\r\nSharma\"", "Asha Sharma", ""},
		"quotes":        {`"Asha ""Boss"" S"`, `Asha "Boss" S`, ""},
		"lone quotes":   {`"Asha "Boss" S"`, `Asha "Boss" S`, ""},
		"inner quotes":  {`Asha "Boss" S`, `Asha "Boss" S`, ""},
		"blank quoted":  {` "Asha, S" `, `Asha, S`, ""},
		"formula":       {`'=1+1`, `=1+1`, ""},
		"apostrophe":    {`'Asha`, `'Asha`, ""},
		"nothing":       {"N/A", "", ""},
		"bidi stays":    {"A\u200Fb", "A\u200Fb", ""},
	} {
		t.Run(name, func(t *testing.T) {
			rows := strings.Repeat("नाम"+tail, 30) // so that the file is UTF-8 beyond doubt
			got := read(t, head+c.cell+tail+rows)
			if len(got.records) != 31 {
				t.Fatalf("%d records", len(got.records))
			}
			first := got.records[0]
			if first.Customer.Name != c.want || first.Customer.Phone != 919820098200 || first.Customer.City != "Pune" {
				t.Errorf("read %.80q", first.Customer.Name)
			}
			if (c.reason != "") != (len(first.Problems) > 0) || c.reason != "" && first.Problems[0] != (Problem{0, c.reason}) {
				t.Errorf("problems %v", first.Problems)
			}
		})
	}
}

// A quotation mark that never closes takes no other row with it.
func TestUnbalancedQuotes(t *testing.T) {
	for name, rest := range map[string]string{
		"plain rows":   strings.Repeat("Bob,+919820098201,x\n", 2000),
		"quoted rows":  strings.Repeat("\"Bob\",\"+919820098201\",\"a, b\"\n", 2000),
		"empty quotes": strings.Repeat("Bob,+919820098201,\"\"\n", 2000),
		"more of them": strings.Repeat("\"Bob,+919820098201,\"a, b\"\n", 2000),
	} {
		t.Run(name, func(t *testing.T) {
			got := read(t, "Name,Phone number,Tags\nAsha,+919820098200,\n\"Carl,+919820098202,y\n"+rest)
			if len(got.records) != 2002 || len(got.refused) != 0 {
				t.Fatalf("%d records, refused %v", len(got.records), got.refused)
			}
			carl := got.records[1]
			if carl.Customer.Name != `"Carl` || carl.Line != 3 || got.issues[ReasonQuotes] == 0 {
				t.Errorf("%+v", carl)
			}
			if last := got.records[2001]; last.Line != 2003 || !strings.HasSuffix(last.Customer.Name, "Bob") {
				t.Errorf("last: %+v", last)
			}
		})
	}
}

// Each line opens a quotation mark that never closes: linear time all the same.
func TestQuotesBomb(t *testing.T) {
	got := read(t, "Name,Phone number\n"+strings.Repeat("\"\"x,+919820098200\n", 400_000))
	if len(got.records) != 400_000 {
		t.Errorf("%d records", len(got.records))
	}
}

func TestEncodings(t *testing.T) {
	utf16Bytes := func(order binary.AppendByteOrder, s string) string {
		var out []byte
		for _, u := range utf16.Encode([]rune(s)) {
			out = order.AppendUint16(out, u)
		}
		return string(out)
	}
	text := "Name,Phone number,City\n" + strings.Repeat("José Müller,+919820098200,Zürich\n", 5)
	for name, c := range map[string]struct{ file, encoding, want string }{
		"utf8":        {text, "UTF-8", "José Müller"},
		"utf8 mark":   {"\xEF\xBB\xBF" + text, "UTF-8", "José Müller"},
		"ascii":       {strings.NewReplacer("é", "e", "ü", "u").Replace(text), "UTF-8", "Jose Muller"},
		"utf16le":     {utf16Bytes(binary.LittleEndian, text), "UTF-16LE", "José Müller"},
		"utf16be":     {utf16Bytes(binary.BigEndian, text), "UTF-16BE", "José Müller"},
		"utf16 mark":  {"\xFE\xFF" + utf16Bytes(binary.BigEndian, text), "UTF-16BE", "José Müller"},
		"windows1252": {strings.NewReplacer("é", "\xE9", "ü", "\xFC").Replace(text), "windows-1252", "José Müller"},
		"euro":        {strings.NewReplacer("é", "\x80", "ü", "\x96").Replace(text), "windows-1252", "Jos€ M–ller"},
		"old mac":     {strings.ReplaceAll(text, "\n", "\r"), "UTF-8", "José Müller"},
		"one broken":  {strings.Replace(text, "Z", "\xFFZ", 1) + strings.Repeat("é,1,ü\n", 20), "UTF-8", "José Müller"},
	} {
		t.Run(name, func(t *testing.T) {
			table := sniff(t, c.file)
			got := readAll(t, table, table.Guess(), "IN")
			if table.Encoding() != c.encoding || len(got.records) < 5 || got.records[0].Customer.Name != c.want {
				t.Errorf("%s, %d records, %q", table.Encoding(), len(got.records), got.records[0].Customer.Name)
			}
		})
	}
}

func TestCancelAndStop(t *testing.T) {
	before := runtime.NumGoroutine()
	text := "Name,Phone number\n" + strings.Repeat("Asha,+919820098200\n", 20_000)
	table := sniff(t, text)
	m := table.Guess()
	stop := errors.New("enough")
	seen := 0
	err := table.Records(t.Context(), m, "IN", func(Record) error {
		if seen++; seen == 700 {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) || seen != 700 {
		t.Errorf("%v after %d", err, seen)
	}
	ctx, cancel := context.WithCancel(t.Context())
	seen = 0
	err = table.Records(ctx, m, "IN", func(Record) error {
		if seen++; seen == 10 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || seen != 10 {
		t.Errorf("%v after %d", err, seen)
	}
	if after := runtime.NumGoroutine(); after > before {
		t.Errorf("%d goroutines, %d before", after, before)
	}
	if got := readAll(t, table, m, "IN"); len(got.records) != 20_000 {
		t.Errorf("read again: %d records", len(got.records))
	}
}

// flaky fails from a place on, as a stick that is pulled out does.
type flaky struct {
	*bytes.Reader
	from int64
}

func (f *flaky) ReadAt(p []byte, off int64) (int, error) {
	if f.from > 0 && off+int64(len(p)) > f.from {
		return 0, io.ErrClosedPipe
	}
	return f.Reader.ReadAt(p, off)
}

func TestReadErrorIsTold(t *testing.T) {
	text := []byte("Name,Phone number\n" + strings.Repeat("Asha,+919820098200\n", 60_000))
	f := &flaky{Reader: bytes.NewReader(text)}
	table, err := Sniff(t.Context(), f, int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	f.from = int64(len(text)) / 2
	seen := 0
	err = table.Records(t.Context(), table.Guess(), "IN", func(Record) error { seen++; return nil })
	if !errors.Is(err, ErrUnreadable) || seen == 0 || seen >= 60_000 {
		t.Errorf("%v after %d", err, seen)
	}
	f.from = 1
	if _, err := Sniff(t.Context(), f, int64(len(text))); !errors.Is(err, ErrUnreadable) {
		t.Errorf("sniff: %v", err)
	}
	if err := table.Records(t.Context(), table.Guess(), "IN", func(Record) error { return nil }); !errors.Is(err, ErrUnreadable) {
		t.Errorf("records: %v", err)
	}
}

func TestRecordTooBigInTheMiddle(t *testing.T) {
	text := "Name,Phone number\n" + strings.Repeat("Asha,+919820098200\n", 80_000) + strings.Repeat("z", MaxRecord+1)
	table := sniff(t, text)
	seen := 0
	err := table.Records(t.Context(), table.Guess(), "IN", func(Record) error { seen++; return nil })
	if !errors.Is(err, ErrTooBig) || seen != 80_000 {
		t.Errorf("%v after %d", err, seen)
	}
}

func TestContactCardsAreToldApart(t *testing.T) {
	for name, text := range map[string]string{
		"plain":        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Somebody\r\nEND:VCARD\r\n",
		"marked":       "\xEF\xBB\xBFbegin:vcard\nVERSION:4.0\nEND:VCARD\n",
		"after blanks": "\r\n \r\nBEGIN:VCARD\nEND:VCARD\n",
		"UTF-16":       "\xFF\xFEB\x00E\x00G\x00I\x00N\x00:\x00V\x00C\x00A\x00R\x00D\x00\n\x00",
	} {
		if table, err := Sniff(t.Context(), strings.NewReader(text), int64(len(text))); err != nil || table.Format() != Cards {
			t.Errorf("%s: %v", name, err)
		}
	}
}
