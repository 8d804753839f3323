package display

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"sync"

	"gradbook/graph"
)

// standard is the screen of a program without a notebook.
var standard = NewScreen(&console{w: stdout{}, r: bufio.NewReader(stdin{})})

// stdout and stdin are whatever os.Stdout and os.Stdin are when they are used: a
// program may redirect them after this package was initialised.
type (
	stdout struct{}
	stdin  struct{}
)

func (stdout) Write(b []byte) (int, error) { return os.Stdout.Write(b) }
func (stdin) Read(b []byte) (int, error)   { return os.Stdin.Read(b) }

// Show shows a value; see [Screen.Show]. In an ordinary program it prints the
// value's text to standard output.
func Show(v any) *Handle { return standard.Show(v) }

// Clear removes what was shown; see [Screen.Clear]. A console is not cleared.
func Clear(wait bool) { standard.Clear(wait) }

// Input asks for a line of text; see [Screen.Input]. In an ordinary program it
// reads standard input.
func Input(prompt string) (string, error) { return standard.Input(prompt) }

// Password asks for a line of text that should not be seen; see
// [Screen.Password]. An ordinary program's console shows it all the same.
func Password(prompt string) (string, error) { return standard.Password(prompt) }

// LiveLoss draws a loss that falls while it does; see [Screen.LiveLoss]. In an
// ordinary program it is a line of text with the step and the loss.
func LiveLoss() func(graph.Progress) { return standard.LiveLoss() }

// LiveFit draws a line that moves through data; see [Screen.LiveFit].
func LiveFit(x, y any, node, placeholder *graph.Node) func(graph.Progress) {
	return standard.LiveFit(x, y, node, placeholder)
}

// Progress shows how far some work is; see [Screen.Progress].
func Progress(what string, total int) *Bar { return standard.Progress(what, total) }

// LiveTable shows a table that grows; see [Screen.LiveTable]. In an ordinary program each
// row is a line of text.
func LiveTable(head ...string) *LiveRows { return standard.LiveTable(head...) }

// A console shows the text of bundles, one after the other: what was written
// stays, so an update writes the new text below the old.
type console struct {
	mu sync.Mutex // so that lines of two goroutines do not mix
	w  io.Writer
	r  *bufio.Reader
}

func (c *console) Display(b Bundle, _ string) error {
	text, ok := b.Data[textPlain]
	if !ok {
		return nil
	}
	return c.print(text)
}

func (c *console) print(text any) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, err := fmt.Fprintln(c.w, text)
	return err
}

func (c *console) Update(b Bundle, id string) error { return c.Display(b, id) }

func (c *console) Clear(bool) error { return nil }

// Input writes the prompt and reads to the end of the line.
func (c *console) Input(prompt string, _ bool) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, err := fmt.Fprint(c.w, prompt); err != nil {
		return "", err
	}
	line, err := c.r.ReadString('\n')
	if err == io.EOF && line != "" {
		err = nil // the last line of a file need not end
	}
	if err != nil {
		return "", fmt.Errorf("display: Input: %w", err)
	}
	for len(line) > 0 && (line[len(line)-1] == '\n' || line[len(line)-1] == '\r') {
		line = line[:len(line)-1]
	}
	return line, nil
}

// progress overwrites one line.
func (c *console) progress(line string, done bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	end := ""
	if done {
		end = "\n"
	}
	fmt.Fprintf(c.w, "\r%-60s%s", line, end)
}
