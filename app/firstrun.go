package app

import (
	"context"

	"lethe/app/firstrun"
	"lethe/data/otp"
	"lethe/data/store"
)

func (a *App) showFirstRun() {
	o := &opening{app: a}
	a.opening = o
	wizard := firstrun.New(firstrun.Options{
		Window: a.window, Words: a.words, Tasks: a.tasks, Files: a.files,
		Clock: a.opt.Clock, Folder: a.folder(), Region: a.opt.Region,
		Secret: newSecret,
		Create: func(ctx context.Context, first store.FirstRun, secret otp.Secret, code string) (out firstrun.Created, err error) {
			first.Segments = a.firstSegments()
			o.store, o.actor, out.Key, err = store.Create(ctx, a.storeOptions(a.dir), first)
			if err != nil {
				return out, err
			}
			if code != "" {
				out.OTPFailed = o.store.EnrolOTP(ctx, o.actor, first.Password, secret, code, "") != nil
			}
			return out, nil
		},
		Explore: a.startDemo, Restore: func() { a.showRestore(nil, a.showFirstRun) },
		Done: func(importNow bool) {
			wished := a.wish != ""
			a.proveAndEnter(o, func() {
				if importNow && !wished {
					a.session.shell.Import("")
				}
			})
		},
	})
	a.show(wizard.Content(), wizard)
	wizard.Start()
}
