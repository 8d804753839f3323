package notebooks

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// The tutorials state numbers in their prose. Here each is computed again, from
// the data files and without the graph: by formulas of statistics, and by
// optimisers written out once more in a few lines. Whoever changes the data, a
// rate or a number of steps is told which sentence is no longer true.

// A claim is a number that a tutorial states.
type claim struct {
	sentence string // as it stands in the notebook, with %s for the number
	number   string // computed, formatted as the sentence has it
}

func TestLinearTellsTheTruth(t *testing.T) {
	scores, iqs := readColumns(t, "data/scores.csv")
	intercept, slope := stat.LinearRegression(scores, iqs, nil, false)
	mean, _ := stat.MeanStdDev(scores, nil)
	best := meanSquare(scores, iqs, func(x float64) float64 { return intercept + slope*x })
	miss := math.Sqrt(best)
	within := 0
	for i, x := range scores {
		if math.Abs(intercept+slope*x-iqs[i]) <= 2*miss {
			within++
		}
	}
	features := [][]float64{scores, ones(len(scores))}
	raw := descend(features, iqs, []float64{0.5, 1}, 5000, 0.001)
	standard := descend([][]float64{standardised(scores), ones(len(scores))}, iqs, []float64{0, 0}, 200, 0.1)
	if len(descend(features, iqs, []float64{0.5, 1}, 5000, 0.004)) == 5001 {
		t.Error("with a rate of 0.004 gradient descent arrives, and the tutorial says that it flies apart")
	}
	tells(t, "linear.ipynb", []claim{
		{"The loss plunges from %s to some", fmt.Sprintf("%.0f", raw[0])},
		{"to some %s in the first hundred steps", fmt.Sprintf("%.0f", raw[100])},
		{"$w = 2$, $b = 70$ had a loss of %s", fmt.Sprintf("%.1f", meanSquare(scores, iqs, func(x float64) float64 { return 2*x + 70 }))},
		{"%s is the mean score", fmt.Sprintf("%.0f", mean)},
		{"some %s times as steep", thousands(100 * math.Round(condition(features)/100))},
		{"the loss is at the bottom: %s", fmt.Sprintf("%.3f", standard[200])},
		{"the loss is at the bottom: %s", fmt.Sprintf("%.3f", best)},
		{"An IQ of about **%s**", fmt.Sprintf("%.0f", intercept+17*slope)},
		{"Of our forty students, %s lie within twice that distance", strconv.Itoa(within)},
	})
}

func TestQuadraticTellsTheTruth(t *testing.T) {
	hours, scores := readColumns(t, "data/revision.csv")
	intercept, slope := stat.LinearRegression(hours, scores, nil, false)
	line := meanSquare(hours, scores, func(x float64) float64 { return intercept + slope*x })
	p := parabola(t, hours, scores)
	curve := func(x float64) float64 { return p[0]*x*x + p[1]*x + p[2] }
	best := meanSquare(hours, scores, curve)
	top := -p[1] / (2 * p[0])

	zero := []float64{0, 0, 0}
	raw := [][]float64{squares(hours), hours, ones(len(hours))}
	gradient := descend(raw, scores, zero, 3000, 0.0002)
	momentum := momentumDescend(raw, scores, zero, 3000, 0.0002)
	adam := adamDescend(raw, scores, zero, 3000, 0.1)
	s := standardised(hours)
	standard := descend([][]float64{squares(s), s, ones(len(s))}, scores, zero, 500, 0.1)
	if len(descend(raw, scores, zero, 3000, 0.0003)) == 3001 {
		t.Error("with a rate of 0.0003 gradient descent arrives, and the tutorial says that it flies apart")
	}
	tells(t, "quadratic.ipynb", []claim{
		{"It rises by %s points an hour", fmt.Sprintf("%.2f", slope)},
		{"because $x^2$ reaches %s", fmt.Sprintf("%.0f", maximum(squares(hours)))},
		{"All three begin at %s", fmt.Sprintf("%.0f", gradient[0])},
		{"After 200 steps Adam is at %s", fmt.Sprintf("%.2f", adam[200])},
		{"and momentum at %s,", fmt.Sprintf("%.2f", momentum[200])},
		{"gradient descent still has %s", fmt.Sprintf("%.2f", gradient[200])},
		{"gradient descent has come to %s", fmt.Sprintf("%.2f", gradient[3000])},
		{"and momentum to %s", fmt.Sprintf("%.2f", momentum[3000])},
		{"the best loss, %s", fmt.Sprintf("%.3f", best)},
		{"after %s. Speed has its price", strconv.Itoa(arrives(adam, best))},
		{"%s steps of plain gradient descent", strconv.Itoa(arrives(standard, best))},
		{"The loss is %s where the line had", fmt.Sprintf("%.2f", best)},
		{"where the line had %s", fmt.Sprintf("%.2f", line)},
		{"a typical miss %s points instead of", fmt.Sprintf("%.1f", math.Sqrt(best))},
		{"points instead of %s", fmt.Sprintf("%.1f", math.Sqrt(line))},
		{"%s hours it is", map[string]string{"7": "Seven"}[fmt.Sprintf("%.0f", top)]},
		{"and 7 hours and %s points is where", fmt.Sprintf("%.0f", curve(top))},
	})
	if curve(20) >= 0 {
		t.Errorf("at twenty hours the curve says %g, and the tutorial says that it is below zero", curve(20))
	}
	for step, loss := range adam[1000:] {
		if loss > 1.01*best {
			t.Errorf("after %d steps Adam has jumped to %g, and the tutorial shows no spikes before 3000", 1000+step, loss)
		}
	}
	if momentum[2] <= momentum[0] {
		t.Errorf("after two steps momentum has %g, and the tutorial says that it is worse off than with %g", momentum[2], momentum[0])
	}
}

