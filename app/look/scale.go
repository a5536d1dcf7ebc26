package look

import "slices"

// UsualScale is the scale of a window for which nobody chose another, in
// percent of what the desktop asks for.
const UsualScale = 100

// Scales are those that a person can choose. The toolkit takes them in tenths.
func Scales() []int { return []int{80, 90, 100, 110, 120, 130, 150, 170, 200} }

// ScaleOf is percent where it is one of Scales, and else the usual one.
func ScaleOf(percent int) int {
	if slices.Contains(Scales(), percent) {
		return percent
	}
	return UsualScale
}
