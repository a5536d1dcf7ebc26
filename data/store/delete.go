package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"lethe/data"
	"lethe/data/otp"
)

// DeleteTexts writes the confirmation to the Account Owner, in the language of
// the window. It gets a receipt without scrub report and must hold no
// customer's data.
type DeleteTexts func(data.Receipt) (subject, body string)

// Delete runs a sealed plan in one transaction: all of it or nothing. The
// rights are read again, the customers and their versions compared with the
// plan, the OTP's step spent where one is due, the audit entry, the
// confirmations and a pending scrub job written. The residue holds the deleted
// values, in memory only, for Scrub, which must follow.
//
// Errors: data.ErrDenied, *data.StalePlan, data.ErrOTPNotSetUp,
// data.ErrOTPNeeded, data.ErrAuthorisation, data.ErrOTPUsed, or ctx's if it
// ended before the commit; then nothing is deleted. progress, which may be
// nil, is told the customers deleted so far.
func (s *Store) Delete(ctx context.Context, a *Actor, p *Plan, auth *otp.Authorisation, texts DeleteTexts, progress func(done int)) (_ data.Receipt, _ *Residue, err error) {
	if p != nil && p.undo != nil {
		defer func() {
			if err == nil {
				s.forgetImport(a, p.undo.version)
			}
		}()
	}
	if p != nil {
		if err := ensureRoom(s.opt.Dir, s.roomFor(p)); err != nil {
			return data.Receipt{}, nil, err
		}
	}
	if p.mostGo() {
		return s.deleteMost(ctx, a, p, auth, texts, progress)
	}
	var residue *Residue
	d := &deletion{plan: p, progress: progress}
	var preparing sync.WaitGroup
	defer preparing.Wait()
	err = s.write(ctx, a, p.deleteOp(), func(t *tx) (err error) {
		if err := p.madeBy(a); err != nil {
			return err
		}
		if err := t.stillAs(ctx, p); err != nil {
			return err
		}
		if err := t.mayRun(ctx, p, auth); err != nil {
			return err
		}
		d.tx, residue = t, residueOf(len(p.ids))
		in, err := s.takeIn(ctx, p.ids, residue)
		if err != nil {
			return err
		}
		defer func() {
			if ended := in.end(); err == nil {
				err = ended
			}
		}()
		if err := d.run(ctx); err != nil {
			return err
		}
		if err := d.conclude(ctx, a, auth, texts, in); err != nil {
			return err
		}
		preparing.Go(func() { residue.prepare(true) }) // while the commit writes
		return nil
	})
	if err != nil {
		return data.Receipt{}, nil, err
	}
	return d.done, residue, nil
}

// deletion is one plan being run in its transaction.
type deletion struct {
	*tx
	plan     *Plan
	progress func(done int)
	counted  int // deleted that were held at the mark or added by the Account Owner
	done     data.Receipt
}

// chunk is how many customers one statement deletes: small enough that a
// cancelled deletion ends soon, large enough that the cost is the rows'.
const chunk = 2_000

func (d *deletion) run(ctx context.Context) error {
	if _, err := d.change(ctx); err != nil {
		return err
	}
	done := 0
	for part := range slices.Chunk(d.plan.ids, chunk) {
		if err := d.doom(ctx, part); err != nil {
			return err
		}
		if err := d.deletePart(ctx, part); err != nil {
			return err
		}
		done += len(part)
		if d.progress != nil {
			d.progress(done)
		}
	}
	return nil
}

// doom makes part the customers of the temporary table doomed, which is kept
// in memory and belongs to the connection.
func (d *deletion) doom(ctx context.Context, part []data.CustomerID) error {
	if err := d.makeDoomed(ctx); err != nil {
		return err
	}
	if _, err := d.ExecContext(ctx, "DELETE FROM doomed"); err != nil {
		return err
	}
	return d.addDoomed(ctx, part)
}

func (d *deletion) makeDoomed(ctx context.Context) error {
	_, err := d.ExecContext(ctx, "CREATE TEMP TABLE IF NOT EXISTS doomed (id INTEGER PRIMARY KEY)")
	return err
}

// addDoomed adds part to doomed.
func (d *deletion) addDoomed(ctx context.Context, part []data.CustomerID) error {
	if err := d.makeDoomed(ctx); err != nil {
		return err
	}
	const rowsAtOnce = 500
	for ids := range slices.Chunk(part, rowsAtOnce) {
		var text strings.Builder
		text.WriteString("INSERT INTO doomed (id) VALUES ")
		for i, id := range ids {
			if i > 0 {
				text.WriteByte(',')
			}
			text.WriteByte('(')
			text.WriteString(strconv.FormatInt(int64(id), 10))
			text.WriteByte(')')
		}
		if _, err := d.ExecContext(ctx, text.String()); err != nil {
			return err
		}
	}
	return nil
}

