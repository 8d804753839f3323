package kernel

import (
	"fmt"
	"slices"
	"strings"
)

// randomFunction declares a function of random statements, and calls it.
func (g *generator) randomFunction() {
	outer, floor := len(g.scope), g.floor
	g.floor = outer // it leaves the notebook's variables alone
	name := g.name("f") + own
	result := pick(g, basic...)
	var params, types []string
	for range g.r.IntN(4) {
		p, t := g.name("p"), pick(g, basic...)
		params, types = append(params, p+" "+t), append(types, t)
		g.scope = append(g.scope, variable{name: p, typ: t})
	}
	signature, ret := result, ""
	if g.chance(40) {
		ret = g.name("r")
		signature = "(" + ret + " " + result + ")"
		g.scope = append(g.scope, variable{name: ret, typ: result})
	}
	var b strings.Builder
	fmt.Fprintf(&b, "func %s(%s) %s {\n", name, strings.Join(params, ", "), signature)
	if ret != "" && g.chance(40) {
		fmt.Fprintf(&b, "defer func() { %s = %s }()\n", ret, g.expr(result, 2))
	}
	b.WriteString(g.block(2+g.r.IntN(5), 0))
	fmt.Fprintf(&b, "return %s\n}", g.expr(result, 2))
	g.scope, g.floor = g.scope[:outer], floor
	if g.chance(20) { // an older version, which nobody sees any more
		fmt.Fprintf(&g.cell, "func %s(%s) %s { panic(\"old\") }\n", name, strings.Join(params, ", "), signature)
		g.endCell()
	}
	g.declare(b.String())
	if g.chance(40) {
		g.endCell()
	}
	g.shared = append(g.shared, strings.Join(slices.Concat([]string{name}, types, []string{result}), " "))
	for range 2 {
		var args []string
		for _, t := range types {
			args = append(args, g.operand(t, 1))
		}
		g.run(fmt.Sprintf("fmt.Printf(%q, %s(%s))", pick(g, "%v\n", "%v %[1]T\n", "%#v\n"), name, strings.Join(args, ", ")))
	}
}

// statements writes statements of the notebook, in a block: what they declare ends
// with it.
func (g *generator) statements(n int) {
	block := g.block(n, 0)
	if g.chance(50) {
		block = "{\n" + block + "}"
	} else {
		block = "try" + own + "(\"try\", func() {\n" + block + "})"
	}
	g.run(block)
}

// block writes statements and forgets their variables.
func (g *generator) block(n, depth int) string {
	outer := len(g.scope)
	defer func() { g.scope = g.scope[:outer] }()
	var b strings.Builder
	for range n {
		b.WriteString(g.statement(depth) + "\n")
	}
	return b.String()
}

// statement writes one statement, or a few that belong together.
func (g *generator) statement(depth int) string {
	if depth < 3 && g.chance(50) {
		kinds := []func(int) string{g.conditional, g.counting, g.ranging, g.switching, g.labelled, g.closing, g.shadowing}
		return kinds[g.r.IntN(len(kinds))](depth)
	}
	kinds := []func() string{g.local, g.local, g.assignment, g.assignment, g.operation, g.printing, g.tuple, g.element, g.composite, g.leaving}
	return kinds[g.r.IntN(len(kinds))]()
}

// target is a variable of the type that may be assigned.
func (g *generator) target(t string) (string, bool) {
	floor := map[string]bool{}
	for _, v := range g.scope[:g.floor] {
		floor[v.name] = true
	}
	return g.some(t, func(v variable) bool { return !v.fixed && !floor[v.name] })
}

func (g *generator) local() string {
	t, v := pick(g, basic...), g.name("v")
	value := g.expr(t, 3)
	g.scope = append(g.scope, variable{name: v, typ: t})
	switch g.r.IntN(3) {
	case 0:
		return fmt.Sprintf("var %s %s = %s\n_ = %[1]s", v, t, g.literal(t))
	case 1:
		return fmt.Sprintf("var %s = %s\n_ = %[1]s", v, value)
	}
	return fmt.Sprintf("%s := %s\n_ = %[1]s", v, value)
}

func (g *generator) composite() string {
	t, v := pick(g, composed...), g.name("v")
	value := g.value(t, 1)
	if name, ok := g.some(t, whichever); ok && t[1] != ']' && t[0] == '[' && g.chance(50) {
		value = name // arrays are copied
	}
	g.scope = append(g.scope, variable{name: v, typ: t})
	return fmt.Sprintf("%s := %s\n_ = %[1]s", v, value)
}

func (g *generator) assignment() string {
	t := pick(g, basic...)
	if v, ok := g.target(t); ok {
		return fmt.Sprintf("%s = %s", v, g.operand(t, 3))
	}
	return g.printing()
}

