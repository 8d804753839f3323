package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sort"
	"strings"
	"time"
)

var a = b + 1
var b = f()

func f() int { return 41 }

var (
	table = map[string]func(float64) float64{"dbl": double, "neg": func(x float64) float64 { return -x }}
	order = []string{"dbl", "neg"}
)

func double(x float64) float64 { return 2 * x }

func init() { fmt.Println("init1", a, b) }
func init() { fmt.Println("init2") }

type Animal interface {
	Sound() string
}
type Named interface {
	Animal
	Name() string
}
type Dog struct{ name string }

func (d Dog) Sound() string { return "woof" }
func (d Dog) Name() string  { return d.name }

type Loud struct {
	Animal
	times int
}

func (l Loud) Sound() string { return strings.Repeat(l.Animal.Sound()+"!", l.times) }

type Alias = Dog
type Meters float64
type Km Meters

func (k Km) Meters() Meters { return Meters(k) * 1000 }

type Matrix [2][2]int

type Temp struct{ C float64 }

func (t *Temp) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	_, err := fmt.Sscanf(s, "%fC", &t.C)
	return err
}

type Base struct {
	ID   int    `json:"id"`
	Kind string `json:"kind,omitempty"`
}
type Ext struct {
	Base
	Extra []string `json:"extra"`
	When  time.Duration
}

type bitset uint64

func (b *bitset) set(i uint)     { *b |= 1 << i }
func (b bitset) has(i uint) bool { return b&(1<<i) != 0 }

type Visitor interface{ Visit(n int) (w Visitor) }
type printer struct{ depth int }

func (p printer) Visit(n int) Visitor {
	fmt.Print(strings.Repeat(" ", p.depth), n, ";")
	if n > 2 {
		return nil
	}
	return printer{p.depth + 1}
}
func walk(v Visitor, n int) {
	if v = v.Visit(n); v == nil {
		return
	}
	walk(v, n+1)
}

type errNotFound struct{ what string }

func (e *errNotFound) Error() string   { return e.what + " not found" }
func (e *errNotFound) Is(t error) bool { return t == errBase }

var errBase = fmt.Errorf("base")

func find(s string) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("find(%q): %w", s, err)
		}
	}()
	if s == "" {
		return &errNotFound{"empty"}
	}
	return nil
}

type Stack []int

func (s *Stack) Push(v int) { *s = append(*s, v) }
func (s *Stack) Pop() (v int) {
	v, *s = (*s)[len(*s)-1], (*s)[:len(*s)-1]
	return
}

type event struct {
	at   time.Duration
	name string
	fn   func() error
}
type byTime []event

func (b byTime) Len() int           { return len(b) }
func (b byTime) Less(i, j int) bool { return b[i].at < b[j].at }
func (b byTime) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

type writerFunc func([]byte) (int, error)

func (w writerFunc) Write(p []byte) (int, error) { return w(p) }

type option func(*config)
type config struct {
	host string
	port int
	tags map[string][]string
}

func withPort(p int) option { return func(c *config) { c.port = p } }

const (
	_  = iota
	KB = 1 << (10 * iota)
	MB
)

type weekday uint8

const (
	mon weekday = iota + 1
	tue
)

func (d weekday) next() weekday { return d%2 + 1 }

