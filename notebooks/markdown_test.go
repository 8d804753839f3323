package notebooks

import (
	"strings"
	"testing"
	"testing/fstest"
)

// onePixel stands for an image.
const onePixel = "iVBORw0KGgo="

var markdownTests = []struct {
	name, source string
	want         []string // parts that must be there, in order
	never        string   // and one that must not
}{
	{"a heading", "# Two words", []string{`<h1 id="two-words">Two words</h1>`}, ""},
	{"a table", "| a | b |\n|---|---|\n| 1 | 2 |", []string{"<table>", "<th>a</th>", "<td>2</td>"}, ""},
	{"html", `<b class="x">b</b>`, []string{`<b class="x">b</b>`}, ""},
	{"code is coloured", "```go\nfunc f() {}\n```", []string{`<code class="language-go"><span class="keyword">func</span>`}, ""},
	{"code of no language", "```\n<x>\n```", []string{`<code class="language-">&lt;x&gt;`}, "<x>"},

	{"a formula in a text", "where $w_1$ and $w_2$ differ", []string{"where <math><semantics><mrow><msub><mi>w</mi><mn>1</mn></msub>", "</math> and <math>", "</math> differ"}, "<em>"},
	{"a formula over two lines", "where $a +\nb$ is", []string{"<mi>a</mi><mo>+</mo><mi>b</mi>", "</math> is"}, ""},
	{"prices", "from $5 to $6", []string{"from $5 to $6"}, "<math"},
	{"a dollar alone", "it costs 5$", []string{"5$"}, "<math"},
	{"an escaped dollar", `\$x$`, []string{"$x$"}, "<math"},
	{"a dollar inside", `$5\,\$$.`, []string{`<mn>5</mn>`, `<mi mathvariant="normal">$</mi>`, "</math>."}, ""},
	{"a formula in code", "`$x$`", []string{"<code>$x$</code>"}, "<math"},
	{"displayed in a text", "so $$x$$ is", []string{`so <math display="block">`, "</math> is"}, ""},
	{"displayed on a line", "$$x$$", []string{`<p class="formula"><math display="block">`}, ""},
	{"displayed on lines", "so\n$$\nx\n= y\n\n-z\n$$\nis", []string{"<p>so</p>", `<math display="block">`, "<mi>x</mi><mo>=</mo><mi>y</mi><mo>−</mo><mi>z</mi>", "<p>is</p>"}, "<h"},
	{"an environment", "\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}", []string{`<math display="block">`, "<mtable", "<mi>d</mi>"}, "<br"},
	{"not closed", "$$\nx", []string{"<mi>x</mi>"}, ""},
	{"not understood", `$\nonsense{<b>}$`, []string{`<code class="tex" title="mathml: \nonsense is not known`, `&lt;b&gt;`}, "<b>"},

	{"an attachment", "![a](attachment:a.png)", []string{`src="data:image/png;base64,` + onePixel + `"`}, "attachment:"},
	{"an attachment that is not there", "![a](attachment:b.png)", []string{`src="attachment:b.png"`}, ""},
	{"an image beside the notebook", "![a](pictures/a%20b.png)", []string{`src="data:image/png;base64,UE5H"`}, "pictures"},
	{"a file that is no image", "![a](pictures/secret.txt)", []string{`src="pictures/secret.txt"`}, ""},
	{"a file outside", "![a](../a.png)", []string{`src="../a.png"`}, ""},
	{"an image elsewhere", "![a](https://example.com/a.png)", []string{`src="https://example.com/a.png"`}, ""},
}

func TestMarkdown(t *testing.T) {
	md := newMarkdown(fstest.MapFS{
		"pictures/a b.png":    {Data: []byte("PNG")},
		"pictures/secret.txt": {Data: []byte("text")},
	})
	attachments := map[string]any{"a.png": map[string]any{"image/png": onePixel + "\n"}}
	for _, tt := range markdownTests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := md.html(tt.source, attachments)
			if err != nil {
				t.Fatal(err)
			}
			at := 0
			for _, want := range tt.want {
				i := strings.Index(got[at:], want)
				if i < 0 {
					t.Fatalf("%q became\n%s\nwant it to hold %s", tt.source, got, want)
				}
				at += i
			}
			if tt.never != "" && strings.Contains(got, tt.never) {
				t.Errorf("%q became\n%s\nwant it without %s", tt.source, got, tt.never)
			}
		})
	}
}

func TestHeading(t *testing.T) {
	md := newMarkdown(nil)
	for source, want := range map[string]string{
		"text\n\n## A *line* `y` = $wx$\n# More": "A line y = wx",
		"no heading":                             "",
	} {
		if got := md.heading(source); got != want {
			t.Errorf("heading of %q is %q, want %q", source, got, want)
		}
	}
}

func TestLatexOutput(t *testing.T) {
	for _, latex := range []string{"$x$", "$$x$$", `\(x\)`, `\[x\]`, "x"} {
		if got := latexHTML(latex); !strings.Contains(got, "<mi>x</mi>") || strings.Contains(got, "not known") {
			t.Errorf("%s became %s, want a formula", latex, got)
		}
	}
	if got := latexHTML("$x$"); strings.Contains(got, "block") {
		t.Errorf("$x$ became %s, want it in the line", got)
	}
}

// FuzzMarkdown: dollars may stand anywhere.
func FuzzMarkdown(f *testing.F) {
	for _, tt := range markdownTests {
		f.Add(tt.source)
	}
	md := newMarkdown(nil)
	f.Fuzz(func(t *testing.T, source string) {
		if _, err := md.html(source, nil); err != nil {
			t.Errorf("%q: %v", source, err)
		}
	})
}
