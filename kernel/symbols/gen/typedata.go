package main

import (
	"bytes"
	"fmt"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/gcexportdata"
)

// typeData adds the export data of every package, and of its variants, to the archive:
//
//	types/os                 as the base target has it
//	types/os@windows         where the exported declarations differ
//	types/runtime@linux_arm64
//	types/log/syslog@windows empty: that system has no such package
//
// The file set is empty, so that no position and no path of this machine gets in.
func typeData(entries map[string][]byte, worlds []*world, paths []string) error {
	for _, path := range paths {
		base := worlds[0].packages[path].types
		data, err := export(base)
		if err != nil {
			return err
		}
		entries["types/"+path] = data
		if err := variants(entries, worlds, path); err != nil {
			return err
		}
	}
	return nil
}

// variants adds what differs on the other targets: once for a system when both of its
// architectures agree, as for os.PathSeparator; else once for each, as for
// runtime.GOARCH.
func variants(entries map[string][]byte, worlds []*world, path string) error {
	base := api(worlds[0], path)
	for _, w := range worlds[1:] {
		own := api(w, path)
		if own == base {
			continue
		}
		var data []byte
		var err error
		if s := w.packages[path]; own != "" {
			if data, err = export(s.types); err != nil {
				return err
			}
		}
		suffix := w.target.os
		if !agree(worlds, w.target.os, path) {
			suffix += "_" + w.target.arch
		}
		if _, done := entries["types/"+path+"@"+suffix]; !done {
			entries["types/"+path+"@"+suffix] = data
		}
	}
	return nil
}

// agree reports whether a package looks the same on every architecture of a system.
func agree(worlds []*world, system, path string) bool {
	var seen []string
	for _, w := range worlds {
		if w.target.os == system {
			seen = append(seen, api(w, path))
		}
	}
	return len(slices.Compact(seen)) == 1
}

func export(pkg *types.Package) ([]byte, error) {
	var data bytes.Buffer
	err := gcexportdata.Write(&data, token.NewFileSet(), pkg)
	return data.Bytes(), err
}

// api describes what a program can see of a package: values of constants, types of
// functions and variables, exported fields and methods. What is not exported differs
// from system to system nearly everywhere and matters to no cell.
func api(w *world, path string) string {
	var text strings.Builder
	for _, name := range w.exported(path) {
		object := w.packages[path].types.Scope().Lookup(name)
		switch object := object.(type) {
		case *types.Const:
			fmt.Fprintln(&text, object, object.Val().ExactString())
		case *types.TypeName:
			describe(&text, object)
		default:
			fmt.Fprintln(&text, object)
		}
	}
	return text.String()
}

func describe(text *strings.Builder, name *types.TypeName) {
	fmt.Fprintln(text, "type", name.Name(), name.IsAlias())
	if s, ok := name.Type().Underlying().(*types.Struct); ok {
		for field := range s.Fields() {
			if field.Exported() {
				fmt.Fprintln(text, "\t", field)
			}
		}
	} else {
		fmt.Fprintln(text, "\t", name.Type().Underlying())
	}
	for method := range types.NewMethodSet(types.NewPointer(name.Type())).Methods() {
		if method.Obj().Exported() {
			fmt.Fprintln(text, "\t", method)
		}
	}
}
