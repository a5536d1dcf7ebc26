package store

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/backup"
	"lethe/data/store/sealed"
)

// BackupRequest asks for a backup.
type BackupRequest struct {
	Path       string // of the file; a backup that is there is replaced
	Passphrase string // that it is sealed under
	Password   string // the actor's own
}

// BackupStage is what the making or reading of a backup is doing.
type BackupStage string

// The stages in their order. Bytes are counted while writing, checking and
// reading.
const (
	BackupCopying  BackupStage = "copying"
	BackupWriting  BackupStage = "writing"
	BackupChecking BackupStage = "checking" // that the file can be read back
	BackupReading  BackupStage = "reading"  // a backup that is to be restored
)

// BackupProgress tells how far it is, in bytes.
type BackupProgress struct {
	Stage       BackupStage
	Done, Total int64
}

// BackUp writes the list, as it is now, with its keys into a file under a
// passphrase, reads it back, and remembers it. The file is there whole or not
// at all, and one that it replaces until then. Nothing of it is ever unsealed
// on a disk. Errors besides those of writing: data.ErrWrongPassword, an
// *account.PasswordProblem of the passphrase, data.ErrBackupPlace for a place
// in Lethe's own folder or in none, or ctx's. progress may be nil.
func (s *Store) BackUp(ctx context.Context, a *Actor, req BackupRequest, progress func(BackupProgress)) (data.Backup, error) {
	if err := s.checkPassword(ctx, a, data.OpBackUp, req.Password); err != nil {
		return data.Backup{}, err
	}
	if err := account.CheckPassword(req.Passphrase); err != nil {
		return data.Backup{}, err
	}
	path, err := s.backupPlace(req.Path)
	if err != nil {
		return data.Backup{}, err
	}
	return s.backUp(ctx, a, data.OpBackUp, writing{path: path, passphrase: req.Passphrase, progress: progress})
}

// writing is a backup being written.
type writing struct {
	path, passphrase string
	rolling          bool
	progress         func(BackupProgress)
}

// Names beside the file while it takes its place. They are the same each time,
// so that the next backup there removes what a crash left.
const (
	partExt = ".lethe-part"
	oldExt  = ".lethe-old"
)

func (s *Store) backUp(ctx context.Context, a *Actor, op data.Operation, w writing) (data.Backup, error) {
	if w.progress == nil {
		w.progress = func(BackupProgress) {}
	}
	release, err := s.Lease()
	if err != nil {
		return data.Backup{}, err
	}
	defer release()
	s.backups.Lock()
	defer s.backups.Unlock()
	w.progress(BackupProgress{Stage: BackupCopying})
	o, err := s.copyOut(ctx, a)
	if err != nil {
		return data.Backup{}, err
	}
	o.header.Made = s.opt.Clock().Unix()
	b, err := s.writeOut(ctx, a, op, o, w)
	if rm := o.remove(); rm != nil {
		s.opt.Log.Warn("the copy for a backup was not removed")
	}
	return b, plain(err)
}

// writeOut writes the copy into its file, remembers it, and puts it in place.
func (s *Store) writeOut(ctx context.Context, a *Actor, op data.Operation, o *out, w writing) (_ data.Backup, err error) {
	part := w.path + partExt
	if err := sealed.OverwriteAndRemove(part); err != nil {
		return data.Backup{}, err
	}
	placed := false
	defer func() {
		if !placed {
			err = errors.Join(err, sealed.OverwriteAndRemove(part))
		}
	}()
	sum, err := o.write(ctx, part, s.opt.BackupWork, w)
	if err != nil {
		return data.Backup{}, err
	}
	mark, err := o.readBack(ctx, part, sum, w)
	if err != nil {
		return data.Backup{}, err
	}
	ours, err := s.isOurs(ctx, w.path)
	if err != nil {
		return data.Backup{}, err
	}
	// Remembered before it is in place: no backup is ever there that the list
	// doesn't know of.
	b := data.Backup{
		Path: w.path, Made: o.header.Made, Author: a.user, Customers: o.header.Customers,
		Rolling: w.rolling, State: data.BackupThere,
	}
	if err := s.write(ctx, a, op, func(t *tx) error {
		return t.rememberBackup(ctx, &b, o, mark, sum)
	}); err != nil {
		return data.Backup{}, err
	}
	if err := putInPlace(part, w.path, ours); err != nil {
		return data.Backup{}, errors.Join(err, s.forget(context.WithoutCancel(ctx), "id = ?", b.ID))
	}
	placed = true
	return b, s.forget(context.WithoutCancel(ctx), "path = ? AND id <> ? AND removed = 0", w.path, b.ID)
}

