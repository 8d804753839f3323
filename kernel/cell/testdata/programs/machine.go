package main

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// A lexer in the style of text/template: state functions that return state functions.
type stateFn func(*lexer) stateFn

type tokenKind int

const (
	tokNum tokenKind = iota
	tokOp
	tokParen
	tokEOF
)

var kindNames = map[tokenKind]string{tokNum: "num", tokOp: "op", tokParen: "paren", tokEOF: "eof"}

func (k tokenKind) String() string { return kindNames[k] }

type token struct {
	kind tokenKind
	text string
}

type lexer struct {
	input      string
	start, pos int
	tokens     []token
}

func (l *lexer) emit(k tokenKind) {
	l.tokens = append(l.tokens, token{k, l.input[l.start:l.pos]})
	l.start = l.pos
}

func lexAny(l *lexer) stateFn {
	for l.pos < len(l.input) {
		c := rune(l.input[l.pos])
		switch {
		case unicode.IsSpace(c):
			l.pos++
			l.start = l.pos
		case unicode.IsDigit(c):
			return lexNum
		case strings.ContainsRune("+-*/", c):
			l.pos++
			l.emit(tokOp)
		case c == '(' || c == ')':
			l.pos++
			l.emit(tokParen)
		default:
			panic(fmt.Errorf("bad rune %q at %d", c, l.pos))
		}
	}
	l.emit(tokEOF)
	return nil
}

func lexNum(l *lexer) stateFn {
	for l.pos < len(l.input) && unicode.IsDigit(rune(l.input[l.pos])) {
		l.pos++
	}
	l.emit(tokNum)
	return lexAny
}

func lex(s string) (tokens []token, err error) {
	defer func() {
		if e, ok := recover().(error); ok {
			err = e
		}
	}()
	l := &lexer{input: s}
	for state := stateFn(lexAny); state != nil; {
		state = state(l)
	}
	return l.tokens, nil
}

type expr interface{ eval(env) (float64, error) }
type env map[string]float64
type num float64
type binary struct {
	op   byte
	l, r expr
}
type parser struct {
	toks []token
	i    int
}

var errDiv = errors.New("division by zero")

func (n num) eval(env) (float64, error) { return float64(n), nil }
func (b *binary) eval(e env) (float64, error) {
	l, err := b.l.eval(e)
	if err != nil {
		return 0, err
	}
	r, err := b.r.eval(e)
	if err != nil {
		return 0, err
	}
	switch b.op {
	case '+':
		return l + r, nil
	case '-':
		return l - r, nil
	case '*':
		return l * r, nil
	case '/':
		if r == 0 {
			return 0, fmt.Errorf("eval %v/%v: %w", l, r, errDiv)
		}
		return l / r, nil
	}
	return 0, fmt.Errorf("op %c", b.op)
}

func (p *parser) next() token { t := p.toks[p.i]; p.i++; return t }
func (p *parser) peek() token { return p.toks[p.i] }
func (p *parser) expr(prec int) expr {
	t := p.next()
	var left expr
	if t.kind == tokNum {
		n := 0
		fmt.Sscan(t.text, &n)
		left = num(n)
	} else if t.text == "(" {
		left = p.expr(0)
		p.next()
	}
	for {
		op := p.peek()
		pr := map[string]int{"+": 1, "-": 1, "*": 2, "/": 2}[op.text]
		if pr <= prec {
			return left
		}
		p.next()
		left = &binary{op.text[0], left, p.expr(pr)}
	}
}

type visitor func(depth int, e expr) visitor

func walk(v visitor, d int, e expr) {
	if v = v(d, e); v == nil {
		return
	}
	if b, ok := e.(*binary); ok {
		walk(v, d+1, b.l)
		walk(v, d+1, b.r)
	}
}

type observer interface{ notify(string) }
type logger struct {
	lines []string
	next  observer
}

func (l *logger) notify(s string) {
	l.lines = append(l.lines, s)
	if l.next != nil {
		l.next.notify("+" + s)
	}
}

type subject struct {
	observers map[string]observer
	order     []string
}

func (s *subject) attach(n string, o observer) {
	if s.observers == nil {
		s.observers = make(map[string]observer)
	}
	s.observers[n] = o
	s.order = append(s.order, n)
}
func (s subject) fire(msg string) {
	for _, n := range s.order {
		s.observers[n].notify(n + ":" + msg)
	}
}

type middleware func(handler) handler
type handler func(string) string

func chain(h handler, ms ...middleware) handler {
	for i := len(ms) - 1; i >= 0; i-- {
		h = ms[i](h)
	}
	return h
}

type matrix [][]float64

func identity(n int) matrix {
	m := make(matrix, n)
	for i := range m {
		m[i] = make([]float64, n)
		m[i][i] = 1
	}
	return m
}
func (m matrix) mul(o matrix) matrix {
	r := make(matrix, len(m))
	for i := range m {
		r[i] = make([]float64, len(o[0]))
		for j := range o[0] {
			for k := range o {
				r[i][j] += m[i][k] * o[k][j]
			}
		}
	}
	return r
}

type grid [3][3]rune

func (g *grid) set(r, c int, v rune) { g[r][c] = v }
func (g grid) String() string {
	var b strings.Builder
	for _, row := range g {
		for _, c := range row {
			if c == 0 {
				c = '.'
			}
			b.WriteRune(c)
		}
		b.WriteByte('|')
	}
	return b.String()
}

func main() {
	for _, s := range []string{"1 + 2*(3-4)", "8/(2-2)", "1 $ 2"} {
		toks, err := lex(s)
		if err != nil {
			fmt.Println("error:", err)
			continue
		}
		fmt.Println(toks)
		p := &parser{toks: toks}
		e := p.expr(0)
		v, err := e.eval(env{})
		fmt.Println(v, err, errors.Is(err, errDiv))
		count := 0
		var v2 visitor
		v2 = func(d int, e expr) visitor { count += d; return v2 }
		walk(v2, 0, e)
		fmt.Printf("%d %T\n", count, e)
	}
	var s subject
	a := &logger{}
	b := &logger{next: a}
	s.attach("a", a)
	s.attach("b", b)
	s.fire("x")
	fmt.Println(a.lines, b.lines)
	wrap := func(tag string) middleware {
		return func(h handler) handler { return func(s string) string { return "<" + tag + ">" + h(s) } }
	}
	fmt.Println(chain(func(s string) string { return s + "!" }, wrap("a"), wrap("b"))("hi"))
	m := matrix{{1, 2}, {3, 4}}
	fmt.Println(m.mul(identity(2)), m.mul(m))
	var g grid
	g.set(1, 1, 'x')
	h := g
	h.set(0, 0, 'o')
	fmt.Println(g, h, g == h)
	type celsius float64
	temps := map[string]celsius{"a": 1.5}
	temps["a"] += 2
	temps["b"]++
	fmt.Println(temps, len(temps))
	memo := map[int]int{}
	var fib func(int) int
	fib = func(n int) int {
		if n < 2 {
			return n
		}
		if v, ok := memo[n]; ok {
			return v
		}
		memo[n] = fib(n-1) + fib(n-2)
		return memo[n]
	}
	fmt.Println(fib(50))
	primes := func() []int {
		ch := make(chan int)
		go func() {
			defer close(ch)
			for i := 2; i < 30; i++ {
				ch <- i
			}
		}()
		var ps []int
	next:
		for n := range ch {
			for _, p := range ps {
				if n%p == 0 {
					continue next
				}
			}
			ps = append(ps, n)
		}
		return ps
	}()
	fmt.Println(primes)
}
