package account

import (
	"context"
	"crypto/ed25519"
	"crypto/subtle"
	"slices"
	"sync"

	"lethe/data"
	"lethe/data/store/sealed"
)

// Unlocked is an opened slot: the data key, and whose password or recovery key
// opened it. Only this package makes one. It is safe for use from several
// goroutines. After Wipe its data key is all zeros and opens nothing.
type Unlocked struct {
	user       data.UserID
	public     []byte
	byRecovery bool

	mu      sync.Mutex
	key     sealed.Key
	signing ed25519.PrivateKey // of the Account Owner; nil for others and once wiped
	wiped   bool
}

// Unlock opens the slot of a member. It takes as long as the slot's KDF asks
// for and uses its memory; ctx is looked at before and after. Errors:
// data.ErrNotFound if there is no such member, data.ErrWrongPassword,
// data.ErrDamaged if the password is right but the file was changed.
func (f *File) Unlock(ctx context.Context, id data.UserID, password string) (*Unlocked, error) {
	i := f.c.index(id)
	if i < 0 {
		return nil, data.ErrNotFound
	}
	s := &f.c.Members[i]
	pw, ok := normal(password)
	defer clear(pw)
	if !ok {
		return nil, data.ErrWrongPassword
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	under := s.KDF.derive(pw, s.Salt)
	defer clear(under)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	raw, err := unwrap(under, s.Private, f.c.bindPrivate(s))
	if err != nil {
		return nil, data.ErrWrongPassword
	}
	defer clear(raw)
	private, err := kem().NewPrivateKey(raw)
	if err != nil {
		return nil, damaged(err)
	}
	key, err := openWith(private, s.DataKey, f.c.bindDataKey(s.ID, s.Public))
	if err != nil {
		return nil, damaged(err)
	}
	var seed []byte
	if s.Owner {
		if seed, err = unwrap(under, s.Signing, f.c.bindSigning(s)); err != nil {
			clear(key)
			return nil, damaged(err)
		}
	}
	return f.unlocked(s, key, seed, false)
}

// Recover opens the Account Owner's slot with the recovery key, typed as
// ParseRecoveryKey takes it. It can do what the password can; a new password
// and a new recovery key should follow at once. Errors: ErrMistyped,
// data.ErrWrongRecovery, data.ErrDamaged.
func (f *File) Recover(recoveryKey string) (*Unlocked, error) {
	k, err := ParseRecoveryKey(recoveryKey)
	if err != nil {
		return nil, err
	}
	defer k.Wipe()
	private, err := k.pair(f.c.Store)
	if err != nil {
		return nil, err
	}
	s, r := f.c.owner(), &f.c.Recovery
	if subtle.ConstantTimeCompare(private.PublicKey().Bytes(), r.Public) != 1 {
		return nil, data.ErrWrongRecovery
	}
	key, err := openWith(private, r.DataKey, f.c.bindRecovery("recovery data key"))
	if err != nil {
		return nil, damaged(err)
	}
	seed, err := openWith(private, r.Signing, f.c.bindRecovery("recovery signing"))
	if err != nil {
		clear(key)
		return nil, damaged(err)
	}
	return f.unlocked(s, key, seed, true)
}

// unlocked makes an Unlocked of what a slot held, once the MAC is right. It
// wipes key and seed.
func (f *File) unlocked(s *slot, key, seed []byte, byRecovery bool) (*Unlocked, error) {
	defer clear(key)
	defer clear(seed)
	un := &Unlocked{user: s.ID, public: slices.Clone(s.Public), byRecovery: byRecovery}
	copy(un.key[:], key)
	if err := f.c.verify(&un.key); err != nil {
		un.Wipe()
		return nil, err
	}
	if seed != nil {
		un.signing = ed25519.NewKeyFromSeed(seed)
	}
	return un, nil
}

// String hides what is in it.
func (un *Unlocked) String() string { return "unlocked" }

// GoString hides it from %#v.
func (un *Unlocked) GoString() string { return "account.Unlocked" }

// DataKey is a copy of the data key, for its owner to wipe.
func (un *Unlocked) DataKey() sealed.Key {
	un.mu.Lock()
	defer un.mu.Unlock()
	return un.key
}

// User is whose slot it is: of the Account Owner, if opened by recovery key.
func (un *Unlocked) User() data.UserID { return un.user }

// Public is the X25519 public key of the slot as it was opened.
func (un *Unlocked) Public() []byte { return slices.Clone(un.public) }

// ByRecovery tells whether the recovery key opened it.
func (un *Unlocked) ByRecovery() bool { return un.byRecovery }

// Sign signs msg with the Account Owner's Ed25519 key (RFC 8032). It answers
// false for anybody else, and once wiped.
func (un *Unlocked) Sign(msg []byte) ([]byte, bool) {
	un.mu.Lock()
	defer un.mu.Unlock()
	if un.signing == nil {
		return nil, false
	}
	return ed25519.Sign(un.signing, msg), true
}

// SigningPublic is the public half of the key that Sign signs with: nil for
// anybody but the Account Owner, and once wiped.
func (un *Unlocked) SigningPublic() []byte {
	un.mu.Lock()
	defer un.mu.Unlock()
	if un.signing == nil {
		return nil
	}
	return slices.Clone(un.signing.Public().(ed25519.PublicKey))
}

// Wipe overwrites the keys. Doing so again is harmless.
func (un *Unlocked) Wipe() {
	un.mu.Lock()
	defer un.mu.Unlock()
	un.key.Wipe()
	clear(un.signing)
	un.signing = nil
	un.wiped = true
}

// secrets copies the keys out, for the caller to wipe: the data key, and the
// seed of the Account Owner or nil. data.ErrSignedOut once wiped.
func (un *Unlocked) secrets() (sealed.Key, []byte, error) {
	un.mu.Lock()
	defer un.mu.Unlock()
	if un.wiped {
		return sealed.Key{}, nil, data.ErrSignedOut
	}
	var seed []byte
	if un.signing != nil {
		seed = un.signing.Seed()
	}
	return un.key, seed, nil
}

// What each item in the file is bound to.

func (c *content) bindPrivate(s *slot) []byte {
	return binding("private", c.Store, s.ID, s.Public, s.KDF.bytes(), s.Salt)
}

func (c *content) bindSigning(s *slot) []byte {
	return binding("signing", c.Store, s.ID, s.SigningPublic, s.KDF.bytes(), s.Salt)
}

func (c *content) bindDataKey(id data.UserID, public []byte) []byte {
	return binding("data key", c.Store, id, public)
}

func (c *content) bindRecovery(what string) []byte {
	s := c.owner()
	return binding(what, c.Store, s.ID, c.Recovery.Public, s.SigningPublic)
}
