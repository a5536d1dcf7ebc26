package purge_test

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/otp"
	"lethe/data/purge"
	"lethe/data/store"
	"lethe/data/store/sealed"
	"lethe/data/store/storetest"
)

const childOf = "LETHE_TEST_PURGE_CHILD" // the folder and the way, for a process that is to be killed

func TestMain(m *testing.M) {
	if job := os.Getenv(childOf); job != "" {
		if err := child(job); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if job := os.Getenv(restoreOf); job != "" {
		if err := restoreChild(job); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	flag.Parse()
	// Each check deletes from real files and scrubs them.
	if f := flag.Lookup("rapid.checks"); f.Value.String() == f.DefValue {
		if err := flag.Set("rapid.checks", "25"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

func texts(data.Receipt) (string, string) { return "Deleted", "Counts only." }

// secret is that of every list made here, so that a child can show its OTPs.
var secret = otp.Secret("12345678901234567890")

// newList makes a list of n customers with OTPs set up.
func newList(t *testing.T, n int) *storetest.Store {
	t.Helper()
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, n)
	s.Secret = secret
	if err := s.EnrolOTP(t.Context(), s.Owner, storetest.Password, secret, s.Code(), ""); err != nil {
		t.Fatal(err)
	}
	s.Clock.Add(otp.Period)
	return s
}

// plan seals, and gives the OTP where one is due.
func plan(ctx context.Context, s *storetest.Store, req store.SealRequest) (*store.Plan, *otp.Authorisation, error) {
	p := purge.New(s.Store)
	var err error
	if req.Changes, err = s.Changes(ctx, s.Owner); err != nil {
		return nil, nil, err
	}
	sealedPlan, err := p.Seal(ctx, s.Owner, req)
	if err != nil || !sealedPlan.Summary().OTPDue {
		return sealedPlan, nil, err
	}
	auth, err := p.Authorise(ctx, s.Owner, sealedPlan, s.Code())
	return sealedPlan, auth, err
}

// traces are all that n customers, from first on, left of themselves.
func traces(first, n int) *sealed.Needles {
	needles := sealed.NewNeedles()
	for i := first; i < first+n; i++ {
		row := storetest.Row(919820100000, i)
		for _, text := range []string{row.Customer.Name, row.Customer.Email, row.Note, row.Customer.Phone.String()[1:]} {
			needles.Add([]byte(text), sealed.Anywhere)
			needles.Add([]byte(text), sealed.Unallocated)
		}
		var b [8]byte
		binary.BigEndian.PutUint64(b[:], uint64(row.Customer.Phone))
		needles.Add(b[2:], sealed.Anywhere) // as SQLite writes it into a row
		needles.Add(b[2:], sealed.Unallocated)
	}
	return needles
}

// search reads every page of the list's file and its log. Nobody has it open.
func search(t *testing.T, dir, database string, key sealed.Key, needles *sealed.Needles) sealed.Report {
	t.Helper()
	r, err := sealed.Search(t.Context(), filepath.Join(dir, database), key, needles, 3)
	if err != nil {
		t.Fatal(err)
	}
	if r.Pages == 0 {
		t.Fatal("no page was searched")
	}
	return r
}

// keyOf is the data key and the database of a folder.
func keyOf(t *testing.T, dir string) (sealed.Key, string) {
	t.Helper()
	keys, err := store.Keys(dir)
	if err != nil {
		t.Fatal(err)
	}
	un, err := keys.Unlock(t.Context(), 1, storetest.Password)
	if err != nil {
		t.Fatal(err)
	}
	return un.DataKey(), keys.Database()
}

// onlyTheList checks that nothing else is left in the folder.
func onlyTheList(t *testing.T, dir, database string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		switch strings.TrimPrefix(e.Name(), database) {
		case "", "-wal", "-shm", account.FileName:
		default:
			t.Errorf("%s is left in the folder", e.Name())
		}
	}
}

func copyFolder(t *testing.T, from string) string {
	t.Helper()
	to := t.TempDir()
	entries, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(from, e.Name()))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(to, e.Name()), b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// openList opens a folder as the Account Owner.
func openList(ctx context.Context, dir string) (*storetest.Store, error) {
	s := &storetest.Store{Clock: storetest.NewClock(), Dir: dir, Secret: secret}
	s.Clock.Add(2 * otp.Period)
	keys, err := store.Keys(dir)
	if err != nil {
		return nil, err
	}
	un, err := keys.Unlock(ctx, 1, storetest.Password)
	if err != nil {
		return nil, err
	}
	s.Store, s.Owner, err = store.Open(ctx, s.Options(), un)
	return s, err
}

// child deletes in a process of its own: "way mode dir". It says "deleting"
// before and "done" after. With pause it says "deleted" once the deletion is
// committed and waits to be killed, with scrub it says so and goes on.
func child(job string) error {
	ctx := context.Background()
	parts := strings.SplitN(job, " ", 3)
	s, err := openList(ctx, parts[2])
	if err != nil {
		return err
	}
	ids := make([]data.CustomerID, few)
	for i := range ids {
		ids[i] = data.CustomerID(i + 1)
	}
	p, auth, err := plan(ctx, s, store.SealRequest{Way: data.Way(parts[0]), IDs: ids})
	if err != nil {
		return err
	}
	fmt.Println("deleting")
	said := parts[1] == "run"
	if _, err := purge.New(s.Store).Execute(ctx, s.Owner, p, auth, texts, func(p purge.Progress) {
		if said || p.Stage != purge.Cleaning {
			return
		}
		said = true
		fmt.Println("deleted")
		if parts[1] == "pause" {
			_, _ = bufio.NewReader(os.Stdin).ReadString('\n') // never comes
		}
	}); err != nil {
		return err
	}
	fmt.Println("done")
	return s.Close()
}
