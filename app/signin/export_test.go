package signin

// Tick does what a tick of the clock does, on the test's goroutine.
func (p *Page) Tick() { p.tick(p.quit) }
