package grid

import (
	"testing"

	"pgregory.net/rapid"
)

func TestPosition_IsExactForAnyRow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		row := rapid.IntRange(0, 50_000_000).Draw(t, "row")
		px := rapid.IntRange(0, RowHeight-1).Draw(t, "px")
		p := positionAt(float64(row)*RowHeight + float64(px))
		if p.row != row || p.px != float32(px) {
			t.Fatalf("row %d + %d px became %v", row, px, p)
		}
		if top := p.top(row + 3); top != float32(3*RowHeight-px) {
			t.Fatalf("three rows on is at %g", top)
		}
		moved := p.by(12345).by(-12345)
		if p.y() >= 0 && moved != p {
			t.Fatalf("there and back: %v, then %v", p, moved)
		}
	})
}

func TestPosition_RemainderStaysInsideTheRow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := positionAt(rapid.Float64Range(-1e3, 1e9).Draw(t, "y"))
		if p.row < 0 || p.px < 0 || p.px >= RowHeight {
			t.Fatalf("%v", p)
		}
	})
}

func TestPosition_Clamp(t *testing.T) {
	tests := map[string]struct {
		at     position
		n      int
		height float32
		want   position
	}{
		"within":              {position{5, 7}, 100, 360, position{5, 7}},
		"at the end":          {position{90, 0}, 100, 360, position{90, 0}},
		"past the end":        {position{90, 1}, 100, 360, position{90, 0}},
		"an odd height":       {position{999_999, 0}, 1_000_000, 100, position{999_997, 8}},
		"fewer rows than fit": {position{3, 4}, 5, 360, position{}},
		"no rows":             {position{3, 4}, 0, 360, position{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := tt.at.clamp(tt.n, tt.height); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestPosition_Reveal(t *testing.T) {
	p := position{row: 10, px: 5}
	tests := map[int]position{
		9:  {9, 0},
		10: {10, 0},
		11: p,
		19: p, // its foot is 355 below the edge
		20: {11, 0},
		99: {90, 0},
	}
	for row, want := range tests {
		if got := p.reveal(row, 360); got != want {
			t.Errorf("row %d: got %v, want %v", row, got, want)
		}
	}
}
