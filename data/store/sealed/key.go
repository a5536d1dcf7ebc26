package sealed

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"io"

	"golang.org/x/crypto/chacha20poly1305"
)

// KeySize is the length of a data key in bytes.
const KeySize = 32

// Key is the data key of one store: 256 random bits from which the keys of
// pages, logs and headers are derived. It is never written by this package.
type Key [KeySize]byte

// NewKey draws a key from the system's random source.
func NewKey() (Key, error) {
	var k Key
	_, err := rand.Read(k[:])
	return k, err
}

// Wipe overwrites this copy of the key. Copies made before, and the ciphers of
// a mounted VFS, are not reached by it.
func (k *Key) Wipe() { clear(k[:]) }

// Format keeps the key out of everything that is printed or logged.
func (Key) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "sealed.Key") }

// suite holds what is derived from one data key. Its methods may be called from
// several goroutines.
type suite struct {
	page  cipher.AEAD  // pages of the database
	log   cipher.AEAD  // pages in a WAL and in a rollback journal
	block cipher.Block // headers of WAL frames
	tweak cipher.Block // where in the WAL such a header stands
	mask  cipher.Block // checksums in a rollback journal
	check [checkSize]byte
}

// newSuite derives the subkeys with HKDF-SHA256 (RFC 5869), one label each.
// The data key is uniformly random, so there is no salt.
func newSuite(key Key) (*suite, error) {
	derive := func(label string, size int) ([]byte, error) {
		return hkdf.Key(sha256.New, key[:], nil, "lethe sealed v1 "+label, size)
	}
	var s suite
	for _, a := range []struct {
		label string
		aead  *cipher.AEAD
	}{{"page", &s.page}, {"log", &s.log}} {
		k, err := derive(a.label, chacha20poly1305.KeySize)
		if err != nil {
			return nil, err
		}
		if *a.aead, err = newAEAD(k); err != nil {
			return nil, err
		}
		clear(k)
	}
	for _, b := range []struct {
		label string
		block *cipher.Block
	}{{"frame header", &s.block}, {"frame tweak", &s.tweak}, {"journal checksum", &s.mask}} {
		k, err := derive(b.label, 32)
		if err != nil {
			return nil, err
		}
		if *b.block, err = aes.NewCipher(k); err != nil {
			return nil, err
		}
		clear(k)
	}
	check, err := derive("key check", checkSize)
	if err != nil {
		return nil, err
	}
	copy(s.check[:], check)
	return &s, nil
}
