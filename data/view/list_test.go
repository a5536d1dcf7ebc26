package view_test

import (
	"context"
	"maps"
	"slices"
	"sort"
	"strings"
	"time"
	_ "time/tzdata" // so that the places below are known everywhere

	"pgregory.net/rapid"

	"lethe/data"
	"lethe/data/phone"
	"lethe/data/view"
)

// list is a customer list as a plain slice: the source of views, and what
// plain loops go over.
type list struct {
	rows []data.Row // by rising id
}

func (l *list) Customers(ctx context.Context, yield func(*data.Row) error) error {
	for i := range l.rows {
		r := borrowed(&l.rows[i])
		if err := yield(r); err != nil {
			return err
		}
		*r = data.Row{Customer: data.Customer{Name: "no longer yours"}}
	}
	return ctx.Err()
}

func (l *list) CustomersByID(ctx context.Context, ids []data.CustomerID, yield func(*data.Row) error) error {
	for i := len(l.rows) - 1; i >= 0; i-- {
		if slices.Contains(ids, l.rows[i].ID) {
			r := borrowed(&l.rows[i])
			if err := yield(r); err != nil {
				return err
			}
			for j := range r.Tags {
				r.Tags[j] = "no longer yours"
			}
			clear(r.Custom)
		}
	}
	return ctx.Err()
}

func borrowed(r *data.Row) *data.Row {
	c := *r
	c.Tags, c.Custom = slices.Clone(r.Tags), maps.Clone(r.Custom)
	return &c
}

func (l *list) put(r data.Row) {
	i, found := slices.BinarySearchFunc(l.rows, r.ID, func(x data.Row, id data.CustomerID) int { return int(x.ID - id) })
	if found {
		l.rows[i] = r
	} else {
		l.rows = slices.Insert(l.rows, i, r)
	}
}

func (l *list) remove(id data.CustomerID) {
	l.rows = slices.DeleteFunc(l.rows, func(r data.Row) bool { return r.ID == id })
}

// The custom fields of the lists in these tests.
const (
	customText data.FieldID = iota + 1
	customNumber
	customDate
	customList
)

var (
	now    = time.Date(2026, 11, 23, 9, 34, 5, 600_000_000, time.UTC)
	places = []string{"UTC", "Asia/Kolkata", "America/Sao_Paulo", "Pacific/Auckland"}
)

func place(t interface{ Fatal(...any) }, name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func someText(words ...string) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		switch rapid.IntRange(0, 9).Draw(t, "kind") {
		case 0:
			return ""
		case 1:
			return rapid.StringN(0, 12, -1).Draw(t, "any")
		case 2:
			return strings.ToUpper(rapid.SampledFrom(words).Draw(t, "word"))
		}
		return rapid.SampledFrom(words).Draw(t, "word")
	})
}

func someTime() *rapid.Generator[time.Time] {
	edges := []time.Time{
		{},
		time.Unix(0, 0), time.Unix(1, 0), time.Unix(-1, 0), time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC),
		time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC), time.Unix(0xFFF00000, 0), time.Unix(0xFFF00000-1, 0),
		now.Add(-90 * 24 * time.Hour).Truncate(time.Second), now.Add(-90*24*time.Hour + time.Second).Truncate(time.Second),
		now.Truncate(time.Second), now.Add(time.Hour).Truncate(time.Second),
		time.Date(2018, 11, 4, 2, 59, 59, 0, time.UTC), time.Date(2018, 11, 4, 3, 0, 0, 0, time.UTC), // midnight left out in São Paulo
	}
	return rapid.Custom(func(t *rapid.T) time.Time {
		if rapid.Bool().Draw(t, "edge") {
			return utc(rapid.SampledFrom(edges).Draw(t, "at"))
		}
		return utc(now.Add(-time.Duration(rapid.IntRange(-48, 24*200).Draw(t, "hours")) * time.Hour).Truncate(time.Second))
	})
}

func utc(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC()
}

func someDate() *rapid.Generator[data.Date] {
	today := int32(data.DateOf(now))
	return rapid.Custom(func(t *rapid.T) data.Date {
		if rapid.IntRange(0, 3).Draw(t, "kind") == 0 {
			return rapid.SampledFrom([]data.Date{0, 1, -1, data.DateOf(time.Date(2018, 11, 4, 0, 0, 0, 0, time.UTC))}).Draw(t, "date")
		}
		return data.Date(rapid.Int32Range(today-100, today+5).Draw(t, "date"))
	})
}

