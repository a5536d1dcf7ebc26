package onscreen

import (
	"bytes"
	"errors"
	"os"
	"runtime/debug"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
)

// rest ends with the resident memory of the process, some time after the first
// frame.
func (m *meter) rest() {
	m.watch.next(func(time.Duration) {
		time.AfterFunc(m.task.Settle, func() {
			fyne.Do(func() {
				debug.FreeOSMemory() // what was garbage is not what it takes
				size, err := resident()
				m.end(size, err)
			})
		})
	})
}

var errNoSize = errors.New("this system doesn't tell how much memory a process has")

// resident is the memory that the process has in RAM, in bytes; see proc(5),
// /proc/pid/status.
func resident() (float64, error) {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	for line := range bytes.Lines(text) {
		rest, ok := bytes.CutPrefix(line, []byte("VmRSS:"))
		if !ok {
			continue
		}
		kb, err := strconv.ParseFloat(string(bytes.TrimSpace(bytes.TrimSuffix(bytes.TrimSpace(rest), []byte("kB")))), 64)
		return kb * 1024, err
	}
	return 0, errNoSize
}
