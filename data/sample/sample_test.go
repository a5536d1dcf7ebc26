package sample

import (
	"slices"
	"testing"
	"time"
	"unicode/utf8"

	"lethe/data"
)

func TestDemoIsTheExport(t *testing.T) {
	customers, fields, err := Demo(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(customers) != 1714 || !slices.Equal(fields, []string{"Lead Stage"}) {
		t.Fatalf("%d customers, fields %q", len(customers), fields)
	}
	team := Team()
	byPhone := map[data.Phone]bool{}
	for _, m := range team {
		byPhone[m.Phone] = true
	}
	tagged, notes, interactions, seen := 0, 0, 0, map[data.Phone]bool{}
	for i, c := range customers {
		if seen[c.Phone] || c.Phone == 0 {
			t.Fatalf("customer %d: phone missing or twice", i)
		}
		seen[c.Phone] = true
		if slices.Contains(c.Tags, "Brendon Travel") {
			tagged++
		}
		if c.AgentPhone != 0 && !byPhone[c.AgentPhone] {
			t.Errorf("customer %d: agent is nobody of the team", i)
		}
		notes += len(c.Notes)
		interactions += len(c.Interactions)
		last := c.LastInteraction()
		for _, in := range c.Interactions {
			if in.At.After(last) || in.Author < 0 || in.Author >= len(team) || in.Line == "" {
				t.Errorf("customer %d: interaction %+v, last %v", i, in, last)
			}
		}
		for _, n := range c.Notes {
			if n.Text == "" || n.Created.IsZero() || n.Author < 0 || n.Author >= len(team) {
				t.Errorf("customer %d: note %+v", i, n)
			}
		}
	}
	if tagged != 146 || notes != 2310 || interactions != 4120 {
		t.Errorf("tagged %d, notes %d, interactions %d", tagged, notes, interactions)
	}
	first := customers[0]
	if first.Name != "Gauri Kulkarni" || len(first.Notes) != 3 || len(first.Interactions) != 2 {
		t.Errorf("first customer %q: %d notes, %d interactions", first.Name, len(first.Notes), len(first.Interactions))
	}
	again, _, err := Demo(t.Context())
	if err != nil || !slices.Equal(again[700].Notes, customers[700].Notes) ||
		!slices.Equal(again[700].Interactions, customers[700].Interactions) {
		t.Errorf("not the same the second time: %v", err)
	}
}

func TestTeam(t *testing.T) {
	owners, support := 0, false
	for _, m := range Team() {
		if m.Role == data.AccountOwner {
			owners++
		}
		if m.Role == data.CustomRole {
			support = m.Custom.Name == "Support" && m.Custom.Granted()[data.DeleteCustomers] &&
				!m.Custom.Granted()[data.ExportCustomers]
		}
	}
	if owners != 1 || Team()[0].Name != "Asha Sharma" || !support {
		t.Errorf("owners %d, support %v", owners, support)
	}
}

func TestMillionHasItsDistribution(t *testing.T) {
	const n = 50_000
	phones := map[data.Phone]bool{}
	cities, tagNames := map[string]string{}, map[string]bool{}
	devanagari, never, emails, notes, tagCount := 0, 0, 0, 0, 0
	for c, note := range Million(7, n) {
		if phones[c.Phone] || c.Phone < firstMobile || c.Phone >= firstMobile+mobileNumbers {
			t.Fatalf("phone %v twice or no mobile number", c.Phone)
		}
		phones[c.Phone] = true
		if l := utf8.RuneCountInString(c.Name); l < 6 || l > 24 {
			t.Fatalf("name of %d characters: %q", l, c.Name)
		}
		if state, ok := cities[c.City]; ok && state != c.State || c.State == "" {
			t.Fatalf("%s in %s and %s", c.City, state, c.State)
		}
		cities[c.City] = c.State
		if c.Name[0] >= utf8.RuneSelf {
			devanagari++
		}
		if c.LastSent.IsZero() != c.LastReceived.IsZero() || c.Created.IsZero() || c.LastSent.After(time.Unix(end, 0)) {
			t.Fatal("times")
		}
		if c.LastInteraction().IsZero() {
			never++
		}
		if c.Email != "" {
			emails++
		}
		if note != "" {
			notes++
			if len(note) != noteLength {
				t.Fatalf("note of %d", len(note))
			}
		}
		if !slices.IsSorted(c.Tags) || len(slices.Compact(slices.Clone(c.Tags))) != len(c.Tags) {
			t.Fatalf("tags %q", c.Tags)
		}
		tagCount += len(c.Tags)
		for _, tag := range c.Tags {
			tagNames[tag] = true
		}
	}
	for _, share := range []struct {
		what      string
		got, want int
	}{
		{"devanagari", devanagari, n / 20},
		{"never", never, n / 4},
		{"emails", emails, n / 2},
		{"notes", notes, n / 10},
		{"tags", tagCount, 2 * n},
	} {
		if d := share.got - share.want; d > n/50 || d < -n/50 {
			t.Errorf("%s: %d, want about %d", share.what, share.got, share.want)
		}
	}
	if len(phones) != n || len(cities) != 200 || len(tagNames) != 40 {
		t.Errorf("%d phones, %d cities, %d tags", len(phones), len(cities), len(tagNames))
	}
}

func TestMillionIsTheSameAgain(t *testing.T) {
	collect := func(seed uint64) (names []string) {
		for c, note := range Million(seed, 100) {
			names = append(names, c.Name+c.Phone.String()+c.Created.String()+note)
		}
		return names
	}
	if !slices.Equal(collect(1), collect(1)) || slices.Equal(collect(1), collect(2)) {
		t.Error("the seed doesn't decide")
	}
	count := 0
	for range Million(1, 1000) {
		if count++; count == 3 {
			break
		}
	}
	for range Million(1, -1) {
		t.Error("yielded one of none")
	}
}

func BenchmarkMillion(b *testing.B) {
	for b.Loop() {
		for range Million(1, 10_000) {
		}
	}
}
