package customers

import (
	"log/slog"
	"testing"

	"lethe/app/desk/desktest"
	"lethe/app/task"
)

// Until the view has answered, bars stand where the rows will be, and nothing
// says that there is nobody.
func TestBarsStandThereUntilTheFirstAnswer(t *testing.T) {
	k := desktest.New(t)
	k.Settle()
	turns := make(chan func(), 64)
	k.Tasks = task.New(func(f func()) { turns <- f }, slog.New(slog.DiscardHandler))
	p := newPage(k.Desk, nil, nil)
	t.Cleanup(p.Close)
	k.Window.SetContent(p.Content())
	if !p.grid.Waiting() || p.empty.box.Visible() {
		t.Errorf("waiting: %v, told that it is empty: %v", p.grid.Waiting(), p.empty.box.Visible())
	}
	section := p.side.first[1].section() // the activity, which has three values
	before := section.MinSize().Height
	for p.facets == nil {
		(<-turns)()
	}
	if after := section.MinSize().Height; after != before {
		t.Errorf("the sidebar jumps when the counts come: a section of %v is %v then", before, after)
	}
	for p.asked.pending {
		(<-turns)()
	}
	if p.grid.Waiting() || !p.empty.box.Visible() {
		t.Errorf("answered, and waiting: %v, told that it is empty: %v", p.grid.Waiting(), p.empty.box.Visible())
	}
	k.Tasks.Wait()
}
