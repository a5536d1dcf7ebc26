package store_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"lethe/data/store/internal/proof"
)

// What a child of the test gets to know: the folder in which it runs the
// script, from which act on, and the first recovery key.
const (
	scriptDir  = "LETHE_SCRIPT_DIR"
	scriptFrom = "LETHE_SCRIPT_FROM"
	scriptKey  = "LETHE_SCRIPT_RECOVERY"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(scriptDir); dir != "" {
		from, err := strconv.Atoi(os.Getenv(scriptFrom))
		if err != nil {
			os.Exit(2)
		}
		scriptRecovery = os.Getenv(scriptKey)
		err = runScript(context.Background(), dir, from, func(what string, act int) {
			fmt.Println(what, act)
			if what == "begin" {
				// The parent says when to go on, so that it knows what is under way.
				var b [1]byte
				if _, err := os.Stdin.Read(b[:]); err != nil {
					os.Exit(3)
				}
			}
		})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// scriptProcess is a child that runs the script.
type scriptProcess struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	said *bufio.Reader
}

func startScript(t *testing.T, dir string, from int) *scriptProcess {
	t.Helper()
	p := &scriptProcess{cmd: exec.Command(os.Args[0])}
	p.cmd.Env = append(os.Environ(), scriptDir+"="+dir, scriptFrom+"="+strconv.Itoa(from), scriptKey+"="+scriptRecovery)
	p.cmd.Stderr = os.Stderr
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p.said = bufio.NewReader(out)
	return p
}

// next waits for the child to say that it begins or has done an act.
func (p *scriptProcess) next(t *testing.T, what string, act int) {
	t.Helper()
	line, err := p.said.ReadString('\n')
	if want := fmt.Sprintf("%s %d\n", what, act); err != nil || line != want {
		t.Fatalf("the child said %q, %v; not %q", line, err, want)
	}
}

func (p *scriptProcess) goOn(t *testing.T) {
	t.Helper()
	if _, err := p.in.Write([]byte{1}); err != nil {
		t.Fatal(err)
	}
}

// end kills it and tells whether the act was done by then.
func (p *scriptProcess) end(act int) (done bool) {
	_ = p.cmd.Process.Kill() // it may have ended by itself
	rest, _ := io.ReadAll(p.said)
	_ = p.cmd.Wait()
	_ = p.in.Close()
	var n int
	_, err := fmt.Sscanf(string(rest), "done %d\n", &n)
	return err == nil && n == act
}

// The process is killed at any moment of any act, in each act about as often.
// As for power failures, what was promised before or after the act holds.
func TestTortureKills(t *testing.T) {
	acts := script()
	// The folder as it is before each act, and how long each takes.
	befores, took := make([]string, len(acts)), make([]time.Duration, len(acts))
	made := scriptFolder(t)
	p := startScript(t, made, 0)
	for i := range acts {
		p.next(t, "begin", i)
		befores[i] = filepath.Join(t.TempDir(), "list")
		copyTo(t, made, befores[i])
		began := time.Now()
		p.goOn(t)
		p.next(t, "done", i)
		took[i] = time.Since(began)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	kills := proof.N(2*len(acts), 1000)
	r := rand.New(rand.NewPCG(proof.Seed(t), 3))
	var done, deleted, resumed int
	for k := range kills {
		act := k % len(acts)
		dir := filepath.Join(t.TempDir(), "list")
		copyTo(t, befores[act], dir)
		p := startScript(t, dir, act)
		p.next(t, "begin", act)
		p.goOn(t)
		timer := time.NewTimer(time.Duration(r.Float64() * 1.1 * float64(took[act])))
		<-timer.C
		said := p.end(act)
		within := act
		if said {
			within, done = act+1, done+1
		}
		v, err := holds(context.Background(), dir, within)
		if err != nil {
			t.Errorf("killed in %q (said to be done: %v): %v", acts[act].name, said, err)
		}
		if v.deleted {
			deleted++
		}
		if v.resumed {
			resumed++
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
		proof.Progress(t, k+1, kills, "kills")
	}
	proof.Figure(t, "%d SIGKILLs over %d acts: %d after the act had been done, %d between a commit and its answer, %d clean-ups taken up",
		kills, len(acts), done, deleted, resumed)
}
