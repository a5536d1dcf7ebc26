package store

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"lethe/data"
	"lethe/data/store/sealed"
)

// ErrResidue is the error of a scrub that found deleted values even after the
// file was rebuilt. The job stays pending and is taken up at the next start.
var ErrResidue = fmt.Errorf("%w: deleted values are still in the files", data.ErrScrubPending)

// ScrubStage is what a scrub is doing.
type ScrubStage string

// The stages in their order; rebuilding comes only if something was found.
const (
	ScrubSearching  ScrubStage = "searching"
	ScrubRebuilding ScrubStage = "rebuilding"
)

// Scrub cleans the files after a deletion and searches them for what was
// deleted: the unallocated bytes of every page for every value, in whatever
// case, phone numbers with their prefix and without; the live rows for what
// must be unique, which are phone numbers, and mails that nobody has who stays.
// A mention of the deleted in a text of somebody else is no residue: it was
// shown before (see mentions). If anything is found it rebuilds the file and
// searches again. Only when nothing is left is the job marked as checked. It
// can't be cancelled; progress, which may be nil, is told the stages.
func (s *Store) Scrub(ctx context.Context, r *Residue, progress func(ScrubStage)) (data.ScrubReport, error) {
	ctx = context.WithoutCancel(ctx)
	if progress == nil {
		progress = func(ScrubStage) {}
	}
	_ = ensureRoom(s.opt.Dir, littleRoom)
	defer s.keepBallast()
	started := time.Now()
	report := data.ScrubReport{State: data.ScrubPending, Values: r.Values()}
	if r.search == nil {
		r.prepare(false)
	}
	search := func() (int, error) {
		progress(ScrubSearching)
		found, err := s.searchPages(ctx, r.search, &report)
		if err != nil {
			return 0, err
		}
		rows := 0
		if found.phones {
			if rows, err = s.searchRows(ctx, r); err != nil {
				return 0, err
			}
		}
		stray, err := s.nobodys(ctx, found.mails)
		return found.unallocated + rows + stray, err
	}
	if err := s.removeOld(r.old); err != nil {
		return report, err
	}
	found, err := search()
	if err != nil {
		return report, err
	}
	if report.FoundBefore = found; found > 0 {
		progress(ScrubRebuilding)
		if err := s.rebuild(ctx); err != nil {
			return report, err
		}
		report.Vacuumed = true
		if found, err = search(); err != nil {
			return report, err
		}
		if found > 0 {
			return report, ErrResidue
		}
	}
	report.State, report.Took = data.ScrubChecked, time.Since(started)
	return report, s.finishScrub(ctx, report, "id = ?", r.job)
}

// finds is what a search of the pages has found.
type finds struct {
	unallocated int      // values in unallocated bytes
	mails       []string // that stand in live rows
	phones      bool     // some stand in columns of live rows
}

// searchPages reads every page of the closed file.
func (s *Store) searchPages(ctx context.Context, n *needles, report *data.ScrubReport) (found finds, err error) {
	const mostFindings = 10_000
	err = s.behindBarrier(ctx, func(path string) error {
		res, err := sealed.Search(ctx, path, s.key, n.Needles, mostFindings)
		if err != nil {
			return err
		}
		report.Pages, report.FreePages = res.Pages, res.FreePages
		found.unallocated, found.phones = res.Found, res.Integers > 0
		seen := map[string]bool{}
		for _, f := range res.Findings {
			if mail, ok := n.mails[f.Needle]; ok && f.Live {
				found.unallocated--
				if !seen[mail] {
					seen[mail] = true
					found.mails = append(found.mails, mail)
				}
			}
		}
		return nil
	})
	return found, err
}

// searchRows reads the live rows' phone column, which is unique, from the table
// and from the index, which are two trees: of the numbers that the pages hold,
// it tells those of a deleted customer from those of a colleague. Customers
// added since the deletion are no residue, even with a number that was deleted.
func (s *Store) searchRows(ctx context.Context, r *Residue) (int, error) {
	found := 0
	s.gate.RLock()
	defer s.gate.RUnlock()
	err := s.run(ctx, s.readers(), 0, false, func(t *tx) error {
		for _, query := range []string{
			"SELECT id, phone FROM customers NOT INDEXED",
			"SELECT id, phone FROM customers INDEXED BY sqlite_autoindex_customers_1",
		} {
			rows, err := t.QueryContext(ctx, query)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				var id data.CustomerID
				var phone int64
				if err := rows.Scan(&id, &phone); err != nil {
					return err
				}
				if _, ok := r.phones[data.Phone(phone)]; ok && id <= r.lastID {
					found++
				}
			}
			if err := rows.Err(); err != nil {
				return err
			}
		}
		return nil
	})
	return found, err
}

