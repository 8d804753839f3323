package graph

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestNothingIsFused reads what the compiler makes of these packages for a processor on
// which it may round x*y+z once, as the language allows: nowhere but in the matrix product,
// so that digits are the same on every machine. What it finds needs a conversion, as in
// float64(x*y) + z; where math.FMA is written, every machine rounds once.
func TestNothingIsFused(t *testing.T) {
	meant := linesOf(t, "math.FMA(", "*.go", "*/*.go")
	for _, folder := range []string{".", "dataset"} {
		program := filepath.Join(t.TempDir(), "arm64.test")
		goTool(t, "test", "-c", "-o", program, "./"+folder)
		code := goTool(t, "tool", "objdump", "-s", `^gradbook/graph`, program)
		function, lines := "", 0
		for line := range strings.Lines(code) {
			lines++
			if name, ok := strings.CutPrefix(line, "TEXT "); ok {
				function = strings.TrimSpace(name)
			} else if fused.MatchString(line) && !strings.Contains(function, "kernels.micro4x4") && !strings.Contains(line, "_test.go") &&
				!meant[strings.Fields(line)[0]] {
				t.Errorf("%s rounds once: %s", function, strings.TrimSpace(line))
			}
		}
		if lines == 0 {
			t.Errorf("%s has no code", folder)
		}
	}
}

var fused = regexp.MustCompile(`\sFN?M(ADD|SUB)[DS] `)

// linesOf lists the lines with some text as the disassembler names them, such as exp.go:33.
func linesOf(t *testing.T, text string, patterns ...string) map[string]bool {
	t.Helper()
	list := map[string]bool{}
	for _, pattern := range patterns {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			source, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for i, line := range strings.Split(string(source), "\n") {
				if strings.Contains(line, text) {
					list[fmt.Sprintf("%s:%d", filepath.Base(name), i+1)] = true
				}
			}
		}
	}
	return list
}

// goTool runs the go command of this machine, for another.
func goTool(t *testing.T, arguments ...string) string {
	t.Helper()
	command := exec.Command("go", arguments...)
	command.Env = append(os.Environ(), "GOOS=linux", "GOARCH=arm64", "CGO_ENABLED=0")
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(arguments, " "), err, out)
	}
	return string(out)
}
