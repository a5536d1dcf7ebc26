package account

import (
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"

	"lethe/data"
	"lethe/data/store/sealed"
)

// Errors of what is asked of a keys file. Pages check before they ask.
var (
	ErrBadName  = errors.New("a member's name is needed, of at most 1,024 bytes")
	ErrNoSecret = errors.New("a password is needed, of at most 1,024 bytes")
)

// PublicKeys are what the database keeps of a new list's keys.
type PublicKeys struct {
	Member   []byte // X25519, of the Account Owner
	Recovery []byte // X25519, of the recovery key
	Verify   []byte // Ed25519, of the Account Owner
}

// NewFile makes the keys of a new list under a new data key, with the Account
// Owner as the first member. Nothing is written before Save. The database's
// name is of small letters, digits and dashes and ends with ".lethe".
func NewFile(owner Member, password, database string, kdf KDF) (*File, *Unlocked, RecoveryKey, PublicKeys, error) {
	fail := func(err error) (*File, *Unlocked, RecoveryKey, PublicKeys, error) {
		return nil, nil, RecoveryKey{}, PublicKeys{}, fmt.Errorf("making the keys: %w", err)
	}
	if !validDatabase(database) {
		return fail(errors.New("not a database's name"))
	}
	key, err := sealed.NewKey()
	if err != nil {
		return fail(err)
	}
	defer key.Wipe()
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		return fail(err)
	}
	defer clear(private)
	seed := private.Seed()
	defer clear(seed)

	c := content{Format: format, Version: version, Store: make([]byte, storeSize), Database: database}
	if _, err := rand.Read(c.Store); err != nil {
		return fail(err)
	}
	s := slot{ID: owner.ID, Owner: true, SigningPublic: public}
	if s.Name, err = CleanName(owner.Name); err != nil {
		return fail(err)
	}
	if err := c.fill(&s, password, kdf, &key, seed); err != nil {
		return fail(err)
	}
	c.Members = []slot{s}
	recovery, err := c.renewRecovery(&key, seed)
	if err != nil {
		return fail(err)
	}
	if c.MAC, err = c.computeMAC(&key); err != nil {
		return fail(err)
	}
	if err := c.check(); err != nil {
		return fail(err)
	}
	f := &File{c: c}
	un, err := f.unlocked(c.owner(), slices.Clone(key[:]), slices.Clone(seed), false)
	if err != nil {
		return fail(err)
	}
	return f, un, recovery, PublicKeys{
		Member: slices.Clone(s.Public), Recovery: f.RecoveryPublic(), Verify: f.SigningPublic(),
	}, nil
}

// AddMember gives somebody a slot under a password and returns their public
// key, for the database. data.ErrConflict if the id has one.
func (f *File) AddMember(un *Unlocked, m Member, password string, kdf KDF) (public []byte, err error) {
	err = f.change(un, func(c *content, key *sealed.Key, _ []byte) error {
		if m.AccountOwner {
			return data.ErrDenied
		}
		if c.index(m.ID) >= 0 {
			return data.ErrConflict
		}
		s := slot{ID: m.ID}
		var err error
		if s.Name, err = CleanName(m.Name); err != nil {
			return err
		}
		if err := c.fill(&s, password, kdf, key, nil); err != nil {
			return err
		}
		c.Members = append(c.Members, s)
		public = slices.Clone(s.Public)
		return nil
	})
	return public, err
}

// RemoveMember takes a member's slot away. Their copies of the file still open
// what was sealed under the present data key, until it is turned. The Account
// Owner can't be removed: data.ErrDenied.
func (f *File) RemoveMember(un *Unlocked, id data.UserID) error {
	return f.change(un, func(c *content, _ *sealed.Key, _ []byte) error {
		i := c.index(id)
		if i < 0 {
			return data.ErrNotFound
		}
		if c.Members[i].Owner {
			return data.ErrDenied
		}
		c.Members = slices.Delete(c.Members, i, i+1)
		return nil
	})
}

// Rename changes the name that the sign-in shows.
func (f *File) Rename(un *Unlocked, id data.UserID, name string) error {
	return f.change(un, func(c *content, _ *sealed.Key, _ []byte) error {
		i := c.index(id)
		if i < 0 {
			return data.ErrNotFound
		}
		var err error
		c.Members[i].Name, err = CleanName(name)
		return err
	})
}

