package grid

import "testing"

func TestBarsStandWhereRowsWillBeUntilThereAreSome(t *testing.T) {
	r := newRig(t, 0, 520, 400)
	if r.Waiting() || len(r.view.bones.box.Objects) > 0 {
		t.Error("an empty grid waits, which nobody told it")
	}
	r.SetWaiting(true)
	rows := (400 - HeaderHeight + RowHeight - 1) / RowHeight
	if want := rows * 4; !r.Waiting() || len(r.view.bones.box.Objects) != want { // all columns but that of the actions
		t.Errorf("%d bars, want %d", len(r.view.bones.box.Objects), want)
	}
	for _, bar := range r.view.bones.box.Objects {
		if inside := bar.Position().X + bar.Size().Width; inside > r.shape.viewWidth {
			t.Errorf("a bar reaches to %v", inside)
		}
	}
	r.SetSource(newSheet(3))
	if r.Waiting() || len(r.view.bones.box.Objects) > 0 {
		t.Error("bars stand beside rows")
	}
	r.SetSource(newSheet(0))
	r.SetWaiting(false)
	if r.Waiting() || len(r.view.bones.box.Objects) > 0 {
		t.Error("bars stay where there is nobody")
	}
}
