package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lethe/data"
	"lethe/data/sample"
	"lethe/data/sample/onfile"
	"lethe/data/store"
	"lethe/data/transfer"
)

// importCSV takes a file of a million customers into an empty list: columns
// guessed from the headings, every value checked, phone numbers normalised, one
// transaction. The shell's .import takes it into a conventional table as it is.
var importCSV = figure{
	name: "import_csv_1m", peer: shellPeer, unit: inSeconds, goal: 2, runs: 3,
	prepare: func(ctx context.Context, b *bench) (*contest, error) {
		path, err := b.csvFile(ctx)
		if err != nil {
			return nil, err
		}
		return &contest{
			peer:  timed(func(ctx context.Context) (time.Duration, error) { return b.shellImports(ctx, path) }),
			lethe: timed(func(ctx context.Context) (time.Duration, error) { return b.letheImports(ctx, path) }),
		}, nil
	},
}

// csvTable is the conventional table that has the columns of the file.
const csvTable = `CREATE TABLE customers (
	name TEXT NOT NULL, phone TEXT NOT NULL, email TEXT, city TEXT, state TEXT, country TEXT, source TEXT, tags TEXT,
	created TEXT, last_sent TEXT, last_received TEXT
);
CREATE INDEX customers_name ON customers (name);
CREATE UNIQUE INDEX customers_phone ON customers (phone);
CREATE INDEX customers_city ON customers (city);
CREATE INDEX customers_last_received ON customers (last_received);
`

// csvFile is the million as a file that somebody might bring.
func (b *bench) csvFile(ctx context.Context) (string, error) {
	return b.make(onfile.CSVName, func(path string) error {
		return onfile.MakeCSV(ctx, path, b.customers, func(done int) { b.making("the file", done) })
	})
}

// letheImports imports as the window does, into a new list: it keeps every
// number of the file to tell those that stand there twice.
func (b *bench) letheImports(ctx context.Context, path string) (took time.Duration, err error) {
	dir := filepath.Join(b.work(), "imported")
	l, err := onfile.Create(ctx, dir, b.kdf)
	if err != nil {
		return 0, errors.Join(err, os.RemoveAll(dir))
	}
	defer func() { err = errors.Join(err, l.Remove()) }()
	return b.time(func() error {
		table, err := transfer.Open(ctx, path)
		if err != nil {
			return err
		}
		defer table.Close()
		seen := map[data.Phone]struct{}{}
		report, err := l.Import(ctx, l.Owner, store.ImportRequest{
			Mode: store.ImportSkip,
			Each: func(yield func(*store.ImportRow) error) error {
				return table.Records(ctx, table.Guess(), sample.Region, func(r transfer.Record) error {
					if r.Refused != "" || len(r.Problems) > 0 {
						return fmt.Errorf("line %d: %s %v", r.Line, r.Refused, r.Problems)
					}
					if _, twice := seen[r.Customer.Phone]; twice {
						return fmt.Errorf("line %d: a number that stood there before", r.Line)
					}
					seen[r.Customer.Phone] = struct{}{}
					return yield(&store.ImportRow{Customer: r.Customer, Custom: r.CustomValues, Note: r.Note})
				})
			},
		}, nil)
		if err == nil && report.Added != b.customers {
			err = fmt.Errorf("%d customers came in", report.Added)
		}
		return err
	})
}

// shellImports has the shell import into a new database. The time is that of
// the whole process.
func (b *bench) shellImports(ctx context.Context, path string) (took time.Duration, err error) {
	file := filepath.Join(b.work(), "peer", "imported.db")
	defer func() { err = errors.Join(err, os.RemoveAll(filepath.Dir(file))) }()
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return 0, err
	}
	if _, err := ask(ctx, file, "PRAGMA journal_mode = WAL;\n"+csvTable); err != nil {
		return 0, err
	}
	started := time.Now()
	output, err := ask(ctx, file, settings+".import --csv --skip 1 '"+path+"' customers\n"+
		".output /dev/null\nPRAGMA wal_checkpoint(TRUNCATE);\n.output\nSELECT count(*) FROM customers;\n")
	took = time.Since(started)
	if err == nil && strings.TrimSpace(output) != fmt.Sprint(b.customers) {
		err = fmt.Errorf("sqlite3: %q customers came in", output)
	}
	return took, err
}
