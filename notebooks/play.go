package notebooks

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"gradbook/kernel/wire"
)

// An Executor runs the code of cells, one after the other. It is declared here,
// where it is used; a client.Client is one, and so is the fake in our tests.
type Executor interface {
	// Execute runs a cell to its end. On is given its IOPub messages in order,
	// and is not called any more once Execute has returned.
	Execute(ctx context.Context, r wire.ExecuteRequest, on func(*wire.Message)) (*wire.ExecuteReply, error)
}

// Playing tunes [Play]. Zero fields play silently and without a limit.
type Playing struct {
	// Progress, if not nil, is called before and after each cell that runs, from
	// the goroutine that called Play.
	Progress func(Step)
}

// A Step is one cell of a notebook being played.
type Step struct {
	Cell, Cells int   // this one, from 1, among those that run
	At          *Cell // the cell itself
	Done        bool  // it has ended
	Elapsed     time.Duration
	Err         error // why it failed, if it did
}

// A CellError says which cell of a notebook failed. Its number counts the cells
// that ran, which is the number in the prompt "In [3]" of a fresh kernel.
type CellError struct {
	Cell, Cells int
	Name, Value string   // the kind of error and its message, of the kernel
	Traceback   []string // lines with the colours of a terminal
	Err         error    // why the kernel could not be asked, or did not answer
}

func (e *CellError) Error() string {
	what := e.Value
	if e.Err != nil {
		what = e.Err.Error()
	}
	return fmt.Sprintf("notebooks: cell %d of %d: %s", e.Cell, e.Cells, cmp.Or(what, e.Name, "failed without saying why"))
}

func (e *CellError) Unwrap() error { return e.Err }

// Play runs the code cells of n in order and fills in their outputs and counts,
// as a front end would: adjoining texts become one, a later display with the
// same id replaces an earlier one wherever it stands, clearing clears.
//
// It begins by clearing all outputs, so what the notebook holds in the end came
// from this run. It stops at the first cell that fails and returns a [*CellError];
// the cell then holds the error as its output. A cell tagged "raises-exception"
// may fail. Cells without code, or tagged "skip-execution", are passed over.
func Play(ctx context.Context, n *Notebook, e Executor, p Playing) error {
	n.ClearOutputs()
	report := p.Progress
	if report == nil {
		report = func(Step) {}
	}
	shown := displays{}
	cells := runnable(n)
	for i, c := range cells {
		step := Step{Cell: i + 1, Cells: len(cells), At: c}
		report(step)
		start := time.Now()
		step.Err = playCell(ctx, c, e, shown, CellError{Cell: step.Cell, Cells: step.Cells})
		step.Done, step.Elapsed = true, time.Since(start)
		report(step)
		if step.Err != nil {
			return step.Err
		}
	}
	return nil
}

// runnable lists the cells that playing runs.
func runnable(n *Notebook) []*Cell {
	var cells []*Cell
	for _, c := range n.Cells {
		if c.Runs() {
			cells = append(cells, c)
		}
	}
	return cells
}

// playCell runs one cell and fills it. Failed is completed and returned if the
// cell fails.
func playCell(ctx context.Context, c *Cell, e Executor, shown displays, failed CellError) error {
	out := &outputs{cell: c, shown: shown}
	request := wire.ExecuteRequest{Code: c.Source, StoreHistory: true, StopOnError: true}
	reply, err := e.Execute(ctx, request, out.take)
	if err == nil {
		err = out.err
	}
	if err != nil {
		failed.Err = err
		return &failed
	}
	if reply.ExecutionCount > 0 {
		c.Count = reply.ExecutionCount
	}
	switch {
	case reply.Status == wire.OK, reply.Status == "", reply.Status == wire.Failed && c.HasTag("raises-exception"):
		return nil
	case reply.Error != nil:
		failed.Name, failed.Value, failed.Traceback = reply.Error.Name, reply.Error.Value, reply.Error.Traceback
	default:
		failed.Value = fmt.Sprintf("the kernel answered with status %q, want %q", reply.Status, wire.OK)
	}
	return &failed
}

// plain removes terminal colours from lines and joins them.
func plain(lines []string) string {
	return ansiSequence.ReplaceAllString(strings.Join(lines, "\n"), "")
}
