package probe

// ActsName is the file in the tour's folder that holds the acts of a tour that
// measures.
const ActsName = "acts.json"

// Act is something that was done in a window, and what it took.
type Act struct {
	Name    string  `json:"name"`
	Seconds float64 `json:"seconds"` // until what it led to was seen
	Longest Stall   `json:"longest"` // of its stalls
	// Busiest is how many milliseconds of CPU time the window's thread took at
	// most at once.
	Busiest int `json:"busiest"`
	// Answer is how many milliseconds something that was ready to be shown waited
	// at most.
	Answer   int `json:"answer"`
	Resident int `json:"resident_kb"` // afterwards
	Peak     int `json:"peak_kb"`     // so far
}
