//go:build !unsealed

package sealed

import (
	"crypto/cipher"
	"crypto/rand"

	"golang.org/x/crypto/chacha20poly1305"
)

// newAEAD is the cipher of pages.
func newAEAD(key []byte) (cipher.AEAD, error) { return chacha20poly1305.NewX(key) }

// drawNonce fills nonce with random bytes.
func drawNonce(nonce []byte) error {
	_, err := rand.Read(nonce)
	return err
}
