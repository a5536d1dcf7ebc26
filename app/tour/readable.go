package main

import (
	"fmt"
	"image"
	"math"
)

// least is the contrast that a text must have with what is behind it, however
// faint it is meant to be. WCAG 2.2 asks for 4.5 where it isn't disabled; this
// catches what can't be read at all, such as what kept the colours of another
// theme.
const least = 1.7

// checkReadable fails if a text on top stands there in the colour of its
// background, or nearly so.
func (t *tour) checkReadable(s *snapshot, shot *image.RGBA) {
	if t.err != nil {
		return
	}
	top := t.program.frame.Title
	for i := range s.Objects {
		o := object(s.Objects[i])
		seen := 6 * max(t.scale, 100) / 100 // less than that of a text is scrolled out of sight
		cut := o.X <= 0 || o.Y <= 0         // scrolled beyond the edge: what is left may be the room behind the text
		if o.Kind != "Text" || o.Layer != s.Top || o.W < seen || o.H < seen || cut || s.covered(i) {
			continue
		}
		area := image.Rect(o.X, o.Y+top, o.X+o.W, o.Y+o.H+top).Intersect(shot.Bounds())
		if c := contrast(shot, area); c < least {
			t.fail(fmt.Errorf("“%s” at %s can't be read: its contrast is %.2f", short(o.Text), o.rect(), c))
			return
		}
	}
}

// covered tells whether something drawn later, such as a panel, lies over the
// object of that index.
func (s *snapshot) covered(i int) bool {
	under := object(s.Objects[i])
	for _, p := range s.Objects[i+1:] {
		o := object(p)
		larger := o.W*o.H > 3*under.W*under.H
		if larger && o.Layer == under.Layer && image.Rect(o.X, o.Y, o.X+o.W, o.Y+o.H).Overlaps(
			image.Rect(under.X, under.Y, under.X+under.W, under.Y+under.H)) {
			return true
		}
	}
	return false
}

// contrast is that between the darkest and the lightest pixel (WCAG 2.2,
// contrast ratio): from 1, all the same, to 21.
func contrast(img *image.RGBA, area image.Rectangle) float64 {
	dark, light := 1.0, 0.0
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			l := luminance(img.Pix[img.PixOffset(x, y):])
			dark, light = min(dark, l), max(light, l)
		}
	}
	return (light + 0.05) / (dark + 0.05)
}

// luminance is the relative luminance of a pixel (WCAG 2.2), 0 to 1.
func luminance(rgb []uint8) float64 {
	linear := func(v uint8) float64 {
		c := float64(v) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(rgb[0]) + 0.7152*linear(rgb[1]) + 0.0722*linear(rgb[2])
}
