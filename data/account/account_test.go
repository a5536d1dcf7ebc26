package account

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lethe/data"
	"lethe/data/store/sealed"
)

const (
	ownerPassword  = "monsoon over the ghats"
	memberPassword = "tea and two biscuits"
	firstDatabase  = "customers-1.lethe"
)

var cheap = KDF{Memory: 64, Passes: 1, Lanes: 1}

// made is a keys file with the Account Owner (1), two members (2, 3) and all
// that opens it.
type made struct {
	*File
	un       *Unlocked
	recovery RecoveryKey
	public   PublicKeys
	keys     map[data.UserID][]byte // public keys as the database has them
}

func newFile(t *testing.T) made {
	t.Helper()
	f, un, recovery, public, err := NewFile(Member{ID: 1, Name: "Asha Rao"}, ownerPassword, firstDatabase, cheap)
	if err != nil {
		t.Fatal(err)
	}
	m := made{f, un, recovery, public, map[data.UserID][]byte{1: public.Member}}
	for id, name := range []string{2: "Ravi", 3: "Meera"} {
		if name == "" {
			continue
		}
		pub, err := f.AddMember(un, Member{ID: data.UserID(id), Name: name}, memberPassword, cheap)
		if err != nil {
			t.Fatal(err)
		}
		m.keys[data.UserID(id)] = pub
	}
	return m
}

func unlock(t *testing.T, f *File, id data.UserID, password string) *Unlocked {
	t.Helper()
	un, err := f.Unlock(context.Background(), id, password)
	if err != nil {
		t.Fatalf("unlocking %d: %v", id, err)
	}
	return un
}

// saved writes a file and reads it back.
func saved(t *testing.T, f *File) *File {
	t.Helper()
	dir := t.TempDir()
	if err := f.Save(dir); err != nil {
		t.Fatal(err)
	}
	back, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return back
}

func TestSaveLoadUnlock(t *testing.T) {
	m := newFile(t)
	f := saved(t, m.File)
	if f.Database() != firstDatabase {
		t.Errorf("database %q", f.Database())
	}
	want := []Member{{1, "Asha Rao", true}, {2, "Ravi", false}, {3, "Meera", false}}
	if got := f.Members(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("members %v", got)
	}
	for id, password := range map[data.UserID]string{1: ownerPassword, 2: memberPassword, 3: memberPassword} {
		un := unlock(t, f, id, password)
		if un.DataKey() != m.un.DataKey() || un.User() != id || un.ByRecovery() {
			t.Errorf("member %d opened something else", id)
		}
		if pub, ok := f.PublicOf(id); !ok || !bytes.Equal(un.Public(), m.keys[id]) || !bytes.Equal(pub, m.keys[id]) {
			t.Errorf("member %d: another public key", id)
		}
		if err := f.VerifyMAC(un.DataKey()); err != nil {
			t.Error(err)
		}
	}
	if m.un.DataKey() == (sealed.Key{}) {
		t.Error("the data key is zero")
	}
	if !bytes.Equal(f.RecoveryPublic(), m.public.Recovery) || !bytes.Equal(f.SigningPublic(), m.public.Verify) {
		t.Error("other public keys than were told")
	}
	if _, ok := f.PublicOf(9); ok {
		t.Error("a public key of nobody")
	}
}

