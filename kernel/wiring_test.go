package kernel

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"gradbook/display"
	"gradbook/display/comm"
	"gradbook/kernel/interp"
)

// A notebook is an evaluator whose output a test reads.
type notebook struct {
	*evaluator
	t      *testing.T
	out    *buffer
	screen *remembering
	cells  int
}

// remembering is a screen that keeps what it was shown.
type remembering struct {
	said           []string
	shown, updated []display.Bundle
	cleared        int
}

func (r *remembering) Display(b display.Bundle, _ string) error {
	r.shown = append(r.shown, b)
	return nil
}

func (r *remembering) Update(b display.Bundle, _ string) error {
	r.updated = append(r.updated, b)
	return nil
}

func (r *remembering) Comm(kind comm.Kind, id, target string, m comm.Message) error {
	r.said = append(r.said, fmt.Sprint(kind, " ", target, " ", m.Data, m.Metadata, m.Buffers))
	return nil
}

func (r *remembering) Clear(bool) error { r.cleared++; return nil }

func (r *remembering) Input(prompt string, _ bool) (string, error) { return "answer to " + prompt, nil }

func newNotebook(t *testing.T) *notebook {
	t.Helper()
	n := &notebook{t: t, out: &buffer{}, screen: &remembering{}}
	n.evaluator = newEvaluator(n.out, io.Discard, n.screen)
	return n
}

// eval runs a cell and returns its text, or the error.
func (n *notebook) eval(code string) (string, error) {
	n.t.Helper()
	ctx, cancel := context.WithTimeout(n.t.Context(), time.Minute)
	defer cancel()
	n.cells++
	result, err := n.Eval(ctx, n.cells, code)
	if err != nil || result == nil {
		return "", err
	}
	text, _ := result.Data["text/plain"].(string)
	return text, nil
}

// shows runs a cell that must show a text.
func (n *notebook) shows(code, want string) {
	n.t.Helper()
	if got, err := n.eval(code); err != nil {
		n.t.Errorf("%s: %v", code, whole(err))
	} else if got != want {
		n.t.Errorf("%s shows %q, want %q", code, got, want)
	}
}

// fails runs a cell that must fail with a text in its error.
func (n *notebook) fails(code, want string) {
	n.t.Helper()
	if _, err := n.eval(code); err == nil || !strings.Contains(err.Error(), want) {
		n.t.Errorf("%s: error %v, want one with %q", code, err, want)
	}
}

func TestTheDesignsFirstCells(t *testing.T) {
	n := newNotebook(t)
	n.shows(`x, y := graph.Placeholder("x"), graph.Placeholder("y")
w, b := graph.Variable("w", 0.5), graph.Variable("b", 1)
prediction := w.Multiply(x).Add(b)
difference := prediction.Subtract(y)
squared := difference.Square()`, "")
	n.shows(`prediction.Compute(graph.Feed{x: 10, y: 4})`, "6")
	n.shows(`difference.Compute(graph.Feed{x: 10, y: 4})`, "2")
	n.shows(`squared.Compute(graph.Feed{x: 10, y: 4})`, "4")
	n.shows(`prediction.Name()`, "prediction")
	n.fails(`w.Compute(graph.Feed{x: "nonsense"})`, "cell 6, line 1")
	result, err := n.Eval(t.Context(), 7, "squared")
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := result.Data["text/html"]; !ok {
		t.Errorf("a node shows as %v, want a picture", result.Data)
	}
}

func TestNodesAreNamedByTheirVariables(t *testing.T) {
	n := newNotebook(t)
	n.shows("w := graph.Variable(\"\", 1)\nvar loss = w.Square()", "")
	n.shows("w.Name() + \" \" + loss.Name()", "w loss")
	n.shows("other := w\nother.Name()", "w") // the first name stays
}

// What holds nodes names them by the way to them, the first that they were put into.
func TestNodesAreNamedByWhatHoldsThem(t *testing.T) {
	n := newNotebook(t)
	n.shows(`
import "gradbook/graph"
type layer struct {
	w, out *graph.Node
	next   *layer
}
func dense(in *graph.Node) layer {
	w := graph.Variable("weights", 2)
	return layer{w: w, out: in.Multiply(w)}
}
first := dense(graph.Placeholder("x"))
first.out.Name()`, "first.out")
	n.shows("first.w.Name()", "weights")
	n.shows(`layers := []layer{dense(first.out)}
layers = append(layers, dense(layers[0].out))
layers[0].out.Name() + " " + layers[1].out.Name()`, "layers[0].out layers[1].out")
	n.shows(`heads := map[string]*graph.Node{"left": first.out.Exp()}
heads["left"].Name()`, `heads["left"]`)
	n.shows(`pair := [2]*graph.Node{first.out, first.out.Sqrt()}
pair[0].Name() + " " + pair[1].Name()`, "first.out pair[1]")
	n.shows(`head := &layer{out: first.out.Tanh(), next: &layer{out: first.out.Abs()}}
head.out.Name() + " " + head.next.out.Name()`, "head.out head.next.out")
	n.shows("ring := &layer{}; ring.next = ring; again := ring; again.next == ring", "true")
}

