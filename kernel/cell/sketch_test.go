package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"
)

func TestUnclosed(t *testing.T) {
	for text, want := range map[string][2]string{
		"":                      {"", ""},
		"f(a[1])":               {"", ""},
		"f(a[":                  {"])", ""},
		"func f() {":            {"", "}"},
		"func f() {\n\tg(":      {")", "}"},
		"func f() {\n\tg(T{a: ": {"", "})}"},
		"if x { y(":             {")", "}"},
		"f(\"(\"":               {")", ""},
		"f( // (":               {")", ""},
		")]}":                   {"", ""},
	} {
		if inner, outer := unclosed(text); inner != want[0] || outer != want[1] {
			t.Errorf("%q: got %q and %q, want %q", text, inner, outer, want)
		}
	}
}

func TestUnopened(t *testing.T) {
	for text, want := range map[string]string{"": "", "f()": "", ")\n}": ")}", "}, {}]": "}]", "\")\")": ")"} {
		if got := unopened(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestCandidates: no text with brackets that do not match is tried, and none twice.
func TestCandidates(t *testing.T) {
	for _, tt := range []struct {
		head, tail string
		want       []string
	}{
		{"x", "", []string{"x{}"}},
		{"f(x", ")", []string{"f(x{})", "f(x){}"}},
		{"f(x", "\ny", []string{"f(x){}\ny", "f(x){}"}},
		{"{ f(x", "\n}", []string{"{ f(x){}\n}", "{ f(x){}}"}},
		{"{ f(x", "\n", []string{"{ f(x){}}"}},
	} {
		inner, outer := unclosed(tt.head)
		got := candidates(tt.head, inner, outer, "{}", tt.tail)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q and %q: got %q, want %q", tt.head, tt.tail, got, tt.want)
		}
	}
}

// TestSketch: from what is missing at |, the nodes around x are made out as they will be
// when it is there.
func TestSketch(t *testing.T) {
	s := newWriter(t)
	for code, want := range map[string]string{
		"x|":                             "ExprStmt Ident",
		"a.x|":                           "SelectorExpr Ident",
		"f(x|":                           "CallExpr Ident",
		"f(x|\ny := 1":                   "CallExpr Ident",
		"if x|":                          "IfStmt Ident",
		"if a > x|":                      "BinaryExpr Ident",
		"for range x|":                   "RangeStmt Ident",
		"switch x|":                      "SwitchStmt Ident",
		"switch a {\ncase x|":            "CaseClause Ident",
		"func f() {\n\tx|":               "ExprStmt Ident",
		"func f() {\n\tif a {\n\t\tg(x|": "CallExpr Ident",
		"func f() {\n\tg(x|\n\th()\n}":   "CallExpr Ident",
		"T{x|":                           "CompositeLit Ident",
		"T{a: x|":                        "KeyValueExpr Ident",
		"[]T{{x|":                        "CompositeLit Ident",
		"func f(a x|":                    "Field Ident",
		"var a x|":                       "ValueSpec Ident",
		"type T struct {\n\ta x|":        "Field Ident",
		"go func() {\n\tx|":              "ExprStmt Ident",
		"a := func() int { return x|":    "ReturnStmt Ident",
		"a = append(a, x|":               "CallExpr Ident",
		"a, b := x|":                     "AssignStmt Ident",
		"))) }\nx|":                      "ExprStmt Ident",
		"this is not Go at all\nf(x|":    "CallExpr Ident",
	} {
		head, tail, _ := strings.Cut(code, "|")
		k, nodes := s.sketch(head, tail, len(head)-1)
		var kinds []string
		for _, n := range nodes[max(0, len(nodes)-2):] {
			kinds = append(kinds, kindOfNode(n))
		}
		if got := strings.Join(kinds, " "); got != want {
			t.Errorf("%q: got %q, want %q", code, got, want)
		}
		k.close()
	}
	files := 0
	s.fset.Iterate(func(*token.File) bool { files++; return true })
	if files != 0 {
		t.Errorf("%d files are left of the sketches", files)
	}
}

// kindOfNode is the name of a node's type, such as CallExpr.
func kindOfNode(n ast.Node) string { return strings.TrimPrefix(fmt.Sprintf("%T", n), "*ast.") }

// TestSketchOffsets: an identifier is found by its place in the text, whichever of the
// three files it is parsed in.
func TestSketchOffsets(t *testing.T) {
	s := newWriter(t)
	const code = "import \"fmt\"\nfunc größe(x int) int { return x }\nfmt.Println(größe(y))\nvar y = 2"
	for _, name := range []string{"größe", "Println", "y"} {
		at := strings.LastIndex(code, name)
		k, nodes := s.sketch(code, "", at)
		if len(nodes) == 0 || nodes[len(nodes)-1].(*ast.Ident).Name != name {
			t.Errorf("%s at %d: got %v", name, at, nodes)
		}
		k.close()
	}
}
