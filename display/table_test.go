package display

import (
	"strings"
	"testing"

	"gradbook/graph"
)

func results() Table {
	var t Table
	t.Head = []string{"optimizer", "steps", "loss"}
	t.Row("descent", 5000, 0.1+0.2)
	t.Row("Adam | fast", 800, 1.25e-9)
	return t
}

func TestTableText(t *testing.T) {
	want := strings.Join([]string{
		"optimizer    steps      loss",
		"───────────  ─────  ────────",
		"descent       5000       0.3",
		"Adam | fast    800  1.25e-09",
	}, "\n")
	if got := results().String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestTableHTML(t *testing.T) {
	got := results().HTML()
	for _, want := range []string{
		`<th style="text-align:left">optimizer</th><th style="text-align:right">steps</th>`,
		`<td style="text-align:left">descent</td><td style="text-align:right">5000</td><td style="text-align:right">0.3</td>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("got %s\nwant it to contain %s", got, want)
		}
	}
}

func TestTableMarkdown(t *testing.T) {
	want := "| optimizer | steps | loss |\n| :-- | --: | --: |\n| descent | 5000 | 0.3 |\n| Adam \\| fast | 800 | 1.25e-09 |\n"
	if got := results().markdown(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestTableShapes(t *testing.T) {
	tensor, err := graph.NewTensor(2.5)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name  string
		table Table
		want  string
	}{
		{"zero", Table{}, ""},
		{"nil", Table{Rows: [][]any{{1, nil, "<nil>"}, {nil, "b", (*graph.Node)(nil)}, {20, (*graph.Tensor)(nil), error(nil)}}},
			" 1     <nil>\n    b\n20"},
		{"no head", Table{Rows: [][]any{{"a", 1}, {"bb", 20}}}, "a    1\nbb  20"},
		{"head only", Table{Head: []string{"a", "b"}}, "a  b\n─  ─"},
		{"short row", Table{Head: []string{"a", "b"}, Rows: [][]any{{1}}}, "a  b\n─  ─\n1"},
		{"long row", Table{Head: []string{"a"}, Rows: [][]any{{1, 2}}}, "a\n─  ─\n1  2"},
		{"wide characters", Table{Rows: [][]any{{"é", 1}, {"ee", 2}}}, "é   1\nee  2"},
		{"lines", Table{Rows: [][]any{{"two\nlines"}}}, "two lines"},
		{"tensor", Table{Rows: [][]any{{tensor}}}, "2.5"},
	}
	for _, tt := range tests {
		if got := tt.table.String(); got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, got, tt.want)
		}
		tt.table.HTML() // must not fail on any shape
		tt.table.markdown()
	}
}

func TestTableEscapes(t *testing.T) {
	got := Table{Head: []string{"<b>"}, Rows: [][]any{{"a & b"}}}.HTML()
	if strings.Contains(got, "<b>") || !strings.Contains(got, "a &amp; b") {
		t.Errorf("got %s, want text that is no markup", got)
	}
}
