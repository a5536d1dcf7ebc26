//go:build unsealed

package sealed

import (
	"crypto/cipher"
	"errors"
)

// With the tag unsealed pages are not sealed: the benchmark is built so once, to
// tell what sealing costs. The program itself can't be built with it: see
// main_unsealed.go.

// newAEAD answers a cipher that copies.
func newAEAD([]byte) (cipher.AEAD, error) { return none{}, nil }

// drawNonce leaves nonce as it is.
func drawNonce([]byte) error { return nil }

// none has the sizes of XChaCha20-Poly1305.
type none struct{}

func (none) NonceSize() int { return nonceSize }
func (none) Overhead() int  { return tagSize }

func (none) Seal(dst, _, plaintext, _ []byte) []byte {
	return append(append(dst, plaintext...), make([]byte, tagSize)...)
}

func (none) Open(dst, _, ciphertext, _ []byte) ([]byte, error) {
	if len(ciphertext) < tagSize {
		return nil, errors.New("too short")
	}
	return append(dst, ciphertext[:len(ciphertext)-tagSize]...), nil
}
