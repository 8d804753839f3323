package symbols

import (
	"bytes"
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/traefik/yaegi/interp"
)

func ExamplePaths() {
	fmt.Println(Paths("rand"))
	fmt.Println(Paths("template"))
	fmt.Println(Paths("mat"))
	// Output:
	// [math/rand/v2 math/rand crypto/rand]
	// [text/template html/template]
	// [gonum.org/v1/gonum/mat]
}

func ExampleWhy() {
	fmt.Println(Why("plugin"))
	fmt.Println(Why("json"))
	// Output:
	// plugin is not available in cells: a plugin needs cgo and a dynamically linked program, and Gradbook is one static binary; write the code in a cell, or run it with os/exec
	// json is not in the standard library; encoding/json is
}

func TestPaths(t *testing.T) {
	for name, want := range map[string]string{
		"fmt": "fmt", "draw": "image/draw", "plot": "gonum.org/v1/plot", "http": "net/http",
		"scanner": "text/scanner", "pprof": "runtime/pprof", "color": "image/color", "iter": "iter",
		"parse": "text/template/parse", "unsafe": "unsafe",
	} {
		if got := Paths(name); len(got) == 0 || got[0] != want {
			t.Errorf("Paths(%q): got %q, want %q first", name, got, want)
		}
	}
	if got := Paths("nosuchname"); got != nil {
		t.Errorf("got %q, want nil", got)
	}
	for name, paths := range preferred {
		for _, path := range paths {
			if !slices.Contains(Paths(name), path) {
				t.Errorf("preferred[%q] names %s, which is no package of that name", name, path)
			}
		}
	}
}

func TestWhy(t *testing.T) {
	for path, want := range map[string]string{
		"fmt":                       "",
		"C":                         "cgo needs a C compiler",
		"syscall":                   "use os, os/signal",
		"internal/abi":              "internal packages",
		"golang.org/x/exp/slices":   "use slices",
		"github.com/some/thing":     "is not part of Gradbook",
		"rand":                      "math/rand/v2 or math/rand or crypto/rand is",
		"no/such":                   "no/such is not in the standard library",
		"gonum.org/v1/gonum/lapack": "is not part of Gradbook",
	} {
		if got := Why(path); !strings.Contains(got, want) || Known(path) != (got == "") {
			t.Errorf("Why(%q): got %q, want %q; known: %v", path, got, want, Known(path))
		}
	}
}

// TestEverySymbolIsThere compares the listings with the type data, and so two roads
// from one source: every exported name that is not generic has a value of the right
// kind, and an interface has its wrapper.
func TestEverySymbolIsThere(t *testing.T) {
	exports, importer := Exports(), NewImporter()
	for _, path := range All() {
		pkg, err := importer.Import(path)
		if err != nil {
			t.Fatal(err)
		}
		if path == "unsafe" {
			continue // the checker's own; yaegi has its own too
		}
		values := exports[path+"/"+pkg.Name()]
		for _, name := range pkg.Scope().Names() {
			if token.IsExported(name) {
				checkSymbol(t, pkg.Scope().Lookup(name), values)
			}
		}
	}
}

func checkSymbol(t *testing.T, object types.Object, values map[string]reflect.Value) {
	t.Helper()
	v, listed := values[object.Name()]
	if instance := listed && v.Kind() == reflect.Func; isGeneric(object) == listed && !(isGeneric(object) && instance) {
		t.Errorf("%v: generic: %v, listed: %v", object, isGeneric(object), listed)
	}
	if !listed {
		return
	}
	switch object := object.(type) {
	case *types.Func:
		if v.Kind() != reflect.Func || v.IsNil() || v.Type().NumIn() != object.Signature().Params().Len() {
			t.Errorf("%v: got %v", object, v)
		}
	case *types.Var:
		if !v.CanSet() {
			t.Errorf("%v: not the variable itself, but a copy", object)
		}
	case *types.TypeName:
		if v.Kind() != reflect.Pointer || !v.IsNil() {
			t.Errorf("%v: got %v, want a nil pointer", object, v)
		}
		if face, ok := object.Type().Underlying().(*types.Interface); ok {
			checkWrapper(t, object, face, values["_"+object.Name()])
		}
	case *types.Const:
		if got := numeral(v); got != "" && !constant.Compare(parse(got, object), token.EQL, object.Val()) {
			t.Errorf("%v: got %s, want %s", object, got, object.Val())
		}
	}
}

