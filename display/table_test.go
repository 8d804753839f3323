package display

import (
	"bytes"
	"strings"
	"testing"
	"time"

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

// Rows arrive in the page with a few updates and all of them at last; a console has a line
// for each, in columns.
func TestLiveTable(t *testing.T) {
	r := &recorder{}
	s := NewScreen(r)
	clock := time.Unix(0, 0)
	rows := s.LiveTable("step", "loss")
	rows.pace.now = func() time.Time { return clock }
	for i := range 1000 {
		rows.Row(i, 1/float64(i+1))
		clock = clock.Add(time.Millisecond)
	}
	if n := len(r.all); n < 9 || n > 11 {
		t.Errorf("%d frames in a second, want ten", n)
	}
	s.Finish()
	last := r.all[len(r.all)-1]
	has(t, last.bundle.Data[textPlain].(string), "… 900 more", " 999       0.001")
	if !last.update || last.id != r.all[0].id {
		t.Error("the last frame is another table")
	}
}

func TestLiveTableOnConsole(t *testing.T) {
	var out bytes.Buffer
	rows := NewScreen(&console{w: &out}).LiveTable("optimizer", "steps")
	rows.Row("Adam", 20)
	rows.Row("descent", 1000)
	want := "optimizer            steps\nAdam                    20\ndescent               1000\n"
	if got := out.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A long table is cut in its middle, and what stands there leaves numbers on the right.
func TestLongTable(t *testing.T) {
	var table Table
	for i := range 1000 {
		table.Row(i)
	}
	lines := strings.Split(table.String(), "\n")
	if len(lines) != headRows+1+tailRows || lines[headRows] != "… 900 more" || lines[0] != "         0" || lines[headRows+1] != "       960" {
		t.Errorf("%d lines: %q", len(lines), lines)
	}
	if n := strings.Count(table.HTML(), "<tr>"); n != len(lines) {
		t.Errorf("%d rows in HTML, want %d", n, len(lines))
	}
}
