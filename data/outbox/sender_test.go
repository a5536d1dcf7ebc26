package outbox_test

import (
	"context"
	"net"
	"testing"
	"time"

	"lethe/data"
	"lethe/data/outbox"
)

// started is a desk whose sender works in the background.
func started(t *testing.T, m *mailServer) (*desk, *outbox.Sender) {
	t.Helper()
	d := newDesk(t)
	d.mailBy(m, m.settings(data.MailTLS))
	s, err := outbox.Start(d.Store.Store, outbox.Options{Transport: d.way, Clock: d.Clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	return d, s
}

// What a deletion leaves goes out without anybody asking.
func TestTheSenderHearsOfWhatIsWritten(t *testing.T) {
	m := newMailServer(t, mailOptions{tls: data.MailTLS})
	took := make(chan string, 9)
	m.set(func(m *mailServer) { m.took = func(id string) { took <- id } })
	d, s := started(t, m)
	d.delete()
	id := <-took
	s.Retire(time.Minute)
	s.Wait()
	if got := d.is(data.ChannelEmail, data.OutboxSent, ""); got.MessageID != id {
		t.Errorf("%s, took %s", got.MessageID, id)
	}
}

// After a lock there is one attempt at what is due, and then the list closes.
func TestOneMoreAttemptAfterALock(t *testing.T) {
	m := newMailServer(t, mailOptions{tls: data.MailTLS})
	d, s := started(t, m)
	d.delete()
	s.Retire(time.Minute)
	s.Wait()
	d.is(data.ChannelEmail, data.OutboxSent, "")
	if len(m.taken()) != 1 {
		t.Errorf("%d taken", len(m.taken()))
	}
	d.delete()
	d.is(data.ChannelEmail, data.OutboxQueued, "")
}

// A server that hangs holds neither the lock nor the next sign-in up for longer
// than it is given.
func TestALockDoesNotWaitForAServerThatHangs(t *testing.T) {
	for name, end := range map[string]func(*outbox.Sender){
		"after a lock":         func(s *outbox.Sender) { s.Retire(200 * time.Millisecond) },
		"at a new sign-in":     func(s *outbox.Sender) { s.Retire(time.Hour); s.Hurry(200 * time.Millisecond) },
		"at the program's end": func(s *outbox.Sender) { s.Hurry(200 * time.Millisecond); s.Retire(time.Hour) },
	} {
		t.Run(name, func(t *testing.T) {
			m := newMailServer(t, mailOptions{tls: data.MailTLS})
			d := newDesk(t)
			d.way.Limit = time.Hour
			d.mailBy(m, m.settings(data.MailTLS))
			dialled := make(chan struct{}, 9)
			d.way.Dial = func(ctx context.Context, _, _ string) (net.Conn, error) {
				dialled <- struct{}{}
				<-ctx.Done()
				return nil, ctx.Err()
			}
			s, err := outbox.Start(d.Store.Store, outbox.Options{Transport: d.way, Clock: d.Clock.Now})
			if err != nil {
				t.Fatal(err)
			}
			d.delete()
			<-dialled
			end(s)
			if err := d.Close(); err != nil { // waits for the sender
				t.Fatal(err)
			}
			s.Wait()
		})
	}
}
