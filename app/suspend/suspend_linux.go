package suspend

import (
	"context"
	"log/slog"
	"sync"
	"syscall"

	"github.com/godbus/dbus/v5"
)

// The interface of systemd-logind and elogind (org.freedesktop.login1).
const (
	login1      = "org.freedesktop.login1"
	managerPath = "/org/freedesktop/login1"
	manager     = login1 + ".Manager"
	session     = login1 + ".Session"
)

func watch(log *slog.Logger, lock func()) func() {
	ctx, cancel := context.WithCancel(context.Background())
	var gone sync.WaitGroup
	gone.Go(func() {
		if err := follow(ctx, lock); err != nil && ctx.Err() == nil {
			log.Info("the system doesn't tell when it sleeps")
		}
	})
	return func() {
		cancel()
		gone.Wait()
	}
}

// follow listens on the system's bus until ctx ends.
func follow(ctx context.Context, lock func()) error {
	bus, err := dbus.ConnectSystemBus(dbus.WithContext(ctx))
	if err != nil {
		return err
	}
	defer bus.Close()
	signals := make(chan *dbus.Signal, 16)
	bus.Signal(signals)
	if err := bus.AddMatchSignalContext(ctx, dbus.WithMatchInterface(manager), dbus.WithMatchMember("PrepareForSleep")); err != nil {
		return err
	}
	if path, ok := ownSession(ctx, bus); ok {
		if err := bus.AddMatchSignalContext(ctx, dbus.WithMatchInterface(session), dbus.WithMatchMember("Lock"),
			dbus.WithMatchObjectPath(path)); err != nil {
			return err
		}
	}
	held := hold(ctx, bus)
	defer func() { release(held) }()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case s, open := <-signals:
			if !open {
				return dbus.ErrClosed
			}
			switch s.Name {
			case session + ".Lock":
				lock()
			case manager + ".PrepareForSleep":
				if sleeps, ok := first(s.Body); ok && sleeps {
					lock()
					release(held)
					held = -1
				} else if held < 0 {
					held = hold(ctx, bus)
				}
			}
		}
	}
}

func first(body []any) (value, ok bool) {
	if len(body) == 0 {
		return false, false
	}
	value, ok = body[0].(bool)
	return value, ok
}

// ownSession is the session that this process belongs to.
func ownSession(ctx context.Context, bus *dbus.Conn) (path dbus.ObjectPath, ok bool) {
	err := bus.Object(login1, managerPath).CallWithContext(ctx, manager+".GetSessionByPID", 0, uint32(0)).Store(&path)
	return path, err == nil
}

// hold asks the system to wait for us before it sleeps, some seconds at most. It
// answers a file that stands for that, -1 where the system doesn't wait.
func hold(ctx context.Context, bus *dbus.Conn) int {
	var file dbus.UnixFD
	err := bus.Object(login1, managerPath).CallWithContext(ctx, manager+".Inhibit", 0,
		"sleep", "Lethe", "Locks the customer list", "delay").Store(&file)
	if err != nil {
		return -1
	}
	return int(file)
}

func release(file int) {
	if file >= 0 {
		_ = syscall.Close(file) // nothing hangs on it but the wait
	}
}
