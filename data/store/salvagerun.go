package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/otp"
	"lethe/data/store/sealed"
)

// Restore writes the list of the backup into the folder, under a new key, and
// signs the Account Owner in. The keys file is the commit: a crash before it
// leaves the folder as it was, a crash after it the list. What was there of
// another list is overwritten and removed once the new one is open. It answers
// data.ErrAuthorisation if the OTP was entered more than two minutes ago.
func (v *Salvage) Restore(ctx context.Context) (*Store, *Actor, error) {
	age := v.opt.Clock().Sub(v.proved)
	if v.copy == nil || v.proved.IsZero() || age < 0 || age > otp.AuthorisationLife {
		return nil, nil, data.ErrAuthorisation
	}
	un, err := v.write(ctx)
	if err != nil {
		return nil, nil, plain(err)
	}
	if err := v.Close(); err != nil {
		v.opt.Log.Warn("the copy of a backup was not removed")
	}
	return Open(context.WithoutCancel(ctx), v.opt, un)
}

// write does it up to the commit.
func (v *Salvage) write(ctx context.Context) (*account.Unlocked, error) {
	dir := v.opt.Dir
	name, err := freeName(dir)
	if err != nil {
		return nil, err
	}
	written := name
	if v.state == Fresh {
		// As in a first run: the folder stays fresh until all is there.
		if err := removeUnfinished(dir, v.state); err != nil {
			return nil, err
		}
		written += unfinishedExt
	}
	key, err := sealed.NewKey()
	if err != nil {
		return nil, err
	}
	defer key.Wipe()
	path := filepath.Join(dir, written)
	public, err := v.writeList(ctx, path, key)
	if err != nil {
		return nil, errors.Join(err, removeDatabase(path))
	}
	keys, un, err := v.staged.keys.Turned(v.un, key, public.members, public.recovery, name)
	if err == nil {
		err = ctx.Err()
	}
	if err == nil {
		err = v.commit(keys, path, name)
	}
	if err != nil {
		return nil, err
	}
	return un, nil
}

// freeName is a database's name that no file in the folder has, nor the keys
// that are there: until new ones are in place they must not find it.
func freeName(dir string) (string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	var taken []string
	for _, e := range entries {
		taken = append(taken, e.Name())
	}
	if keys, err := account.Load(dir); err == nil {
		taken = append(taken, keys.Database())
	}
	last := uint64(0)
	for _, name := range taken {
		if m := databaseName.FindStringSubmatch(name); m != nil {
			n, err := strconv.ParseUint(m[1], 10, 62)
			if err != nil {
				return "", err
			}
			last = max(last, n)
		}
	}
	return fmt.Sprintf("customers-%d%s", last+1, databaseExt), nil
}

