package notebooks

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files in testdata")

// golden compares got with testdata/name. After a deliberate change, run
//
//	go test ./notebooks -update
//
// and read the difference as part of the review.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs (run with -update to accept):\n got %s\nwant %s", path, got, want)
	}
}

// page renders the notebook and cuts out its style, which has no business in a
// golden file.
func page(t *testing.T, n *Notebook, p Page) string {
	t.Helper()
	var b strings.Builder
	if err := n.WriteHTML(&b, p); err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`(?s)<style>.*?</style>`).ReplaceAllString(b.String(), "<style>…</style>")
}

func TestPageGolden(t *testing.T) {
	n, err := ReadFile("testdata/jupyter.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "jupyter.html", []byte(page(t, n, Page{})))
}

// TestPageNeedsNothing looks for anything that a browser would have to fetch.
func TestPageNeedsNothing(t *testing.T) {
	n, err := ReadFile("testdata/jupyter.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := n.WriteHTML(&b, Page{}); err != nil {
		t.Fatal(err)
	}
	for _, never := range []string{"<script", "<link", "http:", "https:", "@import", "url("} {
		if strings.Contains(b.String(), never) {
			t.Errorf("the page holds %q", never)
		}
	}
	for _, want := range []string{"prefers-color-scheme: dark", "color-scheme: light dark"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// TestPageChoosesTheBestForm takes the forms away one by one, best first.
func TestPageChoosesTheBestForm(t *testing.T) {
	data := map[string]any{
		"text/html": "<b>html</b>", "text/markdown": "*markdown*", "text/latex": "$x$", "image/svg+xml": "<svg/>",
		"image/png": onePixel + "\n", "image/jpeg": "anBlZw==", "text/plain": "plain <text>",
		"application/vnd.unknown": "unknown",
	}
	for _, tt := range []struct{ mime, want string }{
		{"text/html", `<div class="rich html"><b>html</b></div>`},
		{"text/markdown", "<em>markdown</em>"},
		{"text/latex", "<mi>x</mi>"},
		{"image/svg+xml", `<img alt="" src="data:image/svg+xml;base64,PHN2Zy8+"`},
		{"image/png", `src="data:image/png;base64,` + onePixel + `" width="10"`},
		{"image/jpeg", `src="data:image/jpeg;base64,anBlZw=="`},
		{"text/plain", "<pre>plain &lt;text&gt;</pre>"},
		{"application/vnd.unknown", "a value of type application/vnd.unknown"},
	} {
		n := newNotebook("x")
		n.Cells[0].Outputs = []*Output{{Type: DisplayData, Data: data, Metadata: map[string]any{"image/png": map[string]any{"width": json.Number("10")}}}}
		if got := page(t, n, Page{}); !strings.Contains(got, tt.want) {
			t.Errorf("with %s as the best form the page is\n%s\nwant %s in it", tt.mime, got, tt.want)
		}
		delete(data, tt.mime)
	}
}

func TestPageOutputs(t *testing.T) {
	for _, tt := range []struct {
		name string
		out  *Output
		want string
	}{
		{"stdout", wrote("stdout", "10 %\r20 %\n"), "<div class=\"text stream\"><pre>20 %\n</pre></div>"},
		{"stderr", wrote("stderr", "a < b"), `<div class="text stream stderr"><pre>a &lt; b</pre></div>`},
		{"an error", &Output{Type: Failure, Traceback: []string{"\x1b[31mline 1\x1b[0m", "line 2"}}, "<div class=\"text error\"><pre><span class=\"ansi-red-fg\">line 1</span>\nline 2</pre></div>"},
		{"an error without a traceback", &Output{Type: Failure, Ename: "error", Evalue: "why"}, "<pre>error: why</pre>"},
		{"a result", &Output{Type: ExecuteResult, Count: 3, Data: map[string]any{"text/plain": "6"}}, `<div class="prompt">[3]:</div><div class="text"><pre>6</pre></div>`},
		{"JSON", &Output{Type: DisplayData, Data: map[string]any{"application/json": map[string]any{"a": json.Number("1")}}}, "<pre>{\n &#34;a&#34;: 1\n}</pre>"},
		{"something new", &Output{Type: "hologram"}, "an output of type hologram"},
	} {
		n := newNotebook("x")
		n.Cells[0].Outputs = []*Output{tt.out}
		if got := page(t, n, Page{}); !strings.Contains(got, tt.want) {
			t.Errorf("%s: the page is\n%s\nwant %s in it", tt.name, got, tt.want)
		}
	}
}

// TestPageSkipsWhatShowsNothing: a handle renders as no form at all.
func TestPageSkipsWhatShowsNothing(t *testing.T) {
	n := newNotebook("x")
	n.Cells[0].Outputs = []*Output{{Type: DisplayData, Data: map[string]any{}}}
	if got := page(t, n, Page{}); strings.Contains(got, "output") {
		t.Errorf("the page is\n%s\nwant no output", got)
	}
}

func TestPageTitle(t *testing.T) {
	n := newNotebook("x")
	n.Cells = append(n.Cells, &Cell{Type: Markdown, Source: "# Profit & loss"}, &Cell{Type: Markdown, Source: "# Another"})
	for title, want := range map[string]string{"": "<title>Profit &amp; loss</title>", "Mine": "<title>Mine</title>"} {
		if got := page(t, n, Page{Title: title}); !strings.Contains(got, want) {
			t.Errorf("with the title %q: want %s", title, want)
		}
	}
	if got := page(t, newNotebook("x"), Page{}); !strings.Contains(got, "<title>Notebook</title>") {
		t.Error("without a heading: want the title Notebook")
	}
}

// TestPageFolds follows JupyterLab's "collapse" of a cell's halves.
func TestPageFolds(t *testing.T) {
	for _, tt := range []struct{ key, never string }{{"source_hidden", "the code"}, {"outputs_hidden", "the output"}} {
		n := newNotebook("the code")
		n.Cells[0].Metadata = map[string]any{"jupyter": map[string]any{tt.key: true}}
		n.Cells[0].Outputs = []*Output{wrote("stdout", "the output")}
		if got := page(t, n, Page{}); strings.Contains(got, tt.never) {
			t.Errorf("with %s the page shows %s", tt.key, tt.never)
		}
	}
}

func TestPageReportsItsWriter(t *testing.T) {
	full := errors.New("disk full")
	if err := newNotebook("x").WriteHTML(failing{full}, Page{}); !errors.Is(err, full) {
		t.Errorf("got error %v, want the writer's", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestHighlight(t *testing.T) {
	for _, tt := range []struct{ code, language, want string }{
		{"x := f(1) // no", "go", `x := <span class="function">f</span>(<span class="number">1</span>) <span class="comment">// no</span>`},
		{"for {\n\ts = \"<\"\n}\n", "go", "<span class=\"keyword\">for</span> {\n\ts = <span class=\"string\">&#34;&lt;&#34;</span>\n}"},
		{"%get x\n`open\nlen(", "go", "%get x\n<span class=\"string\">`open\nlen(</span>"},
		{"a < b && é !", "go", "a &lt; b &amp;&amp; é !"},
		{"a < b", "", "a &lt; b"},
		{"for x in y", "python", "for x in y"},
	} {
		if got := highlight(tt.code, tt.language); got != tt.want {
			t.Errorf("highlight(%q, %q) = %s, want %s", tt.code, tt.language, got, tt.want)
		}
	}
}
