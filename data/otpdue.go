package data

// Strictness is how large a deletion may be without the Account Owner's OTP.
// It can be set stricter than half, never looser.
type Strictness string

// The choices of the Account Owner.
const (
	StrictHalf   Strictness = "half"   // from half the list on
	StrictTenth  Strictness = "tenth"  // from a tenth of it on
	StrictAlways Strictness = "always" // every deletion
)

// SmallList is the size up to which a list may be emptied without an OTP,
// but for Delete All.
const SmallList = 20

// Mark is what is counted since the last OTP accepted for a deletion, a
// restore or the enrolment. It has no clock and no person in it.
type Mark struct {
	// Removed counts customers removed since, by anyone and by any way; a
	// changed phone number counts as one removed.
	Removed int
	// Counted is how many are held now, without those that anyone but the
	// Account Owner added since.
	Counted int
	// Peak is the largest Counted since.
	Peak int
	// Held is how many are held now.
	Held int
	// MostHeld is the largest Held since.
	MostHeld int
}

// NewMark starts counting anew with held customers.
func NewMark(held int) Mark {
	return Mark{Counted: held, Peak: held, Held: held, MostHeld: held}
}

// Add counts n customers added, by the Account Owner or by somebody else.
func (m Mark) Add(n int, byAccountOwner bool) Mark {
	m.Held += n
	m.MostHeld = max(m.MostHeld, m.Held)
	if byAccountOwner {
		m.Counted += n
		m.Peak = max(m.Peak, m.Counted)
	}
	return m
}

// Remove counts n customers removed, of whom counted were held at the mark or
// added since by the Account Owner.
func (m Mark) Remove(n, counted int) Mark {
	m.Removed += n
	m.Held -= n
	m.Counted -= counted
	return m
}

// Rephone counts n phone numbers changed. Each counts as one removed; how many
// are held stays.
func (m Mark) Rephone(n int) Mark {
	m.Removed += n
	return m
}

// Undo counts n customers taken out again by undoing one's own import in the
// same session, of rows that nobody touched since. It counts neither way: they
// no longer raise the peak, else importing and undoing many would make room
// for deleting the rest. MostHeld stays, so undoing can't make a list small.
func (m Mark) Undo(n, counted int) Mark {
	m.Held -= n
	m.Counted -= counted
	m.Peak = max(m.Counted, m.Peak-counted)
	return m
}

// OTPDue tells whether taking away n customers needs the Account Owner's OTP:
// Delete All always; else when R + n >= P / 2 (a tenth, or any, where the owner
// wants it stricter), once more than SmallList were held at any time since the
// mark.
func OTPDue(m Mark, s Strictness, n int, all bool) bool {
	if all || s == StrictAlways {
		return true
	}
	if m.MostHeld <= SmallList {
		return false
	}
	share := 2
	if s == StrictTenth {
		share = 10
	}
	return share*(m.Removed+n) >= m.Peak
}
