package table

// LeftOut names the packages of the standard library that cells cannot import, each
// with the reason and with what serves instead. The generator skips exactly these, and
// a cell that imports one is told why, so a package is either listed or explained.
var LeftOut = map[string]string{
	"C": "cgo needs a C compiler, and cells are interpreted; " +
		"call a program with os/exec, or write it in Go",
	"embed": "files are embedded by the compiler, and cells are not compiled; " +
		"read a file with os.ReadFile, or a folder with os.DirFS",
	"plugin": "a plugin needs cgo and a dynamically linked program, and Gradbook is one static binary; " +
		"write the code in a cell, or run it with os/exec",
	"runtime/cgo": "cgo needs a C compiler, and cells are interpreted; " +
		"call a program with os/exec, or write it in Go",
	"runtime/coverage": "coverage counters are put in by the compiler, and cells are not compiled; " +
		"measure coverage with go test outside the notebook",
	"runtime/race": "the race detector is linked in by the compiler, and cells are not compiled; " +
		"run go test -race outside the notebook",
	"syscall": "its contents differ from system to system, so a notebook would not run elsewhere; " +
		"use os, os/signal, os/exec, io/fs, net or time",
}