func (g *generator) operation() string {
	t := pick(g, basic[2:]...)
	v, ok := g.target(t)
	if !ok {
		return g.printing()
	}
	if isFloat(t) {
		return fmt.Sprintf("%s %s %s", v, pick(g, "+=", "-="), g.operand(t, 2))
	}
	switch g.r.IntN(5) {
	case 0:
		return v + pick(g, "++", "--")
	case 1:
		return fmt.Sprintf("%s %s %s & 31", v, pick(g, "<<=", ">>="), g.expr(pick(g, unsigned...), 1))
	case 2:
		return fmt.Sprintf("%s %s %s", v, pick(g, "/=", "%="), g.literal(t))
	}
	return fmt.Sprintf("%s %s %s", v, pick(g, "+=", "-=", "*=", "&=", "|=", "^=", "&^="), g.operand(t, 2))
}

func (g *generator) printing() string {
	t := pick(g, slices.Concat(basic, basic, composed)...)
	if g.chance(40) {
		return fmt.Sprintf("fmt.Println(%s, %s)", g.value(t, 2), g.expr(pick(g, basic...), 2))
	}
	verb := pick(g, "%v", "%+v", "%#v", "%T", "%d", "%x", "%q", "%s", "%6.2f", "%t", "%08v", "%-8v|", "%U", "%e")
	return fmt.Sprintf("fmt.Printf(%q, %s)", verb+"\n", g.value(t, 2))
}

// tuple assigns several variables at once.
func (g *generator) tuple() string {
	t, u := pick(g, basic...), pick(g, basic...)
	a, ok := g.target(t)
	b, also := g.target(u)
	if !ok || !also || a == b {
		return g.printing()
	}
	return fmt.Sprintf("%s, %s = %s, %s", a, b, g.expr(t, 2), g.operand(u, 2))
}

// element assigns an element of an array, a slice or a map.
func (g *generator) element() string {
	t := pick(g, composed...)
	v, ok := g.target(t)
	if !ok {
		return g.printing()
	}
	element := t[strings.IndexByte(t, ']')+1:]
	switch {
	case t[0] == 'm':
		return fmt.Sprintf("%s[%s] %s %s", v, g.expr("string", 1), pick(g, "=", "+=", "-="), g.operand(element, 2))
	case t[1] == ']' && g.chance(40):
		return fmt.Sprintf("%s = append(%[1]s, %s, %s)", v, g.expr(element, 1), g.operand(element, 1))
	}
	if other, ok := g.target(element); ok && g.chance(50) {
		return fmt.Sprintf("%s, %s[%s&1] = %s, %s", other, v, g.expr("uint8", 1), g.expr(element, 1), g.expr(element, 1))
	}
	return fmt.Sprintf("%s[%s&1] = %s", v, g.expr("uint8", 1), g.operand(element, 2))
}

// leaving leaves a loop, or goes on with it, under a condition.
func (g *generator) leaving() string {
	if g.loops == 0 {
		return g.printing()
	}
	where := ""
	if g.label != "" && g.chance(50) {
		where = " " + g.label
	}
	return fmt.Sprintf("if %s { %s%s }", g.expr("bool", 2), pick(g, "break", "continue"), where)
}

func (g *generator) conditional(depth int) string {
	before := ""
	outer := len(g.scope)
	if g.chance(30) {
		t, v := pick(g, basic...), g.name("v")
		before = fmt.Sprintf("%s := %s; ", v, g.expr(t, 2))
		defer func() { g.scope = g.scope[:outer] }()
		g.scope = append(g.scope, variable{name: v, typ: t})
		before += "any(" + v + ") != nil && "
	}
	text := fmt.Sprintf("if %s%s {\n%s}", before, g.expr("bool", 3), g.block(1+g.r.IntN(3), depth+1))
	if g.chance(30) {
		text += fmt.Sprintf(" else if %s {\n%s}", g.expr("bool", 2), g.block(1, depth+1))
	}
	if g.chance(40) {
		text += fmt.Sprintf(" else {\n%s}", g.block(1, depth+1))
	}
	return text
}

// looped writes the body of a loop that counts with the variables.
func (g *generator) looped(depth int, vs ...variable) string {
	outer := len(g.scope)
	defer func() { g.scope = g.scope[:outer]; g.loops-- }()
	g.loops++
	uses := ""
	for _, v := range vs {
		v.fixed = true
		g.scope = append(g.scope, v)
		uses += "_ = " + v.name + "\n"
	}
	return uses + g.block(1+g.r.IntN(3), depth+1)
}

