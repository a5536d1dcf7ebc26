package account

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"
	"slices"

	"lethe/data"
	"lethe/data/store/sealed"
)

// ErrKeyMismatch is the error of a keys file whose public keys are not those
// in the database. It comes with data.ErrDamaged.
var ErrKeyMismatch = errors.New("the keys file holds other public keys than the customer list")

// Turned is the file for the same people under a new data key and with another
// database. The key is sealed to the public keys in public and to
// recoveryPublic, which must be those of the database. Members of the file who
// are not in public lose their slot; where public keys differ it answers
// ErrKeyMismatch, as it does if the Account Owner's or un's own is not among
// them. f stays as it is; saving the result is the commit. Both Unlocked stay
// valid, each for its file.
func (f *File) Turned(un *Unlocked, newKey sealed.Key, public map[data.UserID][]byte,
	recoveryPublic []byte, database string,
) (*File, *Unlocked, error) {
	defer newKey.Wipe()
	key, seed, err := un.secrets()
	defer key.Wipe()
	defer clear(seed)
	if err != nil {
		return nil, nil, err
	}
	if err := f.c.verify(&key); err != nil {
		return nil, nil, err
	}
	if !validDatabase(database) {
		return nil, nil, errors.New("turning the key: not a database's name")
	}
	c := f.c.clone()
	c.Database = database
	if c.Members, err = f.c.resealed(&newKey, public); err != nil {
		return nil, nil, err
	}
	i := c.index(un.user)
	if i < 0 || c.index(f.c.owner().ID) < 0 || !bytes.Equal(recoveryPublic, c.Recovery.Public) {
		return nil, nil, mismatch()
	}
	c.Recovery.DataKey, err = sealTo(recoveryPublic, newKey[:], c.bindRecovery("recovery data key"))
	if err != nil {
		return nil, nil, fmt.Errorf("turning the key: %w", err)
	}
	if c.MAC, err = c.computeMAC(&newKey); err != nil {
		return nil, nil, fmt.Errorf("turning the key: %w", err)
	}
	next := &Unlocked{
		user: un.user, public: slices.Clone(c.Members[i].Public),
		byRecovery: un.byRecovery, key: newKey,
	}
	if seed != nil && c.Members[i].Owner {
		next.signing = ed25519.NewKeyFromSeed(seed)
	}
	return &File{c: c}, next, nil
}

// resealed are the slots of those in public, with key sealed to what is there.
func (c *content) resealed(key *sealed.Key, public map[data.UserID][]byte) ([]slot, error) {
	var out []slot
	for _, s := range c.Members {
		counts, ok := public[s.ID]
		if !ok {
			continue
		}
		if !bytes.Equal(counts, s.Public) {
			return nil, mismatch()
		}
		var err error
		if s.DataKey, err = sealTo(counts, key[:], c.bindDataKey(s.ID, counts)); err != nil {
			return nil, fmt.Errorf("turning the key: %w", err)
		}
		out = append(out, s)
	}
	return out, nil
}

func mismatch() error { return fmt.Errorf("%w: %w", data.ErrDamaged, ErrKeyMismatch) }
