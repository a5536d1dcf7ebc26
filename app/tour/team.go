package main

import (
	"regexp"
	"strings"
	"time"

	"lethe/data"
)

// The members of the tour of the team. All made up.
const (
	raviName      = "Ravi Mehta"
	raviPassword  = "two rivers and a ferry"
	firstPassword = "borrowed umbrella 8"
)

// team is a team at one desk: a role that deletes, given and taken away, hidden
// numbers, locking and switching, and what is lost and found again.
func (t *tour) team() {
	app := t.firstRun()
	t.empty()
	t.importList()
	t.makeRole("Cleaner", "Ability to delete customers", "Ability to view all customers", "Ability to view customers’ phone")
	t.makeRole("No numbers", "Ability to view all customers", "Ability to view customers’ custom")
	t.invite()
	set := t.shortestLock()
	t.raviDeletesTwo()
	t.raviLosesTheRight()
	t.raviSeesNoNumbers()
	t.lockByHand()
	t.become(ownerName, ownerPassword)
	t.see("1,712 total")
	t.raviLostHisPassword()
	t.ownerLostHerPhone(app)
	t.ownerLostHerPassword()
	t.lockByItself(set)
	t.quit()
}

// labelled is what can be ticked and begins so.
func labelled(text string) query {
	return match("the permission "+text, func(o *object) bool { return o.Kind == "Tick" && strings.HasPrefix(o.Text, text) })
}

func (t *tour) makeRole(name string, abilities ...string) {
	t.do("a role of the owner's own: " + name)
	t.click(button("Team"))
	t.see("Asha Sharma (you)")
	t.picture("team-alone")
	t.click(button("Manage Roles"))
	t.see("Ability to view all customers")
	t.picture("roles")
	t.click(button("Create New Role"))
	t.fill("Name of the role", name)
	for _, a := range abilities {
		typed, _, _ := strings.Cut(strings.TrimPrefix(a, "Ability to "), "’") // xdotool has no key for it
		t.fill("Search permissions", typed)
		t.click(labelled(a))
	}
	t.picture("role-searched")
	t.fill("Search permissions", "")
	t.key("BackSpace")
	t.picture("role-draft")
	t.click(button("Create role"))
	t.see("Create the role " + name + "?")
	t.fill("Your own password", ownerPassword)
	t.picture("role-confirm")
	t.click(button("Create role"))
	t.gone("Create the role " + name + "?")
	t.see("The role " + name + " is saved.")
}

func (t *tour) invite() {
	t.do("a member is invited")
	t.click(button("Members"))
	t.click(button("Invite a member"))
	t.fill("Name", raviName)
	t.fill("Phone number (optional)", "98200 00002")
	t.click(under("Role", "Select"))
	t.click(button("Cleaner"))
	t.fill("First password", firstPassword)
	t.fill("Your own password", ownerPassword)
	t.picture("invite")
	t.click(button("Add to the team"))
	t.see("First password for "+raviName, firstPassword)
	t.picture("invited")
	t.click(button("Done"))
	t.see(raviName)
	t.picture("team")
	c := t.expect(exported)
	t.recorded(c, data.AuditUserAdded)
	t.recorded(c, data.AuditRoleAdded)
}

// become switches to somebody else.
func (t *tour) become(name, password string) {
	t.click(match("the person at the rail's foot", func(o *object) bool {
		return o.Acts && o.X < 72 && (strings.HasSuffix(o.Text, " Asha") || strings.HasSuffix(o.Text, " Ravi"))
	}))
	t.click(button("Switch user"))
	t.see("Who are you?")
	t.click(match("who it is", func(o *object) bool { return o.Kind == "Select" }))
	t.click(button(name))
	t.fill("Password", password)
	t.click(button("Sign in"))
}

// choosePassword takes a password in place of the one that somebody else chose.
func (t *tour) choosePassword(password string) {
	t.see("Somebody else chose your password.")
	t.fill("New password", password)
	t.fill("The same password again", password)
	t.picture("own-password")
	t.click(button("Next"))
	t.see(raviName + " ·")
}

func (t *tour) raviDeletesTwo() {
	t.do("the new member chooses a password and deletes two")
	t.become(raviName, firstPassword)
	t.choosePassword(raviPassword)
	t.see("1,714 total")
	t.picture("cleaner")
	for i := range 2 {
		t.click(inRow("check", t.rowText(i)))
	}
	t.see("2 Selected Items")
	t.click(button("Delete"))
	t.see("Delete 2 selected customers?")
	t.click(button("Delete 2 customers"))
	t.see("2 customers deleted. 1,712 stay.")
	t.picture("cleaner-deleted")
	t.click(button("Done"))
	t.expect(exported - 2)
}

// giveRole gives the one other member another role.
func (t *tour) giveRole(role string) {
	t.click(button("Team"))
	t.see(raviName)
	t.click(lowest("Manage")) // Ravi's
	t.picture("member-menu")
	t.click(button("Change role…"))
	t.see("Change the role of " + raviName)
	t.click(under("New role", "Select"))
	t.click(button(role))
	t.fill("Your own password", ownerPassword)
	t.picture("change-role")
	t.click(button("Change role"))
	t.see(raviName + " is now " + role + ".")
}

func (t *tour) raviLosesTheRight() {
	t.do("the member loses the right, and with it every control that deletes")
	t.become(ownerName, ownerPassword)
	t.see("1,712 total")
	t.giveRole("Team Member")
	t.become(raviName, raviPassword)
	t.see("1,712 total")
	t.absent("the right was taken away", deletes)
	t.key("Delete")
	t.absent("the right was taken away", deletes)
	t.picture("no-delete")
	t.expect(exported - 2)
}

