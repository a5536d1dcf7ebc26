package codeentry_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lethe/widgets/codeentry"
)

func field(t *testing.T) (f *codeentry.Field, changed, complete *[]string) {
	t.Helper()
	test.NewTempApp(t)
	changed, complete = &[]string{}, &[]string{}
	f = codeentry.New("OTP", func(code string) { *complete = append(*complete, code) })
	f.OnChanged = func(code string) { *changed = append(*changed, code) }
	test.NewTempWindow(t, f)
	return f, changed, complete
}

func paste(f *codeentry.Field, text string) {
	c := test.NewClipboard()
	c.SetContent(text)
	f.TypedShortcut(&fyne.ShortcutPaste{Clipboard: c})
}

func TestTyping(t *testing.T) {
	f, changed, complete := field(t)
	test.Type(f, "1a2 3४５67")
	if f.Code() != "123456" || !f.Complete() {
		t.Fatalf("code %q", f.Code())
	}
	if want := []string{"1", "12", "123", "1234", "12345", "123456"}; !slices.Equal(*changed, want) {
		t.Errorf("changed %v", *changed)
	}
	if !slices.Equal(*complete, []string{"123456"}) {
		t.Errorf("complete %v", *complete)
	}
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	if f.Code() != "12345" {
		t.Errorf("after Backspace %q", f.Code())
	}
	test.Type(f, "9")
	if !slices.Equal(*complete, []string{"123456", "123459"}) {
		t.Errorf("complete %v", *complete)
	}
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	if f.Code() != "" {
		t.Errorf("after Delete %q", f.Code())
	}
}

func TestPaste(t *testing.T) {
	for _, c := range []struct{ before, pasted, want string }{
		{"", "123 456", "123456"},
		{"", "Your OTP: 123-456.\n", "123456"},
		{"12", "654321", "654321"},
		{"12", "34", "1234"},
		{"1234", "5678", "123456"},
		{"12", "no digits", "12"},
		{"", "12345678", "123456"},
	} {
		f, _, complete := field(t)
		f.SetCode(c.before)
		paste(f, c.pasted)
		if f.Code() != c.want {
			t.Errorf("%q + %q = %q, want %q", c.before, c.pasted, f.Code(), c.want)
		}
		if want := len(c.want) == codeentry.Digits; (len(*complete) == 1) != want {
			t.Errorf("%q + %q: complete %v", c.before, c.pasted, *complete)
		}
	}
}

func TestSettersAreSilentAndDisabledIsDeaf(t *testing.T) {
	f, changed, complete := field(t)
	f.SetCode("123456")
	f.Clear()
	f.Disable()
	test.Type(f, "1")
	paste(f, "123456")
	if len(*changed)+len(*complete) != 0 || f.Code() != "" {
		t.Errorf("changed %v, complete %v, code %q", *changed, *complete, f.Code())
	}
}

func TestFocusAndKeys(t *testing.T) {
	f, _, _ := field(t)
	c := fyne.CurrentApp().Driver().CanvasForObject(f)
	var bubbled []fyne.KeyName
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) { bubbled = append(bubbled, ev.Name) })
	test.Tap(f)
	if c.Focused() != f {
		t.Error("a click doesn't take the focus")
	}
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if !slices.Equal(bubbled, []fyne.KeyName{fyne.KeyEscape}) {
		t.Errorf("bubbled %v", bubbled)
	}
	f.SetCode("123456")
	if f.AccessibilityLabel() != "OTP" {
		t.Errorf("says %q", f.AccessibilityLabel())
	}
}

func TestLooks(t *testing.T) {
	f, _, _ := field(t)
	test.AssertObjectRendersToMarkup(t, "empty.xml", f)
	f.SetCode("123")
	f.FocusGained()
	test.AssertObjectRendersToMarkup(t, "focused.xml", f)
	f.SetCode("123456")
	f.SetInvalid(true)
	test.AssertObjectRendersToMarkup(t, "invalid.xml", f)
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	test.AssertObjectRendersToMarkup(t, "changed.xml", f)
	f.FocusLost()
	f.Disable()
	test.AssertObjectRendersToMarkup(t, "disabled.xml", f)
}
