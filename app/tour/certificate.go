package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"lethe/data/certificate"
)

const (
	certificateName = "certificate.pdf"
	changedName     = "changed.pdf"
)

// saveCertificate saves one from the result, over Fyne's file dialog.
func (t *tour) saveCertificate() {
	t.do("the certificate: saved, checked, changed")
	t.click(button("Save certificate"))
	t.waitFor("the file dialog", func(s *snapshot) bool { return button("Save").in(s) != nil })
	name := match("the file's name", func(o *object) bool {
		return (o.Kind == "Entry" || o.Kind == "Field") && strings.Contains(o.Text, "Certificate of deletion")
	})
	t.click(name)
	t.key("ctrl+a")
	t.typeText(certificateName)
	t.picture("certificate-save")
	t.click(button("Save"))
	t.waitLong(3*patience, "the certificate", func(s *snapshot) bool { return s.says("Certificate saved: " + certificateName) })
	t.picture("certificate-saved")
}

// certificateFile is where the file dialog put it.
func (t *tour) certificateFile() string {
	found := ""
	t.fail(filepath.WalkDir(t.home, func(path string, _ os.DirEntry, err error) error {
		if filepath.Base(path) == certificateName {
			found = path
		}
		if errors.Is(err, os.ErrNotExist) {
			return nil
		}
		return err
	}))
	if t.err == nil && found == "" {
		t.failf("the certificate is nowhere")
	}
	return found
}

// checkInWindow checks it in the settings, as it is and with a byte changed.
func (t *tour) checkInWindow() {
	t.do("the certificate: checked in the window")
	path := t.certificateFile()
	if t.err != nil {
		return
	}
	raw, err := os.ReadFile(path)
	if err == nil {
		raw[len(raw)/2] ^= 1
		err = os.WriteFile(filepath.Join(filepath.Dir(path), changedName), raw, 0o600)
	}
	t.fail(err)
	t.setting("Certificates")
	t.click(button("Check a certificate"))
	t.choosePDF(certificateName)
	t.see("as it was signed", "1,713 customers", "with a one-time password", "It was signed by this customer list.")
	t.picture("certificate-checked")
	t.click(button("Check another"))
	t.choosePDF(changedName)
	t.see("was changed since it was signed")
	t.picture("certificate-changed")
	t.click(button("Close"))
}

// choosePDF answers the question for a file.
func (t *tour) choosePDF(name string) {
	t.waitFor("the file dialog", func(s *snapshot) bool { return button("Open").in(s) != nil })
	t.click(match(name, func(o *object) bool { return strings.TrimSuffix(o.Text, ".pdf") == strings.TrimSuffix(name, ".pdf") }))
	t.click(button("Open"))
}

// verifyCertificate checks it on the command line, as it is and with a byte
// changed, and draws it.
func (t *tour) verifyCertificate() {
	t.do("lethe -verify")
	path := t.certificateFile()
	if t.err != nil {
		return
	}
	said, err := exec.Command(t.binary, "-verify", path).CombinedOutput()
	for _, want := range []string{"as it was signed", "1,713 customers", business, "with a one-time password"} {
		if err != nil || !bytes.Contains(said, []byte(want)) {
			t.failf("lethe -verify doesn't say %q: %v\n%s", want, err, said)
			return
		}
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.fail(err)
		return
	}
	if _, err := certificate.Verify(raw); err != nil {
		t.fail(err)
	}
	raw[len(raw)/2] ^= 1
	changed := filepath.Join(t.home, "changed.pdf")
	t.fail(os.WriteFile(changed, raw, 0o600))
	said, err = exec.Command(t.binary, "-verify", changed).CombinedOutput()
	var code *exec.ExitError
	if !errors.As(err, &code) || code.ExitCode() != 1 || !bytes.Contains(said, []byte("was changed since it was signed")) {
		t.failf("a changed certificate: %v\n%s", err, said)
	}
	t.pictures++
	drawn := filepath.Join(t.out, fmt.Sprintf("%03d-certificate", t.pictures))
	if said, err := exec.Command("pdftoppm", "-r", "90", "-png", "-singlefile", path, drawn).CombinedOutput(); err != nil {
		t.failf("pdftoppm: %w\n%s", err, said)
	}
}
