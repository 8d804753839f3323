package kernel

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"gradbook/kernel/cell"
	"gradbook/kernel/history"
	"gradbook/kernel/wire"
	"gradbook/kernel/zmtp"
)

// Options describe the kernel to its front ends.
type Options struct {
	Version string // of Gradbook, as kernel_info reports it

	// History is the file in which the cells of all sessions are remembered. ""
	// means that they are forgotten when the kernel ends.
	History string

	// Witness is the command of a process that calls Witness. None means that
	// nobody tells why the Go runtime has ended the kernel.
	Witness []string
}

// cells is what runs the cells: the interpreter, or a toy in tests.
type cells interface {
	// Eval runs one cell to its end, or until ctx is cancelled. The result is nil
	// when the cell has no value to show.
	Eval(ctx context.Context, number int, code string) (*Result, error)

	// Complete, Inspect and IsComplete answer from types and never run code. A
	// cursor counts Unicode code points, as the protocol does.
	Complete(code string, cursor int) cell.Completion
	Inspect(code string, cursor, detail int) cell.Inspection
	IsComplete(code string) (status, indent string)

	// Comm hands what a front end says about a comm to whoever handles it in the
	// cells. Comms lists the open ones: id to target.
	Comm(ctx context.Context, e commEvent) error
	Comms() map[string]string
}

// A router is one side of a channel: requests come, replies go to a peer.
type router interface {
	Messages() <-chan zmtp.Message
	Send(peer []byte, frames [][]byte) error
}

// A Kernel is one session: the channels to its front ends and the cells that were
// run. The goroutine of the shell loop owns count, failed and clocks;
// that of the control loop owns load; the rest is set before they start.
type Kernel struct {
	options    Options
	connection wire.Connection
	session    string
	signer     *wire.Signer
	seen       wire.Replay

	shell, control, stdin channel
	out                   *output
	captured              *capture // nil when the descriptors are left alone
	cells                 cells
	cell                  running
	witness               *witness // nil when nobody is to tell how the kernel ended
	questions             questioner
	stop                  context.CancelFunc // ends the loops

	count   int          // the number of the last cell
	failed  failedMoment // when a cell last failed with stop_on_error
	clocks  clocks       // of the clients
	history *history.Store
	load    load
}

// queueLength is how many shell requests are read ahead of the one that runs.
// Beyond it the front end's own queue holds them.
const queueLength = 1024

// serveAll answers requests until ctx ends or a shutdown comes, then waits for the
// cell that still runs, but not for ever.
func (k *Kernel) serveAll(ctx context.Context) {
	ctx, k.stop = context.WithCancel(ctx)
	defer k.stop()
	var wg sync.WaitGroup
	queue := make(chan *request, queueLength)
	wg.Go(func() { k.receive(ctx, &k.shell, func(r *request) { forward(ctx, queue, r) }) })
	wg.Go(func() { k.receive(ctx, &k.control, func(r *request) { k.serve(ctx, &k.control, r) }) })
	wg.Go(func() { k.receive(ctx, &k.stdin, func(r *request) { k.questions.answered(r.Message) }) })
	wg.Go(func() { k.work(ctx, queue) })
	done := make(chan struct{})
	go func() { wg.Wait(); close(done) }()
	<-ctx.Done()
	select {
	case <-done:
	case <-time.After(lastGrace):
	}
}

// lastGrace is how long a stopped cell may take to end when the kernel shuts down;
// jupyter_client sends SIGTERM after 2.5 s.
const lastGrace = time.Second

// receive decodes what comes on a channel. A message that is malformed, wrongly
// signed or seen before is dropped: whoever sent it is no front end of ours.
func (k *Kernel) receive(ctx context.Context, ch *channel, take func(*request)) {
	for {
		select {
		case m, open := <-ch.router.Messages():
			if !open {
				return
			}
			if decoded, err := wire.Decode(m.Frames, k.signer); err == nil && k.seen.First(decoded) {
				take(&request{Message: decoded, peer: m.Peer, arrived: time.Now()})
			}
		case <-ctx.Done():
			return
		}
	}
}

func forward(ctx context.Context, queue chan<- *request, r *request) {
	select {
	case queue <- r:
	case <-ctx.Done():
	}
}

// work serves the shell's requests one after the other.
func (k *Kernel) work(ctx context.Context, queue <-chan *request) {
	k.clocks = clocks{}
	for {
		select {
		case r := <-queue:
			k.clocks.note(r)
			k.serve(ctx, &k.shell, r)
		case <-ctx.Done():
			return
		}
	}
}

// Run opens the five sockets of a connection and serves until a shutdown request,
// a termination signal, the end of the parent process, or the end of ctx. The
// process's standard output and error belong to the cells meanwhile.
func Run(ctx context.Context, c wire.Connection, o Options) error {
	signer, err := c.Signer()
	if err != nil {
		return err
	}
	s, err := listen(c)
	if err != nil {
		return fmt.Errorf("kernel: opening the sockets: %w", err)
	}
	k := &Kernel{options: o, connection: c, session: wire.NewID(), signer: signer}
	k.history = history.New(history.Options{File: o.History})
	defer k.closeHistory()
	k.out = &output{to: s.iopub, signer: signer, session: k.session}
	k.shell = channel{s.shell, shellHandlers}
	k.control = channel{s.control, controlHandlers}
	k.stdin = channel{s.stdin, nil}
	k.witness = newWitness(o.Witness, k.session)
	stdout, stderr := stream{k, "stdout"}, stream{k, "stderr"}
	k.cells = newEvaluator(stdout, stderr, screen{k})
	if k.captured, err = startCapture(stdout.captured(), stderr.captured()); err != nil {
		return errors.Join(err, s.close())
	}
	defer k.captured.close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go k.greet(ctx, s.iopub)
	go k.heed(ctx, cancel)
	go watchParent(ctx, cancel)
	k.serveAll(ctx)
	k.captured.drain()
	k.out.flushAll()
	return s.close()
}

// closeHistory saves the last cells. That the file cannot be used is for the log of
// whoever started the kernel, no business of a notebook, so it is said when the
// descriptors lead there again.
func (k *Kernel) closeHistory() {
	if err := k.history.Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

// greet welcomes every new subscriber, so that it knows that it misses nothing from
// here on, and says once that the kernel has started.
func (k *Kernel) greet(ctx context.Context, iopub *zmtp.Publisher) {
	var once sync.Once
	for {
		select {
		case s, open := <-iopub.Subscriptions():
			if !open {
				return
			}
			k.welcome(iopub, s)
			once.Do(func() { k.out.publish(nil, "status", wire.Status{State: wire.Starting}) })
		case <-ctx.Done():
			return
		}
	}
}

// welcome goes to the subscriber alone; its topic is the subscription itself, so
// that the subscriber's own filter lets it pass.
func (k *Kernel) welcome(iopub *zmtp.Publisher, s zmtp.Subscription) {
	m, err := wire.New("iopub_welcome", k.session, wire.IOPubWelcome{Subscription: string(s.Topic)})
	if err != nil {
		return
	}
	m.Identities = [][]byte{s.Topic}
	if frames, err := m.Encode(k.signer); err == nil {
		_ = iopub.SendTo(s.Peer, frames) // who has left again needs no welcome
	}
}
