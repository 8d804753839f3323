package kernel

import (
	"context"
	"fmt"
	"go/parser"
	"strings"
	"time"

	"gonum.org/v1/gonum/stat"
)

// time runs Go and says how long it took.
func (e *evaluator) time(ctx context.Context, o order) (*Result, error) {
	start := time.Now()
	result, err := e.run(ctx, o.cell, o.source("", ""))
	fmt.Fprintln(e.stdout, "Wall time:", readable(time.Since(start).Seconds()))
	return result, err
}

// source is the Go that an order is about, where it stands in the cell, so that
// positions in it are the user's. Only the columns of its first line move if before
// is longer than the name of the magic.
func (o order) source(before, after string) string {
	blank := strings.Repeat(" ", max(o.column-len(before), 0))
	return strings.Repeat("\n", o.line) + before + blank + o.argument + "\n" + o.body + after
}

// A measurement of %timeit is so many runs, each of as many loops as last so long.
const (
	timedRuns = 7
	timedRun  = 100 * time.Millisecond
)

// timeit runs Go many times and says how long one time takes. What it declares is
// its own each time.
func (e *evaluator) timeit(ctx context.Context, o order) (*Result, error) {
	use, err := e.timeable(o)
	if err != nil {
		return nil, err
	}
	loops, lasted := 1, time.Duration(0)
	var once func() error
	for ; lasted < timedRun; loops *= 10 {
		if once, err = e.prepare(ctx, o.cell, o.source(fmt.Sprintf("for range %d {%s", loops, use), "\n}")); err != nil {
			return nil, err
		}
		start := time.Now()
		if err := once(); err != nil {
			return nil, err
		}
		lasted = time.Since(start)
	}
	loops /= 10
	seconds := make([]float64, timedRuns)
	for i := range seconds {
		start := time.Now()
		if err := once(); err != nil {
			return nil, err
		}
		seconds[i] = time.Since(start).Seconds() / float64(loops)
	}
	mean, deviation := stat.PopMeanStdDev(seconds, nil)
	_, err = fmt.Fprintf(e.stdout, "%s ± %s per loop (mean ± standard deviation of %d runs, %d loops each)\n",
		readable(mean), readable(deviation), timedRuns, loops)
	return nil, err
}

// timeable checks Go that is to be run many times, and tells what must stand before
// it: the value of an expression has to go somewhere.
func (e *evaluator) timeable(o order) (use string, err error) {
	if strings.TrimSpace(o.argument+o.body) == "" {
		return "", fmt.Errorf("%s wants Go to run", o.magic.name)
	}
	_, err = e.session.Compile(o.cell, o.source("{", "\n}"))
	if err == nil {
		return "", nil
	}
	if _, no := parser.ParseExpr(o.argument + o.body); no != nil {
		return "", err
	}
	_, err = e.session.Compile(o.cell, o.source("{_ =", "\n}"))
	return "_ =", err
}

// readable writes a time with the unit in which it is short.
func readable(seconds float64) string {
	for _, unit := range []struct {
		name string
		size float64
	}{{"s", 1}, {"ms", 1e-3}, {"µs", 1e-6}} {
		if seconds >= unit.size {
			return fmt.Sprintf("%.3g %s", seconds/unit.size, unit.name)
		}
	}
	return fmt.Sprintf("%.3g ns", seconds/1e-9)
}
