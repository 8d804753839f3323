package client

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"gradbook/kernel/wire"
)

// ErrDied says that the kernel process ended by itself. Errors that wrap it have
// the process's state and the end of what it wrote to stderr.
var ErrDied = errors.New("client: kernel died")

// retry is the pause between attempts to reach a kernel that is starting.
const retry = 5 * time.Millisecond

// A Process is a kernel that we started.
type Process struct {
	Client *Client

	cmd  *exec.Cmd
	last *tail
	home string        // of the connection file
	done chan struct{} // closed when the process has ended
	err  error         // of cmd.Wait; set before done is closed
}

// Start runs a kernel and returns when it is ready for requests. Argv is its
// command, in which {connection_file} stands for the file that Start writes; dir
// is its working directory, "" for ours. Ctx bounds only the starting. A kernel
// that ends before it is ready is an error that wraps ErrDied.
func Start(ctx context.Context, argv []string, dir string) (*Process, error) {
	if len(argv) == 0 {
		return nil, errors.New("client: start: no command, want the kernelspec's argv")
	}
	connection, err := newConnection()
	if err != nil {
		return nil, err
	}
	p, err := spawn(argv, dir, connection)
	if err != nil {
		return nil, err
	}
	starting, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() { // a kernel that is dead need not be waited for
		select {
		case <-p.done:
			cancel()
		case <-starting.Done():
		}
	}()
	p.Client, err = dial(starting, connection, p.await, p.explain)
	if err == nil {
		return p, nil
	}
	select {
	case <-p.done:
		err = p.died()
	default:
		p.Kill()
	}
	return nil, fmt.Errorf("client: start %s: %w", argv[0], err)
}

// await pauses before the next attempt; it is no use when the process has ended.
func (p *Process) await(error) bool {
	select {
	case <-p.done:
		return false
	case <-time.After(retry):
		return true
	}
}

// newConnection chooses five free ports of the loopback address, and a key.
func newConnection() (wire.Connection, error) {
	c := wire.Connection{Transport: "tcp", IP: "127.0.0.1", Key: wire.NewID(), SignatureScheme: "hmac-sha256"}
	for _, port := range []*wire.Port{&c.Shell, &c.IOPub, &c.Stdin, &c.Control, &c.Heartbeat} {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return c, fmt.Errorf("client: choose a port: %w", err)
		}
		defer l.Close() // only when all are chosen, so that they differ
		*port = wire.Port(l.Addr().(*net.TCPAddr).Port)
	}
	return c, nil
}

// spawn starts the process with its connection file.
func spawn(argv []string, dir string, connection wire.Connection) (*Process, error) {
	home, err := os.MkdirTemp("", "gradbook-kernel-")
	if err != nil {
		return nil, fmt.Errorf("client: start: %w", err)
	}
	file := filepath.Join(home, "connection.json")
	if err := connection.Write(file); err != nil {
		_ = os.RemoveAll(home) // err says more
		return nil, err
	}
	args := make([]string, len(argv))
	for i, a := range argv {
		args[i] = strings.ReplaceAll(a, "{connection_file}", file)
	}
	p := &Process{cmd: exec.Command(args[0], args[1:]...), last: new(tail), home: home, done: make(chan struct{})}
	p.cmd.Dir = dir
	// The kernel ends by itself when the process of this id does.
	p.cmd.Env = append(os.Environ(), "JPY_PARENT_PID="+strconv.Itoa(os.Getpid()))
	p.cmd.Stdout, p.cmd.Stderr = p.last, p.last
	p.cmd.WaitDelay = time.Second // a child of the kernel may hold on to stderr
	detach(p.cmd)
	if err := p.cmd.Start(); err != nil {
		_ = os.RemoveAll(home) // err says more
		return nil, fmt.Errorf("client: start: %w", err)
	}
	go p.reap()
	return p, nil
}

// reap is the only one who waits for the process, and tidies up after it.
func (p *Process) reap() {
	p.err = p.cmd.Wait()
	_ = os.RemoveAll(p.home) // a leftover in the temporary directory harms nobody
	close(p.done)
}

// explain is why a connection to this kernel ended: most often the process did, a
// moment later.
func (p *Process) explain(err error) error {
	select {
	case <-p.done:
		return p.died()
	case <-time.After(grace):
		return err
	}
}

func (p *Process) died() error {
	err := fmt.Errorf("%w: %v", ErrDied, p.cmd.ProcessState)
	if words := p.last.String(); words != "" {
		err = fmt.Errorf("%w; its last words:\n%s", err, words)
	}
	return err
}

// PID is the id of the process.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Wait returns when the process has ended: nil when it ended well, an
// *exec.ExitError when not.
func (p *Process) Wait() error {
	<-p.done
	return p.err
}

// Kill ends the process at once and waits until it has. It does nothing to one
// that has ended.
func (p *Process) Kill() {
	_ = p.cmd.Process.Kill() // fails only when it has ended already
	<-p.done
}

// Shutdown asks the kernel to end and waits until it has. When ctx ends first, or
// the kernel cannot be asked, it is killed and the error says why.
func (p *Process) Shutdown(ctx context.Context) error {
	if err := p.Client.Shutdown(ctx, false); err != nil {
		p.Kill()
		return err
	}
	select {
	case <-p.done:
		_ = p.Client.Close(ctx) // the kernel has closed its end already
		return p.err
	case <-ctx.Done():
		p.Kill()
		return fmt.Errorf("client: kernel does not end: %w", ctx.Err())
	}
}
