package desk

import (
	"sync"

	"lethe/data"
)

// Drafts keep what people were typing when the window locked, in memory only,
// until the same person is back in the same folder. Any goroutine.
type Drafts struct {
	mu  sync.Mutex
	all map[draftKey]any
}

type draftKey struct {
	folder, page string
	user         data.UserID
}

// KeepDraft keeps a draft of a page for the one at this desk; nil drops it.
func (d *Desk) KeepDraft(page string, draft any) {
	if d.Drafts == nil {
		return
	}
	d.Drafts.mu.Lock()
	defer d.Drafts.mu.Unlock()
	key := draftKey{d.Store.Dir(), page, d.Actor.User()}
	if draft == nil {
		delete(d.Drafts.all, key)
		return
	}
	if d.Drafts.all == nil {
		d.Drafts.all = map[draftKey]any{}
	}
	d.Drafts.all[key] = draft
}

// TakeDraft answers the draft that is kept and drops it; nil if there is none.
func (d *Desk) TakeDraft(page string) any {
	if d.Drafts == nil {
		return nil
	}
	d.Drafts.mu.Lock()
	defer d.Drafts.mu.Unlock()
	key := draftKey{d.Store.Dir(), page, d.Actor.User()}
	draft := d.Drafts.all[key]
	delete(d.Drafts.all, key)
	return draft
}
