package transfer

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lethe/data"
)

func headingsOf(m Mapping) []string {
	var out []string
	for _, c := range m {
		out = append(out, c.Heading)
	}
	return out
}

func TestAndroidCards(t *testing.T) {
	table := open(t, filepath.Join("testdata", "android.vcf"))
	m := table.Guess()
	wantFields(t, m, map[string]data.Field{
		"Name": data.FieldName, "Mobile": data.FieldPhone, "Mobile 2": data.FieldPhone, "Work Phone": data.FieldPhone,
		"Home Phone": data.FieldPhone, "E-mail": data.FieldEmail, "Company": data.FieldCompany, "Tags": data.FieldTags,
		"E-mail 2": "", "Fax": "", "Website": "", "Note": "",
	})
	if target(t, m, "Note").Use != ToNote || !m.Sure() || table.Format() != Cards {
		t.Errorf("%+v, %s", m, table.Format())
	}
	// Six cards: two have a mail only, the numbers of the others are too short
	// anywhere. Every value of a refused one is still told with it.
	got := readAll(t, table, m, "US")
	if len(got.records) != 6 || !maps.Equal(got.refused, map[Reason]int{ReasonNoPhone: 2, "phone_too_short": 4}) {
		t.Fatalf("%d records, refused %v", len(got.records), got.refused)
	}
	var lines []int
	for _, r := range got.records {
		lines = append(lines, r.Line)
	}
	if !slices.Equal(lines, []int{1, 6, 11, 18, 36, 71}) {
		t.Errorf("lines %v", lines)
	}
	if r := got.records[0]; r.Customer.Email != "john.doe@company.com" || !slices.Equal(r.Customer.Tags, []string{"My Contacts"}) {
		t.Errorf("%+v", r)
	}
	if r := got.records[3]; r.Customer.Name != strings.TrimSpace(strings.Repeat("Ñ ", 11)) ||
		strings.Count(r.Note, "Ñ Ñ Ñ Ñ Ñ Ñ Ñ ÑÑ") != 2 || !strings.HasSuffix(r.Note, "\nHome Phone: 234567\nHome Phone 2: 45678901") {
		t.Errorf("%q, note %q", r.Customer.Name, r.Note)
	}
	if r := got.records[4]; r.CustomValues["E-mail 2"] != strings.Repeat("Ñ", 14) || r.Customer.Email != "bob@company.com" ||
		r.CustomValues["Website"] != "www.company.com\nhttp://www.company.com" || !hasReason(r, ReasonMoreEmails) || !hasReason(r, ReasonLeft) {
		t.Errorf("%+v", r)
	}
}

func hasReason(r Record, why Reason) bool {
	return slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Reason == why })
}

