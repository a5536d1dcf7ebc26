package main

import (
	"bytes"
	"encoding/json"
	"errors"
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
	probe.Act
	doing []string
}

// measure does something and writes down how long it took. Stalls count for it
// until the next act is measured.
func (t *tour) measure(act string, do func()) {
	if t.err != nil {
		return
	}
	m := t.meter
	m.acts = append(m.acts, measured{Act: probe.Act{Name: act}})
	begun := time.Now()
	do()
	if t.err != nil {
		return
	}
	a := &m.acts[len(m.acts)-1]
	a.Seconds = time.Since(begun).Seconds()
	_, err := t.look() // for what came since the last look
	t.fail(err)
	if a.Longest.Milliseconds == 0 && t.err == nil {
		t.fail(fmt.Errorf("%w: %s", errNotWatched, act))
	}
	a.Resident, a.Peak = memory(t.program.Cmd.Process.Pid)
}

// errNotWatched is of an act in which no round of the window's loop was counted,
// which takes 16 ms at least.
var errNotWatched = errors.New("nobody watched the window")

// note takes in what a look tells of stalls.
func (m *meter) note(s *snapshot) {
	if m == nil || len(m.acts) == 0 {
		return
	}
	a := &m.acts[len(m.acts)-1]
	if s.Longest.Milliseconds > a.Longest.Milliseconds {
		a.Longest = s.Longest
	}
	a.Busiest, a.Answer = max(a.Busiest, s.Busiest), max(a.Answer, s.Answer)
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

// printMeter shows the acts as a table, also those before one that failed, and
// leaves in the folder of the pictures what the window was doing in its stalls,
// and the acts for who reads them.
func (t *tour) printMeter() {
	if len(t.meter.acts) == 0 {
		return
	}
	var doing strings.Builder
	var acts []probe.Act
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 3, ' ', 0)
	fmt.Fprintln(w, "act\tuntil seen\tlongest stall\twork in it\tof the program\tmost work at once\tlongest answer\tin RAM\tat most")
	for _, a := range t.meter.acts {
		fmt.Fprintf(w, "%s\t%.2f s\t%d ms\t%d ms\t%d ms\t%d ms\t%d ms\t%d MB\t%d MB\n", a.Name, a.Seconds,
			a.Longest.Milliseconds, a.Longest.Work, a.Longest.All, a.Busiest, a.Answer, a.Resident/1024, a.Peak/1024)
		for _, stack := range a.doing {
			fmt.Fprintf(&doing, "%s: %s\n\n", a.Name, stack)
		}
		a.Longest.Doing = ""
		acts = append(acts, a.Act)
	}
	t.fail(w.Flush())
	if doing.Len() > 0 {
		t.fail(os.WriteFile(filepath.Join(t.out, "stalls.txt"), []byte(doing.String()), 0o600))
	}
	text, err := json.MarshalIndent(acts, "", "  ")
	t.fail(errors.Join(err, os.WriteFile(filepath.Join(t.out, probe.ActsName), append(text, '\n'), 0o600)))
}
