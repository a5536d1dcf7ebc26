package outbox_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/outbox"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

var kills = flag.Int("kills", 25, "how often the sender is killed")

const childOf = "LETHE_TEST_OUTBOX_CHILD" // the folder, for a process that is to be killed

// child sends what is due, says so, and waits to be killed.
func child(dir string) error {
	ctx := context.Background()
	s, _, err := open(ctx, dir)
	if err != nil {
		return err
	}
	fmt.Println("sending")
	if err := outbox.New(s, outbox.Options{}).Pass(ctx); err != nil {
		return err
	}
	if err := s.Close(); err != nil {
		return err
	}
	fmt.Println("done")
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

func open(ctx context.Context, dir string) (*store.Store, *store.Actor, error) {
	keys, err := account.Load(dir)
	if err != nil {
		return nil, nil, err
	}
	un, err := keys.Unlock(ctx, 1, storetest.Password)
	if err != nil {
		return nil, nil, err
	}
	return store.Open(ctx, store.Options{Dir: dir, KDF: storetest.KDF}, un)
}

// ledger is what servers took, and in which run of the sender.
type ledger struct {
	mu    sync.Mutex
	run   int
	taken map[data.Channel][]entry
}

type entry struct {
	run int
	id  string // Message-ID, or the text by which a WhatsApp message is known
}

func (l *ledger) add(c data.Channel, id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.taken[c] = append(l.taken[c], entry{l.run, id})
}

func (l *ledger) next() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.run++
	return l.run
}

// The sender dies at any moment, again and again. Nothing is lost; nothing is
// said to be sent that no server took; and what was taken twice is what a
// server had taken, as the last of its run, when the sender died before it
// could write that down.
func TestKilledWhileSending(t *testing.T) {
	const each = 24 // messages a channel in a round
	book := &ledger{taken: map[data.Channel][]entry{}}
	mail := newMailServer(t, mailOptions{tls: data.MailPlain})
	mail.took = func(id string) { book.add(data.ChannelEmail, id) }
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var m struct {
			Template struct {
				Components []struct{ Parameters []struct{ Text string } }
			}
		}
		if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
			t.Error(err)
		}
		text := m.Template.Components[0].Parameters[1].Text
		book.add(data.ChannelWhatsApp, text)
		fmt.Fprintf(w, `{"messages":[{"id":"wamid.%s"}]}`, strings.Fields(text)[0])
	}))
	defer api.Close()

	rnd := rand.New(rand.NewPCG(8, 200))
	killed, round := 0, 0
	for killed < *kills {
		round++
		d := newDesk(t)
		if err := d.SaveWhatsAppAPI(t.Context(), d.Owner, storetest.Password, data.WhatsAppAPI{
			Base: api.URL, Version: "v23.0", NumberID: "1065432", Token: "t", Template: "told", Language: "en",
		}); err != nil {
			t.Fatal(err)
		}
		d.mailBy(mail, mail.settings(data.MailPlain))
		for i := range each {
			d.text = fmt.Sprintf("%d-%d customers deleted", round, i)
			d.delete()
		}
		dir := filepath.Join(t.TempDir(), "list")
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(dir, os.DirFS(d.Dir)); err != nil {
			t.Fatal(err)
		}
		first := book.next()
		dead := map[int]bool{}
		for killed < *kills {
			book.mu.Lock()
			run := book.run
			book.mu.Unlock()
			if !killOnce(t, dir, time.Duration(rnd.IntN(60_000))*time.Microsecond) {
				break
			}
			killed++
			dead[run] = true
			stands(t, dir, book)
			book.next()
		}
		finish(t, dir)
		ends(t, dir, book, first, dead, each)
	}
	doubled := map[string]int{}
	for _, c := range []data.Channel{data.ChannelEmail, data.ChannelWhatsApp} {
		seen := map[string]bool{}
		for _, e := range book.taken[c] {
			if seen[e.id] {
				doubled[string(c)]++
			}
			seen[e.id] = true
		}
	}
	t.Logf("%d kills in %d rounds; taken twice, because the sender died between the server's answer and its mark: %v", killed, round, doubled)
}

// killOnce runs the sender and kills it after a while; false if it was done
// before.
func killOnce(t *testing.T, dir string, after time.Duration) bool {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childOf+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := bufio.NewReader(out)
	if line, err := said.ReadString('\n'); err != nil || line != "sending\n" {
		t.Fatalf("the child said %q, %v", line, err)
	}
	timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	line, err := said.ReadString('\n')
	timer.Stop()
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	_ = in.Close()
	return errors.Is(err, io.EOF) && line == ""
}

// stands looks at the outbox after a kill.
func stands(t *testing.T, dir string, book *ledger) {
	t.Helper()
	taken := book.ids()
	for _, m := range messages(t, dir) {
		switch {
		case m.State == data.OutboxSent && !taken[idOf(m)]:
			t.Errorf("message %d is said to be sent, and no server took it", m.ID)
		case m.State != data.OutboxSent && m.State != data.OutboxQueued:
			t.Errorf("message %d is %s, %s", m.ID, m.State, m.Why)
		}
	}
}

func (l *ledger) ids() map[string]bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := map[string]bool{}
	for _, all := range l.taken {
		for _, e := range all {
			out[e.id] = true
		}
	}
	return out
}

func idOf(m data.Message) string {
	if m.Channel == data.ChannelEmail {
		return m.MessageID
	}
	return m.Body
}

func messages(t *testing.T, dir string) []data.Message {
	t.Helper()
	s, a, err := open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	all, err := s.Outbox(t.Context(), a)
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	return all
}

// finish lets the sender go on to its end.
func finish(t *testing.T, dir string) {
	t.Helper()
	s, _, err := open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(outbox.New(s, outbox.Options{}).Pass(t.Context()), s.Close()); err != nil {
		t.Fatal(err)
	}
}

// ends checks a round: every message sent and taken, and doubled only where
// nobody could know.
func ends(t *testing.T, dir string, book *ledger, first int, dead map[int]bool, each int) {
	t.Helper()
	all := messages(t, dir)
	if len(all) != 2*each {
		t.Fatalf("%d messages", len(all))
	}
	taken := book.ids()
	for _, m := range all {
		if m.State != data.OutboxSent || !taken[idOf(m)] {
			t.Errorf("message %d by %s is %s, taken: %v", m.ID, m.Channel, m.State, taken[idOf(m)])
		}
	}
	for c, entries := range book.taken {
		lastOf := map[int]string{} // of each run
		for _, e := range entries {
			lastOf[e.run] = e.id
		}
		for i, e := range entries {
			again := false
			for _, later := range entries[i+1:] {
				again = again || later.id == e.id
			}
			if e.run >= first && again && (!dead[e.run] || lastOf[e.run] != e.id) {
				t.Errorf("%s %s was taken in run %d and sent again", c, e.id, e.run)
			}
		}
	}
}
