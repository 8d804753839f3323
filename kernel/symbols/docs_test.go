package symbols

import (
	"fmt"
	"go/doc/comment"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
)

func ExampleDoc() {
	fmt.Println(Doc("strings", "Contains"))
	// Output:
	// func Contains(s, substr string) bool
	//
	// Contains reports whether substr is within s.
}

// describeTests name one of each kind: function, method, field, interface method,
// constant with a value and with iota, variable, type, package, predeclared.
var describeTests = []struct {
	path, name           string
	declaration, comment string // beginnings
}{
	{"fmt", "Println", "func Println(a ...any) (n int, err error)", "Println formats using"},
	{"bytes", "Buffer.Write", "func (b *Buffer) Write(p []byte) (n int, err error)", "Write appends"},
	{"net/http", "Server.Addr", "Addr string", "Addr optionally specifies"},
	{"net/http", "Server.BaseContext", "BaseContext func(net.Listener) context.Context", "BaseContext optionally"},
	{"io", "Reader.Read", "Read(p []byte) (n int, err error)", ""},
	{"math", "Pi", "const Pi = 3.14159265358979323846264338327950288419716939937510582097494459", "https://oeis.org/A000796"},
	{"time", "March", "const March Month = 3", ""},
	{"net/http", "StatusTeapot", "const StatusTeapot = 418", "RFC 9110"},
	{"os", "Args", "var Args []string", "Args hold the command-line"},
	{"os", "PathSeparator", "const PathSeparator = ", "OS-specific path separator"},
	{"strings", "Builder", "type Builder struct {\n\t// contains filtered or unexported fields\n}", "A Builder is used"},
	{"math/rand/v2", "", `package rand // import "math/rand/v2"`, "Package rand implements"},
	{"builtin", "append", "func append(slice []Type, elems ...Type) []Type", "The append built-in"},
	{"builtin", "error", "type error interface {", "The error built-in"},
	{"builtin", "error.Error", "Error() string", ""},
	{"builtin", "iota", "const iota = 0", "iota is a predeclared"},
	{"builtin", "nil", "var nil", "nil is a predeclared identifier"},
	{"slices", "Sort", "func Sort[S ~[]E, E cmp.Ordered](x S)", "Sort sorts a slice"},
	{"unsafe", "Sizeof", "func Sizeof(x ArbitraryType) uintptr", "Sizeof takes"},
	{"sync/atomic", "Pointer.Load", "func (x *Pointer[T]) Load() *T", "Load atomically"},
	{"gonum.org/v1/gonum/mat", "Dense.Mul", "func (m *Dense) Mul(a, b Matrix)", "Mul takes"},
	{"gonum.org/v1/plot", "Plot.Title", "Title struct {", ""},
}

func TestDescribe(t *testing.T) {
	for _, tt := range describeTests {
		got, ok := Describe(tt.path, tt.name)
		if !ok {
			t.Errorf("%s %s: nothing found", tt.path, tt.name)
		}
		if !strings.HasPrefix(got.Declaration, tt.declaration) {
			t.Errorf("%s %s: got declaration %q, want %q", tt.path, tt.name, got.Declaration, tt.declaration)
		}
		if !strings.HasPrefix(got.Comment, tt.comment) {
			t.Errorf("%s %s: got comment %q, want %q", tt.path, tt.name, got.Comment, tt.comment)
		}
	}
}

func TestDescribeNothing(t *testing.T) {
	for _, name := range [][2]string{{"fmt", "Printline"}, {"fmt", "Print\x1f"}, {"no/such", "Name"}, {"bytes", "Buffer.buf"}} {
		if d, ok := Describe(name[0], name[1]); ok {
			t.Errorf("%q: got %q, want nothing", name, d.Declaration)
		}
		if text := Doc(name[0], name[1]); text != "" {
			t.Errorf("%q: got %q, want nothing", name, text)
		}
	}
}

// TestEveryNameIsDocumented compares with the type data, which is made another way:
// each exported name, and each exported method of a type, has a declaration.
func TestEveryNameIsDocumented(t *testing.T) {
	importer := NewImporter()
	for _, path := range All() {
		pkg, err := importer.Import(path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		text, _ := entry("docs/" + path)
		for _, name := range pkg.Scope().Names() {
			for _, want := range describable(pkg.Scope().Lookup(name)) {
				if d, ok := find(string(text), want); !ok || d.Declaration == "" {
					t.Errorf("%s: no documentation for %s", path, want)
				}
			}
		}
	}
}

// describable lists the names under which an object is documented.
func describable(object types.Object) []string {
	if !token.IsExported(object.Name()) || object.Pkg().Path() == "unsafe" {
		return nil
	}
	names := []string{object.Name()}
	named, ok := object.Type().(*types.Named)
	if _, isType := object.(*types.TypeName); !ok || !isType || named.Obj() != object {
		return names
	}
	for method := range named.Methods() {
		if method.Exported() {
			names = append(names, object.Name()+"."+method.Name())
		}
	}
	return slices.Compact(names)
}

// TestCommentsParse: what inspection prints is readable as Markdown.
func TestCommentsParse(t *testing.T) {
	d, _ := Describe("encoding/json", "Marshal")
	var parser comment.Parser
	var printer comment.Printer
	if text := string(printer.Markdown(parser.Parse(d.Comment))); !strings.Contains(text, "`json:") && !strings.Contains(text, "    ") {
		t.Errorf("no code in the documentation of Marshal: %s", text)
	}
}