// checkWrapper wants IValue and a field for every exported method.
func checkWrapper(t *testing.T, name types.Object, face *types.Interface, wrapper reflect.Value) {
	t.Helper()
	if !wrapper.IsValid() {
		t.Errorf("%v has no wrapper", name)
		return
	}
	if field := wrapper.Type().Elem().Field(0); field.Name != "IValue" {
		t.Errorf("%v: the wrapper's first field is %s, want IValue", name, field.Name)
	}
	for method := range face.Methods() {
		if _, ok := wrapper.Type().Elem().FieldByName("W" + method.Name()); method.Exported() && !ok {
			t.Errorf("%v: the wrapper has no field for %s", name, method.Name())
		}
	}
}

func isGeneric(object types.Object) bool {
	switch typ := object.Type().(type) {
	case *types.Signature:
		return typ.TypeParams().Len() > 0
	case *types.Named:
		_, isType := object.(*types.TypeName)
		face, isInterface := typ.Underlying().(*types.Interface)
		return isType && (typ.TypeParams().Len() > 0 || isInterface && !face.IsMethodSet())
	}
	return false
}

// numeral spells an integer constant as yaegi has it, "" for any other constant.
func numeral(v reflect.Value) string {
	if c, ok := v.Interface().(constant.Value); ok {
		if c.Kind() == constant.Int {
			return c.ExactString()
		}
		return ""
	}
	if v.CanInt() || v.CanUint() {
		return fmt.Sprintf("%d", v.Interface())
	}
	return ""
}

func parse(numeral string, object types.Object) constant.Value {
	if v := constant.MakeFromLiteral(strings.TrimPrefix(numeral, "-"), token.INT, 0); strings.HasPrefix(numeral, "-") {
		return constant.UnaryOp(token.SUB, v, 0)
	} else {
		return v
	}
}

// newInterpreter returns an interpreter with everything, whose output is collected.
func newInterpreter(t *testing.T) (*interp.Interpreter, *bytes.Buffer) {
	t.Helper()
	out := new(bytes.Buffer)
	i := interp.New(interp.Options{Stdout: out, Stderr: out})
	if err := i.Use(Exports()); err != nil {
		t.Fatal(err)
	}
	return i, out
}