func TestDigitsTellsTheTruth(t *testing.T) {
	all := 1797.0
	test := math.Round(0.2 * all)
	training := math.Round(0.875 * (all - test))
	cost := func(p float64) string { return fmt.Sprintf("%.2f", -math.Log(p)) }
	tells(t, "digits.ipynb", []claim{
		{"digits on a form, %s in all", thousands(all)},
		{"A $p$ of one half costs %s", cost(0.5)},
		{"one tenth %s", cost(0.1)},
		{"one hundredth %s: being", cost(0.01)},
		{"$-\\log 0.1$, that is %s:", cost(0.1)},
		{"costs a %s, and many", map[string]string{"20": "twentieth"}[fmt.Sprintf("%.0f", training/64)]},
		{"the %s weights of the first layer", thousands(64 * 256)},
	})
}

// tells looks each claim up in the notebook's Markdown.
func tells(t *testing.T, path string, claims []claim) {
	t.Helper()
	n, err := ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var prose strings.Builder
	for _, c := range n.Cells {
		if c.Type == Markdown {
			prose.WriteString(c.Source + "\n")
		}
	}
	words := strings.Join(strings.Fields(prose.String()), " ")
	for _, c := range claims {
		want := strings.Join(strings.Fields(fmt.Sprintf(c.sentence, c.number)), " ")
		if !strings.Contains(words, want) {
			t.Errorf("%s does not say %q", path, want)
		}
	}
}

// readColumns reads the two columns of a file.
func readColumns(t *testing.T, path string) (x, y []float64) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
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

// A rule is one optimiser: how far the i-th parameter moves, given its gradient.
type rule func(step, i int, gradient float64) float64

// train minimises the mean square error of a linear combination of features and
// returns the loss before every step and after the last. It ends early when the
// loss is no number any more.
func train(features [][]float64, y, start []float64, steps int, move rule) []float64 {
	p := append([]float64(nil), start...)
	var losses []float64
	for step := 1; ; step++ {
		loss, gradient := 0.0, make([]float64, len(p))
		for k := range y {
			d := -y[k]
			for i := range p {
				d += p[i] * features[i][k]
			}
			loss += d * d / float64(len(y))
			for i := range p {
				gradient[i] += 2 * d * features[i][k] / float64(len(y))
			}
		}
		losses = append(losses, loss)
		if step > steps || math.IsInf(loss, 0) || math.IsNaN(loss) {
			return losses
		}
		for i := range p {
			p[i] -= move(step, i, gradient[i])
		}
	}
}

func descend(features [][]float64, y, start []float64, steps int, rate float64) []float64 {
	return train(features, y, start, steps, func(_, _ int, g float64) float64 { return rate * g })
}

func momentumDescend(features [][]float64, y, start []float64, steps int, rate float64) []float64 {
	v := make([]float64, len(start))
	return train(features, y, start, steps, func(_, i int, g float64) float64 {
		v[i] = 0.9*v[i] + g
		return rate * v[i]
	})
}

// adamDescend is algorithm 1 of Kingma and Ba (2015).
func adamDescend(features [][]float64, y, start []float64, steps int, rate float64) []float64 {
	m, v := make([]float64, len(start)), make([]float64, len(start))
	return train(features, y, start, steps, func(step, i int, g float64) float64 {
		m[i] = 0.9*m[i] + 0.1*g
		v[i] = 0.999*v[i] + 0.001*g*g
		return rate * m[i] / (1 - math.Pow(0.9, float64(step))) / (math.Sqrt(v[i]/(1-math.Pow(0.999, float64(step)))) + 1e-8)
	})
}

// arrives is the first step with a loss within one per cent of the best.
func arrives(losses []float64, best float64) int {
	for step, loss := range losses {
		if loss < 1.01*best {
			return step
		}
	}
	return -1
}

// parabola is the least squares solution for a, b and c.
func parabola(t *testing.T, x, y []float64) []float64 {
	t.Helper()
	a := mat.NewDense(len(x), 3, nil)
	for i, v := range x {
		a.SetRow(i, []float64{v * v, v, 1})
	}
	var p mat.VecDense
	if err := p.SolveVec(a, mat.NewVecDense(len(y), y)); err != nil {
		t.Fatal(err)
	}
	return p.RawVector().Data
}

// condition is the ratio of the largest to the smallest curvature of the loss:
// of the eigenvalues of the features' second moments.
func condition(features [][]float64) float64 {
	n := len(features)
	s := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			for k := range features[i] {
				s.SetSym(i, j, s.At(i, j)+features[i][k]*features[j][k])
			}
		}
	}
	var e mat.EigenSym
	e.Factorize(s, false)
	v := e.Values(nil)
	return v[n-1] / v[0]
}

func meanSquare(x, y []float64, f func(float64) float64) float64 {
	sum := 0.0
	for i := range x {
		sum += (f(x[i]) - y[i]) * (f(x[i]) - y[i])
	}
	return sum / float64(len(x))
}

func ones(n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = 1
	}
	return v
}

func squares(x []float64) []float64 {
	v := make([]float64, len(x))
	for i := range v {
		v[i] = x[i] * x[i]
	}
	return v
}

func standardised(x []float64) []float64 {
	mean, spread := stat.MeanStdDev(x, nil)
	v := make([]float64, len(x))
	for i := range v {
		v[i] = (x[i] - mean) / spread
	}
	return v
}

func maximum(x []float64) float64 {
	largest := x[0]
	for _, v := range x {
		largest = max(largest, v)
	}
	return largest
}

// thousands writes 1700 as 1,700.
func thousands(v float64) string {
	return fmt.Sprintf("%.0f,%03.0f", math.Floor(v/1000), math.Mod(v, 1000))
}