func someCustom() *rapid.Generator[map[data.FieldID]string] {
	return rapid.Custom(func(t *rapid.T) map[data.FieldID]string {
		out := map[data.FieldID]string{}
		for _, of := range []struct {
			id     data.FieldID
			values []string
		}{
			{customText, []string{"", "Gold", "gold", "gólden", "-"}},
			{customNumber, []string{"", "10", "9", "-1.5", "1e3", "NaN", "9.99", "0", "ten"}},
			{customDate, []string{"", "2026-11-23", "2026-08-25", "2026-08-24", "1970-01-01", "soon"}},
			{customList, []string{"", "Hot", "hot", "Cold"}},
		} {
			if v := rapid.SampledFrom(of.values).Draw(t, "custom"); v != "" {
				out[of.id] = v
			}
		}
		if len(out) == 0 {
			return nil
		}
		return out
	})
}

func someTags() *rapid.Generator[[]string] {
	return rapid.Custom(func(t *rapid.T) []string {
		tags := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"Cold", "cold", "VIP", "Brendon Travel", "é"}), 0, 3, rapid.ID).Draw(t, "tags")
		sort.Strings(tags)
		if len(tags) == 0 {
			return nil
		}
		return tags
	})
}

func someRow(t *rapid.T, id data.CustomerID, masked bool) data.Row {
	r := data.Row{Customer: data.Customer{
		ID:           id,
		Name:         someText("Asha Sharma", "asha", "José", "गौरी", "Priya Singh", "Priya Sharma", "+919820051000").Draw(t, "name"),
		WhatsAppName: someText("asha", "Zoë", "🙂").Draw(t, "whatsapp"),
		Email:        someText("asha@example.com", "customer2@example.com").Draw(t, "email"),
		Company:      someText("Sharma Traders", "ŁÓDŹ Co").Draw(t, "company"),
		City:         someText("Pune", "pune", "Surat").Draw(t, "city"),
		State:        someText("Gujarat", "Maharashtra").Draw(t, "state"),
		Country:      rapid.SampledFrom([]string{"", "India"}).Draw(t, "country"),
		Source:       someText("Import", "CTWA Ad").Draw(t, "source"),
		Tags:         someTags().Draw(t, "tags"),
		Agent:        rapid.SampledFrom([]data.UserID{0, 2, 10}).Draw(t, "agent"),
		AgentPhone:   rapid.SampledFrom([]data.Phone{0, 919820000003, 919820000004}).Draw(t, "agent phone"),
		Blocked:      rapid.Bool().Draw(t, "blocked"), OptOut: rapid.Bool().Draw(t, "opt out"),
		Created: someTime().Draw(t, "created"), FirstReceived: someTime().Draw(t, "first received"),
		FirstSent: someTime().Draw(t, "first sent"), LastSent: someTime().Draw(t, "last sent"),
		LastReceived: someTime().Draw(t, "last received"), LastTemplate: someTime().Draw(t, "last template"),
		LastLogged: someTime().Draw(t, "last logged"), FollowUp: someDate().Draw(t, "follow up"),
		Custom: someCustom().Draw(t, "custom"),
	}}
	p := rapid.SampledFrom([]data.Phone{919820051000, 919820051001, 14155551234, 999999999999999, 1000000, 390612345678}).Draw(t, "phone")
	if masked {
		r.PhoneText = phone.Mask(p)
	} else {
		r.Phone, r.PhoneText = p, phone.Format(p)
	}
	return r
}

func someList(t *rapid.T, masked bool) *list {
	l := &list{}
	id := data.CustomerID(0)
	for range rapid.IntRange(0, 60).Draw(t, "customers") {
		id += data.CustomerID(rapid.IntRange(1, 3).Draw(t, "step"))
		l.rows = append(l.rows, someRow(t, id, masked))
	}
	return l
}

