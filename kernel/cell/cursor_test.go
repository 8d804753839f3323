package cell

import (
	"go/token"
	"strings"
	"testing"
)

func TestByteOffset(t *testing.T) {
	const code = "aä𝛼z" // 1, 2, 4 and 1 bytes
	for points, want := range map[int]int{0: 0, 1: 1, 2: 3, 3: 7, 4: 8, 5: -1, -1: -1} {
		got, ok := byteOffset(code, points)
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("%d code points: got %d, %v; want %d", points, got, ok, want)
		}
		if ok && points != 0 {
			if back := len([]rune(code[:got])); back != points {
				t.Errorf("%d code points became %d", points, back)
			}
		}
	}
	if got, ok := byteOffset("", 0); got != 0 || !ok {
		t.Errorf("no code: got %d, %v", got, ok)
	}
	if got, ok := byteOffset("\xff\xfe", 2); got != 2 || !ok { // not UTF-8: each byte counts
		t.Errorf("broken code: got %d, %v", got, ok)
	}
}

// wordTests have the cursor at |; the word is what stands between start and end.
var wordTests = []struct {
	name, code string
	word       string
	previous   token.Token
	inText     bool
}{
	{"end of a word", "fmt.Print|", "Print", token.PERIOD, false},
	{"middle", "fmt.Pri|nt", "Print", token.PERIOD, false},
	{"start", "fmt.|Print", "Print", token.PERIOD, false},
	{"no word", "x = |", "", token.ASSIGN, false},
	{"after the dot", "fmt.|", "", token.PERIOD, false},
	{"after a line", "x\n|", "", token.SEMICOLON, false},
	{"beginning", "|x", "x", token.ILLEGAL, false},
	{"nothing", "|", "", token.ILLEGAL, false},
	{"keyword", "fo|r", "for", token.ILLEGAL, false},
	{"second of two words", "go f|", "f", token.GO, false},
	{"before a comment", "f| // c", "f", token.ILLEGAL, false},
	{"in a line comment", "// c|", "", token.ILLEGAL, true},
	{"behind a line comment", "// c\nf|", "f", token.ILLEGAL, false},
	{"in a block comment", "/* c| */", "", token.ILLEGAL, true},
	{"behind a block comment", "/* c */|", "", token.ILLEGAL, false},
	{"open block comment", "/* c\nd|", "", token.ILLEGAL, true},
	{"in a string", `"a|b"`, "", token.ILLEGAL, true},
	{"behind a string", `"ab"|`, "", token.STRING, false},
	{"open string", `"ab|`, "", token.ILLEGAL, true},
	{"string with a quote in it", `"a\"|`, "", token.ILLEGAL, true},
	{"string that ends in a backslash", `"a\\"|`, "", token.STRING, false},
	{"open raw string", "`a\nb|", "", token.ILLEGAL, true},
	{"in a rune", `'|a'`, "", token.ILLEGAL, true},
	{"in a number", "1|2", "", token.ILLEGAL, true},
	{"behind a number", "12|", "", token.ILLEGAL, true},
	{"hexadecimal", "0xfa|", "", token.ILLEGAL, true},
	{"float", "1.|", "", token.ILLEGAL, true},
	{"non-ASCII", "größ|e", "größe", token.ILLEGAL, false},
}

func TestWordAt(t *testing.T) {
	for _, tt := range wordTests {
		t.Run(tt.name, func(t *testing.T) {
			before, after, _ := strings.Cut(tt.code, "|")
			code := before + after
			w := wordAt(code, len(before))
			if w.inText != tt.inText {
				t.Fatalf("in text: %v, want %v", w.inText, tt.inText)
			}
			if got := code[w.start:w.end]; !w.inText && (got != tt.word || w.previous(1) != tt.previous) {
				t.Errorf("got %q after %v, want %q after %v", got, w.previous(1), tt.word, tt.previous)
			}
		})
	}
}

func TestImportPathAt(t *testing.T) {
	for code, want := range map[string]string{
		`import "a|"`: "a", `import "a/b|`: "a/b", `import x "a|"`: "a", `import . "a|"`: "a",
		"import (\n\"a\"\n\"b|\"\n)": "b", "import (\n\"a\"\n)\nx := \"b|\"": "", `x := "a|"`: "",
		"import \"a\"\nf(\"b|\")": "", "import \"|\"": "", "import `a|`": "a",
	} {
		before, after, _ := strings.Cut(code, "|")
		w := wordAt(before+after, len(before))
		if w.path < 0 {
			if want != "" {
				t.Errorf("%s: no import path", code)
			}
		} else if got := before[w.path:]; got != want {
			t.Errorf("%s: got %q, want %q", code, got, want)
		}
	}
}

func TestPrevious(t *testing.T) {
	w := wordAt("a.b.c", 5)
	for n, want := range []token.Token{1: token.PERIOD, 2: token.IDENT, 3: token.PERIOD, 4: token.IDENT, 5: token.ILLEGAL, 99: token.ILLEGAL} {
		if n > 0 && (want != token.ILLEGAL || n >= 5) {
			if got := w.previous(n); got != want {
				t.Errorf("token %d before: got %v, want %v", n, got, want)
			}
		}
	}
}

// TestScan: the spans are in order, within the code, and spell what stands there.
func TestScan(t *testing.T) {
	code := "x := f(a, \"ä\") // c\nfor {\n}\n@ ;"
	end := 0
	for _, s := range scan(code) {
		if s.start < end || s.end < s.start || s.end > len(code) {
			t.Errorf("%v from %d to %d, after %d", s.tok, s.start, s.end, end)
		}
		if text := code[s.start:s.end]; s.literal != "" && s.literal != "\n" && text != s.literal {
			t.Errorf("%v: %q stands there, the scanner says %q", s.tok, text, s.literal)
		}
		end = s.end
	}
}
