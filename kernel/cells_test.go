package kernel

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"gradbook/display"
	"gradbook/display/comm"
)

// A cellCase is a sequence of cells and what compiled Go prints for it. A line
// "=> v" of Expect stands for a cell's value.
type cellCase struct {
	Name         string
	Cells        []string
	Expect       string
	ExpectErrors map[string]string `json:"expect_errors"` // index of a cell to a part of its error
}

// TestCells plays every case in a fresh evaluator. Those that are known not to hold
// are in testdata/cells_open.json with the reason; that list may only shrink, so a
// case in it that holds is a failure too.
func TestCells(t *testing.T) {
	var cases, more []cellCase
	readJSON(t, "testdata/cells.json", &cases)
	readJSON(t, "testdata/cells_more.json", &more)
	cases = append(cases, more...)
	open := map[string]string{}
	readJSON(t, "testdata/cells_open.json", &open)
	held := 0
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			problem := c.play()
			reason, isOpen := open[c.Name]
			switch {
			case problem == "":
				held++
				if isOpen {
					t.Errorf("holds: remove it from the list of open cases")
				}
			case isOpen:
				t.Skipf("open: %s", reason)
			default:
				t.Error(problem)
			}
		})
		delete(open, c.Name)
	}
	for name := range open {
		t.Errorf("%s is on the list of open cases and is no case", name)
	}
	t.Logf("%d of %d cases hold", held, len(cases))
}

// play runs the case and says how it differs from what is expected, "" if it does
// not.
func (c cellCase) play() string {
	var out buffer
	captured, err := startCapture(&out, io.Discard)
	if err != nil {
		return err.Error()
	}
	defer captured.close()
	e := newEvaluator(drained{&out, captured}, io.Discard, deaf{})
	errs := map[string]string{}
	for i, code := range c.Cells {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		result, err := e.Eval(ctx, i+1, code)
		cancel()
		captured.drain()
		if err != nil {
			errs[strconv.Itoa(i)] = whole(err)
		} else if result != nil {
			fmt.Fprintf(&out, "=> %v\n", result.Data["text/plain"])
		}
	}
	var problems []string
	if got := out.String(); got != c.Expect {
		problems = append(problems, fmt.Sprintf("printed\n%q, want\n%q", got, c.Expect))
	}
	for i, text := range errs {
		if want, ok := c.ExpectErrors[i]; !ok || !strings.Contains(text, want) {
			problems = append(problems, fmt.Sprintf("cell %s: error %q, want one with %q", i, text, want))
		}
	}
	for i, want := range c.ExpectErrors {
		if _, ok := errs[i]; !ok {
			problems = append(problems, fmt.Sprintf("cell %s: no error, want one with %q", i, want))
		}
	}
	return strings.Join(problems, "\n")
}

// whole is all the text of an error that a front end gets.
func whole(err error) string {
	text := err.Error()
	if t, ok := err.(interface{ Traceback() []string }); ok {
		text += "\n" + strings.Join(t.Traceback(), "\n")
	}
	return text
}

func readJSON(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// A buffer is what goroutines of cells may write to at the same time.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// drained takes over what was written to the process's own standard output before
// it writes, as the kernel's streams do.
type drained struct {
	to       io.Writer
	captured *capture
}

func (d drained) Write(p []byte) (int, error) {
	d.captured.drain()
	return d.to.Write(p)
}

// deaf is a screen that nobody looks at.
type deaf struct{}

func (deaf) Display(display.Bundle, string) error               { return nil }
func (deaf) Update(display.Bundle, string) error                { return nil }
func (deaf) Clear(bool) error                                   { return nil }
func (deaf) Comm(comm.Kind, string, string, comm.Message) error { return nil }
func (deaf) Input(string, bool) (string, error)                 { return "", io.EOF }
