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

// Typing has what f answers kept as the draft of page if the session ends before
// stop is called, as it does when the window locks over an open dialog. f answers
// nil where nothing is worth keeping. UI goroutine.
func (d *Desk) Typing(page string, f func() any) (stop func()) {
	if d.typing == nil {
		d.typing = map[string]*func() any{}
	}
	mine := &f
	d.typing[page] = mine
	return func() {
		if d.typing[page] == mine {
			delete(d.typing, page)
		}
	}
}

// keepTyping keeps what is being typed.
func (d *Desk) keepTyping() {
	for page, f := range d.typing {
		if draft := (*f)(); draft != nil {
			d.KeepDraft(page, draft)
		}
	}
	d.typing = nil
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
