package paint_test

import (
	"strings"
	"testing"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lethe/widgets/paint"
)

func TestFit(t *testing.T) {
	test.NewTempApp(t)
	style := fyne.TextStyle{}
	for _, text := range []string{"Tags is any of Brendon Travel", "महाराष्ट्र राज्य", "e\u0301e\u0301e\u0301e\u0301", "A"} {
		full := fyne.MeasureText(text, 14, style).Width
		if got := paint.Fit(text, full, 14, style); got != text {
			t.Errorf("Fit(%q) at its own width = %q", text, got)
		}
		for width := float32(0); width < full; width += 3 {
			got := paint.Fit(text, width, 14, style)
			if got == "" {
				continue
			}
			head, cut := strings.CutSuffix(got, paint.Ellipsis)
			if !cut || !strings.HasPrefix(text, head) || head == "" {
				t.Fatalf("Fit(%q, %v) = %q", text, width, got)
			}
			if w := fyne.MeasureText(got, 14, style).Width; w > width {
				t.Errorf("Fit(%q, %v) is %v wide", text, width, w)
			}
			if next := []rune(text[len(head):])[0]; unicode.IsMark(next) {
				t.Errorf("Fit(%q, %v) = %q parts a letter from its mark", text, width, got)
			}
		}
	}
	if got := paint.Fit("", 100, 14, style); got != "" {
		t.Errorf("Fit of nothing = %q", got)
	}
	if got := paint.Fit("A", -1, 14, style); got != "" {
		t.Errorf("Fit in no room = %q", got)
	}
}
