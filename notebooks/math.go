package notebooks

import (
	"bytes"
	"html"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"gradbook/notebooks/mathml"
)

// formulas is a goldmark extension for TeX in Markdown, as notebooks write it:
// $in a text$, $$on its own line$$, and \begin{align} … \end{align}.
type formulas struct{}

// Extend adds the parsers before those that would take a formula apart: an
// underscore in it is no emphasis, a line of equals signs no heading.
func (formulas) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithBlockParsers(util.Prioritized(formulaBlockParser{}, 90)),
		parser.WithInlineParsers(util.Prioritized(formulaParser{}, 90)),
	)
	m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(formulaRenderer{}, 90)))
}

// A formula is TeX inside a text.
type formula struct {
	ast.BaseInline
	tex     string
	display bool
}

// A formulaBlock is TeX in lines of its own. Its lines are the node's Lines.
type formulaBlock struct {
	ast.BaseBlock
	close string // what ends it, "$$" or \end{…}
	keep  bool   // the end belongs to the formula
}

var (
	kindFormula      = ast.NewNodeKind("Formula")
	kindFormulaBlock = ast.NewNodeKind("FormulaBlock")
)

func (*formula) Kind() ast.NodeKind                                    { return kindFormula }
func (n *formula) Dump(source []byte, level int)                       { ast.DumpHelper(n, source, level, nil, nil) }
func (*formulaBlock) Kind() ast.NodeKind                               { return kindFormulaBlock }
func (n *formulaBlock) Dump(source []byte, level int)                  { ast.DumpHelper(n, source, level, nil, nil) }
func (*formulaBlock) IsRaw() bool                                      { return true }
func (n *formulaBlock) add(s text.Segment, size int)                   { n.Lines().Append(s.WithStop(s.Start + size)) }
func (formulaParser) Trigger() []byte                                  { return []byte{'$'} }
func (formulaBlockParser) Trigger() []byte                             { return []byte{'$', '\\'} }
func (formulaBlockParser) CanInterruptParagraph() bool                 { return true }
func (formulaBlockParser) CanAcceptIndentedLine() bool                 { return false }
func (formulaBlockParser) Close(ast.Node, text.Reader, parser.Context) {}

// formulaParser finds formulas inside a text.
type formulaParser struct{}

// Parse takes a formula at a dollar. As in pandoc, an opening dollar has no space
// after it, a closing one no space before and no digit after it, so that two
// prices in a sentence stay prices.
func (formulaParser) Parse(_ ast.Node, r text.Reader, _ parser.Context) ast.Node {
	line, _ := r.PeekLine()
	mark := "$"
	if bytes.HasPrefix(line, []byte("$$")) {
		mark = "$$"
	} else if len(line) < 2 || util.IsSpace(line[1]) {
		return nil
	}
	// The rest of the paragraph: a formula may go on in the next line.
	var rest bytes.Buffer
	atLine, atPosition := r.Position()
	for next := line; next != nil; next, _ = r.PeekLine() {
		rest.Write(next)
		r.AdvanceLine()
	}
	r.SetPosition(atLine, atPosition)

	tex := rest.String()[len(mark):]
	size := closing(tex, mark)
	if size < 0 || strings.TrimSpace(tex[:size]) == "" {
		return nil
	}
	skip(r, len(mark)+size+len(mark))
	return &formula{tex: tex[:size], display: mark == "$$"}
}

// skip advances r over n bytes of text that may go over several lines.
func skip(r text.Reader, n int) {
	for n > 0 {
		line, _ := r.PeekLine()
		if line == nil {
			return
		}
		if n < len(line) {
			r.Advance(n)
			return
		}
		n -= len(line)
		r.AdvanceLine()
	}
}

// closing finds the mark that ends a formula, or returns -1.
func closing(tex, mark string) int {
	for i := 0; i < len(tex); i++ {
		switch {
		case tex[i] == '\\':
			i++ // \$ is a dollar
		case !strings.HasPrefix(tex[i:], mark):
		case mark == "$$":
			return i
		case i == 0 || util.IsSpace(tex[i-1]):
			return -1
		case i+1 < len(tex) && util.IsNumeric(tex[i+1]):
			return -1
		default:
			return i
		}
	}
	return -1
}

