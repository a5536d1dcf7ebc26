package words_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"

	"lethe/assets"
)

const root = "../.."

// said is what the code names: ids asked for, and every string literal.
type said struct {
	asked    map[string]string // id or prefix with its dot → where
	literals map[string]bool
	calls    []call
}

// call is one asking for a message by its full id.
type call struct {
	id, where string
	counts    bool     // for its form of a number
	names     []string // of what is handed over
	open      bool     // the names can't be read off the call
}

// code reads all sources of the window that are no tests.
func code(t *testing.T) said {
	t.Helper()
	s := said{asked: map[string]string{}, literals: map[string]bool{}}
	read := func(path string) {
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if text, ok := literal(n); ok {
					s.literals[text] = true
				}
			case *ast.CallExpr:
				f, ok := n.Fun.(*ast.SelectorExpr)
				if !ok || len(n.Args) == 0 || f.Sel.Name != "T" && f.Sel.Name != "N" {
					return true
				}
				if id, ok := leading(n.Args[0]); ok {
					s.asked[id] = set.Position(n.Pos()).String()
				}
				if c, ok := readCall(n, f.Sel.Name); ok {
					c.where = set.Position(n.Pos()).String()
					s.calls = append(s.calls, c)
				}
			}
			return true
		})
	}
	err := filepath.WalkDir(filepath.Join(root, "app"), func(path string, e fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
			read(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	mains, err := filepath.Glob(filepath.Join(root, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range mains {
		read(path)
	}
	return s
}

func literal(n *ast.BasicLit) (string, bool) {
	if n.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(n.Value)
	return text, err == nil
}

// readCall reads T(id, pairs...) and N(id, count, pairs...), where the id is
// written out.
func readCall(n *ast.CallExpr, method string) (call, bool) {
	lit, ok := n.Args[0].(*ast.BasicLit)
	if !ok {
		return call{}, false
	}
	id, ok := literal(lit)
	if !ok {
		return call{}, false
	}
	c, pairs := call{id: id, counts: method == "N", open: n.Ellipsis.IsValid()}, n.Args[1:]
	if c.counts {
		pairs = n.Args[min(2, len(n.Args)):]
	}
	for i := 0; i < len(pairs); i += 2 {
		name, ok := pairs[i].(*ast.BasicLit)
		if !ok {
			c.open = true
			break
		}
		text, _ := literal(name)
		c.names = append(c.names, text)
	}
	return c, true
}

// leading is the id of a call, or the literal that a composed id begins with.
func leading(arg ast.Expr) (string, bool) {
	switch arg := arg.(type) {
	case *ast.BasicLit:
		return literal(arg)
	case *ast.BinaryExpr:
		if arg.Op == token.ADD {
			return leading(arg.X)
		}
	}
	return "", false
}

// messages reads the English ids with the file that each stands in.
func messages(t *testing.T) map[string]string {
	t.Helper()
	ids := map[string]string{}
	names, err := fs.Glob(assets.Translations, "translations/en/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(assets.Translations, name)
		if err != nil {
			t.Fatal(err)
		}
		var in map[string]any
		if err := json.Unmarshal(text, &in); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for id := range in {
			if other, ok := ids[id]; ok {
				t.Errorf("%s stands in %s and in %s", id, other, name)
			}
			ids[id] = name
		}
	}
	return ids
}

func under(ids map[string]string, prefix string) bool {
	for id := range ids {
		if strings.HasPrefix(id, prefix) {
			return true
		}
	}
	return false
}

func TestCodeAndMessagesFit(t *testing.T) {
	s, ids := code(t), messages(t)
	for id, where := range s.asked {
		if strings.HasSuffix(id, ".") {
			if !under(ids, id) {
				t.Errorf("%s: no message begins with %q", where, id)
			}
		} else if ids[id] == "" {
			t.Errorf("%s: no message %q", where, id)
		}
	}
	var unused []string
	for id := range ids {
		if !named(s.literals, id) {
			unused = append(unused, id)
		}
	}
	sort.Strings(unused)
	for _, id := range unused {
		t.Errorf("%s: nothing says %q", ids[id], id)
	}
}

// named tells whether a literal is the id, or a beginning of it that ends
// with a dot and has at least two words ("team.permission.").
func named(literals map[string]bool, id string) bool {
	if literals[id] {
		return true
	}
	for i := range id {
		if id[i] == '.' && strings.Count(id[:i+1], ".") >= 2 && literals[id[:i+1]] {
			return true
		}
	}
	return false
}

// TestEveryErrorHasASentence reads the errors of package data.
func TestEveryErrorHasASentence(t *testing.T) {
	declared, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, "data", "errors.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	mine, err := parser.ParseFile(token.NewFileSet(), "errors.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	ast.Inspect(mine, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			said[s.Sel.Name] = true
		}
		return true
	})
	for _, d := range declared.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.VAR {
			continue
		}
		for _, spec := range g.Specs {
			for _, name := range spec.(*ast.ValueSpec).Names {
				if strings.HasPrefix(name.Name, "Err") && !said[name.Name] {
					t.Errorf("data.%s has no sentence", name.Name)
				}
			}
		}
	}
}
