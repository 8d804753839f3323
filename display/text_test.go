package display

import "testing"

func TestPlainOf(t *testing.T) {
	tests := []struct{ html, want string }{
		{"<p>one</p><p>two</p>", "one\ntwo"},
		{"a &lt; b &amp; c", "a < b & c"},
		{"<style>p{color:red}</style>text<script>alert(1)</script>", "text"},
		{"<ul><li>x</li><li>y</li></ul>", "x\ny"},
		{"line<br>break", "line\nbreak"},
		{"no tags", "no tags"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := plainOf(tt.html); got != tt.want {
			t.Errorf("plainOf(%q) = %q, want %q", tt.html, got, tt.want)
		}
	}
}

func TestUnicodeOf(t *testing.T) {
	tests := []struct{ tex, want string }{
		{`y = wx + b`, "y = wx + b"},
		{`\frac{\partial e}{\partial w} = 2(wx+b-y)x`, "∂e/∂w = 2(wx+b−y)x"},
		{`\frac{1}{n}\sum_{i} (\hat{y}_i - y_i)^2`, "1/nΣ_i (haty_i − y_i)²"},
		{`\sqrt{x^{10}} \cdot \alpha_{12}`, "√x¹⁰ · α₁₂"},
		{`\frac{a + b}{\frac{c}{d}}`, "(a + b)/(c/d)"},
		{`e^{-x}`, "e^−x"},
		{`W^T x`, "Wᵀ x"},
	}
	for _, tt := range tests {
		if got := unicodeOf(tt.tex); got != tt.want {
			t.Errorf("unicodeOf(%s) = %q, want %q", tt.tex, got, tt.want)
		}
	}
}

func TestMathIsTeX(t *testing.T) {
	b := Math("x^2")
	if got, want := b.Data[textLatex], `$\displaystyle x^2$`; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}
