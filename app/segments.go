package app

import "lethe/data"

// firstSegments are the segments of a new list, in the window's language.
func (a *App) firstSegments() []data.Segment {
	return data.FirstSegments(func(s data.FirstSegment) string { return a.words.T("customers.first_segment." + string(s)) })
}