func (g *generator) counting(depth int) string {
	i, t := g.name("i"), pick(g, "int", "int", "uint8", "int16")
	v := variable{name: i, typ: t}
	switch g.r.IntN(3) {
	case 0:
		return fmt.Sprintf("for %s := range %s(%d) {\n%s}", i, t, 1+g.r.IntN(4), g.looped(depth, v))
	case 1:
		return fmt.Sprintf("for %s := %s(%d); %s > 0; %s-- {\n%s}", i, t, 1+g.r.IntN(4), i, i, g.looped(depth, v))
	}
	return fmt.Sprintf("for %s := %s(0); %s < %d; %s += %d {\n%s}", i, t, i, 2+g.r.IntN(4), i, 1+g.r.IntN(2), g.looped(depth, v))
}

func (g *generator) ranging(depth int) string {
	i, x := g.name("i"), g.name("x")
	over := pick(g, "[]int", "[]string", "[4]int16", "[3]float64", "[]uint8", "string", "func")
	key, element := variable{name: i, typ: "int"}, variable{name: x, typ: over[strings.IndexByte(over, ']')+1:]}
	switch over {
	case "string":
		element.typ = "int32"
		return fmt.Sprintf("for %s, %s := range %s {\n%s}", i, x, g.expr("string", 2), g.looped(depth, key, element))
	case "func":
		element.typ = "string"
		return fmt.Sprintf("for %s, %s := range func(yield func(int, string) bool) { for n := range %d { if !yield(n, %s) { return } } } {\n%s}",
			i, x, 1+g.r.IntN(3), g.expr("string", 1), g.looped(depth, key, element))
	}
	name, ok := g.some(over, whichever)
	if !ok {
		return g.counting(depth)
	}
	return fmt.Sprintf("for %s, %s := range %s {\n%s}", i, x, g.limited(name, over), g.looped(depth, key, element))
}

// limited bounds the slices that a loop could make longer and longer.
func (g *generator) limited(name, t string) string {
	if t[1] == ']' {
		return fmt.Sprintf("%s[:min(5, len(%[1]s))]", name)
	}
	return name
}

func (g *generator) switching(depth int) string {
	var b strings.Builder
	n := 2 + g.r.IntN(3)
	tagless := g.chance(40)
	if tagless {
		b.WriteString("switch {\n")
	} else {
		fmt.Fprintf(&b, "switch %s %% 4 {\n", g.expr("uint16", 2))
	}
	fallback := g.r.IntN(2 * n)
	for i := range n {
		switch {
		case i == fallback:
			b.WriteString("default:\n")
		case tagless:
			fmt.Fprintf(&b, "case %s:\n", g.expr("bool", 2))
		default:
			fmt.Fprintf(&b, "case %d, %d:\n", i, i+10)
		}
		b.WriteString(g.block(1, depth+1))
		if i < n-1 && g.chance(25) {
			b.WriteString("fallthrough\n")
		}
	}
	return b.String() + "}"
}

func (g *generator) labelled(depth int) string {
	saved := g.label
	defer func() { g.label = saved }()
	g.label = g.name("L")
	name := g.label
	g.loops++
	defer func() { g.loops-- }()
	i := g.name("i")
	inner := g.counting(depth + 1)
	return fmt.Sprintf("%s:\nfor %s := range %d {\nif %s == 7 { continue %s }\n%s\n}", name, i, 1+g.r.IntN(4), i, name, inner)
}

// closing makes closures that share a variable or have one each.
func (g *generator) closing(depth int) string {
	t, v, fs := pick(g, basic[2:]...), g.name("v"), g.name("fs")
	first := g.expr(t, 2)
	g.scope = append(g.scope, variable{name: v, typ: t})
	step := g.operand(t, 1)
	return fmt.Sprintf(`%[1]s := %[2]s
var %[3]s []func(%[4]s) %[4]s
for k := 0; k < 3; k++ { %[3]s = append(%[3]s, func(n %[4]s) %[4]s { %[1]s += %[5]s; k++; return %[1]s + n + %[4]s(k) }) }
for _, f := range %[3]s { fmt.Println(f(%[6]s)) }
_ = %[1]s`, v, first, fs, t, step, g.literal(t))
}

// shadowing declares a variable under the name of another.
func (g *generator) shadowing(depth int) string {
	t := pick(g, basic...)
	v, ok := g.some(t, func(v variable) bool { return !v.fixed })
	if !ok {
		return g.local()
	}
	outer, floor := len(g.scope), g.floor
	defer func() { g.scope = g.scope[:outer]; g.floor = floor }()
	value, u := g.expr(t, 2), t
	if !strings.HasSuffix(v, own) && g.chance(50) { // every type keeps a variable
		u = pick(g, basic...)
		value = g.expr(u, 2)
	}
	g.scope = append(g.scope, variable{name: v, typ: u})
	return fmt.Sprintf("{\n%s := %s\n_ = %s\n%s}", v, value, v, g.block(2, depth+1))
}
