package kernel

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"gradbook/kernel/wire"
	"gradbook/kernel/zmtp"
)

// Some errors end a Go program there and then: two goroutines that write one map,
// memory that the system does not have. What the runtime says of it goes into the
// pipe in which this process catches its own standard error, and nobody reads it
// any more. So a second process, the witness, shares that pipe. It sleeps until the
// kernel has ended, and if the runtime has said something it says so in the place of
// the kernel, under the cell that ran.

// A testimony is what the witness must know of the kernel: it is noted as each cell
// begins, and read when the kernel is no more.
type testimony struct {
	Session string          `json:"session"` // of the kernel
	Parent  json.RawMessage `json:"parent"`  // header of the request that ran last
}

// The files that the witness inherits.
const (
	witnessCrash  = 3 + iota // a pipe with a copy of what the runtime says of its end; its own end is the kernel's
	witnessStderr            // the pipe in which the kernel catches its standard error
	witnessNote              // a file with the testimony
)

// Witness waits until the kernel that has started it ends. If the Go runtime has
// ended it, its reason is written to log, and published to the kernel's subscribers.
// The log is closed before, since whoever started the kernel may wait for its end.
func Witness(c wire.Connection, log io.WriteCloser) error {
	words := await(os.NewFile(witnessCrash, "crash"), os.NewFile(witnessStderr, "stderr"))
	if words == "" {
		return nil
	}
	death := &kernelDeath{reason(words)}
	if !death.isUsers() {
		fmt.Fprintln(log, words) // an error of ours, so the whole of it is wanted
	}
	fmt.Fprintln(log, death)
	if err := log.Close(); err != nil {
		return err
	}
	var about testimony
	// The file may be longer than its last testimony; the decoder stops behind the first value.
	if err := json.NewDecoder(os.NewFile(witnessNote, "note")).Decode(&about); err != nil {
		return fmt.Errorf("kernel: testimony: %w", err)
	}
	return publishDeath(c, about, death)
}

// wordsLimit is how much of the last words is kept: the reason comes first, and the
// stacks of all goroutines follow.
const wordsLimit = 1 << 20

// await returns when the kernel has ended, with what it wrote to its standard error
// and did not read any more. It is empty if the kernel ended in order, or was killed.
//
// A pipe that is full would hold the runtime up before it has ended the process. Every
// piece that it says is in crash as well, later, so stderr is emptied as those come.
func await(crash, stderr *os.File) string {
	var words []byte
	buf := make([]byte, 4<<10)
	for dying := false; ; {
		n, err := crash.Read(buf)
		if n > 0 {
			dying = true
		}
		if dying {
			words = append(words, unread(stderr)...)
			words = words[:min(len(words), wordsLimit)]
		}
		if err != nil {
			return string(words)
		}
	}
}

// reason is the part of the last words that a user understands: what comes before
// the first stack.
func reason(words string) string {
	start := strings.Index("\n"+words, "\nfatal error: ")
	if start < 0 {
		start = strings.Index("\n"+words, "\npanic: ")
	}
	if start < 0 {
		return "fatal error" // the kernel itself has read on, and cannot tell any more
	}
	said, _, _ := strings.Cut(words[start:], "\n\n")
	return strings.TrimSpace(said)
}

// A kernelDeath is why the Go runtime ended the kernel.
type kernelDeath struct{ words string }

func (d *kernelDeath) Error() string {
	return d.words + "\n" + deathNotice
}

const deathNotice = "The Go runtime has ended the kernel, as it ends any program after this. Its variables are gone: run the cells again."

// isUsers reports whether cells alone can be the reason.
func (d *kernelDeath) isUsers() bool { return !strings.HasPrefix(d.words, "panic: ") }

// Name is what a front end shows as the kind of the error.
func (d *kernelDeath) Name() string { return "fatal error" }

// Traceback is the error as a notebook shows it.
func (d *kernelDeath) Traceback() []string {
	return []string{red + bold + d.words + plain, deathNotice}
}

// The witness leaves the address soon, since a new kernel wants it. Clients of ZeroMQ
// that lose their peer knock again every tenth of a second.
const (
	witnessPatience = time.Second            // for the first subscriber
	witnessSettled  = 250 * time.Millisecond // after the last
)

// publishDeath opens the kernel's IOPub socket once more and tells all subscribers
// that come back.
func publishDeath(c wire.Connection, about testimony, death *kernelDeath) error {
	signer, err := c.Signer()
	if err != nil {
		return err
	}
	o, err := transport(c)
	if err != nil {
		return err
	}
	l, err := listenPatiently(c.Endpoint(c.IOPub)) // of a process that ends its files go one by one
	if err != nil {
		return err
	}
	iopub := zmtp.NewPublisher(l, o)
	parent := &wire.Message{RawHeader: about.Parent}
	m, err := parent.Child("error", about.Session, describe(death))
	if err != nil {
		return err
	}
	timer := time.NewTimer(witnessPatience)
	for waiting := true; waiting; {
		select {
		case s := <-iopub.Subscriptions():
			m.Identities = [][]byte{s.Topic}
			if frames, err := m.Encode(signer); err == nil {
				_ = iopub.SendTo(s.Peer, frames) // who has left again needs no word
			}
			timer.Reset(witnessSettled)
		case <-timer.C:
			waiting = false
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), witnessSettled)
	defer cancel()
	go func() { // a late subscriber must not hold the closing up
		for range iopub.Subscriptions() {
		}
	}()
	return iopub.Close(ctx)
}
