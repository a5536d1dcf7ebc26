// Package presence tells when somebody uses the window: a key, the pointer, a
// button of the mouse, the wheel.
//
// Fyne tells of these to the widget that they are for, and to nobody else. So
// this listens where Fyne itself does, at GLFW, in front of it and passing
// everything on. GLFW's window is current whenever Fyne draws; a sensor of one
// pixel is drawn like anything else and so comes by it. Should a later Fyne draw
// otherwise, nothing is heard, and the window locks too early rather than never.
package presence

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// Sensor makes an object of one pixel that nobody sees. Once it has been drawn,
// used is called whenever somebody uses the window that it stands in; on the
// window's goroutine, often, so it must be quick.
func Sensor(used func()) fyne.CanvasObject {
	listening := false
	nothing := image.NewRGBA(image.Rect(0, 0, 1, 1))
	sensor := canvas.NewRaster(func(int, int) image.Image {
		if w := glfw.GetCurrentContext(); w != nil && !listening {
			listening = true
			listen(w, used)
		}
		return nothing
	})
	sensor.SetMinSize(fyne.NewSquareSize(1))
	return sensor
}

// listen puts itself in front of who listens already.
func listen(w *glfw.Window, used func()) {
	var (
		key    glfw.KeyCallback
		char   glfw.CharCallback
		button glfw.MouseButtonCallback
		moved  glfw.CursorPosCallback
		wheel  glfw.ScrollCallback
	)
	key = w.SetKeyCallback(func(w *glfw.Window, k glfw.Key, scancode int, a glfw.Action, m glfw.ModifierKey) {
		used()
		if key != nil {
			key(w, k, scancode, a, m)
		}
	})
	char = w.SetCharCallback(func(w *glfw.Window, r rune) {
		used()
		if char != nil {
			char(w, r)
		}
	})
	button = w.SetMouseButtonCallback(func(w *glfw.Window, b glfw.MouseButton, a glfw.Action, m glfw.ModifierKey) {
		used()
		if button != nil {
			button(w, b, a, m)
		}
	})
	moved = w.SetCursorPosCallback(func(w *glfw.Window, x, y float64) {
		used()
		if moved != nil {
			moved(w, x, y)
		}
	})
	wheel = w.SetScrollCallback(func(w *glfw.Window, x, y float64) {
		used()
		if wheel != nil {
			wheel(w, x, y)
		}
	})
}
