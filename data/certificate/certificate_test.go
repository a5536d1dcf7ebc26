package certificate_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"flag"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"lethe/data"
	"lethe/data/certificate"
)

var every = flag.Bool("every", false, "change every byte of a certificate, not only some")

var fonts = certificate.Fonts{Regular: goregular.TTF, Bold: gobold.TTF}

func key(seed byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
}

func evidence() data.Evidence {
	at := time.Date(2026, 11, 23, 9, 34, 0, 0, time.UTC)
	e := data.Evidence{
		Business: "शर्मा ट्रेडर्स & Sons <Café>", At: at, By: "गौरी कुलकर्णी", ApprovedBy: "Asha Sharma",
		Way: data.WayFiltered, Conditions: []data.Field{data.FieldTags, data.CustomFieldName(3)},
		Deleted: 146, Stay: 1568, Cascade: data.Cascade{Notes: 12, Interactions: 34}, Method: data.MethodInPlace,
		Scrub:    data.ScrubReport{State: data.ScrubChecked, Pages: 412, FreePages: 17, Values: 431},
		Finished: at.Add(time.Second), Asked: data.DateOf(at.AddDate(0, 0, -3)), Plan: "00ff00ff00ff00ff",
		Entry: data.Witness{Entries: 40}, Log: data.Witness{Entries: 41}, Issued: at.Add(time.Minute),
	}
	e.Entry.Head[0], e.Log.Head[31] = 0xab, 0xcd
	return e
}

func texts(e data.Evidence) certificate.Texts {
	return certificate.Texts{
		Title: "Certificate of deletion", Business: e.Business, Language: "en",
		Lead: "146 customers were deleted, and nothing of them is left in Lethe's files.",
		Rows: []certificate.Row{
			{"Deleted on", "23 Nov 2026, 15:04"},
			{"By", e.By},
			{"Approved by", e.ApprovedBy},
			{"Mixed", "The list of शर्मा ट्रेडर्स, kept by गौरी कुलकर्णी since 2019, in कोल्हापूर: क्षत्रिय ज्ञानेश्वरी र्\u200dहस्व द्वितीया, long enough to be wrapped over two lines of the page"},
		},
		NotTitle: "What this does not cover", Not: []string{"Copies that the business made itself.", "Messages already sent."},
		How: "Check this file with Lethe: lethe -verify FILE.",
	}
}

