package firstrun

import (
	"errors"
	"net/mail"
	"strings"

	"fyne.io/fyne/v2"

	"lethe/app/country"
	"lethe/app/form"
	"lethe/app/words"
	"lethe/data"
	"lethe/data/phone"
	"lethe/data/store"
)

const longestName = 100

// businessForm asks for the business and its owner.
type businessForm struct {
	words                        *words.Words
	business, name, phone, email *form.Field
	region                       *country.Picker
}

func newBusinessForm(w *words.Words, region string) *businessForm {
	f := &businessForm{
		words:    w,
		business: form.New(w.T("firstrun.business"), w.T("firstrun.business_hint")),
		name:     form.New(w.T("firstrun.name"), ""),
		phone:    form.New(w.T("firstrun.phone"), w.T("firstrun.phone_hint")),
		email:    form.New(w.T("firstrun.email"), ""),
		region:   country.New(w, w.T("firstrun.region"), w.T("firstrun.region_hint"), region),
	}
	needed := func(id string) func(string) string {
		return func(text string) string {
			switch text = strings.TrimSpace(text); {
			case text == "":
				return w.T(id)
			case len([]rune(text)) > longestName:
				return w.T("firstrun.too_long")
			}
			return ""
		}
	}
	f.business.Check = needed("firstrun.business_needed")
	f.name.Check = needed("firstrun.name_needed")
	f.phone.Check = func(text string) string {
		if f.region.Code() == "" && text != "" && !strings.HasPrefix(strings.TrimSpace(text), "+") {
			return "" // it is the country that is wrong, and says so
		}
		_, err := f.parsePhone(text)
		return f.phoneProblem(err)
	}
	f.email.Check = func(text string) string {
		if text = strings.TrimSpace(text); text == "" {
			return ""
		}
		if a, err := mail.ParseAddress(text); err != nil || a.Address != text {
			return w.T("firstrun.email_wrong")
		}
		return ""
	}
	f.region.OnChanged = func(code string) {
		if code != "" && f.phone.Text() != "" {
			f.phone.Valid()
		}
	}
	return f
}

func (f *businessForm) object() fyne.CanvasObject {
	return form.Stack(4, f.business.Object(), f.name.Object(), f.region.Field.Object(), f.phone.Object(), f.email.Object())
}

func (f *businessForm) fields() []*form.Field {
	return []*form.Field{f.business, f.name, f.region.Field, f.phone, f.email}
}

// valid checks all and answers the first field that is wrong, or nil.
func (f *businessForm) valid() *form.Field {
	var bad *form.Field
	for _, field := range f.fields() {
		if !field.Valid() && bad == nil {
			bad = field
		}
	}
	return bad
}

func (f *businessForm) parsePhone(text string) (data.Phone, error) {
	return phone.Parse(text, f.region.Code())
}

func (f *businessForm) phoneProblem(err error) string {
	var p *phone.Problem
	switch {
	case err == nil:
		return ""
	case errors.As(err, &p):
		return f.words.T("firstrun.phone_wrong." + string(p.Reason))
	}
	return f.words.Error(err)
}

// answers is what the store is told. The form must be valid.
func (f *businessForm) answers(password string) (store.FirstRun, error) {
	number, err := f.parsePhone(f.phone.Text())
	if err != nil {
		return store.FirstRun{}, err
	}
	return store.FirstRun{
		Business:  strings.TrimSpace(f.business.Text()),
		OwnerName: strings.TrimSpace(f.name.Text()),
		Password:  password,
		Email:     strings.TrimSpace(f.email.Text()),
		Phone:     number,
		Region:    f.region.Code(),
	}, nil
}

// askBusiness is the first step.
func (z *Wizard) askBusiness() {
	w, f := z.opt.Words, z.business
	forward := func() {
		if bad := f.valid(); bad != nil {
			z.focus(bad)
			return
		}
		z.askPassword()
	}
	z.chain(f.fields(), forward)
	z.show(step{
		number: 1, title: w.T("firstrun.business_title"), text: w.T("firstrun.business_text"),
		body: f.object(), focus: f.business.Entry,
		label: w.T("common.next"), forward: forward, back: z.welcome,
	})
}

// chain makes Enter go from one field to the next, and forward from the last.
func (z *Wizard) chain(fields []*form.Field, forward func()) {
	for i, f := range fields {
		if i == len(fields)-1 {
			f.Entry.OnSubmitted = func(string) { forward() }
			break
		}
		following := fields[i+1]
		f.Entry.OnSubmitted = func(string) { z.focus(following) }
	}
}

func (z *Wizard) focus(f *form.Field) { f.Focus(z.opt.Window.Canvas()) }

// askPassword is the second step.
func (z *Wizard) askPassword() {
	w, p := z.opt.Words, z.password
	forward := func() {
		if bad := p.Valid(); bad != nil {
			z.focus(bad)
			return
		}
		z.askOTP()
	}
	z.chain([]*form.Field{p.First, p.Again}, forward)
	z.show(step{
		number: 2, title: w.T("firstrun.password_title"), text: w.T("firstrun.password_text"),
		body: p.Object(), focus: p.First.Entry,
		label: w.T("common.next"), forward: forward, back: z.askBusiness,
	})
}
