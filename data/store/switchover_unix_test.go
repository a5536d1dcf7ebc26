//go:build unix

package store_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"lethe/data/store"
	"lethe/data/store/internal/proof"
	"lethe/data/store/storetest"
)

// BenchmarkSwitchOver measures both ways of deleting, with the clean-up, on
// customers here and there in the list: what the constant of mostGo follows. The
// processor's time, which other programs disturb less than the clock's, stands
// beside.
//
//	LETHE_PROOF=1 go test ./data/store -run '^$' -bench SwitchOver -benchtime 1x -count 3
func BenchmarkSwitchOver(b *testing.B) {
	sizes := []int{40_000}
	if proof.Long() {
		sizes = append(sizes, 300_000)
	}
	for _, n := range sizes {
		s := &storetest.Store{Clock: storetest.NewClock(), Dir: b.TempDir()}
		var err error
		if s.Store, s.Owner, s.Recovery, err = store.Create(b.Context(), s.Options(), store.FirstRun{
			Business: "Sharma Traders", OwnerName: "Asha Sharma", Password: storetest.Password, Region: "IN",
		}); err != nil {
			b.Fatal(err)
		}
		s.Enrol(b)
		s.Fill(b, s.Owner, 919820100000, n)
		ids := s.IDs(b)
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		rand.New(rand.NewPCG(1, 1)).Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
		for percent := 10; percent <= 60; percent += 10 {
			for way, newFile := range []bool{false, true} {
				b.Run(fmt.Sprintf("%d/%d%%/%s", n, percent, []string{"in_place", "new_file"}[way]), func(b *testing.B) {
					var busy time.Duration
					for range b.N {
						b.StopTimer()
						again := openCopy(b, s)
						gone := slices.Sorted(slices.Values(ids[:n*percent/100]))
						p, auth := sealedPlan(b, again, gone)
						p.RunBy(newFile)
						busy -= processorTime(b)
						b.StartTimer()
						_, residue, err := again.Delete(b.Context(), again.Owner, p, auth, texts, nil)
						if err == nil {
							_, err = again.Scrub(b.Context(), residue, nil)
						}
						b.StopTimer()
						busy += processorTime(b)
						if err != nil {
							b.Fatal(err)
						}
						if left := len(again.IDs(b)); left != n-len(gone) {
							b.Fatalf("%d left", left)
						}
						if err := again.Close(); err != nil {
							b.Fatal(err)
						}
						if err := os.RemoveAll(again.Dir); err != nil {
							b.Fatal(err)
						}
					}
					b.ReportMetric(busy.Seconds()*1000/float64(b.N), "cpu-ms/op")
				})
			}
		}
	}
}

// processorTime is what this process has taken so far.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		b.Fatal(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// openCopy opens a copy of a closed list.
func openCopy(b *testing.B, s *storetest.Store) *storetest.Store {
	b.Helper()
	again := &storetest.Store{Clock: s.Clock, Secret: s.Secret, Dir: filepath.Join(b.TempDir(), "list")}
	if err := os.CopyFS(again.Dir, os.DirFS(s.Dir)); err != nil {
		b.Fatal(err)
	}
	keys, err := store.Keys(again.Dir)
	if err != nil {
		b.Fatal(err)
	}
	un, err := keys.Unlock(b.Context(), 1, storetest.Password)
	if err != nil {
		b.Fatal(err)
	}
	if again.Store, again.Owner, err = store.Open(b.Context(), again.Options(), un); err != nil {
		b.Fatal(err)
	}
	return again
}
