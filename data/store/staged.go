package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/backup"
	"lethe/data/store/sealed"
)

// staged is the database of a backup, taken out of it into a file of its own:
// sealed, as it is in the backup.
type staged struct {
	from   string // the backup's path
	header backup.Header
	keys   *account.File
	sum    [sha256.Size]byte
	mark   [sha256.Size]byte
}

// stage reads the backup at path into an empty file. The whole of it is read
// and proven before anything of it counts.
func stage(ctx context.Context, path, passphrase, into string, progress func(BackupProgress)) (_ *staged, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, data.ErrNotBackup
	}
	g := &staged{}
	if g.from, err = filepath.Abs(path); err != nil {
		return nil, err
	}
	if g.mark, err = backup.Mark(file); err != nil {
		return nil, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r, err := backup.Open(file, passphrase)
	if err != nil {
		return nil, err
	}
	g.header = r.Header
	steps, err := migrations()
	if err != nil {
		return nil, err
	}
	if g.header.Schema > len(steps) {
		return nil, data.ErrBackupNewer
	}
	switch g.keys, err = account.Decode(r.Keys); {
	case errors.Is(err, data.ErrNewer):
		return nil, data.ErrBackupNewer
	case err != nil:
		return nil, errors.Join(data.ErrBackupDamaged, err)
	}
	out, err := os.OpenFile(into, os.O_WRONLY|os.O_TRUNC, 0)
	if err != nil {
		return nil, plain(err)
	}
	g.sum, err = r.Database(&watchedWriter{ctx: ctx, w: out, tell: func(done int64) {
		progress(BackupProgress{BackupReading, done, g.header.Database})
	}})
	if err := errors.Join(err, out.Close()); err != nil {
		return nil, plain(err)
	}
	return g, nil
}

// open makes the staged database ready under its key: its seals, its schema,
// and that it is the list that the header told of.
func (g *staged) open(ctx context.Context, c *copied) error {
	if err := sealed.Check(c.path, c.key); err != nil {
		return errors.Join(data.ErrBackupDamaged, err)
	}
	f, err := openFiles(ctx, c.path, c.vfs)
	if err == nil {
		err = f.migrate(ctx)
		if err == nil {
			err = g.sound(ctx, f.writer)
		}
		if err == nil {
			err = f.drain(ctx)
		}
		err = errors.Join(err, f.close())
	}
	switch {
	case errors.Is(err, data.ErrNewer):
		return data.ErrBackupNewer
	case errors.Is(err, data.ErrDamaged):
		return errors.Join(data.ErrBackupDamaged, err)
	}
	return err
}

func (g *staged) sound(ctx context.Context, db *sql.DB) error {
	var verdict string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
		return plain(err)
	}
	var customers int
	var entries int64
	var head []byte
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM customers").Scan(&customers); err != nil {
		return plain(err)
	}
	if err := db.QueryRowContext(ctx, "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").Scan(&entries, &head); err != nil {
		return plain(err)
	}
	if verdict != "ok" || customers != g.header.Customers || entries != g.header.Entries || !bytes.Equal(head, g.header.Head) {
		return data.ErrBackupDamaged
	}
	return nil
}
