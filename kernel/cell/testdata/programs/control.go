package main

import "fmt"

type pair struct {
	a, b int
}

func multi() (int, string, error) { return 1, "two", nil }

func named(n int) (res int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
			res = -1
		}
	}()
	if n > 2 {
		panic(fmt.Sprintf("too big: %d", n))
	}
	res = n * 2
	return
}

func deferOrder() (s string) {
	for i := 0; i < 3; i++ {
		defer func(n int) { s += fmt.Sprint(n, i, " ") }(i * 10)
	}
	return "start "
}

func variadic(pre string, xs ...int) string { return fmt.Sprint(pre, len(xs), xs, xs == nil) }
func anys(xs ...any) int                    { return len(xs) }

func fallthru(n int) (out []string) {
	switch {
	case n == 1:
		out = append(out, "one")
		fallthrough
	case n == 2:
		out = append(out, "two")
	default:
		out = append(out, "default")
	case n == 3:
		out = append(out, "three")
		break
	}
	return
}

func labels() string {
	s := ""
outer:
	for i := 0; i < 4; i++ {
		for j := 0; j < 4; j++ {
			switch {
			case j == 2:
				continue outer
			case i == 3:
				break outer
			}
			s += fmt.Sprint(i, j, ";")
		}
	}
	return s
}

func gotos() int {
	i := 0
again:
	i++
	if i < 5 {
		goto again
	}
	return i
}

func rangeFuncs() {
	gen := func(yield func(int, string) bool) {
		for i, s := range []string{"a", "b", "c", "d"} {
			if !yield(i, s) {
				fmt.Print("stopped ")
				return
			}
		}
	}
	for i, s := range gen {
		if i == 1 {
			continue
		}
		if i == 3 {
			break
		}
		fmt.Print(i, s, " ")
	}
	fmt.Println()
	find := func(want string) (int, bool) {
		for i, s := range gen {
			if s == want {
				return i, true
			}
		}
		return -1, false
	}
	fmt.Println(find("c"))
	fmt.Println(find("z"))
out:
	for i := range 3 {
		for j, s := range gen {
			if j == 2 {
				continue out
			}
			if i == 2 {
				break out
			}
			fmt.Print(i, s, " ")
		}
	}
	fmt.Println()
	func() {
		for _, s := range gen {
			defer fmt.Print("defer-", s, " ")
			if s == "b" {
				break
			}
		}
		fmt.Print("end ")
	}()
	fmt.Println()
	count := func(yield func() bool) {
		for yield() {
		}
	}
	n := 0
	for range count {
		n++
		if n > 4 {
			break
		}
	}
	fmt.Println(n)
}

func closures() {
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i += 10; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
	for i, x := range []int{7, 8} {
		y := x * 2
		fs = append(fs, func() int { y++; return y + i })
	}
	for _, f := range fs[3:] {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
	var ptrs []*int
	for i := 0; i < 3; i++ {
		ptrs = append(ptrs, &i)
	}
	for _, p := range ptrs {
		fmt.Print(*p, " ")
	}
	fmt.Println()
	for i := 0; i < 6; i++ {
		f := func() { i++ }
		f()
		fmt.Print(i, " ")
	}
	fmt.Println()
	counter := func() func() int {
		c := 0
		return func() int { c++; return c }
	}()
	counter()
	fmt.Println(counter(), counter())
}

func swaps() {
	a, b := 1, 2
	a, b = b, a
	xs := []int{1, 2, 3}
	i := 0
	i, xs[i] = 2, 9
	xs[0], xs[2] = xs[2], xs[0]
	p := pair{1, 2}
	p.a, p.b = p.b, p.a
	fmt.Println(a, b, i, xs, p)
	m := map[string]pair{"x": {1, 2}}
	v, ok := m["x"]
	w, ok2 := m["y"]
	fmt.Println(v, ok, w, ok2)
	var arr [3]int
	arr2 := arr
	arr2[1] = 5
	fmt.Println(arr, arr2, arr == arr2, arr != [3]int{})
	x := []int{1, 2, 3, 4, 5}
	fmt.Println(x[1:3], x[:2], x[3:], x[1:2:3], len(x[1:2:3]), cap(x[1:2:3]))
	copy(x[1:], x)
	fmt.Println(x)
	s := "héllo"
	for i, r := range s {
		fmt.Print(i, string(r), " ")
	}
	fmt.Println(len(s), s[1], []byte(s)[:3], []rune(s)[1], s[0:1])
}

func ints() {
	var u8 uint8 = 250
	u8 += 10
	var i8 int8 = 127
	i8++
	var u uint = 1
	fmt.Println(u8, i8, u<<3, 7&^2, -7/2, -7%3, 1<<u, ^0, 5^3, uint32(1)<<31)
	const big = 1 << 62
	fmt.Println(big>>60, float32(0.1), 0.1+0.2, 1e100, 3/2, 3/2.0, 'a', "a"+"b")
	x := 10
	x <<= 2
	x |= 1
	x &^= 8
	x %= 7
	fmt.Println(x, x == 4 || x > 3 && x < 9, !(x == 1))
	c := complex(1, 2)
	fmt.Println(c*c, real(c), imag(c), min(3, 1, 2), max(2.5, 1), min("b", "a"))
	var f32 float32 = 1.1
	fmt.Println(f32*f32, float64(f32), int(f32), int(-1.9+0*float64(x)))
}

func main() {
	a, b, err := multi()
	fmt.Println(a, b, err)
	fmt.Println(multi())
	fmt.Println(named(2))
	fmt.Println(named(3))
	fmt.Println(deferOrder())
	fmt.Println(variadic("a"), variadic("b", 1), variadic("c", []int{1, 2}...), anys(), anys(nil), anys([]any{1, 2}), anys([]any{1, 2}...))
	fmt.Println(fallthru(1), fallthru(2), fallthru(3), fallthru(4))
	fmt.Println(labels(), gotos())
	rangeFuncs()
	closures()
	swaps()
	ints()
	var x any = 3
	if n, ok := x.(int); ok && n > 2 {
		fmt.Println("int", n)
	} else if s, ok := x.(string); ok {
		fmt.Println("string", s)
	}
	switch y := x.(int) + 1; y {
	case 1, 2, 3:
		fmt.Println("small")
	case 4:
		fmt.Println("four")
	}
	for i, j := 0, 10; i < j; i, j = i+1, j-2 {
		fmt.Print(i, j, " ")
	}
	fmt.Println()
	p := new(int)
	*p = 5
	*p++
	pp := &p
	**pp += 2
	fmt.Println(*p)
	func() {
		defer fmt.Println("last")
		defer func() { fmt.Println("recovered", recover()) }()
		var m map[string]int
		m["a"]++
	}()
}
