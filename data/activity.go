package data

import "time"

// Activity is how lately a customer was in touch.
type Activity string

// The three activity statuses.
const (
	Active         Activity = "active"
	Inactive       Activity = "inactive"
	NeverContacted Activity = "never"
)

// DefaultActiveDays is the active window before the Account Owner changes it.
const DefaultActiveDays = 90

// ActivityOf tells the status of a customer whose last interaction was at
// last: Active within activeDays times 24 hours before now (the edge counts as
// within), Inactive before it, NeverContacted for the zero time.
func ActivityOf(last, now time.Time, activeDays int) Activity {
	switch {
	case last.IsZero():
		return NeverContacted
	case last.Before(now.Add(-time.Duration(activeDays) * 24 * time.Hour)):
		return Inactive
	}
	return Active
}
