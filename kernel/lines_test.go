package kernel

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"gradbook/kernel/history"
	"gradbook/kernel/wire"
	"gradbook/kernel/zmtp"
)

// piped connects to a kernel in this process that runs real cells.
func piped(t *testing.T, file string) line {
	return pipes{converse(t, history.Options{File: file}, func(k *Kernel) cells {
		return newEvaluator(stream{k, "stdout"}, stream{k, "stderr"}, screen{k})
	})}
}

type pipes struct{ *conversation }

func (p pipes) pipe(channel string) *pipe {
	return map[string]*pipe{"shell": p.shell, "control": p.ctl, "stdin": p.in}[channel]
}

func (p pipes) send(channel string, m *wire.Message) {
	frames, err := m.Encode(p.signer)
	if err != nil {
		p.t.Fatal(err)
	}
	p.pipe(channel).to <- zmtpMessage(frames)
}

func (p pipes) receive(ctx context.Context, channel string) *wire.Message {
	from := p.said
	if channel != "iopub" {
		from = p.pipe(channel).from
	}
	select {
	case m := <-from:
		return m
	case <-p.done:
	case <-ctx.Done():
	}
	select { // what was said before the end
	case m := <-from:
		return m
	default:
		return nil
	}
}

func (p pipes) wait(ctx context.Context) {
	select {
	case <-p.done:
	case <-ctx.Done():
		p.t.Fatal("the kernel does not end")
	}
}

// wires lead to a kernel in a process of its own.
type wires struct {
	t       *testing.T
	signer  *wire.Signer
	sockets map[string]*zmtp.Socket
	first   []*wire.Message // what the kernel said before it was asked anything
	done    chan struct{}   // closed when the process has ended
	err     error           // of the process; set before
}

// wired starts a kernel and connects to it. It waits for the welcome of IOPub and for the
// start of the kernel, so that nothing is missed.
func wired(t *testing.T, historyFile string) line {
	connection := newConnection(t)
	file := filepath.Join(t.TempDir(), "connection.json")
	if err := connection.Write(file); err != nil {
		t.Fatal(err)
	}
	process := exec.Command(os.Args[0])
	process.Env = append(os.Environ(), "GRADBOOK_TEST_CONNECTION="+file, "GRADBOOK_TEST_HISTORY="+historyFile,
		"JPY_PARENT_PID="+strconv.Itoa(os.Getpid()))
	process.Stderr = os.Stderr
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	w := &wires{t: t, sockets: map[string]*zmtp.Socket{}, done: make(chan struct{})}
	go func() { w.err = process.Wait(); close(w.done) }()
	t.Cleanup(func() { _ = process.Process.Kill(); <-w.done }) // it has mostly ended already
	w.connect(connection)
	w.first = []*wire.Message{w.receive(t.Context(), "iopub"), w.receive(t.Context(), "iopub")}
	return w
}

// newConnection chooses free ports, and a key for the longer signature.
func newConnection(t *testing.T) wire.Connection {
	c := wire.Connection{Transport: "tcp", IP: "127.0.0.1", Key: wire.NewID(), SignatureScheme: "hmac-sha512"}
	for _, port := range []*wire.Port{&c.Shell, &c.IOPub, &c.Stdin, &c.Control, &c.Heartbeat} {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close() // only when all are chosen, so that they differ
		*port = wire.Port(l.Addr().(*net.TCPAddr).Port)
	}
	return c
}

func (w *wires) connect(c wire.Connection) {
	var err error
	if w.signer, err = c.Signer(); err != nil {
		w.t.Fatal(err)
	}
	w.sockets["iopub"] = w.dial(c.Endpoint(c.IOPub), zmtp.Sub)
	if err := w.sockets["iopub"].Subscribe(""); err != nil {
		w.t.Fatal(err)
	}
	for channel, port := range map[string]wire.Port{"shell": c.Shell, "control": c.Control, "stdin": c.Stdin} {
		w.sockets[channel] = w.dial(c.Endpoint(port), zmtp.Dealer)
	}
}

// dial tries until the kernel listens.
func (w *wires) dial(endpoint string, kind zmtp.Kind) *zmtp.Socket {
	for {
		s, err := zmtp.Dial(w.t.Context(), endpoint, kind, "client", zmtp.Options{})
		if err == nil {
			w.t.Cleanup(func() { _ = s.Close(context.Background()) }) // the kernel is gone by then
			return s
		}
		select {
		case <-w.done:
			w.t.Fatalf("the kernel has not started: %v", w.err)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func (w *wires) send(channel string, m *wire.Message) {
	frames, err := m.Encode(w.signer)
	if err == nil {
		err = w.sockets[channel].Send(frames...)
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *wires) receive(ctx context.Context, channel string) *wire.Message {
	if channel == "iopub" && len(w.first) > 0 {
		m := w.first[0]
		w.first = w.first[1:]
		return m
	}
	select {
	case frames, open := <-w.sockets[channel].Messages():
		if !open {
			return nil
		}
		m, err := wire.Decode(frames, w.signer)
		if err != nil {
			w.t.Fatal(err)
		}
		return m
	case <-ctx.Done():
		return nil
	}
}

func (w *wires) wait(ctx context.Context) {
	select {
	case <-w.done:
		if w.err != nil {
			w.t.Fatal(w.err)
		}
	case <-ctx.Done():
		w.t.Fatal("the kernel does not end")
	}
}