// interpreted are programs that use compiled packages in each way there is.
var interpreted = map[string]struct{ imports, body, want string }{
	"functions": {`"fmt"; "strings"`, `fmt.Println(strings.ToUpper("go"), strings.Fields(" a b "))`, "GO [a b]\n"},
	"untyped constants": {`"fmt"; "math"`, `fmt.Println(math.Pi*2, uint64(math.MaxUint64), math.MaxInt64)`,
		fmt.Sprintln(2*3.14159265358979323846, uint64(1<<64-1), 1<<63-1)},
	"this system": {`"fmt"; "os"; "runtime"`, `fmt.Println(runtime.GOOS, string(os.PathSeparator), os.DevNull)`,
		fmt.Sprintln(runtime.GOOS, string(os.PathSeparator), os.DevNull)},
	"typed constants": {`"fmt"; "time"`, `fmt.Println(90*time.Second, time.March)`, "1m30s March\n"},
	"newer than yaegi": {`"fmt"; "strings"`,
		`n := 0; strings.Lines("a\nb\n")(func(string) bool { n++; return true }); fmt.Println(n)`, "2\n"},
	"http": {`"fmt"; "io"; "net/http"; "net/http/httptest"`, `
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "hello ", r.URL.Path) }))
		defer s.Close()
		r, err := http.Get(s.URL + "/there")
		if err != nil { panic(err) }
		b, _ := io.ReadAll(r.Body)
		fmt.Println(string(b), r.StatusCode == http.StatusOK)`, "hello /there true\n"},
	"mat": {`"fmt"; "gonum.org/v1/gonum/mat"`, `
		var p mat.Dense
		p.Mul(mat.NewDense(2, 2, []float64{1, 2, 3, 4}), mat.NewDense(2, 1, []float64{1, 1}))
		fmt.Println(mat.Sum(&p), p.RawMatrix().Rows)`, "10 2\n"},
	"stat": {`"fmt"; "gonum.org/v1/gonum/stat"; "gonum.org/v1/gonum/floats"`,
		`fmt.Println(stat.Mean([]float64{1, 2, 6}, nil), floats.Sum([]float64{1, 2}))`, "3 3\n"},
	"plot": {`"fmt"; "gonum.org/v1/plot"; "gonum.org/v1/plot/plotter"`, `
		p := plot.New()
		l, err := plotter.NewLine(plotter.XYs{{X: 0, Y: 1}, {X: 2, Y: 3}})
		p.Add(l)
		fmt.Println(err, p.X.Max, p.Y.Min)`, "<nil> 2 1\n"},
	"instance": {`"crypto/pbkdf2"; "crypto/sha256"; "fmt"`, // the test vector of RFC 7914
		`key, err := pbkdf2.Key(sha256.New, "passwd", []byte("salt"), 1, 8); fmt.Printf("%x %v\n", key, err)`,
		"55ac046e56e3089f <nil>\n"},
	"graph": {`"fmt"; "gradbook/graph"`, `
		x := graph.Placeholder("x")
		y := graph.Square(x).Add(1)
		value, err := y.Compute(graph.Feed{x: 3})
		fmt.Println(value, err)`, "10 <nil>\n"},
	"display": {`"fmt"; "gradbook/display"`, `fmt.Println(display.Render("text").Data["text/plain"])`, "text\n"},
	"wrapped interface": {`"fmt"; "io"; "strings"`, `
		b, err := io.ReadAll(shout{strings.NewReader("quiet")})
		fmt.Println(string(b), err)`, "QUIET <nil>\n"},
	"unsafe": {`"fmt"; "unsafe"`, `x := 1; fmt.Println(unsafe.Sizeof(x))`, "8\n"},
}

func TestInterpreted(t *testing.T) {
	for name, tt := range interpreted {
		t.Run(name, func(t *testing.T) {
			i, out := newInterpreter(t)
			source := "package main\nimport (" + tt.imports + ")\n"
			if strings.Contains(tt.body, "shout{") {
				source += `type shout struct { r io.Reader }
					func (s shout) Read(p []byte) (int, error) {
						n, err := s.r.Read(p)
						copy(p, strings.ToUpper(string(p[:n])))
						return n, err
					}
					`
			}
			if _, err := i.Eval(source + "func main() {\n" + tt.body + "\n}\n"); err != nil {
				t.Fatal(err)
			}
			if out.String() != tt.want {
				t.Errorf("got %q, want %q", out, tt.want)
			}
		})
	}
}

// TestExitStaysHere: os.Exit and log.Fatal must not take the kernel along.
func TestExitStaysHere(t *testing.T) {
	for _, call := range []string{`os.Exit(3)`, `log.Fatal("gone")`} {
		i, _ := newInterpreter(t)
		_, err := i.Eval("package main\nimport (\"log\"; \"os\")\nvar _, _ = log.Print, os.Args\nfunc main() { " + call + " }\n")
		if err == nil {
			t.Errorf("%s: no error", call)
		}
	}
	if _, err := findProcess(os.Getpid()); err == nil {
		t.Error("os.FindProcess found the kernel")
	}
}

// TestExportsAreApart: what one interpreter overrides, another does not see.
func TestExportsAreApart(t *testing.T) {
	Exports()["fmt/fmt"]["Println"] = reflect.ValueOf(0)
	if Exports()["fmt/fmt"]["Println"].Kind() != reflect.Func {
		t.Error("two calls of Exports share a map")
	}
}

func BenchmarkExports(b *testing.B) {
	for b.Loop() {
		Exports()
	}
}
