package account

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"maps"
	"testing"

	"lethe/data"
	"lethe/data/store/sealed"
)

func newKey(t *testing.T) sealed.Key {
	t.Helper()
	k, err := sealed.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestTurnedWhileOthersAreSignedOut(t *testing.T) {
	m := newFile(t)
	member := unlock(t, m.File, 2, memberPassword)
	oldKey, key := member.DataKey(), newKey(t)
	f, un, err := m.Turned(member, key, m.keys, m.public.Recovery, "customers-2.lethe")
	if err != nil {
		t.Fatal(err)
	}
	if un.DataKey() != key || un.User() != 2 || !bytes.Equal(un.Public(), m.keys[2]) {
		t.Error("what is unlocked isn't the new key")
	}
	member.Wipe()
	if un.DataKey() != key {
		t.Error("wiping the old one wiped the new one")
	}
	f = saved(t, f)
	if f.Database() != "customers-2.lethe" {
		t.Errorf("database %s", f.Database())
	}
	for id, password := range map[data.UserID]string{1: ownerPassword, 2: memberPassword, 3: memberPassword} {
		if got := unlock(t, f, id, password); got.DataKey() != key {
			t.Errorf("member %d has another key", id)
		}
	}
	rec, err := f.Recover(m.recovery.String())
	if err != nil || rec.DataKey() != key {
		t.Errorf("by recovery key: %v", err)
	}
	if err := f.VerifyMAC(oldKey); !errors.Is(err, data.ErrDamaged) {
		t.Errorf("the old key vouches for the new file: %v", err)
	}
	// What f was stays whole: the commit is the new one's Save.
	if m.Database() != firstDatabase || unlock(t, m.File, 3, memberPassword).DataKey() != oldKey {
		t.Error("the old file changed")
	}
}

func TestTurnedByTheAccountOwnerStillSigns(t *testing.T) {
	m := newFile(t)
	_, un, err := m.Turned(m.un, newKey(t), m.keys, m.public.Recovery, firstDatabase)
	if err != nil {
		t.Fatal(err)
	}
	m.un.Wipe()
	if sig, ok := un.Sign([]byte("x")); !ok || !ed25519.Verify(m.public.Verify, []byte("x"), sig) {
		t.Error("no signature")
	}
}

func TestTurnedDropsWhoDoesNotCount(t *testing.T) {
	m := newFile(t)
	delete(m.keys, 3)
	m.keys[7] = m.keys[2] // of somebody without a slot
	f, _, err := m.Turned(m.un, newKey(t), m.keys, m.public.Recovery, firstDatabase)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Unlock(context.Background(), 3, memberPassword); !errors.Is(err, data.ErrNotFound) || len(f.Members()) != 2 {
		t.Errorf("%v, %v", f.Members(), err)
	}
}

func TestTurnedRefuses(t *testing.T) {
	m := newFile(t)
	member := unlock(t, m.File, 2, memberPassword)
	without := func(id data.UserID) map[data.UserID][]byte {
		k := maps.Clone(m.keys)
		delete(k, id)
		return k
	}
	other := maps.Clone(m.keys)
	other[3] = m.keys[2]
	for name, c := range map[string]struct {
		un       *Unlocked
		keys     map[data.UserID][]byte
		recovery []byte
		database string
		want     error
	}{
		"another public key in the database": {m.un, other, m.public.Recovery, firstDatabase, ErrKeyMismatch},
		"another recovery key":               {m.un, m.keys, m.keys[2], firstDatabase, ErrKeyMismatch},
		"without the Account Owner":          {member, without(1), m.public.Recovery, firstDatabase, ErrKeyMismatch},
		"without oneself":                    {member, without(2), m.public.Recovery, firstDatabase, ErrKeyMismatch},
		"a path":                             {m.un, m.keys, m.public.Recovery, "../x.lethe", nil},
		"another list's key":                 {newFile(t).un, m.keys, m.public.Recovery, firstDatabase, data.ErrDamaged},
	} {
		f, un, err := m.Turned(c.un, newKey(t), c.keys, c.recovery, c.database)
		if f != nil || un != nil || err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
