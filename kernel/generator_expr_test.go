package kernel

import (
	"fmt"
	"strconv"
	"strings"
)

// prelude is declared by every program.
const prelude = `// tr· leaves a trace of when its argument was evaluated.
func tr·[T any](label string, v T) T { fmt.Print(label, ";"); return v }
func clip·(s string) string { return s[:min(len(s), 24)] }
func at·[E any](xs []E, i int) (zero E) {
	if len(xs) == 0 { return }
	return xs[uint(i)%uint(len(xs))]
}
func choose·[T any](c bool, a, b T) T { if c { return a }; return b }
func try·(label string, f func()) {
	defer func() {
		if r := recover(); r != nil { fmt.Printf("%s: %v\n", label, r) }
	}()
	f()
}`

// basic and composed are the types of variables.
var (
	signed   = []string{"int", "int8", "int16", "int32", "int64"}
	unsigned = []string{"uint", "uint8", "uint16", "uint32", "uint64"}
	floats   = []string{"float64", "float32"}
	basic    = append(append(append([]string{"string", "bool"}, signed...), unsigned...), floats...)
	composed = []string{"[]int", "[]string", "[4]int16", "map[string]int", "[3]float64", "[]uint8"}
)

func isFloat(t string) bool { return strings.HasPrefix(t, "float") }

// bits is the size of an integer type.
func bits(t string) int {
	n, err := strconv.Atoi(strings.TrimLeft(t, "uint"))
	if err != nil {
		return 64
	}
	return n
}

// literal writes a constant that the type can hold and that is not 0.
func (g *generator) literal(t string) string {
	switch {
	case t == "string":
		return strconv.Quote(pick(g, "a", "go", "", "héé", "x y", "日本", "zz\n", "%d", "Q"))
	case t == "bool":
		return pick(g, "true", "false")
	case isFloat(t):
		return pick(g, "0.5", "-1.25", "3", "1e3", "2.5e-3", "-7", "0.1")
	case strings.HasPrefix(t, "uint"):
		if g.chance(25) {
			return strconv.FormatUint(1<<bits(t)-1, 10)
		}
		return strconv.Itoa(1 + g.r.IntN(100))
	}
	switch {
	case g.chance(12):
		return strconv.FormatInt(1<<(bits(t)-1)-1, 10)
	case g.chance(12):
		return "-" + strconv.FormatUint(1<<(bits(t)-1), 10)
	case g.chance(20):
		return strconv.Itoa(-1 - g.r.IntN(100))
	}
	return strconv.Itoa(1 + g.r.IntN(100))
}

// value writes a value of a basic or composed type.
func (g *generator) value(t string, depth int) string {
	element := t[strings.IndexByte(t, ']')+1:]
	switch {
	case strings.HasPrefix(t, "map"):
		return fmt.Sprintf("%s{%q: %s, %q: %s}", t, "k", g.expr(element, depth), "l", g.expr(element, depth))
	case strings.HasPrefix(t, "[]"):
		return fmt.Sprintf("%s{%s, %s, 4: %s}", t, g.expr(element, depth), g.expr(element, depth), g.expr(element, depth))
	case strings.HasPrefix(t, "["):
		return fmt.Sprintf("%s{%s, 2: %s}", t, g.expr(element, depth), g.expr(element, depth))
	}
	return g.expr(t, depth)
}

// some is a variable of the type that any allows; every basic type has one.
func (g *generator) some(t string, allowed func(variable) bool) (string, bool) {
	var found []string
	hidden := map[string]bool{}
	for i := len(g.scope) - 1; i >= 0; i-- {
		v := g.scope[i]
		if v.typ == t && !hidden[v.name] && allowed(v) {
			found = append(found, v.name)
		}
		hidden[v.name] = true
	}
	if len(found) == 0 {
		return "", false
	}
	if g.chance(50) { // the nearest are the most interesting
		return found[0], true
	}
	return pick(g, found...), true
}

func whichever(variable) bool { return true }

// expr writes an expression of a basic type that is no constant, so that the
// compiler does not refuse what overflows. Nothing that it writes can panic.
func (g *generator) expr(t string, depth int) string {
	if depth <= 0 || g.chance(15) {
		return g.leaf(t)
	}
	switch g.r.IntN(12) {
	case 0:
		return fmt.Sprintf("choose%s(%s, %s, %s)", own, g.expr("bool", depth-1), g.expr(t, depth-1), g.expr(t, depth-1))
	case 1:
		return fmt.Sprintf("func() %s { if %s { return %s }; return %s }()", t, g.expr("bool", depth-1), g.expr(t, depth-1), g.expr(t, depth-1))
	case 2:
		if !g.pure {
			return fmt.Sprintf("tr%s(%q, %s)", own, g.name("t"), g.expr(t, depth-1))
		}
	case 3:
		if t != "bool" {
			return fmt.Sprintf("%s(%s, %s)", pick(g, "min", "max"), g.expr(t, depth-1), g.operand(t, depth-1))
		}
	case 4:
		if call, ok := g.callOf(t, depth); ok {
			return call
		}
	case 5:
		return fmt.Sprintf("*new(%s)", g.expr(t, depth-1))
	case 6:
		return fmt.Sprintf("[]%s{%s, %s}[%d]", t, g.operand(t, depth-1), g.expr(t, depth-1), g.r.IntN(2))
	case 7:
		return fmt.Sprintf("any(%s).(%s)", g.expr(t, depth-1), t)
	}
	switch {
	case t == "bool":
		return g.condition(depth)
	case t == "string":
		return g.text(depth)
	case isFloat(t):
		return g.real(t, depth)
	}
	return g.integer(t, depth)
}

