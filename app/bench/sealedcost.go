package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"lethe/data/account"
)

// sealedCost is what sealing costs: a tenth deleted and scrubbed, against the
// same program built with the tag unsealed, whose cipher copies: the same
// driver, statements and files, in the clear. Noise only adds, so the best pair
// of runs counts.
var sealedCost = figure{
	name: "sealed_cost", peer: "plain modernc", unit: inSeconds, goal: 1.5, runs: 3, best: true,
	prepare: func(ctx context.Context, b *bench) (*contest, error) {
		request, _, err := deletion{cities: tenth}.request(ctx, b)
		if err != nil {
			return nil, err
		}
		if _, err := b.unsealedDeletes(ctx, true); err != nil {
			return nil, err
		}
		return &contest{
			peer:  func(ctx context.Context) (float64, error) { return b.unsealedDeletes(ctx, false) },
			lethe: timed(func(ctx context.Context) (time.Duration, error) { return b.letheDeletes(ctx, request) }),
		}, nil
	},
}

// plainTask is what the benchmark that doesn't seal is asked to do.
type plainTask struct {
	Dir       string
	Customers int
	KDF       account.KDF
	Make      bool // make the list, and nothing else
}

// plainVariable tells a process that it is the one that doesn't seal.
const plainVariable = "LETHE_BENCH_PLAIN"

// unsealedDeletes has the other benchmark make its list, or delete from it, and
// answers the seconds.
func (b *bench) unsealedDeletes(ctx context.Context, only bool) (seconds float64, err error) {
	task, err := json.Marshal(plainTask{Dir: b.dir, Customers: b.customers, KDF: b.kdf, Make: only})
	if err != nil {
		return 0, err
	}
	var out, said bytes.Buffer
	cmd := exec.CommandContext(ctx, b.unsealed)
	cmd.Env = append(os.Environ(), plainVariable+"="+string(task))
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		return 0, fmt.Errorf("%w: %s", err, strings.TrimSpace(said.String()))
	}
	return seconds, json.Unmarshal(out.Bytes(), &seconds)
}

// deletePlain does what plainVariable says, and writes the seconds to the
// standard output.
func deletePlain(ctx context.Context, text string) error {
	var t plainTask
	if err := json.Unmarshal([]byte(text), &t); err != nil {
		return err
	}
	b := &bench{dir: t.Dir, customers: t.Customers, kdf: t.KDF, plain: true, progress: newProgress(os.Stderr)}
	defer b.close()
	request, _, err := deletion{cities: tenth}.request(ctx, b)
	if err != nil {
		return err
	}
	took := time.Duration(0)
	if !t.Make {
		if took, err = b.letheDeletes(ctx, request); err != nil {
			return err
		}
	}
	return json.NewEncoder(os.Stdout).Encode(took.Seconds())
}

// beside is a program in the folder of this one.
func beside(name string) string {
	self, err := os.Executable()
	if err != nil {
		return name
	}
	return filepath.Join(filepath.Dir(self), name)
}
