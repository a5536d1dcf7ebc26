// Command tally runs go test and counts. It prints a line for each package
// that has finished and the output of what failed, and ends with
// "N passed, N failed" alone on a line.
//
// It fails when a test fails, when a package does not build, and when no test
// ran at all. Its arguments are those of go test.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// patience is how long nothing may be printed before a sign of life is.
const patience = 30 * time.Second

func main() {
	count, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "tally:", err)
	}
	fmt.Println(count)
	if err != nil || !count.Good() {
		os.Exit(1)
	}
}

// run calls go test with args and reads its events. The error is go's own, or
// that of reading it; a failed test is no error but in the count.
func run(args []string) (*Tally, error) {
	out := &printer{w: os.Stdout, last: time.Now()}
	count := NewTally(out)

	cmd := exec.Command("go", append([]string{"test", "-json"}, args...)...)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return count, err
	}
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return count, err
	}
	if err := cmd.Start(); err != nil {
		return count, err
	}

	var readers sync.WaitGroup
	readers.Go(func() { pass(stderr, os.Stderr) })
	stop := make(chan struct{})
	go out.reassure(stop)

	readErr := count.Read(stdout)
	readers.Wait()
	close(stop)

	waitErr := cmd.Wait()
	if readErr != nil {
		return count, readErr
	}
	if waitErr != nil && count.Failed == 0 {
		return count, fmt.Errorf("go test: %w", waitErr)
	}
	return count, nil
}

// pass copies what go says on its standard error, less its downloads.
func pass(from io.Reader, to io.Writer) {
	lines := bufio.NewScanner(from)
	for lines.Scan() {
		if !strings.HasPrefix(lines.Text(), "go: downloading ") {
			fmt.Fprintln(to, lines.Text())
		}
	}
}

// printer is a writer that knows when it was last used.
type printer struct {
	mu   sync.Mutex
	w    io.Writer
	last time.Time
}

// Write implements io.Writer.
func (p *printer) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = time.Now()
	return p.w.Write(b)
}

// reassure prints a line whenever nothing was printed for a while, until stop
// is closed: the first build of the window toolkit takes minutes.
func (p *printer) reassure(stop <-chan struct{}) {
	start := time.Now()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return
		case <-tick.C:
			p.mu.Lock()
			silent := time.Since(p.last)
			p.mu.Unlock()
			if silent >= patience {
				fmt.Fprintf(p, "… still building and testing, %d s\n", int(time.Since(start).Seconds()))
			}
		}
	}
}
