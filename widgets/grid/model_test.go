package grid

import (
	"math/rand/v2"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"
)

// model is what a grid ought to be, in the plainest terms: the offset in pixels
// as one exact number, and selection by going through all rows of a range.
type model struct {
	y          float64
	height     float64 // of the body
	cursor     int
	anchor, to int // -1: none
	anchorKey  int64
	toKey      int64
	ticked     map[int64]bool
}

func (m *model) clamp(n int) {
	m.y = max(0, min(m.y, float64(n)*RowHeight-m.height))
	m.cursor = min(m.cursor, n-1)
}

func (m *model) reveal(row int) {
	top, foot := float64(row)*RowHeight, float64(row+1)*RowHeight
	if top < m.y {
		m.y = top
	} else if foot > m.y+m.height {
		m.y = foot - m.height
	}
}

// go to a row without Shift.
func (m *model) visit(s *sheet, row int) {
	m.cursor = row
	m.reveal(row)
	m.setAnchor(s, row)
}

func (m *model) setAnchor(s *sheet, row int) {
	m.anchor, m.to, m.anchorKey, m.toKey = row, row, s.keys[row], s.keys[row]
}

// go to a row with Shift: what was stretched is undone, the new range is ticked.
func (m *model) stretch(s *sheet, row int) {
	if m.anchor < 0 {
		from := m.cursor
		if from < 0 {
			from = row
		}
		m.setAnchor(s, from)
	}
	if m.to != m.anchor {
		for i := min(m.anchor, m.to); i <= max(m.anchor, m.to); i++ {
			if i < min(m.anchor, row) || i > max(m.anchor, row) {
				delete(m.ticked, s.keys[i])
			}
		}
	}
	for i := min(m.anchor, row); i <= max(m.anchor, row); i++ {
		inside := m.to != m.anchor && i >= min(m.anchor, m.to) && i <= max(m.anchor, m.to)
		if !inside { // what was inside may have been unticked by hand since
			m.ticked[s.keys[i]] = true
		}
	}
	m.to, m.toKey, m.cursor = row, s.keys[row], row
	m.reveal(row)
}

func (m *model) toggle(key int64) {
	if m.ticked[key] {
		delete(m.ticked, key)
	} else {
		m.ticked[key] = true
	}
}

// voidAnchor is what a change of rows does.
func (m *model) voidAnchor(s *sheet) {
	if m.anchor >= s.Len() || (m.anchor >= 0 && s.keys[m.anchor] != m.anchorKey) {
		m.anchor, m.to = -1, -1
	}
	if m.anchor >= 0 && (m.to >= s.Len() || s.keys[m.to] != m.toKey) {
		m.to, m.toKey = m.anchor, m.anchorKey
	}
}

// first and last row whose middle is on screen.
func (m *model) visible(n int) (first, last int) {
	if n == 0 || m.height <= 0 {
		return 0, -1
	}
	first, last = -1, -1
	for row := int(m.y / RowHeight); row < n && float64(row)*RowHeight < m.y+m.height; row++ {
		middle := float64(row)*RowHeight + RowHeight/2
		if middle > m.y && first < 0 {
			first = row
		}
		if middle <= m.y+m.height {
			last = row
		}
	}
	if first < 0 {
		first = min(int(m.y/RowHeight), n-1)
	}
	return first, max(first, last)
}

// TestModel scrolls, resizes, sorts, ticks and deletes at random, and compares
// what the grid shows with a plain model after each step.
func TestModel(t *testing.T) { rapid.Check(t, likeTheModel(newRig(t, 0, 700, 400))) }

// FuzzModel does the same, led by what the fuzzer makes of it:
//
//	go test ./widgets/grid -fuzz FuzzModel
func FuzzModel(f *testing.F) { f.Fuzz(rapid.MakeFuzz(likeTheModel(newRig(f, 0, 700, 400)))) }

