package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"
)

var someResults = []result{
	{figure{name: "delete_1m", peer: "sqlite3", unit: inSeconds, goal: 0.7}, 1.5, 2, 0.75},
	{figure{name: "filter_1m", peer: "sqlite3", unit: inSeconds, goal: 0.2}, 0.0042, 0.105, 0.04},
	{figure{name: "memory_1m", unit: inBytes, goal: 200}, 150, 0, 0},
}

func TestTable(t *testing.T) {
	ratio := 0.5
	before := []reported{
		{Name: "delete_1m", Value: 1, Unit: "s", Peer: "sqlite3", Ratio: &ratio},
		{Name: "memory_1m", Value: 300, Unit: "bytes"},
	}
	var out bytes.Buffer
	if err := writeTable(&out, someResults, before); err != nil {
		t.Fatal(err)
	}
	want := `figure      Lethe     peer               ratio    goal               before
delete_1m   1.50 s    2.00 s   sqlite3   0.750    ≤ 0.7     missed   0.500 (+50 %)
filter_1m   4.20 ms   105 ms   sqlite3   0.0400   ≤ 0.2              
memory_1m   150 B                                 ≤ 200 B            300 B (-50 %)
`
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
}

func TestJSON(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bench.json")
	if none, err := readJSON(path); err != nil || none != nil {
		t.Errorf("%v, %v from nothing", none, err)
	}
	if err := writeJSON(path, []result{someResults[0], someResults[2]}); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := `[
  {
    "name": "delete_1m",
    "value": 1.5,
    "unit": "s",
    "peer": "sqlite3",
    "peer_value": 2,
    "ratio": 0.75
  },
  {
    "name": "memory_1m",
    "value": 150,
    "unit": "bytes",
    "peer": "",
    "peer_value": null,
    "ratio": null
  }
]
`
	if string(got) != want {
		t.Errorf("got %s", got)
	}
	again, err := readJSON(path)
	if err != nil || len(again) != 2 || *again[0].Ratio != 0.75 || again[1].Ratio != nil {
		t.Errorf("read %v, %v", again, err)
	}
}

func TestSignificant(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0.00", 0.012345: "0.0123", 0.5: "0.500", 1.234: "1.23", 12.34: "12.3", 123.4: "123", 1234: "1234",
	} {
		if got := significant(v); got != want {
			t.Errorf("%g is %q, want %q", v, got, want)
		}
	}
}

func TestProgress(t *testing.T) {
	var out bytes.Buffer
	p := &progress{out: &out, live: true, every: time.Hour}
	p.show("one")
	p.show("two") // a moment later
	p.clear()
	p.clear()
	if want := "\r\x1b[Kone\r\x1b[K"; out.String() != want {
		t.Errorf("%q", out.String())
	}
	out.Reset()
	p = &progress{out: &out}
	p.show("one")
	p.clear()
	if out.String() != "one\n" {
		t.Errorf("%q", out.String())
	}
}
