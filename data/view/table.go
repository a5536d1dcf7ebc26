package view

import (
	"encoding/binary"
	"strconv"
	"strings"

	"lethe/data"
	"lethe/data/fold"
)

// table numbers the texts of a column in the order in which they appear; the
// empty text is number 0. Only the goroutine that builds adds to it. What a
// snapshot took of values and folded stays as it is.
type table struct {
	values []string
	folded []string
	number map[string]uint32
}

func newTable() *table {
	return &table{values: []string{""}, folded: []string{""}, number: map[string]uint32{"": 0}}
}

func (t *table) of(text string) uint32 {
	if n, ok := t.number[text]; ok {
		return n
	}
	text = strings.Clone(text)
	n := uint32(len(t.values))
	t.values = append(t.values, text)
	t.folded = append(t.folded, fold.Fold(text))
	t.number[text] = n
	return n
}

// choices is a column of numbered texts.
type choices struct {
	column[uint32]
	values []string
	folded []string
}

func (c *choices) text(row int) string { return c.values[c.at(row)] }

// names brings the column up to the texts that its table has now.
func (c *choices) names(t *table) { c.values, c.folded = t.values, t.folded }

// tagSets numbers lists of tags, so that a row's tags are one number; the
// empty list is number 0.
type tagSets struct {
	tags   *table
	sets   [][]uint32
	number map[string]uint32
	key    []byte
}

func newTagSets() *tagSets {
	return &tagSets{tags: newTable(), sets: [][]uint32{nil}, number: map[string]uint32{"": 0}}
}

func (t *tagSets) of(tags []string) uint32 {
	t.key = t.key[:0]
	for _, tag := range tags {
		t.key = binary.BigEndian.AppendUint32(t.key, t.tags.of(tag))
	}
	if n, ok := t.number[string(t.key)]; ok {
		return n
	}
	set := make([]uint32, len(tags))
	for i := range set {
		set[i] = binary.BigEndian.Uint32(t.key[4*i:])
	}
	n := uint32(len(t.sets))
	t.sets = append(t.sets, set)
	t.number[string(t.key)] = n
	return n
}

// tables is what the snapshots of one view share.
type tables struct {
	city, state, country, source, agent, mask *table

	tags   *tagSets
	custom map[data.FieldID]*table
	times  *timeList
}

func newTables() *tables {
	return &tables{
		city: newTable(), state: newTable(), country: newTable(),
		source: newTable(), agent: newTable(), mask: newTable(),
		tags: newTagSets(), custom: map[data.FieldID]*table{}, times: &timeList{},
	}
}

// The agent's text is the member's id, or the number of one who is no member
// yet, or both one behind the other: "12", "+919820000003", "12+919820000003".

func agentText(id data.UserID, p data.Phone) string {
	if id == 0 {
		return p.String()
	}
	return strconv.FormatInt(int64(id), 10) + p.String()
}

func agentOf(text string) (data.UserID, data.Phone) {
	first, number, _ := strings.Cut(text, "+")
	id, _ := strconv.ParseInt(first, 10, 64)
	p, _ := strconv.ParseUint(number, 10, 64)
	return data.UserID(id), data.Phone(p)
}

// agentValue is what conditions name an agent by: the member's id if there is
// one, else the number with its plus sign.
func agentValue(text string) string {
	if first, _, _ := strings.Cut(text, "+"); first != "" {
		return first
	}
	return text
}
