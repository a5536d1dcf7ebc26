package grid

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

const (
	boneHeight = 10 // of what stands for a text
	boneRows   = 24 // at most
)

// SetWaiting tells whether rows are on their way: until there are some, bars
// stand where their texts will be, so that nothing jumps when they come.
func (g *Grid) SetWaiting(on bool) {
	if g.waiting != on {
		g.waiting = on
		g.sync()
	}
}

// Waiting tells whether bars stand in place of rows now.
func (g *Grid) Waiting() bool { return g.waiting && g.len() == 0 }

// syncWaiting draws the bars, or drops them.
func (v *view) syncWaiting() {
	g := v.g
	v.bones.set()
	reveal(v.bones.clip, g.Waiting())
	if !g.Waiting() {
		return
	}
	v.bones.bound(0, HeaderHeight, g.shape.viewWidth, g.shape.bodyHeight)
	rows := min(int(math.Ceil(float64(g.shape.bodyHeight)/RowHeight)), boneRows)
	for row := range rows {
		// They fade towards the last row.
		shade, _ := color.NRGBAModel.Convert(v.look.chip).(color.NRGBA)
		shade.A = uint8(int(shade.A) * (rows - row) / rows)
		for col, c := range g.columns {
			if c.Kind == Actions || !g.columnShown(col) {
				continue
			}
			bone := canvas.NewRectangle(shade)
			bone.CornerRadius = boneHeight / 2
			bone.Move(fyne.NewPos(g.columnLeft(col)+padding, float32(row)*RowHeight+(RowHeight-boneHeight)/2))
			// Of different lengths, as texts are, and the same ones each time.
			share := 0.45 + 0.1*float32((row*5+col*3)%5)
			bone.Resize(fyne.NewSize(max(0, g.shape.widths[col]-2*padding)*share, boneHeight))
			v.bones.add(bone)
		}
	}
}
