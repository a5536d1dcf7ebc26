package account

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// PasswordMin is the shortest password in characters, after NFC.
const PasswordMin = 10

// PasswordReason is why a password is refused.
type PasswordReason string

// The reasons.
const (
	PasswordShort  PasswordReason = "too_short" // fewer than PasswordMin characters
	PasswordLong   PasswordReason = "too_long"  // more than PasswordMax bytes
	PasswordCommon PasswordReason = "common"    // one that is tried first
	PasswordNamed  PasswordReason = "name"      // the name of the person or of the business
)

// PasswordProblem is the error of CheckPassword.
type PasswordProblem struct{ Reason PasswordReason }

// Error gives the reason, not the password.
func (p *PasswordProblem) Error() string { return "password refused: " + string(p.Reason) }

// CheckPassword tells whether a new password will do; its error is a
// *PasswordProblem. It follows NIST SP 800-63B, 5.1.1.2: length rather than
// composition, any character, and a list of passwords that are tried first. Names are those of the member and of the business: a
// password made of one with digits or signs around is refused.
func CheckPassword(password string, names ...string) error {
	if len(password) > 4*PasswordMax {
		return &PasswordProblem{PasswordLong}
	}
	runes := []rune(norm.NFC.String(password))
	switch {
	case len(runes) < PasswordMin:
		return &PasswordProblem{PasswordShort}
	case len(string(runes)) > PasswordMax:
		return &PasswordProblem{PasswordLong}
	case isRun(runes), repeats(runes), isCommon(string(runes)):
		return &PasswordProblem{PasswordCommon}
	}
	letters := lettersOf(password)
	for _, n := range names {
		if n = lettersOf(n); n != "" && n == letters {
			return &PasswordProblem{PasswordNamed}
		}
	}
	return nil
}

// isRun tells whether each character follows the one before it, up or down:
// 0123456789, 9876543210, abcdefghij; 0 follows 9.
func isRun(runes []rune) bool {
	for _, by := range []rune{1, -1} {
		ok := true
		for i := 1; i < len(runes) && ok; i++ {
			a, b := unicode.ToLower(runes[i-1]), unicode.ToLower(runes[i])
			around := by == 1 && a == '9' && b == '0' || by == -1 && a == '0' && b == '9'
			ok = b-a == by || around
		}
		if ok {
			return true
		}
	}
	return false
}

// repeats tells whether a few characters are repeated all along.
func repeats(runes []rune) bool {
	for period := 1; period <= 4; period++ {
		ok := true
		for i := period; i < len(runes) && ok; i++ {
			ok = runes[i] == runes[i-period]
		}
		if ok {
			return true
		}
	}
	return false
}

// lettersOf keeps the letters and their marks, small, in NFC.
func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFC.String(s))
}
