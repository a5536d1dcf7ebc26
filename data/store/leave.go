package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"maps"
	"strconv"
	"strings"
	"sync"

	"lethe/data"
)

// A value that an edit takes away (the old phone number, a removed note, tag or
// custom value) must leave no bytes either. The transaction that removes it
// says so with leave, which writes a pending scrub job with the change; the
// values wait in memory until ScrubEdits has searched the files for them.
// Several edits are cleaned up after together. What a crash leaves is taken up
// by ResumeScrub like any other job.

// leave takes in texts that this transaction removes.
func (t *tx) leave(texts ...string) {
	for _, text := range texts {
		if text != "" {
			t.leaving().text(text)
		}
	}
}

// leavePhone takes in a number that this transaction removes. It may be another
// customer's by the time of the search, so only unallocated bytes tell.
func (t *tx) leavePhone(p data.Phone) {
	if p != 0 {
		t.leaving().phones[p] = struct{}{}
	}
}

func (t *tx) leaving() *Residue {
	if t.left == nil {
		t.left = newResidue()
	}
	return t.left
}

// leaveRows takes in the first column, a text, of the rows of a query.
func (t *tx) leaveRows(ctx context.Context, query string, args ...any) (int, error) {
	rows, err := t.QueryContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return 0, err
		}
		t.leave(text)
		n++
	}
	return n, rows.Err()
}

// auditEdit writes the entry of a change, and where something was removed the
// scrub job that belongs to it.
func (t *tx) auditEdit(ctx context.Context, kind data.AuditKind, f facts) error {
	e, err := t.auditEntry(ctx, kind, f)
	if err != nil || t.left == nil {
		return err
	}
	res, err := t.ExecContext(ctx, "INSERT INTO scrub_jobs (audit, created, state) VALUES (?, ?, ?)",
		e.Seq, t.now.Unix(), string(data.ScrubPending))
	if err != nil {
		return err
	}
	t.left.job, err = res.LastInsertId()
	t.publish(data.Event{Kind: data.ScrubChanged})
	return err
}

// leftovers are what edits removed and no scrub has searched for yet.
type leftovers struct {
	mu   sync.Mutex
	all  *Residue
	jobs []int64
}

// add takes in what a committed transaction removed.
func (l *leftovers) add(r *Residue, jobs ...int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.all == nil {
		l.all = newResidue()
	}
	maps.Copy(l.all.phones, r.phones)
	maps.Copy(l.all.texts, r.texts)
	l.jobs = append(l.jobs, jobs...)
}

func (l *leftovers) take() (*Residue, []int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r, jobs := l.all, l.jobs
	l.all, l.jobs = nil, nil
	return r, jobs
}

// EditsLeft tells whether edits removed values for which ScrubEdits has to
// search. Any goroutine; it doesn't wait.
func (s *Store) EditsLeft() bool {
	s.left.mu.Lock()
	defer s.left.mu.Unlock()
	return s.left.all != nil
}

// ScrubEdits cleans the files of what edits removed since the last time, as
// Scrub does after a deletion, and tells whether there was anything to do. It
// can't be cancelled. After an error the values are kept for the next call, and
// the jobs stay pending.
func (s *Store) ScrubEdits(ctx context.Context) (bool, data.ScrubReport, error) {
	r, jobs := s.left.take()
	if r == nil {
		return false, data.ScrubReport{}, nil
	}
	r.job = jobs[len(jobs)-1]
	report, err := s.Scrub(ctx, r, nil)
	if err == nil && len(jobs) > 1 {
		err = s.finishAlike(context.WithoutCancel(ctx), report, jobs[:len(jobs)-1])
	}
	if err != nil {
		s.left.add(r, jobs...)
	}
	return true, report, err
}

// finishAlike ends the jobs that one search has served besides its own.
func (s *Store) finishAlike(ctx context.Context, report data.ScrubReport, jobs []int64) error {
	text, err := json.Marshal(report)
	if err != nil {
		return err
	}
	list := make([]string, len(jobs))
	for i, id := range jobs {
		list[i] = strconv.FormatInt(id, 10)
	}
	return s.writeSystem(ctx, func(t *tx) error {
		_, err := t.ExecContext(ctx, "UPDATE scrub_jobs SET state = ?, report = ?, finished = ? WHERE id IN ("+
			strings.Join(list, ",")+")", string(report.State), string(text), t.now.Unix())
		return err
	})
}

// changedRows tells how many rows a statement changed.
func changedRows(res sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}
