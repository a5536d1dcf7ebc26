package data

import (
	"bytes"
	"cmp"
	"crypto/ed25519"
	"encoding/binary"
	"encoding/hex"
	"slices"
)

// Countersign is the Account Owner's signature over the audit log as it stood
// with entry Seq as its last: over Seq and the hash of that entry, which covers
// all entries before it.
type Countersign struct {
	Seq       int64
	Head      [32]byte
	Key       []byte // the Ed25519 public key (RFC 8032) that Signature is by
	Signature []byte
}

// CountersignText is what is signed.
func CountersignText(seq int64, head [32]byte) []byte {
	b := []byte("lethe audit countersignature 1\n")
	b = binary.BigEndian.AppendUint64(b, uint64(seq))
	return append(b, head[:]...)
}

// known is the head that it tells of.
func (c *Countersign) known() *KnownHead { return &KnownHead{Seq: c.Seq, Head: c.Head[:]} }

func (c *Countersign) good() bool {
	return len(c.Key) == ed25519.PublicKeySize &&
		ed25519.Verify(c.Key, CountersignText(c.Seq, c.Head), c.Signature)
}

// LogBreak is what is wrong with the audit log.
type LogBreak string

// What can be wrong. Chain: an entry does not follow from the one before it.
// Signed: the log up to an entry is not the one that was countersigned. Known:
// it is not the one that a confirmation told of. Short: entries that were
// countersigned, or told of, are missing at its end. Forged: a
// countersignature is not the Account Owner's. Key: the public key in the
// database is not the Account Owner's.
const (
	LogWhole  LogBreak = ""
	LogChain  LogBreak = "chain"
	LogSigned LogBreak = "signed"
	LogKnown  LogBreak = "known"
	LogShort  LogBreak = "short"
	LogForged LogBreak = "forged"
	LogKey    LogBreak = "key"
)

// LogState is what a check of the audit log found.
type LogState struct {
	Entries       int64
	Countersigned int64 // the last entry up to which it is countersigned and holds
	Head          [32]byte
	Break         LogBreak
	// From and To are the entries among which the first that doesn't fit lies,
	// where Break says that one doesn't.
	From, To int64
	// Accepted are the breaks that the Account Owner accepted. They are not in
	// Break any more, and are shown all the same.
	Accepted []AcceptedBreak
	// Key is the public key that counted: in the Account Owner's own session
	// the one that their password unlocked.
	Key []byte
}

// Intact tells whether nothing is wrong but what the Account Owner accepted.
func (s LogState) Intact() bool { return s.Break == LogWhole }

// KnownHead is the beginning of the log's head after entry Seq, as a
// confirmation or a certificate tells it: at least MinKnownHead bytes of it.
type KnownHead struct {
	Seq  int64
	Head []byte
	// Key, where it is set, says whose log it is of: where another key counts
	// it is of another list, and left out.
	Key []byte
}

// MinKnownHead is how many bytes of a head the shortest witness holds.
const MinKnownHead = 8

// Known is the witness as something to check the log against.
func (w Witness) Known() KnownHead { return KnownHead{Seq: w.Entries, Head: w.Head[:]} }

// LogCheck checks the audit log from its first entry to its last, in one pass
// that keeps no entry.
type LogCheck struct {
	state LogState
	key   []byte
	signs []Countersign
	known []KnownHead
	pins  map[int64]*[32]byte // the hashes of the entries that these tell of
	hands []handover

	faults   []fault
	digest   logDigest
	accepted []accepted
}

// fault is one thing that is wrong. One that lies at a head which something
// outside of the entries tells of has that head.
type fault struct {
	why      LogBreak
	from, to int64
	head     *KnownHead
}

// handover is a transfer of ownership: from it on the log is countersigned
// with another key.
type handover struct {
	seq      int64
	from, to []byte
}

// Facts of an AuditOwnership entry: the Ed25519 public keys in hex.
const (
	FactOldKey = "old_key"
	FactNewKey = "new_key"
)

