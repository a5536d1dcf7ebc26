package grid

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestFitWidths(t *testing.T) {
	columns := []Column{
		{ID: "a", Width: 100, MinWidth: 60},
		{ID: "b", Width: 100, Kind: Date},
		{ID: "c", Width: 200, MinWidth: 60, Kind: Chips},
	}
	tests := map[string]struct {
		room float32
		want []float32
	}{
		"as wanted":            {400, []float32{100, 100, 200}},
		"more: the texts grow": {460, []float32{120, 100, 240}},
		"less: they give way":  {310, []float32{80, 100, 130}},
		"too little: scroll":   {50, []float32{60, 100, 60}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := fitWidths(columns, tt.room); !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
	columns[0].Fixed, columns[2].Fixed = true, true
	if got := fitWidths(columns, 900); !slices.Equal(got, []float32{100, 100, 200}) {
		t.Errorf("fixed columns became %v", got)
	}
}

func TestFitWidths_FillsTheRoomOrKeepsTheLeast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Column {
			return Column{
				Width:    float32(rapid.IntRange(0, 400).Draw(t, "width")),
				MinWidth: float32(rapid.IntRange(0, 200).Draw(t, "least")),
				Kind:     Kind(rapid.IntRange(0, 4).Draw(t, "kind")),
				Fixed:    rapid.Bool().Draw(t, "fixed"),
			}
		}), 0, 12).Draw(t, "columns")
		room := float32(rapid.IntRange(0, 3000).Draw(t, "room"))
		var total, least, wanted float32
		flexible := false
		for i, w := range fitWidths(columns, room) {
			c := columns[i]
			if w < c.least() {
				t.Fatalf("column %d is %g wide, its least is %g", i, w, c.least())
			}
			if !c.flexible() && w != max(c.Width, c.least()) {
				t.Fatalf("column %d changed from %g to %g", i, c.Width, w)
			}
			flexible = flexible || c.flexible()
			total += w
			wanted += max(c.Width, c.least())
			if c.flexible() {
				least += c.least()
			} else {
				least += max(c.Width, c.least())
			}
		}
		switch {
		case !flexible:
		case room >= least && total > room:
			t.Fatalf("%g wide in a room of %g", total, room)
		case room >= wanted && total != room:
			t.Fatalf("%g wide, and the room is %g", total, room)
		}
	})
}
