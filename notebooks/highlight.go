package notebooks

import (
	"bytes"
	"html"
	"strings"

	"github.com/alecthomas/chroma/v2"
	chromahtml "github.com/alecthomas/chroma/v2/formatters/html"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/alecthomas/chroma/v2/styles"
)

// codeFormatter writes spans with classes; the page's style gives them colours.
var codeFormatter = chromahtml.New(chromahtml.WithClasses(true), chromahtml.PreventSurroundingPre(true))

// highlight returns code as HTML with its parts marked. A language that is not
// known leaves the code as it is.
func highlight(code, language string) string {
	lexer := lexers.Get(language)
	if language == "" || lexer == nil {
		return html.EscapeString(code)
	}
	// No newline at the end: a cell's last line ends with the cell.
	tokens, err := chroma.Coalesce(lexer).Tokenise(nil, strings.TrimRight(code, "\n"))
	if err != nil {
		return html.EscapeString(code)
	}
	var b bytes.Buffer
	if err := codeFormatter.Format(&b, styles.Fallback, tokens); err != nil {
		return html.EscapeString(code)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// highlightCSS is the colours of code in a light and in a dark theme.
func highlightCSS() (string, error) {
	var b strings.Builder
	// The ground is the page's, which differs between cells and text.
	for _, theme := range []struct{ scheme, style string }{{"light", "github"}, {"dark", "github-dark"}} {
		b.WriteString("@media (prefers-color-scheme: " + theme.scheme + ") {\n")
		if err := codeFormatter.WriteCSS(&b, styles.Get(theme.style)); err != nil {
			return "", err
		}
		b.WriteString(".chroma { background: none; color: inherit; }\n}\n")
	}
	return b.String(), nil
}
