package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lethe/app/probe"
	"lethe/data/store/storetest"
)

func testBench(t *testing.T, customers int) *bench {
	return &bench{dir: t.TempDir(), customers: customers, frames: 1, unsealed: os.Args[0], tour: os.Args[0], kdf: storetest.KDF, progress: &progress{out: &bytes.Buffer{}, every: time.Hour}}
}

// The tests' own program measures when a figure asks for it.
func TestMain(m *testing.M) {
	if is, err := asked(context.Background()); is {
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if os.Getenv(tourVariable) != "" {
		if err := standInTour(os.Args[1:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// tourVariable tells the tests' own program that it is the tour.
const tourVariable = "LETHE_BENCH_TEST_TOUR"

// standInTour writes what the tour writes. What it is asked for is what the
// tour takes.
func standInTour(args []string) error {
	f := flag.NewFlagSet("tour", flag.ContinueOnError)
	only, n, out := f.String("only", "", ""), f.Int("customers", 0, ""), f.String("out", "", "")
	if err := f.Parse(args); err != nil {
		return err
	}
	if *only != "many" || *n != 3000 {
		return fmt.Errorf("asked for %q with %d customers", *only, *n)
	}
	text := `[{"name":"a","longest":{"milliseconds":30},"busiest":9},{"name":"b","longest":{"milliseconds":20},"busiest":12}]`
	return errors.Join(os.MkdirAll(*out, 0o777), os.WriteFile(filepath.Join(*out, probe.ActsName), []byte(text), 0o666))
}

// The longest stall and the most work may belong to different acts.
func TestStalls(t *testing.T) {
	t.Setenv(tourVariable, "1")
	b := testBench(t, 3000)
	results, err := b.takeAll(t.Context(), []figure{longestStall, windowWork})
	if err != nil || len(results) != 2 || results[0].value != 0.03 || results[1].value != 0.012 {
		t.Errorf("%+v, %v", results, err)
	}
}

// Every figure can be taken: on few customers, where the times mean nothing,
// but both sides must find and delete the same ones.
func TestFigures(t *testing.T) {
	t.Setenv(tourVariable, "1")
	b := testBench(t, 3000)
	few := make([]figure, 0, len(figures))
	for _, f := range figures {
		f.runs = 1
		few = append(few, f)
	}
	results, err := b.takeAll(t.Context(), few)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range results {
		if r.name != figures[i].name || r.value <= 0 { // the shell counts in milliseconds
			t.Errorf("%s: %g and %g %s", r.name, r.value, r.peerValue, r.unit)
		}
	}
	if _, err := os.Stat(b.work()); !os.IsNotExist(err) {
		t.Errorf("what is thrown away is still there: %v", err)
	}
	every, err := b.cached("*")
	if err != nil {
		t.Fatal(err)
	}
	if left, err := filepath.Glob(every); err != nil || len(left) != 5 {
		t.Errorf("%q is kept, %v", left, err)
	}
}

// An interrupted making leaves nothing that is taken for the whole.
func TestMakingAgain(t *testing.T) {
	b := testBench(t, 1)
	fail := func(path string) error {
		if err := os.WriteFile(path, []byte("half"), 0o666); err != nil {
			t.Error(err)
		}
		return os.ErrInvalid
	}
	if _, err := b.make("list", fail); err == nil {
		t.Fatal("the error is lost")
	}
	whole := func(path string) error { return os.WriteFile(path, []byte("whole"), 0o666) }
	path, err := b.make("list", whole)
	if err != nil {
		t.Fatal(err)
	}
	again, err := b.make("list", fail)
	if err != nil || again != path {
		t.Fatalf("made again as %s, %v", again, err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "whole" {
		t.Errorf("%q, %v", text, err)
	}
}

func TestMedian(t *testing.T) {
	for _, tt := range []struct {
		all  []float64
		want float64
	}{
		{[]float64{7}, 7},
		{[]float64{9, 1}, 5},
		{[]float64{9, 1, 3}, 3},
	} {
		if got := median(tt.all); got != tt.want {
			t.Errorf("median of %v is %v", tt.all, got)
		}
	}
}

func TestPercentile(t *testing.T) {
	twenty := make([]float64, 20)
	for i := range twenty {
		twenty[i] = float64(20 - i)
	}
	for p, want := range map[int]float64{0: 1, 50: 10, 95: 19, 100: 20} {
		if got := percentile(twenty, p); got != want {
			t.Errorf("percentile %d is %g, want %g", p, got, want)
		}
	}
}

// What noise only adds to is judged by the best pair of runs.
func TestBestPair(t *testing.T) {
	lethe, peer := []float64{6, 3, 9}, []float64{3, 2, 3}
	if r := (figure{peer: "a", best: true}).result(lethe, peer); r.value != 3 || r.peerValue != 2 || r.ratio != 1.5 {
		t.Errorf("%g of %g, %g", r.value, r.peerValue, r.ratio)
	}
	if r := (figure{peer: "a"}).result(lethe, peer); r.value != 6 || r.peerValue != 3 || r.ratio != 2 {
		t.Errorf("%g of %g, %g", r.value, r.peerValue, r.ratio)
	}
	if r := (figure{}).result(lethe, nil); r.value != 6 || r.judged() != 6 {
		t.Errorf("%g alone, judged by %g", r.value, r.judged())
	}
}

func TestKeystrokes(t *testing.T) {
	all := keystrokes()
	for _, want := range []string{"a", "asha", "98200", "98200 5", "+91", "गौ", "गौरी"} {
		if !slices.Contains(all, want) {
			t.Errorf("%q isn't typed", want)
		}
	}
	for _, text := range all {
		if strings.TrimSpace(text) != text {
			t.Errorf("%q is typed", text)
		}
	}
}

func TestChoose(t *testing.T) {
	if all, err := choose(nil); err != nil || len(all) != len(figures) {
		t.Errorf("%d of %d, %v", len(all), len(figures), err)
	}
	if one, err := choose([]string{"filter_rows_1m"}); err != nil || len(one) != 1 || one[0].name != "filter_rows_1m" {
		t.Errorf("%v, %v", one, err)
	}
	if _, err := choose([]string{"none"}); err == nil || !strings.Contains(err.Error(), "none") {
		t.Errorf("an unknown name: %v", err)
	}
}