func likeTheModel(r *rig) func(*rapid.T) {
	return func(t *rapid.T) {
		n := rapid.SampledFrom([]int{0, 1, 7, 300, 200_000}).Draw(t, "rows")
		r.sheet = newSheet(n)
		r.shift = false
		r.SetColumns(fiveColumns)
		r.SetSort("", false)
		r.SetSource(r.sheet)
		m := &model{cursor: -1, anchor: -1, to: -1, ticked: map[int64]bool{}}
		r.OnSort = func(c string, desc bool) {
			rand.New(rand.NewPCG(1, uint64(n))).Shuffle(r.sheet.Len(), func(i, j int) {
				r.sheet.keys[i], r.sheet.keys[j] = r.sheet.keys[j], r.sheet.keys[i]
			})
			r.SetSort(c, desc)
			r.Refresh()
		}
		resize := func(width, height int) {
			r.win.Resize(fyne.NewSize(float32(width), float32(height)))
			m.height = float64(r.shape.bodyHeight)
			m.clamp(r.sheet.Len())
		}
		resize(700, 400)
		aRow := func(t *rapid.T) int {
			if r.sheet.Len() == 0 {
				t.Skip("no rows")
			}
			first, last := r.VisibleRows()
			return rapid.IntRange(first, last).Draw(t, "row")
		}
		middle := func(row int) float32 {
			return HeaderHeight + max(0, min(r.shape.bodyHeight-1, r.pos.top(row)+RowHeight/2))
		}
		step := func(key fyne.KeyName) int {
			first, _ := r.VisibleRows()
			to := m.cursor
			page := max(1, int(m.height/RowHeight))
			if to < 0 {
				to = first
				if key == fyne.KeyHome {
					to = 0
				} else if key == fyne.KeyEnd {
					to = r.sheet.Len() - 1
				}
			} else {
				to += map[fyne.KeyName]int{
					fyne.KeyUp: -1, fyne.KeyDown: 1, fyne.KeyPageUp: -page, fyne.KeyPageDown: page,
					fyne.KeyHome: -million, fyne.KeyEnd: million,
				}[key]
			}
			return max(0, min(to, r.sheet.Len()-1))
		}
		keys := []fyne.KeyName{fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd}

		t.Repeat(map[string]func(*rapid.T){
			"wheel": func(t *rapid.T) {
				dy := rapid.IntRange(-5000, 5000).Draw(t, "dy")
				test.Scroll(r.win.Canvas(), fyne.NewPos(50, HeaderHeight+5), 0, float32(dy))
				m.y -= float64(dy) * wheelFactor
			},
			"jump": func(t *rapid.T) {
				row := rapid.IntRange(0, r.sheet.Len()).Draw(t, "row")
				r.ScrollTo(row)
				m.y = float64(row) * RowHeight
			},
			"resize": func(t *rapid.T) {
				resize(rapid.IntRange(240, 900).Draw(t, "width"), rapid.IntRange(144, 700).Draw(t, "height"))
			},
			"resize a column": func(t *rapid.T) {
				col := rapid.IntRange(0, 3).Draw(t, "column")
				if !r.columnShown(col) {
					t.Skip("out of sight")
				}
				dx := rapid.IntRange(-200, 200).Draw(t, "dx")
				r.dragFrom(r.columnLeft(col)+r.shape.widths[col], 10, fyne.NewDelta(float32(dx), 0))
				m.height = float64(r.shape.bodyHeight)
			},
			"sort": func(*rapid.T) {
				r.tap(hit{zone: headerZone, col: 0, row: -1, edge: -1, action: -1}, fyne.Position{}, 0)
				m.voidAnchor(r.sheet)
			},
			"delete rows": func(t *rapid.T) {
				keep := rapid.IntRange(0, r.sheet.Len()).Draw(t, "keep")
				r.sheet.keys = r.sheet.keys[:keep]
				r.Refresh()
				m.voidAnchor(r.sheet)
			},
			"click": func(t *rapid.T) {
				row := aRow(t)
				r.clock = r.clock.Add(1e9)
				r.click(60, middle(row), 0)
				m.visit(r.sheet, row)
			},
			"tick": func(t *rapid.T) {
				row := aRow(t)
				r.click(20, middle(row), 0)
				m.visit(r.sheet, row)
				m.toggle(r.sheet.keys[row])
			},
			"shift-click": func(t *rapid.T) {
				row := aRow(t)
				r.click(60, middle(row), fyne.KeyModifierShift)
				m.stretch(r.sheet, row)
			},
			"key": func(t *rapid.T) {
				key := rapid.SampledFrom(keys).Draw(t, "key")
				to := step(key)
				r.press(key)
				if r.sheet.Len() > 0 {
					m.visit(r.sheet, to)
				}
			},
			"shift-key": func(t *rapid.T) {
				key := rapid.SampledFrom(keys).Draw(t, "key")
				to, fresh := step(key), m.cursor < 0
				r.pressShift(key)
				switch {
				case r.sheet.Len() == 0:
				case fresh:
					m.visit(r.sheet, to)
				default:
					m.stretch(r.sheet, to)
				}
			},
			"space": func(*rapid.T) {
				r.press(fyne.KeySpace)
				if m.cursor >= 0 {
					m.toggle(r.sheet.keys[m.cursor])
					m.setAnchor(r.sheet, m.cursor)
				}
			},
			"header checkbox": func(*rapid.T) {
				first, last := m.visible(r.sheet.Len())
				on := false
				for row := first; row <= last; row++ {
					on = on || !m.ticked[r.sheet.keys[row]]
				}
				r.click(20, 18, 0)
				for row := first; row <= last; row++ {
					if on {
						m.ticked[r.sheet.keys[row]] = true
					} else {
						delete(m.ticked, r.sheet.keys[row])
					}
				}
			},
			"control-key": func(t *rapid.T) {
				key := rapid.SampledFrom([]fyne.KeyName{fyne.KeyHome, fyne.KeyEnd}).Draw(t, "key")
				to := step(key)
				r.TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault})
				if r.sheet.Len() > 0 {
					m.visit(r.sheet, to)
				}
			},
			"select all": func(t *rapid.T) {
				if r.sheet.Len() > 1000 {
					t.Skip("a map of all would take long")
				}
				r.TypedShortcut(&fyne.ShortcutSelectAll{})
				for _, key := range r.sheet.keys {
					m.ticked[key] = true
				}
			},
			"move a column": func(t *rapid.T) {
				from, to := rapid.IntRange(1, 3).Draw(t, "from"), rapid.IntRange(1, 3).Draw(t, "to")
				if !r.columnShown(from) || r.columnLeft(from) < r.shape.pinWidth {
					t.Skip("out of sight")
				}
				x := r.columnLeft(from) + r.shape.widths[from]/2
				r.dragFrom(x, 10, fyne.NewDelta(r.columnLeft(to)+r.shape.widths[to]/2-x+float32(to-from), 0))
				m.height = float64(r.shape.bodyHeight)
				m.voidAnchor(r.sheet) // where it was dragged nowhere, that was a click, which sorts
			},
			"sideways": func(t *rapid.T) {
				r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(float32(rapid.IntRange(-300, 300).Draw(t, "dx")), 0)})
			},
			"drag the scrollbar": func(t *rapid.T) {
				bar := r.vertical()
				if bar.length == 0 {
					t.Skip("all rows are in sight")
				}
				dy := float32(rapid.IntRange(-400, 400).Draw(t, "dy"))
				r.dragFrom(r.shape.viewWidth+3, HeaderHeight+bar.start+bar.length/2, fyne.NewDelta(0, dy))
				free := float64(r.shape.bodyHeight - bar.length)
				m.y = r.pos.y() // to the pixel it is for the thumb to say; but it must be near
				if want := max(0, min(float64(bar.start+dy)/free, 1)); free > 0 {
					far := end(r.sheet.Len(), r.shape.bodyHeight)
					slack := 0.01 + 1/far // whole units
					if got := m.y / far; got < want-slack || got > want+slack {
						t.Fatalf("dragged to %g of the list, not %g", got, want)
					}
				}
			},
			"": func(t *rapid.T) {
				m.clamp(r.sheet.Len())
				compare(t, r, m)
			},
		})
	}
}

