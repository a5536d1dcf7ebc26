package data_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lethe/data"
)

func TestFilterCheck(t *testing.T) {
	day := data.Date(20000)
	custom := data.CustomFieldName(7)
	for _, c := range []struct {
		name string
		c    data.Condition
		ok   bool
	}{
		{"a place", data.Condition{Field: data.FieldCity, Op: data.OpAnyOf, Values: []string{"Surat"}}, true},
		{"a place not set", data.Condition{Field: data.FieldCity, Op: data.OpAnyOf, Values: []string{""}}, true},
		{"any of nothing", data.Condition{Field: data.FieldCity, Op: data.OpAnyOf}, false},
		{"all of, of a place", data.Condition{Field: data.FieldCity, Op: data.OpAllOf, Values: []string{"Surat"}}, false},
		{"all of, of tags", data.Condition{Field: data.FieldTags, Op: data.OpAllOf, Values: []string{"A", "B"}}, true},
		{"all of nothing", data.Condition{Field: data.FieldTags, Op: data.OpAllOf}, false},
		{"contains", data.Condition{Field: data.FieldName, Op: data.OpContains, Values: []string{"x"}}, true},
		{"contains an empty text", data.Condition{Field: data.FieldName, Op: data.OpContains, Values: []string{""}}, false},
		{"contains two", data.Condition{Field: data.FieldName, Op: data.OpContains, Values: []string{"x", "y"}}, false},
		{"tags contain", data.Condition{Field: data.FieldTags, Op: data.OpContains, Values: []string{"x"}}, false},
		{"is set", data.Condition{Field: data.FieldEmail, Op: data.OpIsSet}, true},
		{"is not set", data.Condition{Field: data.FieldFollowUp, Op: data.OpIsNotSet}, true},
		{"a flag is set", data.Condition{Field: data.FieldBlocked, Op: data.OpIsSet}, false},
		{"a flag", data.Condition{Field: data.FieldBlocked, Op: data.OpAnyOf, Values: []string{data.FlagYes}}, true},
		{"before a day", data.Condition{Field: data.FieldCreated, Op: data.OpBefore, From: day}, true},
		{"before no day", data.Condition{Field: data.FieldCreated, Op: data.OpBefore}, false},
		{"after no day", data.Condition{Field: data.FieldCreated, Op: data.OpAfter, To: day}, false},
		{"a name before a day", data.Condition{Field: data.FieldName, Op: data.OpBefore, From: day}, false},
		{"one day", data.Condition{Field: data.FieldCreated, Op: data.OpBetween, From: day, To: day}, true},
		{"days the wrong way round", data.Condition{Field: data.FieldCreated, Op: data.OpBetween, From: day, To: day - 1}, false},
		{"half a span", data.Condition{Field: data.FieldCreated, Op: data.OpBetween, From: day}, false},
		{"90 days ago", data.Condition{Field: data.FieldLastInteraction, Op: data.OpMoreThanAgo, Days: 90, OrNever: true}, true},
		{"0 days ago", data.Condition{Field: data.FieldLastInteraction, Op: data.OpWithinDays}, true},
		{"days below 0", data.Condition{Field: data.FieldLastInteraction, Op: data.OpWithinDays, Days: -1}, false},
		{"a hundred years", data.Condition{Field: data.FieldLastInteraction, Op: data.OpMoreThanAgo, Days: data.MaxDays}, true},
		{"more than that", data.Condition{Field: data.FieldLastInteraction, Op: data.OpMoreThanAgo, Days: data.MaxDays + 1}, false},
		{"a custom date", data.Condition{Field: custom, Op: data.OpBefore, From: day}, true},
		{"a custom text", data.Condition{Field: custom, Op: data.OpContains, Values: []string{"x"}}, true},
		{"at least a number", data.Condition{Field: custom, Op: data.OpAtLeast, Values: []string{"1,000"}}, true},
		{"at least no number", data.Condition{Field: custom, Op: data.OpAtLeast, Values: []string{"ten"}}, false},
		{"at most nothing", data.Condition{Field: custom, Op: data.OpAtMost}, false},
		{"a range", data.Condition{Field: custom, Op: data.OpInRange, Values: []string{"-1", "1"}}, true},
		{"a range the wrong way round", data.Condition{Field: custom, Op: data.OpInRange, Values: []string{"1", "-1"}}, false},
		{"half a range", data.Condition{Field: custom, Op: data.OpInRange, Values: []string{"1"}}, false},
		{"a name at least a number", data.Condition{Field: data.FieldName, Op: data.OpAtLeast, Values: []string{"1"}}, false},
		{"no such operator", data.Condition{Field: data.FieldName, Op: "like", Values: []string{"%"}}, false},
		{"none, of a custom field", data.Condition{Field: custom, Op: "", Values: []string{"x"}}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := data.Filter{Conditions: []data.Condition{{Field: data.FieldName, Op: data.OpIsSet}, c.c}}
			err := f.Check()
			if c.ok && err != nil || !c.ok && !errors.Is(err, data.ErrBadFilter) {
				t.Errorf("got %v", err)
			}
			if _, err := data.DecodeFilter(f.Encode()); c.ok != (err == nil) {
				t.Errorf("read back: %v", err)
			}
		})
	}
	for _, text := range []string{"", "[]", "{", `{"conditions":[{"field":"name","op":"drop"}]}`, `{"conditions":7}`} {
		if _, err := data.DecodeFilter(text); !errors.Is(err, data.ErrBadFilter) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestEveryOperatorThatFitsPassesTheCheck(t *testing.T) {
	for _, f := range []data.Field{
		data.FieldName, data.FieldPhone, data.FieldWhatsApp, data.FieldEmail, data.FieldCompany, data.FieldCity,
		data.FieldState, data.FieldCountry, data.FieldTags, data.FieldSource, data.FieldAgent, data.FieldBlocked,
		data.FieldOptOut, data.FieldActivity, data.FieldLastInteraction, data.FieldCreated, data.FieldFirstReceived,
		data.FieldFirstSent, data.FieldLastSent, data.FieldLastReceived, data.FieldLastTemplate, data.FieldFollowUp,
	} {
		for _, op := range data.OpsFor(data.KindOf(f)) {
			c := data.Condition{Field: f, Op: op, Values: []string{"x"}, From: 1, To: 2, Days: 3}
			if err := (data.Filter{Conditions: []data.Condition{c}}).Check(); err != nil {
				t.Errorf("%s %s: %v", f, op, err)
			}
		}
	}
}

var conditions = rapid.Custom(func(t *rapid.T) data.Condition {
	f := rapid.SampledFrom([]data.Field{data.FieldName, data.FieldTags, data.FieldCreated, data.FieldBlocked, data.CustomFieldName(3)}).Draw(t, "field")
	return data.Condition{
		Field: f, Op: rapid.SampledFrom(data.OpsFor(data.KindOf(f))).Draw(t, "op"),
		Values: []string{rapid.StringN(1, 5, 20).Draw(t, "value")},
		From:   data.Date(rapid.IntRange(1, 9).Draw(t, "from")), To: data.Date(rapid.IntRange(9, 20).Draw(t, "to")),
		Days: rapid.IntRange(0, 400).Draw(t, "days"), OrNever: rapid.Bool().Draw(t, "or never"),
	}
})

func TestFiltersComeBackAsTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := data.Filter{
			Search:     rapid.String().Draw(t, "search"),
			Conditions: rapid.SliceOfN(conditions, 0, 4).Draw(t, "conditions"),
		}
		if len(f.Conditions) == 0 {
			f.Conditions = nil
		}
		back, err := data.DecodeFilter(f.Encode())
		if err != nil || !reflect.DeepEqual(back, f) {
			t.Fatalf("%#v, %v, of %s", back, err, f.Encode())
		}
		copied := f.Clone()
		for i := range copied.Conditions {
			copied.Conditions[i].Values[0] = "changed"
		}
		if again, err := data.DecodeFilter(f.Encode()); err != nil || !reflect.DeepEqual(again, back) {
			t.Fatal("a clone shares values with its filter")
		}
	})
}