func TestPhoneCards(t *testing.T) {
	t.Run("Gmail", func(t *testing.T) {
		table := open(t, filepath.Join("testdata", "gmail.vcf"))
		got := readAll(t, table, table.Guess(), "US")
		if len(got.records) != 1 || len(got.refused) != 0 || !maps.Equal(got.issues, map[Reason]int{ReasonMorePhones: 1}) {
			t.Fatalf("%+v", got)
		}
		r := got.records[0]
		if c := r.Customer; c.Name != "Mr. John Richter, James Doe Sr." || c.Phone != 19055551234 || c.Company != "IBM" ||
			c.Email != "john.doe@ibm.com" {
			t.Errorf("%+v", c)
		}
		for _, part := range []string{
			`SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND`, "\nFavotire Color: Blue",
			"Home Phone: 905-666-1234", "Spouse: Jenny", "Anniversary: 1975-03-01", "Phonetic first name: Jon",
		} {
			if !strings.Contains(r.Note, part) {
				t.Errorf("%q is not in the note %q", part, r.Note)
			}
		}
		if r.CustomValues["Address"] != "Crescent moon drive\n555-asd\nNice Area, Albaney, New York 12345\nUnited States of America" ||
			r.CustomValues["Website"] != "http://www.ibm.com" {
			t.Errorf("%q", r.CustomValues)
		}
	})
	t.Run("iPhone", func(t *testing.T) {
		table := open(t, filepath.Join("testdata", "iphone.vcf"))
		got := readAll(t, table, table.Guess(), "US")
		if len(got.records) != 1 || !maps.Equal(got.issues, map[Reason]int{ReasonMorePhones: 3, ReasonLeft: 1}) {
			t.Fatalf("%v, %v", got.refused, got.issues)
		}
		r := got.records[0]
		if c := r.Customer; c.Phone != 19055551234 || c.City != "New York" || c.State != "New York" ||
			c.Country != "United States of America" {
			t.Errorf("%+v", c)
		}
		want := map[string]string{
			"Nickname": "Johny", "Department": "Accounting", "Job Title": "Money Counter", "Fax": "905-888-1234",
			"Fax 2": "905-999-1234", "Pager": "905-111-1234", "Address": "Silicon Alley 5", "Postal Code": "12345",
			"Other Address": "Street4\nBuilding 6\nFloor 8, New York, 12345, USA", "Birthday": "2012-06-06",
			"Website": "http://www.ibm.com",
		}
		if !maps.Equal(r.CustomValues, want) {
			t.Errorf("%q", r.CustomValues)
		}
		for _, part := range []string{"Work Phone: 905-777-1234", "Home Phone: 905-666-1234", "Other Phone: 905-222-1234"} {
			if !strings.Contains(r.Note, part) {
				t.Errorf("%q is not in the note %q", part, r.Note)
			}
		}
	})
	t.Run("RFC 6350", func(t *testing.T) {
		table := open(t, filepath.Join("testdata", "rfc6350-example.vcf"))
		got := readAll(t, table, table.Guess(), "IN")
		if len(got.records) != 1 || len(got.refused) != 0 {
			t.Fatalf("%v", got.refused)
		}
		r := got.records[0]
		if c := r.Customer; c.Name != "Simon Perreault" || c.Phone != 14182626501 || c.City != "Quebec" || c.State != "QC" ||
			c.Country != "Canada" || c.Company != "Viagenie" {
			t.Errorf("%+v", c)
		}
		if !strings.Contains(r.Note, "Work Phone: +1-418-656-9254 ext. 102") || r.CustomValues["Birthday"] != "--0203" {
			t.Errorf("%q, %q", r.Note, r.CustomValues)
		}
	})
}

