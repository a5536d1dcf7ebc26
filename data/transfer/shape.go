package transfer

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"lethe/data"
)

// Shape tells files apart by how they are built: what kind of file it is, its
// headings, and where a column has none, what stands in it. Files of one shape
// have the same mapping.
func (t *Table) Shape() [sha256.Size]byte {
	h := sha256.New()
	fmt.Fprintf(h, "lethe shape 1 %s %d\n", t.Format(), len(t.headings))
	for i, heading := range t.headings {
		if t.named[i] {
			fmt.Fprintf(h, "%q\n", headingKey(heading))
			continue
		}
		c, most := contentsOf(t.sample, i), nothing
		for k := range kinds {
			if c.of[k] > c.of[most] {
				most = k
			}
		}
		fmt.Fprintf(h, "%d\n", most)
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// remembered is a mapping as it is kept, with the region of its phone numbers.
// It holds no heading and no value.
type remembered struct {
	Region  string
	Columns []rememberedColumn
}

type rememberedColumn struct {
	Use   Use
	Field data.Field `json:",omitempty"`
}

// Encode writes the mapping, and the region of phone numbers, for Recall.
func (m Mapping) Encode(region string) string {
	r := remembered{Region: region}
	for _, c := range m {
		r.Columns = append(r.Columns, rememberedColumn{c.Use, c.Field})
	}
	b, err := json.Marshal(r)
	if err != nil {
		return ""
	}
	return string(b)
}

// Recall reads what Encode wrote of a file of the same shape; false if it
// doesn't fit.
func (t *Table) Recall(text string) (m Mapping, region string, ok bool) {
	var r remembered
	if json.Unmarshal([]byte(text), &r) != nil || len(r.Columns) != len(t.headings) {
		return nil, "", false
	}
	for i, c := range r.Columns {
		m = append(m, Column{Heading: t.headings[i], Use: c.Use, Field: c.Field})
		if c.Use < Ignore || c.Use > ToNote {
			return nil, "", false
		}
	}
	return m, r.Region, m.Check(t) == nil
}
