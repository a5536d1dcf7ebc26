package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"time"

	"lethe/data"
	"lethe/data/sample"
	"lethe/data/sample/onfile"
	"lethe/data/store"
)

// leanFile is a plain database in Lethe's own schema with the same customers,
// made by the shell if need be. It must not be changed.
func (b *bench) leanFile(ctx context.Context) (string, error) {
	return b.make("lean.db", func(path string) error {
		schema, err := store.Schema()
		if err != nil {
			return err
		}
		_, err = shell(ctx, path, func(w io.Writer) error {
			buffered := bufio.NewWriter(w)
			if err := b.writeLean(ctx, buffered, schema); err != nil {
				return err
			}
			return buffered.Flush()
		})
		return err
	})
}

// writeLean writes the same customers as makeList, with the same ids, as SQL.
func (b *bench) writeLean(ctx context.Context, w io.Writer, schema string) error {
	// It is thrown away if this is interrupted.
	fmt.Fprint(w, "PRAGMA synchronous = OFF;\nPRAGMA foreign_keys = OFF;\nBEGIN;\n", schema)
	tags := map[string]int{}
	id := 0
	for c, note := range sample.Million(onfile.Seed, b.customers) {
		if err := ctx.Err(); err != nil {
			return err
		}
		id++
		fmt.Fprintf(w, `INSERT INTO customers (id, version, phone, name, email, city, state, country, source, created,
last_sent, last_received, by_owner, added_by) VALUES (%d,1,%d,%s,%s,%s,%s,%s,%s,%d,%d,%d,1,1);
`, id, c.Phone, quote(c.Name), quote(c.Email), quote(c.City), quote(c.State), quote(c.Country), quote(c.Source),
			c.Created.Unix(), unixOr0(c.LastSent), unixOr0(c.LastReceived))
		if err := writeLeanRest(w, id, &c, note, tags); err != nil {
			return err
		}
		if id%1000 == 0 {
			b.making("the peer's list in Lethe's schema", id)
		}
	}
	_, err := fmt.Fprint(w, "COMMIT;\n")
	return err
}

func writeLeanRest(w io.Writer, id int, c *data.Customer, note string, tags map[string]int) error {
	for _, name := range c.Tags {
		tag, known := tags[name]
		if !known {
			tag = len(tags) + 1
			tags[name] = tag
			fmt.Fprintf(w, "INSERT INTO tags (id, name) VALUES (%d,%s);\n", tag, quote(name))
		}
		fmt.Fprintf(w, "INSERT INTO customer_tags VALUES (%d,%d);\n", id, tag)
	}
	if note != "" {
		fmt.Fprintf(w, "INSERT INTO notes (customer_id, id, text, created, author) VALUES (%d,1,%s,%d,1);\n",
			id, quote(note), onfile.Made().Unix())
	}
	_, err := io.WriteString(w, "\n") // says what of the above failed
	return err
}

func unixOr0(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}
