package desk

import (
	"context"
	"sync"

	"lethe/data"
	"lethe/data/store"
)

// feed queues the store's events, which come on the writer's goroutine and
// must not hold it up.
type feed struct {
	mu      sync.Mutex
	queue   []data.Event
	pending int           // queued or being told
	news    chan struct{} // holds one when the queue isn't empty
	quit    chan struct{}
	idle    *sync.Cond
	cancel  func()
}

func (f *feed) open(s *store.Store) {
	f.news = make(chan struct{}, 1)
	f.quit = make(chan struct{})
	f.idle = sync.NewCond(&f.mu)
	f.cancel = s.Subscribe(f.put)
}

func (f *feed) put(e data.Event) {
	f.mu.Lock()
	f.queue = append(f.queue, e)
	f.pending++
	f.mu.Unlock()
	select {
	case f.news <- struct{}{}:
	default:
	}
}

func (f *feed) take() []data.Event {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := f.queue
	f.queue = nil
	return out
}

func (f *feed) told() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pending--
	f.idle.Broadcast()
}

func (f *feed) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.cancel == nil {
		return
	}
	f.cancel()
	f.cancel = nil
	close(f.quit)
	f.idle.Broadcast()
}

func (f *feed) closed() bool {
	select {
	case <-f.quit:
		return true
	default:
		return false
	}
}

// Settle returns when all changes of the store so far were told to the
// listeners, or the desk has ended. Never on the window's goroutine, but in
// tests, where it takes the desk's turns itself.
func (d *Desk) Settle() {
	if d.Turns == nil {
		d.feed.wait()
		return
	}
	told := make(chan struct{})
	go func() {
		defer close(told)
		d.feed.wait()
	}()
	for {
		select {
		case turn := <-d.Turns:
			turn()
			continue
		case <-told:
		}
		for len(d.Turns) > 0 {
			(<-d.Turns)()
		}
		return
	}
}

// wait returns when nothing is left to tell, or the feed is closed.
func (f *feed) wait() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for f.pending > 0 && f.cancel != nil {
		f.idle.Wait()
	}
}

// Listen calls f on the window's goroutine after each change in the store,
// once View, Rights and Settings are up to date with it.
func (d *Desk) Listen(f func(data.Event)) (cancel func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.listeners == nil {
		d.listeners = map[int]func(data.Event){}
	}
	id := d.next
	d.next++
	d.listeners[id] = f
	return func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		delete(d.listeners, id)
	}
}

// follow brings the desk up to date with each event and tells the listeners.
// It locks when the session has ended under the person.
func (d *Desk) follow() {
	stale := false
	for {
		select {
		case <-d.feed.quit:
			return
		case <-d.feed.news:
		}
		for _, e := range d.feed.take() {
			events, err := d.update(context.Background(), e, stale)
			stale = err != nil
			if over(err) {
				if d.Lock != nil {
					d.do(d.Lock)
				}
				d.feed.close()
				return
			}
			if err != nil {
				d.Log.Warn("the window could not follow a change", "kind", e.Kind)
			}
			d.do(func() {
				defer d.feed.told()
				for _, e := range events {
					d.tell(e)
				}
				if !d.feed.closed() {
					d.sweep()
				}
			})
		}
	}
}

// update reads what e may have changed and returns what to tell: e, and, where
// the rights changed or the event before it couldn't be followed, that all
// customers were read again.
func (d *Desk) update(ctx context.Context, e data.Event, stale bool) ([]data.Event, error) {
	if e.Kind == data.TeamChanged || e.Kind == data.SettingsChanged {
		before := d.Rights()
		if err := d.read(ctx); err != nil {
			return nil, err
		}
		if d.Rights().User == 0 {
			return nil, data.ErrDeactivated
		}
		d.View.SetActiveDays(d.Settings().ActiveDays)
		stale = stale || !same(before, d.Rights())
	}
	if !stale {
		return []data.Event{e}, d.apply(ctx, e)
	}
	everything := data.Event{Kind: data.CustomersChanged, Everything: true, Changes: e.Changes}
	return []data.Event{e, everything}, d.apply(ctx, everything)
}

// apply brings the View in step with e, and ViewChanges with the View: to the
// counter that the event brings, not to that of changes still to be told.
func (d *Desk) apply(ctx context.Context, e data.Event) error {
	if err := d.View.Apply(ctx, e); err != nil {
		return err
	}
	if e.Changes > 0 {
		d.changes.Store(e.Changes)
	}
	return nil
}

// ViewChanges is the store's change counter as it was when the View was last
// brought up to date. A filter answered by the View is sealed with it, so that
// the store refuses a plan of another list. Any goroutine.
func (d *Desk) ViewChanges() int64 { return d.changes.Load() }

func same(a, b data.Rights) bool {
	return a.User == b.User && a.Kind == b.Kind && a.Set.Encode() == b.Set.Encode()
}

func (d *Desk) tell(e data.Event) {
	d.mu.Lock()
	var all []func(data.Event)
	for id := range d.next {
		if f, ok := d.listeners[id]; ok {
			all = append(all, f)
		}
	}
	d.mu.Unlock()
	for _, f := range all {
		if d.feed.closed() {
			return
		}
		f(e)
	}
}
