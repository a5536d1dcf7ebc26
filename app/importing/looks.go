package importing

import (
	"context"
	"sync"

	"lethe/app/task"
	"lethe/data"
	"lethe/data/store"
	"lethe/data/transfer"
	"lethe/data/view"
)

// previewRows is how many rows of the file are shown as they will be read.
const previewRows = 4

// looks are the readings of the file that go on while a person maps its
// columns. Each change of the mapping takes the place of those before.
type looks struct {
	turn int
	jobs []*task.Job // of all turns
}

// stop asks all readings to end: what they find is of no use any more.
func (l *looks) stop() {
	l.turn++
	for _, j := range l.jobs {
		j.Cancel()
	}
}

// look reads the first rows, then all of them for the counts, as the form says.
func (f *flow) look() {
	f.looks.stop()
	turn, table := f.looks.turn, f.table
	m, region := f.form.mapping(), f.form.region()
	updating := f.form.importMode() == store.ImportUpdate
	var first []transfer.Record
	f.background(func(context.Context, task.Progress) (err error) {
		first, err = table.Preview(m, region, previewRows)
		return err
	}, func(err error) {
		if turn == f.looks.turn && err == nil {
			f.form.preview.show(m, first)
		}
	})
	var sum *tally
	f.background(func(ctx context.Context, _ task.Progress) error {
		phones, err := f.known.phones(ctx, f)
		if err != nil {
			return err
		}
		sum = newTally(phones, false)
		if !updating {
			return table.Records(ctx, m, region, func(rec transfer.Record) error {
				sum.take(&rec)
				return nil
			})
		}
		sum.change, err = f.desk.Store.WouldChange(ctx, f.desk.Actor, func(yield func(*store.ImportRow) error) error {
			return table.Records(ctx, m, region, func(rec transfer.Record) error {
				if there := sum.isThere(&rec); !sum.take(&rec) || !there {
					return nil
				}
				return yield(&store.ImportRow{Customer: rec.Customer, Custom: rec.CustomValues, Note: rec.Note})
			})
		})
		return err
	}, func(err error) {
		switch {
		case turn != f.looks.turn:
		case err != nil:
			f.form.fail(f.sentence(err))
		default:
			f.form.foretell(sum)
		}
	})
}

func (f *flow) background(work task.Work, done func(error)) {
	f.looks.jobs = append(f.looks.jobs, f.desk.Tasks.Go("", work, done))
}

// known are the phone numbers in the list, read once.
type known struct {
	mu   sync.Mutex
	read map[data.Phone]struct{}
}

// phones are the numbers in the list. They are nil for who doesn't see all
// customers: what they see says little about who is there.
func (k *known) phones(ctx context.Context, f *flow) (map[data.Phone]struct{}, error) {
	if !f.desk.Rights().Can(data.ViewAllCustomers) {
		return nil, nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.read != nil {
		return k.read, nil
	}
	all, err := f.desk.View.Find(ctx, data.Filter{}, view.Sort{})
	if err != nil {
		return nil, err
	}
	read := make(map[data.Phone]struct{}, len(all.IDs))
	for _, id := range all.IDs {
		if row, ok := f.desk.View.Row(id); ok {
			read[row.Phone] = struct{}{}
		}
	}
	k.read = read
	return read, nil
}
