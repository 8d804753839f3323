package dataset

import (
	"fmt"
	"math"
)

// A Scaler shifts and scales columns of numbers to a mean of 0 and a standard deviation of
// 1, as they were in the data it was made of. Make it of what is trained on, and scale what
// is tested with the same one.
type Scaler struct {
	Mean, Deviation []float64 // of each column
}

// NewScaler looks at the columns of a matrix, whose rows have one length. A column without
// any difference is only shifted. It panics if the rows differ in length.
func NewScaler(matrix [][]float64) *Scaler {
	if len(matrix) == 0 {
		return &Scaler{}
	}
	columns, n := len(matrix[0]), float64(len(matrix))
	s := &Scaler{make([]float64, columns), make([]float64, columns)}
	for i, row := range matrix {
		s.check(i, row)
		for j, x := range row {
			s.Mean[j] += x / n
		}
	}
	for _, row := range matrix {
		for j, x := range row {
			s.Deviation[j] += (x - s.Mean[j]) * (x - s.Mean[j]) / n
		}
	}
	for j, variance := range s.Deviation {
		if s.Deviation[j] = math.Sqrt(variance); variance == 0 {
			s.Deviation[j] = 1
		}
	}
	return s
}

func (s *Scaler) check(i int, row []float64) {
	if len(row) != len(s.Mean) {
		panic(fmt.Errorf("dataset: row %d has %d columns, want %d", i, len(row), len(s.Mean)))
	}
}

// Scale returns the matrix, scaled.
func (s *Scaler) Scale(matrix [][]float64) [][]float64 {
	return s.each(matrix, func(j int, x float64) float64 { return (x - s.Mean[j]) / s.Deviation[j] })
}

// Unscale returns what Scale was given.
func (s *Scaler) Unscale(matrix [][]float64) [][]float64 {
	return s.each(matrix, func(j int, x float64) float64 { return float64(x*s.Deviation[j]) + s.Mean[j] })
}

func (s *Scaler) each(matrix [][]float64, f func(j int, x float64) float64) [][]float64 {
	made := make([][]float64, len(matrix))
	for i, row := range matrix {
		s.check(i, row)
		made[i] = make([]float64, len(row))
		for j, x := range row {
			made[i][j] = f(j, x)
		}
	}
	return made
}
