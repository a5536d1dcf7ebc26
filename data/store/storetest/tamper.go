package storetest

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"path/filepath"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/sealed"
)

// Tamper runs statements on the database in dir past the store and its rules,
// as somebody could who has a member's password and writes software of their
// own: here member id's.
func Tamper(ctx context.Context, dir string, id data.UserID, password string, queries ...string) (err error) {
	keys, err := store.Keys(dir)
	if err != nil {
		return err
	}
	un, err := keys.Unlock(ctx, id, password)
	if err != nil {
		return err
	}
	defer un.Wipe()
	vfs, err := sealed.Mount(un.DataKey())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, vfs.Close()) }()
	q := url.Values{"vfs": {vfs.Name()}, "_pragma": {"temp_store(MEMORY)", "busy_timeout(5000)", "journal_mode(WAL)"}}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: filepath.ToSlash(filepath.Join(dir, keys.Database()))}).EscapedPath()+"?"+q.Encode())
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	defer func() { err = errors.Join(err, db.Close()) }()
	for _, query := range queries {
		if _, err := db.ExecContext(ctx, query); err != nil {
			return err
		}
	}
	return nil
}
