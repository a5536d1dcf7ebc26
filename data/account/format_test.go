package account

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"lethe/data"
)

// testdata/keys-1 was written by this package when its version was 1 and must
// open for ever: made-up people, passwords as in the other tests.
func TestVersion1StillOpens(t *testing.T) {
	const (
		recovery  = "5M26-M1TM-8H57-JCCM-HA09-RDZ9-4060"
		dataKey   = "8ed578545cfab548feb4c3b341e18cb41625afe24f969440a0dcb7c1ca2b6d4c"
		signature = "57f091ce36046c444922f227e4def935dc21a4a15b4dcbfc05ece311f79dad7a" +
			"cc2e554caa31c785f7ae79ac6e4c8be5d0909775a406d3fe6783dc8efab31a05"
	)
	b, err := os.ReadFile(filepath.Join("testdata", "keys-1"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := parse(b)
	if err != nil {
		t.Fatal(err)
	}
	rec, err := f.Recover(recovery)
	if err != nil {
		t.Fatal(err)
	}
	owner := unlock(t, f, 1, ownerPassword)
	for _, un := range []*Unlocked{rec, owner, unlock(t, f, 2, memberPassword), unlock(t, f, 3, memberPassword)} {
		key := un.DataKey()
		if got := hex.EncodeToString(key[:]); got != dataKey {
			t.Errorf("user %d: data key %s", un.User(), got)
		}
		sig, ok := un.Sign([]byte("lethe"))
		if ok != (un.User() == data.UserID(1)) || ok && hex.EncodeToString(sig) != signature {
			t.Errorf("user %d: signature %x", un.User(), sig)
		}
	}
}

// Without another wish a slot costs 64 MiB and 3 passes.
func TestDefaultCost(t *testing.T) {
	f, _, _, _, err := NewFile(Member{ID: 1, Name: "Asha"}, ownerPassword, firstDatabase, KDF{})
	if err != nil {
		t.Fatal(err)
	}
	if k := f.c.Members[0].KDF; k != (KDF{Memory: 64 << 10, Passes: 3, Lanes: 4}) {
		t.Fatalf("%+v", k)
	}
	unlock(t, f, 1, ownerPassword)
}
