package symbols

import (
	"archive/zip"
	"bytes"
	"embed"
	"fmt"
	"io"
	"sync"
)

// data holds an archive for each group of packages, written by kernel/symbols/gen.
//
//go:embed data/*.zip
var data embed.FS

// entries finds what the archives hold, by name. Reading the tables of contents takes
// less than a millisecond; an entry is inflated when it is asked for.
var entries = sync.OnceValue(func() map[string]*zip.File {
	byName := map[string]*zip.File{}
	for _, group := range []string{"std", "gonum", "own"} {
		archive, err := data.ReadFile("data/" + group + ".zip")
		if err != nil {
			panic("symbols: " + err.Error()) // the build is broken, and a test would have told
		}
		contents, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
		if err != nil {
			panic(fmt.Sprintf("symbols: data/%s.zip: %v", group, err))
		}
		for _, file := range contents.File {
			byName[file.Name] = file
		}
	}
	return byName
})

// entry returns the contents of an entry, and whether it exists.
func entry(name string) ([]byte, bool) {
	file := entries()[name]
	if file == nil {
		return nil, false
	}
	reader, err := file.Open()
	if err != nil {
		panic("symbols: " + name + ": " + err.Error())
	}
	defer reader.Close()
	contents, err := io.ReadAll(reader)
	if err != nil { // a wrong checksum: the binary is damaged
		panic("symbols: " + name + ": " + err.Error())
	}
	return contents, true
}
