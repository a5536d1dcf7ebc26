package account

import (
	"errors"
	"strings"
	"testing"
)

func TestCheckPassword(t *testing.T) {
	names := []string{"Asha Rao-Kulkarni", "Northwind Traders", "", "शर्मा ट्रेडर्स"}
	for password, want := range map[string]PasswordReason{
		"":                           PasswordShort,
		"tiny":                       PasswordShort,
		"nine char":                  PasswordShort,
		"e\u0301toilée à":            PasswordShort, // ten characters only before NFC
		"étoilée à1":                 "",
		strings.Repeat("aZ3?x", 205): PasswordLong,
		strings.Repeat("x", 10_000):  PasswordLong,
		strings.Repeat("aZ3?x", 20):  "",
		"aaaaaaaaaa":                 PasswordCommon,
		"abababababab":               PasswordCommon,
		"123123123123":               PasswordCommon,
		"1234567890":                 PasswordCommon,
		"0987654321":                 PasswordCommon,
		"abcdefghijkl":               PasswordCommon,
		"Password123":                PasswordCommon,
		"qwertyuiop":                 PasswordCommon,
		"northwindtraders":           PasswordNamed,
		"Northwind-Traders 2026!":    PasswordNamed,
		"ASHA.rao.kulkarni":          PasswordNamed,
		"शर्माट्रेडर्स99":           PasswordNamed,
		"northwind is not the name": "",
		"monsoon over the ghats":    "",
		"8429 5170 33":              "",
	} {
		err := CheckPassword(password, names...)
		var p *PasswordProblem
		switch {
		case want == "" && err != nil:
			t.Errorf("%.30q: %v", password, err)
		case want != "" && (!errors.As(err, &p) || p.Reason != want):
			t.Errorf("%.30q: %v, want %s", password, err, want)
		}
		if err != nil && password != "" && strings.Contains(err.Error(), password) {
			t.Errorf("the error tells the password: %v", err)
		}
	}
}

func TestCommonPasswords(t *testing.T) {
	for _, password := range []string{
		"P@ssw0rd-2024!", "Sunshine12345", "sunshinesunshine", "passwordpassword1", "1q2w3e4r5t6y", "Welcome@123",
		"WHATSAPP2026", "mumbai@12345", "123456sunshine", "$unsh1ne!!!!",
	} {
		var p *PasswordProblem
		if err := CheckPassword(password); !errors.As(err, &p) || p.Reason != PasswordCommon {
			t.Errorf("%q: %v", password, err)
		}
	}
	for _, password := range []string{
		"😀🐘🌧🏔🚲🥭📦🎈🪔🍵", "sunshine over monsoon", "a word and 4711", "मानसून की बारिश", "8429 5170 33", "tablesalt&lamp",
	} {
		if err := CheckPassword(password); err != nil {
			t.Errorf("%q: %v", password, err)
		}
	}
	for word := range common() {
		if word != strings.ToLower(word) {
			t.Errorf("%q can never match", word)
		}
	}
}
