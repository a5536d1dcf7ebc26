package transfer

import (
	"maps"
	"testing"

	"lethe/data"
)

// A column that a custom field of some kind can hold goes there; what doesn't
// fit is kept in the note.
func TestValuesOfAFieldsKind(t *testing.T) {
	table := sniff(t, "Name,Phone,Paid,Joined,Size\n"+
		"Asha,9820000101,\"1,00,000.50\",13/4/2025,large\nRavi,9820000102,much,soon,Huge\n")
	m := table.Guess()
	m[2].Kind, m[3].Kind, m[4].Kind, m[4].Options = data.FieldNumber, data.FieldDate, data.FieldList, []string{"Small", "Large"}
	m[2].Use, m[3].Use, m[4].Use = ToCustom, ToCustom, ToCustom
	got := readAll(t, table, m, "IN")
	if len(got.records) != 2 || !maps.Equal(got.issues, map[Reason]int{ReasonNotKind: 3}) {
		t.Fatalf("%+v", got)
	}
	if c := got.records[0].CustomValues; !maps.Equal(c, map[string]string{"Paid": "100000.5", "Joined": "2025-04-13", "Size": "Large"}) {
		t.Errorf("%v", c)
	}
	if r := got.records[1]; len(r.CustomValues) != 0 || r.Note != "Paid: much\nJoined: soon\nSize: Huge" {
		t.Errorf("%+v", r)
	}
}

func TestNumbersAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"12": "12", "-3.50": "-3.5", "1,00,000.50": "100000.5", "1.000.000,5": "1000000.5", "1.000.000": "1000000",
		"1 000,5": "1000.5", "1,234": "1234", "0,5": "0.5", "१२": "12", "1e3": "1000", "1’000": "1000",
		"": "", "twelve": "", "1-2": "", "Inf": "", "0x10": "", "₹5": "",
	} {
		if got, ok := numberText(text); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v", text, got, ok)
		}
	}
}
