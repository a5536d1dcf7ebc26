package account

import (
	"crypto/hpke"
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"strings"
	"unicode"

	"lethe/data"
)

// Crockford's base 32: no I, L, O or U.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const (
	recoverySymbols = 26 // of 5 random bits each: 130
	checkSymbols    = 2  // 10 bits
	groupSize       = 4
	writtenSymbols  = recoverySymbols + checkSymbols
)

// ErrMistyped is the error of a text that can't be a recovery key: a letter is
// missing or wrong. It is a data.ErrWrongRecovery too.
var ErrMistyped = fmt.Errorf("%w: mistyped", data.ErrWrongRecovery)

// RecoveryKey is 130 random bits that open the list in place of the Account
// Owner's password. It is shown once, to be printed or written down.
type RecoveryKey struct{ symbols [recoverySymbols]byte }

func newRecoveryKey() (RecoveryKey, error) {
	var k RecoveryKey
	if _, err := rand.Read(k.symbols[:]); err != nil {
		return RecoveryKey{}, err
	}
	for i := range k.symbols {
		k.symbols[i] &= 31
	}
	return k, nil
}

// String writes the key as seven groups of four letters and digits. The last
// two are a checksum.
func (k RecoveryKey) String() string {
	var b strings.Builder
	check := k.checksum()
	for i, s := range append(k.symbols[:], check[:]...) {
		if i > 0 && i%groupSize == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(alphabet[s])
	}
	return b.String()
}

// LastGroup is the group that the Account Owner types back to show that the
// key was written down.
func (k RecoveryKey) LastGroup() string {
	s := k.String()
	return s[len(s)-groupSize:]
}

// IsLastGroup tells whether typed is the last group, forgiving what
// ParseRecoveryKey forgives.
func (k RecoveryKey) IsLastGroup(typed string) bool {
	got, ok := symbolsOf(typed)
	want, _ := symbolsOf(k.LastGroup())
	return ok && subtle.ConstantTimeCompare(got, want) == 1
}

// Wipe overwrites the key.
func (k *RecoveryKey) Wipe() { clear(k.symbols[:]) }

// ParseRecoveryKey reads a recovery key as people type it: capital or small, O
// for 0, I and L for 1, blanks and dashes anywhere or nowhere. ErrMistyped if
// it is none.
func ParseRecoveryKey(text string) (RecoveryKey, error) {
	symbols, ok := symbolsOf(text)
	if !ok || len(symbols) != writtenSymbols {
		return RecoveryKey{}, ErrMistyped
	}
	var k RecoveryKey
	copy(k.symbols[:], symbols)
	check := k.checksum()
	if subtle.ConstantTimeCompare(check[:], symbols[recoverySymbols:]) != 1 {
		return RecoveryKey{}, ErrMistyped
	}
	return k, nil
}

// checksum is a polynomial of the symbols modulo a prime. It finds every
// single wrong symbol and every two symbols swapped, and all but one in a
// thousand of other mistakes.
func (k RecoveryKey) checksum() [checkSymbols]byte {
	const prime, base = 1021, 37
	n := 0
	for _, s := range k.symbols {
		n = (n*base + int(s)) % prime
	}
	n = n * base % prime
	return [checkSymbols]byte{byte(n >> 5), byte(n & 31)}
}

// pair is the X25519 pair of the key for one store.
func (k RecoveryKey) pair(store []byte) (hpke.PrivateKey, error) {
	seed, err := subkey(k.symbols[:], store, "recovery pair")
	if err != nil {
		return nil, err
	}
	defer clear(seed)
	return kem().DeriveKeyPair(seed)
}

// symbolsOf reads the symbols of a text; false if something else is in it.
func symbolsOf(text string) ([]byte, bool) {
	if len(text) > 256 {
		return nil, false
	}
	out := make([]byte, 0, writtenSymbols)
	for _, r := range text {
		if unicode.IsSpace(r) || unicode.In(r, unicode.Pd, unicode.Cf) {
			continue
		}
		switch r = unicode.ToUpper(r); r {
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		}
		i := strings.IndexRune(alphabet, r)
		if i < 0 {
			return nil, false
		}
		out = append(out, byte(i))
	}
	return out, true
}
