package team

import (
	"encoding/base32"
	"regexp"
	"strings"
	"testing"

	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/data/account"
	"lethe/data/otp"
	"lethe/data/store/storetest"
	"lethe/widgets/codeentry"
)

var (
	secretText   = regexp.MustCompile(`^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$`)
	recoveryText = regexp.MustCompile(`^([0-9A-Z]{4}[- ]){6}[0-9A-Z]{4}$`)
)

func found(t *testing.T, k *desktest.Kit, text *regexp.Regexp) string {
	t.Helper()
	for _, s := range desktest.Texts(k.Window) {
		if text.MatchString(s) {
			return s
		}
	}
	t.Fatalf("nothing like %s among %q", text, desktest.Texts(k.Window))
	return ""
}

func codes(k *desktest.Kit) []*codeentry.Field {
	var out []*codeentry.Field
	for _, o := range desktest.Objects(k.Window) {
		if c, ok := o.(*codeentry.Field); ok {
			out = append(out, c)
		}
	}
	return out
}

func typeCode(k *desktest.Kit, c *codeentry.Field, code string) {
	k.Window.Canvas().Focus(c)
	desktest.Type(k.Window, code)
}

func TestTransferNeedsOTPs(t *testing.T) {
	k := desktest.New(t)
	k.Real.Add(t, "Ravi", 2)
	p := show(t, k)
	p.do(t, "Ravi", "Transfer ownership…")
	if len(k.Said) == 0 || !strings.Contains(k.Said[len(k.Said)-1], "OTPs are not set up yet") {
		t.Errorf("said %q", k.Said)
	}
}

func TestTransfer(t *testing.T) {
	k := desktest.New(t)
	ravi := k.Real.Add(t, "Ravi", 2)
	k.Real.Enrol(t)
	p := show(t, k)
	p.do(t, "Ravi", "Transfer ownership…")
	desktest.Press(t, k.Window, "Cancel")
	if u := member(t, k, "Ravi"); u.Role != 2 {
		t.Fatal("transferred by Cancel")
	}
	p.do(t, "Ravi", "Transfer ownership…")
	secret, err := base32.StdEncoding.DecodeString(strings.ReplaceAll(found(t, k, secretText), " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	f := entries(k)
	f[0].SetText("not his password")
	f[1].SetText(storetest.Password)
	typeCode(k, codes(k)[0], k.Real.Code())
	typeCode(k, codes(k)[1], otp.CodeAt(secret, k.Real.Clock.Now()))
	desktest.Press(t, k.Window, "Make Ravi the Account Owner")
	says(t, k, "That isn’t the password of the new Account Owner.")
	if u := member(t, k, "Ravi"); u.Role != 2 {
		t.Fatal("transferred without his password")
	}
	f[0].SetText(storetest.Password)
	f[1].SetText(storetest.Password)
	typeCode(k, codes(k)[0], k.Real.Code())
	typeCode(k, codes(k)[1], otp.CodeAt(secret, k.Real.Clock.Now()))
	desktest.Press(t, k.Window, "Make Ravi the Account Owner")
	k.Settle()
	key, err := account.ParseRecoveryKey(found(t, k, recoveryText))
	if err != nil {
		t.Fatal(err)
	}
	desktest.Press(t, k.Window, "Done")
	says(t, k, "That isn’t the last group.")
	all := entries(k)
	all[len(all)-1].SetText(key.LastGroup())
	desktest.Press(t, k.Window, "Done")

	if rights, err := k.Real.Rights(t.Context(), ravi); err != nil || !rights.IsAccountOwner() {
		t.Errorf("Ravi: %+v, %v", rights, err)
	}
	rights, err := k.Real.Rights(t.Context(), k.Real.Owner)
	if err != nil || rights.Kind != data.Owner {
		t.Errorf("Asha: %+v, %v", rights, err)
	}
	if got := labels(p.menu(p.team.members[0])); p.team.members[0].Name != "Ravi" || len(got) != 0 {
		t.Errorf("the first is %s with %q", p.team.members[0].Name, got)
	}
}
