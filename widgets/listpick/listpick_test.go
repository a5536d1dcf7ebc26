package listpick_test

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"lethe/widgets/listpick"
)

const million = 1_000_000

type fixture struct {
	list    *listpick.List
	canvas  fyne.Canvas
	kept    map[int]bool
	fetched int
}

func show(t *testing.T, rows int, height float32) *fixture {
	t.Helper()
	test.NewTempApp(t)
	f := &fixture{kept: map[int]bool{}}
	f.list = listpick.New(func(i int) listpick.Row {
		f.fetched++
		row := listpick.Row{Text: fmt.Sprint("Customer ", i), Detail: fmt.Sprint("+91 ", i), Button: "Keep"}
		if f.kept[i] {
			row.Button, row.Muted = "Delete too", true
		}
		if i == 7 {
			row.Button = ""
		}
		return row
	}, func(i int) { f.kept[i] = !f.kept[i] })
	f.list.SetCount(rows)
	w := test.NewTempWindow(t, f.list)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, height))
	f.canvas = w.Canvas()
	return f
}

func (f *fixture) press(names ...fyne.KeyName) {
	for _, n := range names {
		f.list.TypedKey(&fyne.KeyEvent{Name: n})
	}
}

// visible is the names on screen by their place, as the rows' own texts say them.
func (f *fixture) visible() map[float32]string {
	out := map[float32]string{}
	for _, o := range test.WidgetRenderer(f.list).Objects() {
		clip, ok := o.(*container.Clip)
		if !ok {
			continue
		}
		for _, part := range clip.Content.(*fyne.Container).Objects {
			text, ok := part.(*canvas.Text)
			if !ok || !text.Visible() || text.Position().X != 10 {
				continue
			}
			row := text.Position().Y - (listpick.RowHeight-text.Size().Height)/2
			if row > -listpick.RowHeight && row < f.list.Size().Height {
				out[row] = text.Text
			}
		}
	}
	return out
}

func (f *fixture) want(t *testing.T, first int, top float32, n int) {
	t.Helper()
	got := f.visible()
	want := map[float32]string{}
	for i := range n {
		want[top+float32(i)*listpick.RowHeight] = fmt.Sprint("Customer ", first+i)
	}
	if len(got) != len(want) {
		t.Fatalf("on screen %v, want %v", got, want)
	}
	for y, name := range want {
		if got[y] != name {
			t.Fatalf("on screen %v, want %v", got, want)
		}
	}
}

func TestAMillionRowsStandWhereTheyShould(t *testing.T) {
	f := show(t, million, 280)
	f.want(t, 0, 0, 10)
	f.press(fyne.KeyEnd)
	f.want(t, million-10, 0, 10)
	f.press(fyne.KeyHome, fyne.KeyPageDown)
	if f.list.Current() != 9 {
		t.Errorf("on row %d", f.list.Current())
	}
	f.list.ScrollTo(777_777)
	f.want(t, 777_768, 0, 10)
	f.list.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -10)})
	f.want(t, 777_768, -10, 11)
	f.list.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 11)})
	f.want(t, 777_767, -27, 11)
	f.list.ScrollTo(777_767)
	f.want(t, 777_767, 0, 10)
	if f.fetched > 120 {
		t.Errorf("%d rows fetched", f.fetched)
	}
}

func TestEndsHold(t *testing.T) {
	f := show(t, 12, 290) // ten rows and a bit
	f.list.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 500)})
	f.want(t, 0, 0, 11)
	f.list.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -5000)})
	f.want(t, 1, -18, 11)
	f.list.SetCount(3)
	f.want(t, 0, 0, 3)
	f.list.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -50)})
	f.want(t, 0, 0, 3)
	f.list.SetCount(0)
	f.want(t, 0, 0, 0)
	f.press(fyne.KeyDown, fyne.KeySpace, fyne.KeyEnd)
	test.TapAt(f.list, fyne.NewPos(50, 10))
	if len(f.kept) != 0 {
		t.Errorf("kept %v of an empty list", f.kept)
	}
}

func TestKeeping(t *testing.T) {
	f := show(t, 100, 280)
	test.TapAt(f.list, fyne.NewPos(100, 2*28+5)) // the row, not its button
	if len(f.kept) != 0 || f.list.Current() != 2 || f.canvas.Focused() != f.list {
		t.Fatalf("kept %v, on row %d", f.kept, f.list.Current())
	}
	test.TapAt(f.list, fyne.NewPos(370, 3*28+5))
	f.press(fyne.KeyDown, fyne.KeySpace)
	if !f.kept[3] || !f.kept[4] || len(f.kept) != 2 {
		t.Errorf("kept %v, want 3 and 4", f.kept)
	}
	f.press(fyne.KeySpace)
	if f.kept[4] {
		t.Error("Space doesn't take it back")
	}
	test.TapAt(f.list, fyne.NewPos(370, 7*28+5)) // has no button
	f.press(fyne.KeySpace)
	if _, touched := f.kept[7]; touched {
		t.Error("a row without a button was pressed")
	}
}

func TestBubbles(t *testing.T) {
	f := show(t, 5, 280)
	var got []fyne.KeyName
	f.canvas.SetOnTypedKey(func(ev *fyne.KeyEvent) { got = append(got, ev.Name) })
	f.press(fyne.KeyEscape, fyne.KeyReturn, fyne.KeyUp)
	if want := []fyne.KeyName{fyne.KeyEscape, fyne.KeyReturn}; !slices.Equal(got, want) {
		t.Errorf("bubbled %v", got)
	}
}

func TestScrollbar(t *testing.T) {
	f := show(t, million, 280)
	thumbRun := float32(280 - 24)
	test.Drag(f.canvas, fyne.NewPos(395, 5), 0, thumbRun/2)
	if at := f.list.First(); at < million/2-10 || at > million/2+10 {
		t.Errorf("half way down is row %d", at)
	}
	test.Drag(f.canvas, fyne.NewPos(395, 140), 0, 1000)
	f.want(t, million-10, 0, 10)
	test.TapCanvas(f.canvas, fyne.NewPos(395, 3))
	f.want(t, million-19, 0, 10)
	test.TapCanvas(f.canvas, fyne.NewPos(395, 279)) // on the thumb
	f.want(t, million-19, 0, 10)
}

func TestResizing(t *testing.T) {
	f := show(t, 100, 280)
	f.press(fyne.KeyEnd)
	f.list.Resize(fyne.NewSize(400, 560))
	f.want(t, 80, 0, 20)
	if f.list.SetMinRows(6); f.list.MinSize().Height != 6*28 {
		t.Errorf("smallest height %v", f.list.MinSize().Height)
	}
}

func TestLooks(t *testing.T) {
	f := show(t, 9, 112)
	f.kept[1] = true
	f.list.Update()
	test.AssertRendersToMarkup(t, "idle.xml", f.canvas)
	f.canvas.Focus(f.list)
	f.press(fyne.KeyDown)
	test.MoveMouse(f.canvas, fyne.NewPos(40, 80))
	test.AssertRendersToMarkup(t, "focused.xml", f.canvas)
	f.list.SetCount(0)
	test.AssertRendersToMarkup(t, "empty.xml", f.canvas)
}
