package probe

// Snapshot is what the window shows at one moment.
type Snapshot struct {
	Title string `json:"title"`
	// Width and Height are the canvas's, in pixels.
	Width  int `json:"width"`
	Height int `json:"height"`
	// Top is the layer that takes the pointer: 0 for the window's content, or
	// the number of overlays on it.
	Top     int      `json:"top"`
	Objects []Object `json:"objects"`
	// Longest is the longest time since the snapshot before in which the window
	// was deaf; Stalls are those of 100 milliseconds and more.
	Longest Stall `json:"longest"`
	// Busiest is how many of CPU time the window's own thread took at most in one
	// round of its loop: what it would be deaf for on a machine that does nothing
	// else. 0 where that isn't known.
	Busiest int `json:"busiest"`
	// Answer is how many milliseconds passed at most until something that was
	// ready behind the window could be shown.
	Answer int     `json:"answer"`
	Stalls []Stall `json:"stalls,omitempty"`
}

// Stall is a time in which the window heard no key and no click.
type Stall struct {
	Milliseconds int `json:"milliseconds"`
	// Work is how much of CPU time the window's own thread took in it, and All the
	// whole program: where both are small, the machine was busy with something
	// else. 0 where that isn't known.
	Work int `json:"work"`
	All  int `json:"all"`
	// Doing is where the window's goroutine stood after the first 100: a stack
	// as Go writes it.
	Doing string `json:"doing,omitempty"`
}

// Object is something that can be seen, be it in part.
type Object struct {
	// Kind is the name of its Go type without the package, as "Button"; of what
	// a grid draws, the name of its target, as "row", "check" or "action:delete".
	Kind string `json:"kind"`
	// Text is all that can be read in it, one blank between two texts.
	Text string `json:"text,omitempty"`
	// Name is what assistive technology is told, where it differs.
	Name string `json:"name,omitempty"`
	// Row is the row of a grid, -1 for its header; 0 elsewhere.
	Row int `json:"row,omitempty"`
	// X, Y, W and H are what can be seen of it, in pixels from the canvas's
	// upper left corner.
	X int `json:"x"`
	Y int `json:"y"`
	W int `json:"w"`
	H int `json:"h"`
	// Layer is 0 in the window's content, 1 in the first overlay, and so on.
	Layer int `json:"layer"`
	// Acts: it takes clicks or keys.
	Acts     bool `json:"acts,omitempty"`
	Disabled bool `json:"disabled,omitempty"`
	Focused  bool `json:"focused,omitempty"`
}
