package grid

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// The markup of every state. The grid is small so that a difference can be read.
func TestGolden(t *testing.T) {
	tests := map[string]struct {
		rows  int
		width float32
		do    func(*rig)
	}{
		"idle":    {3, 520, func(*rig) {}},
		"empty":   {0, 520, func(r *rig) { r.win.Canvas().Focus(r.Grid) }},
		"waiting": {0, 520, func(r *rig) { r.SetWaiting(true) }},
		"ticked": {3, 520, func(r *rig) {
			r.sheet.tick(1, 2, true)
			r.RefreshSelection()
		}},
		"all_ticked": {2, 520, func(r *rig) {
			r.sheet.tick(0, 1, true)
			r.Refresh()
		}},
		"focused": {3, 520, func(r *rig) {
			r.win.Canvas().Focus(r.Grid)
			r.press(fyne.KeyDown)
		}},
		"hovered": {3, 520, func(r *rig) {
			test.MoveMouse(r.win.Canvas(), fyne.NewPos(100, HeaderHeight+50))
		}},
		"hovered_action": {3, 520, func(r *rig) {
			test.MoveMouse(r.win.Canvas(), fyne.NewPos(r.columnLeft(4)+20, HeaderHeight+18))
		}},
		"hovered_checkbox": {3, 520, func(r *rig) {
			test.MoveMouse(r.win.Canvas(), fyne.NewPos(20, 18))
		}},
		"sorted":      {2, 520, func(r *rig) { r.SetSort("phone", false) }},
		"sorted_down": {2, 520, func(r *rig) { r.SetSort("name", true) }},
		"scrolled_down": {million, 520, func(r *rig) {
			r.ScrollTo(999_999)
		}},
		"scrolled_sideways": {2, 300, func(r *rig) {
			r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(-1000, 0)})
		}},
		"resizing": {2, 520, func(r *rig) {
			at := fyne.NewPos(r.columnLeft(2)+10, 10)
			r.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at}, Dragged: fyne.NewDelta(10, 0)})
		}},
		"moving_column": {2, 520, func(r *rig) {
			at := fyne.NewPos(r.columnLeft(3)+70, 10)
			d := r.columnLeft(3) - r.columnLeft(1)
			r.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at}, Dragged: fyne.NewDelta(d, 0)})
		}},
		"scrolled_by_pixels": {9, 520, func(r *rig) {
			r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -5)})
		}},
		"dragging_bar": {million, 520, func(r *rig) {
			r.PositionText = func(row, of int) string { return fmt.Sprintf("%d of %d", row+1, of) }
			at := fyne.NewPos(r.shape.viewWidth+5, HeaderHeight+40)
			r.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at}, Dragged: fyne.NewDelta(0, 30)})
		}},
		"cells": {2, 620, func(r *rig) {
			r.sheet.cells = func(key int64, column string) Cell {
				switch column {
				case "name":
					return Cell{Text: "a name that is far too long for\nits column"}
				case "tags":
					return Cell{Chips: []string{"Wedding", "Repeat", "VIP"}}
				case "city":
					return Cell{Text: "नागपूर"}
				case "do":
					return Cell{}
				}
				return Cell{Text: "+91 ••••• ••204"}
			}
			r.Refresh()
		}},
		"without_checkboxes": {2, 520, func(r *rig) { r.SetCheckable(false) }},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, tt.rows, tt.width, HeaderHeight+3*RowHeight)
			tt.do(r)
			spell(r.view)
			test.AssertRendersToMarkup(t, name+".xml", r.win.Canvas())
		})
	}
}

// spell puts objects in place of the pictures, so that the markup says what is
// in them. The grid can only be looked at afterwards.
func spell(v *view) {
	for _, s := range v.slots {
		for i, o := range s.ground.Objects {
			if o == s.picture.raster {
				s.ground.Objects[i] = s.picture.spelled()
			}
		}
	}
	for i, o := range v.objects {
		if o == v.header.picture.raster {
			v.objects[i] = v.header.picture.spelled()
		}
	}
}

func TestTheme_IsFollowed(t *testing.T) {
	r := newRig(t, 3, 520, HeaderHeight+3*RowHeight)
	r.sheet.tick(0, 0, true)
	r.RefreshSelection()
	r.FocusRow(1)
	before := r.view.look
	test.ApplyTheme(t, test.NewTheme()) // as the settings do
	r.Refresh()
	if r.view.look == before {
		t.Fatal("the theme's colours are not used")
	}
	for _, s := range r.view.slots {
		for _, m := range s.picture.pinned.texts {
			if m.ink != r.view.look.text {
				t.Errorf("%q kept its colour", m.text)
			}
		}
	}
	if got := r.CellText(2, "name"); got != "name 2" || r.FocusedRow() != 1 {
		t.Errorf("after it, row 2 says %q and the keys act on row %d", got, r.FocusedRow())
	}
}