// writeList writes the new list into a file of its own.
func (v *Salvage) writeList(ctx context.Context, path string, key sealed.Key) (public publicKeys, err error) {
	if err := newPrivate(path); err != nil {
		return public, err
	}
	vfs, err := sealed.Mount(key)
	if err != nil {
		return public, err
	}
	defer func() { err = errors.Join(err, vfs.Close()) }()
	f, err := openFilesAs(ctx, path, vfs, rollbackMode)
	if err != nil {
		return public, err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	if err := f.migrate(ctx); err != nil {
		return public, err
	}
	if err := f.attach(ctx, v.copy.path, v.copy.vfs.Name(), "backup"); err != nil {
		return public, err
	}
	if err := f.within(ctx, func(t *tx) error {
		t.now, t.actor = v.opt.Clock().UTC(), v.un.User()
		if err := t.salvageTables(ctx, v.record); err != nil {
			return err
		}
		if public, err = t.publicKeys(ctx, v.staged.keys); err != nil {
			return err
		}
		return v.settle(ctx, t)
	}); err != nil {
		return public, err
	}
	if err := f.detach(ctx, "backup"); err != nil {
		return public, err
	}
	return public, f.drain(ctx)
}

// salvageTables copies all that the backup holds but for who is known to have
// been deleted since.
func (t *tx) salvageTables(ctx context.Context, r *record) error {
	if _, err := t.ExecContext(ctx, "PRAGMA defer_foreign_keys = ON"); err != nil {
		return err
	}
	if r == nil {
		r = &record{}
	}
	for _, k := range []*moved{
		{kind: goneCustomers, not: r.customers}, {kind: goneFields, not: r.fields}, {kind: goneSegments, not: r.segments},
	} {
		if err := t.leaveOut(ctx, k); err != nil {
			return err
		}
	}
	names, err := t.tableNames(ctx)
	if err != nil {
		return err
	}
	where := map[string]string{
		"customers":     "id NOT IN (SELECT id FROM temp.out_customer)",
		"custom_fields": "id NOT IN (SELECT id FROM temp.out_field)",
		"segments":      "id NOT IN (SELECT id FROM temp.out_segment)",
		"custom_values": "customer_id NOT IN (SELECT id FROM temp.out_customer) AND field_id NOT IN (SELECT id FROM temp.out_field)",
		"tags": `id IN (SELECT tag_id FROM backup.customer_tags
			WHERE customer_id NOT IN (SELECT id FROM temp.out_customer))`,
	}
	for _, side := range []string{"customer_tags", "notes", "interactions"} {
		where[side] = "customer_id NOT IN (SELECT id FROM temp.out_customer)"
	}
	for _, name := range names {
		only := where[name]
		if only == "" {
			only = "1"
		}
		if _, err := t.ExecContext(ctx, fmt.Sprintf("INSERT INTO main.%s SELECT * FROM backup.%s WHERE %s", name, name, only)); err != nil {
			return err
		}
	}
	if _, err := t.ExecContext(ctx, "DELETE FROM main.sqlite_sequence"); err != nil {
		return err
	}
	if _, err := t.ExecContext(ctx, "INSERT INTO main.sqlite_sequence SELECT * FROM backup.sqlite_sequence"); err != nil {
		return err
	}
	for kind, set := range map[goneKind]idSet{goneCustomers: r.customers, goneFields: r.fields, goneSegments: r.segments} {
		if err := t.addGone(ctx, kind, goneDeleted, set); err != nil {
			return err
		}
	}
	return nil
}

// settle writes down what was done, in the transaction of the new list: the
// OTP's step is spent, what is counted starts anew, the backup is remembered,
// and messages that were waiting then are not sent now.
func (v *Salvage) settle(ctx context.Context, t *tx) error {
	if err := t.saveOTPState(ctx, v.st); err != nil {
		return err
	}
	if err := t.newMark(ctx); err != nil {
		return err
	}
	if _, err := t.change(ctx); err != nil {
		return err
	}
	if _, err := t.ExecContext(ctx, "UPDATE outbox SET state = ? WHERE state IN (?, ?)",
		string(data.OutboxPrepared), string(data.OutboxQueued), string(data.OutboxSending)); err != nil {
		return err
	}
	if err := v.remember(ctx, t); err != nil {
		return err
	}
	return t.audit(ctx, data.AuditRestore, facts{
		"made": strconv.FormatInt(v.preview.Made, 10), "into": "folder", "customers": strconv.Itoa(v.preview.Customers),
		"deleted_since": strconv.Itoa(v.preview.Deleted), "record": yes(v.record != nil), "otp": yes(len(v.st.Secret) > 0),
	})
}

// remember writes down the backup itself, which can't know of itself: from now
// on it is one that holds customers of this list.
func (v *Salvage) remember(ctx context.Context, t *tx) error {
	h := v.staged.header
	var last, changes int64
	if err := t.QueryRowContext(ctx, `SELECT changes,
		coalesce((SELECT seq FROM backup.sqlite_sequence WHERE name = 'customers'), 0) FROM backup.store`).
		Scan(&changes, &last); err != nil {
		return err
	}
	_, err := t.ExecContext(ctx, `INSERT INTO backups
		(path, mark, sum, key, made, author, customers, last_id, changes, entries)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (mark) DO UPDATE SET path = excluded.path, removed = 0`,
		v.staged.from, v.staged.mark[:], v.staged.sum[:], v.copy.key[:], h.Made, int64(v.un.User()),
		h.Customers, last, changes, h.Entries)
	return err
}

// commit puts list and keys in place.
func (v *Salvage) commit(keys *account.File, path, name string) error {
	dir := v.opt.Dir
	if err := sealed.SyncDir(dir); err != nil {
		return errors.Join(err, removeDatabase(path))
	}
	if v.state == Fresh {
		err := keys.Save(dir)
		if err == nil {
			err = os.Rename(path, filepath.Join(dir, name))
		}
		if err == nil {
			err = sealed.SyncDir(dir)
		}
		if err != nil {
			return errors.Join(err, removeUnfinished(dir, Fresh))
		}
		return nil
	}
	before := filepath.Join(dir, oldKeys)
	if err := removeStrayIn(dir, before); err != nil {
		return errors.Join(err, removeDatabase(path))
	}
	// The keys that are replaced are overwritten, where the file system knows
	// hard links.
	linked := os.Link(filepath.Join(dir, account.FileName), before) == nil
	if err := keys.Save(dir); err != nil {
		now, loadErr := account.Load(dir)
		if loadErr == nil && now.Database() == name {
			return nil // in place, but perhaps not for good: the old keys stay too
		}
		if linked {
			err = errors.Join(err, removeStrayIn(dir, before))
		}
		return errors.Join(err, removeDatabase(path))
	}
	if !linked {
		return nil
	}
	if err := removeStrayIn(dir, before); err != nil {
		v.opt.Log.Warn("the old keys were not overwritten yet")
	}
	return nil
}
