// Package export takes an export from the question to the file. It is written
// in a folder beside its target, recorded before its first byte and in the
// audit log before it gets its name, so that no finished export is unknown and
// nothing unfinished stays.
package export

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/sealed"
	"lethe/data/transfer"
)

// ErrOwnFolder is the error of an export into the folder of the list itself.
var ErrOwnFolder = errors.New("the folder holds the list itself")

// Request is what to write, and where.
type Request struct {
	Path     string // absolute; what is there is replaced
	Format   data.ExportFormat
	What     data.ExportScope
	IDs      []data.CustomerID  // in the order of the file
	Fields   []data.Field       // the columns
	Custom   []data.CustomField // that Fields may name
	Password string             // of the actor, asked again
}

// Write writes the file and tells how many customers it holds: those of IDs
// who are still there, as the actor may see them. Before the file has its name
// it can be cancelled, and whatever fails leaves the target as it was and
// nothing beside it. progress, which may be nil, is told the customers written.
//
// Errors: data.ErrDenied, data.ErrWrongPassword, data.ErrDiskFull,
// data.ErrReadOnly, ErrOwnFolder, transfer.ErrTooManyRows, or ctx's.
func Write(ctx context.Context, s *store.Store, a *store.Actor, req Request, progress func(done int)) (n int, err error) {
	if req.Format == data.ExportWorkbook && len(req.IDs) > transfer.MaxSheetRows {
		return 0, transfer.ErrTooManyRows
	}
	dir := filepath.Dir(req.Path)
	if same(dir, s.Dir()) {
		return 0, ErrOwnFolder
	}
	release, err := s.Lease()
	if err != nil {
		return 0, err
	}
	defer release()
	// The folder is made once it is allowed and recorded, so its name comes first.
	name, err := unusedName(dir)
	if err != nil {
		return 0, err
	}
	id, err := s.BeginExport(ctx, a, req.Password, data.Export{
		Format: req.Format, What: req.What, Count: len(req.IDs), Path: req.Path,
	}, name)
	if err != nil {
		return 0, err
	}
	e := &running{store: s, actor: a, req: req, temp: name, id: id}
	n, err = e.run(ctx, progress)
	state := data.ExportDone
	if err != nil {
		state = data.ExportFailed
	}
	// What can't be removed or written down now is at the next start: the record
	// still names the folder.
	if store.RemoveExportTemp(name) == nil {
		_ = s.EndExport(context.WithoutCancel(ctx), a, id, state)
	}
	return n, plain(err)
}

// same tells whether two paths are one folder.
func same(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// unusedName is that of a folder that isn't there yet.
func unusedName(dir string) (string, error) {
	name, err := os.MkdirTemp(dir, store.ExportTempPrefix)
	if err != nil {
		return "", plain(err)
	}
	return name, os.Remove(name)
}

// running is one export on its way.
type running struct {
	store *store.Store
	actor *store.Actor
	req   Request
	temp  string
	id    int64
}

func (e *running) run(ctx context.Context, progress func(int)) (int, error) {
	if err := os.Mkdir(e.temp, 0o700); err != nil {
		return 0, err
	}
	path := filepath.Join(e.temp, "export")
	n, err := e.write(ctx, path, progress)
	if err != nil {
		return 0, err
	}
	if err := e.store.CommitExport(ctx, e.actor, e.id, n); err != nil {
		return 0, err
	}
	if err := os.Rename(path, e.req.Path); err != nil {
		return 0, err
	}
	_ = sealed.SyncDir(filepath.Dir(e.req.Path)) // the file is there, whatever the system says of its folder
	return n, nil
}

// write fills the temporary file.
func (e *running) write(ctx context.Context, path string, progress func(int)) (n int, err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w, err := transfer.NewWriter(f, e.req.Format, e.temp, e.req.Fields, e.req.Custom)
	if err != nil {
		return 0, err
	}
	err = e.store.ReadExport(ctx, e.actor, e.req.IDs, func(r *data.Row) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := w.Write(r); err != nil {
			return err
		}
		if n++; progress != nil {
			progress(n)
		}
		return nil
	})
	if err := errors.Join(err, w.Close()); err != nil {
		return 0, err
	}
	return n, f.Sync()
}

// plain names what the system says of a disk, without the path.
func plain(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("%w: %w", data.ErrDiskFull, cause(err))
	case errors.Is(err, os.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%w: %w", data.ErrReadOnly, cause(err))
	}
	return cause(err)
}

// cause is the error without the path, which may name somebody.
func cause(err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		return link.Err
	}
	return err
}
