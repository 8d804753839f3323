package mathml

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

// convertTests show each construction once, by the body of the formula without
// the frame that every one has.
var convertTests = []struct{ name, tex, want string }{
	{"a line", "y = wx + b", "<mi>y</mi><mo>=</mo><mi>w</mi><mi>x</mi><mo>+</mo><mi>b</mi>"},
	{"a minus is no hyphen", "a-b", "<mi>a</mi><mo>−</mo><mi>b</mi>"},
	{"a sign at the start", "-1", `<mo form="prefix">−</mo><mn>1</mn>`},
	{"a sign after an operator", "2 = -1", `<mn>2</mn><mo>=</mo><mo form="prefix">−</mo><mn>1</mn>`},
	{"a sign after a bracket", "(-1)", `<mo stretchy="false">(</mo><mo form="prefix">−</mo><mn>1</mn><mo stretchy="false">)</mo>`},
	{"no sign after a bracket", "(a)-1", `<mo stretchy="false">(</mo><mi>a</mi><mo stretchy="false">)</mo><mo>−</mo><mn>1</mn>`},
	{"numbers", "3.14 10", "<mn>3.14</mn><mn>10</mn>"},
	{"a full stop is no decimal point", "x = 1.", "<mi>x</mi><mo>=</mo><mn>1</mn><mo>.</mo>"},
	{"escaping", "a < b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"},
	{"unicode passes", "α→∞", "<mi>α</mi><mo>→</mo><mo>∞</mo>"},
	{"greek", `\alpha \Delta`, `<mi>α</mi><mi mathvariant="normal">Δ</mi>`},
	{"operators", `a \cdot b \times c \leq d`, "<mi>a</mi><mo>⋅</mo><mi>b</mi><mo>×</mo><mi>c</mi><mo>≤</mo><mi>d</mi>"},
	{"a comment", "a % not b\n+ c", "<mi>a</mi><mo>+</mo><mi>c</mi>"},

	{"superscript", "x^2", "<msup><mi>x</mi><mn>2</mn></msup>"},
	{"superscript takes one token", "x^ab", "<msup><mi>x</mi><mi>a</mi></msup><mi>b</mi>"},
	{"subscript", "x_i", "<msub><mi>x</mi><mi>i</mi></msub>"},
	{"both, in either order", "x^2_i", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>"},
	{"a group as script", "x^{a+b}", "<msup><mi>x</mi><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow></msup>"},
	{"a script of a group", "(a)^2", `<mo stretchy="false">(</mo><mi>a</mi><msup><mo stretchy="false">)</mo><mn>2</mn></msup>`},
	{"a script of nothing", "^2", "<msup><mrow></mrow><mn>2</mn></msup>"},
	{"a prime", "f'", "<msup><mi>f</mi><mo>′</mo></msup>"},
	{"two primes and a power", "f''^2", "<msup><mi>f</mi><mrow><mo>′′</mo><mn>2</mn></mrow></msup>"},

	{"fraction", `\frac{a}{b}`, "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>"},
	{"fraction without braces", `\frac12`, "<mfrac><mn>1</mn><mn>2</mn></mfrac>"},
	{"a power without braces", "x^10", "<msup><mi>x</mi><mn>1</mn></msup><mn>0</mn>"},
	{"derivative", `\frac{\partial e}{\partial w}`, `<mfrac><mrow><mi mathvariant="normal">∂</mi><mi>e</mi></mrow><mrow><mi mathvariant="normal">∂</mi><mi>w</mi></mrow></mfrac>`},
	{"binomial", `\binom n k`, `<mrow><mo>(</mo><mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac><mo>)</mo></mrow>`},
	{"square root", `\sqrt{x}`, "<msqrt><mrow><mi>x</mi></mrow></msqrt>"},
	{"cube root", `\sqrt[3]{x}`, "<mroot><mrow><mi>x</mi></mrow><mrow><mn>3</mn></mrow></mroot>"},

	{"sum", `\sum_{i=1}^n`, `<munderover><mo movablelimits="true">∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>`},
	{"sum with limits beside", `\sum\nolimits_i`, `<msub><mo movablelimits="true">∑</mo><mi>i</mi></msub>`},
	{"integral", `\int_0^1`, "<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup>"},
	{"function", `\log x`, `<mi mathvariant="normal">log</mi><mspace width="0.167em"></mspace><mi>x</mi>`},
	{"function and bracket", `\exp(x)`, `<mi mathvariant="normal">exp</mi><mo stretchy="false">(</mo><mi>x</mi><mo stretchy="false">)</mo>`},
	{"minimum", `\min_w`, `<munder><mo movablelimits="true" lspace="0" rspace="0">min</mo><mi>w</mi></munder>`},
	{"named function", `\operatorname{ReLU}(x)`, `<mi mathvariant="normal">ReLU</mi><mo stretchy="false">(</mo><mi>x</mi><mo stretchy="false">)</mo>`},

	{"hat", `\hat y`, `<mover accent="true"><mi>y</mi><mo stretchy="false">^</mo></mover>`},
	{"bar", `\bar{x}`, `<mover accent="true"><mrow><mi>x</mi></mrow><mo stretchy="false">¯</mo></mover>`},
	{"underbrace", `\underbrace{a}_{b}`, `<munder><munder accentunder="true"><mrow><mi>a</mi></mrow><mo stretchy="true">⏟</mo></munder><mrow><mi>b</mi></mrow></munder>`},
	{"text", `\text{ if }`, "<mtext>\u00a0if\u00a0</mtext>"},
	{"text with signs", `\text{5\% & more}`, "<mtext>5% &amp; more</mtext>"},
	{"text in bold", `\textbf{no}`, `<mtext style="font-weight:bold">no</mtext>`},
	{"bold", `\mathbf{x}`, `<mi mathvariant="normal">𝐱</mi>`},
	{"bold of one token", `\mathbf W x`, `<mi mathvariant="normal">𝐖</mi><mi>x</mi>`},
	{"reals", `\mathbb{R}^n`, `<msup><mi mathvariant="normal">ℝ</mi><mi>n</mi></msup>`},
	{"script", `\mathcal{LN}`, `<mi mathvariant="normal">ℒ𝒩</mi>`},
	{"upright", `\mathrm{loss}`, `<mi mathvariant="normal">loss</mi>`},
	{"spaces", `a\,b\quad c`, `<mi>a</mi><mspace width="0.167em"></mspace><mi>b</mi><mspace width="1em"></mspace><mi>c</mi>`},
	{"over", `\overset{!}{=}`, "<mover><mrow><mo>=</mo></mrow><mrow><mo>!</mo></mrow></mover>"},
	{"not", `\not=`, "<mo>=\u0338</mo>"},

	{"fence", `\left(a\right)`, `<mrow><mo fence="true" form="prefix" stretchy="true">(</mo><mrow><mi>a</mi></mrow><mo fence="true" form="postfix" stretchy="true">)</mo></mrow>`},
	{"fence with one side", `\left.a\right|`, `<mrow><mo fence="true" form="prefix" stretchy="true"></mo><mrow><mi>a</mi></mrow><mo fence="true" form="postfix" stretchy="true">|</mo></mrow>`},
	{"bar inside", `\left(a\middle|b\right)`, `<mrow><mo fence="true" form="prefix" stretchy="true">(</mo><mrow><mi>a</mi></mrow><mo fence="true" stretchy="true">|</mo><mrow><mi>b</mi></mrow><mo fence="true" form="postfix" stretchy="true">)</mo></mrow>`},
	{"big", `\big(`, `<mo stretchy="true" minsize="1.2em" maxsize="1.2em">(</mo>`},
	{"display style", `a {\displaystyle b} c`, `<mi>a</mi><mrow><mstyle displaystyle="true" scriptlevel="0"><mi>b</mi></mstyle></mrow><mi>c</mi>`},
	{"matrix", `\begin{pmatrix}a&b\\c&d\end{pmatrix}`, `<mrow><mo fence="true" form="prefix" stretchy="true">(</mo><mtable>` +
		`<mtr><mtd style="text-align:center;padding-left:0;padding-right:0">` + `<mi>a</mi></mtd><mtd style="text-align:center;padding-left:0.4em;padding-right:0"><mi>b</mi></mtd></mtr>` +
		`<mtr><mtd style="text-align:center;padding-left:0;padding-right:0">` + `<mi>c</mi></mtd><mtd style="text-align:center;padding-left:0.4em;padding-right:0"><mi>d</mi></mtd></mtr>` +
		`</mtable><mo fence="true" form="postfix" stretchy="true">)</mo></mrow>`},
}

func TestConvert(t *testing.T) {
	for _, tt := range convertTests {
		got, err := Convert(tt.tex, false)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if body := body(got); body != tt.want {
			t.Errorf("%s: Convert(%s):\n got %s\nwant %s", tt.name, tt.tex, body, tt.want)
		}
		if err := wellFormed(got); err != nil {
			t.Errorf("%s: Convert(%s) = %s: %v", tt.name, tt.tex, got, err)
		}
	}
}

// body cuts the formula out of its frame.
func body(math string) string {
	_, math, _ = strings.Cut(math, "<semantics><mrow>")
	math, _, _ = strings.Cut(math, "</mrow><annotation")
	return math
}

// wellFormed reports the first place where s is no XML.
func wellFormed(s string) error {
	d := xml.NewDecoder(strings.NewReader(s))
	for {
		if _, err := d.Token(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func TestFrame(t *testing.T) {
	for _, tt := range []struct {
		display bool
		want    string
	}{
		{false, `<math><semantics><mrow><mi>x</mi></mrow><annotation encoding="application/x-tex">x</annotation></semantics></math>`},
		{true, `<math display="block"><semantics><mrow><mi>x</mi></mrow><annotation encoding="application/x-tex">x</annotation></semantics></math>`},
	} {
		if got, err := Convert(" x\n", tt.display); err != nil || got != tt.want {
			t.Errorf("Convert(x, %t) = %s, error %v, want %s", tt.display, got, err, tt.want)
		}
	}
}

// TestAligned checks what the eye wants of equations below one another: the left
// sides end, and the right sides begin, at the sign.
func TestAligned(t *testing.T) {
	inside := `e &= (p - y)^2 \\ &= 4 \\`
	for _, tex := range []string{inside, `\begin{aligned}` + inside + `\end{aligned}`, `\begin{align*}` + inside + `\end{align*}`} {
		got, err := Convert(tex, true)
		if err != nil {
			t.Error(err)
			continue
		}
		if rows := strings.Count(got, "<mtr>"); rows != 2 {
			t.Errorf("%s: %d rows, want 2", tex, rows)
		}
		for _, want := range []string{`text-align:right;padding-left:0;padding-right:0"><mi>e</mi>`, `text-align:left;padding-left:0;padding-right:0"><mo>=</mo><mn>4</mn>`} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: got %s, want it to hold %s", tex, got, want)
			}
		}
	}
}

func TestArrayColumns(t *testing.T) {
	got, err := Convert(`\begin{array}{l|cr}a&b&c&d\end{array}`, true)
	if err != nil {
		t.Fatal(err)
	}
	at := 0
	for _, align := range []string{"left", "center", "right", "center"} {
		i := strings.Index(got[at:], "text-align:"+align)
		if i < 0 {
			t.Fatalf("got %s, want columns left, center, right, center", got)
		}
		at += i + 1
	}
}

// TestConvertRefuses: what is not understood must not be drawn by half.
func TestConvertRefuses(t *testing.T) {
	for _, tt := range []struct{ tex, want string }{
		{`\unheardof x`, `\unheardof is not known`},
		{`{a`, "not closed"},
		{`a}`, `"}" is out of place`},
		{`\frac{a}`, "an argument is missing"},
		{`x^`, "an argument is missing"},
		{`x^^2`, "an argument is missing"},
		{`x^1^2`, `two scripts "^"`},
		{`\left(a`, "not closed"},
		{`\left a \right)`, `"a" is no bracket`},
		{`a \right)`, `\right is not known`},
		{`\begin{pmatrix}a`, "not closed"},
		{`\begin{pmatrix}a\end{bmatrix}`, `\begin{pmatrix} is closed by \end{bmatrix}`},
		{`\begin{tikzpicture}\end{tikzpicture}`, `environment "tikzpicture" is not known`},
		{`\text{a`, "not closed"},
		{`\text a`, "want {text}"},
		{`\mathbf`, "an argument is missing"},
		{`\sqrt[3`, "not closed"},
		{strings.Repeat("{", 300) + strings.Repeat("}", 300), "more than 200 groups"},
	} {
		got, err := Convert(tt.tex, false)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("Convert(%.40s) = %.80s, error %v, want one with %q", tt.tex, got, err, tt.want)
		}
	}
}

// FuzzConvert: whatever stands between dollars, Convert refuses it or makes XML
// of it, in which nothing of the notebook's has become a tag.
func FuzzConvert(f *testing.F) {
	for _, tt := range convertTests {
		f.Add(tt.tex)
	}
	f.Add(`<script>\text{</mtext>}\mathrm{<b>}`)
	f.Fuzz(func(t *testing.T, tex string) {
		got, err := Convert(tex, true)
		if err != nil {
			return
		}
		if err := wellFormed(got); err != nil {
			t.Errorf("Convert(%q) = %s: %v", tex, got, err)
		}
		if strings.Contains(got, "<script") || strings.Contains(got, "<b>") {
			t.Errorf("Convert(%q) = %s: a tag came through", tex, got)
		}
	})
}