// formulaBlockParser finds formulas in lines of their own.
type formulaBlockParser struct{}

// Open begins a block at "$$" or \begin{…}. A line that ends its formula and goes
// on is a text with a formula in it.
func (formulaBlockParser) Open(_ ast.Node, r text.Reader, _ parser.Context) (ast.Node, parser.State) {
	line, segment := r.PeekLine()
	indent := len(line) - len(bytes.TrimLeft(line, " "))
	n := &formulaBlock{close: "$$"}
	body := string(line[indent:])
	switch {
	case strings.HasPrefix(body, "$$"):
		indent += 2
		body = body[2:]
	case strings.HasPrefix(body, `\begin{`) && strings.Contains(body, "}"):
		name, _, _ := strings.Cut(body[len(`\begin{`):], "}")
		n.close, n.keep = `\end{`+name+`}`, true
	default:
		return nil, parser.NoChildren
	}
	segment = segment.WithStart(segment.Start + indent)
	before, after, ends := strings.Cut(body, n.close)
	switch {
	case !ends:
		n.add(segment, segment.Len())
		return n, parser.NoChildren
	case strings.TrimSpace(after) != "":
		return nil, parser.NoChildren
	}
	n.add(segment, len(before)+n.kept())
	n.close = "" // complete
	return n, parser.NoChildren
}

// kept is how much of the closing mark belongs to the formula.
func (n *formulaBlock) kept() int {
	if n.keep {
		return len(n.close)
	}
	return 0
}

// Continue takes the next line, up to the one with the closing mark.
func (formulaBlockParser) Continue(node ast.Node, r text.Reader, _ parser.Context) parser.State {
	n := node.(*formulaBlock)
	if n.close == "" {
		return parser.Close
	}
	line, segment := r.PeekLine()
	before, _, ends := strings.Cut(string(line), n.close)
	if !ends {
		n.add(segment, segment.Len())
		return parser.Continue | parser.NoChildren
	}
	n.add(segment, len(before)+n.kept())
	r.AdvanceToEOL()
	n.close = ""
	return parser.Continue | parser.NoChildren
}

// formulaRenderer writes formulas as MathML.
type formulaRenderer struct{}

// RegisterFuncs tells goldmark what to call for each kind of node.
func (formulaRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(kindFormula, func(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			n := node.(*formula)
			_, _ = w.WriteString(formulaHTML(n.tex, n.display)) // goldmark reports the writer's errors at the end
		}
		return ast.WalkSkipChildren, nil
	})
	r.Register(kindFormulaBlock, func(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			tex := string(node.Lines().Value(source))
			_, _ = w.WriteString(`<p class="formula">` + formulaHTML(tex, true) + "</p>\n")
		}
		return ast.WalkSkipChildren, nil
	})
}

// formulaHTML is a formula as MathML, or as its TeX if that is not understood.
func formulaHTML(tex string, display bool) string {
	math, err := mathml.Convert(tex, display)
	if err != nil {
		return `<code class="tex" title="` + html.EscapeString(err.Error()) + `">` + html.EscapeString(strings.TrimSpace(tex)) + "</code>"
	}
	return math
}

// latexHTML renders an output of type text/latex, which carries its dollars.
func latexHTML(latex string) string {
	tex := strings.TrimSpace(latex)
	for _, mark := range [][2]string{{"$$", "$$"}, {`\[`, `\]`}, {"$", "$"}, {`\(`, `\)`}} {
		if inner, ok := strings.CutPrefix(tex, mark[0]); ok && len(inner) >= len(mark[1]) {
			if inner, ok = strings.CutSuffix(inner, mark[1]); ok {
				return formulaHTML(inner, mark[0] == "$$" || mark[0] == `\[`)
			}
		}
	}
	return formulaHTML(tex, true)
}
