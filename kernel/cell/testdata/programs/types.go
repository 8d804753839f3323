package main

import (
	"errors"
	"fmt"
	"os"
	"sort"
	"strings"
)

type Celsius float64

func (c Celsius) String() string { return fmt.Sprintf("%.1f°C", float64(c)) }

type Level int

const (
	Low Level = iota
	Mid
	High
)

func (l Level) String() string { return [...]string{"low", "mid", "high"}[l] }

type Point struct{ X, Y int }

func (p Point) String() string { return fmt.Sprintf("(%d,%d)", p.X, p.Y) }

type plain struct {
	a int
	B string
	c []float64
	m map[string]int
	p *int
	e error
	l Level
}

type Shape interface {
	Area() float64
	Name() string
}

type Square struct{ s float64 }
type Circle struct{ r float64 }

func (s Square) Area() float64  { return s.s * s.s }
func (s Square) Name() string   { return "square" }
func (c *Circle) Area() float64 { return 3 * c.r * c.r }
func (c *Circle) Name() string  { return "circle" }

type Base struct{ ID int }

func (b Base) Describe() string { return fmt.Sprint("base ", b.ID) }
func (b *Base) SetID(i int)     { b.ID = i }

type Derived struct {
	Base
	Name string
}

type Deep struct {
	*Derived
	fmt.Stringer
}

type byLen []string

func (b byLen) Len() int           { return len(b) }
func (b byLen) Less(i, j int) bool { return len(b[i]) < len(b[j]) }
func (b byLen) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

type MyErr struct{ Code int }

func (e MyErr) Error() string { return fmt.Sprint("myerr ", e.Code) }

type strErr string

func (e strErr) Error() string { return "strerr " + string(e) }

func classify(v any) string {
	switch x := v.(type) {
	case nil:
		return "nil"
	case int, int64:
		return fmt.Sprintf("int-ish %v", x)
	case Level:
		return "Level " + x.String()
	case Celsius:
		return "Celsius " + x.String()
	case string:
		return "string " + x
	case error:
		return "error " + x.Error()
	case fmt.Stringer:
		return "Stringer " + x.String()
	case []int:
		return fmt.Sprint("[]int ", len(x))
	case func(int) int:
		return fmt.Sprint("func ", x(2))
	case map[string]Level:
		return fmt.Sprint("map ", x)
	case *Point:
		return "never"
	default:
		return fmt.Sprintf("other %T", x)
	}
}

func mayFail(n int) error {
	switch n {
	case 0:
		return nil
	case 1:
		return MyErr{7}
	case 2:
		return fmt.Errorf("wrapped: %w", MyErr{8})
	case 3:
		return strErr("s")
	}
	return errors.Join(strErr("a"), fmt.Errorf("x: %w", MyErr{9}))
}

func main() {
	fmt.Println(Celsius(36.6), []Celsius{1, 2}, map[string]Celsius{"a": 3})
	fmt.Printf("%v %s %d %T %q\n", High, Mid, Low, High, []Level{Low, High})
	fmt.Println(Point{1, 2}, &Point{3, 4}, []Point{{5, 6}}, map[Point]bool{{7, 8}: true})
	n := 3
	q := plain{1, "b", []float64{1.5}, map[string]int{"z": 1, "a": 2}, nil, MyErr{1}, High}
	fmt.Printf("%v\n%+v\n", q, q)
	q.p = &n
	fmt.Println(*q.p, q.e)
	fmt.Printf("%T %T %T %T\n", q, &q, []plain{}, map[Level]*plain{})
	fmt.Printf("%#v %#v\n", Point{1, 2}, struct{ A int }{3})
	shapes := []Shape{Square{2}, &Circle{1}}
	total := 0.0
	for _, s := range shapes {
		total += s.Area()
		fmt.Print(s.Name(), " ")
	}
	fmt.Println(total)
	d := Derived{Base{1}, "d"}
	d.SetID(5)
	fmt.Println(d.Describe(), d.ID, d)
	deep := Deep{&d, Point{9, 9}}
	deep.SetID(6)
	fmt.Println(deep.Describe(), d.ID, deep.Name, deep.String())
	words := byLen{"ccc", "a", "bb"}
	sort.Sort(words)
	fmt.Println(words, len(words))
	for _, v := range []any{nil, 1, int64(2), Mid, Celsius(3), "s", MyErr{4}, Point{1, 1}, []int{1}, func(i int) int { return i * 2 }, map[string]Level{"k": High}, 3.5, &q == nil} {
		fmt.Println(classify(v))
	}
	for i := range 5 {
		err := mayFail(i)
		var me MyErr
		var se strErr
		fmt.Println(err, err == nil, errors.As(err, &me), me.Code, errors.As(err, &se), se, errors.Is(err, MyErr{8}), errors.Is(err, strErr("a")))
	}
	var a, b any = Level(1), Celsius(1)
	fmt.Println(a == b, a == any(Level(1)), any(1) == a, a != nil)
	var st fmt.Stringer = Level(2)
	if l, ok := st.(Level); ok {
		fmt.Println("level", int(l))
	}
	_, ok := st.(error)
	fmt.Println(ok)
	var s Shape
	fmt.Println(s == nil)
	s = (*Circle)(nil)
	fmt.Println(s == nil, s != nil)
	f := Point.String
	g := (*Base).SetID
	g(&d.Base, 77)
	h := d.Describe
	d.ID = 1
	fmt.Println(f(Point{1, 0}), d.ID, h())
	fmt.Fprintln(os.Stdout, strings.Repeat("=", 3), Low)
	type local struct{ v int }
	fmt.Printf("%v %+v %T\n", local{1}, local{2}, local{})
	m := map[any]string{Level(1): "level", 1: "int", Point{1, 2}: "point", "1": "string"}
	fmt.Println(m[Level(1)], m[1], m[Point{1, 2}], m["1"], len(m))
	anon := struct {
		Name string
		Tags []string
	}{"n", []string{"t"}}
	fmt.Printf("%+v\n", anon)
	var np *Point
	fmt.Println(np == nil, fmt.Sprint(np))
}
