package mathml

import (
	"fmt"
	"strings"
)

// A grid is what stands between \begin and \end: rows of cells.
type grid [][]string

// rows parses cells separated by & and rows separated by \\, up to a token at
// which stop says so, which it leaves there.
func (p *parser) rows(stop func(token) bool) (grid, error) {
	g := grid{nil}
	for {
		cell, err := p.row(func(t token) bool { return t == "&" || t == `\\` || stop(t) })
		if err != nil {
			return nil, err
		}
		g[len(g)-1] = append(g[len(g)-1], cell)
		if stop(p.peek()) {
			break
		}
		if p.next() == `\\` {
			g = append(g, nil)
		}
	}
	if last := g[len(g)-1]; len(g) > 1 && len(last) == 1 && last[0] == "" {
		g = g[:len(g)-1] // a \\ after the last row
	}
	return g, nil
}

// single reports whether g is one cell, and so no table.
func (g grid) single() bool { return len(g) == 1 && len(g[0]) == 1 }

// only is the first cell.
func (g grid) only() string { return g[0][0] }

// A layout says how the columns of a table are set.
type layout struct {
	open, close string // brackets around it
	align       string // of each column in turn, as in "rl"; the last one goes on
	gap         string // between columns, in CSS
	display     bool   // cells are formulas of their own line
	cycle       bool   // align starts again instead
}

// aligned is a column of equations: right of the sign, left of the sign.
var aligned = layout{align: "rl", gap: "0", display: true, cycle: true}

// layouts are the environments. A starred one numbers nothing; nor do we.
var layouts = map[string]layout{
	"matrix":  {align: "c", gap: "0.4em"},
	"pmatrix": {open: "(", close: ")", align: "c", gap: "0.4em"},
	"bmatrix": {open: "[", close: "]", align: "c", gap: "0.4em"},
	"Bmatrix": {open: "{", close: "}", align: "c", gap: "0.4em"},
	"vmatrix": {open: "|", close: "|", align: "c", gap: "0.4em"},
	"cases":   {open: "{", align: "l", gap: "0.5em"},
	"array":   {align: "c", gap: "0.4em"},
	"aligned": aligned, "align": aligned, "split": aligned, "eqnarray": {align: "rcl", gap: "0.1em", display: true, cycle: true},
	"gather": {align: "c", display: true}, "gathered": {align: "c", display: true}, "equation": {align: "c", display: true},
}

// environment parses \begin{name} … \end{name}.
func environment(p *parser) (node, error) {
	full, err := p.text()
	if err != nil {
		return node{}, err
	}
	l, ok := layouts[strings.TrimSuffix(full, "*")]
	if !ok {
		return node{}, fmt.Errorf("the environment %q is not known", full)
	}
	if full == "array" {
		columns, err := p.text()
		if err != nil {
			return node{}, err
		}
		l.align = strings.Map(func(r rune) rune {
			if strings.ContainsRune("lcr", r) {
				return r
			}
			return -1 // rules between columns
		}, columns) + "c"
	}
	g, err := p.rows(func(t token) bool { return t == `\end` })
	if err != nil {
		return node{}, err
	}
	p.at++
	if name, err := p.text(); err != nil || name != full {
		return node{}, fmt.Errorf(`\begin{%s} is closed by \end{%s}`, full, name)
	}
	return l.node(g), nil
}

// node is the table with its brackets.
func (l layout) node(g grid) node {
	table := node{xml: g.table(l)}
	parts := []node{}
	if l.open != "" {
		parts = append(parts, mo(l.open, `fence="true" form="prefix" stretchy="true"`))
	}
	parts = append(parts, table)
	if l.close != "" {
		parts = append(parts, mo(l.close, `fence="true" form="postfix" stretchy="true"`))
	}
	return element("mrow", parts...)
}

var cssAlign = map[byte]string{'l': "left", 'c': "center", 'r': "right"}

// table writes the grid. MathML Core leaves alignment and gaps to CSS.
func (g grid) table(l layout) string {
	var b strings.Builder
	b.WriteString("<mtable")
	if l.display {
		b.WriteString(` displaystyle="true"`)
	}
	b.WriteString(">")
	for _, row := range g {
		b.WriteString("<mtr>")
		for i, cell := range row {
			side := ";padding-left:0;padding-right:0"
			if i > 0 && l.gap != "0" && l.gap != "" {
				side = ";padding-left:" + l.gap + ";padding-right:0"
			}
			b.WriteString(`<mtd style="text-align:` + cssAlign[l.column(i)] + side + `">` + cell + "</mtd>")
		}
		b.WriteString("</mtr>")
	}
	b.WriteString("</mtable>")
	return b.String()
}

// column is the alignment of the i-th column.
func (l layout) column(i int) byte {
	if l.cycle {
		return l.align[i%len(l.align)]
	}
	return l.align[min(i, len(l.align)-1)]
}
