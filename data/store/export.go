package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"lethe/data"
	"lethe/data/store/sealed"
)

// An export is recorded before its first byte is written, with the folder in
// which that happens, and is in the audit log before the file gets its name:
// there is no finished export that the log doesn't know, and whatever a crash
// leaves is found and removed when the list is next opened.

// BeginExport records that e is being written: Format, What, Count, Path. temp
// is the folder beside Path in which that happens. It needs ExportCustomers and
// the actor's password; a wrong one is data.ErrWrongPassword.
func (s *Store) BeginExport(ctx context.Context, a *Actor, password string, e data.Export, temp string) (int64, error) {
	if err := s.checkPassword(ctx, a, data.OpBeginExport, password); err != nil {
		return 0, err
	}
	var id int64
	err := s.write(ctx, a, data.OpBeginExport, func(t *tx) error {
		res, err := t.ExecContext(ctx, `INSERT INTO exports (at, actor, format, what, count, path, temp, state)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, t.now.Unix(), int64(t.actor), string(e.Format), string(e.What), e.Count,
			e.Path, temp, string(data.ExportWriting))
		if err != nil {
			return err
		}
		id, err = res.LastInsertId()
		return err
	})
	return id, err
}

// ReadExport reads customers in the order of ids, in one transaction, scoped
// and masked by the actor's rights; those who are gone or not in the actor's
// scope are passed over. An Agent who is a member comes with their number. The
// row is good until yield returns. It needs ExportCustomers.
func (s *Store) ReadExport(ctx context.Context, a *Actor, ids []data.CustomerID, yield func(*data.Row) error) error {
	const part = 2_000
	return s.read(ctx, a, data.OpReadExport, func(t *tx) error {
		agents, err := t.agentPhones(ctx)
		if err != nil {
			return err
		}
		rows := make(map[data.CustomerID]data.Row, part)
		for some := range slices.Chunk(ids, part) {
			if err := ctx.Err(); err != nil {
				return err
			}
			clear(rows)
			in, args := inList(some)
			if err := t.scan(ctx, in, args, func(r *data.Row) error {
				rows[r.ID] = *r
				return nil
			}); err != nil {
				return err
			}
			for _, id := range some {
				r, ok := rows[id]
				if !ok {
					continue
				}
				if r.AgentPhone == 0 && t.rights.SeesPhones() {
					r.AgentPhone = agents[r.Agent]
				}
				if err := yield(&r); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (t *tx) agentPhones(ctx context.Context) (map[data.UserID]data.Phone, error) {
	rows, err := t.QueryContext(ctx, "SELECT id, phone FROM users WHERE phone > 0")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[data.UserID]data.Phone{}
	for rows.Next() {
		var id, phone int64
		if err := rows.Scan(&id, &phone); err != nil {
			return nil, err
		}
		out[data.UserID(id)] = data.Phone(phone)
	}
	return out, rows.Err()
}

// CommitExport writes the export into the audit log, with how many customers
// it holds. The file gets its name after that. It needs ExportCustomers, still.
func (s *Store) CommitExport(ctx context.Context, a *Actor, id int64, count int) error {
	return s.write(ctx, a, data.OpCommitExport, func(t *tx) error {
		var format, what string
		err := t.QueryRowContext(ctx, `UPDATE exports SET state = ?, count = ? WHERE id = ? AND actor = ? AND state = ?
			RETURNING format, what`, string(data.ExportDone), count, id, int64(t.actor), string(data.ExportWriting)).
			Scan(&format, &what)
		if err != nil {
			return data.ErrNotFound
		}
		t.publish(data.Event{Kind: data.ExportsChanged})
		return t.audit(ctx, data.AuditExport, facts{
			"export": strconv.FormatInt(id, 10), "exported": strconv.Itoa(count), "format": format, "what": what,
			"masked": yes(!t.rights.SeesPhones()),
		})
	})
}

// EndExport says how an export ended, once its temporary folder is gone.
func (s *Store) EndExport(ctx context.Context, a *Actor, id int64, state data.ExportState) error {
	return s.write(ctx, a, data.OpEndExport, func(t *tx) error {
		_, err := t.ExecContext(ctx, "UPDATE exports SET state = ?, temp = '' WHERE id = ? AND actor = ?",
			string(state), id, int64(t.actor))
		t.publish(data.Event{Kind: data.ExportsChanged})
		return err
	})
}

// Exports reads which exports were made, the newest first, and looks whether
// their files still exist. It needs ExportCustomers.
func (s *Store) Exports(ctx context.Context, a *Actor) ([]data.Export, error) {
	var out []data.Export
	err := s.read(ctx, a, data.OpExports, func(t *tx) (err error) {
		out, err = t.exports(ctx)
		return err
	})
	return out, err
}

func (t *tx) exports(ctx context.Context) ([]data.Export, error) {
	rows, err := t.QueryContext(ctx, `SELECT e.id, e.at, e.actor, coalesce(u.name, ''), e.format, e.what, e.count, e.path, e.state
		FROM exports e LEFT JOIN users u ON u.id = e.actor ORDER BY e.id DESC`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []data.Export
	for rows.Next() {
		var e data.Export
		var at int64
		if err := rows.Scan(&e.ID, &at, &e.Actor, &e.Who, &e.Format, &e.What, &e.Count, &e.Path, &e.State); err != nil {
			return nil, err
		}
		e.At = timeOf(at)
		out = append(out, e)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	later := map[string]bool{} // a file that a later export took the place of
	for i := range out {
		e := &out[i]
		if e.File = data.FileGone; e.State != data.ExportDone || later[e.Path] {
			continue
		}
		later[e.Path] = true
		e.File = fileState(e.Path)
	}
	return out, nil
}

// fileState looks whether a file exists.
func fileState(path string) data.FileState {
	switch info, err := os.Lstat(path); {
	case err == nil && !info.IsDir():
		return data.FileThere
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return data.FileAway
	}
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return data.FileAway
	}
	return data.FileGone
}

// exportsLeft counts the exports whose files may still exist, and tells when
// the first of them was made.
func (t *tx) exportsLeft(ctx context.Context) (n int, since time.Time, err error) {
	all, err := t.exports(ctx)
	for _, e := range all {
		if e.MayExist() {
			n, since = n+1, e.At
		}
	}
	return n, since, err
}

// ExportTempPrefix begins the names of the folders in which exports are
// written, beside the file that they become.
const ExportTempPrefix = ".lethe-export-"

// RemoveExportTemp overwrites and removes what stands in a temporary folder of
// an export, and the folder. One that is not there is removed already.
func RemoveExportTemp(dir string) error {
	if !strings.HasPrefix(filepath.Base(dir), ExportTempPrefix) {
		return fs.ErrInvalid
	}
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if e.Type().IsRegular() {
			err = errors.Join(err, sealed.OverwriteAndRemove(filepath.Join(dir, e.Name())))
		}
	}
	return errors.Join(err, os.RemoveAll(dir))
}

// removeExportTemps removes what a crash left of exports that were being
// written. A folder that can't be reached is tried again at the next start.
func (s *Store) removeExportTemps(ctx context.Context) error {
	return s.writeSystem(ctx, func(t *tx) error {
		rows, err := t.QueryContext(ctx, "SELECT id, temp FROM exports WHERE temp <> ''")
		if err != nil {
			return err
		}
		defer rows.Close()
		left := map[int64]string{}
		for rows.Next() {
			var id int64
			var temp string
			if err := rows.Scan(&id, &temp); err != nil {
				return err
			}
			left[id] = temp
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
		var failed error
		for id, temp := range left {
			if _, err := os.Stat(filepath.Dir(temp)); err != nil {
				continue
			}
			if err := RemoveExportTemp(temp); err != nil {
				failed = err
				continue
			}
			if _, err := t.ExecContext(ctx, `UPDATE exports SET temp = '',
				state = CASE state WHEN 'writing' THEN 'failed' ELSE state END WHERE id = ?`, id); err != nil {
				return err
			}
		}
		if failed != nil {
			s.opt.Log.Warn("what a crash left of an export could not be removed")
		}
		return nil
	})
}
