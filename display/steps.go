package display

import (
	"encoding/base64"
	"fmt"
	"html"
	"strings"

	"gradbook/display/canvas"
	"gradbook/display/diagram"
	"gradbook/graph"
)

// Steps is a diagram that computes before one's eyes: forward value by value, and back
// gradient by gradient, as fast or slow as the reader likes. It needs no kernel: an
// exported page keeps its controls, and paper shows the end.
type Steps struct {
	pictures []canvas.Picture
}

// mostSteps keeps the page small; nobody would click through more.
const mostSteps = 80

// Steps returns the computation of the node and of its gradients, one step at a time.
// The feed may be left out when Values or Gradients was given it.
func (d *Diagram) Steps(feed ...graph.Feed) *Steps {
	d.takeFeed("Steps", feed)
	d.fed, d.gradients, d.target = true, true, -1
	d.compute("Steps")
	frames := d.frames()
	if len(frames) > mostSteps {
		fail("Steps", "the graph of %q takes %d steps, want %d at most", d.model.root().Label(), len(frames), mostSteps)
	}
	if len(d.model.groups()) > 0 {
		d.Expand() // each node has its step
	}
	out := d.drawing()
	out.Subtitle, out.Roomy = "step by step", true
	return &Steps{pictures: out.Frames(frames)}
}

// frames are the steps: the graph, what is given, each operation, and back from the
// last to the first.
func (d *Diagram) frames() (frames []diagram.Frame) {
	m := d.model
	n := len(m.nodes)
	values, gradients := make([]bool, n+1), make([]bool, n+1) // with the pill
	add := func(now int, back bool, caption ...canvas.Span) {
		frames = append(frames, diagram.Frame{
			Values: append([]bool{}, values...), Gradients: append([]bool{}, gradients...),
			Now: now, Back: back, Caption: caption,
		})
	}
	blue := func(s string) canvas.Span { return canvas.Span{Text: s, Color: canvas.Value} }
	add(-1, false, blue("the graph, before anything is computed"))
	for i, in := range m.inputs {
		values[i] = len(in) == 0
	}
	add(-1, false, blue("given:  "+d.given()))
	for i, in := range m.inputs {
		if len(in) > 0 {
			values[i] = true
			values[n] = i == n-1
			add(i, false, blue("forward:  "+d.forward(i)))
		}
	}
	for i := n - 1; i >= 0; i-- {
		if kindOf(m.nodes[i]) != diagram.Constant {
			gradients[i] = true
			add(i, true, canvas.Span{Text: "backward:  "}, canvas.Span{Text: d.backward(i)})
		}
	}
	return frames
}

// given lists the values that nothing is computed from.
func (d *Diagram) given() string {
	var parts []string
	for i, n := range d.model.nodes {
		if len(d.model.inputs[i]) == 0 && kindOf(n) != diagram.Constant {
			parts = append(parts, n.Label()+" = "+brief(d.model.values[i]))
		}
	}
	return strings.Join(parts, ", ")
}

// forward says how an operation's value comes about.
func (d *Diagram) forward(i int) string {
	n := d.model.nodes[i]
	formula := n.Formula(d.known(i)...)
	if name := n.Name(); name != "" && name != formula {
		formula = name + " = " + formula
	}
	return clipped(formula, 60) + " = " + brief(d.model.values[i])
}

// known are the nodes that a formula refers to by name.
func (d *Diagram) known(but int) (named []*graph.Node) {
	for i, n := range d.model.nodes {
		if n.Name() != "" && i != but {
			named = append(named, n)
		}
	}
	return named
}

// spoken is what to call a node in a derivative: its name or, in brackets, what it is.
func (d *Diagram) spoken(i int) string {
	n := d.model.nodes[i]
	if n.Name() != "" || len(d.model.inputs[i]) == 0 {
		return n.Label()
	}
	return "(" + clipped(n.Formula(d.known(i)...), 30) + ")"
}

// backward says how a gradient comes about: over each use, the gradient of the user
// times its local derivative, and of all uses the sum.
func (d *Diagram) backward(i int) string {
	m := d.model
	label := "∂" + m.called() + "/∂" + d.spoken(i)
	result := brief(m.gradients[i])
	if i == len(m.nodes)-1 {
		return label + " = " + result + ", where the way back begins"
	}
	var terms []string
	for u := range m.nodes {
		for k, in := range m.inputs[u] {
			if in == i {
				terms = append(terms, bracketed(brief(m.gradients[u]))+" · "+d.factor(u, k))
			}
		}
	}
	return clipped(label+" = "+strings.Join(terms, " + "), 90) + " = " + result
}

