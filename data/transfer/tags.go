package transfer

import (
	"slices"
	"strings"
)

// splitTags parts tags at commas, semicolons, bars and line ends. One in
// quotation marks may hold these.
func splitTags(text string) []string {
	var tags []string
	add := func(tag string) {
		if tag = strings.TrimSpace(tag); tag != "" {
			tags = append(tags, tag)
		}
	}
	for text != "" {
		text = strings.TrimLeft(text, " ")
		if tag, rest, ok := quotedTag(text); ok {
			add(tag)
			text = rest
			continue
		}
		tag, rest := text, ""
		if i := strings.IndexAny(text, ",;|\n"); i >= 0 {
			tag, rest = text[:i], text[i+1:]
		}
		for t := range strings.SplitSeq(tag, " ::: ") { // Google Contacts
			add(strings.TrimPrefix(strings.TrimSpace(t), "* "))
		}
		text = rest
	}
	slices.Sort(tags)
	return slices.Compact(tags)
}

// quotedTag reads a tag in quotation marks, with those within it doubled, up to
// behind what parts it from the next.
func quotedTag(text string) (tag, rest string, ok bool) {
	if !strings.HasPrefix(text, `"`) {
		return "", "", false
	}
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		if text[i] != '"' {
			b.WriteByte(text[i])
			continue
		}
		if i+1 < len(text) && text[i+1] == '"' {
			b.WriteByte('"')
			i++
			continue
		}
		rest = strings.TrimLeft(text[i+1:], " ")
		if rest != "" && !strings.ContainsRune(",;|\n", rune(rest[0])) {
			return "", "", false
		}
		return b.String(), strings.TrimLeft(rest, ",;|\n"), true
	}
	return "", "", false
}

// joinTags writes tags as splitTags reads them.
func joinTags(tags []string) string {
	out := make([]string, len(tags))
	for i, tag := range tags {
		if strings.ContainsAny(tag, ",;|\n\"") || strings.Contains(tag, " ::: ") || strings.HasPrefix(tag, "* ") {
			tag = `"` + strings.ReplaceAll(tag, `"`, `""`) + `"`
		}
		out[i] = tag
	}
	return strings.Join(out, ", ")
}
