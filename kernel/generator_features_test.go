package kernel

import "slices"

// features are templates with holes for random expressions, each a thing that a
// notebook holds; see [generator.feature] and [generator.fill].
var features = slices.Concat(typeFeatures, cellFeatures, controlFeatures, genericFeatures, libraryFeatures)

// typeFeatures are about types: methods, embedding, interfaces, identity, printing.
var typeFeatures = []string{
	`-- decl --
type point~ struct { X, Y int }
func (p point~) Sum() int { return p.X + p.Y {pick + |- |* }{int} }
func (p *point~) Move(dx int) *point~ { p.X += dx; return p }
func (p point~) String() string { return fmt.Sprintf("<%d %d>", p.X, p.Y) }
-- run --
{
	p := point~{{int}, {int}}
	q := p
	q.Move({int}).Move(1)
	f, g, h := p.Sum, point~.Sum, (*point~).Move
	h(&p, {int})
	fmt.Println(p, q, &q, f(), g(q), p == q, []point~{p}, map[string]*point~{"p": &q})
	fmt.Printf("%v %+v %d %T %s\n", p, p, p, &p, q)
}
`,
	`-- decl --
type base~ struct { ID int; tags []string }
func (b base~) Describe() string { return fmt.Sprint("base ", b.ID, b.tags) }
func (b *base~) Tag(t string) { b.tags = append(b.tags, t) }
type middle~ struct { base~; Name string }
type outer~ struct { *middle~; Extra {pick int8|float32|string|bool} }
func (o outer~) Describe() string { return "outer of " + o.middle~.Describe() }
-- run --
{
	o := outer~{middle~: &middle~{base~{{int}, nil}, {string}}}
	o.Tag({string}); o.middle~.Tag("b"); o.base~.Tag({string})
	o.ID++
	var d interface{ Describe() string } = o
	fmt.Println(d.Describe(), o.Name, len(o.tags), o.base~.Describe())
	d = o.base~
	fmt.Println(d.Describe())
	fmt.Printf("%v %+v %T\n", *o.middle~, o.base~, d)
}
`,
	`-- decl --
type shape~ interface { Area() float64 }
type named~ interface { shape~; fmt.Stringer }
type square~ float64
func (s square~) Area() float64 { return float64(s) * float64(s) }
func (s square~) String() string { return fmt.Sprintf("square(%g)", float64(s)) }
type circle~ struct { R float64 }
func (c *circle~) Area() float64 { return 3 * c.R * c.R }
func about~(x any) string {
	switch v := x.(type) {
	case nil: return "nil"
	case named~: return "named " + v.String()
	case shape~: return fmt.Sprintf("shape %.2f", v.Area())
	case error: return "error " + v.Error()
	case int, int8: return fmt.Sprintf("small %v", v)
	case []int: return fmt.Sprint("ints ", len(v))
	case func() int: return fmt.Sprint("func ", v())
	}
	return fmt.Sprintf("other %T", x)
}
-- run --
{
	var none shape~
	for _, x := range []any{square~({float64}), &circle~{{float64}}, circle~{1}, {int}, {int8}, {string}, nil, none, errors.New({string}), []int{1}, func() int { return {int} }} {
		fmt.Println(about~(x))
	}
	_, ok := any(square~(1)).(named~)
	_, also := any(circle~{}).(shape~)
	fmt.Println(ok, also)
}
`,
	`-- decl --
type meters~ {pick int|float64|int8}
type feet~ {pick int|float64|int8}
-- run --
{
	var a, b any = meters~({lit int8}), feet~({lit int8})
	fmt.Println(a == b, a == any(meters~({lit int8})), a != nil, any({int}) == any({int8}))
	m := map[any]string{a: "m", b: "f", 1: "int", int8(1): "int8", "x": {string}, [2]int{1, 2}: "array", struct{ A int }{1}: "struct"}
	fmt.Println(len(m), m[meters~({lit int8})], m[1], m[int8(1)], m[[2]int{1, 2}], m[struct{ A int }{1}])
	fmt.Printf("%v %T %v %T\n", a, a, b, b)
}
`,
	`-- decl --
type fault~ struct { Code int }
func (f *fault~) Error() string { return fmt.Sprint("fault ", f.Code) }
type soft~ string
func (s soft~) Error() string { return "soft " + string(s) }
func (s soft~) Is(target error) bool { return target == errBase~ }
var errBase~ = errors.New("base")
func fails~(n int) error {
	switch n & 3 {
	case 0: return nil
	case 1: return &fault~{n}
	case 2: return fmt.Errorf("wrapped %d: %w", n, soft~("s"))
	}
	return errors.Join(errBase~, &fault~{n})
}
-- run --
for i := range 6 {
	err := fails~(i {pick +|^} {int})
	var f *fault~
	var s soft~
	fmt.Println(err, errors.As(err, &f), errors.As(err, &s), errors.Is(err, errBase~), err == nil)
	if g, ok := errors.AsType[*fault~](err); ok { fmt.Println(g.Code, g == f) }
	fmt.Printf("%v %T\n", err, err)
}
`,
	`-- decl --
type nothing~ struct{ n int }
func (n *nothing~) Error() string { if n == nil { return "nil nothing" }; return "nothing" }
func typed~(yes bool) error {
	var n *nothing~
	if yes { n = &nothing~{1} }
	return n
}
func plain~() error { return nil }
-- run --
fmt.Println(typed~({bool}) == nil, plain~() == nil, typed~(false), typed~(true))
`,
	`-- decl --
type level~ int
const (
	low~ level~ = iota {pick +|*} {lit uint8}
	mid~
	_
	high~
	mask~ = 1 << iota
)
func (l level~) String() string { return [...]string{"a", "b", "c"}[uint(l)%3] }
type pair~ struct { L level~; M map[level~]string; P *level~ }
-- run --
{
	l := high~
	p := pair~{low~, map[level~]string{mid~: "m", low~: "l"}, &l}
	fmt.Println(low~, mid~, high~, mask~, p.L, p.M, *p.P, []level~{low~, 7}, [2]level~{})
	fmt.Printf("%d %v %s %x %T %q\n", high~, high~, mid~, low~, l, mid~)
	fmt.Printf("%+v %v\n", struct{ L level~ }{mid~}, struct{ l level~ }{mid~})
}
`,
	`-- decl --
type tree~ struct { left, right *tree~; v int }
func (t *tree~) insert(v int) *tree~ {
	if t == nil { return &tree~{v: v} }
	if v < t.v { t.left = t.left.insert(v) } else { t.right = t.right.insert(v) }
	return t
}
func (t *tree~) walk(f func(int)) { if t != nil { t.left.walk(f); f(t.v); t.right.walk(f) } }
func (t *tree~) depth() int { if t == nil { return 0 }; return 1 + max(t.left.depth(), t.right.depth()) }
-- run --
{
	var t *tree~
	for _, v := range []int{{int}, {int}, 3, {int}, -1, {int}} { t = t.insert(v) }
	sum := 0
	t.walk(func(v int) { sum = sum*3 + v; fmt.Print(v, " ") })
	fmt.Println(sum, t.depth())
}
`,
	`-- decl --
type node~ struct { next *node~; value {pick string|int16|float32} }
type list~ struct { head *node~; n int }
func (l *list~) push(v any) { l.head = &node~{next: l.head}; l.n++; fmt.Sscan(fmt.Sprint(v), &l.head.value) }
func (l list~) all() func(yield func(int, *node~) bool) {
	return func(yield func(int, *node~) bool) {
		i := 0
		for n := l.head; n != nil; n = n.next { if !yield(i, n) { return }; i++ }
	}
}
-- run --
{
	var l list~
	for i := range 4 { l.push(i*3 {pick +|-} 1) }
	for i, n := range l.all() {
		if i == {pick 2|3|9} { break }
		fmt.Println(i, n.value)
	}
	fmt.Println(l.n)
}
`,
	`-- decl --
type handler~ func(int) int
func (h handler~) then(g handler~) handler~ { return func(n int) int { return g(h(n)) } }
type op~ struct { name string; f handler~ }
-- run --
{
	ops := []op~{{"double", func(n int) int { return 2 * n }}, {"add", func(n int) int { return n + {int} }}}
	h := ops[0].f.then(ops[1].f).then(func(n int) int { return n {pick *|-|^} 3 })
	for _, o := range ops { fmt.Println(o.name, o.f({int}), o.f != nil) }
	fmt.Println(h({int}), handler~(nil) == nil)
	fmt.Printf("%T\n", h)
}
`,
	`-- decl --
type celsius~ float64
type temps~ []celsius~
func (t temps~) Len() int { return len(t) }
func (t temps~) Less(i, j int) bool { return t[i] {pick <|>} t[j] }
func (t temps~) Swap(i, j int) { t[i], t[j] = t[j], t[i] }
func (c celsius~) Format(f fmt.State, verb rune) { fmt.Fprintf(f, "[%c %.1f]", verb, float64(c)) }
-- run --
{
	t := temps~{3.5, -1, {lit float64}, 0.25}
	sort.Sort(t)
	fmt.Println(t, t[0])
	sort.Sort(sort.Reverse(t))
	fmt.Printf("%v %d %T\n", t, t[0], t)
}
`,
	`-- decl --
type money~ struct { Units int64; Cents int8 }
func (m money~) GoString() string { return fmt.Sprintf("money(%d.%02d)", m.Units, m.Cents) }
type wallet~ struct { Owner string; Has []money~; by map[string]money~ }
-- run --
{
	w := wallet~{{string}, []money~{{{int64}, 5}}, map[string]money~{"k": {1, {int8}}}}
	fmt.Printf("%v %+v\n%#v\n", w, w, w.Has)
	v := w
	v.Has[0].Units++
	v.Owner += "!"
	fmt.Println(w, v, w.Has[0] == v.Has[0])
}
`,
	`-- run --
{
	a := struct { X int; Y string }{{int}, {string}}
	b := struct { X int; Y string }{a.X, a.Y}
	type local~ struct { X int; Y string }
	c := local~(a)
	fmt.Println(a == b, c == local~(b), c)
	fmt.Printf("%v %+v %#v %T %T\n", a, b, a, a, c)
	list := []struct{ N {pick int8|uint16}; S []string }{{1, nil}, {N: 2, S: []string{{string}}}}
	for i := range list { list[i].N += 3; list[i].S = append(list[i].S, "x") }
	fmt.Println(list)
}
`,
	`-- decl --
type grid~ [2][3]int
func (g grid~) with(i, j, v int) grid~ { g[i&1][uint(j)%3] = v; return g }
func (g *grid~) set(i, j, v int) { g[i&1][uint(j)%3] = v }
-- run --
{
	var g grid~
	h := g.with(1, {int}, {int})
	g.set(0, {int}, 7)
	rows := h[:]
	rows[0][1] = {int}
	k := h
	k[1] = [3]int{1, 2, 3}
	fmt.Println(g, h, k, g == h, len(rows), cap(rows))
}
`,
}

