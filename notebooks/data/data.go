// Package data makes the data of the first two tutorials. All of it is made up: nobody
// was tested, and nothing about people follows from it. It is drawn from known curves
// with a seeded random source, so that everyone gets the same files, and a reader
// of the tutorials can compare what a model finds with what is true. (The digits of the
// third are real; README.md beside this file says where they come from.)
//
// The files lie beside this one. go generate writes them anew, and a test fails
// if they are not what this package makes.
package data

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

//go:generate go run ./generate

// A File is one file of data.
type File struct {
	Name string
	Data []byte
}

// Files returns what is made up, as they should lie in this folder.
func Files() []File {
	return []File{
		{"scores.csv", scores()},
		{"revision.csv", revision()},
	}
}

// The line that scores.csv is drawn around: IQ = Intercept + Slope·score, with a
// normal scatter of Spread.
const (
	Slope     = 2.0
	Intercept = 68.0
	Spread    = 5.0
)

// students is how many lines each file has.
const students = 40

// scores draws students' scores in a test of 30 points, and their IQs. The
// scores are drawn evenly rather than at random, so that forty points show the
// whole line.
func scores() []byte {
	random := newRandom(17)
	t := table{
		about: []string{
			"Test scores of forty students, out of 30 points, and their IQs.",
			"Made up by package data, not measured: iq = 68 + 2·score, scattered by 5.",
		},
		head: "score,iq",
	}
	for i := range students {
		score := between(random, 3, 29, i)
		iq := Intercept + Slope*score + Spread*random.NormFloat64()
		t.rows = append(t.rows, fmt.Sprintf("%.0f,%.0f", score, iq))
	}
	return t.csv(random)
}

// The parabola that revision.csv is drawn around: a score of Top after Best
// hours, less by Bend for every squared hour away from that, with a normal scatter
// of Noise.
const (
	Top   = 25.0
	Best  = 7.0
	Bend  = 0.4
	Noise = 1.2
)

// revision draws hours of revision on the day before the same test, and scores:
// more is better up to a point, and then students are only tired.
func revision() []byte {
	random := newRandom(42)
	t := table{
		about: []string{
			"Hours of revision on the day before a test, and scores out of 30 points.",
			"Made up by package data, not measured: score = 25 − 0.4·(hours − 7)², scattered by 1.2.",
		},
		head: "hours,score",
	}
	for i := range students {
		hours := between(random, 0.5, 12, i)
		hours = math.Round(4*hours) / 4 // nobody counts minutes
		score := Top - Bend*(hours-Best)*(hours-Best) + Noise*random.NormFloat64()
		score = math.Round(2*score) / 2 // half points are given
		t.rows = append(t.rows, fmt.Sprintf("%.2f,%.1f", hours, min(max(score, 0), 30)))
	}
	return t.csv(random)
}

// newRandom returns a source that gives the same numbers on every machine.
func newRandom(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

// between returns the i-th of students values that fill a range evenly, moved a
// little at random.
func between(random *rand.Rand, low, high float64, i int) float64 {
	step := (high - low) / students
	return low + step*(float64(i)+random.Float64())
}

// A table is a CSV file with comments before it.
type table struct {
	about []string
	head  string
	rows  []string
}

// csv writes the table with its rows shuffled, as a class would hand them in.
func (t table) csv(random *rand.Rand) []byte {
	rows := slices.Clone(t.rows)
	random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	var b bytes.Buffer
	for _, line := range t.about {
		fmt.Fprintln(&b, "#", line)
	}
	for _, line := range append([]string{t.head}, rows...) {
		fmt.Fprintln(&b, line)
	}
	return b.Bytes()
}
