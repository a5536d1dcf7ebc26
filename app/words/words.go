// Package words says what the window says, in the language that was chosen:
// messages, numbers and dates. Messages stand in JSON files of the assets,
// one file for each page; a test keeps them and the code in step.
package words

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// Fallback is the language whose messages are complete.
const Fallback = "en"

const folder = "translations"

// Words turns message ids, numbers and dates into text. Its language can be
// changed while it is in use. Any goroutine.
type Words struct {
	bundle *i18n.Bundle
	zone   *time.Location

	mu        sync.Mutex // guards what follows; the printer is not safe by itself
	lang      string
	localizer *i18n.Localizer
	printer   *message.Printer
	months    [12]string
	date      string
	dateTime  string
	plain     map[string]string // messages without data, by id
}

// New reads all languages in files (translations/<language>/*.json) and
// chooses lang, or Fallback where lang is unknown. Dates are shown in zone.
func New(files fs.FS, lang string, zone *time.Location) (*Words, error) {
	w := &Words{bundle: i18n.NewBundle(language.English), zone: zone}
	w.bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	langs, err := Languages(files)
	if err != nil {
		return nil, err
	}
	for _, l := range langs {
		if err := w.load(files, l); err != nil {
			return nil, err
		}
	}
	w.Choose(lang)
	return w, nil
}

// Languages lists the languages in files, sorted.
func Languages(files fs.FS) ([]string, error) {
	entries, err := fs.ReadDir(files, folder)
	if err != nil {
		return nil, fmt.Errorf("reading the translations: %w", err)
	}
	var out []string
	for _, e := range entries {
		if e.IsDir() {
			out = append(out, e.Name())
		}
	}
	sort.Strings(out)
	return out, nil
}

// Fitting is the language in files for somebody whose system speaks locale
// ("hi-IN"): Fallback where there is none for it.
func Fitting(files fs.FS, locale string) string {
	tag, err := language.Parse(locale)
	if err != nil {
		return Fallback
	}
	langs, err := Languages(files)
	if err != nil {
		return Fallback
	}
	base, _ := tag.Base()
	for _, l := range langs {
		if l == tag.String() || l == base.String() {
			return l
		}
	}
	return Fallback
}

func (w *Words) load(files fs.FS, lang string) error {
	names, err := fs.Glob(files, path.Join(folder, lang, "*.json"))
	if err != nil {
		return err
	}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		// go-i18n takes the language from the name: page.<language>.json.
		as := strings.TrimSuffix(path.Base(name), ".json") + "." + lang + ".json"
		if _, err := w.bundle.ParseMessageFileBytes(text, as); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// Choose changes the language from the next text on.
func (w *Words) Choose(lang string) {
	tag, err := language.Parse(lang)
	if err != nil {
		tag, lang = language.English, Fallback
	}
	w.mu.Lock()
	w.lang = lang
	w.localizer = i18n.NewLocalizer(w.bundle, lang, Fallback)
	w.printer = message.NewPrinter(tag)
	w.plain = map[string]string{}
	w.mu.Unlock()

	var months [12]string
	for i := range months {
		months[i] = w.T("common.month." + strconv.Itoa(i+1))
	}
	date, dateTime := w.T("common.date"), w.T("common.date_time")
	w.mu.Lock()
	w.months, w.date, w.dateTime = months, date, dateTime
	w.mu.Unlock()
}

// Language is the language chosen.
func (w *Words) Language() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.lang
}

// NameOf is what speakers of lang call it; lang itself where it isn't known.
func (w *Words) NameOf(lang string) string {
	l := i18n.NewLocalizer(w.bundle, lang)
	name, tag, err := l.LocalizeWithTag(&i18n.LocalizeConfig{MessageID: "common.language"})
	if err != nil || tag.String() != lang {
		return lang
	}
	return name
}

// T is the message id. Pairs are names and values of its data: T("x.hello",
// "Name", name) fills {{.Name}}; whole numbers are grouped by the language. A
// message that is missing is its id in brackets.
func (w *Words) T(id string, pairs ...any) string {
	if len(pairs) == 0 {
		w.mu.Lock()
		text, ok := w.plain[id]
		w.mu.Unlock()
		if ok {
			return text
		}
	}
	text := w.localize(&i18n.LocalizeConfig{MessageID: id, TemplateData: w.data(pairs)})
	if len(pairs) == 0 {
		w.mu.Lock()
		w.plain[id] = text
		w.mu.Unlock()
	}
	return text
}

// N is the message id in the form for count (one, other, …), with {{.Count}}
// grouped by the language, and pairs as in T.
func (w *Words) N(id string, count int, pairs ...any) string {
	data := w.data(pairs)
	data["Count"] = w.Number(count)
	return w.localize(&i18n.LocalizeConfig{MessageID: id, TemplateData: data, PluralCount: count})
}

// Number is n with the language's group separators: 1,714.
func (w *Words) Number(n int) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.printer.Sprint(number.Decimal(n))
}

func (w *Words) localize(c *i18n.LocalizeConfig) string {
	w.mu.Lock()
	l := w.localizer
	w.mu.Unlock()
	text, err := l.Localize(c)
	if err != nil && text == "" {
		return "[" + c.MessageID + "]"
	}
	return text
}

func (w *Words) data(pairs []any) map[string]any {
	data := make(map[string]any, len(pairs)/2+1)
	for i := 0; i+1 < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			continue
		}
		if n, ok := pairs[i+1].(int); ok {
			data[name] = w.Number(n)
			continue
		}
		data[name] = pairs[i+1]
	}
	return data
}
