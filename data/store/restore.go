package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"strconv"
	"sync"

	"lethe/data"
	"lethe/data/backup"
	"lethe/data/otp"
	"lethe/data/store/sealed"
)

// Restore is a backup that was read, proven and held against the list, for the
// session that did so. It is what an OTP is given for. Discard ends it.
type Restore struct {
	store   *Store
	copy    *copied
	staged  *staged
	id      int64 // as the list remembers the backup
	moves   *moves
	changes int64 // the change counter when it was compared
	told    data.RestorePreview
	mark    seal

	mu sync.Mutex // held while it is used
}

// Preview is what restoring it would do.
func (r *Restore) Preview() data.RestorePreview { return r.told }

// Goes are the customers of the list that the backup doesn't hold, in order.
func (r *Restore) Goes() []data.CustomerID { return customerIDs(r.moves.customers.goes) }

func customerIDs(ids []int64) []data.CustomerID {
	out := make([]data.CustomerID, len(ids))
	for i, id := range ids {
		out[i] = data.CustomerID(id)
	}
	return out
}

// Discard overwrites and removes what was read. Doing so again is harmless.
func (r *Restore) Discard() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.copy.remove()
}

func (r *Restore) sealed() seal {
	if r == nil {
		return seal{}
	}
	return r.mark
}

// RestoreTexts writes the confirmation to the Account Owner, as DeleteTexts.
type RestoreTexts func(data.RestoreReceipt) (subject, body string)

// StageRestore reads a backup of this list, proves it whole, and holds it
// against the list. Nothing is changed by that. Errors: those of reading the
// file, data.ErrNotBackup, data.ErrWrongPassphrase, data.ErrBackupDamaged,
// data.ErrBackupNewer, and data.ErrForeignBackup for one that this list did not
// make: of another list, or of this one after the moment from which it was
// restored. progress may be nil.
func (s *Store) StageRestore(ctx context.Context, a *Actor, path, passphrase string, progress func(BackupProgress)) (_ *Restore, err error) {
	if progress == nil {
		progress = func(BackupProgress) {}
	}
	release, err := s.Lease()
	if err != nil {
		return nil, err
	}
	defer release()
	if err := s.read(ctx, a, data.OpStageRestore, func(*tx) error { return nil }); err != nil {
		return nil, err
	}
	mark, err := markOf(path)
	if err != nil {
		return nil, err
	}
	r := &Restore{store: s}
	var key sealed.Key
	defer key.Wipe()
	var sum []byte
	if err := s.read(ctx, a, data.OpStageRestore, func(t *tx) error {
		var k []byte
		row := t.QueryRowContext(ctx, "SELECT id, key, sum FROM backups WHERE mark = ?", mark)
		switch err := row.Scan(&r.id, &k, &sum); {
		case errors.Is(err, sql.ErrNoRows):
			return data.ErrForeignBackup
		case err != nil:
			return err
		}
		copy(key[:], k)
		clear(k)
		return nil
	}); err != nil {
		return nil, err
	}
	if r.copy, err = newCopied(s, s.opt.Dir, &key); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, r.copy.remove())
		}
	}()
	if r.staged, err = stage(ctx, path, passphrase, r.copy.path, progress); err != nil {
		return nil, err
	}
	// Whoever knows the passphrase could write another list into the file.
	if string(sum) != string(r.staged.sum[:]) {
		return nil, data.ErrBackupDamaged
	}
	if err := r.staged.open(ctx, r.copy); err != nil {
		return nil, err
	}
	return r, s.compareStaged(ctx, a, r)
}

