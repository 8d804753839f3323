package kernel

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the messages in testdata/wrong_models.txt")

// models are what the cells in testdata/wrong_models.txt are wrong about.
const models = `import ("gradbook/graph"; "gradbook/graph/dataset"; "os"; "strings")
x, labels := graph.Placeholder("x"), graph.Placeholder("labels", -1)
w, v, number := graph.Variable("w", []float64{1, 2, 3}), graph.Variable("v", []float64{1, 2}), graph.Variable("number", 7)
hidden, w2 := graph.Placeholder("hidden", -1, 4), graph.Variable("w2", [][]float64{{1, 2}, {3, 4}, {5, 6}})
batch, batchOther := graph.Placeholder("batch", 8, 2, 3), graph.Placeholder("batchOther", 9, 3, 2)
image, filters := graph.Placeholder("image", -1, 3, 28, 28), graph.Placeholder("filters", 8, 1, 3, 3)
table, short := graph.Variable("table", []float64{10, 20}), graph.Variable("short", graph.Float32([]float64{1, 2, 3}))
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
`

// TestWrongModels plays cells that are wrong about a graph, each in a session of its own.
// Below each stands, after //, what the user is told.
func TestWrongModels(t *testing.T) {
	file, err := filepath.Abs("testdata/wrong_models.txt")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var written []string
	blocks := strings.Split(strings.TrimSpace(string(text)), "\n\n")
	t.Chdir(t.TempDir())
	for _, block := range blocks {
		code, want, _ := strings.Cut(block, "\n// ")
		got := toldBy(t, code)
		written = append(written, code+"\n// "+got)
		if got != want && !*update {
			t.Errorf("%s\ngot  %s\nwant %s", code, got, want)
		}
	}
	if *update {
		save(t, file, strings.Join(written, "\n\n")+"\n")
	}
}

// toldBy runs a cell and returns what the user is told.
func toldBy(t *testing.T, code string) string {
	t.Helper()
	e := newEvaluator(io.Discard, io.Discard, deaf{})
	if _, err := e.Eval(t.Context(), 1, models); err != nil {
		t.Fatal(err)
	}
	result, err := e.Eval(t.Context(), 2, code)
	if err == nil { // the last value is the error
		return fmt.Sprint("shown: ", result.Data["text/plain"])
	}
	return err.Error()
}
