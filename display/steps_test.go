package display

import (
	"strings"
	"testing"

	"gradbook/graph"
)

func TestStepsGoForwardAndBack(t *testing.T) {
	l := newLine()
	got := Graph(l.error).Values(l.one()).Steps().text()
	want := `the graph, before anything is computed
given:  w = 0.5, x = 10, b = 1, y = 4
forward:  w·x = 5
forward:  prediction = w·x + b = 6
forward:  difference = prediction − y = 2
forward:  error = difference² = 4
backward:  ∂error/∂error = 1, where the way back begins
backward:  ∂error/∂difference = 1 · 4 = 4
backward:  ∂error/∂y = 4 · (−1) = −4
backward:  ∂error/∂prediction = 4 · 1 = 4
backward:  ∂error/∂b = 4 · 1 = 4
backward:  ∂error/∂(w·x) = 4 · 1 = 4
backward:  ∂error/∂x = 4 · 0.5 = 2
backward:  ∂error/∂w = 4 · 10 = 40`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Nothing is shown before it is computed, and everything in the end.
func TestStepsShowWhatIsKnown(t *testing.T) {
	l := newLine()
	pictures := Graph(l.error).Steps(l.one()).pictures
	for i, want := range []struct {
		present, absent []string
	}{
		{nil, []string{">0.5<", ">6<", ">∂ 40<"}},
		{[]string{">0.5<", ">10<"}, []string{">6<", ">∂ 40<"}},
		{[]string{">5<"}, []string{">6<"}},
		{[]string{">6<"}, []string{">2<"}},
	} {
		svg := string(pictures[i].SVG())
		for _, s := range want.present {
			if !strings.Contains(svg, s) {
				t.Errorf("step %d does not show %s", i, s)
			}
		}
		for _, s := range want.absent {
			if strings.Contains(svg, s) {
				t.Errorf("step %d shows %s already", i, s)
			}
		}
	}
	last := pictures[len(pictures)-1]
	for _, s := range []string{">0.5<", ">6<", ">∂ 40<", ">∂ −4<", ">∂ 1<"} {
		if !strings.Contains(string(last.SVG()), s) {
			t.Errorf("the last step does not show %s", s)
		}
	}
	for i, p := range pictures {
		if p.Width != last.Width || p.Height != last.Height {
			t.Errorf("step %d has another size, so the page would jump", i)
		}
	}
}

// The controls are radio buttons, which the keyboard moves between, one for each
// picture; motion and paper have rules of their own.
func TestStepsControls(t *testing.T) {
	l := newLine()
	s := Graph(l.error).Steps(l.one())
	html := s.HTML()
	for _, what := range []string{`<input type="radio" name="step" aria-label="`, "<span ", ":checked~span:nth-of-type("} {
		if n := strings.Count(html, what); n != len(s.pictures) {
			t.Errorf("%d of %s, want %d", n, what, len(s.pictures))
		}
	}
	for _, want := range []string{" checked>", "@media print", "prefers-reduced-motion:no-preference", "prefers-reduced-motion: reduce", `role="group"`} {
		if !strings.Contains(html, want) {
			t.Errorf("the HTML does not contain %s", want)
		}
	}
	if strings.Contains(html, " id=") {
		t.Error("there are ids, which two figures on a page would share")
	}
}

func TestTooManySteps(t *testing.T) {
	n := graph.Variable("w", 1)
	for range 50 {
		n = n.Square()
	}
	if err := mistake(t, func() { Graph(n).Steps() }); !strings.Contains(err.Error(), "takes 103 steps, want 80 at most") {
		t.Error(err)
	}
}
