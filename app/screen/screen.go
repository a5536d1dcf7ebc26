// Package screen gives a driver of the window a display of its own: a virtual
// one with a window manager and, where there is one, a message bus, and an
// environment in which programs write below one folder only.
package screen

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// geometry is the usual virtual display's size and depth.
const geometry = "1400x900x24"

const (
	patience = 20 * time.Second // for what is started
	interval = 60 * time.Millisecond
)

// Screen is a display with what runs beside it. One goroutine at a time.
type Screen struct {
	Home string   // everything that programs on it write is below
	Env  []string // what they run in: a home of their own, English, no scaling

	started processes
	display string
}

// Open starts a display that nobody else uses. Close ends it.
func Open(ctx context.Context, home string) (*Screen, error) {
	return OpenSized(ctx, home, geometry)
}

// OpenSized opens one of another size, such as "3840x2160x24": width, height and depth.
func OpenSized(ctx context.Context, home, geometry string) (*Screen, error) {
	s := &Screen{Home: home}
	if err := s.open(ctx, geometry); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close ends what was started with the display; what stands in Home stays.
func (s *Screen) Close() error {
	s.started.end()
	return nil
}

func (s *Screen) open(ctx context.Context, geometry string) error {
	for _, dir := range []string{"run", "data", "config", "cache", "state", "tmp"} {
		if err := os.MkdirAll(filepath.Join(s.Home, dir), 0o700); err != nil {
			return err
		}
	}
	for _, keep := range []string{"PATH", "LD_LIBRARY_PATH", "LIBGL_DRIVERS_PATH"} {
		if v, ok := os.LookupEnv(keep); ok {
			s.Env = append(s.Env, keep+"="+v)
		}
	}
	in := func(dir string) string { return filepath.Join(s.Home, dir) }
	s.Env = append(s.Env,
		"HOME="+s.Home, "LANG=en_US.UTF-8", "TZ=Asia/Kolkata", "LIBGL_ALWAYS_SOFTWARE=1", "FYNE_SCALE=1",
		"TMPDIR="+in("tmp"), "XDG_RUNTIME_DIR="+in("run"), "XDG_DATA_HOME="+in("data"),
		"XDG_CONFIG_HOME="+in("config"), "XDG_CACHE_HOME="+in("cache"), "XDG_STATE_HOME="+in("state"))

	number, err := s.firstLine("Xvfb", []string{"-displayfd", "3", "-screen", "0", geometry, "-nolisten", "tcp", "-dpi", "96"})
	if err != nil {
		return err
	}
	s.display = ":" + number
	s.Env = append(s.Env, "DISPLAY="+s.display)
	if _, err := exec.LookPath("dbus-daemon"); err == nil {
		address, err := s.firstLine("dbus-daemon", []string{"--session", "--nofork", "--nopidfile", "--print-address=3"})
		if err != nil {
			return err
		}
		s.Env = append(s.Env, "DBUS_SESSION_BUS_ADDRESS="+address)
	}
	return s.startWindowManager(ctx)
}

// firstLine starts a program that goes on running and answers with the first
// line that it writes to its file 3.
func (s *Screen) firstLine(name string, args []string) (string, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return "", err
	}
	defer r.Close()
	cmd := s.Command(name, args...)
	cmd.ExtraFiles = []*os.File{w}
	p, err := s.started.start(cmd)
	if cerr := w.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	if err := r.SetReadDeadline(time.Now().Add(patience)); err != nil {
		return "", err
	}
	line, err := bufio.NewReader(r).ReadString('\n')
	if line = strings.TrimSpace(line); line == "" {
		if p.Ended() {
			err = p.Err
		}
		return "", fmt.Errorf("%s did not start: %w", name, err)
	}
	return line, nil
}

// startWindowManager returns when the window manager has taken the display.
func (s *Screen) startWindowManager(ctx context.Context) error {
	if _, err := s.started.start(s.Command("openbox", "--sm-disable")); err != nil {
		return fmt.Errorf("openbox: %w", err)
	}
	for end := time.Now().Add(patience); ; time.Sleep(interval) {
		said, err := s.Command("xprop", "-root", "_NET_SUPPORTING_WM_CHECK").Output()
		switch {
		case err == nil && strings.Contains(string(said), "window id"):
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case time.Now().After(end):
			return fmt.Errorf("openbox did not take the display in %s", patience)
		}
	}
}

// Command is a program in the screen's environment, silent unless it is asked.
func (s *Screen) Command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Env = s.Env
	cmd.Stderr = io.Discard
	return cmd
}
