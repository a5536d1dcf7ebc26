package about_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lethe/app/about"
	"lethe/app/desk/desktest"
	"lethe/app/diagnose"
	"lethe/data/sample"
	"lethe/data/store"
)

func TestItSaysWhichOneItIs(t *testing.T) {
	k := desktest.New(t)
	about.Show(k.Desk, true)
	for _, text := range []string{"About Lethe", "Apache License 2.0", "Save diagnostics to a file…"} {
		if !desktest.Says(k.Window, text) {
			t.Errorf("it doesn't say %q but %q", text, desktest.Texts(k.Window))
		}
	}
	desktest.Press(t, k.Window, "Close")
	if k.Window.Canvas().Overlays().Top() != nil {
		t.Error("it stays open")
	}
}

// TestDiagnosticsNameNobody fills a list with the sample, lets the log hear
// secrets, and searches what is saved for all of it.
func TestDiagnosticsNameNobody(t *testing.T) {
	k := desktest.New(t)
	var shown bytes.Buffer
	k.Log = slog.New(diagnose.NewRecorder(slog.NewTextHandler(&shown, nil)))
	customers, fields, err := sample.Demo(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	customers = customers[:400]
	if _, err := k.Real.Import(t.Context(), k.Real.Owner, store.ImportRequest{
		Mode: store.ImportSkip, NewFields: fields,
		Each: func(yield func(*store.ImportRow) error) error {
			for i := range customers {
				if err := yield(&store.ImportRow{Customer: customers[i].Customer, Custom: customers[i].Values}); err != nil {
					return err
				}
			}
			return nil
		},
	}, nil); err != nil {
		t.Fatal(err)
	}
	k.Real.Add(t, "Neha Joshi", 3)
	k.Settle()
	k.Log.Warn("something went wrong", "err", errors.New("open /home/asha/customers of Gauri.csv: +918299995902"), "name", "Gauri Kulkarni")
	k.Log.Error("work broke off", "stack", "goroutine 1 [running]")

	k.Answers.SavePath = filepath.Join(t.TempDir(), "diagnostics.txt")
	about.Show(k.Desk, true)
	desktest.Press(t, k.Window, "Save diagnostics to a file…")
	if !desktest.Says(k.Window, "Saved: diagnostics.txt") {
		t.Fatalf("it says %q", desktest.Texts(k.Window))
	}
	saved, err := os.ReadFile(k.Answers.SavePath)
	if err != nil {
		t.Fatal(err)
	}
	text := string(saved)
	for _, want := range []string{"400 in sight", "2 members", "account_owner", "something went wrong", "goroutine 1 [running]", "not set up"} {
		if !strings.Contains(text, want) {
			t.Errorf("it lacks %q:\n%s", want, text)
		}
	}
	secrets := []string{
		"Sharma", "Asha", "Neha", "Joshi", "Gauri", "Kulkarni", "8299995902", "/home", k.Store.Dir(),
		filepath.Dir(k.Answers.SavePath), k.Desk.Settings().Business,
	}
	for i := range customers {
		c := customers[i].Customer
		secrets = append(secrets, c.Name, c.Email, c.Company, c.City, c.WhatsAppName, c.Phone.String(), c.Phone.String()[1:])
		secrets = append(secrets, c.Tags...)
		secrets = append(secrets, strings.Fields(c.Name)...)
	}
	low := strings.ToLower(text)
	for _, secret := range secrets {
		if len([]rune(secret)) >= 4 && strings.Contains(low, strings.ToLower(secret)) {
			t.Errorf("the diagnostics tell %q:\n%s", secret, text)
		}
	}
	info, err := os.Stat(k.Answers.SavePath)
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read it: %v, %v", info.Mode(), err)
	}
}

// TestWhoSeesLessTellsLess makes one as a member who may see next to nothing.
func TestWhoSeesLessTellsLess(t *testing.T) {
	owner := desktest.New(t)
	owner.Real.Fill(t, owner.Real.Owner, 919811000000, 10)
	role := owner.Real.Role(t, "Nothing at all")
	k := owner.As(t, owner.Real.Add(t, "Imran Shaikh", role))
	k.Settle()
	r := diagnose.Collect(context.Background(), k.Desk, diagnose.Seen{})
	if r.Customers != 0 || len(r.Outbox) != 0 {
		t.Errorf("%+v", r)
	}
	var text bytes.Buffer
	if err := r.Write(&text); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(text.String(), "Nothing at all") {
		t.Errorf("it names the role:\n%s", text.String())
	}
}
