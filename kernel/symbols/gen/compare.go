package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// compare returns an error for every file and archive entry below root that is not what
// p would write. Archives are compared entry by entry, since another Go release may
// compress the same contents to other bytes.
//
// Data made with another Go than the one at hand is not compared: the standard library
// differs between the two, and neither is stale.
func (p *product) compare(root string) error {
	entries, err := unpack(filepath.Join(root, "data", p.group+".zip"))
	if err != nil {
		return err
	}
	if have, now := entries[versionEntry], p.entries[versionEntry]; !bytes.Equal(have, now) {
		fmt.Printf("gen: %s was made with %s, this is %s: not compared\n", p.group, have, now)
		return nil
	}
	files, err := generated(filepath.Join(root, p.group))
	if err != nil {
		return err
	}
	return errors.Join(
		differences(p.group+".zip: ", entries, p.entries),
		differences(p.group+"/", files, p.files))
}

func differences(where string, have, want map[string][]byte) error {
	var all []error
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if text, ok := have[name]; !ok {
			all = append(all, fmt.Errorf("gen: %s%s is missing", where, name))
		} else if !bytes.Equal(text, want[name]) {
			all = append(all, fmt.Errorf("gen: %s%s is stale", where, name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(have)) {
		if _, ok := want[name]; !ok {
			all = append(all, fmt.Errorf("gen: %s%s is no longer generated", where, name))
		}
	}
	return errors.Join(all...)
}

// unpack reads all entries of an archive.
func unpack(path string) (map[string][]byte, error) {
	archive, err := zip.OpenReader(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("gen: %s is missing", path)
	}
	if err != nil {
		return nil, err
	}
	defer archive.Close()
	entries := map[string][]byte{}
	for _, file := range archive.File {
		reader, err := file.Open()
		if err != nil {
			return nil, err
		}
		if entries[file.Name], err = io.ReadAll(reader); err != nil {
			return nil, err
		}
	}
	return entries, nil
}
