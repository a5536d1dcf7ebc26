package app

import (
	"context"

	"lethe/app/demo"
	"lethe/app/desk"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/shell"
	"lethe/app/task"
	"lethe/data"
	"lethe/widgets/keys"
)

// sampleRun is the sample that the window shows.
type sampleRun struct {
	folder  *demo.Folder
	members []shell.Member
	last    data.UserID // whom to go on as after lock
}

// startDemo makes the sample and goes in as its Account Owner. A real folder
// that is held stays as it is, untouched.
func (a *App) startDemo() {
	w := a.words
	a.window.SetTitle(w.T("app.demo_title"))
	a.showBusy(w.T("app.demo_preparing"))
	var f *demo.Folder
	a.tasks.Go("", func(ctx context.Context, report task.Progress) (err error) {
		f, err = demo.Open(ctx, a.opt.Clock, a.opt.Log, a.firstSegments(), report)
		return err
	}, func(err error) {
		if err != nil {
			a.showProblem(err)
			return
		}
		a.sample = &sampleRun{folder: f}
		a.be(f.Owner.User())
	})
}

// be goes on as another member of the sample.
func (a *App) be(id data.UserID) {
	s := a.sample
	s.last = id
	var d *desk.Desk
	a.tasks.Go("", func(ctx context.Context, _ task.Progress) error {
		actor, err := s.folder.SignIn(ctx, id)
		if err != nil {
			return err
		}
		members, err := s.list(ctx)
		if err != nil {
			return err
		}
		s.members = members
		d = a.newDesk(s.folder.Store, actor)
		return d.Begin(ctx)
	}, func(err error) {
		if err != nil {
			a.showProblem(err)
			return
		}
		a.session = nil
		a.enter(d, a.wish)
	})
}

// list reads who one can be, as the Account Owner sees them.
func (s *sampleRun) list(ctx context.Context) ([]shell.Member, error) {
	st, owner := s.folder.Store, s.folder.Owner
	users, err := st.Members(ctx, owner)
	if err != nil {
		return nil, err
	}
	roles, err := st.Roles(ctx, owner)
	if err != nil {
		return nil, err
	}
	named := map[data.RoleID]data.Role{}
	for _, r := range roles {
		named[r.ID] = r
	}
	var out []shell.Member
	for _, u := range users {
		if u.Active {
			out = append(out, shell.Member{ID: u.ID, Name: u.Name, Role: named[u.Role]})
		}
	}
	return out, nil
}

// strip is what stands over the sample.
func (a *App) strip() *shell.Demo {
	return &shell.Demo{
		Members: func() []shell.Member { return a.sample.members },
		Be:      a.be,
		Code:    a.sample.folder.Code,
		Ticks:   a.opt.Ticks,
	}
}

// showLockedSample stands where the sign-in would: nobody knows the sample's
// password.
func (a *App) showLockedSample() {
	w := a.words
	on := keys.NewButton(w.T("app.demo_go_on"), func() { a.be(a.sample.last) })
	on.EnterPresses = true
	a.show(form.Card(cardWidth,
		form.NewHeading(w.T("shell.locked")).Object(),
		form.NewLine(w.T("app.demo_locked"), look.ColorMuted).Object(), on), noScreen{})
	a.window.Canvas().Focus(on)
}
