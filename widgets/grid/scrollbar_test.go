package grid

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"pgregory.net/rapid"
)

const barX = 700 - barSize/2 // the middle of the scrollbar in a grid 700 wide

func TestScrollbar_DragReachesBothEnds(t *testing.T) {
	r := newRig(t, million, 700, HeaderHeight+360)
	r.dragFrom(barX, HeaderHeight+5, fyne.NewDelta(0, 100), fyne.NewDelta(0, 900))
	if _, last := r.VisibleRows(); last != 999_999 {
		t.Errorf("at the foot, row %d is the last", last)
	}
	if at, _, _ := r.RowRect(999_999); at.Y != HeaderHeight+360-RowHeight {
		t.Errorf("it is at %g", at.Y)
	}
	r.dragFrom(barX, HeaderHeight+355, fyne.NewDelta(0, -50), fyne.NewDelta(0, -950))
	if r.pos != (position{}) {
		t.Errorf("at the top it is at %v", r.pos)
	}
}

func TestScrollbar_ShiftDragReachesEveryRow(t *testing.T) {
	r := newRig(t, million, 700, HeaderHeight+360)
	r.ScrollTo(600_000)
	r.shift = true
	y := HeaderHeight + r.vertical().start + 5
	for want := 600_001; want < 600_040; want++ {
		r.dragFrom(barX, y, fyne.NewDelta(0, 1))
		if first, _ := r.VisibleRows(); first != want {
			t.Fatalf("row %d is the first, want %d", first, want)
		}
	}
}

func TestScrollbar_ClickTurnsAPage(t *testing.T) {
	r := newRig(t, million, 700, HeaderHeight+360)
	first := func() int {
		row, _ := r.VisibleRows()
		return row
	}
	r.click(barX, HeaderHeight+300, 0)
	r.click(barX, HeaderHeight+300, 0)
	if first() != 20 {
		t.Errorf("two pages down, row %d is the first", first())
	}
	r.ScrollTo(999_000)
	r.click(barX, HeaderHeight+3, 0)
	if first() != 998_990 {
		t.Errorf("a page up, row %d is the first", first())
	}
	r.click(barX, HeaderHeight+r.vertical().start+3, 0)
	if first() != 998_990 {
		t.Errorf("a click on the thumb went to row %d", first())
	}
	r.wantCalls(t)
}

func TestScrollbar_SaysWhereItIs(t *testing.T) {
	r := newRig(t, million, 700, HeaderHeight+360)
	r.PositionText = func(row, of int) string { return fmt.Sprintf("%d of %d", row+1, of) }
	r.Dragged(&fyne.DragEvent{
		PointEvent: fyne.PointEvent{Position: fyne.NewPos(barX, HeaderHeight+5+100)},
		Dragged:    fyne.NewDelta(0, 100),
	})
	first, _ := r.VisibleRows()
	want := fmt.Sprintf("%d of 1000000", first+1)
	if label := r.view.bars.label; !label.Visible() || label.Text != want {
		t.Errorf("it says %q, visible %v; want %q", label.Text, label.Visible(), want)
	}
	r.DragEnd()
	if r.view.bars.label.Visible() || r.view.bars.bubble.Visible() {
		t.Error("it still says so")
	}
}

func TestScrollbar_HiddenWhereAllIsInSight(t *testing.T) {
	r := newRig(t, 10, 700, HeaderHeight+360)
	if r.view.bars.vertical.Visible() || r.view.bars.horizontal.Visible() {
		t.Error("there is a thumb")
	}
	r.click(barX, HeaderHeight+300, 0)
	r.dragFrom(barX, HeaderHeight+5, fyne.NewDelta(0, 100))
	if r.pos != (position{}) {
		t.Errorf("it scrolled to %v", r.pos)
	}
}

func TestScrollbar_Sideways(t *testing.T) {
	r := newRig(t, 100, 300, 400)
	y := float32(400 - barSize/2)
	r.dragFrom(r.shape.pinWidth+5, y, fyne.NewDelta(500, 0))
	if r.scrollX != r.shape.overflow {
		t.Errorf("scrolled %g of %g", r.scrollX, r.shape.overflow)
	}
	r.click(r.shape.pinWidth+2, y, 0)
	if want := r.shape.overflow - (r.shape.viewWidth - r.shape.pinWidth); r.scrollX != want {
		t.Errorf("a page back, it is scrolled %g, want %g", r.scrollX, want)
	}
}

func TestThumb_ThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		track := float32(rapid.IntRange(1, 2000).Draw(t, "track"))
		far := rapid.Float64Range(1, 4e7).Draw(t, "far")
		at := rapid.Float64Range(0, far).Draw(t, "at")
		thumb := thumbOf(track, at, far, float64(track))
		if thumb.start < 0 || thumb.start+thumb.length > track+0.01 {
			t.Fatalf("%v on a track of %g", thumb, track)
		}
		if free := track - thumb.length; free > 0 {
			back := thumb.position(track, thumb.start, far)
			if off := (back - at) / far; off > 1e-4 || off < -1e-4 {
				t.Fatalf("%g became %g of %g", at, back, far)
			}
			if thumb.position(track, free, far) != far || thumb.position(track, 0, far) != 0 {
				t.Fatal("the ends are not reached")
			}
		}
	})
}
