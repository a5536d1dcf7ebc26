package view

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"

	"lethe/data"
	"lethe/data/fold"
)

// A row's texts lie in two arenas. folded holds them as they are searched,
// each field's end marked by fieldEnd, the last one's by rowEnd; neither mark
// can be part of a folded text. kept holds what is needed to show them as they
// were written, which for most is a single byte.
const (
	fieldEnd = 0x1f
	rowEnd   = '\n'
)

// The text fields in their order within a row.
const (
	nameText = iota
	whatsAppText
	emailText
	companyText
	textFields
)

func textField(f data.Field) (int, bool) {
	switch f {
	case data.FieldName:
		return nameText, true
	case data.FieldWhatsApp:
		return whatsAppText, true
	case data.FieldEmail:
		return emailText, true
	case data.FieldCompany:
		return companyText, true
	}
	return 0, false
}

// How a text is kept: not there, as it is folded, folded with capitals at the
// beginning of words, or in full, the length less asIs behind it.
const (
	empty = iota
	asFolded
	titled
	asIs
)

type texts struct {
	folded   []byte
	foldedAt []uint64 // one more than there are rows
	kept     []byte
	keptAt   []uint64
}

func newTexts() texts {
	return texts{foldedAt: []uint64{0}, keptAt: []uint64{0}}
}

// reserve makes room for as much as another holds.
func (t *texts) reserve(as *texts) {
	t.folded = slices.Grow(t.folded, len(as.folded))
	t.foldedAt = slices.Grow(t.foldedAt, len(as.foldedAt))
	t.kept = slices.Grow(t.kept, len(as.kept))
	t.keptAt = slices.Grow(t.keptAt, len(as.keptAt))
}

// add appends a row.
func (t *texts) add(fields *[textFields]string) {
	for i, s := range fields {
		start := len(t.folded)
		t.folded = fold.Append(t.folded, s)
		t.kept = keep(t.kept, s, t.folded[start:])
		if i < textFields-1 {
			t.folded = append(t.folded, fieldEnd)
		}
	}
	t.folded = append(t.folded, rowEnd)
	t.foldedAt = append(t.foldedAt, uint64(len(t.folded)))
	t.keptAt = append(t.keptAt, uint64(len(t.kept)))
}

// take appends the rows lo to hi (without it) of another.
func (t *texts) take(from *texts, lo, hi int) {
	t.folded, t.foldedAt = takeBytes(t.folded, t.foldedAt, from.folded, from.foldedAt, lo, hi)
	t.kept, t.keptAt = takeBytes(t.kept, t.keptAt, from.kept, from.keptAt, lo, hi)
}

func takeBytes(dst []byte, dstAt []uint64, src []byte, srcAt []uint64, lo, hi int) ([]byte, []uint64) {
	move := uint64(len(dst)) - srcAt[lo]
	dst = append(dst, src[srcAt[lo]:srcAt[hi]]...)
	for _, at := range srcAt[lo+1 : hi+1] {
		dstAt = append(dstAt, at+move)
	}
	return dst, dstAt
}

func (t *texts) clip() {
	t.folded, t.foldedAt = clipped(t.folded), clipped(t.foldedAt)
	t.kept, t.keptAt = clipped(t.kept), clipped(t.keptAt)
}

// field returns a folded text of a row.
func (t *texts) field(row, field int) []byte {
	b := t.folded[t.foldedAt[row] : t.foldedAt[row+1]-1]
	for ; field > 0; field-- {
		b = b[bytes.IndexByte(b, fieldEnd)+1:]
	}
	if end := bytes.IndexByte(b, fieldEnd); end >= 0 {
		return b[:end]
	}
	return b
}

// has tells whether a text of a row was set.
func (t *texts) has(row, field int) bool {
	b := t.kept[t.keptAt[row]:t.keptAt[row+1]]
	for ; ; field-- {
		how, n := binary.Uvarint(b)
		if field == 0 {
			return how != empty
		}
		if how >= asIs {
			n += int(how - asIs)
		}
		b = b[n:]
	}
}

// row returns a row's texts as they were written.
func (t *texts) row(row int) (fields [textFields]string) {
	b := t.kept[t.keptAt[row]:t.keptAt[row+1]]
	for i := range fields {
		how, n := binary.Uvarint(b)
		b = b[n:]
		switch how {
		case empty:
		case asFolded:
			fields[i] = string(t.field(row, i))
		case titled:
			fields[i] = title(t.field(row, i))
		default:
			size := int(how - asIs)
			fields[i], b = string(b[:size]), b[size:]
		}
	}
	return fields
}

func keep(dst []byte, s string, folded []byte) []byte {
	switch {
	case s == "":
		return append(dst, empty)
	case s == string(folded):
		return append(dst, asFolded)
	case isTitle(s, folded):
		return append(dst, titled)
	}
	dst = binary.AppendUvarint(dst, uint64(len(s))+asIs)
	return append(dst, s...)
}

func title(folded []byte) string {
	var b strings.Builder
	b.Grow(len(folded))
	before := byte(' ')
	for _, c := range folded {
		b.WriteByte(capital(before, c))
		before = c
	}
	return b.String()
}

func isTitle(s string, folded []byte) bool {
	if len(s) != len(folded) {
		return false
	}
	before := byte(' ')
	for i, c := range folded {
		if s[i] != capital(before, c) {
			return false
		}
		before = c
	}
	return true
}

func capital(before, c byte) byte {
	if before == ' ' && c >= 'a' && c <= 'z' {
		return c - ('a' - 'A')
	}
	return c
}
