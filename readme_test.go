package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"lethe/assets"
)

func readme(t *testing.T) string {
	t.Helper()
	raw, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// What README tells one to run is there, and so is what it shows and leads to.
func TestReadmeNamesWhatThereIs(t *testing.T) {
	makefile, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	text := readme(t)
	for _, m := range regexp.MustCompile("(?m)(?:`|^)make ([a-z-]+)").FindAllStringSubmatch(text, -1) {
		if !regexp.MustCompile(`(?m)^` + m[1] + `:`).Match(makefile) {
			t.Errorf("there is no make %s", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`\]\(([^)]+)\)`).FindAllStringSubmatch(text, -1) {
		if strings.Contains(m[1], "://") {
			continue
		}
		if _, err := os.Stat(m[1]); err != nil {
			t.Errorf("a link leads to %s: %v", m[1], err)
		}
	}
}

// What README writes in italics are words of the window, in English.
func TestReadmeUsesTheWindowsWords(t *testing.T) {
	var words []string
	err := fs.WalkDir(assets.Translations, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.Contains(path, "/en/") && !strings.HasPrefix(path, "en/") {
			return err
		}
		raw, err := fs.ReadFile(assets.Translations, path)
		if err != nil {
			return err
		}
		var all map[string]any
		if err := json.Unmarshal(raw, &all); err != nil {
			return err
		}
		for _, v := range all {
			switch v := v.(type) {
			case string:
				words = append(words, v)
			case map[string]any:
				for _, form := range v {
					words = append(words, form.(string))
				}
			}
		}
		return nil
	})
	if err != nil || len(words) == 0 {
		t.Fatalf("%d words, %v", len(words), err)
	}
	filled := regexp.MustCompile(`\{\{[^}]*\}\}`)
	number := regexp.MustCompile(`[0-9][0-9,.]*`)
	bare := func(s string) string {
		s = number.ReplaceAllString(filled.ReplaceAllString(s, "#"), "#")
		return strings.TrimSuffix(strings.ReplaceAll(s, "’", "'"), "…")
	}
	var all strings.Builder
	for _, w := range words {
		all.WriteString(bare(w) + "\n")
	}
	text := readme(t)
	for _, m := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(text, -1) {
		all.WriteString(bare(m[1]) + "\n") // or a chapter of its own
	}
	before, rest, _ := strings.Cut(text, "<!-- make matrix -->") // in which permissions have names of their own
	_, after, _ := strings.Cut(rest, "<!-- /make matrix -->")
	for _, m := range regexp.MustCompile(`(?:^|[\s(|])\*([A-Z][^*\n]+)\*`).FindAllStringSubmatch(before+after, -1) {
		for _, part := range strings.Split(m[1], " → ") {
			if !strings.Contains(all.String(), bare(part)) {
				t.Errorf("%q is no word of the window", part)
			}
		}
	}
}
