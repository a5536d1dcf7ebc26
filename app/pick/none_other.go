//go:build !linux

package pick

// none is a desktop without dialogs that a Go program can ask.
type none struct{}

func desktop() native { return none{} }

func (none) open(string, []string) (string, bool) { return "", false }
func (none) save(string, string) (string, bool)   { return "", false }
func (none) folder(string) (string, bool)         { return "", false }
