package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// shellPeer is what tables call the C sqlite3 shell.
const shellPeer = "sqlite3"

// settings are what the shell works with: as much memory as Lethe's
// connections take, and synced as they are.
const settings = `PRAGMA synchronous = FULL;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -65536;
`

// shell runs the sqlite3 shell on a database, with what write gives it as its
// input, and answers its output. It stops at the first error.
func shell(ctx context.Context, path string, write func(io.Writer) error) (string, error) {
	// No settings of the person's own.
	cmd := exec.CommandContext(ctx, "sqlite3", "-batch", "-bail", "-init", os.DevNull, path)
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	in, err := cmd.StdinPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	err = write(in)
	err = errors.Join(err, in.Close(), cmd.Wait())
	if text := strings.TrimSpace(complaint.String()); text != "" {
		err = errors.Join(err, fmt.Errorf("sqlite3: %s", text))
	}
	return out.String(), errors.Join(err, ctx.Err())
}

// ask runs a script in the shell.
func ask(ctx context.Context, path, script string) (string, error) {
	return shell(ctx, path, func(w io.Writer) error {
		_, err := io.WriteString(w, script)
		return err
	})
}

// timedLines parts the output of a shell that was told ".timer on" into the
// times of its statements and the other lines.
func timedLines(output string) (times []time.Duration, lines []string, err error) {
	for line := range strings.Lines(output) {
		line = strings.TrimSuffix(line, "\n")
		rest, isTime := strings.CutPrefix(line, "Run Time: real ")
		if !isTime {
			lines = append(lines, line)
			continue
		}
		text, _, _ := strings.Cut(rest, " ")
		s, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return nil, nil, fmt.Errorf("sqlite3: %q is no time", line)
		}
		times = append(times, time.Duration(s*float64(time.Second)))
	}
	return times, lines, nil
}

// quote writes a text as SQL does.
func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// quoteAll writes a list of texts as IN wants it.
func quoteAll(texts []string) string {
	quoted := make([]string, 0, len(texts))
	for _, text := range texts {
		quoted = append(quoted, quote(text))
	}
	return "(" + strings.Join(quoted, ", ") + ")"
}