var wholeNumber = regexp.MustCompile(`[0-9]{5} ?[0-9]{5}`)

func (t *tour) raviSeesNoNumbers() {
	t.do("a role that hides the numbers")
	t.become(ownerName, ownerPassword)
	t.giveRole("No numbers")
	t.become(raviName, raviPassword)
	t.see("1,712 total", "•••••")
	t.absent("numbers are hidden", func(o *object) bool { return wholeNumber.MatchString(o.Text) })
	t.picture("masked")
	t.click(inRow("action:view", t.rowText(0)))
	t.see("First message received at")
	t.absent("numbers are hidden", func(o *object) bool { return wholeNumber.MatchString(o.Text) })
	t.picture("masked-details")
	t.key("Escape")
	t.searchFor("98200")
	t.see("Nobody called '98200' here.")
	t.picture("masked-search")
	t.searchFor("")
}

func (t *tour) lockByHand() {
	t.do("Ctrl+L, a wrong password and the wait after it")
	t.key("ctrl+l")
	t.see("Who are you?")
	for range 2 {
		t.fill("Password", "not the password")
		t.click(button("Sign in"))
		t.see("That password isn’t right.")
		t.find(button("Sign in").usable())
	}
	t.fill("Password", "not the password")
	t.click(button("Sign in"))
	t.see("Next try in")
	t.picture("wait")
	t.find(button("Sign in").usable())
	t.fill("Password", raviPassword)
	t.click(button("Sign in"))
	t.see("1,712 total")
}

// shortestLock sets the shortest time after which the window locks by itself,
// for everybody, and answers when. What follows takes longer, and it is its
// clicks and keys that keep the window open.
func (t *tour) shortestLock() time.Time {
	t.do("Lethe is to lock after a minute without anybody")
	t.setting("Locking")
	for _, label := range []string{"Minutes until it locks by itself, for Owners", "For everybody else"} {
		t.fill(label, "1")
	}
	t.key("Return")
	t.see("Saved.")
	t.picture("locking")
	if c := t.expect(exported); t.err == nil && (c.settings.LockOwners != 1 || c.settings.LockOthers != 1) {
		t.failf("the store has %d and %d minutes", c.settings.LockOwners, c.settings.LockOthers)
	}
	return time.Now()
}

// lockByItself waits for the minute in which nobody does anything. Since it was
// set at least as long has gone by, in which somebody did.
func (t *tour) lockByItself(set time.Time) {
	const minute = time.Minute
	for t.err == nil && time.Since(set) < minute+minute/2 {
		t.pause(minute / 4)
		t.point(500, 300)
		t.point(520, 320)
	}
	if s, err := t.look(); t.err == nil && (err != nil || !s.says(ownerName)) {
		t.failf("it locked though somebody used it")
	}
	t.do("a minute without anybody, and Lethe locks")
	t.waitLong(minute+minute/2, "the window to lock by itself", func(s *snapshot) bool { return s.says("Who are you?") })
	t.picture("locked-by-itself")
}

func (t *tour) pause(d time.Duration) {
	if t.err == nil {
		time.Sleep(d)
	}
}

func (t *tour) raviLostHisPassword() {
	t.do("a member lost the password: an Owner sets a first one")
	t.click(button("Team"))
	t.see(raviName)
	t.click(lowest("Manage")) // Ravi's
	t.click(button("Set a new first password…"))
	t.fill("First password", firstPassword)
	t.fill("Your own password", ownerPassword)
	t.picture("reset")
	t.click(button("Set first password"))
	t.see("First password for " + raviName)
	t.click(button("Done"))
	t.become(raviName, firstPassword)
	t.choosePassword("a lantern on the jetty")
	t.become(ownerName, ownerPassword)
	t.see("1,712 total")
}

func (t *tour) ownerLostHerPhone(app *phone) {
	t.do("the phone is lost: password and recovery key enrol another")
	t.setting("OTPs")
	t.see("OTPs are set up.")
	t.click(button("Phone lost"))
	t.see("Set up OTPs on another phone")
	t.fill("Your password", ownerPassword)
	t.fill("Recovery key", t.recovery.String())
	t.scan(app)
	t.picture("phone-lost")
	t.wheel(640, 400, 60)
	t.click(field("The OTP that the app shows now"))
	t.typeText(t.readOut(app))
	t.click(button("Use this authenticator"))
	t.newKey()
	t.click(button("Done"))
	c := t.expect(exported - 2)
	if t.err == nil && !c.otp {
		t.failf("the store has no OTPs set up")
	}
}

// newKey reads the recovery key that is shown and types its last group.
func (t *tour) newKey() {
	t.noteRecovery()
	t.fill(lastGroupField, t.recovery.LastGroup())
	t.picture("another-key")
}

func (t *tour) ownerLostHerPassword() {
	t.do("the password is lost: the recovery key sets another")
	t.key("ctrl+l")
	t.see("Who are you?")
	t.click(button("Lost your password?"))
	t.fill("Recovery key", t.recovery.String())
	t.picture("password-lost")
	t.click(button("Next"))
	t.see("The same password again")
	t.fill("New password", "harvest moon over satara")
	t.fill("The same password again", "harvest moon over satara")
	t.click(button("Next"))
	t.newKey()
	t.click(button("Sign in"))
	t.see("1,712 total")
}