func someFilter(t *rapid.T) data.Filter {
	f := data.Filter{Search: rapid.SampledFrom([]string{
		"", "", "", " ", "a", "ASHA", "jose", "गौ", "98200 51", "+91 98200-51", "0", "1", "098200", "é", "\u0301", "com", "sharma t", "łódź",
	}).Draw(t, "search")}
	for range rapid.IntRange(0, 4).Draw(t, "conditions") {
		f.Conditions = append(f.Conditions, someCondition(t))
	}
	return f
}

var allFields = []data.Field{
	data.FieldName, data.FieldPhone, data.FieldWhatsApp, data.FieldEmail, data.FieldCompany, data.FieldCity,
	data.FieldState, data.FieldCountry, data.FieldTags, data.FieldSource, data.FieldAgent, data.FieldBlocked,
	data.FieldOptOut, data.FieldActivity, data.FieldLastInteraction, data.FieldCreated, data.FieldFirstReceived,
	data.FieldFirstSent, data.FieldLastSent, data.FieldLastReceived, data.FieldLastTemplate, data.FieldFollowUp,
	data.CustomFieldName(customText), data.CustomFieldName(customNumber), data.CustomFieldName(customDate),
	data.CustomFieldName(customList), data.CustomFieldName(99),
}

func someCondition(t *rapid.T) data.Condition {
	c := data.Condition{Field: rapid.SampledFrom(allFields).Draw(t, "field")}
	ops := data.OpsFor(data.KindOf(c.Field))
	if id, ok := c.Field.CustomID(); ok {
		ops = data.OpsFor(map[data.FieldID]data.ValueKind{customDate: data.DateValue, customList: data.ChoiceValue, customNumber: data.NumberValue}[id])
	}
	c.Op = rapid.SampledFrom(ops).Draw(t, "op")
	c.OrNever = rapid.Bool().Draw(t, "or never")
	value := rapid.SampledFrom([]string{
		"", "Pune", "pune", "Surat", "Gujarat", "India", "Import", "Cold", "cold", "VIP", "é", "2", "10", "+919820000003",
		"yes", "no", "active", "inactive", "never", "ASHA SHARMA", "asha", "jose", "customer2@example.com", "GOLD", "hot",
		"9820051000", "+91 98200 51000", "919820051001", "9820", "\u0301", "un",
	})
	switch c.Op {
	case data.OpAnyOf, data.OpAllOf:
		c.Values = rapid.SliceOfN(value, 1, 4).Draw(t, "values")
	case data.OpContains:
		c.Values = []string{value.Filter(func(s string) bool { return s != "" }).Draw(t, "value")}
	case data.OpBefore, data.OpAfter:
		c.From = someDate().Filter(func(d data.Date) bool { return d != 0 }).Draw(t, "from")
	case data.OpBetween:
		c.From = someDate().Filter(func(d data.Date) bool { return d != 0 }).Draw(t, "from")
		c.To = c.From + data.Date(rapid.IntRange(0, 40).Draw(t, "to"))
		if c.To == 0 {
			c.To = 1
		}
	case data.OpAtLeast, data.OpAtMost:
		c.Values = []string{rapid.SampledFrom([]string{"9", "10", "-1.5", "1,000", "9.990", "-3"}).Draw(t, "number")}
	case data.OpInRange:
		c.Values = rapid.SampledFrom([][]string{{"9", "10"}, {"-1.5", "9.99"}, {"10", "10"}, {"-1,000", "1 000"}}).Draw(t, "numbers")
	case data.OpMoreThanAgo, data.OpWithinDays:
		c.Days = rapid.SampledFrom([]int{0, 1, 7, 90, 91, data.MaxDays}).Draw(t, "days")
	}
	return c
}

func build(t interface{ Fatal(...any) }, l *list, loc *time.Location) *view.View {
	v, err := view.Build(context.Background(), l, view.Options{
		Now: func() time.Time { return now }, Location: loc, ActiveDays: data.DefaultActiveDays,
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func find(t interface{ Fatal(...any) }, v *view.View, f data.Filter, s view.Sort) []data.CustomerID {
	r, err := v.Find(context.Background(), f, s)
	if err != nil {
		t.Fatal(err)
	}
	if r.Total != v.Len() {
		t.Fatal("the result is of", r.Total, "customers, the view has", v.Len())
	}
	return r.IDs
}

var _ view.Source = (*list)(nil)
