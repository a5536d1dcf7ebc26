package account

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"lethe/data"
	"lethe/data/store/sealed"
)

const (
	maxMembers  = 10_000
	maxName     = 1024 // bytes
	maxDatabase = 64   // bytes
	databaseExt = ".lethe"
)

var errShape = errors.New("something in it has the wrong size")

// check refuses what can't have been written by Save, before anything is
// computed with it.
func (c *content) check() error {
	switch {
	case len(c.Store) != storeSize, len(c.MAC) != sha256.Size,
		len(c.Recovery.Public) != keySize, len(c.Recovery.DataKey) != sealedSize,
		len(c.Recovery.Signing) != sealedSize:
		return errShape
	case !validDatabase(c.Database):
		return errors.New("no database's name")
	case len(c.Members) > maxMembers:
		return errors.New("too many members")
	}
	seen := make(map[data.UserID]bool, len(c.Members))
	owners := 0
	for i := range c.Members {
		s := &c.Members[i]
		if s.ID <= 0 || seen[s.ID] {
			return errors.New("a member without an id of their own")
		}
		seen[s.ID] = true
		if err := s.check(); err != nil {
			return err
		}
		if s.Owner {
			owners++
		}
	}
	if owners != 1 {
		return errors.New("not one Account Owner")
	}
	return nil
}

func (s *slot) check() error {
	signing, wrapped := 0, 0
	if s.Owner {
		signing, wrapped = ed25519.PublicKeySize, wrappedSize
	}
	switch {
	case len(s.Salt) != saltSize, len(s.Public) != keySize,
		len(s.Private) != wrappedSize, len(s.DataKey) != sealedSize,
		len(s.SigningPublic) != signing, len(s.Signing) != wrapped:
		return errShape
	case !s.KDF.valid():
		return errors.New("parameters of Argon2id out of bounds")
	case !validName(s.Name):
		return errors.New("not a member's name")
	}
	return nil
}

func validName(name string) bool {
	return strings.TrimSpace(name) != "" && len(name) <= maxName && utf8.ValidString(name)
}

// validDatabase takes plain names only, so that no file leads elsewhere.
func validDatabase(name string) bool {
	base, ok := strings.CutSuffix(name, databaseExt)
	if !ok || base == "" || len(name) > maxDatabase {
		return false
	}
	return strings.Trim(base, "abcdefghijklmnopqrstuvwxyz0123456789-") == "" && base[0] != '-'
}

func (c *content) index(id data.UserID) int {
	return slices.IndexFunc(c.Members, func(s slot) bool { return s.ID == id })
}

// owner is the Account Owner's slot; check made sure that there is one.
func (c *content) owner() *slot {
	i := slices.IndexFunc(c.Members, func(s slot) bool { return s.Owner })
	return &c.Members[i]
}

// clone is a copy that can be changed. The byte slices in it are replaced,
// never written into, and may be shared.
func (c *content) clone() content {
	out := *c
	out.Members = slices.Clone(c.Members)
	return out
}

// canonical is all of the file but its MAC, each value with its length, in one
// fixed order whatever the JSON looked like.
func (c *content) canonical() []byte {
	var b []byte
	num := func(n uint64) { b = binary.BigEndian.AppendUint64(b, n) }
	bin := func(p []byte) {
		num(uint64(len(p)))
		b = append(b, p...)
	}
	bin([]byte(c.Format))
	num(uint64(c.Version))
	bin(c.Store)
	bin([]byte(c.Database))
	num(uint64(len(c.Members)))
	for i := range c.Members {
		s := &c.Members[i]
		num(uint64(s.ID))
		bin([]byte(s.Name))
		if s.Owner {
			num(1)
		} else {
			num(0)
		}
		bin(s.KDF.bytes())
		for _, p := range [][]byte{s.Salt, s.Public, s.Private, s.DataKey, s.SigningPublic, s.Signing} {
			bin(p)
		}
	}
	for _, p := range [][]byte{c.Recovery.Public, c.Recovery.DataKey, c.Recovery.Signing} {
		bin(p)
	}
	return b
}

func (c *content) computeMAC(key *sealed.Key) ([]byte, error) {
	sub, err := subkey(key[:], nil, "keys file mac")
	if err != nil {
		return nil, err
	}
	defer clear(sub)
	h := hmac.New(sha256.New, sub)
	h.Write(c.canonical())
	return h.Sum(nil), nil
}

func (c *content) verify(key *sealed.Key) error {
	want, err := c.computeMAC(key)
	if err != nil {
		return err
	}
	if !hmac.Equal(want, c.MAC) {
		return damaged(errors.New("changed outside Lethe, or of another list"))
	}
	return nil
}

// VerifyMAC tells whether the file is as somebody who had this data key wrote
// it. It answers data.ErrDamaged if not.
func (f *File) VerifyMAC(key sealed.Key) error {
	defer key.Wipe()
	return f.c.verify(&key)
}
