package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"gradbook/kernel/wire"
)

// patience bounds what would otherwise hang a failing test; no test that passes
// waits for it.
const patience = 30 * time.Second

// start runs a fake kernel that behaves in the way how names.
func start(t *testing.T, how string) *Process {
	t.Helper()
	p, err := startAs(t, t.Context(), how)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Kill)
	return p
}

func startAs(t *testing.T, ctx context.Context, how string) (*Process, error) {
	t.Helper()
	t.Setenv("GRADBOOK_TEST_KERNEL", how)
	t.Setenv("GORACE", "atexit_sleep_ms=0") // the race detector lingers at exit
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return Start(ctx, []string{self, "{connection_file}"}, "")
}

// run executes a cell and returns its outputs as lines: type, and text if any.
func run(t *testing.T, c *Client, code string) (*wire.ExecuteReply, string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var got strings.Builder
	reply, err := c.Execute(ctx, wire.ExecuteRequest{Code: code, AllowStdin: true}, func(m *wire.Message) {
		fmt.Fprintln(&got, line(t, m))
	})
	return reply, got.String(), err
}

func line(t *testing.T, m *wire.Message) string {
	var content struct {
		Text  string     `json:"text"`
		Value string     `json:"evalue"`
		State wire.State `json:"execution_state"`
	}
	if err := json.Unmarshal(m.Content, &content); err != nil {
		t.Error(err)
	}
	return strings.TrimSpace(m.Header.Type + " " + content.Text + content.Value + string(content.State))
}

func TestExecute(t *testing.T) {
	p := start(t, "well")
	p.Client.OnInput = func(r wire.InputRequest) (string, error) {
		return fmt.Sprint("answer to ", r.Prompt, " ", r.Password), nil
	}
	for i, tt := range []struct {
		code, outputs string
		status        wire.Outcome
	}{
		{"nothing", "", wire.OK},
		{"print hello", "stream hello\n", wire.OK},
		{"print wörld 🎓", "stream wörld 🎓\n", wire.OK},
		{"count 3", "stream 0\nstream 1\nstream 2\n", wire.OK},
		{"fail badly", "error badly\n", wire.Failed},
		{"ask name", "stream you said answer to name false\n", wire.OK},
		{"ask password", "stream you said answer to password true\n", wire.OK},
		{"forge", "", wire.OK},
	} {
		reply, outputs, err := run(t, p.Client, tt.code)
		if err != nil {
			t.Fatalf("%s: %v", tt.code, err)
		}
		if want := "status busy\n" + tt.outputs + "status idle\n"; outputs != want {
			t.Errorf("%s\n got %s\nwant %s", tt.code, outputs, want)
		}
		if reply.Status != tt.status || reply.ExecutionCount != i+1 || (reply.Error != nil) != (tt.status == wire.Failed) {
			t.Errorf("%s: reply %+v, want %s and count %d", tt.code, reply, tt.status, i+1)
		}
	}
	if n := p.Client.Dropped(); n != 1 {
		t.Errorf("%d messages were dropped, want the forged one", n)
	}
}

// TestExecuteHearsEverything: many more outputs than any buffer holds, heard by a
// function that does not hurry, all before Execute returns.
func TestExecuteHearsEverything(t *testing.T) {
	p := start(t, "well")
	const n = 20 * outputBuffer
	heard := 0
	_, err := p.Client.Execute(t.Context(), wire.ExecuteRequest{Code: fmt.Sprint("count ", n)}, func(m *wire.Message) {
		if m.Header.Type != "stream" {
			return
		}
		if want := fmt.Sprint("stream ", heard); line(t, m) != want {
			t.Errorf("output %d is %s, want %s", heard, line(t, m), want)
		}
		heard++
	})
	if err != nil || heard != n {
		t.Errorf("%d outputs were heard, %v, want %d", heard, err, n)
	}
}

// TestExecuteTogether: outputs find the call they belong to.
func TestExecuteTogether(t *testing.T) {
	p := start(t, "well")
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			_, outputs, err := run(t, p.Client, fmt.Sprint("print ", i))
			if want := fmt.Sprintf("status busy\nstream %d\nstatus idle\n", i); err != nil || outputs != want {
				t.Errorf("call %d heard %q, %v, want %q", i, outputs, err, want)
			}
		})
	}
	all.Wait()
}

