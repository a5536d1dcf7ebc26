package account

import (
	"context"
	"crypto/ed25519"
	"slices"

	"lethe/data"
	"lethe/data/store/sealed"
)

// TransferOwner makes the member to the Account Owner: their slot gets a
// signing pair of its own, for which their password is needed, the one before
// loses theirs, and the recovery key is a new one. Only the Account Owner can,
// and not to themselves: data.ErrDenied. Other errors: data.ErrNotFound,
// data.ErrWrongPassword if it is not that of to.
func (f *File) TransferOwner(ctx context.Context, un *Unlocked, to data.UserID, password string) (k RecoveryKey, p PublicKeys, err error) {
	probe, err := f.Unlock(ctx, to, password)
	if err != nil {
		return k, p, err
	}
	probe.Wipe()
	err = f.change(un, func(c *content, key *sealed.Key, seed []byte) (err error) {
		if seed == nil || to == un.user {
			return data.ErrDenied
		}
		was, next := c.owner(), &c.Members[c.index(to)]
		was.Owner, was.SigningPublic, was.Signing = false, nil, nil
		next.Owner = true
		public, private, err := ed25519.GenerateKey(nil)
		if err != nil {
			return err
		}
		defer clear(private)
		own := private.Seed()
		defer clear(own)
		pw, ok := normal(password)
		defer clear(pw)
		if !ok {
			return data.ErrWrongPassword
		}
		under := next.KDF.derive(pw, next.Salt)
		defer clear(under)
		next.SigningPublic = public
		if next.Signing, err = wrap(under, own, c.bindSigning(next)); err != nil {
			return err
		}
		if k, err = c.renewRecovery(key, own); err != nil {
			return err
		}
		p = PublicKeys{
			Member: slices.Clone(next.Public), Recovery: slices.Clone(c.Recovery.Public), Verify: slices.Clone(public),
		}
		return nil
	})
	if err != nil {
		return RecoveryKey{}, PublicKeys{}, err
	}
	return k, p, nil
}
