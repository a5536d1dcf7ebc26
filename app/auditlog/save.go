package auditlog

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"lethe/app/task"
	"lethe/data"
	"lethe/data/transfer"
)

// save exports the whole log to a file that spreadsheets read and that holds
// what is needed to check it elsewhere: the hashes and the countersignatures.
func (p *Page) save() {
	w, d := p.desk.Words, p.desk
	d.Files.Save(w.T("auditlog.export_title"), w.T("auditlog.export_name"), func(path string, err error) {
		if err != nil || path == "" {
			if err != nil {
				p.fail(w.Error(err))
			}
			return
		}
		n := 0
		speak := p.speak
		d.Tasks.Go(w.T("auditlog.export_title"), func(ctx context.Context, _ task.Progress) error {
			return writeFile(path, func(to io.Writer) error {
				out := csv.NewWriter(to)
				if err := out.Write([]string{
					"entry", "time (UTC)", "member", "name", "kind", "text", "facts", "previous hash", "hash", "countersignature", "key",
				}); err != nil {
					return err
				}
				if err := d.Store.ExportAudit(ctx, d.Actor, func(e *data.Entry, c *data.Countersign) error {
					n++
					return out.Write(line(&speak, e, c))
				}); err != nil {
					return err
				}
				out.Flush()
				return out.Error()
			})
		}, func(err error) {
			if err != nil {
				p.fail(w.Error(err))
				return
			}
			d.Status(w.T("auditlog.exported", "Entries", w.N("auditlog.entries", n)))
			p.Refresh()
		})
	})
}

func line(speak *speaker, e *data.Entry, c *data.Countersign) []string {
	facts, err := json.Marshal(e.Facts)
	if err != nil {
		facts = nil
	}
	out := []string{
		strconv.FormatInt(e.Seq, 10), e.At.Format(time.RFC3339), strconv.FormatInt(int64(e.Actor), 10),
		transfer.Guard(speak.who(e.Actor)), string(e.Kind), transfer.Guard(speak.about(e)), string(facts),
		hex.EncodeToString(e.Prev[:]), hex.EncodeToString(e.Hash[:]), "", "",
	}
	if c != nil {
		out[9], out[10] = hex.EncodeToString(c.Signature), hex.EncodeToString(c.Key)
	}
	return out
}

// writeFile writes beside path and renames, so that an export that fails
// leaves what was there.
func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".lethe-export-*")
	if err != nil {
		return err
	}
	b := bufio.NewWriter(f)
	err = write(b)
	if err == nil {
		err = b.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
