package cell

import (
	"go/types"
	"slices"
	"testing"
)

// TestNamesInOrder: what is nearest comes first, so that a front end that shows ten shows
// these.
func TestNamesInOrder(t *testing.T) {
	s := newWriter(t, "mapped := 1")
	code, pos := cursorIn(t, "func f(mapping int) {\n\tmaple := 2\n\tfmt.Println(map|)\n}")
	want := []string{"maple", "mapping", "mapped", "map", "maphash", "maps"} // local, parameter, cell, keyword, packages
	if got := texts(s.Complete(code, pos)); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestNearerHides: a name is offered once, as what it means at the cursor.
func TestNearerHides(t *testing.T) {
	s := newWriter(t, "value := 1", "strings := 2")
	for code, want := range map[string]string{
		"func f(value string) { val| }":               "string",
		"func f() {\n\tvalue := true\n\tval|\n}":      "bool",
		"val|":                                        "int",
		"func f() {\n\tprint(val|)\n\tvalue := true}": "int",
		"strin|": "int",
	} {
		text, pos := cursorIn(t, code)
		var found []Match
		for _, m := range s.Complete(text, pos).Matches {
			if m.Text == "value" || m.Text == "strings" {
				found = append(found, m)
			}
		}
		if len(found) != 1 || found[0].Signature != want {
			t.Errorf("%s: got %v, want one %s", code, found, want)
		}
	}
}

// TestKeywords: an expression can begin with fewer of them.
func TestKeywords(t *testing.T) {
	s := newWriter(t)
	for code, want := range map[string]bool{"de|": true, "x := de|": false, "f(de|)": false, "func f() {\n\tde|\n}": true} {
		text, pos := cursorIn(t, code)
		if got := slices.Contains(texts(s.Complete(text, pos)), "defer"); got != want {
			t.Errorf("%s: defer is offered: %v, want %v", code, got, want)
		}
	}
}

// TestEveryBuiltin has a signature, and those of functions that exist.
func TestEveryBuiltin(t *testing.T) {
	for _, name := range types.Universe.Names() {
		if _, ok := types.Universe.Lookup(name).(*types.Builtin); ok && builtinSignatures[name] == "" {
			t.Errorf("%s has no signature", name)
		}
	}
	for name := range builtinSignatures {
		if _, ok := types.Universe.Lookup(name).(*types.Builtin); !ok {
			t.Errorf("there is no function %s", name)
		}
	}
}

func TestPackageName(t *testing.T) {
	for path, want := range map[string]string{
		"fmt": "fmt", "net/http": "http", "math/rand/v2": "rand", "example.org/v10": "example.org", "a/vector": "vector", "v": "v",
	} {
		if got := packageName(path); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}

// TestBrokenEarlier: names of cells are there even when the text is beyond repair.
func TestBrokenEarlier(t *testing.T) {
	s := newWriter(t, "temperature := 1")
	for _, code := range []string{"@#$ temper|", "func ((( temper|", "type T struct { x [temper|"} {
		text, pos := cursorIn(t, code)
		if got := texts(s.Complete(text, pos)); !slices.Contains(got, "temperature") {
			t.Errorf("%s: got %q, want temperature", code, got)
		}
	}
}