// SetPassword gives a member a new pair under a new password and returns its
// public key, for the database. The Account Owner's password can be set only
// by themselves, with their password or the recovery key: data.ErrDenied.
func (f *File) SetPassword(un *Unlocked, id data.UserID, password string, kdf KDF) (public []byte, err error) {
	err = f.change(un, func(c *content, key *sealed.Key, seed []byte) error {
		i := c.index(id)
		if i < 0 {
			return data.ErrNotFound
		}
		s := &c.Members[i]
		if s.Owner && (un.user != id || seed == nil) {
			return data.ErrDenied
		}
		if err := c.fill(s, password, kdf, key, seed); err != nil {
			return err
		}
		public = slices.Clone(s.Public)
		return nil
	})
	return public, err
}

// NewRecovery replaces the recovery key and returns its public half, for the
// database. Only the Account Owner can: data.ErrDenied.
func (f *File) NewRecovery(un *Unlocked) (k RecoveryKey, public []byte, err error) {
	err = f.change(un, func(c *content, key *sealed.Key, seed []byte) error {
		if seed == nil {
			return data.ErrDenied
		}
		var err error
		k, err = c.renewRecovery(key, seed)
		public = slices.Clone(c.Recovery.Public)
		return err
	})
	if err != nil {
		return RecoveryKey{}, nil, err
	}
	return k, public, nil
}

// change runs do on a copy of the file, which takes the place of f's content
// with a new MAC if all went well. Who asks must hold the file's data key.
func (f *File) change(un *Unlocked, do func(c *content, key *sealed.Key, seed []byte) error) error {
	key, seed, err := un.secrets()
	defer key.Wipe()
	defer clear(seed)
	if err != nil {
		return err
	}
	if err := f.c.verify(&key); err != nil {
		return err
	}
	if un.user != f.c.owner().ID { // who was it once
		seed = nil
	}
	c := f.c.clone()
	if err := do(&c, &key, seed); err != nil {
		return err
	}
	if c.MAC, err = c.computeMAC(&key); err != nil {
		return err
	}
	if err := c.check(); err != nil {
		return err
	}
	f.c = c
	return nil
}

// fill gives a slot a new pair under a password, the data key, and, if it is
// the Account Owner's, the signing seed.
func (c *content) fill(s *slot, password string, kdf KDF, key *sealed.Key, seed []byte) error {
	pw, ok := normal(password)
	defer clear(pw)
	if !ok {
		return ErrNoSecret
	}
	s.KDF = kdf.orDefault()
	if !s.KDF.valid() {
		return errors.New("parameters of Argon2id out of bounds")
	}
	s.Salt = make([]byte, saltSize)
	if _, err := rand.Read(s.Salt); err != nil {
		return err
	}
	private, err := kem().GenerateKey()
	if err != nil {
		return err
	}
	raw, err := private.Bytes()
	if err != nil {
		return err
	}
	defer clear(raw)
	s.Public = private.PublicKey().Bytes()
	under := s.KDF.derive(pw, s.Salt)
	defer clear(under)
	if s.Private, err = wrap(under, raw, c.bindPrivate(s)); err != nil {
		return err
	}
	if s.Owner {
		if s.Signing, err = wrap(under, seed, c.bindSigning(s)); err != nil {
			return err
		}
	}
	s.DataKey, err = sealTo(s.Public, key[:], c.bindDataKey(s.ID, s.Public))
	return err
}

// renewRecovery draws a recovery key and seals data key and seed to it.
func (c *content) renewRecovery(key *sealed.Key, seed []byte) (RecoveryKey, error) {
	k, err := newRecoveryKey()
	if err != nil {
		return RecoveryKey{}, err
	}
	private, err := k.pair(c.Store)
	if err != nil {
		return RecoveryKey{}, err
	}
	c.Recovery.Public = private.PublicKey().Bytes()
	if c.Recovery.Signing, err = sealTo(c.Recovery.Public, seed, c.bindRecovery("recovery signing")); err != nil {
		return RecoveryKey{}, err
	}
	c.Recovery.DataKey, err = sealTo(c.Recovery.Public, key[:], c.bindRecovery("recovery data key"))
	return k, err
}

// CleanName is a name as the keys file keeps it. ErrBadName if it won't do.
func CleanName(name string) (string, error) {
	name = strings.TrimSpace(strings.ToValidUTF8(name, "\uFFFD"))
	if !validName(name) {
		return "", ErrBadName
	}
	return name, nil
}
