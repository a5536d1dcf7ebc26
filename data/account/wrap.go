package account

import (
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/hpke"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"

	"golang.org/x/crypto/chacha20poly1305"

	"lethe/data"
)

const (
	keySize     = 32                                         // of every key here: data, X25519, Ed25519 seed
	wrappedSize = chacha20poly1305.NonceSizeX + keySize + 16 // nonce, key, tag
	sealedSize  = 32 + keySize + 16                          // encapsulated key, key, tag
	storeSize   = 16
)

var errUnwrap = errors.New("does not open")

// binding is what an item is authenticated with: what it is, the version, the
// store and the member it belongs to, and parts, each with its length.
func binding(what string, store []byte, user data.UserID, parts ...[]byte) []byte {
	var b []byte
	add := func(p []byte) {
		b = binary.BigEndian.AppendUint64(b, uint64(len(p)))
		b = append(b, p...)
	}
	add([]byte(format))
	b = binary.BigEndian.AppendUint64(b, version)
	add([]byte(what))
	add(store)
	b = binary.BigEndian.AppendUint64(b, uint64(user))
	for _, p := range parts {
		add(p)
	}
	return b
}

// wrap encrypts a key under another with XChaCha20-Poly1305 and a random
// nonce, which stands in front.
func wrap(under, secret, bound []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(under)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, aead.NonceSize(), wrappedSize)
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	return aead.Seal(nonce, nonce, secret, bound), nil
}

func unwrap(under, wrapped, bound []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(under)
	if err != nil {
		return nil, err
	}
	if len(wrapped) != wrappedSize {
		return nil, errUnwrap
	}
	n := aead.NonceSize()
	secret, err := aead.Open(nil, wrapped[:n], wrapped[n:], bound)
	if err != nil {
		return nil, errUnwrap
	}
	return secret, nil
}

func kem() hpke.KEM { return hpke.DHKEM(ecdh.X25519()) }

// sealTo encrypts a key to a public key by HPKE, single use, base mode.
func sealTo(public, secret, bound []byte) ([]byte, error) {
	pk, err := kem().NewPublicKey(public)
	if err != nil {
		return nil, err
	}
	return hpke.Seal(pk, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), bound, secret)
}

func openWith(private hpke.PrivateKey, sealed, bound []byte) ([]byte, error) {
	secret, err := hpke.Open(private, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), bound, sealed)
	if err != nil {
		return nil, errUnwrap
	}
	if len(secret) != keySize {
		return nil, errUnwrap
	}
	return secret, nil
}

// subkey derives the key for one purpose from another.
func subkey(secret, salt []byte, purpose string) ([]byte, error) {
	return hkdf.Key(sha256.New, secret, salt, "lethe "+purpose+" 1", keySize)
}
