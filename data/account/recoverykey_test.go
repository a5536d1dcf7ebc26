package account

import (
	"errors"
	"strings"
	"testing"

	"lethe/data"
)

func drawn(t *testing.T) RecoveryKey {
	t.Helper()
	k, err := newRecoveryKey()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestRecoveryKeyWrittenAndRead(t *testing.T) {
	for range 200 {
		k := drawn(t)
		text := k.String()
		if len(text) != 34 || strings.Count(text, "-") != 6 {
			t.Fatalf("written as %s", text)
		}
		if !strings.HasSuffix(text, "-"+k.LastGroup()) {
			t.Fatalf("last group %s of %s", k.LastGroup(), text)
		}
		forgiving := strings.NewReplacer("0", "o", "1", "l", "-", " – ").Replace(strings.ToLower(text))
		other := strings.NewReplacer("0", "O", "1", "I", "-", "").Replace(text)
		for _, typed := range []string{text, forgiving, other, "\n " + text + "\t\u200b"} {
			back, err := ParseRecoveryKey(typed)
			if err != nil || back != k {
				t.Fatalf("%q typed for %q: %v", typed, text, err)
			}
		}
		if !k.IsLastGroup(strings.ToLower(k.LastGroup())+" ") || k.IsLastGroup(text) || k.IsLastGroup("") {
			t.Fatalf("last group of %s", text)
		}
	}
}

func TestRecoveryKeysDiffer(t *testing.T) {
	seen := map[RecoveryKey]bool{}
	for range 100 {
		seen[drawn(t)] = true
	}
	if len(seen) != 100 {
		t.Fatalf("%d of 100", len(seen))
	}
}

func TestRecoveryKeyMistyped(t *testing.T) {
	text := strings.ReplaceAll(drawn(t).String(), "-", "")
	refuse := func(typed string) {
		t.Helper()
		_, err := ParseRecoveryKey(typed)
		if !errors.Is(err, ErrMistyped) || !errors.Is(err, data.ErrWrongRecovery) {
			t.Errorf("%q typed for %q: %v", typed, text, err)
		}
	}
	for i := range text {
		for _, c := range alphabet {
			if byte(c) != text[i] {
				refuse(text[:i] + string(c) + text[i+1:])
			}
		}
	}
	for i := range recoverySymbols {
		for j := range i {
			if text[i] != text[j] {
				b := []byte(text)
				b[i], b[j] = b[j], b[i]
				refuse(string(b))
			}
		}
	}
	for _, typed := range []string{
		"", text[1:], text + "0", "U" + text[1:], "é" + text[1:], text[:27] + "\xff",
		strings.Repeat(text, 1000), strings.Repeat("-", 255),
	} {
		refuse(typed)
	}
}
