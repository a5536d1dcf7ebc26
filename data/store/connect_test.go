package store

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"lethe/data/store/sealed"
)

func mounted(t *testing.T) *sealed.VFS {
	t.Helper()
	key, err := sealed.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	vfs, err := sealed.Mount(key)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := vfs.Close(); err != nil {
			t.Error(err)
		}
	})
	return vfs
}

// conns opens n connections of a pool at once.
func conns(t *testing.T, db *sql.DB, n int) []*sql.Conn {
	t.Helper()
	var out []*sql.Conn
	for range n {
		c, err := db.Conn(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		out = append(out, c)
	}
	return out
}

func TestEveryConnectionHasItsPragmas(t *testing.T) {
	f, err := openFiles(t.Context(), filepath.Join(t.TempDir(), "list"), mounted(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.close() })
	for name, pool := range map[string]struct {
		conns    []*sql.Conn
		readOnly bool
	}{
		"writer":  {conns(t, f.writer, 1), false},
		"readers": {conns(t, f.readers, readerCount), true},
	} {
		for i, c := range pool.conns {
			for _, p := range pragmas(walMode, pool.readOnly) {
				if p.want == "" {
					continue
				}
				var got string
				if err := c.QueryRowContext(t.Context(), "PRAGMA "+p.name).Scan(&got); err != nil || got != p.want {
					t.Errorf("%s %d: %s is %q, %v; want %q", name, i, p.name, got, err, p.want)
				}
			}
			// Without these an fsync of macOS ends in the drive's cache.
			for _, name := range []string{"fullfsync", "checkpoint_fullfsync"} {
				var on bool
				if err := c.QueryRowContext(t.Context(), "PRAGMA "+name).Scan(&on); err != nil || !on {
					t.Errorf("%s: %v, %v", name, on, err)
				}
			}
			if _, err := c.ExecContext(t.Context(), "CREATE TABLE t (a)"); (err == nil) == pool.readOnly {
				t.Errorf("%s %d writes: %v", name, i, err)
			}
		}
	}
}

func TestAPragmaThatDidNotTakeIsRefused(t *testing.T) {
	c, err := newConnector(filepath.Join(t.TempDir(), "list"), mounted(t).Name(), walMode, false)
	if err != nil {
		t.Fatal(err)
	}
	c.pragmas = append(c.pragmas, pragma{"secure_delete", "", "0"})
	conn, err := c.Connect(t.Context())
	if err == nil {
		conn.Close()
	}
	if err == nil || !strings.Contains(err.Error(), "secure_delete") {
		t.Errorf("got %v", err)
	}
}
