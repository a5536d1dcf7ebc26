package auditlog

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"lethe/app/desk"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/fold"
	"lethe/widgets/banner"
	"lethe/widgets/keys"
)

// most is how many acts the digest tells; the log has the rest.
const most = 4

// Greet tells an owner, once, what others did since they were last here, and
// whether somebody tampered with the log. show puts a strip over the page, and
// nil takes it away again; it is called on the window's goroutine, or never
// where there is nothing to tell.
func Greet(d *desk.Desk, show func(fyne.CanvasObject)) {
	if rights := d.Rights(); !rights.CanDeleteAll() || !rights.May(data.OpDigest) {
		return
	}
	var digest data.Digest
	var state data.LogState
	names := map[data.UserID]string{}
	d.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		if digest, err = d.Store.Digest(ctx, d.Actor); err != nil {
			return err
		}
		if err := readNames(ctx, d, names); err != nil {
			return err
		}
		state, err = d.Store.AuditState(ctx, d.Actor, Remembered(d))
		return err
	}, func(err error) {
		if err != nil {
			d.Log.Warn("no digest", "cause", err)
			return
		}
		Remember(d, state)
		speak := speaker{words: d.Words, names: names}
		role, text := banner.Neutral, speak.digest(digest)
		if digest.Wrong() > 0 {
			role = banner.Warning
		}
		if !state.Intact() {
			role = banner.Danger
			text = strings.TrimSpace(d.Words.T("auditlog.digest.tampered") + " " + text)
		}
		if text == "" {
			return
		}
		bar := banner.New(banner.Height)
		button := func(id string, tapped func()) fyne.CanvasObject {
			b := keys.NewButton(d.Words.T(id), func() {
				show(nil)
				tapped()
			})
			b.EnterPresses = true
			return b
		}
		bar.Set(role, text, nil, []fyne.CanvasObject{
			button("auditlog.digest.show", func() { d.Visit(id) }),
			button("auditlog.digest.dismiss", func() {}),
		})
		show(bar)
	})
}

// digest puts one into a sentence; "" where there is nothing to tell.
func (s *speaker) digest(d data.Digest) string {
	if d.Empty() {
		return ""
	}
	w := s.words
	var parts []string
	var by data.UserID
	for i, act := range d.Acts {
		if i == most {
			parts = append(parts, w.T("auditlog.digest.more"))
			break
		}
		did := w.N("auditlog.did."+string(act.Kind), act.Count)
		if act.User != by || i == 0 { // who did several things is named once
			did = w.T("auditlog.digest.act", "Who", fold.OneLine(s.who(act.User), 40), "Did", did)
		}
		by = act.User
		parts = append(parts, did)
	}
	if d.WrongOTPs > 0 {
		parts = append(parts, w.N("auditlog.digest.wrong_otps", d.WrongOTPs))
	}
	if d.WrongPasswords > 0 {
		parts = append(parts, w.N("auditlog.digest.wrong_passwords", d.WrongPasswords))
	}
	if d.WrongRecoveries > 0 {
		parts = append(parts, w.N("auditlog.digest.wrong_recoveries", d.WrongRecoveries))
	}
	return w.T("auditlog.digest", "When", w.DateTime(d.Since), "What", strings.Join(parts, ", "))
}

// readNames reads the names of everybody who is or was a member.
func readNames(ctx context.Context, d *desk.Desk, into map[data.UserID]string) error {
	list, err := d.Store.Members(ctx, d.Actor)
	if err != nil {
		return err
	}
	former, err := d.Store.FormerMembers(ctx, d.Actor)
	if err != nil {
		return err
	}
	for _, u := range append(list, former...) {
		into[u.ID] = u.Name
	}
	return nil
}
