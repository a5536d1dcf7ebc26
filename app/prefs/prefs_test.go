package prefs_test

import (
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"

	"lethe/app/prefs"
)

func open(path string) *prefs.Prefs { return prefs.Open(path, slog.New(slog.DiscardHandler)) }

func TestKeptInTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "window.json")
	p := open(path)
	p.SetString("text", "नाम")
	p.SetInt("int", 7)
	p.SetFloat("float", 1.5)
	p.SetFloat("whole", 2)
	p.SetBool("bool", true)
	p.SetStringList("texts", []string{"a", "b"})
	p.SetIntList("ints", []int{1, 2})
	p.SetFloatList("floats", []float64{1, 2.5})
	p.SetBoolList("bools", []bool{true, false})
	p.SetString("gone", "x")
	p.RemoveValue("gone")
	p.Flush()

	p = open(path)
	switch {
	case p.String("text") != "नाम", p.Int("int") != 7, p.Float("float") != 1.5, p.Float("whole") != 2, !p.Bool("bool"),
		!slices.Equal(p.StringList("texts"), []string{"a", "b"}),
		!slices.Equal(p.IntList("ints"), []int{1, 2}),
		!slices.Equal(p.FloatList("floats"), []float64{1, 2.5}),
		!slices.Equal(p.BoolList("bools"), []bool{true, false}),
		p.StringWithFallback("gone", "none") != "none":
		text, _ := os.ReadFile(path)
		t.Errorf("read back from:\n%s", text)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func TestFallbacks(t *testing.T) {
	p := open(filepath.Join(t.TempDir(), "window.json"))
	p.SetString("text", "x")
	p.SetFloat("nan", math.NaN())
	if p.IntWithFallback("text", 3) != 3 || p.IntWithFallback("none", 4) != 4 || p.FloatWithFallback("nan", 5) != 5 ||
		p.String("none") != "" || len(p.StringList("none")) != 0 {
		t.Error("a value of another kind, or none, isn't the fallback")
	}
	p.Flush()
}

func TestFileThatCannotBeRead(t *testing.T) {
	for _, text := range []string{"", "{", "null", "[1]", `{"a":`, "\x00"} {
		path := filepath.Join(t.TempDir(), "window.json")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		p := open(path)
		p.SetInt("a", 1)
		p.Flush()
		if got := open(path).Int("a"); got != 1 {
			t.Errorf("after a file of %q: %d", text, got)
		}
	}
}

// Whoever reads the file while it is written finds a whole one.
func TestNeverHalfWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "window.json")
	p := open(path)
	p.SetString("long", "x")
	p.Flush()
	var all sync.WaitGroup
	for writer := range 4 {
		all.Go(func() {
			for i := range 50 {
				p.SetString(strconv.Itoa(writer), string(make([]byte, i)))
			}
		})
	}
	stop := make(chan struct{})
	read := make(chan int)
	go func() {
		missed := 0
		for {
			if open(path).String("long") != "x" {
				missed++
			}
			select {
			case <-stop:
				read <- missed
				return
			default:
			}
		}
	}()
	all.Wait()
	p.Flush()
	close(stop)
	if missed := <-read; missed > 0 {
		t.Errorf("%d readings met a file that wasn't whole", missed)
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left over: %v, %v", left, err)
	}
}

func TestListeners(t *testing.T) {
	p := open(filepath.Join(t.TempDir(), "window.json"))
	heard := 0
	p.AddChangeListener(func() { heard++ })
	p.SetInt("a", 1)
	p.SetInt("a", 1)
	p.SetInt("a", 2)
	p.RemoveValue("a")
	p.RemoveValue("a")
	p.Flush()
	if heard != 3 || len(p.ChangeListeners()) != 1 {
		t.Errorf("heard %d of 3 changes", heard)
	}
}
