package cell

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the compiler says of the wrong cells to testdata")

// wrongFiles hold cells that do not compile, and what the compiler says of them.
var wrongFiles = []string{"testdata/wrong.txt", "testdata/syntax.txt"}

// A wrongCell is a cell that does not compile. A line with nothing but // parts its
// declarations from its statements, if it has any.
type wrongCell struct{ name, code, want string }

const (
	wrongHead = "== "      // before the name of a cell
	wrongSaid = "-- go --" // before what the compiler says
)

// wrongCells reads one of the files.
func wrongCells(t *testing.T, file string) []wrongCell {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var cells []wrongCell
	for part := range strings.SplitSeq("\n"+string(text), "\n"+wrongHead) {
		name, rest, ok := strings.Cut(part, "\n")
		if !ok || name == "" {
			continue
		}
		code, want, _ := strings.Cut("\n"+rest, "\n"+wrongSaid+"\n")
		cells = append(cells, wrongCell{name, strings.Trim(code, "\n"), strings.Trim(want, "\n")})
	}
	return cells
}

// program is the cell as a file that the compiler takes. Its lines and columns are
// those of the cell. A cell that ends early ends the file.
func (w wrongCell) program() string {
	decls, statements, ok := strings.Cut(w.code+"\n", "\n//\n")
	if !ok {
		decls, statements = "", w.code+"\n"
	}
	text := "package main\n\n//line cell.go:1:1\n" + decls
	end := "\n//line own.go:1:1\nfunc main() {}\n"
	if statements != "" {
		first := strings.Count(w.code, "\n") + 2 - strings.Count(statements, "\n")
		text += fmt.Sprintf("\n//line own.go:1:1\nfunc main() {\n//line cell.go:%d:1\n", first) + statements
		end = "\n//line own.go:1:1\n}\n"
	}
	if strings.HasSuffix(w.name, endsEarly) {
		return strings.TrimRight(text, "\n")
	}
	return text + end
}

// endsEarly is at the end of the name of a cell that has no end: nothing may follow.
const endsEarly = "and no end"

// compilerSays compiles the cells and returns what the compiler says of each: its
// lines, with line and column in front.
func compilerSays(t *testing.T, cells []wrongCell) []string {
	t.Helper()
	goTool, err := exec.LookPath("go")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("no Go toolchain to compare with")
		}
		t.Skip("no Go toolchain to compare with")
	}
	dir := t.TempDir()
	config := filepath.Join(dir, "importcfg")
	exports, err := exec.CommandContext(t.Context(), goTool, "list", "-export", "-deps", "-f",
		"{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}", "fmt", "strings", "os").Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(config, exports, 0o644); err != nil {
		t.Fatal(err)
	}
	said := make([]string, len(cells))
	for i, c := range cells {
		file := filepath.Join(dir, fmt.Sprintf("program%d.go", i))
		if err := os.WriteFile(file, []byte(c.program()), 0o644); err != nil {
			t.Fatal(err)
		}
		compile := exec.CommandContext(t.Context(), goTool, "tool", "compile", "-p=main", "-complete", "-e", "-lang=go1.26", "-importcfg="+config, "-o="+filepath.Join(dir, "program.o"), file)
		compile.Dir = dir
		text, _ := compile.CombinedOutput()
		said[i] = ofTheCell(string(text))
	}
	return said
}

// place is how the compiler writes where something is, and ownLine a line about what
// the cell was wrapped in.
var (
	place   = regexp.MustCompile(`cell\.go:(\d+):(\d+)(\[[^]]*\])?`)
	ownLine = regexp.MustCompile(`(?m)^\S*own\.go:.*\n(\t.*\n)*`)
)

// ofTheCell takes the file's name out of the compiler's messages.
func ofTheCell(text string) string {
	return strings.TrimSpace(place.ReplaceAllString(ownLine.ReplaceAllString(text, ""), "$1:$2"))
}

// ourWords is what a cell's errors say, in the form of the compiler's.
func ourWords(err error) string {
	var errs Errors
	if !errors.As(err, &errs) {
		return fmt.Sprint(err)
	}
	var lines []string
	for _, e := range errs {
		lines = append(lines, fmt.Sprintf("%d:%d: %s", e.Line, e.Column, suggestion.ReplaceAllString(e.Message, "")))
	}
	return ourPlace.ReplaceAllString(strings.Join(lines, "\n"), "$1:$2")
}

// suggestion is what we say and the compiler does not.
var suggestion = regexp.MustCompile(` \(did you mean .*\?\)`)

// ourPlace is how we write line and column.
var ourPlace = regexp.MustCompile(`cell 1, line (\d+), column (\d+)`)

// TestWrongCells compares what a cell that does not compile is told with what the
// compiler said of it. After a syntax error, the compiler goes on at another place than
// Go's parser: all that a cell is told must be the compiler's, but it may be less.
func TestWrongCells(t *testing.T) {
	for _, file := range wrongFiles {
		for _, w := range wrongCells(t, file) {
			_, err := newWriter(t).Compile(1, w.code)
			got := ourWords(err)
			ok := got == w.want
			if file == "testdata/syntax.txt" {
				ok = isPart(strings.Split(got, "\n"), strings.Split(w.want, "\n"))
			}
			if !ok {
				t.Errorf("%s: %s\n%s\n- got\n%s\n- want\n%s\n", file, w.name, w.code, got, w.want)
			}
		}
	}
}

// isPart reports whether a begins as b, and has nothing that b has not.
func isPart(a, b []string) bool {
	return a[0] == b[0] && !slices.ContainsFunc(a, func(line string) bool { return !slices.Contains(b, line) })
}

// TestWrongCellsAreTheCompilers compares the files with the compiler. With -update it
// writes what the compiler says into them, as a new version of Go may want.
func TestWrongCellsAreTheCompilers(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles hundreds of files")
	}
	for _, file := range wrongFiles {
		cells := wrongCells(t, file)
		said := compilerSays(t, cells)
		var text strings.Builder
		for i, w := range cells {
			fmt.Fprintf(&text, "%s%s\n%s\n%s\n%s\n", wrongHead, w.name, w.code, wrongSaid, said[i])
			if said[i] != w.want && !*update {
				t.Errorf("%s: %s: the compiler says\n%s\nwant\n%s", file, w.name, said[i], w.want)
			}
		}
		if *update {
			if err := os.WriteFile(file, []byte(text.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
