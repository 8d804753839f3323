package display

import (
	"errors"
	"fmt"
	"html"
	"strings"

	"gradbook/display/canvas"
	"gradbook/graph"
)

// A Listing shows what the engine runs for some nodes, instruction by instruction.
type Listing struct {
	nodes []*graph.Node
	feed  graph.Feed
}

// Program returns the instructions that compute the nodes: which operations are fused
// into one loop, what is computed once for several nodes, and how much memory a run takes.
// With gradients it shows what a step of training computes:
//
//	display.Program(loss, graph.Gradients(loss, w, b)...)
//
// [graph.Line] says how to read an instruction.
func Program(node *graph.Node, more ...*graph.Node) *Listing {
	nodes := append([]*graph.Node{node}, more...)
	for _, n := range nodes {
		if n == nil {
			fail("Program", "a node is nil, want one to compute")
		}
	}
	return &Listing{nodes: nodes}
}

// Feed gives placeholders values, of which only the shapes matter. Those that were made
// with a shape need none.
func (p *Listing) Feed(feed graph.Feed) *Listing {
	p.feed = feed
	return p
}

// mostLines is how many are shown.
const mostLines = 400

func (p *Listing) bundle() Bundle {
	l, err := graph.Program(p.feed, p.nodes...)
	if err != nil {
		return Text(p.problem(err))
	}
	left := max(0, len(l.Lines)-mostLines)
	l.Lines = l.Lines[:len(l.Lines)-left]
	if left > 0 {
		l.Lines = append(l.Lines, graph.Line{Text: fmt.Sprintf("… and %d more lines", left)})
	}
	b := Text(p.title() + "\n" + l.String())
	b.Data[textHTML] = p.html(l)
	return b
}

// problem says what to do when shapes are missing.
func (p *Listing) problem(err error) string {
	s := "display: Program: " + strings.TrimPrefix(strings.TrimPrefix(err.Error(), "graph: "), "Program: ")
	if e := (*graph.Error)(nil); p.feed == nil && errors.As(err, &e) && e.Operation == "Program" {
		s += "\n(write display.Program(…).Feed(graph.Feed{…}))"
	}
	return s
}

// title names what is computed.
func (p *Listing) title() string {
	s := "what computes " + clipped(title(p.nodes[0]), 70)
	if n := len(p.nodes) - 1; n > 0 {
		s += fmt.Sprintf(" and %d more", n)
	}
	return s
}

// listingStyle has the colours of figures. A browser that does not know light-dark takes
// the light ones, on a light card.
var listingStyle = func() string {
	color := func(property string, r canvas.Role) string {
		light, dark := r.CSS()
		return fmt.Sprintf("%s:%s;%[1]s:light-dark(%[2]s,%[3]s)", property, light, dark)
	}
	return `<style>.gradbook-program{overflow-x:auto;padding:12px 16px;border-radius:10px;border:1px solid;font-size:13px;line-height:1.5;` +
		color("background", canvas.Ground) + ";" + color("color", canvas.Ink) + ";" + color("border-color", canvas.Frame) + `}` +
		`.gradbook-program p{margin:0 0 6px;font-weight:700}` +
		`.gradbook-program .computes{` + color("color", canvas.Value) + `}` +
		`.gradbook-program .summary,.gradbook-program .part,.gradbook-program .number{font-weight:400;` + color("color", canvas.Mute) + `}` +
		`.gradbook-program table{border-collapse:collapse;margin:0;font-size:inherit;color:inherit;border:0}` +
		`.gradbook-program tr{background:none!important;border:0}` + // JupyterLab stripes its tables, and aligns them to the right
		`.gradbook-program td{padding:1px 18px 1px 0;text-align:left!important;white-space:pre;border:0;max-width:none}` +
		`.gradbook-program .number{text-align:right!important}` +
		`.gradbook-program .code{font-family:ui-monospace,Menlo,Consolas,"Liberation Mono",monospace}` +
		`.gradbook-program .inside .code{padding-left:14px;border-left:3px solid;` + color("border-color", canvas.OperationLine) + `}</style>`
}()

// html is a table with a line for each instruction.
func (p *Listing) html(l *graph.Listing) string {
	var b strings.Builder
	b.WriteString(figureStyle + listingStyle)
	fmt.Fprintf(&b, `<div class="gradbook-figure gradbook-program" tabindex="0" role="group" aria-label="%s"><p>%[1]s <span class="summary">%s</span></p><table>`,
		html.EscapeString(p.title()), html.EscapeString(l.Summary()))
	number := 0
	for _, line := range l.Lines {
		class, at, computes := "", "", "computes"
		if line.Depth > 0 {
			class = ` class="inside"`
		}
		if line.Part != nil {
			computes += " part"
		}
		if (line.Part != nil || line.Nodes != nil) && !line.Output {
			number++
			at = fmt.Sprint(number)
		}
		shape := ""
		if len(line.Shape) > 0 {
			shape = fmt.Sprint(line.Shape)
		}
		fmt.Fprintf(&b, `<tr%s><td class="number">%s</td><td class="code">%s</td><td class="%s">%s</td><td class="part">%s</td></tr>`,
			class, at, html.EscapeString(line.Text), computes, html.EscapeString(line.Computes()), shape)
	}
	b.WriteString(`</table></div>`)
	return b.String()
}
