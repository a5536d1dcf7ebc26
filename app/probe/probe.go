//go:build probe

package probe

import (
	"encoding/json"
	"log"
	"net"
	"os"
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

// socketVariable names the socket. Without it nothing is listened to.
const socketVariable = "LETHE_PROBE"

// The program has nothing to do for the probe but to import it.
func init() {
	if path := os.Getenv(socketVariable); path != "" {
		go serve(path)
	}
}

// serve answers until the program ends. Whoever connects has seen the window,
// so there is an app by then.
func serve(path string) {
	listener, err := net.Listen("unix", path)
	if err != nil {
		log.Println("the probe can't listen:", err)
		return
	}
	w := &watchdog{}
	var watching sync.Once
	for {
		c, err := listener.Accept()
		if err != nil {
			return
		}
		watching.Do(func() { go w.watch() }) // there is a loop to watch now
		answer(c, w)
	}
}

// answer sends one snapshot. It gives up where the window's goroutine has no
// time for it, as at the end of the program.
func answer(c net.Conn, w *watchdog) {
	const patience = 5 * time.Second
	defer c.Close()
	taken := make(chan Snapshot, 1)
	fyne.Do(func() {
		begun := time.Now()
		defer func() { w.probed(time.Since(begun)) }()
		if windows := fyne.CurrentApp().Driver().AllWindows(); len(windows) > 0 {
			taken <- look(windows[0])
		}
	})
	select {
	case s := <-taken:
		w.take(&s)
		// An asker that has gone needs no answer.
		_ = json.NewEncoder(c).Encode(s)
	case <-time.After(patience):
	}
}
