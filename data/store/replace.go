package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/store/internal/disk"
	"lethe/data/store/sealed"
)

// A replacement is a database file under a new key that is to take the place
// of the present one. It is written beside it; what puts it in place is one
// rename, that of the keys file, which names the database and holds the new
// key sealed to everybody. A crash before that leaves the old list, a crash
// after it the new one, and the next Open removes whichever file lost.
type replacement struct {
	store *Store
	name  string
	key   sealed.Key
	vfs   *sealed.VFS
	files *files
}

var databaseName = regexp.MustCompile(`^customers-(\d+)\` + databaseExt + `(-wal|-shm|-journal)?$`)

// nextName is the name of the file that follows the one named name.
func nextName(name string) (string, error) {
	m := databaseName.FindStringSubmatch(name)
	if m == nil {
		return "", fmt.Errorf("%w: the keys name no database", data.ErrDamaged)
	}
	n, err := strconv.ParseUint(m[1], 10, 63)
	return fmt.Sprintf("customers-%d%s", n+1, databaseExt), err
}

// newReplacement makes the file, with an empty schema, and attaches the
// present list to its writer as "old". The caller holds writes.
func (s *Store) newReplacement(ctx context.Context) (_ *replacement, err error) {
	r := &replacement{store: s}
	if r.name, err = nextName(filepath.Base(s.files.path)); err != nil {
		return nil, err
	}
	path := filepath.Join(s.opt.Dir, r.name)
	if _, err := os.Lstat(path); err == nil {
		return nil, fmt.Errorf("%s is in the way: %w", r.name, fs.ErrExist)
	}
	if r.key, err = sealed.NewKey(); err != nil {
		return nil, err
	}
	if r.vfs, err = sealed.Mount(r.key); err != nil {
		return nil, err
	}
	if err := newPrivate(path); err != nil {
		return nil, errors.Join(plain(err), r.vfs.Close())
	}
	if r.files, err = openFilesAs(ctx, path, r.vfs, rollbackMode); err == nil {
		err = r.files.migrate(ctx)
	}
	if err == nil {
		_, err = r.files.writer.ExecContext(ctx, "ATTACH DATABASE ? AS old", fileURI(s.files.path)+"?vfs="+s.vfs.Name())
	}
	if err != nil {
		return nil, errors.Join(plain(err), r.abandon())
	}
	return r, nil
}

// newPrivate makes an empty file that only this user may read; SQLite gives its
// logs the same permissions.
func newPrivate(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	disk.Tell(disk.Change{Kind: disk.Create, Path: path})
	return f.Close()
}

// abandon removes what was written.
func (r *replacement) abandon() error {
	var err error
	if r.files != nil {
		err = r.files.close()
	}
	err = errors.Join(err, r.vfs.Close(), removeDatabase(filepath.Join(r.store.opt.Dir, r.name)))
	r.key.Wipe()
	return err
}

// removeDatabase overwrites and removes a database file and what lies beside
// it, where they are there.
func removeDatabase(path string) error {
	var err error
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		err = errors.Join(err, removeCopy(path+suffix))
	}
	return err
}

// removeStrays removes what a crash left of a replacement, before or after its
// commit: database files other than the one that the keys name, and keys files
// that never got their name or lost it. It touches regular files only. First
// the folder is synced, so that what the keys name now is what they name after
// a power loss too. keysMu is held, and no replacement is under way.
func (s *Store) removeStrays() error {
	dir := s.opt.Dir
	if err := sealed.SyncDir(dir); err != nil {
		return plain(err)
	}
	s.mu.Lock()
	current := s.keys.Database()
	s.mu.Unlock()
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Type().IsRegular() && isStray(e.Name(), current) && !s.isCopy(e.Name()) {
			err = errors.Join(err, s.removeStray(filepath.Join(dir, e.Name())))
		}
	}
	return err
}

// removeStray overwrites and removes a file, unless it is another name of the
// keys file: then only that name goes.
func (s *Store) removeStray(path string) error { return removeStrayIn(s.opt.Dir, path) }

func removeStrayIn(dir, path string) error {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	keys, err := os.Lstat(filepath.Join(dir, account.FileName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err == nil && os.SameFile(info, keys) {
		return disk.Removed(path)
	}
	return sealed.OverwriteAndRemove(path)
}

// isCopy tells whether a file is there on purpose, for a backup or a restore
// that is under way.
func (s *Store) isCopy(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for base := range s.copies {
		if strings.HasPrefix(name, base) {
			return true
		}
	}
	return false
}

func isStray(name, current string) bool {
	if strings.HasPrefix(name, "."+account.FileName+"-") || strings.HasPrefix(name, probePrefix) ||
		strings.HasPrefix(name, copyPrefix) {
		return true
	}
	m := databaseName.FindStringSubmatch(name)
	return m != nil && name != current+m[2]
}

// publicKeys are the keys that count: of every active member, and of the
// recovery key. One that was taking another's place when Lethe last ended
// counts if the keys file has it already.
type publicKeys struct {
	members  map[data.UserID][]byte
	recovery []byte
}

func (t *tx) publicKeys(ctx context.Context, f *account.File) (publicKeys, error) {
	k := publicKeys{members: map[data.UserID][]byte{}}
	var next []byte
	if err := t.QueryRowContext(ctx, "SELECT recovery_key, next_recovery FROM store").Scan(&k.recovery, &next); err != nil {
		return k, err
	}
	if sameKey(next, f.RecoveryPublic()) {
		k.recovery = next
	}
	rows, err := t.QueryContext(ctx, "SELECT id, public_key, next_key FROM users WHERE active")
	if err != nil {
		return k, err
	}
	defer rows.Close()
	for rows.Next() {
		var id data.UserID
		var public, next []byte
		if err := rows.Scan(&id, &public, &next); err != nil {
			return k, err
		}
		if inFile, _ := f.PublicOf(id); sameKey(next, inFile) {
			public = next
		}
		k.members[id] = public
	}
	return k, rows.Err()
}

// commit puts the replacement in place and answers the path of the file whose
// place it took, which is closed and still to be removed. The caller holds
// keysMu and writes. After an error the old list is open as before.
func (r *replacement) commit(ctx context.Context, public publicKeys, alter alterKeys) (old string, err error) {
	s := r.store
	if _, err := r.files.writer.ExecContext(ctx, "DETACH DATABASE old"); err != nil {
		return "", plain(err)
	}
	if err := r.files.drain(ctx); err != nil {
		return "", err
	}
	if err := r.whole(); err != nil {
		return "", err
	}
	// The name of the new file must last before the keys name it.
	if err := sealed.SyncDir(s.opt.Dir); err != nil {
		return "", plain(err)
	}
	s.lockGate()
	defer s.gate.Unlock()
	if s.files == nil {
		return "", data.ErrSignedOut
	}
	// From here on it is done or not done, whatever ctx says.
	ctx = context.WithoutCancel(ctx)
	old = s.files.path
	err = s.files.drain(ctx)
	if err == nil {
		err = s.takeKeys(r, public, alter)
	}
	if errors.Is(err, errUncertain) {
		// Nobody knows which of the two files the keys name, so both stay and
		// none is opened: the next start finds out.
		err = errors.Join(err, s.files.close())
		s.files = nil
		return "", err
	}
	if err != nil {
		err = errors.Join(err, s.files.close())
		reopened, openErr := openFiles(ctx, old, s.vfs)
		s.files = reopened
		return "", errors.Join(err, openErr)
	}
	err = errors.Join(s.files.close(), s.vfs.Close())
	s.key.Wipe()
	s.key, s.vfs = r.key, r.vfs
	reopened, openErr := openFiles(ctx, filepath.Join(s.opt.Dir, r.name), s.vfs)
	s.files = reopened
	if err := errors.Join(err, openErr); err != nil {
		s.opt.Log.Error("the new list was put in place but not opened")
	}
	return old, nil
}

// alterKeys changes the keys file before it is sealed to the new key, and the
// public keys that the new list holds with it.
type alterKeys func(f *account.File, public *publicKeys) error

// takeKeys seals the new key to everybody and writes the keys file: the commit.
func (s *Store) takeKeys(r *replacement, public publicKeys, alter alterKeys) error {
	f, err := account.Load(s.opt.Dir)
	if err != nil {
		return err
	}
	if alter != nil {
		if err := alter(f, &public); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	turned := map[data.UserID]*account.Unlocked{}
	var next *account.File
	for user, un := range s.unlocked {
		if _, ok := public.members[user]; !ok {
			continue // deactivated since they signed in: the new key is not for them
		}
		if next, turned[user], err = f.Turned(un, r.key, public.members, public.recovery, r.name); err != nil {
			return err
		}
	}
	if next == nil {
		return data.ErrSignedOut
	}
	if err := s.putKeys(next, r.name); err != nil {
		return err
	}
	for _, un := range s.unlocked {
		un.Wipe()
	}
	s.unlocked, s.keys = turned, next
	return nil
}

// oldKeys is the name under which the keys file before the last is held while
// it is being overwritten: it opens the old database.
const oldKeys = ".keys-old"

// errUncertain is the error of a commit of which it can't be told whether it
// happened.
var errUncertain = errors.New("the keys file can't be read back")

// putKeys writes the keys file that names database. The one before it is not
// only unlinked but overwritten, where the file system knows hard links.
func (s *Store) putKeys(f *account.File, database string) error {
	before := filepath.Join(s.opt.Dir, oldKeys)
	if err := s.removeStray(before); err != nil {
		return plain(err)
	}
	linked := disk.Linked(filepath.Join(s.opt.Dir, account.FileName), before) == nil
	err := f.Save(s.opt.Dir)
	if err != nil {
		now, loadErr := account.Load(s.opt.Dir)
		switch {
		case loadErr != nil:
			return errors.Join(errUncertain, plain(err))
		case now.Database() != database:
			return errors.Join(plain(err), s.removeStray(before))
		}
		// In place, but perhaps not for good: then the old keys must stay too.
		s.opt.Log.Warn("the folder could not be synced after the key was turned")
		return nil
	}
	if linked {
		if err := s.removeStray(before); err != nil {
			s.opt.Log.Warn("the old keys were not overwritten yet")
		}
	}
	return nil
}

// whole answers an error unless the closed file is a database under its key
// with the size that a database has: the last look before it takes the place
// of the list.
func (r *replacement) whole() error {
	path := filepath.Join(r.store.opt.Dir, r.name)
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() || info.Size() == 0 || info.Size()%sealed.PageSize != 0 {
		return fmt.Errorf("%w: the new list", data.ErrDamaged)
	}
	return sealed.Check(path, r.key)
}
