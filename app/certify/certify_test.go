package certify

import (
	"bytes"
	"crypto/ed25519"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/data/store"
)

// deleteOne deletes a customer and answers the entry.
func deleteOne(t *testing.T, k *desktest.Kit) int64 {
	t.Helper()
	k.Real.Fill(t, k.Real.Owner, 919820100000, 5)
	k.Settle()
	p, err := k.Purger.Seal(t.Context(), k.Actor, store.SealRequest{Way: data.WayOne, IDs: k.Real.IDs(t)[:1]})
	if err != nil {
		t.Fatal(err)
	}
	texts := func(data.Receipt) (string, string) { return "Deleted", "Counts only." }
	r, err := k.Purger.Execute(t.Context(), k.Actor, p.Asked(20777), nil, texts, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r.Audit.Entries
}

func TestCheckInTheWindow(t *testing.T) {
	k := desktest.New(t)
	pdf, err := Make(t.Context(), k.Desk, deleteOne(t, k))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "c.pdf")
	check := func(raw []byte, says ...string) {
		t.Helper()
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		k.Answers.OpenPath = path
		Check(k.Desk)
		for _, text := range says {
			if !desktest.Says(k.Window, text) {
				t.Errorf("doesn’t say %q: %q", text, desktest.Texts(k.Window))
			}
		}
		desktest.Press(t, k.Window, "Close")
	}
	check(pdf, "Nothing in it was changed.", "It was signed by this customer list.", "Sharma Traders", "1 customer",
		"20 Nov 2026", "23 Nov 2026, 09:30 UTC", "One customer, by name", "4 customers")
	changed := bytes.Clone(pdf)
	changed[len(pdf)/2] ^= 4
	check(changed, "This certificate was changed since it was signed")
	check([]byte("%PDF-1.7 a bill"), "This isn’t a certificate of deletion by Lethe.")
	// Somebody else's: sound, and yet not this list's.
	_, other, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := layOut(k.Words, data.Evidence{Business: "Sharma Traders", Way: data.WayOne, Deleted: 1}, other)
	if err != nil {
		t.Fatal(err)
	}
	check(theirs, "Nothing in it was changed.", "Compare it with the key in a confirmation")
	k.Answers.OpenPath = ""
	Check(k.Desk)
	if k.Window.Canvas().Overlays().Top() != nil {
		t.Error("cancelled, and something opened")
	}
	CheckFile(k.Desk, filepath.Join(t.TempDir(), "gone.pdf"))
	if !desktest.Says(k.Window, "The file isn’t there any more.") {
		t.Errorf("%q", desktest.Texts(k.Window))
	}
}

func TestOnTheCommandLine(t *testing.T) {
	k := desktest.New(t)
	pdf, err := Make(t.Context(), k.Desk, deleteOne(t, k))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "c.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if !Verify(k.Words, path, &out) || !strings.Contains(out.String(), "Asked by the customer on: 20 Nov 2026\n") ||
		!strings.Contains(out.String(), "Deleted: 1 customer\n") {
		t.Errorf("%s", &out)
	}
	pdf[100] ^= 1
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out.Reset()
	if Verify(k.Words, path, &out) || !strings.Contains(out.String(), "was changed since it was signed") {
		t.Errorf("%s", &out)
	}
}

// Whatever a deletion was, its certificate says so, in words.
func TestEveryWayInWords(t *testing.T) {
	k := desktest.New(t)
	for _, c := range []struct {
		e    data.Evidence
		says []string
	}{
		{
			data.Evidence{
				Way: data.WayAll, Method: data.MethodNewKey, Deleted: 1714, Cascade: data.Cascade{Segments: 3},
				ApprovedBy: "Asha", Scrub: data.ScrubReport{State: data.ScrubChecked, FoundBefore: 2},
			},
			[]string{"All customers", "new encryption key", "3 segments", "Asha, Account Owner, with a one-time password", "A first search had found 2 places"},
		},
		{
			data.Evidence{
				Way: data.WayFiltered, Conditions: []data.Field{"search", data.FieldTags, data.CustomFieldName(2), data.CustomFieldName(3)},
				Method: data.MethodInPlace, Scrub: data.ScrubReport{State: data.ScrubRebuilt},
			},
			[]string{"Customers whom a filter matched: Search, Tags, Custom field", "rebuilt after an interruption", "in one transaction"},
		},
		{data.Evidence{Way: data.WaySelected}, []string{"Customers who were selected"}},
	} {
		_, private, err := ed25519.GenerateKey(nil)
		if err != nil {
			t.Fatal(err)
		}
		pdf, err := layOut(k.Words, c.e, private)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "c.pdf")
		if err := os.WriteFile(path, pdf, 0o600); err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		if !Verify(k.Words, path, &out) {
			t.Fatalf("%s", &out)
		}
		for _, text := range c.says {
			if !strings.Contains(out.String(), text) {
				t.Errorf("doesn’t say %q:\n%s", text, &out)
			}
		}
	}
}
