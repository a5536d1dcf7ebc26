package customers

import "lethe/data"

// situation is everything that decides which controls there are.
type situation struct {
	Rights   data.Rights
	Total    int  // everybody whom the person sees
	Matching int  // whom filters and search leave
	Selected int  // ticked, wherever
	Hidden   int  // of them, those that filters and search hide
	Narrowed bool // there is a filter or a search
	Only     bool // the grid lists the ticked ones alone
	Busy     bool // an answer is under way, so what is counted may be out of date
	Imported bool // in this session, and it can be undone
}

// control is a button or the like: absent, greyed out or in use.
type control int

// The states of a control.
const (
	absent control = iota
	greyed
	usable
)

// stripState is what the strip over the grid shows.
type stripState int

// The three states of the strip.
const (
	stripIdle stripState = iota
	stripNarrowed
	stripSelected
)

// controls is what is shown and what of it can be used.
type controls struct {
	Import         control
	Export         control
	UndoImport     control
	Add            control
	DeleteAll      control
	DeleteFiltered control
	DeleteSelected control
	DeleteRow      control // the bin, the context menu's item and the Delete key on a row
	DeleteAllPlace bool    // room is kept for Delete All, so that nothing takes its place
	CreateSegment  control
	SelectAll      control // Select all N matching
	ShowHidden     control
	Checks         bool // rows have checkboxes
	Strip          stripState
	IdleHint       bool // the idle strip says how to delete
}

// controlsOf is the one place where it is decided. Whoever may not delete has
// no control that does, and nothing to tick: they export what a filter leaves,
// or all.
func controlsOf(s situation) controls {
	may := s.Rights.May(data.OpDelete)
	mayAll := may && s.Rights.May(data.OpDeleteAll)
	mayExport := s.Rights.May(data.OpBeginExport)
	c := controls{Checks: may, DeleteAllPlace: mayAll, IdleHint: may && s.Total > 0}
	switch {
	case may && s.Selected > 0:
		c.Strip = stripSelected
	case s.Narrowed:
		c.Strip = stripNarrowed
	}
	c.Import = when(s.Rights.May(data.OpImport), true)
	c.Export = when(mayExport, s.Total > 0)
	c.UndoImport = when(c.Strip == stripIdle && s.Imported && s.Rights.May(data.OpSealUndo), true)
	c.Add = when(s.Rights.May(data.OpAddCustomer), true)
	c.CreateSegment = when(c.Strip == stripNarrowed && s.Rights.May(data.OpAddSegment), true)
	c.DeleteAll = when(mayAll && c.Strip == stripIdle, s.Total > 0 && !s.Busy)
	c.DeleteFiltered = when(may && c.Strip == stripNarrowed, s.Matching > 0 && !s.Busy)
	c.DeleteSelected = when(c.Strip == stripSelected, true)
	c.DeleteRow = when(may, true)
	shown := s.Selected - s.Hidden
	c.SelectAll = when(c.Strip == stripSelected && !s.Only && s.Matching > shown, !s.Busy)
	c.ShowHidden = when(c.Strip == stripSelected && (s.Hidden > 0 || s.Only), true)
	return c
}

func when(shown, enabled bool) control {
	switch {
	case !shown:
		return absent
	case !enabled:
		return greyed
	}
	return usable
}
