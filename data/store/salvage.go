package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/otp"
	"lethe/data/store/sealed"
)

// Salvage is a backup that is being restored into a folder in which there is no
// list, or none that opens. Password and OTP are checked against the backup
// itself. It is used by one goroutine at a time. Close ends it.
type Salvage struct {
	opt    Options
	state  FolderState
	path   string // of the staged file
	staged *staged

	copy    *copied           // once the password opened it
	un      *account.Unlocked // the Account Owner's, of the backup
	st      otp.State
	record  *record   // of deletions since; nil where it is lost
	proved  time.Time // when the OTP, or the recovery key, was right
	preview data.SalvagePreview
	present *account.Unlocked
}

// OpenBackup reads a backup that is to be restored without a list. The folder
// opt.Dir must be locked by LockFolder. A list that is there and opens is
// data.ErrNotEmpty: into that a backup is restored by its Account Owner, so that
// it keeps the record of who was deleted. present is what a sign-in unlocked of
// a list that is there and damaged, else nil. Other errors are those of
// StageRestore, but that no backup is foreign here.
func OpenBackup(ctx context.Context, opt Options, path, passphrase string, present *account.Unlocked, progress func(BackupProgress)) (_ *Salvage, err error) {
	if progress == nil {
		progress = func(BackupProgress) {}
	}
	v := &Salvage{opt: opt.withDefaults(), present: present}
	if v.state, err = State(opt.Dir); err != nil {
		return nil, err
	}
	switch v.state {
	case Newer:
		return nil, data.ErrNewer
	case Ready:
		if present == nil || v.opens(ctx) {
			return nil, data.ErrNotEmpty
		}
	}
	if err := removeCopies(opt.Dir); err != nil {
		return nil, plain(err)
	}
	f, err := os.CreateTemp(opt.Dir, copyPrefix+"*")
	if err != nil {
		return nil, plain(err)
	}
	v.path = f.Name()
	err = f.Close()
	if err == nil {
		v.staged, err = stage(ctx, path, passphrase, v.path, progress)
	}
	if err != nil {
		return nil, errors.Join(err, v.Close())
	}
	return v, nil
}

// removeCopies removes what a crash left of backups and restores.
func removeCopies(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Type().IsRegular() && strings.HasPrefix(e.Name(), copyPrefix) {
			err = errors.Join(err, sealed.OverwriteAndRemove(filepath.Join(dir, e.Name())))
		}
	}
	return err
}

// opens tells whether the list in the folder is sound after all.
func (v *Salvage) opens(ctx context.Context) bool {
	ok := false
	_ = v.withPresent(ctx, func(f *files) error {
		var verdict string
		err := f.readers.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict)
		ok = err == nil && verdict == "ok"
		return err
	})
	return ok
}

// withPresent opens the damaged list as far as it can be opened.
func (v *Salvage) withPresent(ctx context.Context, fn func(*files) error) (err error) {
	if v.present == nil {
		return data.ErrNoDatabase
	}
	keys, err := account.Load(v.opt.Dir)
	if err != nil {
		return err
	}
	key := v.present.DataKey()
	defer key.Wipe()
	path := filepath.Join(v.opt.Dir, keys.Database())
	if err := sealed.Check(path, key); err != nil {
		return err
	}
	vfs, err := sealed.Mount(key)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, vfs.Close()) }()
	f, err := openFiles(ctx, path, vfs)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	return fn(f)
}

// Close overwrites and removes what was read, and wipes the keys. Doing so
// again is harmless.
func (v *Salvage) Close() error {
	if v.un != nil {
		v.un.Wipe()
	}
	if v.copy != nil {
		return v.copy.remove()
	}
	return removeDatabase(v.path)
}

// OwnerName is whose password it takes, before anything is opened.
func (v *Salvage) OwnerName() string { return v.owner().Name }

// Made is when the backup was made, in Unix seconds.
func (v *Salvage) Made() int64 { return v.staged.header.Made }

// Preview is what restoring it would do, once the password is right.
func (v *Salvage) Preview() data.SalvagePreview { return v.preview }

func (v *Salvage) owner() account.Member {
	for _, m := range v.staged.keys.Members() {
		if m.AccountOwner {
			return m
		}
	}
	return account.Member{} // there is none without: account.Decode
}