// What is written by hand, by old phones, by mail programs.
func TestCardDialects(t *testing.T) {
	const head, tail = "BEGIN:VCARD\nVERSION:2.1\nFN:Asha\nTEL;CELL:+919820098200\n", "END:VCARD\n"
	for name, c := range map[string]struct {
		text string
		want func(r Record) bool
	}{
		"sets of characters": {
			head + "ADR;HOME;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:;;;M=FCnchen;;;\n" + tail,
			func(r Record) bool { return r.Customer.City == "München" },
		},
		"Shift-JIS in quoted-printable": {
			head + "ORG;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=93=8C=8B=9E\n" + tail,
			func(r Record) bool { return r.Customer.Company == "東京" },
		},
		"an unknown set": {
			head + "ORG;CHARSET=X-NONE;ENCODING=QUOTED-PRINTABLE:Caf=E9\n" + tail,
			func(r Record) bool { return r.Customer.Company == "Café" },
		},
		"old line ends": {
			strings.ReplaceAll(head+"ORG:Lotus\n"+tail, "\n", "\r"),
			func(r Record) bool { return r.Customer.Company == "Lotus" && r.Line == 1 },
		},
		"the mobile wins": {
			"BEGIN:VCARD\nVERSION:3.0\nFN:Asha\nTEL;TYPE=HOME,VOICE,PREF:02223456789\nTEL;TYPE=CELL:9820098200\nEND:VCARD\n",
			func(r Record) bool {
				return r.Customer.Phone == 919820098200 && r.Note == "Home Phone: 02223456789" && hasReason(r, ReasonMorePhones)
			},
		},
		"the preferred mobile wins": {
			"BEGIN:VCARD\nVERSION:4.0\nFN:Asha\nTEL;TYPE=cell;PREF=2:tel:+919820098201\nTEL;TYPE=cell;PREF=1:tel:+919820098200\nEND:VCARD\n",
			func(r Record) bool { return r.Customer.Phone == 919820098200 },
		},
		"a label of its own": {
			"BEGIN:VCARD\nVERSION:3.0\nFN:Asha\nitem1.TEL:9820098200\nitem1.X-ABLabel:WhatsApp\nEND:VCARD\n",
			func(r Record) bool { return r.Customer.Phone == 919820098200 },
		},
		"no formatted name": {
			"BEGIN:VCARD\nVERSION:3.0\nN:Sharma;Asha;Kumari;Dr.;\nTEL:9820098200\nEND:VCARD\n",
			func(r Record) bool { return r.Customer.Name == "Dr. Asha Kumari Sharma" },
		},
		"a person within": {
			head + "AGENT:\nBEGIN:VCARD\nVERSION:2.1\nFN:Ravi\nTEL:+919811111111\nEND:VCARD\nORG:Lotus\n" + tail,
			func(r Record) bool {
				return r.Customer.Name == "Asha" && r.Customer.Company == "Lotus" && hasReason(r, ReasonLeft)
			},
		},
		"no end": {
			head + "ORG:Lotus\n", func(r Record) bool { return r.Customer.Company == "Lotus" },
		},
		"a picture in lines of its own": {
			head + "PHOTO;JPEG;BASE64:\n/9j/4AAQSkZJRgABAQAAAQABAAD\nAQEBAQIBAQE=\n\nORG:Lotus\n" + tail,
			func(r Record) bool { return r.Customer.Company == "Lotus" && hasReason(r, ReasonLeft) },
		},
		"escapes": {
			head + "NOTE:Likes blue\\, red\\; and\\ngreen\n" + tail,
			func(r Record) bool { return r.Note == "Likes blue, red; and\ngreen" },
		},
		"a note in base 64": {
			head + "NOTE;ENCODING=BASE64:TGlrZXMgYmx1ZQ==\n" + tail,
			func(r Record) bool { return r.Note == "Likes blue" },
		},
		"a quotation mark that never closes": {
			head + "NOTE;X=\"open:Likes blue\n" + tail,
			func(r Record) bool { return r.Note == "Likes blue" },
		},
		"a line that says nothing": {
			head + "what is this\nORG:Lotus\n" + tail,
			func(r Record) bool { return r.Customer.Company == "Lotus" && hasReason(r, ReasonNotRead) },
		},
		"more numbers than columns": {
			head + strings.Repeat("TEL;CELL:+919820098201\n", 30) + tail,
			func(r Record) bool { return strings.Count(r.Note, "9820098201") == 30 },
		},
		"twice the company": {
			head + "ORG:Lotus;Sales\nORG:Rose\n" + tail,
			func(r Record) bool {
				return r.Customer.Company == "Lotus" && r.CustomValues["Department"] == "Sales" && r.Note == "Company: Rose"
			},
		},
		"a field nobody knows": {
			head + "X-SKYPE-USERNAME:asha.s\n" + tail,
			func(r Record) bool { return r.Note == "Skype username: asha.s" },
		},
	} {
		t.Run(name, func(t *testing.T) {
			table := sniff(t, c.text)
			got := readAll(t, table, table.Guess(), "IN")
			if len(got.records) != 1 || !c.want(got.records[0]) {
				t.Errorf("%+v\n%q", got.records, headingsOf(table.Guess()))
			}
		})
	}
}

func TestManyCardsOfAllVersions(t *testing.T) {
	var text strings.Builder
	text.WriteString("\xEF\xBB\xBF")
	for i, version := range []string{"2.1", "3.0", "4.0"} {
		text.WriteString("begin:vcard\r\nversion:" + version + "\r\nfn:Person\r\ntel:+91982009820" + string(rune('0'+i)) + "\r\nend:vcard\r\n\r\n")
	}
	table := sniff(t, text.String())
	got := readAll(t, table, table.Guess(), "IN")
	if len(got.records) != 3 || len(got.refused) != 0 || got.records[2].Line != 13 || got.records[2].Customer.Phone != 919820098202 {
		t.Errorf("%+v", got)
	}
	if first, err := table.Preview(table.Guess(), "IN", 2); err != nil || len(first) != 2 {
		t.Errorf("%+v, %v", first, err)
	}
}
