package shell

import (
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lethe/app/desk"
	"lethe/data"
	"lethe/widgets/banner"
	"lethe/widgets/countdown"
)

// Demo is what the strip over sample data shows and does.
type Demo struct {
	// Members lists who one can be, in order.
	Members func() []Member
	// Be signs in as that member.
	Be func(data.UserID)
	// Code is what the Account Owner's authenticator shows at a moment, and
	// for how long yet.
	Code func(now time.Time) (code string, left time.Duration)
	// Ticks ticks once a second.
	Ticks countdown.Ticks
}

// Member is one of the people of the sample.
type Member struct {
	ID   data.UserID
	Name string
	Role data.Role
}

// demoStrip stands over everything while the data is made up.
type demoStrip struct {
	desk *desk.Desk
	demo Demo
	bar  *banner.Bar
	be   *widget.Select
	otp  *widget.Label
	ids  []data.UserID

	quit chan struct{}
	gone sync.WaitGroup
}

const pickerWidth = 230

func newDemoStrip(d *desk.Desk, demo Demo) *demoStrip {
	s := &demoStrip{desk: d, demo: demo, quit: make(chan struct{})}
	s.bar = banner.New(StripHeight)
	s.be = widget.NewSelect(nil, nil)
	s.otp = widget.NewLabel("")
	s.otp.TextStyle = fyne.TextStyle{Bold: true}
	s.bar.Set(banner.Warning, d.Words.T("shell.demo.strip"), nil, []fyne.CanvasObject{
		s.otp, widget.NewLabel(d.Words.T("shell.demo.be")),
		container.NewGridWrap(fyne.NewSize(pickerWidth, s.be.MinSize().Height), s.be),
	})
	s.update()
	s.tick()
	s.gone.Add(1)
	go s.run()
	return s
}

// update reads anew who one can be.
func (s *demoStrip) update() {
	w := s.desk.Words
	me, _ := s.desk.Me()
	s.be.OnChanged = nil
	s.ids = nil
	var names []string
	chosen := -1
	for i, m := range s.demo.Members() {
		s.ids = append(s.ids, m.ID)
		names = append(names, w.T("shell.demo.member", "Name", oneLine(m.Name), "Role", oneLine(w.Role(m.Role))))
		if m.ID == me.ID {
			chosen = i
		}
	}
	s.be.SetOptions(names)
	if chosen >= 0 {
		s.be.SetSelectedIndex(chosen)
	}
	s.be.OnChanged = func(string) {
		if i := s.be.SelectedIndex(); i >= 0 && s.ids[i] != me.ID {
			s.demo.Be(s.ids[i])
		}
	}
	s.bar.Refresh()
}

func (s *demoStrip) tick() {
	code, left := s.demo.Code(s.desk.Clock())
	if len(code) == 6 {
		code = code[:3] + " " + code[3:]
	}
	seconds := int((left + time.Second - 1) / time.Second)
	text := s.desk.Words.T("shell.demo.otp", "Code", code, "Left", seconds)
	if text != s.otp.Text {
		s.otp.SetText(text)
		s.bar.Refresh()
	}
}

func (s *demoStrip) run() {
	defer s.gone.Done()
	ticks, stop := s.demo.Ticks()
	defer stop()
	for {
		select {
		case <-s.quit:
			return
		case <-ticks:
			fyne.Do(func() {
				select {
				case <-s.quit:
				default:
					s.tick()
				}
			})
		}
	}
}

// close stops the ticking; when it returns nothing ticks any more.
func (s *demoStrip) close() {
	close(s.quit)
	s.gone.Wait()
}
