package app

import "lethe/app/desk"

// Pages are the pages of the rail, in its order. Each tells for whom it exists.
func Pages() []desk.Entry {
	return []desk.Entry{}
}