// compareStaged holds what was read against the list as it is now.
func (s *Store) compareStaged(ctx context.Context, a *Actor, r *Restore) (err error) {
	f, err := openFiles(ctx, r.copy.path, r.copy.vfs)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.drain(ctx), f.close()) }()
	s.gate.RLock()
	defer s.gate.RUnlock()
	if s.files == nil {
		return data.ErrSignedOut
	}
	if err := f.attach(ctx, s.files.path, s.vfs.Name(), "list"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.detach(ctx, "list")) }()
	if err := f.within(ctx, func(t *tx) error {
		if err := t.sameList(ctx, r.staged.header, "list"); err != nil {
			return err
		}
		if err := t.QueryRowContext(ctx, "SELECT changes FROM list.store").Scan(&r.changes); err != nil {
			return err
		}
		r.moves, err = t.compare(ctx, "main", "list")
		return err
	}); err != nil {
		return err
	}
	r.told = r.moves.preview()
	r.told.Made = r.staged.header.Made
	if err := s.run(ctx, s.readers(), a.user, true, func(t *tx) error {
		st, err := t.otpState(ctx)
		if err != nil {
			return err
		}
		r.told.OTPSetUp = len(st.Secret) > 0
		owner, err := t.accountOwner(ctx)
		r.told.OwnerName = owner.Name
		return err
	}); err != nil {
		return err
	}
	r.mark = a.newChange(data.OpAuthoriseRestore, r.staged.mark[:], r.staged.sum[:],
		binary.BigEndian.AppendUint64(nil, uint64(r.changes))).seal
	return nil
}

// sameList answers data.ErrForeignBackup unless the list's audit log holds the
// entry that was its last when the backup was made: only then are the ids of
// both those of the same people.
func (t *tx) sameList(ctx context.Context, h backup.Header, schema string) error {
	var hash []byte
	err := t.QueryRowContext(ctx, "SELECT hash FROM "+schema+".audit WHERE seq = ?", h.Entries).Scan(&hash)
	if errors.Is(err, sql.ErrNoRows) || err == nil && string(hash) != string(h.Head) {
		return data.ErrForeignBackup
	}
	return err
}

// Restore brings the list back to what it was when the backup was made, but for
// who was deleted since: a new file is written and takes the place of the list,
// all of it or nothing. It takes the Account Owner and their OTP, and counts as
// a deletion of those who go. A list that was changed since it was compared is
// data.ErrStalePlan; other errors are those of Delete. The residue is for
// Scrub, which must follow.
func (s *Store) Restore(ctx context.Context, a *Actor, r *Restore, auth *otp.Authorisation, texts RestoreTexts) (data.RestoreReceipt, *Residue, error) {
	if r == nil {
		return data.RestoreReceipt{}, nil, data.ErrAuthorisation
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	s.keysMu.Lock()
	defer s.keysMu.Unlock()
	s.writes.Lock()
	defer s.writes.Unlock()
	d := &restoration{Restore: r, deletion: deletion{plan: &Plan{ids: r.Goes()}}, residue: newResidue()}
	if r.copy.vfs == nil || r.store != s {
		return data.RestoreReceipt{}, nil, data.ErrAuthorisation // discarded
	}
	old, err := s.swap(ctx, a, swap{
		look: func(t *tx) error { return d.look(ctx, t, a, auth) },
		fill: func(t *tx) error { return d.fill(ctx, t, a, auth, texts) },
	})
	if err != nil {
		return data.RestoreReceipt{}, nil, err
	}
	d.residue.old = old
	s.publish(d.tx.told())
	return d.receipt, d.residue, nil
}

// restoration is one restore being run.
type restoration struct {
	*Restore
	deletion
	residue *Residue
	receipt data.RestoreReceipt
}

func (d *restoration) removal() data.Removal {
	return data.Removal{Customers: len(d.plan.ids), Counted: d.counted, Always: true}
}

// look checks, on the present list, that this may be done, and takes in the
// values of those who go.
func (d *restoration) look(ctx context.Context, t *tx, a *Actor, auth *otp.Authorisation) error {
	if err := t.may(data.OpRestore); err != nil {
		return err
	}
	if d.Restore.mark.session != a.nonce {
		return data.ErrAuthorisation
	}
	now, err := t.changes(ctx)
	if err != nil {
		return err
	}
	if now != d.changes {
		return data.ErrStalePlan
	}
	if err := t.mayTakeAway(ctx, d.removal(), auth); err != nil {
		return err
	}
	d.tx = t
	in, err := d.Restore.store.takeIn(ctx, d.plan.ids, d.residue)
	if err != nil {
		return err
	}
	err = in.wait()
	d.counted = in.counted
	in.cancel()
	return err
}

// fill writes the new list, in its transaction.
func (d *restoration) fill(ctx context.Context, t *tx, a *Actor, auth *otp.Authorisation, texts RestoreTexts) error {
	d.tx = t
	if _, err := t.ExecContext(ctx, "ATTACH DATABASE ? AS backup",
		fileURI(d.copy.path)+"?vfs="+d.copy.vfs.Name()); err != nil {
		return err
	}
	// What was shown is what is done.
	again, err := t.compare(ctx, "backup", "old")
	if err != nil {
		return err
	}
	preview := again.preview()
	preview.Made, preview.OTPSetUp, preview.OwnerName = d.told.Made, d.told.OTPSetUp, d.told.OwnerName
	if preview != d.told {
		return data.ErrStalePlan
	}
	if err := t.restoreTables(ctx, again, d.changes+1); err != nil {
		return err
	}
	if t.rights, err = t.readRights(ctx, a.user); err != nil {
		return err
	}
	if version, err := t.change(ctx); err != nil || version != d.changes+1 {
		return errors.Join(err, data.ErrStalePlan)
	}
	if err := again.settle(ctx, t); err != nil {
		return err
	}
	if err := d.leftovers(ctx); err != nil {
		return err
	}
	if _, err := t.takeAway(ctx, a, d.removal(), d.Restore, auth); err != nil {
		return err
	}
	return d.conclude(ctx, texts)
}

// leftovers takes in the names of tags that are no more, and leaves out the
// numbers that a customer who comes back has.
func (d *restoration) leftovers(ctx context.Context) error {
	rows, err := d.QueryContext(ctx, "SELECT name FROM old.tags WHERE name NOT IN (SELECT name FROM main.tags)")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return err
		}
		d.residue.text(name)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for phone := range d.residue.phones {
		held := false
		if err := d.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM main.customers WHERE phone = ?)",
			int64(phone)).Scan(&held); err != nil {
			return err
		}
		if held {
			delete(d.residue.phones, phone)
		}
	}
	return nil
}