// deletePart deletes the customers of part, which are in order and doomed,
// with all that hangs on them.
func (d *deletion) deletePart(ctx context.Context, part []data.CustomerID) error {
	first, last := int64(part[0]), int64(part[len(part)-1])
	for _, table := range []string{"notes", "interactions", "customer_tags", "custom_values"} {
		if _, err := d.ExecContext(ctx, "DELETE FROM "+table+
			" WHERE customer_id BETWEEN ? AND ? AND customer_id IN (SELECT id FROM doomed)", first, last); err != nil {
			return err
		}
	}
	res, err := d.ExecContext(ctx,
		"DELETE FROM customers WHERE id BETWEEN ? AND ? AND id IN (SELECT id FROM doomed)", first, last)
	if err != nil {
		return err
	}
	n, err := res.RowsAffected()
	if err != nil {
		return err
	}
	if n != int64(len(part)) {
		return &data.StalePlan{Gone: len(part) - int(n)}
	}
	return nil
}

// conclude counts what was done, or spends the OTP that it takes, and writes it
// down, in the transaction that did it; it makes the receipt. What was taken in
// of those who went is complete then, with the names of tags that nobody has
// any more.
func (d *deletion) conclude(ctx context.Context, a *Actor, auth *otp.Authorisation, texts DeleteTexts, in *intake) error {
	if err := in.wait(); err != nil {
		return err
	}
	if err := in.tags.dropUnused(ctx, d.tx, in.residue); err != nil {
		return err
	}
	d.counted = in.counted
	approved, err := d.count(ctx, a, auth)
	if err != nil {
		return err
	}
	if d.done, err = d.receipt(ctx, approved); err != nil {
		return err
	}
	if in.residue.job, err = d.record(ctx, &d.done, texts); err != nil {
		return err
	}
	if err := d.dropOwnFields(ctx); err != nil {
		return err
	}
	if err := d.markGone(ctx); err != nil {
		return err
	}
	d.announce()
	return nil
}

// count takes the deletion into what is counted since the last OTP, or spends
// the one that it takes.
func (d *deletion) count(ctx context.Context, a *Actor, auth *otp.Authorisation) (approved bool, err error) {
	if d.plan.undo != nil {
		return false, d.undone(ctx, len(d.plan.ids), d.counted)
	}
	what := d.plan.removal()
	what.Counted = d.counted
	return d.takeAway(ctx, a, what, d.plan, auth)
}

func (d *deletion) receipt(ctx context.Context, approved bool) (data.Receipt, error) {
	who, err := d.user(ctx, d.actor)
	if err != nil {
		return data.Receipt{}, err
	}
	key, err := d.certificateKey(ctx)
	if err != nil {
		return data.Receipt{}, err
	}
	sum := d.plan.summary
	stay, err := d.held(ctx) // others may have added some since the plan was sealed
	return data.Receipt{
		Way: sum.Way, Deleted: sum.Count, Stay: stay, Cascade: sum.Cascade,
		At: d.now, Actor: d.actor, ByName: who.Name, Approved: approved,
		Scrub: data.ScrubReport{State: data.ScrubPending}, Key: key, Asked: d.plan.asked,
	}, err
}

// record writes the audit entry, the confirmations and the pending scrub job.
func (d *deletion) record(ctx context.Context, r *data.Receipt, texts DeleteTexts) (job int64, err error) {
	sum := d.plan.summary
	// What is written down is of the whole list, whatever part of it the person
	// sees: the Account Owner reads it.
	all, err := d.heldByAll(ctx)
	if err != nil {
		return 0, err
	}
	f := facts{
		"way": string(sum.Way), "deleted": strconv.Itoa(sum.Count), "stay": strconv.Itoa(all),
		"notes": strconv.Itoa(sum.Cascade.Notes), "interactions": strconv.Itoa(sum.Cascade.Interactions),
		"custom_values": strconv.Itoa(sum.Cascade.CustomValues), "otp": yes(r.Approved),
		"filter": strings.Join(sum.Filter.Kinds(), ","), "plan": fmt.Sprintf("%x", d.plan.fingerprint[:8]),
	}
	if err := d.evidence(ctx, r, f); err != nil {
		return 0, err
	}
	e, err := d.auditEntry(ctx, data.AuditDelete, f)
	if err != nil {
		return 0, err
	}
	r.Audit = data.Witness{Entries: e.Seq, Head: e.Hash}
	told := *r
	told.Stay = all
	if err := d.prepareMessages(ctx, told, texts, e.Seq); err != nil {
		return 0, err
	}
	res, err := d.ExecContext(ctx, "INSERT INTO scrub_jobs (audit, created, state) VALUES (?, ?, ?)",
		e.Seq, d.now.Unix(), string(data.ScrubPending))
	if err != nil {
		return 0, err
	}
	d.publish(data.Event{Kind: data.ScrubChanged})
	return res.LastInsertId()
}

// markGone writes down, by id, who went, so that no backup brings them back.
func (d *deletion) markGone(ctx context.Context) error {
	if d.plan.summary.Way == data.WayAll {
		return d.everythingGone(ctx)
	}
	return setGone(ctx, d.tx, goneCustomers, goneDeleted, d.plan.ids)
}

func (d *deletion) announce() {
	if d.plan.summary.Way == data.WayAll {
		d.publish(data.Event{Kind: data.SegmentsChanged})
		d.publish(data.Event{Kind: data.CustomersChanged, Everything: true})
		return
	}
	d.publish(data.Event{Kind: data.CustomersChanged, Removed: slices.Clone(d.plan.ids)})
}
