package kernel

// genericFeatures are about type parameters.
var genericFeatures = []string{
	`-- decl --
type number~ interface { ~int | ~int8 | ~float64 | ~string }
type id~ {pick int|int8|float64|string}
func total~[T number~](xs ...T) (t T) { for _, x := range xs { t += x }; return t }
func keys~[M ~map[K]V, K cmp.Ordered, V any](m M) []K { return slices.Sorted(maps.Keys(m)) }
func apply~[T, U any](xs []T, f func(T) U) []U {
	out := make([]U, 0, len(xs))
	for _, x := range xs { out = append(out, f(x)) }
	return out
}
-- run --
{
	var a, b id~
	fmt.Println(total~({int}, 2), total~({string}, "z"), total~(a, b) == a, total~[float64]())
	fmt.Println(keys~(map[string]int{"b": 1, "a": {int}}), apply~([]int{1, {int}}, func(n int) string { return fmt.Sprint(n, "!") }))
	fmt.Println(apply~([]string{{string}, "b"}, strings.ToUpper))
}
`,
	`-- decl --
type stack~[T any] struct { items []T }
func (s *stack~[T]) Push(x ...T) *stack~[T] { s.items = append(s.items, x...); return s }
func (s *stack~[T]) Pop() (x T, ok bool) {
	if len(s.items) == 0 { return x, false }
	x = s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return x, true
}
func (s stack~[T]) All() func(func(int, T) bool) { return slices.All(s.items) }
type pair~[K comparable, V any] struct { Key K; Value V }
func pairOf~[K comparable, V any](k K, v V) pair~[K, V] { return pair~[K, V]{k, v} }
func (p pair~[K, V]) String() string { return fmt.Sprintf("%v=%v", p.Key, p.Value) }
-- run --
{
	var s stack~[{pick int|any}]
	s.Push({int}, 2).Push(3)
	for i, x := range s.All() { fmt.Print(i, ":", x, " ") }
	fmt.Println(s.Pop())
	p := stack~[pair~[string, int]]{}
	p.Push(pairOf~({string}, {int}), pair~[string, int]{"b", 2})
	fmt.Println(p.items, pairOf~(1, []string{"x"}))
	fmt.Printf("%T %v %+v\n", p, p, s)
}
`,
	`-- decl --
type tree~[T cmp.Ordered] struct { l, r *tree~[T]; v T }
func (t *tree~[T]) add(v T) *tree~[T] {
	if t == nil { return &tree~[T]{v: v} }
	if cmp.Less(v, t.v) { t.l = t.l.add(v) } else { t.r = t.r.add(v) }
	return t
}
func (t *tree~[T]) all(yield func(T) bool) bool {
	return t == nil || t.l.all(yield) && yield(t.v) && t.r.all(yield)
}
-- run --
{
	var t *tree~[{pick int|int}]
	for _, v := range []int{{int}, 3, {int}, -3} { t = t.add(v) }
	t.all(func(v int) bool { fmt.Print(v, " "); return v {pick <|!=} {int} })
	var u *tree~[string]
	for _, w := range strings.Fields("the quick brown fox " + {string}) { u = u.add(w) }
	u.all(func(w string) bool { fmt.Print(w, " "); return true })
	fmt.Println()
}
`,
	`-- decl --
type set~[T comparable] map[T]struct{}
func setOf~[T comparable](xs ...T) set~[T] { s := set~[T]{}; for _, x := range xs { s[x] = struct{}{} }; return s }
func (s set~[T]) Has(x T) bool { _, ok := s[x]; return ok }
func union~[S ~map[T]struct{}, T comparable](a, b S) S { c := maps.Clone(a); maps.Copy(c, b); return c }
type ints~ = set~[int]
-- run --
{
	s, t := setOf~({int}, 2), ints~{3: {}}
	u := union~(s, t)
	fmt.Println(len(u), u.Has(3), u.Has({int}), setOf~("a").Has({string}))
	fmt.Printf("%T %v\n", t, t)
}
`,
	`-- decl --
type shower~ interface { Show() string }
type cat~ struct { n {pick int|int8|uint16} }
func (c cat~) Show() string { return fmt.Sprint("cat", c.n) }
type ptrTo~[T any] interface { *T; Reset() }
func (c *cat~) Reset() { c.n = 9 }
func showAll~[T shower~](xs []T) (out []string) { for _, x := range xs { out = append(out, x.Show()) }; return }
func fresh~[T any, P ptrTo~[T]]() T { var t T; P(&t).Reset(); return t }
func kind~[T any](x T) string {
	switch any(x).(type) { case int: return "int"; case string: return "string"; case shower~: return "shower" }
	return fmt.Sprintf("%T", x)
}
-- run --
fmt.Println(showAll~([]cat~{{1}, {2}}), fresh~[cat~](), kind~({int}), kind~({string}), kind~(cat~{}), kind~([]cat~{}), kind~(shower~(cat~{3})))
`,
	`-- decl --
func memo~[K comparable, V any](f func(K) V) func(K) V {
	seen := map[K]V{}
	return func(k K) V {
		if v, ok := seen[k]; ok { return v }
		v := f(k)
		seen[k] = v
		return v
	}
}
func fold~[T, A any](xs iter.Seq[T], a A, f func(A, T) A) A { for x := range xs { a = f(a, x) }; return a }
-- run --
{
	calls := 0
	var fib func(int) int
	fib = memo~(func(n int) int { calls++; if n < 2 { return n }; return fib(n-1) + fib(n-2) })
	fmt.Println(fib({pick 10|20|30}), calls)
	fmt.Println(fold~(slices.Values([]int{1, {int}, 3}), {string}, func(a string, x int) string { return a + fmt.Sprint(x) }))
}
`,
}

