package suspend

import (
	"bufio"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// logind is as much of systemd-logind as Lethe asks of it.
type logind struct {
	asked chan string
	read  *os.File // closed at the other end once nobody holds the sleep up
	write *os.File
}

const sessionPath dbus.ObjectPath = "/org/freedesktop/login1/session/c2"

func (l *logind) GetSessionByPID(uint32) (dbus.ObjectPath, *dbus.Error) { return sessionPath, nil }

func (l *logind) Inhibit(what, _, _, mode string) (dbus.UnixFD, *dbus.Error) {
	l.asked <- what + " " + mode
	return dbus.UnixFD(l.write.Fd()), nil
}

// bus starts a bus of the test's own in the system bus's place, with logind.
func bus(t *testing.T) (*dbus.Conn, *logind) {
	t.Helper()
	daemon := exec.CommandContext(t.Context(), "dbus-daemon", "--session", "--nofork", "--print-address")
	out, err := daemon.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := daemon.Start(); err != nil {
		t.Skipf("no D-Bus on this system: %v", err)
	}
	t.Cleanup(func() {
		_ = daemon.Process.Kill()
		_ = daemon.Wait()
	})
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", strings.TrimSpace(address))
	conn, err := dbus.ConnectSystemBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	l := &logind{asked: make(chan string, 8)}
	if l.read, l.write, err = os.Pipe(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.read.Close(); l.write.Close() })
	if err := conn.Export(l, managerPath, manager); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.RequestName(login1, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	return conn, l
}

func within(t *testing.T, what string, c <-chan string) string {
	t.Helper()
	select {
	case s := <-c:
		return s
	case <-time.After(30 * time.Second):
		t.Fatalf("waited in vain for %s", what)
		return ""
	}
}

func TestSleepAndSessionLock(t *testing.T) {
	conn, system := bus(t)
	locked := make(chan string, 8)
	stop := Watch(slog.New(slog.DiscardHandler), func() { locked <- "locked" })
	if got := within(t, "the hold on the sleep", system.asked); got != "sleep delay" {
		t.Fatalf("asked for %q", got)
	}
	emit := func(path dbus.ObjectPath, name string, args ...any) {
		t.Helper()
		if err := conn.Emit(path, name, args...); err != nil {
			t.Fatal(err)
		}
	}
	emit(managerPath, manager+".PrepareForSleep", true)
	within(t, "the lock before the sleep", locked)
	emit(managerPath, manager+".PrepareForSleep", false)
	within(t, "the hold on the next sleep", system.asked)
	emit("/org/freedesktop/login1/session/other", session+".Lock")
	emit(sessionPath, session+".Lock")
	within(t, "the lock with the session", locked)
	stop()
	if n := len(locked); n != 0 {
		t.Errorf("locked %d times more: another's session isn't ours", n)
	}
	emit(managerPath, manager+".PrepareForSleep", true)
	if n := len(locked); n != 0 {
		t.Error("locked after the end")
	}
}

func TestNoBus(t *testing.T) {
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus")
	Watch(slog.New(slog.DiscardHandler), func() { t.Error("locked") })()
}
