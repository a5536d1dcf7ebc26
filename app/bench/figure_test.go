package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func testBench(t *testing.T, customers int) *bench {
	return &bench{dir: t.TempDir(), customers: customers, progress: &progress{out: &bytes.Buffer{}, every: time.Hour}}
}

// Every figure can be taken: on few customers, where the times mean nothing,
// but both sides must find and delete the same ones.
func TestFigures(t *testing.T) {
	b := testBench(t, 3000)
	few := make([]figure, 0, len(figures))
	for _, f := range figures {
		f.runs = 2
		few = append(few, f)
	}
	results, err := b.takeAll(t.Context(), few)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range results {
		if r.name != figures[i].name || r.value <= 0 { // the shell counts in milliseconds
			t.Errorf("%s: %g and %g seconds", r.name, r.value, r.peerValue)
		}
	}
	if _, err := os.Stat(b.work()); !os.IsNotExist(err) {
		t.Errorf("what is thrown away is still there: %v", err)
	}
	if left, err := filepath.Glob(b.cached("*")); err != nil || len(left) != 2 {
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
		all  []time.Duration
		want time.Duration
	}{
		{[]time.Duration{7}, 7},
		{[]time.Duration{9, 1}, 5},
		{[]time.Duration{9, 1, 3}, 3},
	} {
		if got := median(tt.all); got != tt.want {
			t.Errorf("median of %v is %v", tt.all, got)
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
