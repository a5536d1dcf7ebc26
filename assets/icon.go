package assets

import (
	_ "embed"

	"fyne.io/fyne/v2"
)

//go:embed icons/lethe.png
var iconPNG []byte

//go:embed icons/lethe.svg
var iconSVG []byte

//go:embed icons/team.svg
var teamSVG []byte

// Team returns the picture of a group of people, black on nothing: for a themed
// icon.
func Team() fyne.Resource {
	return fyne.NewStaticResource("team.svg", teamSVG)
}

// Icon returns the app's icon as a PNG of 512 by 512 pixels: for the window
// and the app's metadata.
func Icon() fyne.Resource {
	return fyne.NewStaticResource("lethe.png", iconPNG)
}

// Mark returns the app's icon as an SVG: for pages that show it at any size.
// Its colours are its own, the same on light and dark.
func Mark() fyne.Resource {
	return fyne.NewStaticResource("lethe.svg", iconSVG)
}