// rebuild rewrites the database and overwrites the WAL through which it went.
func (s *Store) rebuild(ctx context.Context) error {
	s.writes.Lock()
	s.lockGate()
	var err error
	if s.files == nil {
		err = data.ErrSignedOut
	} else {
		err = s.files.vacuum(ctx)
	}
	s.gate.Unlock()
	s.writes.Unlock()
	if err != nil {
		return err
	}
	return s.behindBarrier(ctx, func(string) error { return nil })
}

// ResumeScrub takes up what a crash left between a deletion and the end of its
// scrub. The values are gone from memory by then, so the file is rebuilt
// instead of searched. It tells whether there was anything to do. No sign-in
// but that which opened the store is needed.
func (s *Store) ResumeScrub(ctx context.Context) (bool, data.ScrubReport, error) {
	var report data.ScrubReport
	if pending, err := s.ScrubPending(ctx); err != nil || !pending {
		return false, report, err
	}
	started := time.Now()
	s.keysMu.Lock()
	err := s.removeStrays()
	s.keysMu.Unlock()
	if err != nil {
		return false, report, err
	}
	if err := s.rebuild(ctx); err != nil {
		return false, report, err
	}
	report = data.ScrubReport{State: data.ScrubRebuilt, Vacuumed: true, Took: time.Since(started)}
	return true, report, s.finishScrub(ctx, report, "state = ?", string(data.ScrubPending))
}

// ScrubPending tells whether ResumeScrub has anything to do.
func (s *Store) ScrubPending(ctx context.Context) (bool, error) {
	pending := false
	s.gate.RLock()
	defer s.gate.RUnlock()
	err := s.run(ctx, s.readers(), 0, false, func(t *tx) error {
		return t.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM scrub_jobs WHERE state = ?)",
			string(data.ScrubPending)).Scan(&pending)
	})
	return pending, err
}

// finishScrub writes down how the jobs ended.
func (s *Store) finishScrub(ctx context.Context, report data.ScrubReport, where string, arg any) error {
	text, err := json.Marshal(report)
	if err != nil {
		return err
	}
	return s.writeSystem(ctx, func(t *tx) error {
		if _, err := t.ExecContext(ctx, "UPDATE scrub_jobs SET state = ?, report = ?, finished = ? WHERE "+where,
			string(report.State), string(text), t.now.Unix(), arg); err != nil {
			return err
		}
		t.publish(data.Event{Kind: data.ScrubChanged})
		return t.audit(ctx, data.AuditScrub, facts{
			"state": string(report.State), "pages": strconv.Itoa(report.Pages),
			"values": strconv.Itoa(report.Values), "rebuilt": yes(report.Vacuumed),
		})
	})
}

// needles are what a deleted value leaves: a text in whatever case; a phone
// number as digits, in the shortest form that each way of writing it holds, and
// as SQLite's record format writes the integer
// (https://www.sqlite.org/fileformat2.html, section 2.1: big-endian in 4, 6 or
// 8 bytes). Mails are looked for in live rows too, where they are told by their
// number; so are phone numbers, as columns.
func (r *Residue) needles() needles {
	n, mails := sealed.NewNeedles(), map[int]string{}
	for mail := range r.mails {
		if number := n.AddText(mail, sealed.Anywhere); number >= 0 {
			mails[number] = mail
		}
	}
	for text := range r.texts {
		if _, ok := r.mails[text]; !ok {
			n.AddText(text, sealed.Unallocated)
		}
	}
	for p := range r.phones {
		n.Add([]byte(national(p)), sealed.Unallocated)
		var b [8]byte
		binary.BigEndian.PutUint64(b[:], uint64(p))
		switch {
		case p < 1<<31:
			n.Add(b[4:], sealed.Unallocated)
		case p < 1<<47:
			n.Add(b[2:], sealed.Unallocated)
		default:
			n.Add(b[:], sealed.Unallocated)
		}
	}
	// Of customers nobody who was there then may have a number that is gone.
	if r.lastID > 0 {
		n.SetIntegers(len(r.phones), func(yield func(int64) bool) {
			for p := range r.phones {
				if !yield(int64(p)) {
					return
				}
			}
		}, func(v int64) bool {
			_, gone := r.phones[data.Phone(v)]
			return gone
		})
	}
	return needles{n, mails}
}

// national are the digits of a number that stand in it with its prefix (+91, 0)
// and without: the last ten at most, and all but the first three at least, as
// no country's code is longer.
func national(p data.Phone) string {
	digits := strconv.FormatUint(uint64(p), 10)
	const most, prefix, least = 10, 3, 7
	if len(digits) > most {
		return digits[len(digits)-most:]
	}
	if len(digits) >= least+prefix {
		return digits[prefix:]
	}
	return digits
}
