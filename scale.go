package main

import (
	"os"
	"strconv"

	"lethe/app/look"
	"lethe/app/prefs"
)

// scaleVariable is where the toolkit looks for the scale. It does so before there
// is an app, and a scale that is set there from outside counts.
const scaleVariable = "FYNE_SCALE"

// setScale has the window open with the scale that was chosen, and answers it.
func setScale(kept *prefs.Prefs) int {
	if os.Getenv(scaleVariable) != "" {
		return look.UsualScale
	}
	percent := look.ScaleOf(kept.Int(prefs.Scale))
	if percent != look.UsualScale {
		_ = os.Setenv(scaleVariable, strconv.FormatFloat(float64(percent)/100, 'f', 2, 64))
	}
	return percent
}
