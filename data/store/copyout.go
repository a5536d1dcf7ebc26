package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/backup"
	"lethe/data/store/sealed"
)

// copyPrefix begins the names of sealed files that are there for a moment: the
// copy of a list on its way into a backup, and the list of a backup on its way
// into the folder. What a crash leaves of them the next Open removes.
const copyPrefix = ".lethe-copy-"

// copied is a database file with a name of its own under a key of its own,
// which lives in the data folder until remove. Nobody has it open.
type copied struct {
	store *Store // nil where there is none
	path  string
	key   sealed.Key

	mu  sync.Mutex // of remove
	vfs *sealed.VFS
}

// newCopied makes an empty file, under a new key unless one is given.
func newCopied(s *Store, dir string, key *sealed.Key) (_ *copied, err error) {
	c := &copied{store: s}
	if key != nil {
		c.key = *key
	} else if c.key, err = sealed.NewKey(); err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(dir, copyPrefix+"*")
	if err != nil {
		return nil, plain(err)
	}
	c.path = f.Name()
	if s != nil {
		s.mu.Lock()
		s.copies[filepath.Base(c.path)] = c
		s.mu.Unlock()
	}
	if err := f.Close(); err != nil {
		return nil, errors.Join(plain(err), c.remove())
	}
	if c.vfs, err = sealed.Mount(c.key); err != nil {
		return nil, errors.Join(err, c.remove())
	}
	return c, nil
}

// remove overwrites and removes the file and wipes its key. Doing so again is
// harmless.
func (c *copied) remove() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	var err error
	if c.vfs != nil {
		err = c.vfs.Close()
		c.vfs = nil
	}
	err = errors.Join(err, removeDatabase(c.path))
	if c.store != nil {
		c.store.mu.Lock()
		delete(c.store.copies, filepath.Base(c.path))
		c.store.mu.Unlock()
	}
	c.key.Wipe()
	return err
}

// removeCopies removes those that are still there.
func (s *Store) removeCopies() error {
	s.mu.Lock()
	all := slices.Collect(maps.Values(s.copies))
	s.mu.Unlock()
	var err error
	for _, c := range all {
		err = errors.Join(err, c.remove())
	}
	return err
}

// out is a consistent copy of the list with the keys that open it, and what is
// written down of it.
type out struct {
	*copied
	keys    []byte
	header  backup.Header
	lastID  data.CustomerID
	changes int64
}

// copyOut makes a copy of the list as it is now, under a new key that is sealed
// to everybody who can sign in. Writers are not held up; what changes the keys
// waits, so that keys and list fit each other.
func (s *Store) copyOut(ctx context.Context, a *Actor) (_ *out, err error) {
	s.keysMu.Lock()
	defer s.keysMu.Unlock()
	c, err := newCopied(s, s.opt.Dir, nil)
	if err != nil {
		return nil, err
	}
	o := &out{copied: c}
	defer func() {
		if err != nil {
			err = errors.Join(err, o.remove())
		}
	}()
	keys, err := account.Load(s.opt.Dir)
	if err != nil {
		return nil, err
	}
	public, err := o.fill(ctx, s, keys)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	un := s.unlocked[a.user]
	s.mu.Unlock()
	if un == nil {
		return nil, data.ErrSignedOut
	}
	turned, opened, err := keys.Turned(un, c.key, public.members, public.recovery, firstVersion)
	if err != nil {
		return nil, err
	}
	opened.Wipe()
	o.keys, err = turned.Encode()
	return o, err
}

// fill writes the list into the copy, from one moment of it, and describes it.
func (o *out) fill(ctx context.Context, s *Store, keys *account.File) (public publicKeys, err error) {
	s.gate.RLock()
	defer s.gate.RUnlock()
	if s.files == nil {
		return public, data.ErrSignedOut
	}
	f, err := openFilesAs(ctx, o.path, o.vfs, rollbackMode)
	if err != nil {
		return public, err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	if err := f.migrate(ctx); err != nil {
		return public, err
	}
	if err := f.attach(ctx, s.files.path, s.vfs.Name(), "old"); err != nil {
		return public, err
	}
	if err := f.within(ctx, func(t *tx) error {
		if err := t.copyAll(ctx, nil); err != nil {
			return err
		}
		if err := o.describe(ctx, t); err != nil {
			return err
		}
		public, err = t.publicKeys(ctx, keys)
		return err
	}); err != nil {
		return public, err
	}
	if err := f.detach(ctx, "old"); err != nil {
		return public, err
	}
	return public, f.drain(ctx)
}

// attach attaches another database to the writing connection.
func (f *files) attach(ctx context.Context, path, vfs, name string) error {
	_, err := f.writer.ExecContext(ctx, "ATTACH DATABASE ? AS "+name, fileURI(path)+"?vfs="+vfs)
	return plain(err)
}

func (f *files) detach(ctx context.Context, name string) error {
	_, err := f.writer.ExecContext(ctx, "DETACH DATABASE "+name)
	return plain(err)
}

// within runs fn in one transaction, without rights.
func (f *files) within(ctx context.Context, fn func(*tx) error) error {
	inner, err := f.writer.BeginTx(ctx, nil)
	if err != nil {
		return plain(err)
	}
	defer inner.Rollback()
	if err := fn(&tx{Tx: inner}); err != nil {
		return plain(err)
	}
	return plain(inner.Commit())
}

// describe reads from the copy what is told of it.
func (o *out) describe(ctx context.Context, t *tx) error {
	h := &o.header
	if err := t.QueryRowContext(ctx, "PRAGMA user_version").Scan(&h.Schema); err != nil {
		return err
	}
	if err := t.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM customers), changes,
		coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'customers'), 0) FROM store`).
		Scan(&h.Customers, &o.changes, &o.lastID); err != nil {
		return err
	}
	w, err := t.witness(ctx)
	h.Entries, h.Head = w.Entries, w.Head[:]
	return err
}

// size reads the size of the file, which must be that of a database.
func (c *copied) size() (int64, error) {
	info, err := os.Stat(c.path)
	if err != nil {
		return 0, err
	}
	if info.Size() == 0 || info.Size()%sealed.PageSize != 0 {
		return 0, fmt.Errorf("%w: the copy", data.ErrDamaged)
	}
	return info.Size(), nil
}
