package diagnose

import (
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"lethe/data"
)

// Unknown is how many members there are for who may not see them.
const Unknown = -1

// Report is what the file says. Its fields are numbers, and words of the
// program: there is no place in it for a text that somebody entered.
type Report struct {
	Made     time.Time
	Version  string
	Language string
	Theme    string
	Scale    float32
	Window   fyne.Size
	Demo     bool
	Usual    bool // the data folder is the one that Lethe takes by itself
	Bytes    int64
	// Customers are those whom the person sees, Role is the kind of theirs.
	Customers int
	Role      data.RoleKind
	// Members, OTP and Outbox are what the person's role lets them see: Unknown
	// and none otherwise.
	Members int
	OTP     string
	Outbox  map[data.OutboxState]int
	Recent  []Record
}

// Write writes the report as plain text, in English: it is for whoever helps.
func (r Report) Write(to io.Writer) error {
	w := &writer{to: to}
	w.line("Lethe diagnostics, made %s", r.Made.UTC().Format(time.RFC3339))
	w.line("It names no customer, no member, no business and no folder.")
	w.line("")
	w.line("Lethe      %s", r.Version)
	w.line("System     %s/%s, %d processors", runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	w.line("Built by   %s", runtime.Version())
	w.line("Window     %.0f x %.0f, scale %.2f, theme %s, language %s", r.Window.Width, r.Window.Height, r.Scale, r.Theme, r.Language)
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	w.line("Memory     %d MB of the heap in use, %d MB from the system", m.HeapInuse>>20, m.Sys>>20)
	w.line("Goroutines %d", runtime.NumGoroutine())
	w.line("")
	w.line("Folder     usual %v, sample %v, %d bytes", r.Usual, r.Demo, r.Bytes)
	w.line("Customers  %d in sight", r.Customers)
	w.line("Team       %d members; this one's role is of the kind %s", r.Members, r.Role)
	w.line("OTPs       %s", r.OTP)
	for _, state := range slices.Sorted(maps.Keys(r.Outbox)) {
		w.line("Outbox     %d %s", r.Outbox[state], state)
	}
	w.line("")
	w.line("Last records of the log: %d", len(r.Recent))
	for _, one := range r.Recent {
		w.line("%s %s %s", one.At.UTC().Format(time.RFC3339), one.Level, one.Message)
		if one.Stack != "" {
			w.line("%s", one.Stack)
		}
	}
	return w.err
}

// writer keeps the first error.
type writer struct {
	to  io.Writer
	err error
}

func (w *writer) line(format string, values ...any) {
	if w.err == nil {
		_, w.err = fmt.Fprintf(w.to, format+"\n", values...)
	}
}
