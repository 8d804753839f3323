package dataset

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
)

// A Table is a list of examples with named columns.
type Table struct {
	names []string
	rows  [][]string
	first []int // the line of each row in its file, for errors
}

// ReadCSV reads a file whose first line names the columns; commas separate cells, and
// quotes may surround them. The file may be compressed by gzip, whatever its name.
func ReadCSV(file string) (*Table, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("dataset: %w", err)
	}
	defer f.Close()
	t, err := ParseCSV(f)
	if err != nil {
		return nil, fmt.Errorf("%w (in %s)", err, file)
	}
	return t, nil
}

// ParseCSV reads as [ReadCSV] does, from an open file, a string, or what else can be read.
func ParseCSV(from io.Reader) (*Table, error) {
	from, err := inflated(from)
	if err != nil {
		return nil, fmt.Errorf("dataset: %w", err)
	}
	r := csv.NewReader(from)
	r.TrimLeadingSpace = true
	names, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("dataset: the file is empty; want a line that names the columns")
	}
	if err != nil {
		return nil, fmt.Errorf("dataset: %w", err)
	}
	r.FieldsPerRecord = -1                            // we count the cells, and can say what there should be
	names[0] = strings.TrimPrefix(names[0], "\ufeff") // a mark that some spreadsheets put there
	for i, name := range names {
		if names[i] = strings.TrimSpace(name); slices.Contains(names[:i], names[i]) {
			return nil, fmt.Errorf("dataset: two columns are named %q", names[i])
		}
	}
	t := &Table{names: names}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		if err != nil {
			return nil, fmt.Errorf("dataset: %w", err)
		}
		line, _ := r.FieldPos(0)
		if len(row) != len(names) {
			return nil, fmt.Errorf("dataset: line %d has %d instead of %d cells: %s", line, len(row), len(names), strings.Join(names, ", "))
		}
		t.rows, t.first = append(t.rows, row), append(t.first, line)
	}
}

// inflated is what r holds, decompressed if it begins as gzip does (RFC 1952, section 2.3.1).
func inflated(r io.Reader) (io.Reader, error) {
	buffered := bufio.NewReader(r)
	if first, _ := buffered.Peek(2); string(first) != "\x1f\x8b" {
		return buffered, nil // an error of reading is met again, and told, by who reads
	}
	return gzip.NewReader(buffered)
}

// Names returns the names of the columns, in order.
func (t *Table) Names() []string { return slices.Clone(t.names) }

// Len returns the number of examples.
func (t *Table) Len() int { return len(t.rows) }

// String says how large the table is.
func (t *Table) String() string {
	return fmt.Sprintf("%d rows of %s", len(t.rows), strings.Join(t.names, ", "))
}

// find is the place of a column.
func (t *Table) find(name string) (int, error) {
	i := slices.Index(t.names, name)
	if i < 0 {
		return 0, fmt.Errorf("dataset: no column %q: want one of %s", name, strings.Join(t.names, ", "))
	}
	return i, nil
}

// Column returns a column of numbers. An empty cell is NaN.
func (t *Table) Column(name string) ([]float64, error) {
	at, err := t.find(name)
	if err != nil {
		return nil, err
	}
	column := make([]float64, len(t.rows))
	for i, row := range t.rows {
		text := strings.TrimSpace(row[at])
		if text == "" {
			column[i] = math.NaN()
			continue
		}
		if column[i], err = strconv.ParseFloat(text, 64); err != nil {
			return nil, fmt.Errorf("dataset: line %d, column %q: %q is no number; for names use Classes", t.first[i], name, text)
		}
	}
	return column, nil
}

// Matrix returns columns of numbers side by side: a row for each example. Without names
// they are all.
func (t *Table) Matrix(names ...string) ([][]float64, error) {
	if len(names) == 0 {
		names = t.names
	}
	matrix := make([][]float64, len(t.rows))
	for _, name := range names {
		column, err := t.Column(name)
		if err != nil {
			return nil, err
		}
		for i, x := range column {
			matrix[i] = append(matrix[i], x)
		}
	}
	return matrix, nil
}

// Text returns a column as it stands in the file.
func (t *Table) Text(name string) ([]string, error) {
	at, err := t.find(name)
	if err != nil {
		return nil, err
	}
	column := make([]string, len(t.rows))
	for i, row := range t.rows {
		column[i] = strings.TrimSpace(row[at])
	}
	return column, nil
}

// Classes numbers what stands in a column from 0, in the order of the alphabet, and returns
// the number of each example and the names. Ask the whole table before it is split, or a
// part may lack a class.
func (t *Table) Classes(name string) (classes []float64, names []string, err error) {
	column, err := t.Text(name)
	if err != nil {
		return nil, nil, err
	}
	names = slices.Compact(slices.Sorted(slices.Values(column)))
	for _, text := range column {
		class, _ := slices.BinarySearch(names, text)
		classes = append(classes, float64(class))
	}
	return classes, names, nil
}

// rowsAt is the table of some examples.
func (t *Table) rowsAt(order []int) *Table {
	made := &Table{names: t.names}
	for _, i := range order {
		made.rows, made.first = append(made.rows, t.rows[i]), append(made.first, t.first[i])
	}
	return made
}

// Shuffle puts the examples into a random order, the same for the same seed.
func (t *Table) Shuffle(seed uint64) *Table {
	return t.rowsAt(rand.New(rand.NewPCG(seed, 0)).Perm(len(t.rows)))
}

// Split cuts the table in two: the share of the examples that is asked for, rounded, and
// the rest. It panics if the share is not between 0 and 1.
func (t *Table) Split(share float64) (first, rest *Table) {
	if !(share >= 0 && share <= 1) {
		panic(fmt.Errorf("dataset: Split: the share is %v, want a number from 0 to 1", share))
	}
	n := int(math.Round(share * float64(len(t.rows))))
	part := func(from, to int) *Table {
		return &Table{names: t.names, rows: t.rows[from:to:to], first: t.first[from:to:to]}
	}
	return part(0, n), part(n, len(t.rows))
}

// Batches deals the examples out in tables of so many, in a random order; the last may have
// fewer. It panics if the size is not above 0. Training does the same by itself: see the
// field Batch of graph.Training.
func (t *Table) Batches(size int, seed uint64) []*Table {
	if size < 1 {
		panic(fmt.Errorf("dataset: Batches: the size is %d, want a number above 0", size))
	}
	var batches []*Table
	for part := range slices.Chunk(rand.New(rand.NewPCG(seed, 0)).Perm(len(t.rows)), size) {
		batches = append(batches, t.rowsAt(part))
	}
	return batches
}