func TestWhatIsShown(t *testing.T) {
	n := newNotebook(t)
	for _, row := range [][2]string{
		{"1 + 1", "2"}, {"x := 3", ""}, {"x", "3"}, {`"s"`, "s"}, {"nil", "<nil>"}, {"fmt.Sprint(1)", "1"},
		{"strconv.Atoi(\"5\")", "5"}, {"fmt.Print()", ""}, {"func() {}()", ""}, {"func() (int, string) { return 1, \"a\" }()", "1 a"},
		{"time.Second", "1s"}, {"[]any{1, nil}", "[1 <nil>]"},
		{"type T int\nfunc (t T) String() string { return \"T!\" }", ""}, {"T(1)", "T!"}, {"[]T{1, 2}", "[T! T!]"},
		{"display.Show(1)", ""}, {"var e error\ne", "<nil>"}, {"errors.New(\"shown\")", "shown"},
	} {
		n.shows(row[0], row[1])
	}
	n.fails("strconv.Atoi(\"x\")", `cell 19, line 1: strconv.Atoi: parsing "x": invalid syntax`)
}

func TestRichValuesOfCells(t *testing.T) {
	n := newNotebook(t)
	n.shows("type A struct{ n int }\nfunc (a A) HTML() string { return fmt.Sprintf(\"<b>%d</b>\", a.n) }\n"+
		"type B struct{}\nfunc (B) MIMEBundle() map[string]any { return map[string]any{\"text/latex\": \"$x$\"} }", "")
	for code, want := range map[string][2]string{
		"A{3}":  {"text/html", "<b>3</b>"},
		"&A{4}": {"text/html", "<b>4</b>"},
		"B{}":   {"text/latex", "$x$"},
	} {
		result, err := n.Eval(t.Context(), 2, code)
		if err != nil {
			t.Fatal(err)
		}
		if result.Data[want[0]] != want[1] {
			t.Errorf("%s shows %v, want %s %s", code, result.Data, want[0], want[1])
		}
		if result.Data["text/plain"] == nil {
			t.Errorf("%s has no text", code)
		}
	}
}

// Slices of structs and maps are tables, whoever declared their types.
func TestTablesOfCells(t *testing.T) {
	n := newNotebook(t)
	n.shows("type Grade int\nfunc (g Grade) String() string { return fmt.Sprintf(\"grade %d\", int(g)) }\n"+
		"type Student struct { Name string; Grade Grade; Points float64; secret int }\n"+
		"type Class []Student\ntype Pair[K comparable, V any] struct { Key K; Val V }\n"+
		"ada := Student{\"Ada <3\", 1, 29.5, 7}", "")
	const row, end = `<tr><td style="text-align:left">Ada &lt;3</td><td style="text-align:left">grade 1</td><td style="text-align:right">29.5</td></tr>`, "</tbody></table>"
	for code, want := range map[string]string{
		"[]Student{ada, ada}":                  row + row + end,
		"[]*Student{&ada}":                     row + end,
		"Class{ada}":                           row + end,
		"[]Pair[Grade, bool]{{2, true}}":       `<td style="text-align:left">grade 2</td><td style="text-align:left">true</td>`,
		"map[Grade]Student{3: ada}":            `<td style="text-align:left">grade 3</td><td style="text-align:left">{Ada &lt;3 grade 1 29.5 7}</td>`,
		"map[string]any{\"a\": nil, \"b\": 2}": `<td style="text-align:left">b</td>`,
		"[]Grade{1}":                           "",
		"[]Student{}":                          "",
		"ada":                                  "",
	} {
		result, err := n.Eval(t.Context(), 2, code)
		if err != nil {
			t.Fatal(err)
		}
		html, ok := result.Data["text/html"].(string)
		if !strings.Contains(html, want) || ok != (want != "") {
			t.Errorf("%s shows %v, want %q in a table", code, result.Data, want)
		}
	}
}

// A value that cannot be shown as its type wants it says why, whether it was declared in
// a cell or not, and the cell goes on.
func TestValuesThatCannotBeShown(t *testing.T) {
	n := newNotebook(t)
	n.shows("type A struct{}\nfunc (A) HTML() string { panic(\"broken\") }\n"+
		"type B struct{}\nfunc (B) MIMEBundle() map[string]any { return map[string]any{\"text/html\": make(chan int), \"text/plain\": \"b\"} }", "")
	n.shows("A{}", "display: cannot draw a main.A: broken")
	n.shows("B{}", "b\n(no text/html: json: unsupported type: chan int)")
	n.shows("display.Show(A{})\n1", "1")
	if len(n.screen.shown) != 1 || n.screen.shown[0].Data["text/plain"] != "display: cannot draw a main.A: broken" {
		t.Errorf("shown %v", n.screen.shown)
	}
}

