package sealed

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// Whatever stands in a page, reading its cells neither fails nor leaves the
// page, and zeroing its gap touches unallocated bytes only.
func TestCellsOfAnyPage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pgno := rapid.Uint32Range(1, 2).Draw(t, "pgno")
		page := make([]byte, PageSize)
		for i, b := range rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "head") {
			page[headerOffset(pgno)+i] = b
		}
		for i, b := range rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "tail") {
			page[usable-1-i] = b
		}
		page[headerOffset(pgno)] = rapid.SampledFrom([]byte{0, 2, 5, 10, 13}).Draw(t, "kind")
		page[headerOffset(pgno)+3] = 0
		page[headerOffset(pgno)+5] = rapid.ByteRange(0, 16).Draw(t, "start")
		before := string(page)
		ranges, _, ok := cells(pgno, page)
		end := 0
		for _, r := range ranges {
			if !ok || r.From < end || r.To <= r.From || r.To > usable {
				t.Fatalf("%v, %v", ranges, ok)
			}
			end = r.To
		}
		zeroGap(pgno, page)
		for i := range page {
			if page[i] != before[i] && ok && live(ranges, i, i+1) {
				t.Fatalf("byte %d was allocated", i)
			}
		}
	})
}

func TestKeyIsNotPrinted(t *testing.T) {
	key := newKey(t)
	key[0] = 'K'
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d", "%q"} {
		if got := fmt.Sprintf(verb, key); got != "sealed.Key" {
			t.Errorf("%s: %d bytes", verb, len(got))
		}
	}
	if key.Wipe(); key != (Key{}) {
		t.Error("not wiped")
	}
}

// The journal's writes that go out in the clear hold nothing of a page.
func TestClearInJournal(t *testing.T) {
	header := append([]byte(journalMagic), make([]byte, journalSector-len(journalMagic))...)
	for _, b := range [][]byte{header, header[:8], header[:12], make([]byte, 28), {0}, make([]byte, journalSector)} {
		if !clearInJournal(b) {
			t.Errorf("%d bytes are refused", len(b))
		}
	}
	secret := append([]byte(nil), header...)
	secret[40] = 'x'
	for _, b := range [][]byte{secret, {1}, []byte("12345678"), []byte("123456789012"), header[:100], append(make([]byte, 27), 1), append(header, 0)} {
		if clearInJournal(b) {
			t.Errorf("%d bytes pass", len(b))
		}
	}
}
