package zmtp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"testing"
)

// TestLibzmq lets libzmq judge: a script drives our three sockets with pyzmq, as
// a Jupyter client does. GRADBOOK_PYTHON names an interpreter that has pyzmq.
func TestLibzmq(t *testing.T) {
	python := os.Getenv("GRADBOOK_PYTHON")
	if python == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("GRADBOOK_PYTHON names no interpreter with pyzmq")
		}
		t.Skip("GRADBOOK_PYTHON names no interpreter with pyzmq")
	}
	for name, endpoint := range map[string]func() string{
		"tcp": func() string { return "tcp://127.0.0.1:0" },
		"ipc": func() string { return "ipc://" + socketPath(t) },
	} {
		t.Run(name, func(t *testing.T) {
			router := NewRouter(listenAt(t, endpoint()), Options{})
			publisher := NewPublisher(listenAt(t, endpoint()), Options{})
			heartbeat := NewHeartbeat(listenAt(t, endpoint()), Options{})
			closing(t, heartbeat)
			go welcomeAll(t, publisher)
			go echoUntilClose(t, router, publisher)

			ctx, cancel := context.WithTimeout(t.Context(), 2*patienceInTests)
			defer cancel()
			script := exec.CommandContext(ctx, python, "testdata/interop.py",
				Endpoint(router.Addr()), Endpoint(publisher.Addr()), Endpoint(heartbeat.Addr()))
			var stderr bytes.Buffer
			script.Stderr = &stderr
			out, err := script.Output()
			const want = "echo\necho\nheartbeat\nwelcome\nping\npublish\nhandover\ndrained\n"
			if err != nil || string(bytes.ReplaceAll(out, []byte("\r"), nil)) != want {
				t.Errorf("%v\n got %q\nwant %q\n%s", err, out, want, &stderr)
			}
		})
	}
}

func listenAt(t *testing.T, endpoint string) net.Listener {
	t.Helper()
	l, err := Listen(endpoint)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// welcomeAll is what a kernel does with subscriptions.
func welcomeAll(t *testing.T, p *Publisher) {
	for s := range p.Subscriptions() {
		if err := p.SendTo(s.Peer, [][]byte{s.Topic, []byte("welcome")}); err != nil {
			t.Error(err)
		}
	}
}

// echoUntilClose plays the kernel of interop.py.
func echoUntilClose(t *testing.T, r *Router, p *Publisher) {
	for m := range r.Messages() {
		switch string(m.Frames[0]) {
		case "publish":
			publishNumbers(t, p, m.Frames[1])
		case "close":
			publishNumbers(t, p, m.Frames[1])
			if err := errors.Join(p.Close(t.Context()), r.Close(t.Context())); err != nil {
				t.Error(err)
			}
		default:
			if err := r.Send(m.Peer, m.Frames); err != nil {
				t.Error(err)
			}
		}
	}
}

func publishNumbers(t *testing.T, p *Publisher, count []byte) {
	n, err := strconv.Atoi(string(count))
	if err != nil {
		t.Error(err)
	}
	for i := range n {
		if err := p.Publish([][]byte{fmt.Append(nil, "number ", i), block(100)}); err != nil {
			t.Error(err)
		}
	}
}
