package account

import (
	"slices"
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
// *PasswordProblem. Names are those of the member and of the business: a
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
	case isRun(runes), repeats(runes), slices.Contains(common(), strings.ToLower(string(runes))):
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

// common are passwords that are long enough and yet among the first tried.
func common() []string {
	return []string{
		"password12", "password123", "password1234", "password12345", "password@123", "passw0rd123",
		"p@ssw0rd12", "p@ssw0rd123", "p@ssword123", "mypassword", "mypassword1", "mypassword123",
		"qwertyuiop", "qwertyuiop1", "qwertyuiop123", "qwerty1234", "qwerty12345", "qwerty123456", "qwerty@123",
		"1q2w3e4r5t", "1q2w3e4r5t6y", "q1w2e3r4t5", "q1w2e3r4t5y6", "1qaz2wsx3edc", "qazwsxedc123", "zaq12wsxcde3",
		"asdfghjkl1", "asdfghjkl123", "asdf123456", "zxcvbnm123", "zxcvbnm1234",
		"abcd123456", "abcd12345678", "abc1234567", "abc123456789", "abcde12345", "a1b2c3d4e5", "aa12345678", "a123456789",
		"1122334455", "1234554321", "11223344556677", "123456789a", "1234567890a", "123456789q", "12345qwert",
		"welcome123", "welcome1234", "welcome@123", "letmein123", "letmein1234", "changeme123", "changeme1234",
		"admin12345", "admin123456", "admin@1234", "admin@12345", "administrator", "administrator1", "superadmin1",
		"iloveyou12", "iloveyou123", "iloveyou1234", "sunshine123", "princess123", "football123", "superman123",
		"monkey12345", "dragon12345", "master12345", "computer123", "internet123", "whatsapp123", "whatsapp1234",
		"business123", "customer123", "customers123", "india12345", "india123456", "india@1234", "india@12345",
		"cricket123", "sachin12345", "krishna123", "krishna1234", "ganesh12345", "mumbai12345", "delhi12345",
		"secret12345", "trustno1trustno1", "correcthorsebatterystaple", "lethelethe1", "lethe12345",
	}
}
