package main

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
)

type Number interface{ ~int | ~float64 }

func Map[T, U any](xs []T, f func(T) U) []U {
	out := make([]U, 0, len(xs))
	for _, x := range xs {
		out = append(out, f(x))
	}
	return out
}

func Filter[S ~[]E, E any](s S, keep func(E) bool) S {
	var out S
	for _, e := range s {
		if keep(e) {
			out = append(out, e)
		}
	}
	return out
}

func Reduce[T, A any](xs []T, init A, f func(A, T) A) A {
	for _, x := range xs {
		init = f(init, x)
	}
	return init
}

func Sum[T Number](xs ...T) (s T) {
	for _, x := range xs {
		s += x
	}
	return
}

type Set[T comparable] map[T]struct{}

func (s Set[T]) Add(v T)      { s[v] = struct{}{} }
func (s Set[T]) Has(v T) bool { _, ok := s[v]; return ok }
func NewSet[T comparable](vs ...T) Set[T] {
	s := Set[T]{}
	for _, v := range vs {
		s.Add(v)
	}
	return s
}

type List[T any] struct {
	head, tail *elem[T]
	n          int
}
type elem[T any] struct {
	next *elem[T]
	val  T
}

func (l *List[T]) Push(v T) *List[T] {
	e := &elem[T]{val: v}
	if l.tail == nil {
		l.head, l.tail = e, e
	} else {
		l.tail.next = e
		l.tail = e
	}
	l.n++
	return l
}

func (l *List[T]) All() iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		i := 0
		for e := l.head; e != nil; e = e.next {
			if !yield(i, e.val) {
				return
			}
			i++
		}
	}
}

type Pair[K cmp.Ordered, V any] struct {
	Key K
	Val V
}

func (p Pair[K, V]) String() string { return fmt.Sprintf("%v=>%v", p.Key, p.Val) }

func SortedPairs[M ~map[K]V, K cmp.Ordered, V any](m M) []Pair[K, V] {
	var ps []Pair[K, V]
	for k, v := range m {
		ps = append(ps, Pair[K, V]{k, v})
	}
	slices.SortFunc(ps, func(a, b Pair[K, V]) int { return cmp.Compare(a.Key, b.Key) })
	return ps
}

type Tree[T any] struct {
	cmp  func(a, b T) int
	root *node[T]
}
type node[T any] struct {
	l, r *node[T]
	v    T
}

func (t *Tree[T]) Insert(v T) bool {
	p := &t.root
	for *p != nil {
		switch c := t.cmp(v, (*p).v); {
		case c < 0:
			p = &(*p).l
		case c > 0:
			p = &(*p).r
		default:
			return false
		}
	}
	*p = &node[T]{v: v}
	return true
}

func (n *node[T]) walk(f func(T)) {
	if n != nil {
		n.l.walk(f)
		f(n.v)
		n.r.walk(f)
	}
}

type Opt[T any] struct {
	v  T
	ok bool
}

func Some[T any](v T) Opt[T] { return Opt[T]{v, true} }
func None[T any]() Opt[T]    { return Opt[T]{} }
func (o Opt[T]) OrElse(d T) T {
	if o.ok {
		return o.v
	}
	return d
}

type Stringish interface{ ~string }

func Join[S Stringish](xs []S, sep string) string {
	var parts []string
	for _, x := range xs {
		parts = append(parts, string(x))
	}
	return strings.Join(parts, sep)
}

type ID string
type Temp float64

type Shower interface{ Show() string }
type A struct{ n int }

func (a A) Show() string    { return fmt.Sprint("A", a.n) }
func (t Temp) Show() string { return fmt.Sprintf("T%.1f", float64(t)) }

func ShowAll[T Shower](xs ...T) string {
	s := ""
	for _, x := range xs {
		s += x.Show() + " "
	}
	return s
}

func Ptr[T any](v T) *T { return &v }

type Numeric[T Number] struct{ vals []T }

func (n Numeric[T]) Mean() float64 { return float64(Sum(n.vals...)) / float64(len(n.vals)) }

