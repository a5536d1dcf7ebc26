package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"lethe/app/probe"
)

// meter writes down what acts took: until what they led to was seen, the
// longest time in which the window heard no key and no click, and the memory
// afterwards.
type meter struct {
	acts []measured
}

type measured struct {
	act      string
	took     time.Duration
	longest  probe.Stall
	busiest  int // milliseconds of CPU time of the window's thread
	resident int // kB
	peak     int // kB, so far
	doing    []string
}

// measure does something and writes down how long it took. Stalls count for it
// until the next act is measured.
func (t *tour) measure(act string, do func()) {
	if t.err != nil {
		return
	}
	m := t.meter
	m.acts = append(m.acts, measured{act: act})
	begun := time.Now()
	do()
	if t.err != nil {
		return
	}
	a := &m.acts[len(m.acts)-1]
	a.took = time.Since(begun)
	_, err := t.look() // for what came since the last look
	t.fail(err)
	a.resident, a.peak = memory(t.program.Cmd.Process.Pid)
}

// note takes in what a look tells of stalls.
func (m *meter) note(s *snapshot) {
	if m == nil || len(m.acts) == 0 {
		return
	}
	a := &m.acts[len(m.acts)-1]
	if s.Longest.Milliseconds > a.longest.Milliseconds {
		a.longest = s.Longest
	}
	a.busiest = max(a.busiest, s.Busiest)
	for _, stall := range s.Stalls {
		a.doing = append(a.doing, fmt.Sprintf("%d ms, work %d of %d:\n%s", stall.Milliseconds, stall.Work, stall.All, stall.Doing))
	}
}

// memory is what a process has in RAM now and had at most, in kB; see proc(5).
func memory(pid int) (resident, peak int) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, 0
	}
	for line := range bytes.Lines(text) {
		name, value, _ := strings.Cut(string(line), ":")
		n, _ := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")))
		switch name {
		case "VmRSS":
			resident = n
		case "VmHWM":
			peak = n
		}
	}
	return resident, peak
}

// printMeter shows the acts as a table, also those before one that failed, and leaves in the folder of the pictures
// what the window was doing in its stalls.
func (t *tour) printMeter() {
	if len(t.meter.acts) == 0 {
		return
	}
	var doing strings.Builder
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 3, ' ', 0)
	fmt.Fprintln(w, "act\tuntil seen\tlongest stall\twork in it\tof the program\tmost work at once\tin RAM\tat most")
	for _, a := range t.meter.acts {
		fmt.Fprintf(w, "%s\t%s\t%d ms\t%d ms\t%d ms\t%d ms\t%d MB\t%d MB\n", a.act, a.took.Round(10*time.Millisecond),
			a.longest.Milliseconds, a.longest.Work, a.longest.All, a.busiest, a.resident/1024, a.peak/1024)
		for _, stack := range a.doing {
			fmt.Fprintf(&doing, "%s: %s\n\n", a.act, stack)
		}
	}
	t.fail(w.Flush())
	if doing.Len() > 0 {
		t.fail(os.WriteFile(filepath.Join(t.out, "stalls.txt"), []byte(doing.String()), 0o600))
	}
}
