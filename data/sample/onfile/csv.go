package onfile

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"os"
	"strings"
	"time"

	"lethe/data"
	"lethe/data/sample"
)

// CSVName is what the file of [MakeCSV] is called beside a list that is kept.
const CSVName = "customers.csv"

// csvHeadings are those of the file.
var csvHeadings = []string{
	"Name", "Phone Number", "Email", "City", "State", "Country", "Source", "Tags",
	"Customer Date Created", "Last message sent at", "Last message received at",
}

// MakeCSV writes the customers of a list of n as a file that somebody might
// bring. progress may be nil; it is called now and then.
func MakeCSV(ctx context.Context, path string, n int, progress func(done int)) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	buffered := bufio.NewWriter(f)
	w := csv.NewWriter(buffered)
	if err := w.Write(csvHeadings); err != nil {
		return err
	}
	done := 0
	for c := range sample.Million(Seed, n) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := w.Write(csvRow(&c)); err != nil {
			return err
		}
		if done++; done%1000 == 0 && progress != nil {
			progress(done)
		}
	}
	w.Flush()
	return errors.Join(w.Error(), buffered.Flush())
}

func csvRow(c *data.Customer) []string {
	at := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.UTC().Format("2006-01-02 15:04:05")
	}
	return []string{
		c.Name, c.Phone.String(), c.Email, c.City, c.State, c.Country, c.Source, strings.Join(c.Tags, ", "),
		at(c.Created), at(c.LastSent), at(c.LastReceived),
	}
}
