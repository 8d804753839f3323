package history

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// session plays a kernel that runs cells and ends.
func session(t *testing.T, file string, cells ...string) {
	t.Helper()
	s := New(Options{File: file})
	for i, c := range cells {
		s.Add(Entry{Line: i + 1, Input: c})
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func inputs(entries []Entry) []string {
	var all []string
	for _, e := range entries {
		all = append(all, fmt.Sprintf("%d/%d %s", e.Session, e.Line, e.Input))
	}
	return all
}

func TestCellsSurviveTheirKernel(t *testing.T) {
	file := filepath.Join(t.TempDir(), "new folder", "history.db")
	session(t, file, "a", "b")
	session(t, file) // ran nothing, so it has no number
	session(t, file, "c")
	s := New(Options{File: file})
	defer s.Close()
	s.Add(Entry{Line: 1, Input: "d", Output: "4"})
	two := 2
	for _, tt := range []struct {
		name string
		got  []Entry
		want []string
	}{
		{"this session", s.Range(0, 0, nil), []string{"3/1 d"}},
		{"the one before", s.Range(-1, 0, nil), []string{"2/1 c"}},
		{"by its number", s.Range(1, 0, nil), []string{"1/1 a", "1/2 b"}},
		{"a part", s.Range(1, 1, &two), []string{"1/1 a"}},
		{"the last ones", s.Tail(2), []string{"2/1 c", "3/1 d"}},
		{"all", s.Search("*", false, 0), []string{"1/1 a", "1/2 b", "2/1 c", "3/1 d"}},
	} {
		if got := inputs(tt.got); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	if last := s.Tail(1); last[0].Output != "4" {
		t.Errorf("the value is %q, want 4", last[0].Output)
	}
}

func TestSearch(t *testing.T) {
	s := New(Options{})
	defer s.Close()
	for i, code := range []string{"x := 1", "a/b", "x := 1", "y[0]", "print(\n\"é\")"} {
		s.Add(Entry{Line: i + 1, Input: code})
	}
	for _, tt := range []struct {
		pattern string
		unique  bool
		n       int
		want    []int // lines
	}{
		{"", false, 0, []int{1, 2, 3, 4, 5}},
		{"x*", false, 0, []int{1, 3}},
		{"x*", true, 0, []int{3}},
		{"a?b", false, 0, []int{2}},
		{"a*", false, 0, []int{2}},
		{"y[0]", false, 0, []int{4}},
		{"y[9]", false, 0, nil},
		{"pr*é*", false, 0, []int{5}},
		{"*", false, 2, []int{4, 5}},
		{`\*`, false, 0, nil},
	} {
		var lines []int
		for _, e := range s.Search(tt.pattern, tt.unique, tt.n) {
			lines = append(lines, e.Line)
		}
		if !slices.Equal(lines, tt.want) {
			t.Errorf("%q, unique %v, %d: lines %v, want %v", tt.pattern, tt.unique, tt.n, lines, tt.want)
		}
	}
}

// TestManyKernelsAtOnce has every cell of every kernel in the file, each kernel's own
// in order and under one number.
func TestManyKernelsAtOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "history.db")
	const kernels, cells = 6, 40
	var wg sync.WaitGroup
	for k := range kernels {
		wg.Go(func() {
			s := New(Options{File: file})
			for i := range cells {
				s.Add(Entry{Line: i + 1, Input: fmt.Sprint(k)})
				if i%10 == 0 {
					s.Tail(1) // saves, and lets the others in between
				}
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	s := New(Options{File: file})
	defer s.Close()
	for n := 1; n <= kernels; n++ {
		mine := s.Range(n, 0, nil)
		if len(mine) != cells {
			t.Fatalf("session %d has %d cells, want %d", n, len(mine), cells)
		}
		for i, e := range mine {
			if e.Line != i+1 || e.Input != mine[0].Input {
				t.Errorf("session %d, cell %d: line %d of kernel %s, want line %d of %s", n, i, e.Line, e.Input, i+1, mine[0].Input)
			}
		}
	}
}

func TestOldCellsAreDropped(t *testing.T) {
	file := filepath.Join(t.TempDir(), "history.db")
	session(t, file, "a", "b", "c")
	for _, o := range []Options{{File: file, Limit: 4}, {Limit: 2}} {
		s := New(o)
		s.Add(Entry{Line: 1, Input: "d"})
		s.Add(Entry{Line: 2, Input: strings.Repeat("é", longestInput)})
		s.Add(Entry{Line: 3, Input: "f"})
		all := s.Tail(0)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if len(all) != o.Limit || all[o.Limit-1].Input != "f" {
			t.Errorf("limit %d: %d cells", o.Limit, len(all))
		}
		if long := all[o.Limit-2].Input; len(long) > longestInput+len("…") || strings.ToValidUTF8(long, "") != long {
			t.Errorf("limit %d: the long cell has %d bytes, valid text: %v", o.Limit, len(long), strings.ToValidUTF8(long, "") == long)
		}
	}
}

// TestDamagedFile cuts and garbles a file in many places: whatever happens, the cells
// of the session are there, and it goes on in a file that can be read.
func TestDamagedFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "history.db")
	session(t, file, "a", "b", strings.Repeat("long ", 5000))
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	damages := [][]byte{{}, []byte("no database"), make([]byte, len(whole))}
	for at := 0; at < len(whole); at += 1777 {
		garbled := slices.Clone(whole)
		for i := at; i < min(at+400, len(whole)); i++ {
			garbled[i] ^= 0x5a
		}
		damages = append(damages, whole[:at], garbled)
	}
	for i, d := range damages {
		if err := os.WriteFile(file, d, 0o600); err != nil {
			t.Fatal(err)
		}
		s := New(Options{File: file})
		s.Add(Entry{Line: 1, Input: "mine"})
		if last := s.Tail(1); len(last) != 1 || last[0].Input != "mine" {
			t.Errorf("damage %d: the last cell is %v, want mine", i, last)
		}
		s.Close() // may tell what is wrong
	}
}

func TestUnusableFile(t *testing.T) {
	dir := t.TempDir()
	inTheWay := filepath.Join(dir, "file")
	if err := os.WriteFile(inTheWay, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{dir, filepath.Join(inTheWay, "history.db")} {
		s := New(Options{File: file})
		s.Add(Entry{Line: 1, Input: "mine"})
		if got := inputs(s.Range(0, 0, nil)); len(got) != 1 {
			t.Errorf("%s: this session has %q, want its one cell", file, got)
		}
		if err := s.Close(); err == nil || !strings.Contains(err.Error(), file) {
			t.Errorf("%s: Close says %v, want an error that names it", file, err)
		}
	}
}