func main() {
	for _, k := range order {
		fmt.Print(table[k](3), " ")
	}
	fmt.Println(KB, MB, mon, tue.next())
	var n Named = Dog{"rex"}
	var an Animal = n
	fmt.Println(an.Sound(), n.Name(), Loud{n, 2}.Sound(), Alias{"x"}.Name())
	if nn, ok := an.(Named); ok {
		fmt.Println("named", nn.Name())
	}
	fmt.Println(Km(2).Meters(), float64(Km(1)))
	m := Matrix{{1, 2}, {3, 4}}
	m2 := m
	m2[0][0] = 9
	pm := &m
	pm[1][1] = 7
	fmt.Println(m, m2, m == m2, len(m))
	for i, row := range m {
		for j := range row {
			row[j]++
			m[i][j] += row[j]
		}
	}
	fmt.Println(m)
	var t struct {
		Now  Temp
		List []Temp
		M    map[string]*Temp
	}
	err := json.Unmarshal([]byte(`{"Now":"21.5C","List":["1C","2C"],"M":{"a":"3C"}}`), &t)
	fmt.Println(t.Now.C, t.List, len(t.M), err)
	if t.M["a"] != nil {
		fmt.Println(t.M["a"].C)
	}
	e := Ext{Base{1, "k"}, []string{"q"}, time.Second}
	bs, _ := json.Marshal(e)
	fmt.Println(string(bs), e.ID)
	var e2 Ext
	fmt.Println(json.Unmarshal(bs, &e2), e2.ID, e2.Kind, e2.Extra, e2.When)
	var bset bitset
	bset.set(3)
	fmt.Println(bset.has(3), bset.has(4), bset)
	walk(printer{}, 1)
	fmt.Println()
	fmt.Println(find(""), find("x"))
	var s Stack
	s.Push(1)
	s.Push(2)
	fmt.Println(s.Pop(), s, len(s))
	evs := []event{{3, "c", nil}, {1, "a", func() error { return io.EOF }}, {2, "b", nil}}
	sort.Sort(byTime(evs))
	for _, ev := range evs {
		if ev.fn != nil {
			fmt.Print(ev.name, ev.fn(), " ")
		} else {
			fmt.Print(ev.name, " ")
		}
	}
	fmt.Println()
	total := 0
	w := writerFunc(func(p []byte) (int, error) { total += len(p); return len(p), nil })
	fmt.Fprintf(w, "hello %d", 5)
	io.Copy(io.MultiWriter(w, os.Stdout), strings.NewReader("copied\n"))
	fmt.Println(total)
	c := config{host: "h", tags: map[string][]string{}}
	for _, o := range []option{withPort(80), func(c *config) { c.tags["a"] = append(c.tags["a"], "b") }} {
		o(&c)
	}
	fmt.Printf("%+v\n", c)
	chans := make([]chan int, 3)
	for i := range chans {
		chans[i] = make(chan int, 1)
		chans[i] <- i * i
	}
	for i := range chans {
		select {
		case v, ok := <-chans[i]:
			fmt.Print(v, ok, " ")
		default:
			fmt.Print("none ")
		}
	}
	done := make(chan struct{})
	res := make(chan string)
	go func() {
		defer close(done)
		for r := range res {
			fmt.Print(r, " ")
		}
	}()
	for _, x := range []string{"x", "y"} {
		select {
		case res <- x:
		case <-time.After(time.Second):
			fmt.Println("late")
		}
	}
	close(res)
	<-done
	fmt.Println()
	var arr [5]int
	sl := arr[1:4]
	sl[0] = 1
	sl = append(sl, 2)
	fmt.Println(arr, sl, len(sl), cap(sl))
	type pt struct{ x, y int }
	seen := map[pt][]string{}
	seen[pt{1, 2}] = append(seen[pt{1, 2}], "a")
	delete(seen, pt{0, 0})
	fmt.Println(seen, len(seen[pt{9, 9}]))
	grid := [][]rune{[]rune("ab"), []rune("cd")}
	grid[0], grid[1] = grid[1], grid[0]
	for _, r := range grid {
		fmt.Print(string(r), " ")
	}
	fmt.Println()
	x := 5
	px := &x
	func(p *int) { *p *= 2 }(px)
	inc := func(p **int) { **p++ }
	inc(&px)
	fmt.Println(x)
	var iface any = x
	switch v := iface.(type) {
	case int, string:
		fmt.Printf("%T %v\n", v, v)
	}
	fn := strings.ToUpper
	fmt.Println(fn("up"), strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'm':
			return r + 13
		}
		return r
	}, "abz"))
	var nilm map[string]int
	fmt.Println(nilm["q"], len(nilm), nilm == nil)
	for range 2 {
		defer func() { fmt.Print("d ") }()
	}
	func() {
		defer func() {
			r := recover()
			fmt.Println("r:", r)
			defer func() { fmt.Println("inner", recover()) }()
			panic("again")
		}()
		var arr []int
		_ = arr[len(order)]
	}()
	lbl := 0
L:
	for {
		switch {
		case lbl > 3:
			break L
		default:
			lbl++
			continue L
		}
	}
	fmt.Println(lbl, 7.0/2, 7/2, 1e3, 'x', "\u00e9", len("é"))
	if v, err := fmt.Sscanf("10 abc", "%d %s", &x, new(string)); err == nil {
		fmt.Println(v, x)
	}
	fmt.Printf("%08b %o %#x %+d %6.2f|%-6s|%6s|%x %X %c %q %U %e %g %t %p\n", 5, 8, 255, 3, 3.14159, "ab", "cd", "hi", []byte("hi"), 'A', 'B', 'C', 1234.5, 0.000001, true, nil)
	fmt.Printf("%v %v %+v %#v %T\n", struct{}{}, [2]bool{true}, &pt{1, 2}, []string{"a"}, map[string][]pt{})
}
