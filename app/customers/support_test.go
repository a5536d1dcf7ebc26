package customers

import (
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"lethe/app/deletion"
	"lethe/app/desk"
	"lethe/app/desk/desktest"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/sample"
	"lethe/data/store"
	"lethe/widgets/filterpanel"
	"lethe/widgets/keys"
)

// seat is the page as somebody has it, with what it asked others to do.
type seat struct {
	*Page
	kit      *desktest.Kit
	deleted  []deletion.Request
	imported []string
}

// sit opens the page for the one at the kit's desk.
func sit(t *testing.T, k *desktest.Kit) *seat {
	t.Helper()
	s := &seat{kit: k}
	s.Page = newPage(k.Desk,
		func(_ *desk.Desk, r deletion.Request) { s.deleted = append(s.deleted, r) },
		func(_ *desk.Desk, path string, _ func()) { s.imported = append(s.imported, path) })
	k.Window.SetPadded(false)
	k.Window.SetContent(s.Content())
	k.Window.Canvas().SetOnTypedKey(func(ev *fyne.KeyEvent) { s.Key(ev) })
	k.Window.Resize(fyne.NewSize(1208, 700))
	s.Shown()
	t.Cleanup(s.Close)
	return s
}

// fillDemo takes the sample's customers in.
func fillDemo(t *testing.T, k *desktest.Kit) {
	t.Helper()
	customers, fields, err := sample.Demo(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	fill(t, k, fields, func(yield func(*store.ImportRow) error) error {
		for i := range customers {
			row := store.ImportRow{Customer: customers[i].Customer, Custom: customers[i].Values}
			if err := yield(&row); err != nil {
				return err
			}
		}
		return nil
	})
}

func fill(t *testing.T, k *desktest.Kit, fields []string, each func(func(*store.ImportRow) error) error) {
	t.Helper()
	_, err := k.Real.Import(t.Context(), k.Real.Owner, store.ImportRequest{
		Mode: store.ImportSkip, Each: each, NewFields: fields,
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	k.Settle()
}

// few takes in customers of these names, with phones and cities of their own.
func few(t *testing.T, k *desktest.Kit, names ...string) {
	t.Helper()
	fill(t, k, nil, func(yield func(*store.ImportRow) error) error {
		for i, name := range names {
			city := []string{"Surat", "Pune"}[i%2]
			row := store.ImportRow{Customer: data.Customer{
				Name: name, Phone: 919820010001 + data.Phone(i), City: city, Created: k.Clock(),
			}}
			if err := yield(&row); err != nil {
				return err
			}
		}
		return nil
	})
}

// objects are all objects in the window, and in what lies over it.
func objects(w fyne.Window) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if o == nil {
			return
		}
		out = append(out, o)
		switch o := o.(type) {
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				walk(c)
			}
		}
	}
	walk(w.Content())
	for _, o := range w.Canvas().Overlays().List() {
		walk(o)
	}
	return out
}

// button finds a button by the beginning of its text, nil if there is none in sight.
func (s *seat) button(text string) *keys.Button {
	for _, o := range objects(s.kit.Window) {
		if b, ok := o.(*keys.Button); ok && b.Visible() && strings.HasPrefix(b.Text, text) {
			return b
		}
	}
	return nil
}

func (s *seat) press(t *testing.T, text string) {
	t.Helper()
	b := s.button(text)
	if b == nil || b.Disabled() {
		t.Fatalf("no button %q that can be pressed", text)
	}
	test.Tap(b)
}

// tickValue ticks a value in the sidebar, as a click on it does.
func (s *seat) tickValue(t *testing.T, f data.Field, value string) {
	t.Helper()
	c := s.choice(t, f)
	for c.field != f {
		c.which.SetSelected(s.speak.Name(f))
	}
	c.box.OnChanged(value, true)
}

func (s *seat) choice(t *testing.T, f data.Field) *choiceFilter {
	t.Helper()
	for _, one := range append(s.side.first[:len(s.side.first):len(s.side.first)], s.side.more...) {
		if c, ok := one.(*choiceFilter); ok {
			for _, field := range c.fields {
				if field == f {
					return c
				}
			}
		}
	}
	t.Fatalf("no section for %s", f)
	return nil
}

func (s *seat) valueOf(t *testing.T, f data.Field, value string) filterpanel.Value {
	t.Helper()
	for _, v := range s.choice(t, f).box.Values() {
		if v.Key == value {
			return v
		}
	}
	t.Fatalf("%s has no %q", f, value)
	return filterpanel.Value{}
}

// texts are the texts of all buttons, labels and menus in sight.
func texts(w fyne.Window) []string {
	var out []string
	for _, o := range objects(w) {
		switch o := o.(type) {
		case *keys.Button:
			out = append(out, o.Text)
		case *widget.Label:
			out = append(out, o.Text)
		case *widget.RichText:
			out = append(out, o.String())
		}
	}
	return out
}

// actor is a member with a predefined role, signed in.
func member(t *testing.T, k *desktest.Kit, kind data.RoleKind) *store.Actor {
	t.Helper()
	roles, err := k.Real.Roles(t.Context(), k.Real.Owner)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range roles {
		if r.Kind == kind {
			return k.Real.Add(t, "Member "+string(kind), r.ID)
		}
	}
	t.Fatalf("no role %s", kind)
	return nil
}

// late is a runner whose answers come when the test says so, the latest first.
type late struct {
	runner *task.Runner
	mu     sync.Mutex
	queue  []func()
}

func newLate() *late {
	l := &late{}
	l.runner = task.New(func(f func()) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.queue = append(l.queue, f)
	}, slog.New(slog.DiscardHandler))
	return l
}

// finish waits for all work and hands over the answers, the latest first.
func (l *late) finish() {
	for {
		l.runner.Wait()
		l.mu.Lock()
		queue := l.queue
		l.queue = nil
		l.mu.Unlock()
		if len(queue) == 0 {
			return
		}
		for _, f := range slices.Backward(queue) {
			f()
		}
	}
}