func Keys[K comparable, V any](m map[K]V) iter.Seq[K] {
	return func(yield func(K) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func Type[T any](v T) string {
	switch any(v).(type) {
	case int:
		return "int"
	case string:
		return "string"
	case Temp:
		return "Temp"
	}
	return fmt.Sprintf("%T", v)
}

func main() {
	fmt.Println(Map([]int{1, 2, 3}, func(i int) string { return fmt.Sprint(i * i) }))
	fmt.Println(Filter([]string{"a", "bb", "c"}, func(s string) bool { return len(s) == 1 }))
	fmt.Println(Reduce([]int{1, 2, 3}, "", func(a string, x int) string { return a + fmt.Sprint(x) }))
	fmt.Println(Sum(1, 2, 3), Sum(1.5, 2), Sum[float64]())
	s := NewSet("a", "b")
	s.Add("c")
	fmt.Println(s.Has("c"), s.Has("z"), len(s))
	var l List[string]
	l.Push("x").Push("y").Push("z")
	for i, v := range l.All() {
		if i == 2 {
			break
		}
		fmt.Print(i, v, " ")
	}
	fmt.Println(l.n)
	fmt.Println(SortedPairs(map[string]int{"b": 2, "a": 1}))
	t := Tree[string]{cmp: strings.Compare}
	for _, w := range strings.Fields("the quick brown fox the") {
		fmt.Print(t.Insert(w), " ")
	}
	t.root.walk(func(s string) { fmt.Print(s, " ") })
	fmt.Println()
	fmt.Println(Some(3).OrElse(4), None[string]().OrElse("d"), Some([]int{1}))
	fmt.Println(Join([]ID{"a", "b"}, "-"), ShowAll(A{1}, A{2}), ShowAll(Temp(1.5)))
	fmt.Println(*Ptr(5), Numeric[int]{[]int{1, 2}}.Mean(), Type(1), Type("s"), Type(Temp(1)), Type([]Temp{}), Type(Pair[string, int]{}))
	xs := []int{3, 1, 2}
	ys := slices.Clone(xs)
	slices.Sort(ys)
	i, found := slices.BinarySearch(ys, 2)
	fmt.Println(xs, ys, i, found, slices.Index(xs, 2), slices.Equal(xs, ys))
	fmt.Println(slices.Sorted(maps.Keys(map[string]int{"q": 1, "p": 2})), slices.Max(xs), slices.Contains(xs, 9), slices.Collect(maps.Values(map[int]int{1: 2})))
	fmt.Println(slices.Insert([]int{1, 4}, 1, 2, 3), slices.Delete([]int{1, 2, 3}, 0, 1), slices.Compact([]int{1, 1, 2}), slices.IndexFunc(xs, func(i int) bool { return i < 2 }))
	for c := range slices.Chunk([]int{1, 2, 3, 4, 5}, 2) {
		fmt.Print(c)
	}
	fmt.Println()
	people := []struct {
		Name string
		Age  int
	}{{"Al", 30}, {"Bo", 25}, {"Cy", 30}}
	slices.SortStableFunc(people, func(a, b struct {
		Name string
		Age  int
	}) int {
		return cmp.Or(cmp.Compare(a.Age, b.Age), cmp.Compare(b.Name, a.Name))
	})
	fmt.Println(people)
	sort.Slice(people, func(i, j int) bool { return people[i].Name < people[j].Name })
	fmt.Println(people)
	once := sync.OnceValue(func() int { fmt.Print("computed "); return 42 })
	fmt.Println(once(), once())
	var p atomic.Pointer[A]
	fmt.Println(p.Load() == nil)
	p.Store(&A{3})
	fmt.Println(p.Load().Show(), p.CompareAndSwap(nil, nil))
	err := fmt.Errorf("w: %w", errCode(3))
	if e, ok := errors.AsType[errCode](err); ok {
		fmt.Println("code", int(e))
	}
	n := 0
	for range Keys(map[int]bool{1: true, 2: true}) {
		n++
	}
	next, stop := iter.Pull(Keys(map[string]int{"k": 1}))
	k, ok := next()
	_, ok2 := next()
	stop()
	fmt.Println(n, k, ok, ok2)
	m := maps.Clone(map[string]int{"a": 1})
	maps.Copy(m, map[string]int{"b": 2})
	maps.DeleteFunc(m, func(k string, v int) bool { return v == 1 })
	fmt.Println(m, len(maps.Collect(slices.All([]string{"x"}))))
	f := Map[int, int]
	fmt.Println(f([]int{1}, func(i int) int { return -i }))
}

type errCode int

func (e errCode) Error() string { return fmt.Sprint("code ", int(e)) }
