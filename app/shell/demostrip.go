package shell

import (
	"strconv"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lethe/app/choice"
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
	be   *choice.Select
	otp  *widget.Label

	quit chan struct{}
	gone sync.WaitGroup
}

const pickerWidth = 230

func newDemoStrip(d *desk.Desk, demo Demo) *demoStrip {
	s := &demoStrip{desk: d, demo: demo, quit: make(chan struct{})}
	s.bar = banner.New(StripHeight)
	s.be = choice.New(nil, "", nil)
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
	ids := map[string]data.UserID{}
	var names []choice.Option
	for _, m := range s.demo.Members() {
		id := strconv.FormatInt(int64(m.ID), 10)
		ids[id] = m.ID
		names = append(names, choice.Option{
			Value: id, Text: w.T("shell.demo.member", "Name", oneLine(m.Name), "Role", oneLine(w.Role(m.Role))),
		})
	}
	s.be.SetList(names, strconv.FormatInt(int64(me.ID), 10))
	s.be.OnChosen = func(id string) {
		if ids[id] != me.ID {
			s.demo.Be(ids[id])
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
