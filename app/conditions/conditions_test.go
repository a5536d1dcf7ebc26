package conditions_test

import (
	"strings"
	"testing"
	"time"

	"lethe/app/conditions"
	"lethe/app/words"
	"lethe/assets"
	"lethe/data"
)

func english(t *testing.T) *words.Words {
	t.Helper()
	w, err := words.New(assets.Translations, "en", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

var (
	day   = data.DateOf(time.Date(2026, 2, 6, 0, 0, 0, 0, time.UTC))
	later = data.DateOf(time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC))
)

func TestWords(t *testing.T) {
	w := english(t)
	fields := []data.CustomField{{ID: 3, Name: "Lead Stage", Kind: data.FieldText}}
	for _, test := range []struct {
		c    data.Condition
		want string
	}{
		{data.Condition{Field: data.FieldTags, Op: data.OpAnyOf, Values: []string{"Brendon Travel"}}, "Tags is any of Brendon Travel"},
		{data.Condition{Field: data.FieldTags, Op: data.OpAllOf, Values: []string{"A", "B"}}, "Tags is all of A, B"},
		{data.Condition{Field: data.FieldCity, Op: data.OpAnyOf, Values: []string{"Surat"}}, "City is Surat"},
		{data.Condition{Field: data.FieldCity, Op: data.OpAnyOf, Values: []string{"Surat", ""}}, "City is any of Surat, Not Set"},
		{
			data.Condition{Field: data.FieldCity, Op: data.OpAnyOf, Values: strings.Split("abcdefgh", "")},
			"City is any of a, b, c, d, e and 3 more",
		},
		{data.Condition{Field: data.FieldEmail, Op: data.OpContains, Values: []string{"example"}}, "Email contains “example”"},
		{data.Condition{Field: data.FieldCompany, Op: data.OpIsSet}, "Company Name is set"},
		{data.Condition{Field: data.FieldFollowUp, Op: data.OpIsNotSet}, "Follow Up Date is not set"},
		{data.Condition{Field: data.FieldCreated, Op: data.OpBefore, From: day}, "Customer Date Created before 6 Feb 2026"},
		{data.Condition{Field: data.FieldCreated, Op: data.OpAfter, From: day}, "Customer Date Created after 6 Feb 2026"},
		{
			data.Condition{Field: data.FieldFollowUp, Op: data.OpBetween, From: day, To: later, OrNever: true},
			"Follow Up Date from 6 Feb 2026 to 23 Nov 2026, or not set",
		},
		{data.Condition{Field: data.FieldCreated, Op: data.OpMoreThanAgo, Days: 1}, "Customer Date Created more than 1 day ago"},
		{data.Condition{Field: data.FieldCreated, Op: data.OpWithinDays, Days: 7}, "Customer Date Created within 7 days"},
		{
			data.Condition{Field: data.FieldLastInteraction, Op: data.OpMoreThanAgo, Days: 90, OrNever: true},
			"No interaction for more than 90 days, or never contacted",
		},
		{data.Condition{Field: data.FieldLastInteraction, Op: data.OpIsNotSet}, "Never contacted"},
		{data.Condition{Field: data.FieldBlocked, Op: data.OpAnyOf, Values: []string{data.FlagYes}}, "Blocked status is Blocked"},
		{data.Condition{Field: data.FieldOptOut, Op: data.OpAnyOf, Values: []string{data.FlagNo}}, "Opt out is Not opted out"},
		{data.Condition{Field: data.FieldActivity, Op: data.OpAnyOf, Values: []string{"inactive"}}, "Activity status is Inactive"},
		{data.Condition{Field: "custom:3", Op: data.OpAnyOf, Values: []string{"Cold"}}, "Lead Stage is Cold"},
		{data.Condition{Field: "custom:4", Op: data.OpIsSet}, "Removed field is set"},
		{data.Condition{Field: "custom:3", Op: data.OpAtLeast, Values: []string{"10"}}, "Lead Stage at least 10"},
		{data.Condition{Field: "custom:3", Op: data.OpAtMost, Values: []string{"-1.5"}, OrNever: true}, "Lead Stage at most -1.5, or not set"},
		{data.Condition{Field: "custom:3", Op: data.OpInRange, Values: []string{"1", "2"}}, "Lead Stage from 1 to 2"},
	} {
		s := conditions.Speaker{Words: w, Fields: fields}
		got := s.Chips(data.Filter{Conditions: []data.Condition{test.c}})
		if len(got) != 1 || got[0].Text != test.want || got[0].Field != test.c.Field {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

func TestJoined(t *testing.T) {
	w := english(t)
	f := data.Filter{Search: " 98200 51 ", Conditions: []data.Condition{
		{Field: data.FieldTags, Op: data.OpAnyOf, Values: []string{"Brendon Travel"}},
		{Field: data.FieldActivity, Op: data.OpAnyOf, Values: []string{"inactive"}},
	}}
	s := conditions.Speaker{Words: w, ActiveDays: 90}
	want := "Tags is any of Brendon Travel AND Activity status is Inactive (no interaction for more than 90 days) AND Search: “98200 51”"
	if got := s.Joined(f); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	chips := s.Chips(f)
	if len(chips) != 3 || chips[2].Field != conditions.Search || chips[0].Field != data.FieldTags {
		t.Errorf("chips %+v", chips)
	}
	if got := s.Joined(data.Filter{Search: "  "}); got != "" {
		t.Errorf("nothing is asked for: %q", got)
	}
}

// TestNothingMisleads: values are strangers' texts.
func TestNothingMisleads(t *testing.T) {
	w := english(t)
	bad := "Sur\u202eat\u202c\nAND everybody\u200b" + strings.Repeat("x", 5000)
	f := data.Filter{Search: bad, Conditions: []data.Condition{
		{Field: data.FieldCity, Op: data.OpAnyOf, Values: []string{bad, bad + "2"}},
		{Field: data.FieldEmail, Op: data.OpContains, Values: []string{bad}},
		{Field: "custom:1", Op: data.OpIsSet},
	}}
	s := conditions.Speaker{Words: w, Fields: []data.CustomField{{ID: 1, Name: bad}}}
	got := s.Joined(f)
	if strings.ContainsAny(got, "\n\u202e\u202c\u200b") || len([]rune(got)) > 500 {
		t.Errorf("says %q", got)
	}
}

// TestEveryFieldHasAName: each field that can stand in a filter or a column.
func TestEveryFieldHasAName(t *testing.T) {
	s := conditions.Speaker{Words: english(t)}
	seen := map[string]bool{}
	for _, f := range conditions.Columns() {
		name := s.Name(f)
		if strings.HasPrefix(name, "[") || seen[name] {
			t.Errorf("%s is called %q", f, name)
		}
		seen[name] = true
	}
}
