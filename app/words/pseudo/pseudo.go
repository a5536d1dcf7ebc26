// Package pseudo makes a language up, for tests: English with strange letters,
// longer by a good third, in brackets. What shows up without the brackets did
// not come from the translations; what doesn't fit will not fit elsewhere.
package pseudo

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing/fstest"
	"unicode/utf8"
)

// Language is the code of the made-up language: CLDR's for English with
// accents. Its plural forms are those of English.
const Language = "en-XA"

// Open and Close stand around every text.
const (
	Open  = "⟦"
	Close = "⟧"
)

var letters = strings.NewReplacer(
	"a", "á", "e", "é", "i", "í", "o", "ó", "u", "ú", "y", "ý", "c", "ç", "n", "ñ",
	"A", "Á", "E", "É", "I", "Í", "O", "Ó", "U", "Ú", "Y", "Ý", "C", "Ç", "N", "Ñ",
)

// Add answers files with the made-up language beside those that are there.
func Add(files fs.FS) (fs.FS, error) {
	all := fstest.MapFS{}
	names, err := fs.Glob(files, "translations/*/*.json")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		all[name] = &fstest.MapFile{Data: text}
		if !strings.HasPrefix(name, "translations/en/") {
			continue
		}
		strange, err := file(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all[path.Join("translations", Language, path.Base(name))] = &fstest.MapFile{Data: strange}
	}
	return all, nil
}

func file(text []byte) ([]byte, error) {
	var messages map[string]any
	if err := json.Unmarshal(text, &messages); err != nil {
		return nil, err
	}
	for id, message := range messages {
		if strings.HasPrefix(id, "common.month.") || strings.HasPrefix(id, "common.date") {
			continue // days must be read again, too
		}
		switch message := message.(type) {
		case string:
			messages[id] = Text(message)
		case map[string]any:
			for form, text := range message {
				if text, ok := text.(string); ok {
					message[form] = Text(text)
				}
			}
		}
	}
	return json.Marshal(messages)
}

// Text is a message in the made-up language. What is filled in stays readable.
func Text(english string) string {
	var out strings.Builder
	for rest := english; rest != ""; {
		before, inside, after := cut(rest)
		out.WriteString(letters.Replace(before))
		out.WriteString(inside)
		rest = after
	}
	longer := strings.Repeat("~", (utf8.RuneCountInString(english)*2+4)/5)
	return Open + out.String() + longer + Close
}

// cut parts a text at what is filled in first: {{.Name}} or {day}.
func cut(text string) (before, inside, after string) {
	from := strings.IndexByte(text, '{')
	if from < 0 {
		return text, "", ""
	}
	end := "}"
	if strings.HasPrefix(text[from:], "{{") {
		end = "}}"
	}
	length := strings.Index(text[from:], end)
	if length < 0 {
		return text, "", ""
	}
	to := from + length + len(end)
	return text[:from], text[from:to], text[to:]
}