func TestScreenOfTheCell(t *testing.T) {
	n := newNotebook(t)
	n.shows("type T struct{ n int }\nfunc (t T) String() string { return fmt.Sprint(\"T\", t.n) }\nh := display.Show(T{1})", "")
	n.shows("h.Update(display.Text(\"new\"))\ndisplay.Clear(true)", "")
	if len(n.screen.shown) != 1 || n.screen.shown[0].Data["text/plain"] != "T1" {
		t.Errorf("shown %v, want T1", n.screen.shown)
	}
	if len(n.screen.updated) != 1 || n.screen.cleared != 1 {
		t.Errorf("updated %v, cleared %d times", n.screen.updated, n.screen.cleared)
	}
	n.shows(`display.Input("name?")`, "answer to name?")
}

func TestInterruptKeepsTheNotebook(t *testing.T) {
	n := newNotebook(t)
	n.shows("count := 0\nnext := func() int { count++; return count }\nbig := rand.Perm(1 << 20)", "")
	for _, code := range []string{
		"for { next() }", "time.Sleep(time.Hour)", "select {}", "<-make(chan int)",
		"var mu sync.Mutex\nmu.Lock()\nmu.Lock()", "var wg sync.WaitGroup\nwg.Add(1)\nwg.Wait()",
		"func spin() { for {} }\nspin()", "for i := range func(yield func(int) bool) { for yield(1) {} } { _ = i }",
		"w := graph.Variable(\"w\", 1)\ngraph.Minimize(w.Square(), graph.Training{Optimizer: graph.GradientDescent{Rate: 1e-9}, Steps: 1 << 40})",
		"sort.Slice(big, func(i, j int) bool { next(); return big[i] < big[j] })", "sort.Sort(sort.Reverse(sort.IntSlice(big)))\nfor {}",
		"import \"net/http\"\nhttp.ListenAndServe(\"127.0.0.1:0\", nil)",
		"import \"os/exec\"\nexec.Command(\"sleep\", \"1000\").Run()", "exec.Command(\"sleep\", \"1000\").Output()",
	} {
		ctx, cancel := context.WithCancel(t.Context())
		n.cells++
		timer := time.AfterFunc(10*time.Millisecond, cancel)
		_, err := n.Eval(ctx, n.cells, code)
		timer.Stop()
		cancel()
		var stopped *interp.Interrupted
		if (!errors.As(err, &stopped) && !errors.Is(err, context.Canceled)) || stopped != nil && stopped.Stuck {
			t.Errorf("%s: %v, want that it was interrupted", code, err)
		}
	}
	n.shows("before := count\nnext() == before + 1", "true")
}

func TestKernelSurvives(t *testing.T) {
	n := newNotebook(t)
	n.shows("x := 7", "")
	for code, want := range map[string]string{
		"os.Exit(1)":               "exit status 1",
		"log.Fatal(\"no\")":        "exit status 1",
		"panic(\"p\")":             "panic: p",
		"panic(fmt.Errorf(\"e\"))": "panic: e",
		"func f(n int) int { return f(n+1) }\nf(0)": "stack overflow",
		"var m map[string]int\nm[\"a\"] = 1":        "line 2: panic: assignment to entry in nil map",
	} {
		n.fails(code, want)
		n.shows("x", "7")
	}
	n.shows("runtime.Goexit()", "")
	n.shows("x", "7")
}

func TestTracebackShowsTheSource(t *testing.T) {
	n := newNotebook(t)
	n.shows("func get(xs []int, i int) int {\n\treturn xs[i]\n}", "")
	_, err := n.eval("a := []int{1}\nget(a, 4)")
	var f *failedCell
	if !errors.As(err, &f) {
		t.Fatalf("got %v, want a failed cell", err)
	}
	text := strings.NewReplacer(red, "", bold, "", dim, "", plain, "").Replace(strings.Join(f.Traceback(), "\n"))
	want := "panic: runtime error: index out of range [4] with length 1\n  cell 1, line 2  return xs[i]\n  cell 2, line 2  get(a, 4)"
	if text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
}

// A cell that fails leaves its live figures in the state that it had come to.
func TestFailedCellShowsItsProgress(t *testing.T) {
	n := newNotebook(t)
	if _, err := n.eval("bar := display.Progress(\"reading\", 10)\nbar.Advance(4)\npanic(\"no more\")"); err == nil {
		t.Error("no error")
	}
	if n := len(n.screen.updated); n != 1 {
		t.Fatalf("%d updates, want one when the cell ends", n)
	}
	if got := fmt.Sprint(n.screen.updated[0].Data["text/plain"]); !strings.HasPrefix(got, "reading: 4 of 10 (40 %)") {
		t.Errorf("the last frame says %q", got)
	}
}
