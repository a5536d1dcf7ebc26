package account

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lethe/data"
)

func encoded(t testing.TB, f *File) []byte {
	t.Helper()
	b, err := json.Marshal(&f.c)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// edited is a file as JSON with a change made to its tree.
func edited(t *testing.T, f *File, edit func(root, owner map[string]any)) []byte {
	t.Helper()
	var root map[string]any
	if err := json.Unmarshal(encoded(t, f), &root); err != nil {
		t.Fatal(err)
	}
	edit(root, root["members"].([]any)[0].(map[string]any))
	b, err := json.Marshal(root)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestLoadHostile(t *testing.T) {
	f := newFile(t).File
	good := encoded(t, f)
	member := func(key string, value any) []byte {
		return edited(t, f, func(_, owner map[string]any) { owner[key] = value })
	}
	kdf := func(key string, value any) []byte {
		return edited(t, f, func(_, owner map[string]any) { owner["kdf"].(map[string]any)[key] = value })
	}
	root := func(key string, value any) []byte {
		return edited(t, f, func(root, _ map[string]any) { root[key] = value })
	}
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"empty":                 {nil, data.ErrDamaged},
		"zeros":                 {make([]byte, 4096), data.ErrDamaged},
		"null":                  {[]byte("null"), data.ErrDamaged},
		"a list":                {[]byte("[]"), data.ErrDamaged},
		"no fields":             {[]byte("{}"), data.ErrDamaged},
		"deep":                  {[]byte(strings.Repeat("[", 1_000_000)), data.ErrDamaged},
		"something behind":      {append(bytes.Clone(good), "{}"...), data.ErrDamaged},
		"another program's":     {root("format", "other"), data.ErrDamaged},
		"newer":                 {root("version", 2), data.ErrNewer},
		"newer, other shape":    {[]byte(`{"format":"lethe keys","version":7,"members":"elsewhere"}`), data.ErrNewer},
		"version 0":             {root("version", 0), data.ErrDamaged},
		"version -1":            {root("version", -1), data.ErrDamaged},
		"version text":          {root("version", "1"), data.ErrDamaged},
		"version huge":          {[]byte(`{"format":"lethe keys","version":1e400}`), data.ErrDamaged},
		"unknown field":         {root("extra", 1), data.ErrDamaged},
		"path as database":      {root("database", "../customers-1.lethe"), data.ErrDamaged},
		"no database":           {root("database", ""), data.ErrDamaged},
		"number as database":    {root("database", 5), data.ErrDamaged},
		"no members":            {root("members", []any{}), data.ErrDamaged},
		"members null":          {root("members", nil), data.ErrDamaged},
		"member null":           {root("members", []any{nil}), data.ErrDamaged},
		"short mac":             {root("mac", "AAAA"), data.ErrDamaged},
		"no recovery":           {root("recovery", nil), data.ErrDamaged},
		"no base64":             {root("store", "?"), data.ErrDamaged},
		"id 0":                  {member("id", 0), data.ErrDamaged},
		"id negative":           {member("id", -1), data.ErrDamaged},
		"id twice":              {member("id", 2), data.ErrDamaged},
		"id fraction":           {member("id", 1.5), data.ErrDamaged},
		"no Account Owner":      {member("account_owner", false), data.ErrDamaged},
		"no name":               {member("name", ""), data.ErrDamaged},
		"endless name":          {member("name", strings.Repeat("x", 10_000)), data.ErrDamaged},
		"no salt":               {member("salt", nil), data.ErrDamaged},
		"short public":          {member("public", "AAAA"), data.ErrDamaged},
		"short private":         {member("private", ""), data.ErrDamaged},
		"long data key":         {member("data_key", strings.Repeat("A", 4000)), data.ErrDamaged},
		"no signing key":        {member("signing", nil), data.ErrDamaged},
		"no kdf":                {member("kdf", nil), data.ErrDamaged},
		"memory negative":       {kdf("memory_kib", -1), data.ErrDamaged},
		"memory 0":              {kdf("memory_kib", 0), data.ErrDamaged},
		"memory over 1 GiB":     {kdf("memory_kib", 1<<20+1), data.ErrDamaged},
		"memory over 32 bits":   {kdf("memory_kib", 1<<40), data.ErrDamaged},
		"passes 0":              {kdf("passes", 0), data.ErrDamaged},
		"passes 65":             {kdf("passes", 65), data.ErrDamaged},
		"passes text":           {kdf("passes", "3"), data.ErrDamaged},
		"lanes 0":               {kdf("lanes", 0), data.ErrDamaged},
		"lanes 256":             {kdf("lanes", 256), data.ErrDamaged},
		"lanes for less memory": {kdf("lanes", 200), data.ErrDamaged},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, FileName), c.file, 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := Load(dir)
		if got != nil || !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for n := range len(good) {
		if _, err := parse(good[:n]); !errors.Is(err, data.ErrDamaged) {
			t.Fatalf("cut at %d: %v", n, err)
		}
	}
}

func TestLoadWhatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	if _, err := Load(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("none: %v", err)
	}
	path := filepath.Join(dir, FileName)
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(dir); !errors.Is(err, data.ErrDamaged) {
		t.Errorf("a folder: %v", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	w, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Truncate(100<<20), w.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(dir); !errors.Is(err, data.ErrDamaged) {
		t.Errorf("100 MB: %v", err)
	}
}

// Whatever is changed in the file, nobody gets in with it, but for the bytes
// that make a wrong password of it.
func TestEveryChangeIsNoticed(t *testing.T) {
	m := newFile(t)
	flip := func(p *[]byte) {
		b := bytes.Clone(*p)
		b[len(b)/2] ^= 1
		*p = b
	}
	for name, change := range map[string]func(c *content){
		"store":             func(c *content) { flip(&c.Store) },
		"database":          func(c *content) { c.Database = "customers-9.lethe" },
		"name":              func(c *content) { c.Members[1].Name = "Somebody" },
		"id":                func(c *content) { c.Members[1].ID = 8 },
		"order":             func(c *content) { c.Members[1], c.Members[2] = c.Members[2], c.Members[1] },
		"member gone":       func(c *content) { c.Members = c.Members[:2] },
		"owner elsewhere":   func(c *content) { c.Members[0].Owner, c.Members[1].Owner = false, true },
		"kdf":               func(c *content) { c.Members[1].KDF.Passes++ },
		"salt":              func(c *content) { flip(&c.Members[1].Salt) },
		"public":            func(c *content) { flip(&c.Members[1].Public) },
		"private":           func(c *content) { flip(&c.Members[1].Private) },
		"data key":          func(c *content) { flip(&c.Members[1].DataKey) },
		"signing public":    func(c *content) { flip(&c.Members[0].SigningPublic) },
		"signing":           func(c *content) { flip(&c.Members[0].Signing) },
		"recovery public":   func(c *content) { flip(&c.Recovery.Public) },
		"recovery data key": func(c *content) { flip(&c.Recovery.DataKey) },
		"recovery signing":  func(c *content) { flip(&c.Recovery.Signing) },
		"mac":               func(c *content) { flip(&c.MAC) },
		"slots swapped":     func(c *content) { swapSlots(&c.Members[1], &c.Members[2]) },
		"data keys swapped": func(c *content) {
			c.Members[1].DataKey, c.Members[2].DataKey = c.Members[2].DataKey, c.Members[1].DataKey
		},
		"another list's mac": func(c *content) { c.MAC = newFile(t).c.MAC },
	} {
		f := &File{c: m.c.clone()}
		change(&f.c)
		if err := f.VerifyMAC(m.un.DataKey()); !errors.Is(err, data.ErrDamaged) {
			t.Errorf("%s: MAC %v", name, err)
		}
		for id, password := range map[data.UserID]string{1: ownerPassword, 2: memberPassword, 3: memberPassword} {
			_, err := f.Unlock(context.Background(), id, password)
			if !errors.Is(err, data.ErrDamaged) && !errors.Is(err, data.ErrWrongPassword) && !errors.Is(err, data.ErrNotFound) {
				t.Errorf("%s: member %d: %v", name, id, err)
			}
		}
		if _, err := f.Recover(m.recovery.String()); !errors.Is(err, data.ErrDamaged) && !errors.Is(err, data.ErrWrongRecovery) {
			t.Errorf("%s: by recovery key: %v", name, err)
		}
	}
	unlock(t, m.File, 2, memberPassword)
}

func swapSlots(a, b *slot) {
	*a, *b = *b, *a
	a.ID, b.ID = b.ID, a.ID
}

// The bindings hold by themselves, without the MAC: what belongs to one member
// opens in no other place, although somebody made a MAC for it.
func TestSlotsCantBeMoved(t *testing.T) {
	m := newFile(t)
	key := m.un.DataKey()
	for name, change := range map[string]func(c *content){
		"to another member": func(c *content) { swapSlots(&c.Members[1], &c.Members[2]) },
		"to another store":  func(c *content) { c.Store = bytes.Repeat([]byte{7}, storeSize) },
		"to another cost":   func(c *content) { c.Members[1].KDF.Memory++; c.Members[2].KDF.Memory++ },
	} {
		f := &File{c: m.c.clone()}
		change(&f.c)
		var err error
		if f.c.MAC, err = f.c.computeMAC(&key); err != nil {
			t.Fatal(err)
		}
		for _, id := range []data.UserID{2, 3} {
			if _, err := f.Unlock(context.Background(), id, memberPassword); !errors.Is(err, data.ErrWrongPassword) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// Somebody who can write the file, but has no password, puts in a slot of
// their own: it opens nothing of this list.
func TestASlippedInSlotOpensNothing(t *testing.T) {
	m, stranger := newFile(t), newFile(t)
	f := &File{c: m.c.clone()}
	f.c.Members[1] = stranger.c.Members[1]
	f.c.Store = stranger.c.Store
	if _, err := f.Unlock(context.Background(), 2, memberPassword); !errors.Is(err, data.ErrDamaged) {
		t.Errorf("got %v", err)
	}
}

func FuzzLoad(f *testing.F) {
	// One that is the same in each process of the fuzzing.
	written, err := os.ReadFile(filepath.Join("testdata", "keys-1"))
	if err != nil {
		f.Fatal(err)
	}
	file, err := parse(written)
	if err != nil {
		f.Fatal(err)
	}
	un, err := file.Unlock(context.Background(), 1, ownerPassword)
	if err != nil {
		f.Fatal(err)
	}
	good := encoded(f, file)
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add([]byte(`{"format":"lethe keys","version":2}`))
	f.Add([]byte(`{"format":"lethe keys","version":1,"members":[{"kdf":{"memory_kib":-1}}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := parse(b)
		if err != nil {
			if !errors.Is(err, data.ErrDamaged) && !errors.Is(err, data.ErrNewer) {
				t.Fatal(err)
			}
			return
		}
		// What was taken can be asked everything, and reads back the same.
		got.Members()
		got.SigningPublic()
		again, err := parse(encoded(t, got))
		if err != nil || !bytes.Equal(again.c.canonical(), got.c.canonical()) {
			t.Fatalf("does not read back: %v", err)
		}
		// What is taken for this list's keys is the file itself.
		if got.VerifyMAC(un.DataKey()) == nil && !bytes.Equal(got.c.canonical(), file.c.canonical()) {
			t.Fatal("another file has the MAC of this one")
		}
		if got.c.Members[0].KDF.Memory <= 1024 && got.c.Members[0].KDF.Passes <= 2 {
			u, err := got.Unlock(context.Background(), got.c.Members[0].ID, ownerPassword)
			if err == nil && u.DataKey() != un.DataKey() {
				t.Fatal("the password opens another key")
			}
		}
		_, _ = got.Recover("0000-0000-0000-0000-0000-0000-0000")
	})
}
