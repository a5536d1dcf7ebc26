//go:build probe && !linux

package probe

import "time"

// threadTime isn't known here.
func threadTime() time.Duration { return 0 }

// processTime isn't known here.
func processTime() time.Duration { return 0 }