// compare looks at all that is drawn.
func compare(t *rapid.T, r *rig, m *model) {
	n := r.sheet.Len()
	if r.pos.y() != m.y {
		t.Fatalf("scrolled to %g, want %g", r.pos.y(), m.y)
	}
	if r.FocusedRow() != m.cursor {
		t.Fatalf("the keys act on row %d, want %d", r.FocusedRow(), m.cursor)
	}
	first, last := r.VisibleRows()
	if f, l := m.visible(n); first != f || last != l {
		t.Fatalf("rows %d to %d are on screen, want %d to %d", first, last, f, l)
	}
	if len(r.sheet.ticked) != len(m.ticked) {
		t.Fatalf("%d rows are ticked, want %d", len(r.sheet.ticked), len(m.ticked))
	}
	for key := range m.ticked {
		if !r.sheet.ticked[key] {
			t.Fatalf("%d is not ticked", key)
		}
	}
	ticked := 0
	for row := first; row <= last; row++ {
		s := r.view.slotOf(row)
		if s == nil {
			t.Fatalf("row %d is not drawn", row)
		}
		if y := float64(s.ground.Position().Y); y != float64(row)*RowHeight-m.y || !s.ground.Visible() {
			t.Fatalf("row %d is drawn at %g", row, y)
		}
		key := r.sheet.keys[row]
		for i, c := range r.columns {
			if c.Kind != Text && c.Kind != Masked && c.Kind != Date || !r.columnShown(i) {
				continue
			}
			want := r.view.text.fit(r.sheet.Cell(row, c.ID).Text, r.shape.widths[i]-2*padding)
			if got := r.CellText(row, c.ID); got != want {
				t.Fatalf("row %d says %q in %s, want %q", row, got, c.ID, want)
			}
			if want != "" && !slices.ContainsFunc(s.picture.texts(), func(m mark) bool {
				return m.text == want && m.x == r.columnLeft(i)+padding && m.letters == r.view.text
			}) {
				t.Fatalf("row %d has no %q in its picture's column %s: %v", row, want, c.ID, s.picture.texts())
			}
		}
		state := Unchecked
		if m.ticked[key] {
			state = Checked
			ticked++
		}
		if s.check.state != state {
			t.Fatalf("row %d is drawn as %d, want %d", row, s.check.state, state)
		}
	}
	want := Partial
	switch ticked {
	case 0:
		want = Unchecked
	case last - first + 1:
		want = Checked
	}
	if got := r.view.header.check.state; got != want {
		t.Fatalf("the header shows %d, want %d", got, want)
	}
	if r.shape.overflow > 0 && (r.scrollX < 0 || r.scrollX > r.shape.overflow) {
		t.Fatalf("scrolled sideways %g of %g", r.scrollX, r.shape.overflow)
	}
}
