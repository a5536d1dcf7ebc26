package outbox

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"time"

	"lethe/data"
	"lethe/data/store"
)

// Sender sends what is due, from Start to the end of Retire.
type Sender struct {
	store *store.Store
	opt   Options

	wake    chan struct{} // holds one when something may be due
	over    chan time.Duration
	ended   chan struct{}
	pending []settlement // outcomes that couldn't be written down yet
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
	return &Sender{
		store: s, opt: opt.withDefaults(),
		wake: make(chan struct{}, 1), over: make(chan time.Duration, 1), ended: make(chan struct{}),
	}
}

// Start makes a sender that works in the background, and holds the store open
// until it has ended.
func Start(s *store.Store, opt Options) (*Sender, error) {
	release, err := s.Lease()
	if err != nil {
		return nil, err
	}
	o := New(s, opt)
	cancel := s.Subscribe(func(e data.Event) {
		if e.Kind == data.OutboxChanged {
			o.nudge()
		}
	})
	go func() {
		defer close(o.ended)
		defer release()
		defer cancel()
		o.loop()
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
// limit, and end. It returns at once; Wait waits.
func (o *Sender) Retire(limit time.Duration) {
	select {
	case o.over <- limit:
	default: // it is retiring already
	}
}

// Wait returns when a started sender has ended.
func (o *Sender) Wait() { <-o.ended }

// glance is the longest between two looks at what is due: a computer that slept
// knows nothing of the time that passed.
const glance = time.Minute

func (o *Sender) loop() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	last := make(chan struct{}) // closed when the last attempt begins
	go func() {
		select {
		case limit := <-o.over:
			close(last)
			// What is under way and what is due share the time.
			select {
			case <-o.ended:
			case <-time.After(limit):
				cancel()
			}
		case <-ctx.Done():
		}
	}()
	for {
		if err := o.Pass(ctx); err != nil && ctx.Err() == nil {
			o.opt.Log.Warn("the outbox could not be worked through")
		}
		select {
		case <-last:
			return
		default:
		}
		select {
		case <-last:
			if err := o.Pass(ctx); err != nil && ctx.Err() == nil {
				o.opt.Log.Warn("the outbox could not be worked through")
			}
			return
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
	for ctx.Err() == nil {
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