// write seals the copy into the file at path.
func (o *out) write(ctx context.Context, path string, work backup.Work, w writing) (sum [sha256.Size]byte, err error) {
	if o.header.Database, err = o.size(); err != nil {
		return sum, err
	}
	in, err := os.Open(o.path)
	if err != nil {
		return sum, err
	}
	defer in.Close()
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return sum, err
	}
	tell := func(done int64) {
		w.progress(BackupProgress{BackupWriting, done, o.header.Database})
	}
	sum, err = backup.Write(file, w.passphrase, work, o.header, o.keys, &watched{ctx: ctx, r: in, tell: tell})
	if err == nil {
		err = file.Sync()
	}
	return sum, errors.Join(err, file.Close())
}

// readBack reads the file as a restore does: a backup that can't be read is
// none.
func (o *out) readBack(ctx context.Context, path string, want [sha256.Size]byte, w writing) (mark [sha256.Size]byte, err error) {
	file, err := os.Open(path)
	if err != nil {
		return mark, err
	}
	defer file.Close()
	if mark, err = backup.Mark(file); err != nil {
		return mark, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return mark, err
	}
	r, err := backup.Open(file, w.passphrase)
	if err != nil {
		return mark, err
	}
	sum, err := r.Database(&watchedWriter{ctx: ctx, w: io.Discard, tell: func(done int64) {
		w.progress(BackupProgress{BackupChecking, done, o.header.Database})
	}})
	if err == nil && sum != want {
		err = data.ErrBackupDamaged
	}
	return mark, err
}

// putInPlace renames the file that is written to its name. One of Lethe's that
// it replaces is not only unlinked but overwritten: it may hold customers who
// were deleted since.
func putInPlace(part, path string, ours bool) error {
	old := path + oldExt
	if err := sealed.OverwriteAndRemove(old); err != nil {
		return err
	}
	if ours {
		// Where there are no hard links, the old file has another name for a
		// moment; a crash then leaves it under that.
		if os.Link(path, old) != nil {
			if err := os.Rename(path, old); err != nil {
				return err
			}
		}
	}
	if err := os.Rename(part, path); err != nil {
		return err
	}
	if err := sealed.SyncDir(filepath.Dir(path)); err != nil {
		return err
	}
	return sealed.OverwriteAndRemove(old)
}

// backupPlace makes a path whole and refuses one in the data folder: what lies
// there is lost with the list, and could be taken for it.
func (s *Store) backupPlace(path string) (string, error) {
	if strings.TrimSpace(path) == "" {
		return "", data.ErrBackupPlace
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	folder, err := filepath.EvalSymlinks(filepath.Dir(path))
	if errors.Is(err, fs.ErrNotExist) {
		return "", data.ErrBackupPlace
	}
	if err != nil {
		return "", err
	}
	own, err := filepath.EvalSymlinks(s.opt.Dir)
	if err != nil {
		return "", err
	}
	if rel, err := filepath.Rel(own, folder); err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return "", data.ErrBackupPlace
	}
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		return "", data.ErrBackupPlace
	}
	return path, nil
}

// watched reads until ctx ends, and tells how far it is.
type watched struct {
	ctx  context.Context
	r    io.Reader
	tell func(done int64)
	done int64
}

func (w *watched) Read(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := w.r.Read(p)
	w.done += int64(n)
	w.tell(w.done)
	return n, err
}

// watchedWriter writes until ctx ends, and tells how far it is.
type watchedWriter struct {
	ctx  context.Context
	w    io.Writer
	tell func(done int64)
	done int64
}

func (w *watchedWriter) Write(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := w.w.Write(p)
	w.done += int64(n)
	w.tell(w.done)
	return n, err
}

func (t *tx) rememberBackup(ctx context.Context, b *data.Backup, o *out, mark, sum [sha256.Size]byte) error {
	if b.Rolling {
		if _, err := t.ExecContext(ctx, "UPDATE backups SET rolling = 0"); err != nil {
			return err
		}
	}
	res, err := t.ExecContext(ctx, `INSERT INTO backups
		(path, mark, sum, key, made, author, customers, last_id, changes, entries, rolling)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		b.Path, mark[:], sum[:], o.key[:], b.Made, int64(b.Author), b.Customers,
		int64(o.lastID), o.changes, o.header.Entries, b.Rolling)
	if err != nil {
		return err
	}
	if b.ID, err = res.LastInsertId(); err != nil {
		return err
	}
	t.publish(data.Event{Kind: data.BackupsChanged})
	return t.audit(ctx, data.AuditBackup, facts{
		"backup": strconv.FormatInt(b.ID, 10), "customers": strconv.Itoa(b.Customers), "rolling": yes(b.Rolling),
	})
}

// forget marks backups as gone from where they were.
func (s *Store) forget(ctx context.Context, where string, args ...any) error {
	return s.writeSystem(ctx, func(t *tx) error {
		t.publish(data.Event{Kind: data.BackupsChanged})
		_, err := t.ExecContext(ctx, "UPDATE backups SET removed = ? WHERE "+where, append([]any{t.now.Unix()}, args...)...)
		return err
	})
}
