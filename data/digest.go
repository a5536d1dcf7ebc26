package data

import (
	"sort"
	"strconv"
	"time"
)

// Digest is what others did between a person's last act and their sign-in.
type Digest struct {
	// Since is when the person was last here; zero if never before.
	Since time.Time
	Acts  []DigestAct
	// These count the wrong ones of everybody, the person's own passwords and
	// recovery keys too: they may not be their own.
	WrongOTPs       int
	WrongPasswords  int
	WrongRecoveries int
}

// DigestAct is how much of one thing one member did: customers deleted,
// exported, added by import; for others how often.
type DigestAct struct {
	User  UserID
	Kind  AuditKind
	Count int
}

// Empty tells whether there is nothing to tell.
func (d Digest) Empty() bool {
	return len(d.Acts) == 0 && d.Wrong() == 0
}

// Wrong counts the wrong OTPs, passwords and recovery keys together.
func (d Digest) Wrong() int { return d.WrongOTPs + d.WrongPasswords + d.WrongRecoveries }

// counted is the fact that says how much an entry of a kind did. Kinds that
// are not in it and not in told are no news.
var counted = map[AuditKind]string{
	AuditDelete: "deleted",
	AuditImport: "added",
	AuditExport: "exported",
}

// told are kinds of which it is told how often they happened.
var told = map[AuditKind]bool{
	AuditUserAdded: true, AuditUserChanged: true, AuditUserRemoved: true, AuditRoleAdded: true, AuditRoleChanged: true, AuditRoleRemoved: true,
	AuditBackup: true, AuditRestore: true, AuditSettings: true, AuditCustomerEdited: true, AuditField: true,
}

// DigestOf sums up entries for the person me.
func DigestOf(me UserID, entries []Entry) Digest {
	var d Digest
	sums := map[DigestAct]int{}
	for i := range entries {
		e := &entries[i]
		switch e.Kind {
		case AuditOTPWrong:
			if e.Actor != me {
				d.WrongOTPs++
			}
			continue
		case AuditSignInFailed:
			n, _ := strconv.Atoi(e.Facts["tries"])
			if e.Facts["recovery"] == FlagYes {
				d.WrongRecoveries += n
			} else {
				d.WrongPasswords += n
			}
			continue
		}
		if e.Actor == me || e.Actor == 0 {
			continue
		}
		if fact, ok := counted[e.Kind]; ok {
			n, _ := strconv.Atoi(e.Facts[fact])
			sums[DigestAct{User: e.Actor, Kind: e.Kind}] += n
		} else if told[e.Kind] {
			sums[DigestAct{User: e.Actor, Kind: e.Kind}]++
		}
	}
	for act, n := range sums {
		if n > 0 {
			act.Count = n
			d.Acts = append(d.Acts, act)
		}
	}
	weight := map[AuditKind]int{AuditDelete: 0, AuditExport: 1, AuditImport: 2}
	rank := func(k AuditKind) int {
		if r, ok := weight[k]; ok {
			return r
		}
		return len(weight)
	}
	sort.Slice(d.Acts, func(i, j int) bool {
		a, b := d.Acts[i], d.Acts[j]
		switch {
		case rank(a.Kind) != rank(b.Kind):
			return rank(a.Kind) < rank(b.Kind)
		case a.Kind != b.Kind:
			return a.Kind < b.Kind
		case a.Count != b.Count:
			return a.Count > b.Count
		}
		return a.User < b.User
	})
	return d
}
