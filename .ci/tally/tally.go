package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// event is a line of go test -json, see go doc test2json. Lines about builds
// carry ImportPath instead of Package.
type event struct {
	Action      string
	Package     string
	ImportPath  string
	Test        string
	Output      string
	Elapsed     float64
	FailedBuild string
}

// Tally counts tests, subtests among them. A package that fails without a
// failing test (it does not build, or exits by itself) counts as one failed.
type Tally struct {
	Passed, Failed, Skipped int

	out      io.Writer
	packages map[string]*pkg
	builds   map[string]*bytes.Buffer
}

// pkg is what is known of a package that has not finished.
type pkg struct {
	output                  bytes.Buffer // what belongs to no test
	tests                   map[string]*bytes.Buffer
	order                   []string // of tests that have not passed
	failures                []string
	passed, failed, skipped int
	cached                  bool
}

// NewTally returns an empty tally that reports each package to out.
func NewTally(out io.Writer) *Tally {
	return &Tally{out: out, packages: map[string]*pkg{}, builds: map[string]*bytes.Buffer{}}
}

// Good says whether tests ran and none failed.
func (t *Tally) Good() bool { return t.Failed == 0 && t.Passed > 0 }

// String returns the closing line.
func (t *Tally) String() string {
	line := fmt.Sprintf("%d passed, %d failed", t.Passed, t.Failed)
	if t.Skipped > 0 {
		line += fmt.Sprintf(", %d skipped", t.Skipped)
	}
	return line
}

// Read takes in the events of a run until r ends. Packages that never
// finished count as failed.
func (t *Tally) Read(r io.Reader) error {
	events := json.NewDecoder(r)
	for {
		var e event
		err := events.Decode(&e)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			// Let go test end by itself rather than by a broken pipe.
			_, _ = io.Copy(io.Discard, r)
			return fmt.Errorf("reading events: %w", err)
		}
		t.take(e)
	}
	for name := range t.packages {
		t.finish(event{Action: "fail", Package: name})
	}
	return nil
}

// shown begins a line of a test that is printed at once: a figure, or how far a
// long proof is.
const shown = "» "

func (t *Tally) take(e event) {
	if e.Action == "output" && strings.HasPrefix(e.Output, shown) {
		fmt.Fprint(t.out, e.Output)
		return
	}
	switch {
	case e.Action == "build-output":
		t.build(e.ImportPath).WriteString(e.Output)
	case e.Package == "":
	case e.Test != "":
		t.pkg(e.Package).take(e)
	case e.Action == "start":
		t.pkg(e.Package)
	case e.Action == "output":
		p := t.pkg(e.Package)
		p.output.WriteString(e.Output)
		p.cached = p.cached || strings.HasSuffix(e.Output, "\t(cached)\n")
	case e.Action == "pass", e.Action == "fail", e.Action == "skip":
		t.finish(e)
	}
}

func (t *Tally) pkg(name string) *pkg {
	if t.packages[name] == nil {
		t.packages[name] = &pkg{tests: map[string]*bytes.Buffer{}}
	}
	return t.packages[name]
}

func (t *Tally) build(name string) *bytes.Buffer {
	if t.builds[name] == nil {
		t.builds[name] = &bytes.Buffer{}
	}
	return t.builds[name]
}

// take takes in an event of one test. The output of a test is kept until it
// is known to have passed.
func (p *pkg) take(e event) {
	switch e.Action {
	case "run":
		p.tests[e.Test] = &bytes.Buffer{}
		p.order = append(p.order, e.Test)
	case "output":
		if b := p.tests[e.Test]; b != nil && !strings.HasPrefix(e.Output, "=== ") {
			b.WriteString(e.Output)
		}
	case "pass":
		p.passed++
		delete(p.tests, e.Test)
	case "skip":
		p.skipped++
		delete(p.tests, e.Test)
	case "fail":
		p.failed++
		p.failures = append(p.failures, e.Test)
	}
}

// finish counts a package and reports it.
func (t *Tally) finish(e event) {
	p := t.pkg(e.Package)
	delete(t.packages, e.Package)

	if e.Action == "fail" {
		p.closeOpen()
		if p.failed == 0 {
			p.failed = 1
		}
	}
	t.Passed += p.passed
	t.Failed += p.failed
	t.Skipped += p.skipped

	switch {
	case e.Action == "fail":
		t.report(e, p)
	case p.passed+p.skipped > 0:
		took := fmt.Sprintf("%.1f s", e.Elapsed)
		if p.cached {
			took = "as before"
		}
		fmt.Fprintf(t.out, "ok    %s  %d passed, %s\n", e.Package, p.passed, took)
	}
}

// closeOpen counts tests that began and never ended as failed: a time-out or
// an exit took them along.
func (p *pkg) closeOpen() {
	ended := map[string]bool{}
	for _, name := range p.failures {
		ended[name] = true
	}
	for _, name := range p.order {
		if p.tests[name] != nil && !ended[name] {
			p.failed++
			p.failures = append(p.failures, name)
		}
	}
}

// report prints all that a failed package said, less its tests that passed.
func (t *Tally) report(e event, p *pkg) {
	fmt.Fprintf(t.out, "FAIL  %s  %d passed, %d failed\n", e.Package, p.passed, p.failed)
	if b := t.builds[e.FailedBuild]; b != nil {
		_, _ = t.out.Write(b.Bytes())
	}
	for _, name := range p.order {
		if b := p.tests[name]; b != nil {
			_, _ = t.out.Write(b.Bytes())
		}
	}
	for line := range strings.Lines(p.output.String()) {
		if line != "FAIL\n" && !strings.HasPrefix(line, "FAIL\t") {
			fmt.Fprint(t.out, line)
		}
	}
}
