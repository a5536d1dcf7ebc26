package pick

import (
	"net/url"
	"path/filepath"
	"strings"

	"github.com/rymdport/portal/filechooser"
)

// portals are the dialogs of the XDG desktop portal.
type portals struct{}

func desktop() native { return portals{} }

func (portals) open(title string, extensions []string) (string, bool) {
	opt := &filechooser.OpenFileOptions{}
	if len(extensions) > 0 {
		opt.Filters = []*filechooser.Filter{{Name: strings.Join(extensions, ", "), Rules: rules(extensions)}}
	}
	return first(filechooser.OpenFile("", title, opt))
}

func (portals) save(title, name string) (string, bool) {
	return first(filechooser.SaveFile("", title, &filechooser.SaveFileOptions{CurrentName: name}))
}

func (portals) folder(title string) (string, bool) {
	return first(filechooser.OpenFile("", title, &filechooser.OpenFileOptions{Directory: true}))
}

// rules match an extension in small letters and in capitals.
func rules(extensions []string) []filechooser.Rule {
	var out []filechooser.Rule
	for _, e := range bothCases(extensions) {
		out = append(out, filechooser.Rule{Type: filechooser.GlobPattern, Pattern: "*" + e})
	}
	return out
}

// first is the path that was chosen. An error means that no portal answers.
func first(uris []string, err error) (string, bool) {
	if err != nil {
		return "", false
	}
	if len(uris) == 0 {
		return "", true
	}
	u, err := url.Parse(uris[0])
	if err != nil || u.Scheme != "file" {
		return "", false
	}
	return filepath.FromSlash(u.Path), true
}