// cellFeatures are about what cells do to each other.
var cellFeatures = []string{
	`-- old --
func step~(x int) int { return x + 1 }
-- cell --
-- decl --
func call~(x int) int { return step~(x) * 2 }
-- cell --
-- decl --
func step~(x int) int { return x {pick -|*|^} {int;x:int} }
-- run --
fmt.Println(call~({int}), step~({int}))
`,
	`-- old --
type thing~ struct { A int }
func (t thing~) Get() int { return t.A }
-- cell --
-- decl --
type thing~ struct { A int; B string }
-- decl --
func (t thing~) Get() string { return fmt.Sprint(t.A, t.B) }
-- cell --
-- decl --
func (t *thing~) Set(b string) { t.B = b }
-- run --
{
	v := thing~{A: {int}}
	v.Set({string})
	fmt.Println(v.Get(), v)
}
`,
	`-- run --
a~§1 := {int}
fmt.Println(a~§1)
-- cell --
-- run --
a~§2 := {string} + "s"
fmt.Println(a~§2, len(a~§2))
-- cell --
-- run --
a~§3 := []float64{1, {float64}}
a~§3[0] += 2
fmt.Println(a~§3)
`,
	`-- old --
const limit~ = 3
-- decl --
func capped~(n int) int { return min(n, limit~) }
-- cell --
-- decl --
const limit~ = {lit int16}
-- run --
fmt.Println(capped~({int}), limit~)
`,
	`-- decl --
func even~(n uint8) bool { if n == 0 { return true }; return odd~(n - 1) }
func odd~(n uint8) bool { if n == 0 { return false }; return even~(n - 1) }
type ping~ struct { p *pong~; n int }
type pong~ struct { q []ping~ }
-- run --
fmt.Println(even~({uint8}), odd~({uint8}), ping~{n: {int}}.p == nil, len(pong~{[]ping~{{}, {}}}.q))
`,
	`-- decl --
var counter~ int
func bump~(by int) int { counter~ += by; return counter~ }
-- cell --
-- run --
fmt.Println(bump~({int}), bump~(2), counter~)
counter~ = {int}
-- cell --
-- run --
fmt.Println(bump~(1) {pick +|-} counter~)
`,
	`-- decl --
type stack~ []int
-- cell --
-- decl --
func (s *stack~) Push(v int) { *s = append(*s, v) }
-- cell --
-- decl --
func (s *stack~) Pop() (v int, ok bool) {
	if len(*s) == 0 { return }
	v, *s = (*s)[len(*s)-1], (*s)[:len(*s)-1]
	return v, true
}
-- run --
{
	var s stack~
	s.Push({int}); s.Push({int})
	for range 3 { fmt.Println(s.Pop()) }
	fmt.Println(s, s == nil, len(s))
}
`,
	`-- old --
type speaker~ interface { Speak() string }
-- decl --
type dog~ struct { name string }
func (d dog~) Speak() string { return d.name + " barks" }
func (d dog~) Loud() bool { return {bool} }
-- cell --
-- decl --
type speaker~ interface { Speak() string; Loud() bool }
func hear~(s speaker~) string { return fmt.Sprint(s.Speak(), s.Loud()) }
-- run --
fmt.Println(hear~(dog~{{string}}), hear~(&dog~{"b"}))
`,
}

