package signin

import "time"

const longest = 30 * time.Second

// Delay is how long the next try waits after so many wrong passwords in a
// row: nothing, 1, 2, 4, 8, 16 and from then on 30 seconds. It spares the
// person who mistypes and tires the one who guesses at the desk; who has a
// copy of the files is held off by the cost of the password's key alone.
func Delay(wrong int) time.Duration {
	if wrong <= 0 {
		return 0
	}
	if wrong > 5 {
		return longest
	}
	return time.Second << (wrong - 1)
}
