package client

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"gradbook/kernel/wire"
)

// TestStartUnwelcoming: a kernel with a plain PUB socket welcomes nobody, and is
// ready when the status of some request was heard.
func TestStartUnwelcoming(t *testing.T) {
	p := start(t, "unwelcoming")
	if _, outputs, err := run(t, p.Client, "print hello"); err != nil || outputs != "status busy\nstream hello\nstatus idle\n" {
		t.Errorf("%q, %v", outputs, err)
	}
}

func TestStartOfKernelThatDies(t *testing.T) {
	_, err := startAs(t, t.Context(), "dies")
	if !errors.Is(err, ErrDied) || !strings.Contains(err.Error(), "exit status 7") || !strings.Contains(err.Error(), "my own feet") {
		t.Errorf("error %v, want one with status and last words", err)
	}
}

func TestStartOfKernelThatIsSilent(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := startAs(t, ctx, "silent")
	if !errors.Is(err, context.Canceled) || errors.Is(err, ErrDied) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}

func TestStartRefuses(t *testing.T) {
	if _, err := Start(t.Context(), nil, ""); err == nil {
		t.Error("nothing was started")
	}
	if _, err := Start(t.Context(), []string{"no such command", "{connection_file}"}, ""); err == nil {
		t.Error("a command that is not there was started")
	}
}

// TestDeath: the cell that killed the kernel fails with its last words, after its
// last output.
func TestDeath(t *testing.T) {
	p := start(t, "well")
	_, outputs, err := run(t, p.Client, "die of boredom")
	if !errors.Is(err, ErrDied) || !strings.Contains(err.Error(), "exit status 3") || !strings.HasSuffix(err.Error(), "of boredom") {
		t.Errorf("error %v, want one with status and last words", err)
	}
	if outputs != "status busy\nstream I was about to say\n" {
		t.Errorf("outputs %q", outputs)
	}
	if err := p.Wait(); err == nil {
		t.Error("the process ended well")
	}
	if _, _, err := run(t, p.Client, "nothing"); !errors.Is(err, ErrDied) {
		t.Errorf("next cell: %v, want %v", err, ErrDied)
	}
	if err := p.Client.Alive(t.Context()); !errors.Is(err, ErrLost) && err == nil {
		t.Error("a dead kernel is alive")
	}
}

func TestShutdown(t *testing.T) {
	p := start(t, "well")
	if info, err := os.Stat(p.home); err != nil || !info.IsDir() {
		t.Fatalf("no directory for the connection file: %v", err)
	}
	if err := p.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(p.home); !os.IsNotExist(err) {
		t.Errorf("the connection file is left behind: %v", err)
	}
	p.Kill() // of a dead process: nothing happens
}

func TestKill(t *testing.T) {
	p := start(t, "well")
	done := make(chan error)
	go func() {
		_, err := p.Client.Execute(t.Context(), wire.ExecuteRequest{Code: "loop"}, func(m *wire.Message) {
			if line(t, m) == "stream looping" {
				go p.Kill()
			}
		})
		done <- err
	}()
	if err := <-done; !errors.Is(err, ErrDied) {
		t.Errorf("error %v, want %v", err, ErrDied)
	}
}

func TestTail(t *testing.T) {
	var short, long tail
	for _, s := range []string{"one\n", "two\n"} {
		_, _ = short.Write([]byte(s))
	}
	if got := short.String(); got != "one\ntwo" {
		t.Errorf("tail %q", got)
	}
	for range 10_000 {
		_, _ = long.Write([]byte("a line of text\n"))
	}
	_, _ = long.Write([]byte("the end"))
	got := long.String()
	if len(got) > tailSize || !strings.HasPrefix(got, "a line of text\n") || !strings.HasSuffix(got, "\nthe end") {
		t.Errorf("tail of %d bytes: %.30q … %q", len(got), got, got[len(got)-20:])
	}
	var once tail
	if n, _ := once.Write(make([]byte, 3*tailSize)); n != 3*tailSize || len(once.end) != tailSize {
		t.Errorf("wrote %d, kept %d", n, len(once.end))
	}
}
