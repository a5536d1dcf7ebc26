package words_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"lethe/app/words"
	"lethe/app/words/pseudo"
	"lethe/assets"
)

// everyLanguage is the words in each language that the window can speak, and
// in the one that is made up for tests.
func everyLanguage(t *testing.T) []*words.Words {
	t.Helper()
	files, err := pseudo.Add(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	langs, err := words.Languages(files)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(langs, "en") || !slices.Contains(langs, "hi") || !slices.Contains(langs, pseudo.Language) {
		t.Fatalf("languages: %v", langs)
	}
	var all []*words.Words
	for _, lang := range langs {
		w, err := words.New(files, lang, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		if w.Language() != lang {
			t.Fatalf("%s was asked for, %s is spoken", lang, w.Language())
		}
		all = append(all, w)
	}
	return all
}

// forms are a message's texts by plural form; "" for one that has none.
type forms map[string]string

// translated reads a language: file → id → forms.
func translated(t *testing.T, lang string) map[string]map[string]forms {
	t.Helper()
	out := map[string]map[string]forms{}
	names, err := fs.Glob(assets.Translations, path.Join("translations", lang, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(assets.Translations, name)
		if err != nil {
			t.Fatal(err)
		}
		var raw map[string]json.RawMessage
		if err := json.Unmarshal(text, &raw); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		file := map[string]forms{}
		for id, message := range raw {
			var plain string
			f := forms{}
			if json.Unmarshal(message, &plain) == nil {
				f[""] = plain
			} else if err := json.Unmarshal(message, &f); err != nil {
				t.Errorf("%s: %s is neither a text nor forms: %v", name, id, err)
			}
			file[id] = f
		}
		out[path.Base(name)] = file
	}
	return out
}

func shipped(t *testing.T) []string {
	t.Helper()
	langs, err := words.Languages(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	return langs
}

// formsOf are the plural forms that CLDR gives a language for whole numbers.
func formsOf(lang string) []string {
	names := map[plural.Form]string{
		plural.Other: "other", plural.Zero: "zero", plural.One: "one",
		plural.Two: "two", plural.Few: "few", plural.Many: "many",
	}
	tag, need := language.MustParse(lang), map[string]bool{}
	for n := range 2000 {
		need[names[plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)]] = true
	}
	need[names[plural.Cardinal.MatchPlural(tag, 1000000, 0, 0, 0, 0)]] = true
	return slices.Sorted(maps.Keys(need))
}

// slots are the names that a text has filled in, sorted.
func slots(text string) []string {
	seen := map[string]bool{}
	for _, m := range slot.FindAllStringSubmatch(text, -1) {
		seen[m[1]+m[2]] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

var slot = regexp.MustCompile(`\{\{\.([A-Za-z]+)\}\}|\{([a-z]+)\}`)

// TestLanguagesAreComplete holds every language against English: the same
// files, the same messages, the plural forms of the language's own rules, and
// the same things filled in.
func TestLanguagesAreComplete(t *testing.T) {
	english := translated(t, "en")
	for _, lang := range shipped(t) {
		there, need := translated(t, lang), formsOf(lang)
		for file, messages := range english {
			for id, want := range messages {
				got, ok := there[file][id]
				if !ok {
					t.Errorf("%s/%s: %s is missing", lang, file, id)
					continue
				}
				if problem := unlike(want, got, need); problem != "" {
					t.Errorf("%s/%s: %s: %s", lang, file, id, problem)
				}
			}
		}
		for file, messages := range there {
			for id := range messages {
				if _, ok := english[file][id]; !ok {
					t.Errorf("%s/%s: nothing says %s", lang, file, id)
				}
			}
		}
	}
}

// unlike tells how a translation differs from the English message in what both
// must have; empty where it doesn't.
func unlike(english, other forms, need []string) string {
	if _, plain := english[""]; plain {
		text, ok := other[""]
		switch {
		case !ok:
			return "it has plural forms, and English has none"
		case strings.TrimSpace(text) == "":
			return "it is empty"
		case !slices.Equal(slots(text), slots(english[""])):
			return fmt.Sprintf("it fills in %v, English %v", slots(text), slots(english[""]))
		}
		return ""
	}
	if has := slices.Sorted(maps.Keys(other)); !slices.Equal(has, need) {
		return fmt.Sprintf("it has the forms %v, and the language %v", has, need)
	}
	if !slices.Equal(slots(other["other"]), slots(english["other"])) {
		return fmt.Sprintf("it fills in %v, English %v", slots(other["other"]), slots(english["other"]))
	}
	for form, text := range other {
		for _, name := range slots(text) {
			if !slices.Contains(slots(english["other"]), name) {
				return fmt.Sprintf("its form %q fills in %s, which English doesn't", form, name)
			}
		}
	}
	return ""
}

// TestMessagesCanBeFormatted takes each text as the template that it is.
func TestMessagesCanBeFormatted(t *testing.T) {
	for _, lang := range shipped(t) {
		for file, messages := range translated(t, lang) {
			for id, message := range messages {
				for _, text := range message {
					if problem := unformattable(text); problem != "" {
						t.Errorf("%s/%s: %s: %s", lang, file, id, problem)
					}
				}
			}
		}
	}
	for text, want := range map[string]bool{
		"Hello {{.Name}}": true, "{day} {month}": true,
		"Hello {{.Name}": false, "Hello {{Name}}": false, "{{if .A}}a{{end}}": false, "Hello }}": false,
	} {
		if got := unformattable(text) == ""; got != want {
			t.Errorf("%q can be formatted: %v", text, got)
		}
	}
}

// unformattable tells what is wrong with a text's places; empty for nothing.
func unformattable(text string) string {
	if left := slot.ReplaceAllString(text, ""); strings.ContainsAny(left, "{}") {
		return fmt.Sprintf("what stands in braces isn't a name: %q", text)
	}
	parsed, err := template.New("").Option("missingkey=error").Parse(text)
	if err != nil {
		return err.Error()
	}
	fill := map[string]any{}
	for _, name := range slots(text) {
		fill[name] = "x"
	}
	if err := parsed.Execute(&strings.Builder{}, fill); err != nil {
		return err.Error()
	}
	return ""
}

// TestCallsFillMessages holds the code against the messages: whoever says one
// hands over everything that it fills in, and nothing that it doesn't.
func TestCallsFillMessages(t *testing.T) {
	calls, english := code(t).calls, map[string]forms{}
	for _, messages := range translated(t, "en") {
		maps.Copy(english, messages)
	}
	if len(calls) < 200 {
		t.Fatalf("only %d calls were found", len(calls))
	}
	for _, c := range calls {
		message, ok := english[c.id]
		if !ok {
			continue // said by TestCodeAndMessagesFit
		}
		_, plain := message[""]
		if plain == c.counts {
			t.Errorf("%s: %s is asked for with a count: %v; it has plural forms: %v", c.where, c.id, c.counts, !plain)
		}
		if c.open {
			continue
		}
		given := append([]string{}, c.names...)
		if c.counts {
			given = append(given, "Count")
		}
		for _, text := range message {
			for _, name := range slots(text) {
				if !slices.Contains(given, name) && !strings.HasPrefix(c.id, "common.date") {
					t.Errorf("%s: %s fills in %s, which isn't handed over", c.where, c.id, name)
				}
			}
		}
		for _, name := range c.names {
			if !slices.ContainsFunc(slices.Collect(maps.Values(message)), func(text string) bool {
				return slices.Contains(slots(text), name)
			}) {
				t.Errorf("%s: %s doesn't fill in %s", c.where, c.id, name)
			}
		}
	}
}

func TestHindi(t *testing.T) {
	w := english(t)
	w.Choose("hi")
	at := time.Date(2026, 2, 5, 20, 4, 0, 0, time.UTC)
	for _, c := range []struct{ got, want string }{
		{w.NameOf("hi"), "हिन्दी"},
		{w.Date(at), "6 फ़र॰ 2026"},
		{w.DateTime(at), "6 फ़र॰ 2026, 01:34"},
		// Grouped as India does: lakhs and crores.
		{w.Number(1234567), "12,34,567"},
		// None is of the form for one.
		{w.N("deletion.stay", 0), "0 ग्राहक रहता है।"},
		{w.N("deletion.stay", 1), "1 ग्राहक रहता है।"},
		{w.N("deletion.stay", 2), "2 ग्राहक रहते हैं।"},
		{w.N("deletion.stay", 150000), "1,50,000 ग्राहक रहते हैं।"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestPseudo(t *testing.T) {
	files, err := pseudo.Add(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	w, err := words.New(files, pseudo.Language, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ got, want string }{
		{pseudo.Text("Hello {{.Name}}"), "⟦Hélló {{.Name}}~~~~~~⟧"},
		{w.T("common.next"), "⟦Ñéxt~~⟧"},
		{w.T("shell.running", "Name", "Import"), "⟦Import…~~~~⟧"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	if got := w.N("deletion.stay", 1); !strings.Contains(got, "1") || !strings.HasPrefix(got, pseudo.Open) {
		t.Errorf("a plural: %q", got)
	}
}
