package screen

import (
	"os/exec"
	"testing"
)

func TestWhatWasStartedEnds(t *testing.T) {
	var ps processes
	p, err := ps.start(exec.Command("sleep", "600"))
	if err != nil {
		t.Fatal(err)
	}
	if p.Ended() {
		t.Error("it ended by itself")
	}
	ps.end()
	if !p.Ended() {
		t.Error("it still runs")
	}
}
