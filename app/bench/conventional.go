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
)

// conventional is the schema that somebody would write for the same customers:
// a plain file with an index on what is looked for. What hangs on a customer
// is kept beside the customer's id, as in Lethe, so that deleting costs the peer
// no search.
const conventional = `CREATE TABLE customers (
	id               INTEGER PRIMARY KEY,
	name             TEXT NOT NULL,
	phone            TEXT NOT NULL,
	email            TEXT,
	city             TEXT,
	state            TEXT,
	country          TEXT,
	source           TEXT,
	blocked          INTEGER NOT NULL DEFAULT 0,
	opt_out          INTEGER NOT NULL DEFAULT 0,
	created          INTEGER NOT NULL,
	last_sent        INTEGER,
	last_received    INTEGER,
	last_interaction INTEGER
);
CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE customer_tags (
	customer_id INTEGER NOT NULL,
	tag_id      INTEGER NOT NULL,
	PRIMARY KEY (customer_id, tag_id)
) WITHOUT ROWID;
CREATE TABLE notes (
	customer_id INTEGER NOT NULL,
	id          INTEGER NOT NULL,
	text        TEXT NOT NULL,
	created     INTEGER NOT NULL,
	PRIMARY KEY (customer_id, id)
) WITHOUT ROWID;
`

const conventionalIndexes = `CREATE INDEX customers_name ON customers (name);
CREATE UNIQUE INDEX customers_phone ON customers (phone);
CREATE INDEX customers_city ON customers (city);
CREATE INDEX customers_last_interaction ON customers (last_interaction);
`

// conventionalFile is the peer's database, made if need be. It must not be
// changed.
func (b *bench) conventionalFile(ctx context.Context) (string, error) {
	return b.make("conventional.db", func(path string) error {
		_, err := shell(ctx, path, func(w io.Writer) error {
			buffered := bufio.NewWriter(w)
			if err := b.writeConventional(ctx, buffered); err != nil {
				return err
			}
			return buffered.Flush()
		})
		return err
	})
}

// writeConventional writes the same customers as makeList, with the same ids,
// as SQL.
func (b *bench) writeConventional(ctx context.Context, w io.Writer) error {
	// It is thrown away if this is interrupted.
	fmt.Fprint(w, "PRAGMA synchronous = OFF;\n", conventional, "BEGIN;\n")
	tags := map[string]int{}
	id := 0
	for c, note := range sample.Million(onfile.Seed, b.customers) {
		if err := ctx.Err(); err != nil {
			return err
		}
		id++
		if err := writeCustomer(w, id, &c, note, tags); err != nil {
			return err
		}
		if id%1000 == 0 {
			b.making("the peer's list", id)
		}
	}
	_, err := fmt.Fprint(w, conventionalIndexes, "COMMIT;\n")
	return err
}

func writeCustomer(w io.Writer, id int, c *data.Customer, note string, tags map[string]int) error {
	fmt.Fprintf(w, "INSERT INTO customers VALUES (%d,%s,%s,%s,%s,%s,%s,%s,%d,%d,%d,%s,%s,%s);\n", id,
		quote(c.Name), quote(c.Phone.String()), orNull(c.Email), orNull(c.City), orNull(c.State), orNull(c.Country),
		orNull(c.Source), flag01(c.Blocked), flag01(c.OptOut), c.Created.Unix(), timeOrNull(c.LastSent),
		timeOrNull(c.LastReceived), timeOrNull(c.LastInteraction()))
	for _, name := range c.Tags {
		tag, known := tags[name]
		if !known {
			tag = len(tags) + 1
			tags[name] = tag
			fmt.Fprintf(w, "INSERT INTO tags VALUES (%d,%s);\n", tag, quote(name))
		}
		fmt.Fprintf(w, "INSERT INTO customer_tags VALUES (%d,%d);\n", id, tag)
	}
	if note != "" {
		fmt.Fprintf(w, "INSERT INTO notes VALUES (%d,1,%s,%d);\n", id, quote(note), onfile.Made().Unix())
	}
	_, err := io.WriteString(w, "\n") // says what of the above failed
	return err
}

func orNull(text string) string {
	if text == "" {
		return "NULL"
	}
	return quote(text)
}

func timeOrNull(t time.Time) string {
	if t.IsZero() {
		return "NULL"
	}
	return fmt.Sprint(t.Unix())
}

func flag01(set bool) int {
	if set {
		return 1
	}
	return 0
}