// script moves the radio buttons, which work without it as well. Where motion is not
// wanted, playing shows the end at once.
const script = `const r=[...this.form.elements.step],go=i=>{r[Math.max(0,Math.min(r.length-1,i))].checked=true},at=()=>r.findIndex(e=>e.checked),f=this.form;clearInterval(f.timer);`

// stepsStyle shows the picture whose button is chosen.
func stepsStyle(n int) string {
	var b strings.Builder
	b.WriteString(`<style>.gradbook-steps{margin:0}.gradbook-steps span{display:inline!important}.gradbook-steps button,.gradbook-steps input{display:inline-block!important}.gradbook-steps img{display:none;max-width:100%;height:auto}` +
		`.gradbook-steps input{margin:2px 1px;accent-color:#b3400a}.gradbook-steps button{font:inherit;min-width:2.4em;margin-right:4px}`)
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, `.gradbook-steps input:nth-of-type(%d):checked~span:nth-of-type(%d) img{display:block}`, i, i)
	}
	b.WriteString(`@media (prefers-reduced-motion:no-preference){.gradbook-steps img{animation:gradbook-fade .25s}}@keyframes gradbook-fade{from{opacity:.6}}` +
		`@media print{.gradbook-steps img{animation:none}.gradbook-steps button,.gradbook-steps input{display:none!important}` +
		`.gradbook-steps span img{display:none!important}.gradbook-steps span:last-of-type img{display:block!important}}</style>`)
	return b.String()
}

// unstyled hides an element where the style that shows it is taken away, as of a notebook
// that is not trusted: there the end alone is seen, and nothing to press that does nothing.
const unstyled = ` hidden="hidden"` // with a value, since JupyterLab takes away one without

// HTML is a form of radio buttons, one for each step: the arrow keys move between
// them, and each says to a screen reader what its step is.
func (s *Steps) HTML() string {
	var b strings.Builder
	last := s.pictures[len(s.pictures)-1]
	b.WriteString(figureStyle + stepsStyle(len(s.pictures)))
	b.WriteString(`<form class="gradbook-steps" role="group" aria-label="the computation, step by step" onsubmit="return false">`)
	for _, c := range []struct{ label, mark, call string }{
		{"previous step", "◀", "go(at()-1)"},
		{"next step", "▶", "go(at()+1)"},
		{"play", "play", `if(matchMedia('(prefers-reduced-motion: reduce)').matches)go(r.length);else{if(at()==r.length-1)go(0);f.timer=setInterval(()=>{go(at()+1);if(at()==r.length-1||!f.isConnected)clearInterval(f.timer)},1100)}`},
	} {
		fmt.Fprintf(&b, `<button type="button"%s aria-label="%s" onclick="%s%s">%s</button>`, unstyled, c.label, html.EscapeString(script), html.EscapeString(c.call), c.mark)
	}
	for i, p := range s.pictures {
		checked := ""
		if i == 0 {
			checked = " checked"
		}
		name := html.EscapeString(p.Name)
		fmt.Fprintf(&b, `<input type="radio" name="step" aria-label="%s" title="%s"%s%s>`, name, name, unstyled, checked)
	}
	for i, p := range s.pictures {
		hide := unstyled
		if i == len(s.pictures)-1 {
			hide = ""
		}
		source := "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(p.SVG())
		fmt.Fprintf(&b, `<span class="gradbook-figure"%s><img src="%s" width="%d" height="%d" alt="%s"></span>`,
			hide, source, int(last.Width), int(last.Height), html.EscapeString(p.Name))
	}
	b.WriteString("</form>")
	return b.String()
}

// bundle has the end as its PNG, for what does not trust the HTML.
func (s *Steps) bundle() Bundle {
	b := figureBundle(s.pictures[len(s.pictures)-1], s.text())
	b.Data[textHTML] = s.HTML()
	return b
}

// text is a line for each step.
func (s *Steps) text() string {
	lines := make([]string, len(s.pictures))
	for i, p := range s.pictures {
		lines[i] = p.Name
	}
	return strings.Join(lines, "\n")
}
