package client

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"gradbook/kernel/wire"
)

// TestIPykernel plays on the kernel that everyone else's clients are written for,
// so that client, fake kernel and our own kernel cannot be wrong together.
// GRADBOOK_PYTHON names an interpreter that has ipykernel.
func TestIPykernel(t *testing.T) {
	python := os.Getenv("GRADBOOK_PYTHON")
	if python == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("GRADBOOK_PYTHON names no interpreter with ipykernel")
		}
		t.Skip("GRADBOOK_PYTHON names no interpreter with ipykernel")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*patience)
	defer cancel()
	dir := t.TempDir()
	t.Setenv("IPYTHONDIR", dir) // its history is not the business of whoever runs this
	p, err := Start(ctx, []string{python, "-m", "ipykernel_launcher", "-f", "{connection_file}"}, dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Kill)
	p.Client.OnInput = func(r wire.InputRequest) (string, error) { return "answer to " + r.Prompt, nil }

	if info, err := p.Client.KernelInfo(ctx); err != nil || info.Implementation != "ipython" {
		t.Errorf("info %+v, %v", info, err)
	}
	for _, tt := range []struct {
		code   string
		status wire.Outcome
		want   []string // lines that must come, in this order
	}{
		{"print('wörld 🎓')", wire.OK, []string{"status busy", "execute_input", "stream wörld 🎓", "status idle"}},
		{"1 / 0", wire.Failed, []string{"error division by zero", "status idle"}},
		{"print(input('name?'))", wire.OK, []string{"stream answer to name?", "status idle"}},
		{"6 * 7", wire.OK, []string{"execute_result", "status idle"}},
		{"import os; print(os.getcwd())", wire.OK, []string{"stream " + dir, "status idle"}},
	} {
		reply, outputs, err := run(t, p.Client, tt.code)
		if err != nil || reply.Status != tt.status {
			t.Errorf("%s: %+v, %v, want %s", tt.code, reply, err, tt.status)
		}
		if got := strings.Split(outputs, "\n"); !inOrder(got, tt.want) {
			t.Errorf("%s\n got %q\nwant %q", tt.code, got, tt.want)
		}
	}
	interruptIPykernel(t, ctx, p.Client)
	if err := p.Client.Alive(ctx); err != nil {
		t.Error(err)
	}
	if err := p.Shutdown(ctx); err != nil {
		t.Error(err)
	}
}

func interruptIPykernel(t *testing.T, ctx context.Context, c *Client) {
	reply, err := c.Execute(ctx, wire.ExecuteRequest{Code: "print('on', flush=True)\nwhile True: pass"}, func(m *wire.Message) {
		if line(t, m) == "stream on" {
			if err := c.Interrupt(ctx); err != nil {
				t.Error(err)
			}
		}
	})
	if err != nil || reply.Error == nil || reply.Error.Name != "KeyboardInterrupt" {
		t.Errorf("interrupted cell: %+v, %v", reply, err)
	}
}

// inOrder reports whether all of want occur in got, in the same order.
func inOrder(got, want []string) bool {
	for _, w := range want {
		i := slices.Index(got, w)
		if i < 0 {
			return false
		}
		got = got[i+1:]
	}
	return true
}
