package mathml

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestEverySymbol converts each name of the tables by itself: a row with a slip
// in it shows here and not in somebody's notebook.
func TestEverySymbol(t *testing.T) {
	for what, names := range map[string][]string{
		"letters":   slices.Collect(maps.Keys(letters)),
		"upright":   slices.Collect(maps.Keys(upright)),
		"operators": slices.Collect(maps.Keys(operators)),
		"large":     slices.Collect(maps.Keys(large)),
		"functions": slices.Collect(maps.Keys(functions)),
		"spaces":    slices.Collect(maps.Keys(spaces)),
		"styles":    slices.Collect(maps.Keys(styles)),
	} {
		for _, name := range names {
			got, err := Convert(`a \`+name+` b`, true)
			if err != nil {
				t.Errorf("%s: %v", what, err)
				continue
			}
			if err := wellFormed(got); err != nil {
				t.Errorf(`%s: \%s became %s: %v`, what, name, got, err)
			}
		}
	}
}

// TestEveryAccentAndAlphabet does the same with those that take an argument.
func TestEveryAccentAndAlphabet(t *testing.T) {
	for _, name := range slices.Concat(slices.Collect(maps.Keys(accents)), slices.Collect(maps.Keys(alphabets))) {
		for _, argument := range []string{" x", "{x}", "{xy}", `{\alpha}`} {
			got, err := Convert(`\`+name+argument, false)
			if err != nil {
				t.Error(err)
				continue
			}
			if err := wellFormed(got); err != nil {
				t.Errorf(`\%s%s became %s: %v`, name, argument, got, err)
			}
		}
	}
}

func TestEveryBracket(t *testing.T) {
	for name := range delimiters {
		got, err := Convert(`\left`+name+` x \right`+name, false)
		if err != nil {
			t.Error(err)
			continue
		}
		if n := strings.Count(got, `stretchy="true"`); n != 2 {
			t.Errorf(`\left%s became %s, want two brackets that grow`, name, got)
		}
	}
}

func TestEveryEnvironment(t *testing.T) {
	for name := range layouts {
		columns := ""
		if name == "array" {
			columns = "{cc}"
		}
		got, err := Convert(`\begin{`+name+`}`+columns+`a & b \\ c & d\end{`+name+`}`, true)
		if err != nil {
			t.Error(err)
			continue
		}
		if rows, cells := strings.Count(got, "<mtr>"), strings.Count(got, "<mtd "); rows != 2 || cells != 4 {
			t.Errorf("%s has %d rows and %d cells, want 2 and 4", name, rows, cells)
		}
	}
}

// TestTablesDoNotOverlap: a command in two tables would mean whichever is looked
// through first.
func TestTablesDoNotOverlap(t *testing.T) {
	seen := map[string]string{}
	note := func(table, name string) {
		if other, ok := seen[name]; ok {
			t.Errorf(`\%s is in %s and in %s`, name, other, table)
		}
		seen[name] = table
	}
	for table, names := range map[string]map[string]string{
		"letters": letters, "upright": upright, "operators": operators, "large": large, "spaces": spaces, "bigs": bigs, "styles": styles,
	} {
		for name := range names {
			note(table, name)
		}
	}
	for name := range functions {
		note("functions", name)
	}
	for name := range alphabets {
		note("alphabets", name)
	}
	for name := range accents {
		note("accents", name)
	}
	for name := range structures() {
		note("structures", name)
	}
}

// TestAlphabets spells letters whose code points can be looked up in Unicode's
// chart "Mathematical Alphanumeric Symbols".
func TestAlphabets(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"mathbf", "Az9", "𝐀𝐳𝟗"},
		{"mathbb", "ARz0", "𝔸ℝ𝕫𝟘"},
		{"mathcal", "ALe", "𝒜ℒℯ"},
		{"mathsf", "Az0", "𝖠𝗓𝟢"},
		{"mathtt", "Az0", "𝙰𝚣𝟶"},
		{"boldsymbol", "Az", "𝑨𝒛"},
		{"mathrm", "Az0", "Az0"},
		{"mathbf", "a+b", "𝐚+𝐛"},
	} {
		if got := alphabets[tt.name].write(tt.in); got != tt.want {
			t.Errorf(`\%s{%s} is %s, want %s`, tt.name, tt.in, got, tt.want)
		}
	}
}

func TestLex(t *testing.T) {
	for _, tt := range []struct {
		tex  string
		want []token
	}{
		{`\frac{a}1`, []token{`\frac`, "{", "a", "}", "1"}},
		{`a_{12.5}^\alpha b`, []token{"a", "_", "{", "12.5", "}", "^", `\alpha`, "b"}},
		{`f(1,2)`, []token{"f", "(", "1", ",", "2", ")"}},
		{`a\\b\,c\{`, []token{"a", `\\`, "b", `\,`, "c", `\{`}},
		{"a%b\nc", []token{"a", "c"}},
		{`\`, []token{`\`}},
		{"1.2.3", []token{"1.2", ".", "3"}},
		{"1.", []token{"1", "."}},
	} {
		got, ends := lex(tt.tex)
		if !slices.Equal(got, tt.want) {
			t.Errorf("lex(%q) = %q, want %q", tt.tex, got, tt.want)
		}
		for i, end := range ends {
			if !strings.HasSuffix(tt.tex[:end], string(got[i])) {
				t.Errorf("lex(%q): token %q does not end at %d", tt.tex, got[i], end)
			}
		}
	}
}

func TestClean(t *testing.T) {
	for _, in := range []string{"a\x00b", "a\xffb", "a\uFFFEb", "a\x1bb"} {
		got, err := Convert(in, false)
		if err != nil || !utf8.ValidString(got) || wellFormed(got) != nil {
			t.Errorf("Convert(%q) = %q, error %v, want XML", in, got, err)
		}
	}
}
