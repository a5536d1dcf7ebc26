// Package proof scales the tests that prove by number: small in go test, large
// in make forensic and make torture, which set LETHE_PROOF.
package proof

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Long tells whether the large numbers are asked for.
func Long() bool { return os.Getenv("LETHE_PROOF") != "" }

// N is how often something is done. LETHE_PROOF may hold a number, by which the
// large one is divided.
func N(small, large int) int {
	if !Long() {
		return small
	}
	if by, err := strconv.Atoi(os.Getenv("LETHE_PROOF")); err == nil && by > 1 {
		return max(small, large/by)
	}
	return large
}

// Seed is the seed of a test's random choices: that in LETHE_SEED, or one of
// the time in long runs and a fixed one in short ones. It is logged.
func Seed(t testing.TB) uint64 {
	t.Helper()
	seed := uint64(1)
	if given, err := strconv.ParseUint(os.Getenv("LETHE_SEED"), 10, 64); err == nil {
		seed = given
	} else if Long() {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("LETHE_SEED=%d", seed)
	return seed
}

// mark begins a line that the counter of make shows though nothing failed.
const mark = "» "

// Figure logs a result that is to be read; in long runs it is shown.
func Figure(t testing.TB, format string, args ...any) {
	t.Helper()
	text := fmt.Sprintf(format, args...)
	t.Log(text)
	if Long() {
		fmt.Printf("\n%s%s: %s\n", mark, strings.TrimPrefix(t.Name(), "Test"), text)
	}
}

// Progress shows in long runs how far one is, ten times in all.
func Progress(t testing.TB, done, of int, what string) {
	if step := max(of/10, 1); Long() && (done%step == 0 || done == of) {
		fmt.Printf("\n%s… %s: %d of %d %s\n", mark, strings.TrimPrefix(t.Name(), "Test"), done, of, what)
	}
}
