package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestUpToDate generates everything again and compares. It does so in a process of its
// own, which the race detector does not slow down.
func TestUpToDate(t *testing.T) {
	if testing.Short() {
		t.Skip("type-checks the standard library for six systems")
	}
	command := exec.Command("go", "run", "./kernel/symbols/gen", "-check")
	command.Dir = filepath.Join("..", "..", "..")
	out, err := command.CombinedOutput()
	if err != nil {
		t.Errorf("%v: run go generate ./kernel/symbols\n%s", err, out)
	}
	t.Logf("%s", out)
}

// TestCompare: each way in which a file can be stale is found.
func TestCompare(t *testing.T) {
	root := t.TempDir()
	made := func(listing, documentation string) *product {
		return &product{
			group:   "std",
			files:   map[string][]byte{"fmt.go": []byte(header + listing)},
			entries: map[string][]byte{versionEntry: []byte("go1"), "docs/fmt": []byte(documentation)},
		}
	}
	p := made("package std\n", "fine")
	if err := p.save(root); err != nil {
		t.Fatal(err)
	}
	if err := p.compare(root); err != nil {
		t.Errorf("just saved: %v", err)
	}
	more := made("package std\n", "fine")
	more.files["new.go"] = []byte(header)
	for want, p := range map[string]*product{
		"fmt.go is stale":               made("package std // changed\n", "fine"),
		"docs/fmt is stale":             made("package std\n", "other"),
		"new.go is missing":             more,
		"fmt.go is no longer generated": {group: "std", entries: p.entries},
	} {
		if err := p.compare(root); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	other := made("package other\n", "other")
	other.entries[versionEntry] = []byte("go2")
	if err := other.compare(root); err != nil {
		t.Errorf("made with another Go: %v, want no comparison", err)
	}
}

// TestSaveSweeps: the listing of a package that is gone is removed, and what was written
// by hand stays.
func TestSaveSweeps(t *testing.T) {
	root := t.TempDir()
	folder := filepath.Join(root, "std")
	if err := os.Mkdir(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"gone.go": header + "package std\n", "hand.go": "package std\n"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := (&product{group: "std"}).save(root); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(left) != 1 || filepath.Base(left[0]) != "hand.go" {
		t.Errorf("left are %q (%v), want hand.go", left, err)
	}
}

// TestPack: equal entries make equal archives, whatever order the map has.
func TestPack(t *testing.T) {
	entries := map[string][]byte{}
	for _, name := range strings.Fields("a b c d e f g h") {
		entries[name] = bytes.Repeat([]byte(name), 100)
	}
	first, err := pack(entries)
	if err != nil {
		t.Fatal(err)
	}
	for range 10 {
		if again, _ := pack(entries); !bytes.Equal(first, again) {
			t.Fatal("two archives of the same entries differ")
		}
	}
	path := filepath.Join(t.TempDir(), "a.zip")
	if err := os.WriteFile(path, first, 0o666); err != nil {
		t.Fatal(err)
	}
	back, err := unpack(path)
	if err != nil || len(back) != len(entries) || !bytes.Equal(back["c"], entries["c"]) {
		t.Errorf("unpacked %d entries (%v), want %d", len(back), err, len(entries))
	}
}

func TestPrivate(t *testing.T) {
	for path, want := range map[string]bool{
		"fmt": false, "internal/abi": true, "crypto/internal/fips140": true, "vendor/golang.org/x/net": true, "net/internals": false,
	} {
		if got := private(path); got != want {
			t.Errorf("private(%q): got %v, want %v", path, got, want)
		}
	}
}
