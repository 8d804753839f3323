package dataset

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat"
)

const flowers = "\ufeffwidth, kind ,height\n1,rose,10\n2.5,\"lily, white\",20\n,rose,-1e2\n"

func parsed(t *testing.T, text string) *Table {
	t.Helper()
	table, err := ParseCSV(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestColumns(t *testing.T) {
	table := parsed(t, flowers)
	if got := fmt.Sprint(table, table.Len(), table.Names()); got != "3 rows of width, kind, height 3 [width kind height]" {
		t.Errorf("got %s", got)
	}
	if got, err := table.Matrix("height", "width"); err != nil || fmt.Sprint(got) != "[[10 1] [20 2.5] [-100 NaN]]" {
		t.Errorf("%v, %v", got, err)
	}
	if classes, names, err := table.Classes("kind"); err != nil || fmt.Sprintf("%v %q", classes, names) != `[1 0 1] ["lily, white" "rose"]` {
		t.Errorf("%v, %q, %v", classes, names, err)
	}
}

func compressed(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestGzip: a compressed file is the same table, and one that is cut short an error.
func TestGzip(t *testing.T) {
	whole := compressed(t, flowers)
	file := filepath.Join(t.TempDir(), "flowers.csv.gz")
	if err := os.WriteFile(file, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := ReadCSV(file); err != nil || !reflect.DeepEqual(got, parsed(t, flowers)) {
		t.Errorf("%v, %v", got, err)
	}
	for _, n := range []int{2, len(whole) - 5} {
		if got, err := ParseCSV(bytes.NewReader(whole[:n])); err == nil || err.Error() != "dataset: unexpected EOF" {
			t.Errorf("of the first %d bytes: %v, %v", n, got, err)
		}
	}
}

func TestErrors(t *testing.T) {
	table := parsed(t, flowers)
	for want, do := range map[string]func() error{
		`dataset: no column "depth": want one of width, kind, height`:                func() error { _, err := table.Column("depth"); return err },
		`dataset: line 2, column "kind": "rose" is no number; for names use Classes`: func() error { _, err := table.Matrix(); return err },
		`dataset: the file is empty; want a line that names the columns`:             func() error { _, err := ParseCSV(strings.NewReader("")); return err },
		`dataset: two columns are named "a"`:                                         func() error { _, err := ParseCSV(strings.NewReader("a, a\n")); return err },
		`dataset: line 3 has 1 instead of 2 cells: a, b`:                             func() error { _, err := ParseCSV(strings.NewReader("a,b\n1,2\n3\n")); return err },
		`dataset: open no/such.csv: no such file or directory`:                       func() error { _, err := ReadCSV("no/such.csv"); return err },
		`dataset: Split: the share is 2, want a number from 0 to 1`:                  func() error { return caught(func() { table.Split(2) }) },
		`dataset: Batches: the size is 0, want a number above 0`:                     func() error { return caught(func() { table.Batches(0, 1) }) },
		`dataset: row 1 has 1 columns, want 2`:                                       func() error { return caught(func() { NewScaler([][]float64{{1, 2}, {3}}) }) },
	} {
		if err := do(); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func caught(do func()) (err error) {
	defer func() { err, _ = recover().(error) }()
	do()
	return nil
}

// TestParts: shuffled, split and dealt out, every example is there once.
func TestParts(t *testing.T) {
	var text strings.Builder
	text.WriteString("n\n")
	for i := range 103 {
		fmt.Fprintln(&text, i)
	}
	table := parsed(t, text.String())
	shuffled := table.Shuffle(7)
	first, rest := shuffled.Split(0.8)
	if first.Len() != 82 || rest.Len() != 21 {
		t.Errorf("split into %d and %d of 103", first.Len(), rest.Len())
	}
	var all []float64
	for _, part := range append(first.Batches(10, 3), rest) {
		column, err := part.Column("n")
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, column...)
	}
	same, _ := table.Shuffle(7).Column("n")
	again, _ := shuffled.Column("n")
	if !slices.Equal(same, again) || slices.IsSorted(again) || slices.Equal(all[:82], again[:82]) {
		t.Error("the order is not random, or not the same for the same seed")
	}
	slices.Sort(all)
	for i, x := range all {
		if x != float64(i) || len(all) != 103 {
			t.Fatalf("%d examples of 103, and at %d is %v", len(all), i, x)
		}
	}
}

// TestScaler compares with gonum, and scales back.
func TestScaler(t *testing.T) {
	matrix := [][]float64{{1, 5, 100}, {2, 5, -50}, {4, 5, 30}}
	s := NewScaler(matrix)
	mean, variance := stat.PopMeanVariance([]float64{100, -50, 30}, nil)
	if math.Abs(s.Mean[2]-mean) > 1e-12 || math.Abs(s.Deviation[2]-math.Sqrt(variance)) > 1e-12 || s.Deviation[1] != 1 {
		t.Errorf("%+v, want %v and √%v in the last column", s, mean, variance)
	}
	scaled := s.Scale(matrix)
	for i, row := range s.Unscale(scaled) {
		for j, x := range row {
			if math.Abs(x-matrix[i][j]) > 1e-12 || scaled[i][1] != 0 {
				t.Errorf("back in row %d: %v, want %v", i, row, matrix[i])
			}
		}
	}
}

func ExampleReadCSV() {
	file := filepath.Join(os.TempDir(), "houses.csv")
	defer os.Remove(file)
	_ = os.WriteFile(file, []byte("width,length,town\n8,10,Ulm\n6,7,Bonn\n"), 0o600)
	houses, err := ReadCSV(file)
	fmt.Println(houses, err)
	fmt.Println(houses.Matrix("width", "length"))
	fmt.Println(houses.Classes("town"))
	// Output:
	// 2 rows of width, length, town <nil>
	// [[8 10] [6 7]] <nil>
	// [1 0] [Bonn Ulm] <nil>
}

func ExampleParseCSV() {
	table, _ := ParseCSV(strings.NewReader("x,y\n1,2\n3,4\n"))
	fmt.Println(table.Column("y"))
	// Output: [2 4] <nil>
}

func ExampleTable_Split() {
	table, _ := ParseCSV(strings.NewReader("x\n1\n2\n3\n4\n"))
	train, test := table.Split(0.75)
	fmt.Println(train.Len(), test.Len())
	// Output: 3 1
}

func ExampleNewScaler() {
	s := NewScaler([][]float64{{1, 10}, {3, 30}})
	fmt.Println(s.Scale([][]float64{{1, 10}, {2, 40}}))
	// Output: [[-1 -1] [0 2]]
}