// conclude writes down what was done.
func (d *restoration) conclude(ctx context.Context, texts RestoreTexts) error {
	who, err := d.user(ctx, d.actor)
	if err != nil {
		return err
	}
	p := d.told
	e, err := d.auditEntry(ctx, data.AuditRestore, facts{
		"backup": strconv.FormatInt(d.id, 10), "made": strconv.FormatInt(p.Made, 10), "into": "list",
		"customers": strconv.Itoa(p.After), "came": strconv.Itoa(p.Come), "changed": strconv.Itoa(p.Change),
		"went": strconv.Itoa(p.Go), "deleted_since": strconv.Itoa(p.Deleted), "otp": data.FlagYes,
	})
	if err != nil {
		return err
	}
	key, err := d.certificateKey(ctx)
	if err != nil {
		return err
	}
	d.receipt = data.RestoreReceipt{
		RestorePreview: p, At: d.now.Unix(), ByName: who.Name,
		Audit: data.Witness{Entries: e.Seq, Head: e.Hash}, Key: key,
		Scrub: data.ScrubReport{State: data.ScrubPending},
	}
	if texts != nil {
		subject, body := texts(d.receipt)
		told := data.Receipt{Way: data.WayAll, Approved: true}
		if err := d.prepareMessages(ctx, told, func(data.Receipt) (string, string) { return subject, body }, e.Seq); err != nil {
			return err
		}
	}
	res, err := d.ExecContext(ctx, "INSERT INTO scrub_jobs (audit, created, state) VALUES (?, ?, ?)",
		e.Seq, d.now.Unix(), string(data.ScrubPending))
	if err != nil {
		return err
	}
	if d.residue.job, err = res.LastInsertId(); err != nil {
		return err
	}
	for _, kind := range []data.EventKind{data.ScrubChanged, data.SegmentsChanged, data.FieldsChanged, data.BackupsChanged} {
		d.publish(data.Event{Kind: kind})
	}
	d.publish(data.Event{Kind: data.CustomersChanged, Everything: true})
	return nil
}