// NewLogCheck starts a check. key is the Account Owner's public key: where it
// comes from decides what the countersignatures are worth. signs and known may
// come in any order; known heads shorter than MinKnownHead are left out.
func NewLogCheck(key []byte, signs []Countersign, known []KnownHead) *LogCheck {
	c := &LogCheck{
		state: LogState{Key: key}, key: key, signs: slices.Clone(signs), pins: map[int64]*[32]byte{},
		digest: newLogDigest(),
	}
	slices.SortStableFunc(c.signs, func(a, b Countersign) int { return cmp.Compare(a.Seq, b.Seq) })
	for _, s := range c.signs {
		c.pins[s.Seq] = nil
	}
	for _, k := range known {
		if len(k.Head) >= MinKnownHead && (len(k.Key) == 0 || bytes.Equal(k.Key, key)) {
			c.known = append(c.known, k)
			c.pins[k.Seq] = nil
		}
	}
	return c
}

func (c *LogCheck) fault(why LogBreak, from, to int64, head *KnownHead) {
	c.faults = append(c.faults, fault{why, min(from, to), to, head})
}

// judge keeps the first that is wrong and was not accepted.
func (c *LogCheck) judge() {
	var valid []accepted
	for _, a := range c.accepted {
		if a.signedBy(c.keyAt(a.seq)) {
			valid = append(valid, a)
			c.state.Accepted = append(c.state.Accepted, AcceptedBreak{a.seq, a.at, a.by, a.Break, a.From, a.To})
		}
	}
	open := c.faults[:0]
	for _, f := range c.faults {
		if !slices.ContainsFunc(valid, func(a accepted) bool { return a.covers(f) }) {
			open = append(open, f)
		}
	}
	c.faults = open
	for _, f := range open {
		if c.state.Break == LogWhole || f.to < c.state.To {
			c.state.Break, c.state.From, c.state.To = f.why, f.from, f.to
		}
	}
}

// Next takes the next entry.
func (c *LogCheck) Next(e *Entry) {
	if e.Seq != c.state.Entries+1 || e.Prev != c.state.Head || e.Hash != e.ChainHash() {
		c.fault(LogChain, e.Seq, e.Seq, nil)
	}
	if e.Kind == AuditBreakAccepted {
		c.meet(e, Witness{Entries: c.state.Entries, Head: c.state.Head})
	}
	c.digest.add(e)
	c.state.Entries, c.state.Head = e.Seq, e.Hash
	if _, asked := c.pins[e.Seq]; asked {
		hash := e.Hash
		c.pins[e.Seq] = &hash
	}
	if e.Kind == AuditOwnership {
		from, err := hex.DecodeString(e.Facts[FactOldKey])
		to, err2 := hex.DecodeString(e.Facts[FactNewKey])
		if err == nil && err2 == nil {
			c.hands = append(c.hands, handover{e.Seq, from, to})
		}
	}
}

// End looks at whose the countersignatures are, whether they and the known
// heads fit, and what is missing at the end.
func (c *LogCheck) End() LogState {
	last, good := c.state.Entries, int64(0)
	var fit []int64
	for i := range c.signs {
		s := &c.signs[i]
		hash := c.pins[s.Seq]
		switch {
		case !bytes.Equal(s.Key, c.keyAt(s.Seq)) || !s.good():
			c.fault(LogForged, s.Seq, s.Seq, s.known())
		case hash == nil:
			c.fault(LogShort, last+1, s.Seq, s.known())
		case *hash != s.Head:
			c.fault(LogSigned, good+1, s.Seq, s.known())
		default:
			good = s.Seq
			fit = append(fit, good)
		}
	}
	for _, k := range c.known {
		switch hash := c.pins[k.Seq]; {
		case hash == nil:
			c.fault(LogShort, last+1, k.Seq, &k)
		case !bytes.HasPrefix(hash[:], k.Head):
			before := int64(0)
			for _, seq := range fit {
				if seq < k.Seq {
					before = seq
				}
			}
			c.fault(LogKnown, before+1, k.Seq, &k)
		}
	}
	c.judge()
	for _, seq := range fit {
		if c.state.Break == LogWhole || seq < c.state.From {
			c.state.Countersigned = seq
		}
	}
	return c.state
}

// keyAt is the key that counted for entry seq: the present one, or that which
// the transfers since handed on.
func (c *LogCheck) keyAt(seq int64) []byte {
	key := c.key
	for i := len(c.hands) - 1; i >= 0 && c.hands[i].seq >= seq; i-- {
		if h := &c.hands[i]; bytes.Equal(h.to, key) {
			key = h.from
		}
	}
	return key
}