func TestInterrupt(t *testing.T) {
	p := start(t, "well")
	var outputs []string
	reply, err := p.Client.Execute(t.Context(), wire.ExecuteRequest{Code: "loop"}, func(m *wire.Message) {
		outputs = append(outputs, line(t, m))
		if line(t, m) == "stream looping" {
			if err := p.Client.Interrupt(t.Context()); err != nil {
				t.Error(err)
			}
		}
	})
	if err != nil || reply.Status != wire.OK || strings.Join(outputs, ", ") != "status busy, stream looping, stream stopped, status idle" {
		t.Errorf("%+v, %v, %q", reply, err, outputs)
	}
}

func TestInputIsOnlyAskedForWhenItCanBeGiven(t *testing.T) {
	p := start(t, "well")
	if _, outputs, err := run(t, p.Client, "ask name"); err != nil || !strings.Contains(outputs, "nobody to ask") {
		t.Errorf("without OnInput: %q, %v", outputs, err)
	}
	p.Client.OnInput = func(wire.InputRequest) (string, error) { return "", io.ErrUnexpectedEOF }
	reply, outputs, err := run(t, p.Client, "ask name")
	if !errors.Is(err, io.ErrUnexpectedEOF) || reply == nil || !strings.Contains(outputs, "interrupted") {
		t.Errorf("with OnInput that fails: %+v, %q, %v, want the cell interrupted and the error", reply, outputs, err)
	}
}

func TestExecuteGivesUpWithContext(t *testing.T) {
	p := start(t, "well")
	ctx, cancel := context.WithCancel(t.Context())
	_, err := p.Client.Execute(ctx, wire.ExecuteRequest{Code: "loop"}, func(m *wire.Message) {
		if line(t, m) == "stream looping" {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
	if err := p.Client.Alive(t.Context()); err != nil { // shell is busy, the heartbeat is not
		t.Error(err)
	}
	if err := p.Client.Interrupt(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, outputs, err := run(t, p.Client, "print on"); err != nil || outputs != "status busy\nstream on\nstatus idle\n" {
		t.Errorf("afterwards: %q, %v", outputs, err)
	}
}

func TestRequests(t *testing.T) {
	p := start(t, "well")
	info, err := p.Client.KernelInfo(t.Context())
	if err != nil || info.Implementation != "fake" {
		t.Errorf("info %+v, %v", info, err)
	}
	if err := p.Client.ask(t.Context(), Control, "refused_request", nil, new(wire.Reply)); err == nil || !strings.Contains(err.Error(), "refused: not today") {
		t.Errorf("a refused request: %v", err)
	}
	if m, err := p.Client.Request(t.Context(), "stdin", "x", nil); err == nil {
		t.Errorf("a request on stdin got %v", m)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if m, err := p.Client.Request(ctx, Shell, "unknown_request", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("an unanswered request: %v, %v", m, err)
	}
	for range 3 {
		if err := p.Client.Alive(t.Context()); err != nil {
			t.Error(err)
		}
	}
}

func TestStray(t *testing.T) {
	p := start(t, "well")
	stray := make(chan string, 100)
	p.Client.OnStray(func(m *wire.Message) { stray <- line(t, m) })
	if _, _, err := run(t, p.Client, "stray cat"); err != nil {
		t.Fatal(err)
	}
	for got := range stray { // statuses of the greeting may come first
		if got == "stream cat" {
			return
		}
	}
}

// TestTwoClients: one kernel, two front ends. Both hear everything on iopub, and
// each takes the other's for stray.
func TestTwoClients(t *testing.T) {
	p := start(t, "well")
	c, err := wire.ReadConnection(p.home + "/connection.json")
	if err != nil {
		t.Fatal(err)
	}
	other, err := Dial(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	stray := make(chan string, 100)
	p.Client.OnStray(func(m *wire.Message) { stray <- line(t, m) })
	if _, _, err := run(t, p.Client, "nothing"); err != nil {
		t.Fatal(err)
	}
	if _, outputs, err := run(t, other, "print hello"); err != nil || outputs != "status busy\nstream hello\nstatus idle\n" {
		t.Errorf("the second hears %q, %v", outputs, err)
	}
	for <-stray != "stream hello" {
	}
	if err := other.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if _, _, err := run(t, other, "nothing"); !errors.Is(err, ErrLost) {
		t.Errorf("after close: %v, want %v", err, ErrLost)
	}
	if _, _, err := run(t, p.Client, "nothing"); err != nil {
		t.Errorf("the first suffers from the end of the second: %v", err)
	}
}
