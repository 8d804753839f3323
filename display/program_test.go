package display

import (
	"strings"
	"testing"

	"gradbook/graph"
)

// step is what a training computes in each step, for a hundred examples.
func step() *Listing {
	l := newLine()
	return Program(l.loss, graph.Gradients(l.loss, l.w, l.b)...).Feed(l.many())
}

func TestProgramGolden(t *testing.T) {
	b := Render(step())
	golden(t, "program.html", []byte(b.Data[textHTML].(string)))
	golden(t, "program.txt", []byte(b.Data[textPlain].(string)))
}

// What needs a shape is said, with what to write.
func TestProgramWithoutShapes(t *testing.T) {
	l := newLine()
	got := plain(t, Program(l.loss))
	for _, want := range []string{`display: Program: placeholder "x" is [?]`, ".Feed(graph.Feed{"} {
		if !strings.Contains(got, want) {
			t.Errorf("got %q, want %q in it", got, want)
		}
	}
	got = plain(t, Program(l.loss).Feed(graph.Feed{l.x: []float64{1, 2}, l.y: []float64{1, 2, 3}}))
	if !strings.Contains(got, "[2]") || !strings.Contains(got, "[3]") {
		t.Errorf("got %q, want the shapes that do not fit", got)
	}
}

func TestProgramOfNil(t *testing.T) {
	err := mistake(t, func() { Program(nil) })
	if !strings.Contains(err.Error(), "nil") {
		t.Errorf("got %v, want one that names nil", err)
	}
}

// A long program is cut, and says by how much.
func TestLongProgram(t *testing.T) {
	n := graph.Variable("v", 1.0)
	for range 2 * mostLines {
		n = n.Exp()
	}
	b := Render(Program(n))
	html := b.Data[textHTML].(string)
	if got := strings.Count(html, "<tr"); got != mostLines+1 {
		t.Errorf("%d rows, want %d", got, mostLines+1)
	}
	if !strings.Contains(html, "800 instructions") || !strings.Contains(html, "… and 402 more lines") { // v is loaded, the result is output
		t.Errorf("%.3000s does not say how long the program is", html)
	}
}
