package display

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"gradbook/graph"
)

// A counter is an output that encodes what it is shown, as the kernel does, and counts
// the bytes.
type counter struct {
	recorder
	bytes, before int // all, and without the last frame
}

func (c *counter) Display(b Bundle, _ string) error { return c.count(b) }
func (c *counter) Update(b Bundle, _ string) error  { return c.count(b) }

func (c *counter) count(b Bundle) error {
	message, err := json.Marshal(b.Data)
	c.before, c.bytes = c.bytes, c.bytes+len(message)
	return err
}

// perceptron is a network of 32, 64 and 1 units with 64 examples.
func perceptron() (loss *graph.Node, feed graph.Feed) {
	random := rand.New(rand.NewPCG(1, 2))
	table := func(rows, columns int) [][]float64 {
		out := make([][]float64, rows)
		for i := range out {
			for range columns {
				out[i] = append(out[i], random.NormFloat64()/10)
			}
		}
		return out
	}
	x, y := graph.Placeholder("x"), graph.Placeholder("y")
	hidden := graph.MatMul(x, graph.Variable("W", table(32, 64))).Add(graph.Variable("b", make([]float64, 64))).Tanh()
	out := graph.MatMul(hidden, graph.Variable("V", table(64, 1)))
	return out.Subtract(y).Square().Mean().Named("loss"), graph.Feed{x: table(64, 32), y: table(64, 1)}
}

// BenchmarkLive trains 10,000 steps, bare and watched in turns, of which the fastest count:
// other programs only ever make a turn slower. Being watched should cost a training 5 % at
// most, and send 200 KB a second at most. The frame that stays comes after the training, and is
// told by itself.
func BenchmarkLive(b *testing.B) {
	l := newLine()
	network, examples := perceptron()
	xs, ys := students()
	cases := []struct {
		name  string
		loss  *graph.Node
		feed  graph.Feed
		watch func(*Screen) func(graph.Progress)
	}{
		{"line/LiveLoss", l.loss, many30(l), (*Screen).LiveLoss},
		{"line/LiveFit", l.loss, many30(l), func(s *Screen) func(graph.Progress) { return s.LiveFit(xs, ys, l.prediction, l.x) }},
		{"network/LiveLoss", network, examples, (*Screen).LiveLoss},
		{"network/Progress", network, examples, func(s *Screen) func(graph.Progress) {
			bar := s.Progress("training", 10_000)
			return func(graph.Progress) { bar.Advance(1) }
		}},
	}
	for _, c := range cases {
		b.Run(c.name, func(b *testing.B) {
			train := func(report func(graph.Progress)) (training, all time.Duration) {
				start := time.Now()
				fit, err := graph.Minimize(c.loss, graph.Training{Feed: c.feed, Steps: 10_000, Optimizer: graph.GradientDescent{Rate: 1e-6}, Report: report})
				if err != nil {
					b.Fatal(err)
				}
				return fit.Elapsed, time.Since(start)
			}
			bare, watched, end, sent := time.Hour, time.Hour, time.Hour, 0.0
			for b.Loop() {
				var out counter
				t, _ := train(nil)
				bare = min(bare, t)
				t, all := train(c.watch(NewScreen(&out)))
				watched, end = min(watched, t), min(end, all-t)
				sent = max(sent, float64(out.before)/1000/max(1, t.Seconds()))
			}
			b.ReportMetric(bare.Seconds()*1000, "ms/bare")
			b.ReportMetric(watched.Seconds()*1000, "ms/watched")
			b.ReportMetric(100*(watched-bare).Seconds()/bare.Seconds(), "%/slower")
			b.ReportMetric(sent, "KB/s")
			b.ReportMetric(end.Seconds()*1000, "ms/end")
		})
	}
}
