package kernel

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
)

// A written program is the same program twice: as cells, and as a file of a package
// main in which function Program<number> runs it. All names that it declares end in
// its number, so that many of them share one binary.
type written struct {
	cells  []string
	source string
}

// A generator writes one random program. What it writes compiles, ends, and does
// nothing whose order Go leaves open, so a difference in what two
// implementations print is a mistake of one of them.
type generator struct {
	r     *rand.Rand
	id    int
	names int        // how many names were given out
	scope []variable // innermost last
	floor int        // variables before it may be read but not assigned
	loops int        // loops around the statement that is being written
	label string     // the loop around it that has a label
	pure  bool       // no calls that leave a trace may be written

	cell   strings.Builder
	done   []string
	decls  strings.Builder // of the compiled program
	body   strings.Builder // of the compiled program
	shared []string        // functions that expressions may call, as in functions
}

// A variable is what an expression may mention.
type variable struct {
	name, typ string
	fixed     bool // a loop counts with it
}

// own stands for the number of the program in all names that it declares, next for
// the version of a variable that a later cell declares with another type: the
// compiled program has both, a notebook only the last.
const (
	own  = "·"
	next = "§"
)

var version = regexp.MustCompile(next + `\d+`)

// generate writes program id of a seed.
func generate(seed uint64, id int) written {
	g := &generator{r: rand.New(rand.NewPCG(seed, uint64(id))), id: id}
	g.start()
	for range 2 + g.r.IntN(3) {
		switch {
		case g.chance(45):
			g.randomFunction()
		case g.chance(25):
			g.statements(1 + g.r.IntN(4))
		default:
			g.feature(features[g.r.IntN(len(features))])
		}
		if g.chance(60) {
			g.endCell()
		}
	}
	g.finish()
	return g.written()
}

func (g *generator) written() written {
	suffix := fmt.Sprintf("p%d", g.id)
	w := written{}
	for _, c := range g.done {
		w.cells = append(w.cells, version.ReplaceAllString(strings.ReplaceAll(c, own, suffix), ""))
	}
	source := g.decls.String() + fmt.Sprintf("\nfunc Program%d() {\n%s}\n", g.id, g.body.String())
	source = strings.ReplaceAll(strings.ReplaceAll(source, own, suffix), next, "v")
	var imports strings.Builder
	for _, use := range packages {
		path, name, _ := strings.Cut(use, " ")
		base := path[strings.LastIndexByte(path, '/')+1:]
		if strings.Contains(source, base+".") {
			fmt.Fprintf(&imports, "import %q\n\nvar _ = %s.%s\n\n", path, base, name)
		}
	}
	w.source = "package main\n\n" + fileOf(imports.String(), source)
	return w
}

// packages that programs may use, with a name of each that needs no arguments.
var packages = []string{"fmt Sprint", "errors New", "strings Repeat", "strconv Itoa", "sort Ints", "sync NewCond", "math Sqrt", "slices Sort[[]int]", "maps Clone[map[int]int]", "cmp Less[int]", "context Background", "time Second", "iter Pull[int]",
	"encoding/json Marshal", "bufio NewReader", "bytes Equal", "container/heap Init", "container/list New",
	"unicode/utf8 RuneLen", "math/bits Len", "sync/atomic AddInt64", "regexp MustCompile"}

// fileOf puts the imports before the uses that keep them alive.
func fileOf(imports, source string) string {
	var first, second strings.Builder
	for line := range strings.Lines(imports) {
		if strings.HasPrefix(line, "import") {
			first.WriteString(line)
		} else {
			second.WriteString(line)
		}
	}
	return first.String() + second.String() + source
}

// chance is true in so many of a hundred cases.
func (g *generator) chance(percent int) bool { return g.r.IntN(100) < percent }

func pick[T any](g *generator, from ...T) T { return from[g.r.IntN(len(from))] }

// name is a new name, of the whole program if it ends in own.
func (g *generator) name(prefix string) string {
	g.names++
	return fmt.Sprintf("%s%d", prefix, g.names)
}

// declare writes a declaration outside of functions.
func (g *generator) declare(text string) {
	g.cell.WriteString(text + "\n")
	g.decls.WriteString(text + "\n\n")
}

// run writes statements.
func (g *generator) run(text string) {
	g.cell.WriteString(text + "\n")
	g.body.WriteString(text + "\n")
}

