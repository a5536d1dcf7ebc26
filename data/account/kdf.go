package account

import (
	"encoding/binary"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Bounds of what a file may ask of this machine. A hostile file must neither
// use up its memory nor make a sign-in take for ever.
const (
	maxMemory = 1 << 20 // KiB: 1 GiB
	maxPasses = 64

	saltSize = 16
)

// PasswordMax is the longest password in bytes, after NFC.
const PasswordMax = 1024

// KDF is the cost of Argon2id (RFC 9106). The zero KDF stands for DefaultKDF.
type KDF struct {
	Memory uint32 `json:"memory_kib"`
	Passes uint32 `json:"passes"`
	Lanes  uint8  `json:"lanes"`
}

// DefaultKDF is 64 MiB, 3 passes and 4 lanes: the second recommended option of
// RFC 9106 section 4.
func DefaultKDF() KDF { return KDF{Memory: 64 << 10, Passes: 3, Lanes: 4} }

func (k KDF) orDefault() KDF {
	if k == (KDF{}) {
		return DefaultKDF()
	}
	return k
}

// valid tells whether Argon2id can be run with k, and on this machine.
func (k KDF) valid() bool {
	return k.Lanes >= 1 && k.Passes >= 1 && k.Passes <= maxPasses &&
		k.Memory >= 8*uint32(k.Lanes) && k.Memory <= maxMemory
}

// derive makes the key that wraps a member's private halves. It can't be
// interrupted.
func (k KDF) derive(password, salt []byte) []byte {
	return argon2.IDKey(password, salt, k.Passes, k.Memory, k.Lanes, keySize)
}

func (k KDF) bytes() []byte {
	var b []byte
	b = binary.BigEndian.AppendUint32(b, k.Memory)
	b = binary.BigEndian.AppendUint32(b, k.Passes)
	return append(b, k.Lanes)
}

// normal is the password as it is hashed: in NFC, so that it is the same from
// whichever keyboard. It answers false if it is empty or too long.
func normal(password string) ([]byte, bool) {
	if len(password) > 4*PasswordMax {
		return nil, false
	}
	b := norm.NFC.AppendString(nil, password)
	return b, len(b) > 0 && len(b) <= PasswordMax
}
