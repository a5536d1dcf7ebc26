package transfer

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"lethe/data"
)

// refusals are the errors that a file of any content may have.
var refusals = []error{
	ErrEmpty, ErrBinary, ErrTooBig, ErrProtected, ErrOldWorkbook, ErrOtherWorkbook, ErrUnpacksTooBig, ErrBrokenWorkbook,
}

// check reads a file whatever stands in it: no panic, no unknown error, every
// row either a customer or refused, nothing unclean.
func check(t *testing.T, file []byte) {
	table, err := Sniff(t.Context(), bytes.NewReader(file), int64(len(file)))
	if err != nil {
		for _, known := range refusals {
			if errors.Is(err, known) {
				return
			}
		}
		t.Fatalf("unknown error %v", err)
	}
	m := table.Guess()
	if m.Check(table) != nil {
		m[0].Use, m[0].Field = ToField, data.FieldPhone
	}
	if again, _, ok := table.Recall(m.Encode("IN")); !ok || len(again) != len(m) {
		t.Fatal("its mapping can't be remembered")
	}
	line := 0
	err = table.Records(t.Context(), m, "IN", func(r Record) error {
		if r.Line <= line {
			return fmt.Errorf("line %d after %d", r.Line, line)
		}
		line = r.Line
		if (r.Refused == "") != (r.Customer.Phone != 0) {
			return fmt.Errorf("refused %q with phone %v", r.Refused, r.Customer.Phone)
		}
		for _, p := range r.Problems {
			if p.Column < -1 || p.Column >= len(m) {
				return fmt.Errorf("problem in column %d", p.Column)
			}
		}
		for _, s := range []string{r.Customer.Name, r.Customer.City, r.Customer.Email, r.Note} {
			if strings.ContainsAny(s, "\x00\x07\r") || strings.ToValidUTF8(s, "") != s {
				return fmt.Errorf("unclean %q", s)
			}
		}
		return nil
	})
	if err != nil && !errors.Is(err, ErrTooBig) {
		t.Fatal(err)
	}
}

func FuzzTable(f *testing.F) {
	f.Add([]byte("Name,Phone number,Tags\nAsha,+919820098200,\"a, b\"\n\"Carl,9.18E+11,y\n"))
	f.Add([]byte("sep=;\nName;Telefon;Land;Erstellt am\nÄ;030-0074321;Germany;3.4.2026 10:05\n"))
	f.Add([]byte("\xFF\xFEN\x00a\x00m\x00e\x00\n\x00x\x00"))
	f.Add([]byte("a|b\r+919820098200 / 98200|2026-01-02T03:04:05Z\r"))
	f.Add([]byte("\x82\xA0,\x83v\x83\x8c,090-1234-5678\n"))
	f.Add([]byte("Name,Phone,Notes,Tags\n'=x,'+1,\"'NULL\",\"\"\"a, b\"\", c\"\n"))
	f.Fuzz(check)
}

func FuzzCards(f *testing.F) {
	f.Add([]byte("VERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=91=\r\n=20;;;;\r\nTEL;CELL;PREF:+919820098200\r\nEND:VCARD\r\n"))
	f.Add([]byte("VERSION:3.0\nFN:A\\, B\nitem1.TEL;type=CELL:98200 98200\nitem1.X-ABLabel:_$!<Mobile>!$_\nADR:;;a\\;b;c;d;e;f\nPHOTO;ENCODING=b:AAAA\n BBBB\nEND:VCARD"))
	f.Add([]byte("VERSION:4.0\rFN:A\rTEL;VALUE=uri;TYPE=\"work,cell\";PREF=1:tel:+91-98200-98200;ext=5\rAGENT:\rBEGIN:VCARD\rEND:VCARD\rEND:VCARD\r"))
	f.Add([]byte("NOTE;ENCODING=BASE64:TGlrZXM=\nORG:a;b;c\nEMAIL:x@y.zz\nEMAIL;PREF:y@y.zz\nX-A-B;=:\n=\n"))
	f.Fuzz(func(t *testing.T, body []byte) { check(t, append([]byte("BEGIN:VCARD\n"), body...)) })
}

// FuzzWorkbook changes what stands in a sheet and its texts, and the archive
// itself.
func FuzzWorkbook(f *testing.F) {
	f.Add(`<row r="1">`+inline("A1", "Name")+inline("B1", "Phone")+`</row><row r="3"><c t="s"><v>0</v></c><c s="1"><v>919820098200</v></c></row>`,
		"<si><t>Asha</t></si>", 0, byte(0))
	f.Add(`<row><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c><f>1+1</f><v>2</v></c><c r="XFD1"><v>9.1982E+11</v></c></row>`, "<si><r><t>a</t></r></si>", 40, byte(7))
	f.Fuzz(func(t *testing.T, rows, texts string, at int, with byte) {
		parts := minimal(rows)
		parts["xl/sharedStrings.xml"] = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + texts + `</sst>`
		file := packed(t, parts)
		if with != 0 && at >= 0 {
			file[at%len(file)] ^= with
		}
		check(t, file)
	})
}
