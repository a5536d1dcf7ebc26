package certify

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2/theme"

	"lethe/app/desk"
	"lethe/app/task"
	"lethe/app/words"
	"lethe/data"
	"lethe/data/certificate"
)

// Save asks where the certificate of a deletion goes, makes it and writes it.
// entry is the deletion's in the audit log. done is told, on the window's
// goroutine, what to say, and whether it went wrong; not at all where the
// person cancelled.
func Save(d *desk.Desk, entry int64, done func(said string, wrong bool)) {
	w := d.Words
	name := w.T("certify.file", "Entry", int(entry)) + ".pdf"
	d.Files.Save(w.T("certify.save"), name, func(path string, err error) {
		if err != nil {
			done(w.Error(err), true)
			return
		}
		if path == "" {
			return
		}
		if !strings.EqualFold(filepath.Ext(path), ".pdf") {
			path += ".pdf"
		}
		d.Tasks.Go(w.T("certify.making"), func(ctx context.Context, _ task.Progress) error {
			pdf, err := Make(ctx, d, entry)
			if err != nil {
				return err
			}
			return write(path, pdf)
		}, func(err error) {
			if err != nil {
				done(w.Error(err), true)
				return
			}
			done(w.T("certify.saved", "File", filepath.Base(path)), false)
		})
	})
}

// Make makes a certificate. Background: the first one reads the system's fonts.
func Make(ctx context.Context, d *desk.Desk, entry int64) ([]byte, error) {
	return d.Store.Certify(ctx, d.Actor, entry, func(e data.Evidence, signer crypto.Signer) ([]byte, error) {
		return layOut(d.Words, e, signer)
	})
}

func layOut(w *words.Words, e data.Evidence, signer crypto.Signer) ([]byte, error) {
	var key data.SigningKey
	copy(key[:], signer.Public().(ed25519.PublicKey))
	fonts := certificate.Fonts{Regular: theme.DefaultTextFont().Content(), Bold: theme.DefaultTextBoldFont().Content()}
	return certificate.Write(e, pageTexts(w, certificate.ContentOf(e), key), fonts, signer)
}

// write replaces the file as a whole: one that was there stays as it was if
// this fails.
func write(path string, raw []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".lethe-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(raw)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