func TestUnlockRefuses(t *testing.T) {
	f := newFile(t).File
	ctx := context.Background()
	for _, pw := range []string{"", "x", memberPassword, ownerPassword + " ", strings.Repeat("x", 2000), strings.Repeat("x", 1<<20)} {
		if _, err := f.Unlock(ctx, 1, pw); !errors.Is(err, data.ErrWrongPassword) {
			t.Errorf("%.30q: %v", pw, err)
		}
	}
	if _, err := f.Unlock(ctx, 4, memberPassword); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("a stranger: %v", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := f.Unlock(ctx, 1, ownerPassword); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestPasswordIsTheSameInNFCAndNFD(t *testing.T) {
	m := newFile(t)
	if _, err := m.SetPassword(m.un, 2, "cafe\u0301 au lait", cheap); err != nil {
		t.Fatal(err)
	}
	unlock(t, m.File, 2, "caf\u00e9 au lait")
}

func TestSigning(t *testing.T) {
	m := newFile(t)
	msg := []byte("head of the log")
	sig, ok := unlock(t, m.File, 1, ownerPassword).Sign(msg)
	if !ok || !ed25519.Verify(m.public.Verify, msg, sig) {
		t.Error("the Account Owner's signature does not verify")
	}
	if _, ok := unlock(t, m.File, 2, memberPassword).Sign(msg); ok {
		t.Error("a member signs")
	}
}

func TestWipe(t *testing.T) {
	m := newFile(t)
	before := m.un.DataKey()
	m.un.Wipe()
	m.un.Wipe()
	if m.un.DataKey() != (sealed.Key{}) {
		t.Error("the key is still there")
	}
	if _, ok := m.un.Sign(nil); ok {
		t.Error("it still signs")
	}
	if err := m.Rename(m.un, 2, "Someone"); !errors.Is(err, data.ErrSignedOut) {
		t.Errorf("a change with it: %v", err)
	}
	if _, _, err := m.Turned(m.un, before, m.keys, m.public.Recovery, firstDatabase); !errors.Is(err, data.ErrSignedOut) {
		t.Errorf("turning with it: %v", err)
	}
	if text := fmt.Sprintf("%v %+v %#v", m.un, m.un, m.un); strings.Contains(text, "{") {
		t.Errorf("prints what is in it: %s", text)
	}
}

func TestRecovery(t *testing.T) {
	m := newFile(t)
	f := saved(t, m.File)
	un, err := f.Recover(strings.ToLower(m.recovery.String()))
	if err != nil {
		t.Fatal(err)
	}
	if un.DataKey() != m.un.DataKey() || un.User() != 1 || !un.ByRecovery() || !bytes.Equal(un.Public(), m.keys[1]) {
		t.Error("opened something else")
	}
	if _, err := f.SetPassword(un, 1, "a new one at last", cheap); err != nil {
		t.Fatal(err)
	}
	next, pub, err := f.NewRecovery(un)
	if err != nil {
		t.Fatal(err)
	}
	f = saved(t, f)
	if !bytes.Equal(pub, f.RecoveryPublic()) || bytes.Equal(pub, m.public.Recovery) {
		t.Error("the recovery key's public half wasn't replaced")
	}
	if _, err := f.Recover(m.recovery.String()); !errors.Is(err, data.ErrWrongRecovery) || errors.Is(err, ErrMistyped) {
		t.Errorf("the used recovery key: %v", err)
	}
	if _, err := f.Recover("not a key"); !errors.Is(err, ErrMistyped) {
		t.Errorf("a mistyped one: %v", err)
	}
	if _, err := f.Unlock(context.Background(), 1, ownerPassword); !errors.Is(err, data.ErrWrongPassword) {
		t.Errorf("the lost password: %v", err)
	}
	if _, err := f.Recover(next.String()); err != nil {
		t.Errorf("the new recovery key: %v", err)
	}
	msg := []byte("still the same person")
	if sig, ok := unlock(t, f, 1, "a new one at last").Sign(msg); !ok || !ed25519.Verify(m.public.Verify, msg, sig) {
		t.Error("the signing key was lost")
	}
	next.Wipe()
	if next != (RecoveryKey{}) {
		t.Error("not wiped")
	}
}

func TestMembers(t *testing.T) {
	m := newFile(t)
	pub, err := m.SetPassword(m.un, 2, "another one altogether", cheap)
	if err != nil || bytes.Equal(pub, m.keys[2]) {
		t.Fatalf("no new pair: %v", err)
	}
	if un := unlock(t, saved(t, m.File), 2, "another one altogether"); !bytes.Equal(un.Public(), pub) || un.DataKey() != m.un.DataKey() {
		t.Error("the new slot opens something else")
	}
	if err := m.Rename(m.un, 2, " Ravi K. \n"); err != nil || m.Members()[1].Name != "Ravi K." {
		t.Errorf("%v, %v", m.Members()[1], err)
	}
	if err := m.RemoveMember(m.un, 2); err != nil {
		t.Fatal(err)
	}
	f := saved(t, m.File)
	if _, err := f.Unlock(context.Background(), 2, "another one altogether"); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("removed: %v", err)
	}
	unlock(t, f, 3, memberPassword)
}

func TestRefusedChangesLeaveTheFile(t *testing.T) {
	m := newFile(t)
	member := unlock(t, m.File, 2, memberPassword)
	other := newFile(t)
	before := m.c.canonical()
	for name, c := range map[string]struct {
		change func() error
		want   error
	}{
		"an id twice": {func() error {
			_, err := m.AddMember(m.un, Member{ID: 2, Name: "B"}, memberPassword, cheap)
			return err
		}, data.ErrConflict},
		"a second Account Owner": {func() error {
			_, err := m.AddMember(m.un, Member{ID: 5, Name: "B", AccountOwner: true}, memberPassword, cheap)
			return err
		}, data.ErrDenied},
		"no id": {func() error {
			_, err := m.AddMember(m.un, Member{Name: "B"}, memberPassword, cheap)
			return err
		}, nil},
		"no password": {func() error {
			_, err := m.AddMember(m.un, Member{ID: 5, Name: "B"}, "", cheap)
			return err
		}, ErrNoSecret},
		"too costly": {func() error {
			_, err := m.AddMember(m.un, Member{ID: 5, Name: "B"}, memberPassword, KDF{Memory: 1 << 21, Passes: 1, Lanes: 1})
			return err
		}, nil},
		"no name":                    {func() error { return m.Rename(m.un, 2, " ") }, ErrBadName},
		"long name":                  {func() error { return m.Rename(m.un, 2, strings.Repeat("é", 1000)) }, ErrBadName},
		"renaming nobody":            {func() error { return m.Rename(m.un, 9, "B") }, data.ErrNotFound},
		"removing nobody":            {func() error { return m.RemoveMember(m.un, 9) }, data.ErrNotFound},
		"removing the Account Owner": {func() error { return m.RemoveMember(member, 1) }, data.ErrDenied},
		"a member sets the Account Owner's password": {func() error {
			_, err := m.SetPassword(member, 1, memberPassword, cheap)
			return err
		}, data.ErrDenied},
		"a password for nobody": {func() error {
			_, err := m.SetPassword(m.un, 9, memberPassword, cheap)
			return err
		}, data.ErrNotFound},
		"a member makes a recovery key": {func() error {
			_, _, err := m.NewRecovery(member)
			return err
		}, data.ErrDenied},
		"the owner of another list": {func() error { return m.Rename(other.un, 2, "B") }, data.ErrDamaged},
	} {
		if err := c.change(); err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if !bytes.Equal(before, m.c.canonical()) {
			t.Fatalf("%s: the file changed", name)
		}
	}
	for _, name := range []string{"", "keys", "x", ".lethe", "../x.lethe", `a\b.lethe`, "a b.lethe", "-x.lethe", "A.lethe", strings.Repeat("x", 99) + ".lethe"} {
		if _, _, _, _, err := NewFile(Member{ID: 1, Name: "A"}, ownerPassword, name, cheap); err == nil {
			t.Errorf("a database called %q", name)
		}
	}
	if _, _, _, _, err := NewFile(Member{ID: 0, Name: "A"}, ownerPassword, firstDatabase, cheap); err == nil {
		t.Error("an Account Owner without an id")
	}
}

func TestSaveIsPrivateAndReplaces(t *testing.T) {
	m := newFile(t)
	dir := t.TempDir()
	for range 2 {
		if err := m.Save(dir); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 || entries[0].Name() != FileName {
		t.Fatalf("left behind: %v, %v", entries, err)
	}
	info, err := entries[0].Info()
	if err != nil || info.Mode().Perm()&0o077 != 0 && filepath.Separator == '/' {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if err := m.Save(filepath.Join(dir, "missing")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("into no folder: %v", err)
	}
}
