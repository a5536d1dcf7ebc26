package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

func main() {
	binary := flag.String("binary", filepath.Join("build", "lethe-probe"), "the `program`, built with the tag probe")
	out := flag.String("out", filepath.Join("build", "tour"), "the `folder` of the pictures")
	pictures := flag.Bool("pictures", false, "copy what README shows to assets/screenshots")
	only := flag.String("only", "", "one `part` only: own, told, team, demo, customer, backups, data, many, people, ready, first or sizes, of which sizes:NAME takes one setting")
	customers := flag.Int("customers", usual, "how many customers the part many has")
	var how manner
	flag.BoolVar(&how.dark, "dark", false, "begin each part in the dark theme")
	flag.BoolVar(&how.small, "small", false, "take each picture once more in a window of 800×600")
	flag.Parse()
	os.Exit(run(*binary, *out, *only, *customers, *pictures, how))
}

// manner is how a tour looks at what it shows, beside the usual.
type manner struct{ dark, small bool }

// limit is how long a tour may take on a slow machine.
const limit = 30 * time.Minute

func run(binary, out, only string, customers int, pictures bool, how manner) int {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, limit)
	defer cancel()

	begun := time.Now()
	t, err := newTour(ctx, binary, out)
	if err == nil {
		t.manner = how
		t.afresh()
		t.take(only, customers)
		err = errors.Join(t.err, t.close())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "The tour ended early:", err)
		return 1
	}
	fmt.Printf("%d pictures in %s, all checks passed, %s.\n", t.pictures, out, time.Since(begun).Round(time.Second))
	if !pictures {
		return 0
	}
	if err := t.publish(); err != nil {
		fmt.Fprintln(os.Stderr, "The pictures were not copied:", err)
		return 1
	}
	return 0
}

// take goes through the parts of the tour.
func (t *tour) take(only string, customers int) {
	if only == "" || only == "own" {
		t.ownBusiness()
	}
	if only == "" || only == "told" {
		t.afresh()
		t.confirmations()
	}
	if only == "" || only == "demo" {
		t.afresh()
		t.sampleCustomers()
	}
	if only == "" || only == "team" {
		t.afresh()
		t.team()
	}
	if only == "customer" { // a part of own
		t.firstRun()
		t.quit()
		t.importList()
		t.customerPage()
		t.quit()
	}
	if only == "" || only == "backups" {
		t.afresh()
		t.backups()
	}
	if only == "" || only == "people" {
		t.afresh()
		t.people()
	}
	if only == "" || only == "many" {
		t.afresh()
		t.veryMany(customers)
	}
	if only == "" || only == "ready" {
		t.afresh()
		t.ready()
	}
	if only == "first" { // at the pace of a person
		t.firstMinutes()
	}
	if setting, ok := strings.CutPrefix(only, "sizes"); ok { // not in the whole tour: it takes its time
		t.sizes(strings.TrimPrefix(setting, ":"))
	}
	if only == "" || only == "data" {
		t.afresh()
		t.filesInAndOut()
	}
}

// afresh makes the next part independent of those before: no list, and nothing
// remembered of the window.
func (t *tour) afresh() {
	config := filepath.Join(t.home, "config", "app.lethe.desktop")
	t.fail(errors.Join(os.RemoveAll(filepath.Join(t.home, "data")), os.RemoveAll(config)))
	if t.dark {
		t.fail(errors.Join(os.MkdirAll(config, 0o700),
			os.WriteFile(filepath.Join(config, "window.json"), []byte(`{"look.variant":"dark"}`), 0o600)))
	}
}
