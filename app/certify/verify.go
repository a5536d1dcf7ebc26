package certify

import (
	"errors"
	"fmt"
	"io"
	"os"

	"lethe/app/words"
	"lethe/data/certificate"
)

// Read reads a file and checks it as a certificate.
func Read(path string) (certificate.Checked, error) {
	f, err := os.Open(path)
	if err != nil {
		return certificate.Checked{}, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, certificate.MaxSize+1))
	if err != nil {
		return certificate.Checked{}, err
	}
	return certificate.Verify(raw)
}

// sentence says why a file is no sound certificate.
func sentence(w *words.Words, err error) string {
	switch {
	case errors.Is(err, certificate.ErrChanged):
		return w.T("certify.changed")
	case errors.Is(err, certificate.ErrNewer):
		return w.T("certify.newer")
	case errors.Is(err, certificate.ErrNone):
		return w.T("certify.none")
	}
	return w.Error(err)
}

// Verify checks a file for the command line and writes what it says. It tells
// whether the certificate is sound.
func Verify(w *words.Words, path string, out io.Writer) bool {
	c, err := Read(path)
	if err != nil {
		fmt.Fprintln(out, sentence(w, err))
		return false
	}
	fmt.Fprintln(out, w.T("certify.sound"))
	if !c.PDF {
		fmt.Fprintln(out, w.T("certify.json_only"))
	}
	fmt.Fprintln(out, w.T("certify.compare", "Key", c.Key.Fingerprint()))
	fmt.Fprintln(out)
	for _, r := range all(w, c.Content) {
		fmt.Fprintf(out, "%s: %s\n", r.Label, r.Text)
	}
	return true
}

// all are the rows with what stands above them on the page.
func all(w *words.Words, c certificate.Content) []row {
	return append([]row{
		{w.T("certify.business"), c.Business},
		{w.T("certify.deleted"), w.N("certify.count", c.Counts.Customers)},
	}, rows(w, c)...)
}
