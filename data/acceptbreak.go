package data

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"strconv"
	"strings"
	"time"
)

// A log that is not whole stays so: nothing mends it. After a list was rebuilt
// from a backup, for one, the entries since are missing for good, and a break
// that is shown for ever would hide the next. So the Account Owner can accept
// it. That is an entry itself, signed with their key, and covers the log
// exactly as it stood then: each entry before it, by a digest, and the heads
// that didn't fit. What was accepted goes on being shown; whatever else is
// wrong, or becomes wrong later, is a break as before.

// AuditBreakAccepted tells that the Account Owner accepted what was wrong with
// the log before it.
const AuditBreakAccepted AuditKind = "break_accepted"

// Facts of an AuditBreakAccepted entry: what was wrong, a digest of the log
// before it, the heads that didn't fit, and the Account Owner's signature.
const (
	FactBreak     = "break"
	FactFrom      = "first"
	FactTo        = "last"
	FactLog       = "log"
	FactHeads     = "heads"
	FactSignature = "signature"
)

// AcceptedBreak is a break that the Account Owner accepted.
type AcceptedBreak struct {
	Entry    int64 // the entry that tells of it
	At       time.Time
	By       UserID
	Break    LogBreak
	From, To int64
}

// Acceptance is what an AuditBreakAccepted entry will say.
type Acceptance struct {
	Break    LogBreak
	From, To int64
	Log      [sha256.Size]byte
	Heads    []KnownHead
}

// Text is what the Account Owner signs: all of it, and behind which entry of
// which hash it will stand.
func (a *Acceptance) Text(behind Witness) []byte {
	b := []byte("lethe audit break accepted 1\n")
	b = binary.BigEndian.AppendUint64(b, uint64(behind.Entries))
	b = append(b, behind.Head[:]...)
	for _, part := range []string{string(a.Break), strconv.FormatInt(a.From, 10), strconv.FormatInt(a.To, 10), headsText(a.Heads)} {
		b = binary.BigEndian.AppendUint64(b, uint64(len(part)))
		b = append(b, part...)
	}
	return append(b, a.Log[:]...)
}

// Facts are those of the entry.
func (a *Acceptance) Facts(signature []byte) map[string]string {
	return map[string]string{
		FactBreak: string(a.Break), FactFrom: strconv.FormatInt(a.From, 10), FactTo: strconv.FormatInt(a.To, 10),
		FactLog: hex.EncodeToString(a.Log[:]), FactHeads: headsText(a.Heads), FactSignature: hex.EncodeToString(signature),
	}
}

// readAcceptance reads the facts of an entry; false if they are none.
func readAcceptance(f map[string]string) (a Acceptance, signature []byte, ok bool) {
	from, err := strconv.ParseInt(f[FactFrom], 10, 64)
	to, err2 := strconv.ParseInt(f[FactTo], 10, 64)
	log, err3 := hex.DecodeString(f[FactLog])
	signature, err4 := hex.DecodeString(f[FactSignature])
	heads, ok := readHeads(f[FactHeads])
	if err != nil || err2 != nil || err3 != nil || err4 != nil || !ok || len(log) != sha256.Size {
		return a, nil, false
	}
	a = Acceptance{Break: LogBreak(f[FactBreak]), From: from, To: to, Heads: heads}
	copy(a.Log[:], log)
	return a, signature, true
}

func headsText(heads []KnownHead) string {
	var out []string
	for _, h := range heads {
		out = append(out, strconv.FormatInt(h.Seq, 10)+":"+hex.EncodeToString(h.Head))
	}
	return strings.Join(out, ",")
}

func readHeads(text string) ([]KnownHead, bool) {
	if text == "" {
		return nil, true
	}
	var out []KnownHead
	for _, part := range strings.Split(text, ",") {
		seq, head, _ := strings.Cut(part, ":")
		n, err := strconv.ParseInt(seq, 10, 64)
		b, err2 := hex.DecodeString(head)
		if err != nil || err2 != nil || len(b) < MinKnownHead {
			return nil, false
		}
		out = append(out, KnownHead{Seq: n, Head: b})
	}
	return out, true
}

// logDigest is over all that entries hold, whether they follow from each other
// or not.
type logDigest struct{ hash.Hash }

func newLogDigest() logDigest { return logDigest{sha256.New()} }

func (d logDigest) add(e *Entry) {
	content := e.ChainHash() // covers everything but the hash that stands there
	d.Write(content[:])
	d.Write(e.Hash[:])
}

func (d logDigest) sum() [sha256.Size]byte { return [sha256.Size]byte(d.Sum(nil)) }

// accepted is an acceptance as the check of a log met it.
type accepted struct {
	Acceptance
	seq       int64
	at        time.Time
	by        UserID
	behind    Witness
	signature []byte
}

// meet takes an AuditBreakAccepted entry, if its digest is that of the log
// before it; whose it is tells End.
func (c *LogCheck) meet(e *Entry, behind Witness) {
	a, signature, ok := readAcceptance(e.Facts)
	if ok && a.Log == c.digest.sum() {
		c.accepted = append(c.accepted, accepted{a, e.Seq, e.At, e.Actor, behind, signature})
	}
}

// signedBy tells whether the signature is that of key.
func (a *accepted) signedBy(key []byte) bool {
	return len(key) == ed25519.PublicKeySize && ed25519.Verify(key, a.Text(a.behind), a.signature)
}

// covers tells whether a fault is one that was accepted: of entries before it,
// which its digest holds as they were, or of a head that didn't fit then.
func (a *accepted) covers(f fault) bool {
	if f.head == nil {
		return f.to < a.seq
	}
	for _, h := range a.Heads {
		n := min(len(h.Head), len(f.head.Head))
		if h.Seq == f.head.Seq && bytes.Equal(h.Head[:n], f.head.Head[:n]) {
			return true
		}
	}
	return false
}

// acceptedHead is how many bytes of a head an acceptance keeps.
const acceptedHead = 16

// Acceptance is what accepts all that the check found wrong, once it has ended;
// nil where nothing is, or where it is nothing of the past.
func (c *LogCheck) Acceptance() *Acceptance {
	if c.state.Break == LogWhole || c.state.Break == LogKey {
		return nil
	}
	a := &Acceptance{Break: c.state.Break, From: c.state.From, To: c.state.To, Log: c.digest.sum()}
	for _, f := range c.faults {
		if f.head != nil {
			a.Heads = append(a.Heads, KnownHead{Seq: f.head.Seq, Head: f.head.Head[:min(len(f.head.Head), acceptedHead)]})
		}
	}
	return a
}
