package display

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"gradbook/display/canvas"
	"gradbook/graph"
)

func mustTensor(t *testing.T, v any) *graph.Tensor {
	t.Helper()
	tensor, err := graph.NewTensor(v)
	if err != nil {
		t.Fatal(err)
	}
	return tensor
}

func TestThumbnail(t *testing.T) {
	last := len(canvas.Heat) - 1
	th := thumbnail(mustTensor(t, [][]float64{{0, 1, 2}, {3, math.NaN(), 4}}))
	if want := []int{0, last / 4, last/2 + 1, 3 * (last + 1) / 4, -1, last}; th.Columns != 3 || fmt.Sprint(th.Shades) != fmt.Sprint(append([]int{0, (last + 1) / 4}, want[2:]...)) {
		t.Errorf("shades %v in %d columns, want from 0 to %d evenly, and none for NaN", th.Shades, th.Columns, last)
	}
	for name, v := range map[string]any{
		"a number": 3, "few numbers": []float64{1, 2, 3}, "equal numbers": []float64{1, 1, 1, 1, 1},
		"a long vector": make([]float64, 33), "many axes": [][][]float64{{{1, 2}, {3, 4}}},
	} {
		if th := thumbnail(mustTensor(t, v)); th != nil {
			t.Errorf("%s has a thumbnail: %v", name, th)
		}
	}
	wide := make([]float64, 32)
	for i := range wide {
		wide[i] = float64(i / 2 % 2) // pairs, so that their means are the numbers themselves
	}
	th = thumbnail(mustTensor(t, wide))
	if len(th.Shades) != 16 || th.Shades[0] != 0 || th.Shades[1] != last || th.Tip != "from 0 to 1, mean 0.5" {
		t.Errorf("got %v, want the means of 16 pairs", th)
	}
}

// The picture and the text have what the thumbnail says.
func TestThumbnailIsDrawn(t *testing.T) {
	w := graph.Variable("w", [][]float64{{1, 2}, {3, 6}})
	d := Graph(w.Square().Sum()).Values()
	svg := string(svgOf(t, d))
	if got := strings.Count(svg, `<g class="thumbnail">`); got != 2 || !strings.Contains(svg, "<title>from 1 to 6, mean 3</title>") {
		t.Errorf("%d thumbnails, want those of w and of its square, with titles", got)
	}
	has(t, d.text(), "w (variable) = [2 2] from 1 to 6, mean 3")
	if strings.Contains(string(svgOf(t, Graph(w.Sum()))), "thumbnail") {
		t.Error("a thumbnail without values")
	}
}
