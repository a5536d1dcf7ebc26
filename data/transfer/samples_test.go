package transfer

import (
	"errors"
	"maps"
	"path/filepath"
	"testing"
	"time"

	"lethe/data"
)

// outcome of a whole file.
type tally struct {
	records []Record
	refused map[Reason]int
	issues  map[Reason]int
}

func open(t *testing.T, path string) *Table {
	t.Helper()
	table, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := table.Close(); err != nil {
			t.Error(err)
		}
	})
	return table
}

func readAll(t *testing.T, table *Table, m Mapping, region string) tally {
	t.Helper()
	out := tally{refused: map[Reason]int{}, issues: map[Reason]int{}}
	err := table.Records(t.Context(), m, region, func(r Record) error {
		out.records = append(out.records, r)
		if r.Refused != "" {
			out.refused[r.Refused]++
			if r.Customer.Phone != 0 {
				t.Errorf("line %d: refused, with a phone number", r.Line)
			}
		} else if r.Customer.Phone == 0 {
			t.Errorf("line %d: neither phone number nor refused", r.Line)
		}
		for _, p := range r.Problems {
			out.issues[p.Reason]++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func target(t *testing.T, m Mapping, heading string) Column {
	t.Helper()
	for _, c := range m {
		if c.Heading == heading {
			return c
		}
	}
	t.Fatalf("no column %q", heading)
	return Column{}
}

func wantFields(t *testing.T, m Mapping, want map[string]data.Field) {
	t.Helper()
	for heading, field := range want {
		c := target(t, m, heading)
		if field == "" && c.Use == ToField || field != "" && (c.Use != ToField || c.Field != field) {
			t.Errorf("%s became %v %q, want %q", heading, c.Use, c.Field, field)
		}
	}
}

func TestDoubleTickExportMapsByItself(t *testing.T) {
	table := open(t, filepath.Join("..", "sample", "doubletick-export-1714.csv"))
	m := table.Guess()
	wantFields(t, m, map[string]data.Field{
		"Name": data.FieldName, "Phone number": data.FieldPhone, "Tags": data.FieldTags,
		"Agent Phone Number": data.FieldAgent, "Customer Date Created": data.FieldCreated, "Source": data.FieldSource,
		"Customer blocked status": data.FieldBlocked, "Last template sent at": data.FieldLastTemplate,
		"First message received at": data.FieldFirstReceived, "First message sent at": data.FieldFirstSent,
		"Whatsapp Name": data.FieldWhatsApp, "Opt out": data.FieldOptOut, "Last message sent at": data.FieldLastSent,
		"Email": data.FieldEmail, "City": data.FieldCity, "State": data.FieldState, "Lead Stage": "",
	})
	if c := target(t, m, "Lead Stage"); c.Use != ToCustom || !m.Sure() {
		t.Errorf("lead stage %+v, sure %v", c, m.Sure())
	}
	got := readAll(t, table, m, "IN")
	if len(got.records) != 1714 || len(got.refused) != 0 || len(got.issues) != 0 {
		t.Fatalf("%d records, refused %v, problems %v", len(got.records), got.refused, got.issues)
	}
	count := map[string]int{}
	for i, r := range got.records {
		c := r.Customer
		if r.Line != i+2 {
			t.Fatalf("record %d on line %d", i, r.Line)
		}
		for _, tag := range c.Tags {
			count["tag "+tag]++
		}
		if c.Blocked {
			count["blocked"]++
		}
		if c.OptOut {
			count["opt out"]++
		}
		if c.AgentPhone == 919820000003 {
			count["agent 3"]++
		}
		if c.LastSent.IsZero() {
			count["not sent"]++
		}
		if c.Created.IsZero() {
			count["not created"]++
		}
		count["stage "+r.CustomValues["Lead Stage"]]++
	}
	want := map[string]int{
		"tag Follow up": 157, "tag Retail": 150, "tag Exhibition": 150, "tag Brendon Travel": 146, "tag Diwali 2025": 146,
		"tag VIP": 144, "tag Wholesale": 142, "tag Cold": 140, "blocked": 54, "opt out": 87, "agent 3": 280,
		"not sent": 433, "stage Cold": 451, "stage New Lead": 429, "stage Hot": 411, "stage ": 423,
	}
	if !maps.Equal(count, want) {
		t.Errorf("counted %v", count)
	}
	first := got.records[0].Customer
	if first.Name != "Gauri Kulkarni" || first.Phone != 918299995902 || first.City != "Surat" ||
		!first.LastInteraction().Equal(time.Date(2026, 2, 6, 9, 29, 0, 0, time.UTC)) ||
		!first.Created.Equal(time.Date(2024, 7, 26, 19, 18, 0, 0, time.UTC)) {
		t.Errorf("first: %+v", first)
	}
}

func TestNorthwindEveryRowAccountedFor(t *testing.T) {
	table := open(t, filepath.Join("testdata", "northwind-customers.csv"))
	m := table.Guess()
	wantFields(t, m, map[string]data.Field{
		"companyName": data.FieldCompany, "contactName": data.FieldName, "city": data.FieldCity,
		"region": data.FieldState, "country": data.FieldCountry, "phone": data.FieldPhone,
		"fax": "", "address": "", "customerID": "", "contactTitle": "", "postalCode": "",
	})
	got := readAll(t, table, m, "IN")
	if len(got.records) != 91 {
		t.Fatalf("%d records", len(got.records))
	}
	// The file is of 1995: since then Mexico, France, Argentina, Portugal and
	// Venezuela made their numbers longer.
	if want := map[Reason]int{"phone_too_short": 23, "phone_too_long": 1}; !maps.Equal(got.refused, want) {
		t.Errorf("refused %v", got.refused)
	}
	if got.issues[ReasonUnusualPhone] != 19 {
		t.Errorf("problems %v", got.issues)
	}
	short := map[string]bool{"Mexico": true, "France": true, "Argentina": true, "Portugal": true, "Venezuela": true}
	for _, r := range got.records {
		if r.Refused == "phone_too_short" && !short[r.Customer.Country] {
			t.Errorf("line %d refused in %s", r.Line, r.Customer.Country)
		}
		for heading, v := range r.CustomValues {
			if v == "NULL" {
				t.Errorf("line %d: NULL in %s", r.Line, heading)
			}
		}
	}
	first := got.records[0]
	if c := first.Customer; c.Name != "Maria Anders" || c.Company != "Alfreds Futterkiste" || c.Country != "Germany" ||
		c.State != "" || c.Phone != 49300074321 || first.CustomValues["fax"] != "030-0076545" {
		t.Errorf("first: %+v", first)
	}
	if c := got.records[4].Customer; c.City != "Luleå" || c.Phone != 46921123465 {
		t.Errorf("fifth: %+v", c)
	}
	if c := got.records[8]; c.Refused == "" || c.Note != "phone: 91.24.45.40" {
		t.Errorf("ninth: %+v", c)
	}
}

func TestWrongHeadingsMapByContents(t *testing.T) {
	table := open(t, filepath.Join("testdata", "people-100-wrong-headings.csv"))
	m := table.Guess()
	wantFields(t, m, map[string]data.Field{
		"PHONE1": data.FieldEmail, "PHONE2": data.FieldPhone, "EMAIL": data.FieldPhone,
		"FIRSNAME": data.FieldName, "LASTNAME": data.FieldName, "COMPANY": data.FieldCompany,
		"CITY": data.FieldCity, "COUNTRY": data.FieldCountry, "INDEX": "", "CUSTOMERID": "", "WEBSITE": "",
	})
	for _, heading := range []string{"PHONE1", "EMAIL", "FIRSNAME"} {
		if !target(t, m, heading).Unsure {
			t.Errorf("%s is not in doubt", heading)
		}
	}
	if target(t, m, "PHONE2").Unsure || target(t, m, "LASTNAME").Unsure {
		t.Error("in doubt about what heading and contents agree on")
	}
	got := readAll(t, table, m, "US")
	want := map[Reason]int{"phone_too_long": 17, "phone_not_valid": 1}
	if len(got.records) != 101 || !maps.Equal(got.refused, want) {
		t.Errorf("%d records, refused %v", len(got.records), got.refused)
	}
	for _, r := range got.records {
		if !looksLikeEmail(r.Customer.Email) {
			t.Errorf("line %d: e-mail %q", r.Line, r.Customer.Email)
		}
	}
	if c := got.records[0].Customer; c.Name != "Sheryl Baxter" || c.Company != "Rasmussen Group" || c.Email != "zunigavanessa@smith.info" {
		t.Errorf("first: %+v", c)
	}
}

func TestAddressBooks(t *testing.T) {
	t.Run("semicolon", func(t *testing.T) {
		table := open(t, filepath.Join("testdata", "semicolon.csv"))
		m := table.Guess()
		if table.Separator() != ';' || len(m) != 4 || m[0].Field != data.FieldName || m[3].Field != data.FieldEmail {
			t.Errorf("separator %q, mapping %+v", table.Separator(), m)
		}
		if err := m.Check(table); !errors.Is(err, ErrNoPhone) {
			t.Errorf("check: %v", err)
		}
		if err := table.Records(t.Context(), m, "IN", nil); !errors.Is(err, ErrNoPhone) {
			t.Errorf("records: %v", err)
		}
	})
	t.Run("utf16", func(t *testing.T) {
		table := open(t, filepath.Join("testdata", "utf16.csv"))
		got := readAll(t, table, table.Guess(), "IN")
		if table.Encoding() != "UTF-16LE" || len(got.records) != 1 || got.refused[ReasonNoPhone] != 1 {
			t.Fatalf("%s: %+v", table.Encoding(), got)
		}
		if c := got.records[0].Customer; c.Name != "John Doe" || c.Email != "johndoe@host.invalid" {
			t.Errorf("%+v", c)
		}
	})
	t.Run("quotes", func(t *testing.T) {
		table := open(t, filepath.Join("testdata", "thunderbird-quotes.csv"))
		m := table.Guess()
		got := readAll(t, table, m, "US")
		if len(got.records) != 1 || len(m.CustomFields()) != 0 {
			t.Fatalf("%+v, custom fields %q", got, m.CustomFields())
		}
		if c := got.records[0].Customer; c.Name != "Acer America" || c.Company != "Acer America" || c.Phone != 18000000000 {
			t.Errorf("%+v", c)
		}
	})
}
