// Command matrix prints the permission matrix as Markdown; with the name of a
// file it puts it there, between the marks that README has.
package main

import (
	"fmt"
	"os"
	"strings"

	"lethe/data"
)

const from, to = "<!-- make matrix -->\n", "<!-- /make matrix -->"

func main() {
	if len(os.Args) < 2 {
		fmt.Print(data.MatrixTable())
		return
	}
	if err := put(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func put(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, rest, found := strings.Cut(string(text), from)
	_, after, ended := strings.Cut(rest, to)
	if !found || !ended {
		return fmt.Errorf("%s has no place for the matrix between %s and %s", file, strings.TrimSpace(from), to)
	}
	return os.WriteFile(file, []byte(before+from+data.MatrixTable()+to+after), 0o644)
}
