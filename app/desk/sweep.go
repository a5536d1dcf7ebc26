package desk

import (
	"context"

	"lethe/app/task"
)

// sweep cleans the files of what edits removed, in the background, whoever made
// them: the bytes of an old phone number or a removed note go like those of a
// deleted customer. Several edits are cleaned up after together. On the window's
// goroutine.
func (d *Desk) sweep() {
	if d.sweeping || !d.Store.EditsLeft() {
		return
	}
	release, err := d.Store.Lease()
	if err != nil {
		return // closing: what is left is cleaned before the store goes
	}
	d.sweeping = true
	d.Tasks.Go(d.Words.T("common.cleaning"), func(ctx context.Context, _ task.Progress) error {
		defer release()
		_, _, err := d.Store.ScrubEdits(ctx)
		return err
	}, func(err error) {
		d.sweeping = false
		if err != nil {
			d.Log.Warn("the files were not cleaned after an edit; the job is kept")
			return // another change takes it up, or the next start
		}
		d.sweep()
	})
}
