package data_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"lethe/data"
)

// chain makes a log of n entries behind prev.
func chain(prev [32]byte, n int) []data.Entry {
	var out []data.Entry
	for i := range n {
		e := data.Entry{
			Seq: int64(i + 1), At: time.Unix(1_800_000_000+int64(i), 0).UTC(), Actor: data.UserID(i % 3),
			Kind: data.AuditDelete, Facts: map[string]string{"way": "one", "deleted": "1", "stay": ""}, Prev: prev,
		}
		e.Hash = e.ChainHash()
		prev = e.Hash
		out = append(out, e)
	}
	return out
}

func TestAnUntouchedChainHolds(t *testing.T) {
	var start [32]byte
	for n := range 5 {
		if bad := data.VerifyChain(start, chain(start, n)); bad != 0 {
			t.Errorf("%d entries: %d does not fit", n, bad)
		}
	}
	all := chain(start, 6)
	if bad := data.VerifyChain(all[2].Hash, all[3:]); bad != 0 {
		t.Errorf("from the middle on: %d", bad)
	}
	if bad := data.VerifyChain(start, all[3:]); bad != 4 {
		t.Errorf("behind another head: %d", bad)
	}
}

func TestWhatIsDoneToTheChainShows(t *testing.T) {
	var start [32]byte
	for name, change := range map[string]func([]data.Entry) []data.Entry{
		"time":           func(l []data.Entry) []data.Entry { l[3].At = l[3].At.Add(time.Second); return l },
		"actor":          func(l []data.Entry) []data.Entry { l[3].Actor++; return l },
		"kind":           func(l []data.Entry) []data.Entry { l[3].Kind = data.AuditImport; return l },
		"fact":           func(l []data.Entry) []data.Entry { l[3].Facts["deleted"] = "2"; return l },
		"fact added":     func(l []data.Entry) []data.Entry { l[3].Facts["more"] = ""; return l },
		"fact removed":   func(l []data.Entry) []data.Entry { delete(l[3].Facts, "stay"); return l },
		"seq":            func(l []data.Entry) []data.Entry { l[3].Seq = 9; return l },
		"hash":           func(l []data.Entry) []data.Entry { l[3].Hash[0] ^= 1; return l },
		"prev":           func(l []data.Entry) []data.Entry { l[3].Prev[31] ^= 1; return l },
		"one cut out":    func(l []data.Entry) []data.Entry { return append(l[:3:3], l[4:]...) },
		"two swapped":    func(l []data.Entry) []data.Entry { l[3], l[4] = l[4], l[3]; return l },
		"first cut off":  func(l []data.Entry) []data.Entry { return l[1:] },
		"hashed anew":    func(l []data.Entry) []data.Entry { l[3].Actor++; l[3].Hash = l[3].ChainHash(); return l },
		"renumbered":     func(l []data.Entry) []data.Entry { l[5].Seq = 7; l[5].Hash = l[5].ChainHash(); return l },
		"one slipped in": func(l []data.Entry) []data.Entry { return append(l[:3:3], append([]data.Entry{l[2]}, l[3:]...)...) },
	} {
		t.Run(name, func(t *testing.T) {
			if data.VerifyChain(start, change(chain(start, 6))) == 0 {
				t.Error("not found")
			}
		})
	}
}

// Two entries that say something different never have the same hash, however
// their texts are cut: each stands with its length before it.
func TestEntriesThatDifferHashDifferently(t *testing.T) {
	text := rapid.StringMatching(`[ab\x00=,]{0,3}`)
	entry := rapid.Custom(func(t *rapid.T) data.Entry {
		return data.Entry{
			Seq: rapid.Int64Range(0, 3).Draw(t, "seq"), At: time.Unix(rapid.Int64Range(0, 3).Draw(t, "at"), 0),
			Actor: data.UserID(rapid.IntRange(0, 3).Draw(t, "actor")), Kind: data.AuditKind(text.Draw(t, "kind")),
			Facts: rapid.MapOfN(text, text, 0, 3).Draw(t, "facts"),
		}
	})
	same := func(a, b data.Entry) bool {
		if a.Seq != b.Seq || !a.At.Equal(b.At) || a.Actor != b.Actor || a.Kind != b.Kind || len(a.Facts) != len(b.Facts) {
			return false
		}
		for k, v := range a.Facts {
			if w, ok := b.Facts[k]; !ok || w != v {
				return false
			}
		}
		return true
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := entry.Draw(t, "a"), entry.Draw(t, "b")
		if same(a, b) != (a.ChainHash() == b.ChainHash()) {
			t.Fatalf("%+v and %+v", a, b)
		}
	})
}

func TestNoFactsAndEmptyFactsAreOne(t *testing.T) {
	a, b := data.Entry{Seq: 1}, data.Entry{Seq: 1, Facts: map[string]string{}}
	if a.ChainHash() != b.ChainHash() {
		t.Error("reading an entry back changes its hash")
	}
}
