package main

import (
	"bytes"
	"io"
	"syscall"
	"testing"
)

func TestWithoutDisplay(t *testing.T) {
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	var said bytes.Buffer
	if code := run(nil, io.Discard, &said); code != 1 || said.String() != noDisplayText+"\n" {
		t.Errorf("code %d, said %q", code, said.String())
	}
}

func TestNoCoreDumps(t *testing.T) {
	var before, after syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_CORE, &before); err != nil {
		t.Fatal(err)
	}
	noCoreDumps()
	if err := syscall.Getrlimit(syscall.RLIMIT_CORE, &after); err != nil || after.Cur != 0 || after.Max != 0 {
		t.Errorf("limit %+v (was %+v), %v", after, before, err)
	}
}
