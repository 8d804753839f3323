package notebooks_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"gradbook/kernel/wire"
	"gradbook/notebooks"
)

// An echo is a kernel that writes back what it is asked to run. A real one is a
// *client.Client.
type echo struct{ count int }

func (e *echo) Execute(_ context.Context, r wire.ExecuteRequest, on func(*wire.Message)) (*wire.ExecuteReply, error) {
	e.count++
	content, err := json.Marshal(wire.Stream{Name: "stdout", Text: r.Code + "\n"})
	if err != nil {
		return nil, err
	}
	on(&wire.Message{Header: wire.Header{Type: "stream"}, Content: content})
	return &wire.ExecuteReply{ExecutionCount: e.count}, nil
}

// Playing fills in the outputs; a notebook is then written, or shown.
func ExamplePlay() {
	n, err := notebooks.Read([]byte(`{
		"cells": [
			{"cell_type": "markdown", "metadata": {}, "source": "# Two cells"},
			{"cell_type": "code", "metadata": {}, "source": "hello", "outputs": [], "execution_count": null},
			{"cell_type": "code", "metadata": {}, "source": "world", "outputs": [], "execution_count": null}
		],
		"metadata": {}, "nbformat": 4, "nbformat_minor": 5}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	err = notebooks.Play(context.Background(), n, new(echo), notebooks.Playing{
		Progress: func(s notebooks.Step) {
			if s.Done {
				fmt.Println("cell", s.Cell, "of", s.Cells, "is done")
			}
		},
	})
	fmt.Println(err, n.Cells[2].Count, n.Cells[2].Outputs[0].Text)

	// Output:
	// cell 1 of 2 is done
	// cell 2 of 2 is done
	// <nil> 2 world
}

// A page needs nothing beside it.
func ExampleNotebook_WriteHTML() {
	n := &notebooks.Notebook{Major: 4, Minor: 5, Cells: []*notebooks.Cell{
		{Type: notebooks.Markdown, Source: "# A line\n\nIts formula is $y = wx + b$."},
	}}
	var page strings.Builder
	if err := n.WriteHTML(&page, notebooks.Page{}); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.Contains(page.String(), "<title>A line</title>"), strings.Contains(page.String(), "<mi>w</mi><mi>x</mi>"))
	// Output: true true
}
