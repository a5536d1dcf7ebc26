package team

import (
	"testing"

	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/data/store/storetest"
)

// Two members with one name, number or address are refused in a plain sentence,
// when one is invited and when one is edited; who has it is not said.
func TestTwoMembersWithOneNumberOrAddress(t *testing.T) {
	k := desktest.New(t)
	if _, err := k.Real.AddUser(t.Context(), k.Real.Owner, storetest.Password,
		data.User{Name: "Ravi Mehta", Role: 4, Phone: 919820000002, Email: "ravi@example.com"}, storetest.Password); err != nil {
		t.Fatal(err)
	}
	neha := k.Real.Add(t, "Neha Joshi", 4)
	p := show(t, k)
	try := func(action, name, number, mail, want string) {
		t.Helper()
		f := entries(k)
		f[0].SetText(name)
		f[1].SetText(number)
		f[2].SetText(mail)
		own(t, k, storetest.Password, action)
		says(t, k, want)
	}
	const number, mail = "Somebody in the team has that phone number already.", "Somebody in the team has that e-mail address already."
	desktest.Press(t, k.Window, "Invite a member")
	entries(k)[3].SetText(fresh)
	try("Add to the team", "Imran Shaikh", "+91 98200 00002", "", number)
	try("Add to the team", "Imran Shaikh", "98200-00002", "", number)
	try("Add to the team", "Imran Shaikh", "", " RAVI@Example.com ", mail)
	desktest.Press(t, k.Window, "Cancel")
	if u := member(t, k, "Imran Shaikh"); u.ID != 0 {
		t.Error("added all the same")
	}
	p.do(t, "Neha Joshi", "Edit name, phone, e-mail…")
	try("Save", "Neha Joshi", "98200 00002", "", number)
	try("Save", "Neha Joshi", "", "ravi@example.com", mail)
	try("Save", "RAVI  mehta", "", "", "Somebody in the team has that name already.")
	desktest.Press(t, k.Window, "Cancel")
	if u := member(t, k, "Neha Joshi"); u.ID != neha.User() || u.Phone != 0 || u.Email != "" {
		t.Errorf("saved all the same: %+v", u)
	}
}