// endCell ends the cell, sometimes with a value that is shown.
func (g *generator) endCell() {
	if strings.TrimSpace(g.cell.String()) == "" {
		return
	}
	if g.chance(30) {
		g.pure = true
		shown := g.expr(pick(g, basic...), 1)
		g.pure = false
		g.cell.WriteString(shown + "\n")
		g.body.WriteString("fmt.Println(\"=>\", " + shown + ")\n")
	}
	g.done = append(g.done, g.cell.String())
	g.cell.Reset()
}

// start writes what all programs have: a variable of every basic type and the
// functions of the prelude.
func (g *generator) start() {
	if g.chance(50) {
		g.cell.WriteString("import \"fmt\"\n")
	}
	g.declare(prelude)
	for _, t := range basic {
		name := g.name("g") + own
		g.variable(name, t, g.literal(t))
	}
	for _, t := range composed {
		name := g.name("g") + own
		g.variable(name, t, g.value(t, 1))
	}
	g.floor = 0
	if g.chance(70) {
		g.endCell()
	}
}

// variable declares a variable of the notebook.
func (g *generator) variable(name, typ, value string) {
	if g.chance(50) {
		g.cell.WriteString(fmt.Sprintf("var %s %s = %s\n", name, typ, value))
	} else {
		g.cell.WriteString(fmt.Sprintf("%s := %s(%s)\n", name, typ, value))
	}
	g.decls.WriteString(fmt.Sprintf("var %s %s\n", name, typ))
	g.body.WriteString(fmt.Sprintf("%s = %s\n", name, value))
	g.scope = append(g.scope, variable{name: name, typ: typ})
}

// finish prints what the variables are at the end.
func (g *generator) finish() {
	for _, v := range g.scope {
		if strings.HasSuffix(v.name, own) && g.chance(50) {
			g.run(fmt.Sprintf("fmt.Printf(%q, %s, %s)", pick(g, "%v %T\n", "%#v %T\n", "%+v %T\n"), v.name, v.name))
		}
	}
	g.endCell()
}

// hole is a place in a template: {int}, {int;a,b:string}, {pick x|y}.
var hole = regexp.MustCompile(`\{(pick )?([^{}\s;][^{};]*)(;[^{}]*)?\}`)

// tilde is the end of a name that is the template's own; other tildes are Go's.
var tilde = regexp.MustCompile(`(\w)~`)

var namesType = regexp.MustCompile(`^(` + strings.Join(basic, "|") + `)$`)

// fill writes random code into the holes of a template. A ~ makes a name the
// template's own.
func (g *generator) fill(text, number string) string {
	text = hole.ReplaceAllStringFunc(text, func(h string) string {
		m := hole.FindStringSubmatch(h)
		if m[1] != "" {
			return pick(g, strings.Split(m[2], "|")...)
		}
		if t, ok := strings.CutPrefix(m[2], "lit "); ok {
			return g.literal(t)
		}
		if !namesType.MatchString(m[2]) {
			return h
		}
		outer := len(g.scope)
		defer func() { g.scope = g.scope[:outer] }()
		for _, v := range strings.Split(strings.TrimPrefix(m[3], ";"), ",") {
			name, t, ok := strings.Cut(v, ":")
			if !ok {
				t = m[2]
			}
			if name != "" {
				g.scope = append(g.scope, variable{name: name, typ: t})
			}
		}
		g.pure = true
		defer func() { g.pure = false }()
		return g.expr(m[2], 2)
	})
	return tilde.ReplaceAllString(text, "${1}"+number+own)
}

// feature writes a template. Its parts are told apart by lines "-- decl --",
// "-- run --", "-- cell --" (the cell ends here) and "-- old --" (a declaration
// that a later one replaces, and that the compiled program does not have).
func (g *generator) feature(text string) {
	number := fmt.Sprint(g.names)
	g.names++
	kind := ""
	var part strings.Builder
	flush := func() {
		filled := strings.TrimSpace(part.String())
		part.Reset()
		if filled == "" {
			return
		}
		filled = g.fill(filled, number)
		switch kind {
		case "decl":
			g.declare(filled)
		case "run":
			g.run(filled)
		case "old":
			g.cell.WriteString(filled + "\n")
		}
		if g.chance(25) {
			g.endCell()
		}
	}
	for line := range strings.Lines(text) {
		if k, ok := strings.CutPrefix(line, "-- "); ok {
			flush()
			kind, _, _ = strings.Cut(k, " ")
			if kind == "cell" {
				g.endCell()
			}
			continue
		}
		part.WriteString(line)
	}
	flush()
}