// libraryFeatures are about the standard library and about numbers.
var libraryFeatures = []string{
	`-- decl --
type person~ struct {
	Name string            ` + "`json:\"name\"`" + `
	Age  int               ` + "`json:\"age,omitempty\"`" + `
	Tags []string          ` + "`json:\"tags\"`" + `
	More map[string]any    ` + "`json:\"more,omitempty\"`" + `
	Boss *person~          ` + "`json:\"boss,omitempty\"`" + `
	note string
}
-- run --
{
	p := person~{Name: {string}, Age: {pick 0|30}, Tags: strings.Fields("{pick  |a|a b}"), Boss: &person~{Name: "B", note: "n"}}
	b, err := json.Marshal(p)
	fmt.Println(string(b), err)
	var q person~
	err = json.Unmarshal([]byte(` + "`{\"name\": \"x\", \"age\": 7, \"more\": {\"k\": [1, null, \"z\"]}, \"boss\": {\"name\": \"y\", \"tags\": []}}`" + `), &q)
	fmt.Println(q.Name, q.Age, q.Tags == nil, q.More, q.Boss.Name, len(q.Boss.Tags), err)
	b, _ = json.MarshalIndent([]any{q.Age, {string}, map[string]float64{"b": 2, "a": {lit float64}}}, "", " ")
	fmt.Println(string(b))
}
`,
	`-- decl --
type colour~ uint8
func (c colour~) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "colour-%d", uint8(c)), nil }
func (c *colour~) UnmarshalText(b []byte) error { _, err := fmt.Sscanf(string(b), "colour-%d", (*uint8)(c)); return err }
type date~ struct { Y, M int }
func (d date~) MarshalJSON() ([]byte, error) { return json.Marshal(fmt.Sprintf("%04d-%02d", d.Y, d.M)) }
func (d *date~) UnmarshalJSON(b []byte) error { _, err := fmt.Sscanf(string(b), "\"%d-%d\"", &d.Y, &d.M); return err }
type event~ struct { At date~; In *colour~; By map[colour~]int }
-- run --
{
	c := colour~({uint8})
	b, err := json.Marshal(event~{date~{2026, {pick 1|12}}, &c, map[colour~]int{3: 1}})
	fmt.Println(string(b), err)
	var e event~
	err = json.Unmarshal(b, &e)
	fmt.Println(e.At, *e.In == c, e.By, err)
	fmt.Println(json.Unmarshal([]byte("{\"At\": 5}"), &e), e.At.Y)
}
`,
	`-- run --
{
	people := []struct { Name string; Age int }{{"Ann", {int}}, {{string}, 30}, {"Cy", 30}, {"Di", {int}}}
	sort.SliceStable(people, func(i, j int) bool { return people[i].Age {pick <|>} people[j].Age })
	fmt.Println(people)
	slices.SortFunc(people, func(a, b struct { Name string; Age int }) int { return cmp.Or(cmp.Compare(a.Age, b.Age), strings.Compare(a.Name, b.Name)) })
	i, found := slices.BinarySearchFunc(people, 30, func(p struct { Name string; Age int }, n int) int { return p.Age - n })
	fmt.Println(people, i >= 0, found)
	xs := []int{{int}, 3, {int}, 1}
	slices.Sort(xs)
	fmt.Println(xs, slices.Max(xs), slices.Contains(xs, 3), slices.Index(xs, {int}))
}
`,
	`-- decl --
type jobs~ []struct { p int; name string }
func (j jobs~) Len() int { return len(j) }
func (j jobs~) Less(a, b int) bool { return j[a].p < j[b].p }
func (j jobs~) Swap(a, b int) { j[a], j[b] = j[b], j[a] }
func (j *jobs~) Push(x any) { *j = append(*j, x.(struct { p int; name string })) }
func (j *jobs~) Pop() any { old := *j; x := old[len(old)-1]; *j = old[:len(old)-1]; return x }
-- run --
{
	h := &jobs~{{5, "e"}, {{int}, "x"}, {1, {string}}}
	heap.Init(h)
	heap.Push(h, struct { p int; name string }{{int}, "new"})
	for h.Len() > 0 { fmt.Print(heap.Pop(h), " ") }
	l := list.New()
	for i := range 3 { l.PushFront(i + {lit int8}) }
	for e := l.Front(); e != nil; e = e.Next() { fmt.Print(e.Value.(int), " ") }
	fmt.Println(l.Len())
}
`,
	`-- run --
{
	s := {string} + "héllo, 世界\xff"
	for i, r := range s { fmt.Print(i, ":", string(r), " ") }
	for i, b := range []byte(s[:min(len(s), 5)]) { fmt.Print(i, b, " ") }
	r := []rune(s)
	fmt.Println(len(s), len(r), string(r[len(r)-2:]), utf8.ValidString(s), strings.ToTitle("go"), s[0] == 'h')
	fmt.Printf("%q %x %+q %s %v %U\n", s, s, s, []string{s}, []byte(s)[:2], r[0])
	var b strings.Builder
	for f := range strings.SplitSeq({string}+" b c", " ") { fmt.Fprintf(&b, "[%s]", f) }
	fmt.Println(b.String(), b.Len(), strings.Fields(" x  y "), strings.Map(func(r rune) rune { return r + 1 }, "abc"))
}
`,
	`-- run --
{
	s := make([]int, 2, 10)
	t := append(s, {int})
	u := append(s, {int})
	v := s[1:3:4]
	v[0] = {int}
	w := append(v, 7, 8)
	w[0] = -1
	fmt.Println(s, t, u, v, w, len(w), cap(v), cap(s[5:]), cap(s[:0:3]))
	copy(s, []int{9, {int}, 3})
	a := [5]int{0, 1, 2, 3, 4}
	b, c := a, a[1:4]
	c[0], b[2] = {int}, {int}
	clear(c[1:])
	p := (*[2]int)(c)
	p[1]++
	fmt.Println(s, a, b, c, [3]int(a[:3]), *p)
	var none []int
	fmt.Println(none == nil, len(none), append(none, none...) == nil, none[:0] == nil, append([]int{}, none...) == nil)
}
`,
	`-- run --
{
	a, b := {int8}, {uint8}
	c, d := {int16}, {uint32}
	e, f := {int64}, {uint64}
	fmt.Println(a+127, b-200, -a, ^b, a*a, b*b, c<<3, c>>1, d<<31, d>>{pick 1|40}, e<<63, f>>(b&63))
	fmt.Println(int8(c), uint8(e), int32(f), uint16(a), uint64(a), int64(d), float32(e), uint8(b<<1))
	fmt.Println(a/3, a%3, b/7, b%7, c/-5, c%-5, e/-1, a&^3, d^d>>1, bits.OnesCount64(f), bits.Len32(d))
	x, y := {float32}, {float64}
	fmt.Println(x/3+0, y/3+0, float32(y)+0, float64(x)+0, x*1e10+0, math.Sqrt(y*y), math.Floor(y)+0, math.Inf(1), -math.MaxFloat64, math.NaN() == math.NaN())
}
`,
	`-- run --
{
	z := complex({pick 1|2.5}, {lit float64})
	w := complex64(z * (2 - 3i))
	fmt.Println(z, real(z), imag(w), z == complex(real(z), imag(z)), z*z, w/2)
	fmt.Printf("%v %.2f %T %T\n", z, z, z, w)
}
`,
	`-- run --
{
	d := time.Duration({int32}) * time.{pick Millisecond|Second|Microsecond|Hour}
	fmt.Println(d, d.Seconds() == float64(d)/1e9, 90*time.Second, time.Duration(0), d.Round(time.Second), d > time.Minute)
	t := time.Date(2026, time.{pick January|March|December}, {pick 1|29|31}, 23, 59, 58, 0, time.UTC).Add({pick 2|3600|86400} * time.Second)
	fmt.Println(t.Format(time.RFC3339), t.Weekday(), t.YearDay(), t.Month(), t)
	fmt.Printf("%v %d %s %T\n", d, d, time.Second, d)
}
`,
	`-- run --
{
	var n int; var s string; var f float64
	k, err := fmt.Sscanf("12 abc 2.5", "%d %s %f", &n, &s, &f)
	fmt.Println(n, s, f, k, err)
	k, err = fmt.Sscan({pick "7 x"|"y 1"|""}, &n, &s)
	fmt.Println(n, s, k, err)
	sc := bufio.NewScanner(strings.NewReader("one two\nthree\n" + {string}))
	sc.Split(bufio.{pick ScanWords|ScanLines|ScanRunes})
	for sc.Scan() { fmt.Print(sc.Text(), "|") }
	fmt.Println(sc.Err())
	n, err = strconv.Atoi({pick "x1"|"12"|"99999999999999999999"})
	fmt.Println(n, err, strconv.Quote({string}), strconv.FormatInt({int64}, {pick 2|16|36}))
}
`,
	`-- run --
{
	m := map[[2]int]string{{1, 2}: "a", {3, {int}}: {string}}
	m[[2]int{1, 2}] += "b"
	v, ok := m[[2]int{9, 9}]
	fmt.Println(len(m), m[[2]int{1, 2}], v == "", ok)
	type key~ struct { a string; b bool }
	c := map[key~][]int{}
	for i := range 4 { k := key~{"k", i%2 == 0}; c[k] = append(c[k], i*{lit int8}) }
	delete(c, key~{"none", true})
	fmt.Println(c[key~{"k", true}], c[key~{"k", false}], len(c))
	nested := map[string]map[string]int{"a": {"x": 1}}
	nested["a"]["y"]++
	fmt.Println(nested, nested["q"]["z"])
	for _, k := range slices.Sorted(maps.Keys(nested["a"])) { fmt.Print(k, " ") }
	clear(nested)
	fmt.Println(len(nested))
}
`,
	`-- run --
{
	xs := []any{{int}, {string}, {float64}, nil, []int{1}, map[string]int{"a": 1}, struct { A int; B string }{1, "x"}, &struct{ N int }{2}, [2]bool{true}, errors.New("e"), 'x', 1 + 2i, uint8(3), []byte("hi"), time.Second}
	for _, x := range xs { fmt.Printf("{pick %v|%+v|%T|%#v} ", x) }
	fmt.Printf("\n%5d|%-5d|%05d|%x|%X|%o|%b|%c|%+d\n", 42, 42, 42, 255, 255, 8, 5, 'é', 7)
	fmt.Printf("%8.3f|%-8.2f|%e|%g|%q|%10s|%-10s|%.2s|%t|%p\n", 3.14159, 2.5, 12345.678, 1e21, "q", "r", "l", "cut", true, nil)
	fmt.Printf("%d %s %!|%z %d\n", "str", 5, 1)
	fmt.Printf("%[2]d %[1]d %*d %v\n", 1, 2, 6, 3, []any{nil, 1.0, "s"})
	fmt.Println(fmt.Sprint("a", 1, 2, "b", "c", 3.0, nil), fmt.Sprintln("x", 1))
}
`,
	`-- decl --
type logger~ struct { strings.Builder; n int }
func (l *logger~) Write(p []byte) (int, error) { l.n += len(p); return l.Builder.Write(bytes.ToUpper(p)) }
type rot~ struct { r *strings.Reader }
func (r rot~) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	for i := range p[:n] { p[i] ^= {pick 1|2|4} }
	return n, err
}
-- run --
{
	var l logger~
	fmt.Fprintf(&l, "%d-%s ", {int}, {string})
	b, err := bufio.NewReader(rot~{strings.NewReader("hello\nworld")}).ReadString('\n')
	fmt.Fprint(&l, b)
	fmt.Printf("%q %d %v\n", l.String(), l.n, err)
}
`,
	`-- run --
{
	re := regexp.MustCompile("(?P<k>[a-z]+)=(\\d+)")
	s := "a=1 bb=22 " + {string} + " c=3"
	fmt.Println(re.FindAllString(s, -1), re.FindStringSubmatch(s), re.SubexpNames(), re.MatchString({string}))
	fmt.Println(re.ReplaceAllStringFunc(s, func(m string) string { return strings.ToUpper(m) + "!" }), re.ReplaceAllString(s, "$2:$k"))
}
`,
	`-- run --
{
	evens := func(yield func(int) bool) { for i := 0; i < 8; i += 2 { if !yield(i + {lit int8}) { return } } }
	var seq iter.Seq[int] = evens
	fmt.Println(slices.Collect(seq), slices.Sorted(maps.Values(map[string]int{"a": {int}, "b": 2})))
	for i, c := range slices.Backward([]string{"x", {string}}) { fmt.Print(i, c, " ") }
	for c := range slices.Chunk([]int{1, 2, 3, {int}, 5}, 2) { fmt.Print(c, len(c), " ") }
	m := maps.Collect(slices.All([]string{"p", "q"}))
	fmt.Println(m, slices.Repeat([]int{1}, 3), slices.Compact([]int{1, 1, 2, 1}), slices.IndexFunc([]int{4, 5}, func(n int) bool { return n > {pick 4|9} }))
}
`,
	`-- run --
{
	var n atomic.Int64
	var p atomic.Pointer[string]
	var wg sync.WaitGroup
	for i := range 4 { wg.Go(func() { n.Add(int64(i) * {lit int8}) }) }
	wg.Wait()
	s := {string}
	p.Store(&s)
	f := sync.OnceValue(func() int { fmt.Print("computed;"); return {int} })
	var pool sync.Map
	pool.Store("k", 1)
	v, ok := pool.LoadOrStore("k", 2)
	fmt.Println(n.Load(), *p.Load() == s, f(), f(), v, ok)
}
`,
	`-- run --
{
	p := new({pick int|[]string|float32})
	q, r := new({int}), new("text" + {string})
	*q {pick +=|-=|^=} 3
	fmt.Println(*p, *q, *r, min(1, {int}, 3), max("a", {string}), min(2.5, {float64}), q == new(*q))
	pp := &q
	**pp = {int}
	fmt.Println(*q, *pp == q)
}
`,
}
