package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCommandLine(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		want command
	}{
		{nil, command{}},
		{[]string{"-demo"}, command{demo: true}},
		{[]string{"-version"}, command{version: true}},
		{[]string{"-verify", "c.pdf"}, command{verify: "c.pdf"}},
		{[]string{"-data", "/srv/list"}, command{dir: "/srv/list"}},
		{[]string{"-data", "list", "people.csv"}, command{
			dir: filepath.Join(here, "list"), file: filepath.Join(here, "people.csv"),
		}},
	} {
		got, err := parse(c.args, io.Discard)
		if err != nil || got != c.want {
			t.Errorf("%q: %+v, %v; want %+v", c.args, got, err, c.want)
		}
	}
	for _, args := range [][]string{
		{"-demo", "-data", "/srv/list"},
		{"a.csv", "b.csv"},
		{"-nonsense"},
		{"-verify", "c.pdf", "-demo"},
		{"-verify", "c.pdf", "a.csv"},
		{"-verify"},
	} {
		if code := run(args, io.Discard, io.Discard); code != 2 {
			t.Errorf("%q: code %d, want 2", args, code)
		}
	}
}

func TestVersion(t *testing.T) {
	var out bytes.Buffer
	if code := run([]string{"-version"}, &out, io.Discard); code != 0 || out.String() != "Lethe "+version+"\n" {
		t.Errorf("code %d, %q", code, out.String())
	}
}

// A certificate is checked without a window, and the answer is an exit code.
func TestVerify(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bill.pdf")
	if err := os.WriteFile(path, []byte("%PDF-1.7\n%%EOF\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ path, says string }{
		{path, "This isn’t a certificate of deletion by Lethe."},
		{path + ".gone", "The file isn’t there any more."},
	} {
		var out bytes.Buffer
		if code := run([]string{"-verify", c.path}, &out, io.Discard); code != 1 || !strings.HasPrefix(out.String(), c.says) {
			t.Errorf("code %d, %q", code, out.String())
		}
	}
}

func TestNoDisplay(t *testing.T) {
	for _, name := range []string{"DISPLAY", "WAYLAND_DISPLAY"} {
		if text := noDisplay(func(asked string) string {
			if asked == name {
				return ":0"
			}
			return ""
		}); text != "" {
			t.Errorf("with %s: %q", name, text)
		}
	}
}

func TestGraphicsSentence(t *testing.T) {
	var out bytes.Buffer
	w := &graphicsWatch{out: &out}
	for _, line := range []string{"Fyne error:  something else\n", "Fyne error:  window creation error\n", "Fyne error:  failed to initialise OpenGL\n"} {
		if _, err := io.WriteString(w, line); err != nil {
			t.Fatal(err)
		}
	}
	if !w.failed() || strings.Count(out.String(), noOpenGLText) != 1 || !strings.Contains(out.String(), "something else") {
		t.Errorf("failed %v, said %q", w.failed(), out.String())
	}
}

func TestLostDisplaySentence(t *testing.T) {
	var out bytes.Buffer
	w := &graphicsWatch{out: &out}
	for _, line := range []string{"Fyne error:  failed to initialise GLFW\n", "Fyne error:  window creation error\n"} {
		if _, err := io.WriteString(w, line); err != nil {
			t.Fatal(err)
		}
	}
	if !strings.Contains(out.String(), lostDisplayText) || strings.Contains(out.String(), noOpenGLText) {
		t.Errorf("said %q", out.String())
	}
}

func TestRegion(t *testing.T) {
	for locale, want := range map[string]string{
		"en-IN": "IN", "de-DE": "DE", "mr-IN": "IN", "en": home, "": home, "nonsense!": home,
	} {
		if got := regionOf(locale); got != want {
			t.Errorf("%q: %s, want %s", locale, got, want)
		}
	}
}
