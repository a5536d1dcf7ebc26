package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// screen is the virtual display's size and depth.
const screen = "1400x900x24"

// openDisplay starts a display that nobody else uses, with a window manager
// and, where there is one, a message bus, and makes the environment that the
// program runs in: a home of its own, English, no scaling.
func (t *tour) openDisplay() error {
	t.act = "opening a virtual display"
	for _, dir := range []string{"run", "data", "config", "cache", "state", "tmp"} {
		if err := os.MkdirAll(filepath.Join(t.home, dir), 0o700); err != nil {
			return err
		}
	}
	for _, keep := range []string{"PATH", "LD_LIBRARY_PATH", "LIBGL_DRIVERS_PATH"} {
		if v, ok := os.LookupEnv(keep); ok {
			t.env = append(t.env, keep+"="+v)
		}
	}
	in := func(dir string) string { return filepath.Join(t.home, dir) }
	t.env = append(t.env,
		"HOME="+t.home, "LANG=en_US.UTF-8", "TZ=Asia/Kolkata", "LIBGL_ALWAYS_SOFTWARE=1", "FYNE_SCALE=1",
		"TMPDIR="+in("tmp"), "XDG_RUNTIME_DIR="+in("run"), "XDG_DATA_HOME="+in("data"),
		"XDG_CONFIG_HOME="+in("config"), "XDG_CACHE_HOME="+in("cache"), "XDG_STATE_HOME="+in("state"))

	number, err := t.firstLine("Xvfb", []string{"-displayfd", "3", "-screen", "0", screen, "-nolisten", "tcp", "-dpi", "96"})
	if err != nil {
		return err
	}
	t.display = ":" + number
	t.env = append(t.env, "DISPLAY="+t.display)
	if _, err := exec.LookPath("dbus-daemon"); err == nil {
		address, err := t.firstLine("dbus-daemon", []string{"--session", "--nofork", "--nopidfile", "--print-address=3"})
		if err != nil {
			return err
		}
		t.env = append(t.env, "DBUS_SESSION_BUS_ADDRESS="+address)
	}
	return t.startWindowManager()
}

// firstLine starts a program that goes on running and answers with the first
// line that it writes to its file 3.
func (t *tour) firstLine(name string, args []string) (string, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return "", err
	}
	defer r.Close()
	cmd := t.command(name, args...)
	cmd.ExtraFiles = []*os.File{w}
	p, err := t.started.start(cmd)
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
		if p.ended() {
			err = p.err
		}
		return "", fmt.Errorf("%s did not start: %w", name, err)
	}
	return line, nil
}

// startWindowManager returns when the window manager has taken the display.
func (t *tour) startWindowManager() error {
	if _, err := t.started.start(t.command("openbox", "--sm-disable")); err != nil {
		return fmt.Errorf("openbox: %w", err)
	}
	ready := t.until(patience, func() bool {
		said, err := t.command("xprop", "-root", "_NET_SUPPORTING_WM_CHECK").Output()
		return err == nil && strings.Contains(string(said), "window id")
	})
	if !ready {
		return fmt.Errorf("openbox did not take the display in %s", patience)
	}
	return nil
}

// command is a program in the tour's environment, silent unless it is asked.
func (t *tour) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Env = t.env
	cmd.Stderr = io.Discard
	return cmd
}