// Unlock opens the backup with the password that the Account Owner had when it
// was made, and looks what can be known of deletions since. Errors:
// data.ErrWrongPassword, data.ErrBackupDamaged, data.ErrBackupNewer.
func (v *Salvage) Unlock(ctx context.Context, password string) error {
	if v.copy != nil {
		return nil
	}
	owner := v.owner()
	un, err := v.staged.keys.Unlock(ctx, owner.ID, password)
	if err != nil {
		return err
	}
	c := &copied{path: v.path, key: un.DataKey()}
	if c.vfs, err = sealed.Mount(c.key); err == nil {
		err = v.staged.open(ctx, c)
	}
	if err == nil {
		err = v.read(ctx, c, un)
	}
	if err != nil {
		un.Wipe()
		if c.vfs != nil {
			err = errors.Join(err, c.vfs.Close())
		}
		return err
	}
	v.copy, v.un = c, un
	return nil
}

// read reads what the preview tells and the proof takes.
func (v *Salvage) read(ctx context.Context, c *copied, un *account.Unlocked) (err error) {
	f, err := openFiles(ctx, c.path, c.vfs)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.drain(ctx), f.close()) }()
	v.record = v.readRecord(ctx)
	p := data.SalvagePreview{
		Made: v.staged.header.Made, OwnerName: v.owner().Name,
		RecordLost: v.record == nil, Replaces: v.state != Fresh,
	}
	return f.within(ctx, func(t *tx) error {
		if err := t.ownsBackup(ctx, un, v.staged.keys); err != nil {
			return err
		}
		var err error
		if v.st, err = t.otpState(ctx); err != nil {
			return err
		}
		settings, err := t.settings(ctx)
		if err != nil {
			return err
		}
		if err := t.QueryRowContext(ctx, "SELECT count(*) FROM users WHERE active").Scan(&p.Members); err != nil {
			return err
		}
		ids, err := t.idsAndVersions(ctx, "main", "customers", "0")
		if err != nil {
			return err
		}
		for _, r := range ids {
			if v.record != nil && v.record.customers.has(r.id) {
				p.Deleted++
			}
		}
		p.Business, p.OTPSetUp, p.Customers = settings.Business, len(v.st.Secret) > 0, len(ids)-p.Deleted
		v.preview = p
		return nil
	})
}

// ownsBackup answers data.ErrDenied unless the public key that was opened is the
// one in the database, and that of the Account Owner.
func (t *tx) ownsBackup(ctx context.Context, un *account.Unlocked, keys *account.File) error {
	owner, err := t.accountOwner(ctx)
	if err != nil {
		return err
	}
	var public, next []byte
	if err := t.QueryRowContext(ctx, "SELECT public_key, next_key FROM users WHERE id = ?", int64(owner.ID)).
		Scan(&public, &next); err != nil {
		return err
	}
	if owner.ID != un.User() || !owner.Active || un.ByRecovery() {
		return data.ErrDenied
	}
	if inFile, _ := keys.PublicOf(owner.ID); !sameKey(inFile, un.Public()) {
		return data.ErrDenied
	}
	if !sameKey(public, un.Public()) && !sameKey(next, un.Public()) {
		return data.ErrDenied
	}
	return nil
}

// Authorise checks an OTP of the Account Owner's authenticator against the
// backup. Errors are those of otp.Check; wrong ones count until Close.
func (v *Salvage) Authorise(code string) error {
	if v.copy == nil {
		return data.ErrSignedOut
	}
	_, st, err := otp.Check(v.st, code, v.opt.Clock().UTC(), true)
	v.st = st
	if err == nil {
		v.proved = v.opt.Clock()
	}
	return err
}

// AuthoriseByRecovery takes the recovery key of then in place of an OTP, where
// the phone is lost or no authenticator was set up. Errors:
// account.ErrMistyped, data.ErrWrongRecovery.
func (v *Salvage) AuthoriseByRecovery(recoveryKey string) error {
	if v.copy == nil {
		return data.ErrSignedOut
	}
	un, err := v.staged.keys.Recover(recoveryKey)
	if err != nil {
		return err
	}
	un.Wipe()
	v.proved = v.opt.Clock()
	return nil
}

// record is what can be known of who was deleted since a backup was made.
type record struct{ customers, fields, segments idSet }

// readRecord reads the record of deletions from the damaged list that is in the
// folder, if it can be read and is the same list; else it is lost.
func (v *Salvage) readRecord(ctx context.Context) *record {
	r := &record{}
	err := v.withPresent(ctx, func(f *files) error {
		return f.within(ctx, func(t *tx) (err error) {
			if err := t.sameList(ctx, v.staged.header, "main"); err != nil {
				return err
			}
			if r.customers, err = t.gone(ctx, "main", goneCustomers, goneDeleted); err != nil {
				return err
			}
			if r.fields, err = t.gone(ctx, "main", goneFields, goneDeleted); err != nil {
				return err
			}
			r.segments, err = t.gone(ctx, "main", goneSegments, goneDeleted)
			return err
		})
	})
	if err != nil {
		return nil
	}
	return r
}
