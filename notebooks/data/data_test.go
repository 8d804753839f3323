package data

import (
	"bytes"
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// TestFilesAreCurrent draws the files again: after a change of the drawing, run
// go generate ./notebooks/data, and read the tutorials' numbers again.
func TestFilesAreCurrent(t *testing.T) {
	for _, f := range Files() {
		got, err := os.ReadFile(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		got = bytes.ReplaceAll(got, []byte("\r\n"), []byte("\n")) // a checkout on Windows
		if !bytes.Equal(got, f.Data) {
			t.Errorf("%s is not what this package makes: run go generate", f.Name)
		}
	}
}

// columns reads the numbers of a file as a tutorial does.
func columns(t *testing.T, data []byte) (x, y []float64) {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(data))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		for i, to := range []*[]float64{&x, &y} {
			v, err := strconv.ParseFloat(row[i], 64)
			if err != nil {
				t.Fatal(err)
			}
			*to = append(*to, v)
		}
	}
	return x, y
}

// TestScoresLieAroundTheirLine estimates the line from the file: the truth must
// lie within what forty points allow, some two standard errors.
func TestScoresLieAroundTheirLine(t *testing.T) {
	x, y := columns(t, scores())
	if len(x) != students {
		t.Fatalf("%d students, want %d", len(x), students)
	}
	intercept, slope := stat.LinearRegression(x, y, nil, false)
	if math.Abs(slope-Slope) > 0.25 || math.Abs(intercept-Intercept) > 4 {
		t.Errorf("the fitted line is %.2f + %.2f·score, want about %g + %g·score", intercept, slope, Intercept, Slope)
	}
	for i := range x {
		if x[i] < 0 || x[i] > 30 || y[i] < 60 || y[i] > 145 {
			t.Errorf("student %d has the score %g and the IQ %g: not to be believed", i+1, x[i], y[i])
		}
	}
}

// TestRevisionBends fits a parabola and wants it to bend as it was drawn, and to
// fit much better than a line: that is what the tutorial is about.
func TestRevisionBends(t *testing.T) {
	x, y := columns(t, revision())
	a := mat.NewDense(len(x), 3, nil)
	for i, h := range x {
		a.SetRow(i, []float64{1, h, h * h})
	}
	var p mat.VecDense
	if err := p.SolveVec(a, mat.NewVecDense(len(y), y)); err != nil {
		t.Fatal(err)
	}
	bend, best := -p.AtVec(2), -p.AtVec(1)/(2*p.AtVec(2))
	if math.Abs(bend-Bend) > 0.06 || math.Abs(best-Best) > 0.3 {
		t.Errorf("the fitted bend is %.3f and the best %.2f hours, want about %g and %g", bend, best, Bend, Best)
	}
	intercept, slope := stat.LinearRegression(x, y, nil, false)
	line := stat.RSquared(x, y, nil, intercept, slope)
	if line > 0.5 {
		t.Errorf("a line explains %.2f of the scores: too much for a tutorial on why it will not do", line)
	}
	for i := range x {
		if x[i] < 0 || x[i] > 12 || y[i] < 0 || y[i] > 30 {
			t.Errorf("student %d: %g hours, %g points: not to be believed", i+1, x[i], y[i])
		}
	}
}

// TestFilesSayThatTheyAreMade: whoever opens a file alone must read it there.
func TestFilesSayThatTheyAreMade(t *testing.T) {
	for _, f := range Files() {
		if first, _, _ := bytes.Cut(f.Data, []byte("\n")); !bytes.HasPrefix(first, []byte("#")) || !bytes.Contains(f.Data, []byte("Made up")) {
			t.Errorf("%s begins with %q, want a comment that says it is made up", f.Name, first)
		}
	}
}
