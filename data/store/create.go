package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/store/internal/disk"
	"lethe/data/store/sealed"
)

// FirstRun is what the first screen asks of the Account Owner.
type FirstRun struct {
	Business  string
	OwnerName string
	Password  string
	Email     string
	Phone     data.Phone
	Region    string // ISO 3166-1 alpha-2
	// Segments are those that are there from the start, in the language of the
	// window: see data.FirstSegments.
	Segments []data.Segment
}

// Create makes a new list in an empty folder, with its Account Owner and the
// predefined roles, and signs the owner in. The recovery key is told once and
// kept nowhere. It answers data.ErrNotEmpty if a list or keys are there: a
// first run never replaces anything. The database gets its name last, so a crash
// leaves a folder that starts anew. A password that won't do is an
// *account.PasswordProblem.
func Create(ctx context.Context, opt Options, first FirstRun) (*Store, *Actor, account.RecoveryKey, error) {
	opt = opt.withDefaults()
	var none account.RecoveryKey
	state, err := State(opt.Dir)
	if err != nil {
		return nil, nil, none, err
	}
	if err := removeUnfinished(opt.Dir, state); err != nil {
		return nil, nil, none, err
	}
	if err := account.CheckPassword(first.Password, first.OwnerName, first.Business); err != nil {
		return nil, nil, none, err
	}
	owner := account.Member{ID: 1, Name: first.OwnerName, AccountOwner: true}
	keys, un, recovery, public, err := account.NewFile(owner, first.Password, firstVersion, opt.KDF)
	if err != nil {
		return nil, nil, none, err
	}
	// Until all is written the database has another name.
	unfinished := filepath.Join(opt.Dir, firstVersion+unfinishedExt)
	if err := build(ctx, opt, unfinished, un.DataKey(), first, public); err != nil {
		return nil, nil, none, plain(err)
	}
	if err := keys.Save(opt.Dir); err != nil {
		return nil, nil, none, plain(err)
	}
	if err := disk.Renamed(unfinished, filepath.Join(opt.Dir, firstVersion)); err != nil {
		return nil, nil, none, plain(err)
	}
	if err := sealed.SyncDir(opt.Dir); err != nil {
		return nil, nil, none, plain(err)
	}
	s, a, err := Open(ctx, opt, un)
	return s, a, recovery, err
}

const unfinishedExt = ".unfinished"

// removeUnfinished clears what an interrupted first run left: a database under
// its unfinished name and perhaps keys to it. The keys go first, so that the
// folder stays fresh if this is interrupted too.
func removeUnfinished(dir string, state FolderState) error {
	if state != Fresh {
		return data.ErrNotEmpty
	}
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := disk.Removed(filepath.Join(dir, account.FileName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range entries {
		if strings.Contains(e.Name(), unfinishedExt) {
			if err := sealed.OverwriteAndRemove(filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// build writes the first database: schema, roles, the Account Owner, settings.
func build(ctx context.Context, opt Options, path string, key sealed.Key, first FirstRun, public account.PublicKeys) (err error) {
	if err := newPrivate(path); err != nil {
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
	if err := f.migrate(ctx); err != nil {
		return err
	}
	inner, err := f.writer.BeginTx(ctx, nil)
	if err != nil {
		return plain(err)
	}
	defer inner.Rollback()
	t := &tx{Tx: inner, now: opt.Clock().UTC(), actor: 1}
	if err := t.fill(ctx, first, public); err != nil {
		return plain(err)
	}
	if err := inner.Commit(); err != nil {
		return plain(err)
	}
	_, err = f.writer.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	return plain(err)
}

func (t *tx) fill(ctx context.Context, first FirstRun, public account.PublicKeys) error {
	if _, err := t.ExecContext(ctx, "INSERT INTO store (id, recovery_key) VALUES (1, ?)", public.Recovery); err != nil {
		return err
	}
	for i, kind := range []data.RoleKind{data.AccountOwner, data.Owner, data.TeamLead, data.TeamMember} {
		if _, err := t.ExecContext(ctx, "INSERT INTO roles (id, kind) VALUES (?, ?)", i+1, string(kind)); err != nil {
			return err
		}
	}
	_, err := t.ExecContext(ctx, `INSERT INTO users (id, name, phone, email, role_id, created, public_key, verify_key)
		VALUES (1, ?, ?, ?, 1, ?, ?, ?)`,
		first.OwnerName, int64(first.Phone), first.Email, t.now.Unix(), public.Member, public.Verify)
	if err != nil {
		return err
	}
	settings := data.Settings{
		Business: first.Business, Region: first.Region,
		ActiveDays: data.DefaultActiveDays, Strictness: data.StrictHalf,
	}
	if err := t.saveSettings(ctx, settings); err != nil {
		return err
	}
	if err := t.saveAddresses(ctx, data.Addresses{Email: first.Email, Phone: first.Phone}); err != nil {
		return err
	}
	for _, g := range first.Segments {
		if err := g.Filter.Check(); err != nil {
			return err
		}
		if _, err := t.insertSegment(ctx, g); err != nil {
			return err
		}
	}
	return t.audit(ctx, data.AuditStoreCreated, facts{})
}
