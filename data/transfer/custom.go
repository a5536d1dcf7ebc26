package transfer

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"lethe/data"
)

// customValue is a text as a custom field of a kind keeps it (data.FieldKind);
// false if the field can't hold it. The zero kind is Text.
func customValue(c Column, text string, order dateOrder) (string, bool) {
	switch c.Kind {
	case data.FieldNumber:
		return numberText(text)
	case data.FieldDate:
		t, _, ok := parseTime(text, order)
		return t.Format(time.DateOnly), ok
	case data.FieldList:
		i := slices.IndexFunc(c.Options, func(o string) bool {
			return o == text || headingKey(o) != "" && headingKey(o) == headingKey(text)
		})
		if i < 0 {
			return "", false
		}
		return c.Options[i], true
	}
	return text, true
}

// numberText reads a number with or without marks between its thousands:
// 1,00,000.50, 1 000,5, 1.000.000. One comma before three digits parts
// thousands.
func numberText(text string) (string, bool) {
	s := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "'", "", "’", "").Replace(asciiDigits(text))
	comma, point := strings.LastIndexByte(s, ','), strings.LastIndexByte(s, '.')
	switch {
	case comma >= 0 && point > comma:
		s = strings.ReplaceAll(s, ",", "")
	case comma >= 0 && point >= 0:
		s = strings.Replace(strings.ReplaceAll(s, ".", ""), ",", ".", 1)
	case strings.Count(s, ",") > 1 || comma >= 0 && len(s)-comma == 4:
		s = strings.ReplaceAll(s, ",", "")
	case comma >= 0:
		s = strings.Replace(s, ",", ".", 1)
	case strings.Count(s, ".") > 1:
		s = strings.ReplaceAll(s, ".", "")
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || s == "" || strings.Trim(s, "+-0123456789.eE") != "" || len(s) > 40 {
		return "", false
	}
	return strconv.FormatFloat(n, 'f', -1, 64), true
}
