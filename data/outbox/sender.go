package outbox

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"lethe/data"
	"lethe/data/store"
)

// Sender sends what is due, from Start to the end of Retire.
type Sender struct {
	store *store.Store
	opt   Options

	wake    chan struct{} // holds one when something may be due
	last    chan struct{} // closed when the last attempt is to begin
	retire  func()        // closes last, once
	ended   chan struct{}
	cut     context.CancelFunc // ends what is under way
	hurried atomic.Bool        // nothing new begins
	pending []settlement       // outcomes that couldn't be written down yet

	mu    sync.Mutex
	timer *time.Timer // cuts
	end   time.Time   // when it does
}

type settlement struct {
	id  int64
	out data.Outcome
}

// Options are what a Sender works with.
type Options struct {
	Transport *Transport
	Clock     func() time.Time
	Log       *slog.Logger
	Jitter    func() float64                       // nil: random, from 0 to 1
	After     func(time.Duration) <-chan time.Time // nil: time.After
}

func (o Options) withDefaults() Options {
	if o.Transport == nil {
		o.Transport = &Transport{}
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Jitter == nil {
		o.Jitter = rand.Float64
	}
	if o.After == nil {
		o.After = time.After
	}
	return o
}

// New makes a sender that sends only when Pass is called.
func New(s *store.Store, opt Options) *Sender {
	o := &Sender{
		store: s, opt: opt.withDefaults(),
		wake: make(chan struct{}, 1), last: make(chan struct{}), ended: make(chan struct{}),
	}
	o.retire = sync.OnceFunc(func() { close(o.last) })
	return o
}

// Start makes a sender that works in the background, and holds the store open
// until it has ended.
func Start(s *store.Store, opt Options) (*Sender, error) {
	release, err := s.Lease()
	if err != nil {
		return nil, err
	}
	o := New(s, opt)
	ctx, cut := context.WithCancel(context.Background())
	o.cut = cut
	unsubscribe := s.Subscribe(func(e data.Event) {
		if e.Kind == data.OutboxChanged {
			o.nudge()
		}
	})
	go func() {
		defer close(o.ended)
		defer release()
		defer unsubscribe()
		defer cut()
		o.loop(ctx)
	}()
	return o, nil
}

func (o *Sender) nudge() {
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

// Retire lets the sender make one last attempt at what is due, for at most
// limit, and end. It returns at once; Wait waits. Of a sender that was started.
func (o *Sender) Retire(limit time.Duration) {
	o.retire()
	o.mu.Lock()
	defer o.mu.Unlock()
	if end := time.Now().Add(limit); o.timer == nil || end.Before(o.end) {
		if o.timer != nil {
			o.timer.Stop()
		}
		o.end, o.timer = end, time.AfterFunc(limit, o.cut)
	}
}

// Hurry is Retire for when somebody waits: only what is under way is brought to
// its end, for at most limit.
func (o *Sender) Hurry(limit time.Duration) {
	o.hurried.Store(true)
	o.Retire(limit)
}

// Wait returns when a started sender has ended.
func (o *Sender) Wait() { <-o.ended }

// glance is the longest between two looks at what is due: a computer that slept
// knows nothing of the time that passed.
const glance = time.Minute

func (o *Sender) loop(ctx context.Context) {
	for {
		last := false
		select {
		case <-o.last:
			last = true
		default:
		}
		if err := o.Pass(ctx); err != nil && ctx.Err() == nil {
			o.opt.Log.Warn("the outbox could not be worked through")
		}
		if last {
			return
		}
		select {
		case <-o.last:
		case <-o.wake:
		case <-o.opt.After(o.pause(ctx)):
		}
	}
}

// pause is how long nothing is due.
func (o *Sender) pause(ctx context.Context) time.Duration {
	at, is, err := o.store.NextMessage(ctx)
	if err != nil || !is {
		return glance
	}
	return min(max(at.Sub(o.opt.Clock()), time.Second), glance)
}

// Pass sends everything that is due now, one message after the other, and
// returns when nothing is due any more or ctx ends. An attempt that ctx ended
// counts as one that took too long.
func (o *Sender) Pass(ctx context.Context) error {
	if err := o.settle(); err != nil {
		return err
	}
	for ctx.Err() == nil && !o.hurried.Load() {
		// The claim is not given up halfway: it would stand on disk.
		m, err := o.store.ClaimMessage(context.WithoutCancel(ctx))
		if err != nil {
			return err
		}
		if m == nil {
			return nil
		}
		o.pending = append(o.pending, settlement{m.ID, o.opt.Transport.Send(ctx, m)})
		if err := o.settle(); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// settle writes down what became of attempts. What can't be written stays
// pending: a message that was taken must not be sent again for a full disk.
func (o *Sender) settle() error {
	for len(o.pending) > 0 {
		p := o.pending[0]
		err := o.store.SettleMessage(context.Background(), p.id, p.out, o.opt.Jitter())
		if err != nil && !errors.Is(err, data.ErrConflict) && !errors.Is(err, data.ErrNotFound) {
			return err
		}
		o.pending = o.pending[1:]
	}
	return nil
}
