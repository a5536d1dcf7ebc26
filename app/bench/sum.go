package main

import (
	"context"
	"os/exec"
	"time"
)

// sum times sha256sum reading a file.
func sum(ctx context.Context, path string) (time.Duration, error) {
	started := time.Now()
	err := exec.CommandContext(ctx, "sha256sum", path).Run()
	return time.Since(started), err
}
