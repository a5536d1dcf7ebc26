package store_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// telltales adds all that the list holds of customers to into: texts of some
// length, and numbers.
func telltales(t *testing.T, s *storetest.Store, into map[string]bool) {
	t.Helper()
	const short = 4
	w, _ := store.Connections(s.Store)
	for _, table := range []string{"customers", "notes", "interactions", "tags", "custom_values", "custom_fields", "segments"} {
		rows, err := w.Query("SELECT * FROM " + table)
		if err != nil {
			t.Fatal(err)
		}
		cols, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		row, to := make([]any, len(cols)), make([]any, len(cols))
		for i := range row {
			to[i] = &row[i]
		}
		for rows.Next() {
			if err := rows.Scan(to...); err != nil {
				t.Fatal(err)
			}
			for i, v := range row {
				switch text, _ := v.(string); {
				case cols[i] == "kind" || cols[i] == "filter": // words of the program's own
				case cols[i] == "phone":
					into[strconv.FormatInt(v.(int64), 10)[2:]] = true
				case len(text) >= short:
					into[text] = true
				}
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		rows.Close()
	}
}

// Everything that can be asked of the store is done, and nothing of a customer
// stands in the log afterwards, nor a name of a tag, a field or a segment. What
// an entry tells is among the variants of its kind.
func TestTheLogOfEverythingHoldsNobodysData(t *testing.T) {
	h := newHouse(t)
	fillTelling(t, h.Store)
	values := map[string]bool{"9820055204": true, "55204": true, "1990-04-17": true}
	byOp := calls()
	for _, line := range data.Matrix() {
		call := byOp[line.Operation]
		if call == nil || line.Operation == data.OpTransfer { // after which the owner were somebody else
			continue
		}
		// It takes a session by recovery key.
		if err := call(t, h, h.Owner); err != nil && line.Operation != data.OpRecoverPassword {
			t.Fatalf("%s: %v", line.Operation, err)
		}
		telltales(t, h.Store, values)
	}
	if err := store.NoteWrongRecovery(h.Dir); err != nil {
		t.Fatal(err)
	}
	h.SignInAs(t, 1)
	entries, err := h.Audit(t.Context(), h.Owner, 0) // some calls write one by hand: the chain doesn't hold
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprint(entries)
	for v := range values {
		if strings.Contains(text, v) {
			t.Errorf("%q stands in the log", v)
		}
	}
	variants, seen := data.AuditVariants(), map[string]bool{}
	for _, e := range entries {
		v := e.Variant()
		if all, ok := variants[e.Kind]; v != "" && (!ok || !slices.Contains(all, v)) {
			t.Errorf("entry %d, %s, tells of %q, which is no variant of it", e.Seq, e.Kind, v)
		}
		seen[string(e.Kind)], seen[string(e.Kind)+" "+v] = true, true
	}
	missing := 0
	for _, kind := range data.AuditKinds() {
		switch kind {
		case data.AuditOwnership, data.AuditRecoveryUsed, data.AuditScrub, data.AuditOTPWrong, data.AuditBreakAccepted:
			continue // hold members' ids and counts only; written elsewhere
		}
		if !seen[string(kind)] {
			t.Errorf("no entry of the kind %s was made", kind)
		}
		for _, v := range variants[kind] {
			if !seen[string(kind)+" "+v] {
				missing++
				t.Logf("no entry of %s, %s, was made", kind, v)
			}
		}
	}
	t.Logf("%d entries, %d values looked for, %d variants not made", len(entries), len(values), missing)
}