// controlFeatures are about the flow of control.
var controlFeatures = []string{
	`-- decl --
func up~(s string, n int) string { return "up" + s + fmt.Sprint(n {pick + |- |* }{int}) }
func down~(s string, n int) string { return "down" + s }
func same~[T any](x T) T { return x }
func chosen~(n int) func(string, int) string {
	f := up~
	switch { case n == 1: f = down~; case n == 2: return down~; case n == 3: var g = same~[func(string, int) string]; f = g(f) }
	return f
}
-- run --
{
	type holder struct { f func(string, int) string }
	h := holder{up~}
	m := map[string]func(string, int) string{"a": up~}
	m["b"], h.f = h.f, down~
	list := append([]func(string, int) string{down~, up~}, chosen~({int}), m["b"], h.f)
	list[0], list[1] = list[1], list[0]
	for i, f := range list { fmt.Println(f("s", i), chosen~(i)({string}, {int})) }
}
`,
	`-- decl --
func hides~(n int) (v int, err error) {
	defer func() { if {pick err != nil|v > 3} { err = fmt.Errorf("%d: %w", v, cmp.Or(err, errors.ErrUnsupported)); v-- } }()
	if v, err := strconv.Atoi(strings.Repeat("1", n)); err != nil {
		return v - 1, err
	} else if v > {int} {
		v, n := v + 1, "n"
		return v + len(n), nil
	}
	for v := range 5 { if v == n { return v, errors.New("loop") } }
	switch err := any(n).(type) { case int: v := err * {int}; return v, nil }
	return
}
-- run --
for i := range 4 {
	v, err := hides~(i)
	fmt.Println(v, err)
}
`,
	`-- decl --
func guarded~(n int, list []int, m map[string]int, p *[3]int, x any) (result string) {
	defer func() {
		if r := recover(); r != nil {
			_, runtime := r.(interface{ RuntimeError() })
			result = fmt.Sprint("recovered ", r, " ", runtime)
		}
	}()
	switch n & 7 {
	case 0: return fmt.Sprint(100 / (n & 8))
	case 1: return fmt.Sprint(list[n])
	case 2: m["x"] = n
	case 3: return fmt.Sprint(p[1])
	case 4: return x.(string)
	case 5: return fmt.Sprint(list[n:])
	case 6: panic(fmt.Errorf("mine %d", n))
	}
	panic([]string{"custom"})
}
-- run --
for i := range 8 { fmt.Println(guarded~(i, []int{{int}}, nil, nil, {pick 5|2.5|nil|"s"})) }
`,
	`-- decl --
func order~() (out []string) {
	add := func(s string) { out = append(out, s) }
	defer add("first")
	for i := range 3 { defer func() { add(fmt.Sprint("loop ", i)) }() }
	defer func() {
		r := recover()
		add(fmt.Sprint("got ", r))
		defer func() { add(fmt.Sprint("again ", recover())) }()
		panic("second")
	}()
	if {bool} { panic("one") }
	add("end")
	return out
}
-- run --
fmt.Println(order~())
`,
	`-- run --
{
	n := 0
again~:
	n++
	if n < {pick 2|3|5} { goto again~ }
	fmt.Println(n)
outer~:
	for i := 0; ; i++ {
		for j := range 5 {
			switch {
			case j == i%4 && {bool;i:int,j:int}: continue outer~
			case i > 3: break outer~
			case j == 3: break
			default: n += i*j
			}
		}
	}
	fmt.Println(n)
}
`,
	`-- run --
{
	var fs []func() int
	for i := 0; i < 3; i++ { fs = append(fs, func() int { i += 10; return i }) }
	for i, x := range []int{{int}, {int}} { fs = append(fs, func() int { return i*100 + x }) }
	for k := range 2 { defer func() { fmt.Print("") }(); fs = append(fs, func() int { k--; return k }) }
	for _, f := range fs { fmt.Print(f(), " ", f(), ";") }
	fmt.Println()
}
`,
	`-- decl --
func gen~(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		defer fmt.Print("done;")
		for i := range n { if !yield(i * i) { fmt.Print("stopped;"); return } }
	}
}
func first~(n int) (found int) {
	for x := range gen~(n) { if x > 3 { return x }; found -= x }
	return found
}
-- run --
{
	for x := range gen~({pick 2|5}) {
		if x == {pick 1|4|9} { continue }
		if x > 9 { break }
		fmt.Print(x, " ")
	}
	fmt.Println(first~(2), first~(5), slices.Collect(gen~(3)))
	next, stop := iter.Pull(gen~(4))
	a, ok := next()
	b, _ := next()
	stop()
	_, more := next()
	fmt.Println(a, ok, b, more)
}
`,
	`-- run --
{
	ch, done := make(chan int, {pick 0|1|4}), make(chan string)
	go func() {
		defer close(ch)
		for i := range 4 { ch <- i*{lit int16} }
	}()
	go func() {
		sum := 0
		for v := range ch { sum += v }
		done <- fmt.Sprint("sum ", sum)
	}()
	fmt.Println(<-done)
	v, ok := <-ch
	fmt.Println(v, ok)
	select {
	case x, open := <-ch: fmt.Println("closed", x, open)
	case s := <-done: fmt.Println(s)
	}
	select {
	case s := <-done: fmt.Println(s)
	default: fmt.Println("nothing")
	}
}
`,
	`-- decl --
type safe~ struct { mu sync.Mutex; m map[string]int }
func (s *safe~) add(k string, n int) { s.mu.Lock(); defer s.mu.Unlock(); s.m[k] += n }
-- run --
{
	s := &safe~{m: map[string]int{}}
	var wg sync.WaitGroup
	for i := range 5 {
		wg.Add(1)
		go func() { defer wg.Done(); s.add([]string{"a", "b"}[i%2], i+{lit int8}) }()
	}
	for range 3 { wg.Go(func() { s.add("c", 1) }) }
	wg.Wait()
	var once sync.Once
	for range 2 { once.Do(func() { fmt.Print("once;") }) }
	fmt.Println(s.m)
}
`,
	`-- run --
{
	ctx, cancel := context.WithCancel(context.WithValue(context.Background(), "k", {int}))
	out := make(chan string)
	go func() { <-ctx.Done(); out <- fmt.Sprint(ctx.Err(), ctx.Value("k"), ctx.Value("none")) }()
	cancel()
	fmt.Println(<-out, context.Cause(ctx) == context.Canceled)
}
`,
	`-- decl --
func sum~(first int, rest ...int) (total int) { for _, r := range rest { total += r }; return total + first }
func show~(format string, xs ...any) string { return fmt.Sprintf(format, xs...) + fmt.Sprint(len(xs), xs == nil) }
-- run --
{
	list := []int{{int}, {int}, 3}
	fmt.Println(sum~(1), sum~({int}, 2), sum~(1, list...), sum~(2, list[1:]...))
	fmt.Println(show~("a"), show~("%v %v", {int}, {string}), show~("%d %d", []any{1, {int8}}...))
}
`,
	`-- decl --
func swap~(a, b any) (x, y any) { defer func() { x, y = y, x }(); return a, b }
func multi~() (n int, s string, err error) {
	if n, err := strconv.Atoi({pick "12"|"x"|""}); err == nil { return n, "inner", nil }
	_, err = strconv.ParseBool("maybe")
	return {int}, "outer", err
}
-- run --
{
	fmt.Println(swap~({int}, {string}))
	n, s, err := multi~()
	fmt.Println(n, s, err)
	i, list := 0, []int{1, 2, 3}
	i, list[i] = 2, {int}
	list[0], list[1], list[2] = list[2], list[0], list[1]
	fmt.Println(i, list)
}
`,
}
