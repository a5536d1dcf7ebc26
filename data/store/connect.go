package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"runtime"
	"strings"
	"syscall"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"lethe/data"
	"lethe/data/store/sealed"
)

// A pragma holds for one connection only, so every connection gets all of them
// in its DSN, and is asked afterwards what it took.
type pragma struct{ name, value, want string }

// What a connection keeps of the file, in KiB. Who reads goes through a table
// once, from end to end, and keeps for nothing what it read; four of them would
// keep the whole list, twice.
const (
	writerCache = "-65536"
	readerCache = "-8192"
)

func pragmas(journal string, readOnly bool) []pragma {
	cache := writerCache
	if readOnly {
		cache = readerCache
	}
	list := []pragma{
		{"journal_mode", journal, journal},
		{"synchronous", "FULL", "2"},
		// On macOS an fsync alone leaves the drive's cache as it is; elsewhere
		// these two change nothing.
		{"fullfsync", "ON", "1"},
		{"checkpoint_fullfsync", "ON", "1"},
		{"secure_delete", "ON", "1"},
		{"temp_store", "MEMORY", "2"},
		{"foreign_keys", "ON", "1"},
		{"trusted_schema", "OFF", "0"},
		{"auto_vacuum", "", "0"},
		{"page_size", "", "4096"},
		{"mmap_size", "", ""},
		{"busy_timeout", "5000", "5000"},
		{"cache_size", cache, cache},
	}
	if readOnly {
		list = append(list, pragma{"query_only", "ON", "1"})
	}
	return list
}

// connector opens connections through a sealed VFS, guards them against files
// opened past it, readers against everything but reading, and refuses one on
// which a pragma did not take.
type connector struct {
	driver.Connector
	pragmas  []pragma
	readOnly bool
	tally    *tally // nil: nobody counts
}

func newConnector(path, vfs, journal string, readOnly bool) (*connector, error) {
	list := pragmas(journal, readOnly)
	q := url.Values{"vfs": {vfs}, "_defensive": {"1"}}
	if readOnly {
		q.Set("mode", "ro") // without it BEGIN IMMEDIATE would lock the writer out
	} else {
		q.Set("_txlock", "immediate")
	}
	for _, p := range list {
		if p.value != "" {
			q.Add("_pragma", p.name+"("+p.value+")")
		}
	}
	c, err := sqlite.NewConnector(fileURI(path) + "?" + q.Encode())
	if err != nil {
		return nil, err
	}
	return &connector{Connector: c, pragmas: list, readOnly: readOnly}, nil
}

// fileURI writes a path as SQLite's URI file names want it
// (https://www.sqlite.org/uri.html, section 3.1).
func fileURI(path string) string {
	if runtime.GOOS == "windows" {
		path = "/" + strings.ReplaceAll(path, `\`, "/")
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath()
}

// Connect opens one connection and checks it.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, plain(err)
	}
	if err := sealed.Guard(conn); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	for _, p := range c.pragmas {
		if p.want == "" {
			continue
		}
		got, err := askPragma(ctx, conn, p.name)
		if err != nil {
			return nil, errors.Join(plain(err), conn.Close())
		}
		if got != p.want {
			return nil, errors.Join(fmt.Errorf("pragma %s is %q, not %q", p.name, got, p.want), conn.Close())
		}
	}
	if c.readOnly {
		if err := guardReader(conn); err != nil {
			return nil, errors.Join(err, conn.Close())
		}
	}
	if c.tally != nil {
		if err := c.tally.watch(conn); err != nil {
			return nil, errors.Join(err, conn.Close())
		}
	}
	return conn, nil
}

func askPragma(ctx context.Context, conn driver.Conn, name string) (string, error) {
	queryer, ok := conn.(driver.QueryerContext)
	if !ok {
		return "", errors.New("the driver answers no queries")
	}
	rows, err := queryer.QueryContext(ctx, "PRAGMA "+name, nil)
	if err != nil {
		return "", err
	}
	value := make([]driver.Value, 1)
	err = rows.Next(value)
	if err := errors.Join(err, rows.Close()); err != nil {
		return "", fmt.Errorf("pragma %s: %w", name, err)
	}
	return fmt.Sprint(value[0]), nil
}

// plain adds to an error of SQLite, or of the file system, the one that the
// window has words for.
func plain(err error) error {
	var se *sqlite.Error
	switch {
	case errors.As(err, &se):
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("%w: %w", data.ErrDiskFull, err)
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w: %w", data.ErrReadOnly, err)
	default:
		return err
	}
	switch code := se.Code(); code & 0xff {
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("%w: %w", data.ErrDiskFull, err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		return fmt.Errorf("%w: %w", data.ErrReadOnly, err)
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("%w: %w", data.ErrDamaged, err)
	case sqlite3.SQLITE_IOERR:
		switch code {
		case sqlite3.SQLITE_IOERR_DATA, sqlite3.SQLITE_IOERR_SHORT_READ:
			return fmt.Errorf("%w: %w", data.ErrDamaged, err)
		case sqlite3.SQLITE_IOERR_SHMSIZE: // the only cause that SQLite names
			return fmt.Errorf("%w: %w", data.ErrDiskFull, err)
		case sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_TRUNCATE:
			return fmt.Errorf("%w: %w", data.ErrReadOnly, err)
		}
	}
	return err
}

// files are the open connections of one database file.
type files struct {
	path    string
	vfs     *sealed.VFS
	writer  *sql.DB
	readers *sql.DB
	tally   *tally // of the writer, where others read meanwhile
}

const readerCount = 4

// Journal modes. A list is kept in WAL mode, so that who reads waits for nobody
// who writes. A file that nobody reads yet is written with a rollback journal:
// its new pages go straight to where they stay, once instead of twice.
const (
	walMode      = "wal"
	rollbackMode = "delete"
)

// openFiles opens the writer and the readers of the database at path, whose
// pages vfs seals.
func openFiles(ctx context.Context, path string, vfs *sealed.VFS) (*files, error) {
	return openFilesAs(ctx, path, vfs, walMode)
}

func openFilesAs(ctx context.Context, path string, vfs *sealed.VFS, journal string) (*files, error) {
	w, err := newConnector(path, vfs.Name(), journal, false)
	if err != nil {
		return nil, err
	}
	r, err := newConnector(path, vfs.Name(), journal, true)
	if err != nil {
		return nil, err
	}
	var counts *tally
	if journal == walMode {
		counts = &tally{}
		w.tally = counts
	}
	f := &files{path: path, vfs: vfs, tally: counts, writer: sql.OpenDB(w), readers: sql.OpenDB(r)}
	f.writer.SetMaxOpenConns(1)
	f.readers.SetMaxOpenConns(readerCount)
	f.readers.SetMaxIdleConns(readerCount)
	if err := f.writer.PingContext(ctx); err != nil {
		return nil, errors.Join(plain(err), f.close())
	}
	return f, nil
}

func (f *files) close() error {
	return errors.Join(closePool(f.readers), closePool(f.writer))
}

// patience is how long closing waits for connections that are still in use.
const patience = 30 * time.Second

// closePool closes a pool and all its connections. Where a context ended within
// a transaction, database/sql rolls it back in the background, and its Close
// doesn't wait for that; whoever opens the file by hand next, or takes its VFS
// away, has to.
func closePool(db *sql.DB) error {
	err := db.Close()
	for deadline := time.Now().Add(patience); db.Stats().OpenConnections > 0; {
		if time.Now().After(deadline) {
			return errors.Join(err, errors.New("a connection is still in use"))
		}
		time.Sleep(time.Millisecond)
	}
	return err
}
