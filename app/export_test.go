package app

import "fyne.io/fyne/v2"

// Tick does what a tick of the clock does.
func (a *App) Tick() { a.idle.tick() }

// Use does what the sensor does.
func (a *App) Use() { a.idle.note() }

// Suspended does what the system's word that it sleeps does.
func (a *App) Suspended() { a.asleep() }

// CloseWindow does what the window's cross does.
func (a *App) CloseWindow() { a.askAndQuit() }

// Ended waits for the end that Quit began.
func (a *App) Ended() { a.quitting.Wait() }

var _ fyne.Layout = corner{}
