package data

// Removal is what one transaction takes away from the list, or what stands in
// for that: what "When the OTP is due" counts, by whomever and whichever way.
type Removal struct {
	// Customers are removed: by a deletion, by a restore of an older list, by
	// undoing an import of somebody else's or of another session's, or of rows
	// that were touched since.
	Customers int
	// Counted are those of Customers who were held at the mark or were added
	// since by the Account Owner.
	Counted int
	// Phones are customers whose phone number changes, by hand or by an import
	// that updates. Each is as good as one removed and another added.
	Phones int
	// Losing are customers who stay and lose a value of a custom field that is
	// removed. They don't add up over time: it takes an OTP where half of those
	// held lose one.
	Losing int
	// All is Delete All. Always is what takes an OTP whatever it takes away, as
	// a restore does.
	All, Always bool
}

// Due tells whether r takes the Account Owner's OTP, where m was counted
// before it.
func (r Removal) Due(m Mark, s Strictness) bool {
	if r.All || r.Always {
		return true
	}
	if n := r.Customers + r.Phones; n > 0 && OTPDue(m, s, n, false) {
		return true
	}
	held := Mark{Peak: m.Held, MostHeld: m.MostHeld}
	return r.Losing > 0 && OTPDue(held, s, r.Losing, false)
}

// Count is the mark after r, where r took no OTP.
func (r Removal) Count(m Mark) Mark {
	return m.Remove(r.Customers, r.Counted).Rephone(r.Phones)
}

// Restarts tells whether an OTP accepted for r begins the counting anew: for a
// deletion, what counts as one, and a restore.
func (r Removal) Restarts() bool {
	return r.All || r.Always || r.Customers+r.Phones > 0
}
