package app

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestPagesAskTheMatrix: what opens a control is the operation behind it, as
// the permission matrix has it, and not a permission that the page knows by
// heart. How much somebody sees is no operation.
func TestPagesAskTheMatrix(t *testing.T) {
	byHeart := regexp.MustCompile(`\.Can\(data\.(\w+)\)|\.(CanDeleteAll|IsAccountOwner)\(\)`)
	sees := map[string]bool{"ViewAllCustomers": true}
	persons := map[string]bool{
		"auditlog/digest.go":   true, // owners are told at sign-in, not who may read the log
		"auditlog/remember.go": true, // this computer keeps the head for the Account Owner
	}
	files := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		files++
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range byHeart.FindAllStringSubmatch(string(text), -1) {
			if !sees[m[1]] && !persons[filepath.ToSlash(path)] {
				t.Errorf("%s asks %s: ask Rights.May for the operation", path, m[0])
			}
		}
		return nil
	})
	if err != nil || files < 50 {
		t.Fatalf("%d files looked through, %v", files, err)
	}
}
