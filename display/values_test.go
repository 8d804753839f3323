package display

import (
	"encoding/base64"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"gradbook/graph"
)

func TestSlicesOfStructsAreTables(t *testing.T) {
	type student struct {
		Name   string
		Score  float64
		secret int
	}
	b := Render([]student{{"Ada", 29.5, 1}, {"Bob", 17, 2}})
	html, _ := b.Data[textHTML].(string)
	for _, want := range []string{">Name<", ">Score<", ">Ada<", ">29.5<", ">17<"} {
		if !strings.Contains(html, want) {
			t.Errorf("no %s in %s", want, html)
		}
	}
	if strings.Contains(html, "secret") {
		t.Error("a field that is not exported is shown")
	}
	if b.Data[textPlain] != "[{Ada 29.5 1} {Bob 17 2}]" {
		t.Errorf("text %q, want what fmt prints", b.Data[textPlain])
	}
	if b := Render([]time.Time{{}}); b.Data[textHTML] != nil {
		t.Error("what prints itself is taken apart")
	}
	if b := Render([]student{}); b.Data[textHTML] != nil {
		t.Error("nothing is a table")
	}
}

func TestMapsAreTablesInOrder(t *testing.T) {
	html, _ := Render(map[int]string{10: "ten", 9: "nine", -1: "less"}).Data[textHTML].(string)
	less, nine, ten := strings.Index(html, "less"), strings.Index(html, "nine"), strings.Index(html, "ten")
	if less < 0 || less > nine || nine > ten {
		t.Errorf("keys are not in their order in %s", html)
	}
	many := map[int]int{}
	for i := range 120 {
		many[i] = i
	}
	if html, _ := Render(many).Data[textHTML].(string); !strings.Contains(html, "and 70 more") {
		t.Error("a large map does not say what is left out")
	}
}

func TestFormula(t *testing.T) {
	l := newLine()
	b := Formula(l.error, l.w)
	if got, want := b.Data[textPlain], "error = (w·x + b − y)²\n∂error/∂w = 2·difference·x"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, want := range []string{`\mathrm{error} &= (w\cdot x + b - y)^{2}`, `\frac{\partial \mathrm{error}}{\partial w} &= 2\cdot \mathrm{difference}\cdot x`} {
		if tex := b.Data[textLatex].(string); !strings.Contains(tex, want) {
			t.Errorf("no %s in %s", want, tex)
		}
	}
	if got, want := texOf("w₁·x_2 + mean({a})ᵀ"), `w_{1}\cdot \mathrm{x\_2} + \mathrm{mean}(\{a\})^{\top }`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestProgress(t *testing.T) {
	r := &recorder{}
	s := NewScreen(r)
	clock := time.Unix(0, 0)
	b := s.progress("reading", 1000, func() time.Time { return clock })
	for range 1000 {
		clock = clock.Add(time.Millisecond)
		b.Advance(1)
	}
	if n := len(r.all); n < 10 || n > 12 {
		t.Errorf("%d frames in a second, want ten and the last", n)
	}
	if got, want := r.all[5].bundle.Data[textPlain], "reading: 500 of 1000 (50 %)  1000/s  500ms left"; got != want {
		t.Errorf("half way it says %q, want %q", got, want)
	}
	last := r.all[len(r.all)-1]
	if got, want := last.bundle.Data[textPlain], "reading: 1000 of 1000 (100 %)  1000/s  in 1s"; got != want {
		t.Errorf("the last frame says %q, want %q", got, want)
	}
	if !last.update || last.id != r.all[0].id {
		t.Error("the last frame is another figure")
	}
	n := len(r.all)
	if b.Advance(5); len(r.all) != n {
		t.Error("more than all was done")
	}
}

// The line of the last frame is that of the trained variables, and the points stay
// where they were.
func TestLiveFit(t *testing.T) {
	l := newLine()
	r := &recorder{}
	feed := many30(l)
	report := NewScreen(r).LiveFit(feed[l.x], feed[l.y], l.prediction, l.x)
	if _, err := graph.Minimize(l.loss, graph.Training{Feed: feed, Steps: 200, Optimizer: graph.GradientDescent{Rate: 0.05}, Report: report}); err != nil {
		t.Fatal(err)
	}
	last := r.all[len(r.all)-1].bundle
	if last.Data[imagePNG] == nil {
		t.Error("the last frame has no PNG")
	}
	c := Scatter(feed[l.x], feed[l.y]).Line(l.prediction, l.x) // as the variables are now
	c.title, _, _ = strings.Cut(last.Data[textPlain].(string), "\n")
	c.framed = true
	if svg := base64.StdEncoding.EncodeToString(c.picture().SVG()); !strings.Contains(last.Data[textHTML].(string), svg) {
		t.Error("the last frame does not show the line of the trained variables")
	}
	if !strings.Contains(last.Data[textPlain].(string), "at step 200") {
		t.Errorf("the last frame says %q", last.Data[textPlain])
	}
}

// Keys that are no numbers find nothing in their map, and are shown all the same.
func TestMapOfNaN(t *testing.T) {
	has(t, Render(map[float64]string{math.NaN(): "lost"}).Data[textHTML].(string), ">NaN<", ">lost<")
}

// A value that would fill a book is shown by its ends, whole characters only.
func TestLongValuesAreCut(t *testing.T) {
	long := strings.Repeat("é", longText) // two bytes each
	text := plain(t, "a"+long+"z")
	has(t, text, "aé", "éz", "bytes are left out")
	if len(text) > longText || !utf8.ValidString(text) {
		t.Errorf("%d bytes, valid: %t", len(text), utf8.ValidString(text))
	}
	if exact := strings.Repeat("x", longText); plain(t, exact) != exact {
		t.Error("a text that is not too long is changed")
	}
	if n := len(Render(map[string]string{"a": long}).Data[textHTML].(string)); n > 2000 {
		t.Errorf("a cell of a table makes %d bytes", n)
	}
}

// Columns are aligned as a terminal shows them, in which some characters are wide.
func TestColumnsOfWideCharacters(t *testing.T) {
	for s, want := range map[string]int{"": 0, "abc": 3, "größe": 5, "日本": 4, "🎉": 2, "e\u0301": 1, "ｆｕｌｌ": 8, "├─": 2, "⣿": 1} {
		if got := columnsOf(s); got != want {
			t.Errorf("%q takes %d columns, want %d", s, got, want)
		}
	}
	table := Table{Rows: [][]any{{"日本", "x"}, {"word", "y"}, {"🎉", "z"}}}
	if got, want := table.String(), "日本  x\nword  y\n🎉    z"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
