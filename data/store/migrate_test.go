package store_test

import (
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/store"
	"lethe/data/store/sealed"
	"lethe/data/store/storetest"
)

// go test ./data/store -run TestStoresOfEarlierSchemas -update writes the
// fixture of the present schema. It is made once, with the migration, and never
// changed afterwards: it is what people have on their disks.
var update = flag.Bool("update", false, "write the fixture of the present schema")

const fixtures = "testdata/schema-%d"

// fixture fills a store with a little of everything.
func fixture(t *testing.T) *storetest.Store {
	s := storetest.New(t)
	fillTelling(t, s)
	s.Fill(t, s.Owner, 919820100000, 30)
	s.Add(t, "Ravi", s.Role(t, "Support", data.ViewAllCustomers, data.DeleteCustomers))
	s.Enrol(t)
	mustDelete(t, s, s.Owner, seal(t, s, s.Owner, data.WaySelected, s.IDs(t)[10:15]), nil)
	return s
}

func TestStoresOfEarlierSchemas(t *testing.T) {
	steps, err := store.Migrations()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		s := fixture(t)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		dir := fmt.Sprintf(fixtures, len(steps))
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		for name, b := range contents(t, s.Dir) {
			if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for n := range steps {
		version := n + 1
		t.Run(fmt.Sprintf("schema %d", version), func(t *testing.T) {
			from := contents(t, fmt.Sprintf(fixtures, version))
			s := &storetest.Store{Clock: storetest.NewClock(), Dir: t.TempDir()}
			for name, b := range from {
				if err := os.WriteFile(filepath.Join(s.Dir, name), b, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if got := schemaOf(from[store.FirstVersion]); got != version {
				t.Fatalf("the fixture is of schema %d", got)
			}
			var err error
			if s.Store, s.Owner, err = store.Open(t.Context(), s.Options(), unlock(t, s, 1)); err != nil {
				t.Fatal(err)
			}
			holdsTheFixture(t, s)
			s.SignInAs(t, 2)
			s.Fill(t, s.Owner, 919820900000, 1)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			after := contents(t, s.Dir)
			if got := schemaOf(after[store.FirstVersion]); got != len(steps) || len(after) != 2 {
				t.Errorf("opened, it is of schema %d, in %d files", got, len(after))
			}
		})
	}
}

// schemaOf reads user_version where SQLite keeps it, in the part of the first
// page that is not sealed.
func schemaOf(b []byte) int { return int(binary.BigEndian.Uint32(b[60:64])) }

func holdsTheFixture(t *testing.T, s *storetest.Store) {
	t.Helper()
	ctx := t.Context()
	ids := s.IDs(t)
	if len(ids) != 26 || ids[0] != 1 {
		t.Fatalf("customers %v", ids)
	}
	d := details(t, s, 1)
	if d.Row.Phone != secretPhone || len(d.Row.Custom) != 2 || len(d.Notes) != 1 || len(d.Interactions) != 1 ||
		strings.Join(d.Row.Tags, ",") != "VIP,from 9820055204" {
		t.Errorf("%+v", d)
	}
	if g, err := s.Segments(ctx, s.Owner); err != nil || len(g) != 2 {
		t.Errorf("segments %v, %v", g, err)
	}
	if r, err := s.Roles(ctx, s.Owner); err != nil || len(r) != 5 || !r[4].Permissions[data.DeleteCustomers] {
		t.Errorf("roles %v, %v", r, err)
	}
	if m, err := s.Mark(ctx, s.Owner); err != nil || m != (data.Mark{Removed: 5, Counted: 26, Peak: 31, Held: 26, MostHeld: 31}) {
		t.Errorf("mark %+v, %v", m, err)
	}
	if on, err := s.OTPSetUp(ctx, s.Owner); err != nil || !on {
		t.Errorf("OTPs set up: %v, %v", on, err)
	}
	if v, err := s.Settings(ctx, s.Owner); err != nil || v.Business != "Sharma Traders" {
		t.Errorf("settings %+v, %v", v, err)
	}
	if all := log(t, s); len(all) < 12 {
		t.Errorf("%d entries", len(all))
	}
}

func TestANewerSchemaIsLeftAlone(t *testing.T) {
	s := storetest.New(t)
	if err := store.Exec(s.Store, "PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	un := unlock(t, s, 1)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before := contents(t, s.Dir)
	_, _, err := store.Open(t.Context(), s.Options(), un)
	wantErr(t, "opening", err, data.ErrNewer)
	if after := contents(t, s.Dir); string(after[store.FirstVersion]) != string(before[store.FirstVersion]) || len(after) != len(before) {
		t.Error("it was changed")
	}
	refusesFirstRun(t, s)
}

// nextSteps are the present schema's and two that follow.
func nextSteps(t *testing.T, last string) []string {
	t.Helper()
	steps, err := store.Migrations()
	if err != nil {
		t.Fatal(err)
	}
	return append(steps, "ALTER TABLE customers ADD COLUMN nickname TEXT NOT NULL DEFAULT 'none'", last)
}

func TestMigrating(t *testing.T) {
	s := fixture(t)
	steps := nextSteps(t, "CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT; INSERT INTO extra VALUES (7)")
	if err := store.MigrateBy(t.Context(), s.Store, steps); err != nil {
		t.Fatal(err)
	}
	var version, extra int
	var nickname string
	err := errors.Join(store.Ask(s.Store, "PRAGMA user_version", &version), store.Ask(s.Store, "SELECT id FROM extra", &extra),
		store.Ask(s.Store, "SELECT nickname FROM customers LIMIT 1", &nickname))
	if err != nil || version != len(steps) || extra != 7 || nickname != "none" {
		t.Errorf("schema %d, %d, %q, %v", version, extra, nickname, err)
	}
	holdsTheFixture(t, s)
	if _, ok := contents(t, s.Dir)[store.FirstVersion+store.BeforeMigration]; ok {
		t.Error("the copy from before is left")
	}
	if err := store.MigrateBy(t.Context(), s.Store, steps); err != nil {
		t.Errorf("again: %v", err)
	}
}

// A migration that fails changes nothing but the steps before it, and the copy
// made before the first step is a whole, sealed list.
func TestAMigrationThatFails(t *testing.T) {
	s := fixture(t)
	steps := nextSteps(t, "DELETE FROM customers; SELECT no_such_function()")
	if err := store.MigrateBy(t.Context(), s.Store, steps); err == nil {
		t.Fatal("it went through")
	}
	var version int
	if err := store.Ask(s.Store, "PRAGMA user_version", &version); err != nil || version != len(steps)-1 {
		t.Errorf("schema %d, %v", version, err)
	}
	holdsTheFixture(t, s)
	un := unlock(t, s, 1)
	key := un.DataKey()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	kept := filepath.Join(s.Dir, store.FirstVersion+store.BeforeMigration)
	if err := sealed.Check(kept, key); err != nil {
		t.Fatalf("the copy: %v", err)
	}
	// The way back by hand: the copy takes the list's name.
	rename(t, kept, string(database(s)))
	s.Store, s.Owner = nil, nil
	var err error
	if s.Store, s.Owner, err = store.Open(t.Context(), s.Options(), un); err != nil {
		t.Fatal(err)
	}
	holdsTheFixture(t, s)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// What a crash in a migration leaves beside a list that is up to date goes at
// the next start.
func TestAnOldCopyIsRemoved(t *testing.T) {
	s, un := closed(t)
	left := filepath.Join(s.Dir, store.FirstVersion+store.BeforeMigration)
	if err := os.WriteFile(left, make([]byte, 8192), 0o600); err != nil {
		t.Fatal(err)
	}
	again, _, err := store.Open(t.Context(), s.Options(), un)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
	if after := contents(t, s.Dir); len(after) != 2 || after[account.FileName] == nil {
		t.Errorf("%d files", len(after))
	}
}
