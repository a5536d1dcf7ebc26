package data_test

import (
	"os"
	"strings"
	"testing"

	"lethe/data"
)

// The matrix in README is that of the program.
func TestREADMEHoldsTheMatrix(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	const from, to = "<!-- make matrix -->\n", "<!-- /make matrix -->"
	_, rest, found := strings.Cut(string(text), from)
	table, _, ended := strings.Cut(rest, to)
	if !found || !ended || strings.TrimSpace(table) != strings.TrimSpace(data.MatrixTable()) {
		t.Errorf("README does not hold the permission matrix as it is: run make matrix INTO=README.md")
	}
}

func TestWhatIsNotInTheMatrixIsOpenToNobody(t *testing.T) {
	owner := data.RightsOf(data.User{ID: 1, Role: 1, Active: true}, data.Role{ID: 1, Kind: data.AccountOwner})
	for _, op := range []data.Operation{"", "delete", "Delete, some", "SignIn"} {
		if owner.May(op) {
			t.Errorf("%q is open to the Account Owner", op)
		}
	}
	for _, a := range data.Matrix() {
		if (data.Rights{}).May(a.Operation) {
			t.Errorf("%q is open to nobody in particular", a.Operation)
		}
		if a.Who != data.WhoIsProgram && !owner.May(a.Operation) {
			t.Errorf("%q is closed to the Account Owner", a.Operation)
		}
	}
}