func write(t testing.TB, e data.Evidence, s ed25519.PrivateKey) []byte {
	t.Helper()
	pdf, err := certificate.Write(e, texts(e), fonts, s)
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

func TestSaysWhatWasSigned(t *testing.T) {
	pdf := write(t, evidence(), key(1))
	c, err := certificate.Verify(pdf)
	if err != nil {
		t.Fatal(err)
	}
	want := certificate.ContentOf(evidence())
	got, err := json.Marshal(c.Content)
	if err != nil {
		t.Fatal(err)
	}
	wanted, err := json.Marshal(want)
	if err != nil || !bytes.Equal(got, wanted) || !c.PDF || !bytes.Equal(c.Key[:], key(1).Public().(ed25519.PublicKey)) {
		t.Errorf("%s\nwant %s", got, wanted)
	}
	if want.AskedOn != "2026-11-20" || want.Conditions[1] != "custom" || len(want.NotCovered) != 4 {
		t.Errorf("%+v", want)
	}
	// The same certificate is the same bytes.
	if again := write(t, evidence(), key(1)); !bytes.Equal(again, pdf) {
		t.Error("made twice, it differs")
	}
	if n := bytes.Count(pdf, []byte("/Type /Page\n")); n != 1 {
		t.Errorf("%d pages", n)
	}
}

// Any changed byte is caught: in the page, in the JSON, in the signatures.
func TestAnyChangedByteIsCaught(t *testing.T) {
	pdf := write(t, evidence(), key(1))
	embedded := detach(t, pdf)
	if c, err := certificate.Verify(embedded); err != nil || c.PDF {
		t.Fatalf("the JSON alone: %v", err)
	}
	for name, file := range map[string][]byte{"pdf": pdf, "json": embedded} {
		tried := 0
		for i := range file {
			if near := i < 300 || i > len(file)-700 || name == "json"; !*every && !near && i%97 != 0 {
				continue
			}
			for _, flip := range []byte{0x01, 0x20, 0x80} {
				changed := bytes.Clone(file)
				changed[i] ^= flip
				tried++
				if _, err := certificate.Verify(changed); err == nil {
					t.Fatalf("%s: byte %d changed from %q to %q is not seen", name, i, file[i], changed[i])
				}
			}
		}
		t.Logf("%s: %d bytes, %d changes tried, all caught", name, len(file), tried)
		for end := len(file) - 1; end > 0; end -= 1 + end/50 {
			if _, err := certificate.Verify(file[:end]); err == nil {
				t.Errorf("%s cut at %d is taken", name, end)
			}
		}
		for _, more := range []string{"\n", " ", "x", "\n%%EOF\n", string(file)} {
			if _, err := certificate.Verify(append(bytes.Clone(file), more...)); err == nil {
				t.Errorf("%s with %q behind it is taken", name, more[:min(len(more), 9)])
			}
		}
	}
}

// One's own key under somebody else's certificate, or their JSON in another
// page, is no certificate of theirs.
func TestAnotherKeyShows(t *testing.T) {
	theirs, mine := write(t, evidence(), key(1)), write(t, evidence(), key(2))
	a, err := certificate.Verify(theirs)
	if err != nil {
		t.Fatal(err)
	}
	b, err := certificate.Verify(mine)
	if err != nil {
		t.Fatal(err)
	}
	if a.Key == b.Key || a.Key.Fingerprint() == b.Key.Fingerprint() {
		t.Error("two keys look alike")
	}
	const line = len("%Lethe-Seal-1 ") + 64 + 1 + 128 + 1
	mixed := append(bytes.Clone(theirs[:len(theirs)-line]), mine[len(mine)-line:]...)
	if _, err := certificate.Verify(mixed); !errors.Is(err, certificate.ErrChanged) {
		t.Errorf("their page, my line: %v", err)
	}
}

func TestWhatIsNone(t *testing.T) {
	for name, file := range map[string]string{
		"nothing": "", "text": "hello", "a PDF": "%PDF-1.4\n%%EOF\n", "JSON": "{}", "a list": "[]",
		"JSON of others": `{"certificate":{"a":1},"key":"","signature":""}`,
		"deep JSON":      `{"certificate":` + strings.Repeat("[", 20000),
		"a bomb":         "%PDF-" + strings.Repeat("A", 1<<20),
	} {
		if _, err := certificate.Verify([]byte(file)); !errors.Is(err, certificate.ErrNone) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := certificate.Verify([]byte("%PDF-1.4\n/EmbeddedFile Lethe\n%%EOF\n")); !errors.Is(err, certificate.ErrChanged) {
		t.Error("one that lost its seal is called another file")
	}
}

func FuzzVerify(f *testing.F) {
	pdf := write(f, evidence(), key(1))
	f.Add(pdf)
	f.Add([]byte(`{"certificate":{"format":"x"},"key":"","signature":""}`))
	f.Fuzz(func(t *testing.T, file []byte) {
		if c, err := certificate.Verify(file); err == nil && !bytes.Equal(file, pdf) && c.PDF {
			t.Error("forged")
		}
	})
}

// detach takes the JSON out as people do.
func detach(t *testing.T, pdf []byte) []byte {
	t.Helper()
	need(t, "pdfdetach")
	dir := t.TempDir()
	path := filepath.Join(dir, "c.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "certificate.json")
	if said, err := exec.Command("pdfdetach", "-save", "1", "-o", out, path).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v", said, err)
	}
	raw, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func need(t *testing.T, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Fatalf("%s is missing: .ci/setup installs it", program)
	}
}

// The page as PDF programs draw it: one page, nothing outside of it, ink where
// Devanagari stands, and the Latin texts as texts.
func TestThePageIsDrawn(t *testing.T) {
	need(t, "pdftoppm")
	dir := t.TempDir()
	long := evidence()
	long.Business = strings.Repeat("शर्मा ट्रेडर्स अणि भागीदार ", 12)
	for name, e := range map[string]data.Evidence{"usual": evidence(), "long": long} {
		path := filepath.Join(dir, name+".pdf")
		if err := os.WriteFile(path, write(t, e, key(1)), 0o600); err != nil {
			t.Fatal(err)
		}
		if said, err := exec.Command("pdftoppm", "-r", "80", "-png", path, filepath.Join(dir, name)).CombinedOutput(); err != nil || len(said) > 0 {
			t.Fatalf("%s: %v", said, err)
		}
		shots, err := filepath.Glob(filepath.Join(dir, name+"-*.png"))
		if err != nil || len(shots) != 1 {
			t.Fatalf("%d pages, %v", len(shots), err)
		}
		f, err := os.Open(shots[0])
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		b := img.Bounds()
		dark := func(x, y int) bool { r, g, bl, _ := img.At(x, y).RGBA(); return r+g+bl < 3*0xb000 }
		for y := b.Dy() / 20; y < b.Dy(); y++ {
			for _, x := range []int{2, b.Dx() - 3} {
				if dark(x, y) {
					t.Fatalf("%s: ink at the edge, %d,%d", name, x, y)
				}
			}
		}
		ink := 0
		for y := b.Dy() / 10; y < b.Dy()/6; y++ { // where the business stands
			for x := range b.Dx() {
				if dark(x, y) {
					ink++
				}
			}
		}
		if ink < 50 {
			t.Errorf("%s: the business's name isn't there: %d dots", name, ink)
		}
	}
	text, err := exec.Command("pdftotext", "-layout", filepath.Join(dir, "usual.pdf"), "-").Output()
	if err != nil || !strings.Contains(string(text), "146 customers were deleted") {
		t.Errorf("%s, %v", text, err)
	}
}
