package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"

	"lethe/data"
	"lethe/data/otp"
)

// takeAway is the one place where the rule of large deletions is applied
// (product.md, When the OTP is due): to deletions, changed phone numbers,
// restores, undone imports and removed custom fields alike. It is called in
// the transaction that takes them away, once they are gone. Where the Account
// Owner's OTP is due it spends auth, which was given for of in this session;
// otherwise it counts. approved tells whether an OTP was spent.
//
// Errors, with which the caller rolls everything back: data.ErrOTPNotSetUp,
// data.ErrOTPNeeded, data.ErrAuthorisation, data.ErrOTPUsed.
func (t *tx) takeAway(ctx context.Context, a *Actor, what data.Removal, of Sealed, auth *otp.Authorisation) (approved bool, err error) {
	m, st, due, err := t.due(ctx, what)
	if err != nil {
		return false, err
	}
	t.counted(what.Customers + what.Phones)
	if what.Always { // a restore changes numbers too, by however many
		t.counted(math.MaxInt)
	}
	if !due {
		return false, t.saveMark(ctx, what.Count(m))
	}
	if err := otpThere(st, auth); err != nil {
		return false, err
	}
	seal := sealOf(of)
	if seal.session == "" || seal.session != a.nonce {
		return false, data.ErrAuthorisation
	}
	step, err := auth.Take(seal.print, a.nonce, t.now)
	if err != nil {
		return false, err
	}
	if st, err = otp.Accept(st, step, t.now); err != nil {
		return false, err
	}
	if err := t.saveOTPState(ctx, st); err != nil {
		return false, err
	}
	if _, deletion := of.(*Plan); !deletion { // which tells of itself
		t.owing = true
	}
	if !what.Restarts() {
		return true, t.saveMark(ctx, what.Count(m))
	}
	return true, t.newMark(ctx)
}

// mayTakeAway answers the error of an OTP that is due and not there, before
// the work begins; takeAway has the last word.
func (t *tx) mayTakeAway(ctx context.Context, what data.Removal, auth *otp.Authorisation) error {
	_, st, due, err := t.due(ctx, what)
	if err != nil || !due {
		return err
	}
	return otpThere(st, auth)
}

// due tells whether what takes an OTP as things are now: others may have
// deleted since the person was asked.
func (t *tx) due(ctx context.Context, what data.Removal) (data.Mark, otp.State, bool, error) {
	m, err := t.mark(ctx)
	if err != nil {
		return m, otp.State{}, false, err
	}
	settings, err := t.settings(ctx)
	if err != nil {
		return m, otp.State{}, false, err
	}
	st, err := t.otpState(ctx)
	return m, st, what.Due(m, settings.Strictness), err
}

func otpThere(st otp.State, auth *otp.Authorisation) error {
	switch {
	case len(st.Secret) == 0:
		return data.ErrOTPNotSetUp
	case auth == nil:
		return data.ErrOTPNeeded
	}
	return nil
}

// arrived counts n customers who came, by whichever way. Their by_owner says
// whether it was the Account Owner who added them.
func (t *tx) arrived(ctx context.Context, n int) error {
	m, err := t.mark(ctx)
	if err != nil {
		return err
	}
	return t.saveMark(ctx, m.Add(n, t.rights.IsAccountOwner()))
}

// undone counts n customers, counted of whom the mark knows, whom the one
// exception of the rule takes away: an import that the actor made in this
// session, of rows that nobody touched since, is undone. It counts neither
// way; untouched must have been asked before they went.
func (t *tx) undone(ctx context.Context, n, counted int) error {
	m, err := t.mark(ctx)
	if err != nil {
		return err
	}
	t.counted(n)
	return t.saveMark(ctx, m.Undo(n, counted))
}

// untouched answers data.ErrConflict if one of ids was not added by the actor,
// or was touched since: that takes takeAway.
func (t *tx) untouched(ctx context.Context, ids []data.CustomerID) error {
	own := 0
	for part := range slices.Chunk(ids, 500) {
		in, args := inList(part)
		n := 0
		if err := t.QueryRowContext(ctx, "SELECT count(*) FROM customers WHERE id IN "+in+
			" AND added_by = ? AND changed_at = 0", append(args, int64(t.actor))...).Scan(&n); err != nil {
			return err
		}
		own += n
	}
	if own != len(ids) {
		return data.ErrConflict
	}
	return nil
}

// Sealed is what the Account Owner's OTP can be given for: a *Plan, or a
// *Change. Only this package makes them.
type Sealed interface {
	sealed() seal
}

// seal is what an authorisation is bound to.
type seal struct {
	print   [sha256.Size]byte
	session string         // the nonce of who made it
	op      data.Operation // that of entering an OTP for it
}

func sealOf(of Sealed) seal {
	if of == nil {
		return seal{}
	}
	return of.sealed()
}

// Change is something that counts as a deletion and is none, as a changed
// phone number: what exactly, and in which session. Only the store makes one.
type Change struct{ seal seal }

// newChange seals a change that op makes; parts say exactly what will be done:
// ids, row versions, new values.
func (a *Actor) newChange(op data.Operation, parts ...[]byte) *Change {
	h := sha256.New()
	h.Write([]byte("lethe change 1 " + string(op) + "\n"))
	for _, p := range parts {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(p)))
		h.Write(n[:])
		h.Write(p)
	}
	return &Change{seal{print: [sha256.Size]byte(h.Sum(nil)), session: a.nonce, op: op}}
}

func (c *Change) sealed() seal {
	if c == nil {
		return seal{}
	}
	return c.seal
}

func (p *Plan) sealed() seal {
	if p == nil {
		return seal{}
	}
	return seal{print: p.fingerprint, session: p.actor, op: p.op(data.OpAuthorise, data.OpAuthoriseAll)}
}

// removal is what the plan takes away, as far as it can be told before.
func (p *Plan) removal() data.Removal {
	return data.Removal{Customers: len(p.ids), All: p.summary.Way == data.WayAll}
}
