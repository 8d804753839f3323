package cell

import "testing"

var isCompleteTests = []struct{ code, status, indent string }{
	{"", "complete", ""},
	{"\n\n", "complete", ""},
	{"x := 1", "complete", ""},
	{"x := 1\n", "complete", ""},
	{"x := 1;", "complete", ""},
	{"// a comment", "complete", ""},
	{"x := 1 // a comment", "complete", ""},
	{"func f() {\n\treturn\n}", "complete", ""},
	{"import (\n\t\"fmt\"\n)\nfmt.Println()", "complete", ""},
	{"type T struct{}\nvar t T\nt", "complete", ""},
	{"`raw`", "complete", ""},
	{"package main\nfunc main() {}", "complete", ""},
	{"%get example.org/x", "complete", ""},
	{"?fmt.Println", "complete", ""},
	{"fmt.Println?", "complete", ""},

	{"func f() {", "incomplete", "\t"},
	{"func f() {\n\tif x {", "incomplete", "\t\t"},
	{"func f() {\n\tif x {\n\t\ty()", "incomplete", "\t\t"},
	{"func f() {\n\tx()\n", "incomplete", "\t"},
	{"  if x {", "incomplete", "  \t"},
	{"if x { // why", "incomplete", "\t"},
	{"switch x {\ncase 1:", "incomplete", "\t"},
	{"fmt.Println(", "incomplete", "\t"},
	{"fmt.Println(1,", "incomplete", "\t"},
	{"xs := []int{\n\t1,", "incomplete", "\t"},
	{"import (", "incomplete", "\t"},
	{"x := a +", "incomplete", "\t"},
	{"x :=", "incomplete", "\t"},
	{"w.Multiply(x).", "incomplete", "\t"},
	{"a &&", "incomplete", "\t"},
	{"f(a,", "incomplete", "\t"},
	{"f(a,\n\tb,", "incomplete", "\t"},
	{"a := 1 +\n\t2 +", "incomplete", "\t"},
	{"func f[T any](", "incomplete", "\t"},
	{"type T[P any] struct {", "incomplete", "\t"},
	{"x := first[int]", "complete", ""},
	{"switch x {\ncase 1:\n\tf()", "incomplete", "\t"},
	{"f(func() {\n\tg()\n}, 3)", "complete", ""},
	{"x := func() {\n\ty()\n}()", "complete", ""},
	{"if x {\n\ty()\n} else {", "incomplete", "\t"},
	{"f(func() {\n\tg()\n},", "incomplete", ""},
	{"select {\ncase <-c:", "incomplete", "\t"},
	{"c <-", "incomplete", "\t"},
	{"const (\n\ta = iota\n", "incomplete", "\t"},
	{"x := `raw", "incomplete", ""},
	{"/* a comment", "incomplete", ""},
	{"if a {\n} else", "incomplete", "\t"},
	{"return", "complete", ""},

	{"x := \"text", "invalid", ""},
	{"x := 'c", "invalid", ""},
	{"f())", "invalid", ""},
	{"f(]", "invalid", ""},
	{"}", "invalid", ""},
	{"x y", "invalid", ""},
	{"if {}", "invalid", ""},
	{"x := 1 2", "invalid", ""},
	{"x := @", "invalid", ""},
}

func TestIsComplete(t *testing.T) {
	for _, tt := range isCompleteTests {
		if status, indent := IsComplete(tt.code); status != tt.status || indent != tt.indent {
			t.Errorf("%q: got %s %q, want %s %q", tt.code, status, indent, tt.status, tt.indent)
		}
	}
}
