package data

// StalePlan is the ErrStalePlan of a deletion: how the list differs from what
// was confirmed. With nothing in it the list changed, but not in these
// customers.
type StalePlan struct {
	Changed int // of the plan's customers: changed since, or what hangs on them
	Gone    int // of them: deleted since, or no longer theirs to see who asked
	New     int // of Delete All: came since, and would go too
}

// Error says that the list changed, not how.
func (e *StalePlan) Error() string { return ErrStalePlan.Error() }

// Unwrap returns ErrStalePlan.
func (e *StalePlan) Unwrap() error { return ErrStalePlan }