func TestWithAndWithout(t *testing.T) {
	city := data.Condition{Field: data.FieldCity, Op: data.OpAnyOf, Values: []string{"Surat"}}
	tag := data.Condition{Field: data.FieldTags, Op: data.OpAnyOf, Values: []string{"VIP"}}
	f := data.Filter{Search: " "}
	if !f.Empty() {
		t.Error("a blank search narrows")
	}
	f = f.With(city).With(tag)
	city.Values = []string{"Pune"}
	g := f.With(city)
	if c, ok := g.On(data.FieldCity); !ok || c.Values[0] != "Pune" || len(g.Conditions) != 2 {
		t.Errorf("%+v", g)
	}
	if c, ok := f.On(data.FieldCity); !ok || c.Values[0] != "Surat" {
		t.Errorf("the old filter changed: %+v", f)
	}
	if h := g.Without(data.FieldCity).Without(data.FieldTags); !h.Empty() || len(g.Conditions) != 2 {
		t.Errorf("%+v of %+v", h, g)
	}
	if _, ok := f.On(data.FieldState); ok {
		t.Error("a condition on what has none")
	}
}

// The audit log gets the kinds of a filter, and none of its values.
func TestKindsHoldNoValues(t *testing.T) {
	f := data.Filter{Search: "Asha 98200", Conditions: []data.Condition{
		{Field: data.FieldCity, Op: data.OpAnyOf, Values: []string{"Surat"}},
		{Field: data.CustomFieldName(4), Op: data.OpContains, Values: []string{"gold"}},
	}}
	if got := strings.Join(f.Kinds(), ","); got != "search,city,custom:4" {
		t.Errorf("got %q", got)
	}
	if got := f.Fields(); !reflect.DeepEqual(got, []data.Field{data.FieldCity, "custom:4"}) {
		t.Errorf("fields: %v", got)
	}
}

func TestCustomFieldNames(t *testing.T) {
	if id, ok := data.CustomFieldName(12).CustomID(); !ok || id != 12 {
		t.Errorf("%d, %v", id, ok)
	}
	for _, f := range []data.Field{"city", "custom:", "custom:0", "custom:-1", "custom:x", "Custom:1"} {
		if _, ok := f.CustomID(); ok {
			t.Errorf("%q names a custom field", f)
		}
	}
}