// operand writes a constant or an expression.
func (g *generator) operand(t string, depth int) string {
	if g.chance(30) {
		return g.literal(t)
	}
	return g.expr(t, depth)
}

// leaf writes a variable, or a part of one.
func (g *generator) leaf(t string) string {
	for _, c := range composed {
		if !strings.HasSuffix(c, "]"+t) || !g.chance(40) {
			continue
		}
		name, ok := g.some(c, whichever)
		if !ok {
			continue
		}
		switch {
		case strings.HasPrefix(c, "map"):
			return name + pick(g, `["k"]`, `["none"]`)
		case strings.HasPrefix(c, "[]"):
			return fmt.Sprintf("at%s(%s, %d)", own, name, g.r.IntN(9))
		}
		return fmt.Sprintf("%s[%d]", name, g.r.IntN(3))
	}
	if t == "int" && g.chance(15) { // the length of an array would be a constant
		if name, ok := g.some(pick(g, "string", "[]int", "map[string]int"), whichever); ok {
			return "len(" + name + ")"
		}
	}
	name, _ := g.some(t, whichever)
	return name
}

// callOf writes a call of a function of the program.
func (g *generator) callOf(t string, depth int) (string, bool) {
	var found []string
	for _, f := range g.shared {
		if strings.HasSuffix(f, " "+t) {
			found = append(found, f)
		}
	}
	if len(found) == 0 || g.pure || g.loops > 1 {
		return "", false
	}
	parts := strings.Fields(pick(g, found...))
	var args []string
	for _, p := range parts[1 : len(parts)-1] {
		args = append(args, g.operand(p, depth-1))
	}
	return parts[0] + "(" + strings.Join(args, ", ") + ")", true
}

func (g *generator) integer(t string, depth int) string {
	x := g.expr(t, depth-1)
	switch g.r.IntN(8) {
	case 0:
		return fmt.Sprintf("(%s %s (%s | 1))", x, pick(g, "/", "%"), g.expr(t, depth-1))
	case 1:
		return fmt.Sprintf("(%s %s %s)", x, pick(g, "/", "%"), g.literal(t))
	case 2:
		return fmt.Sprintf("(%s %s (%s & 15))", x, pick(g, "<<", ">>"), g.expr(pick(g, unsigned...), depth-1))
	case 3:
		return fmt.Sprintf("%s(%s)", t, g.expr(pick(g, append(signed, unsigned...)...), depth-1))
	case 4:
		return fmt.Sprintf("(%s%s)", pick(g, "-", "^", "+"), x)
	case 5:
		return fmt.Sprintf("(%s %s %d)", x, pick(g, "<<", ">>"), g.r.IntN(70))
	}
	return fmt.Sprintf("(%s %s %s)", x, pick(g, "+", "-", "*", "&", "|", "^", "&^"), g.operand(t, depth-1))
}

// real keeps to positive zeros: a negative one that is handed to a function of cells
// loses its sign, since the interpreter does not copy arguments that package reflect
// takes for zero.
func (g *generator) real(t string, depth int) string {
	x, y := g.expr(t, depth-1), g.operand(t, depth-1)
	switch g.r.IntN(6) {
	case 0:
		return fmt.Sprintf("(%s(%s) + 0)", t, g.expr(pick(g, append(append(signed, unsigned...), floats...)...), depth-1))
	case 1: // the conversion keeps other machines from fusing it with an addition
		return fmt.Sprintf("(%s(%s * %s) + 0)", t, x, y)
	case 2:
		return fmt.Sprintf("(-%s + 0)", x)
	case 3:
		return fmt.Sprintf("(%s / %s + 0)", x, y)
	}
	return fmt.Sprintf("(%s %s %s)", x, pick(g, "+", "-"), y)
}

func (g *generator) text(depth int) string {
	x := g.expr("string", depth-1)
	switch g.r.IntN(8) {
	case 0:
		return fmt.Sprintf("fmt.Sprint(%s, %s)", x, g.expr(pick(g, basic...), depth-1))
	case 1:
		t := pick(g, append(append([]string{}, signed...), unsigned...)...)
		return fmt.Sprintf("fmt.Sprintf(%q, %s, %s)", pick(g, "%d|%q", "%x|%s", "%4d|%-3q", "%08b|%x", "%T|%T", "%+v|%#v", "%c|%v"), g.expr(t, depth-1), x)
	case 2:
		return "strings.ToUpper(" + x + ")"
	case 3:
		return fmt.Sprintf("string(rune('a' + %s %% 26))", g.expr("uint8", depth-1))
	case 4:
		return "strconv.Itoa(" + g.expr("int", depth-1) + ")"
	case 5:
		return "string([]byte(" + x + "))"
	}
	return fmt.Sprintf("clip%s(%s + %s)", own, x, g.operand("string", depth-1))
}

func (g *generator) condition(depth int) string {
	switch g.r.IntN(6) {
	case 0:
		return fmt.Sprintf("(%s %s %s)", g.expr("bool", depth-1), pick(g, "&&", "||"), g.expr("bool", depth-1))
	case 1:
		return "!" + g.expr("bool", depth-1)
	case 2:
		return fmt.Sprintf("(any(%s) %s any(%s))", g.expr(pick(g, basic...), depth-1), pick(g, "==", "!="), g.expr(pick(g, basic...), depth-1))
	}
	t := pick(g, basic[2:]...)
	if g.chance(15) {
		t = "string"
	}
	return fmt.Sprintf("(%s %s %s)", g.expr(t, depth-1), pick(g, "<", "<=", "==", "!=", ">", ">="), g.operand(t, depth-1))
}
