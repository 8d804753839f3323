package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"gradbook/kernel/wire"
	"gradbook/kernel/zmtp"
)

// TestMain makes the test binary its own kernel: started with this variable set
// it serves the connection file it is given, in a process of its own as a real
// kernel is, and over real sockets.
func TestMain(m *testing.M) {
	if how := os.Getenv("GRADBOOK_TEST_KERNEL"); how != "" {
		os.Exit(fakeKernel(how, os.Args[len(os.Args)-1]))
	}
	os.Exit(m.Run())
}

// A fake kernel understands cells of one word and an argument:
//
//	print TEXT   a stream
//	count N      N streams, numbered
//	ask PROMPT   input, then a stream with the answer
//	fail TEXT    an error
//	loop         until interrupted
//	die TEXT     TEXT on stderr, and exit status 3
//	stray TEXT   a stream without a parent
//	forge        a stream that is signed with another key
type fake struct {
	c              wire.Connection
	signer         *wire.Signer
	shell, control *zmtp.Router
	stdin          *zmtp.Router
	iopub          *zmtp.Publisher
	interrupts     chan struct{}
	count          int
}

// fakeKernel runs one until its shutdown and returns its exit status.
func fakeKernel(how, file string) int {
	switch how {
	case "dies":
		fmt.Fprintln(os.Stderr, "cannot find my own feet")
		return 7
	case "silent": // starts, and never opens a port
		time.Sleep(time.Hour)
	}
	k := &fake{interrupts: make(chan struct{}, 1)}
	var err error
	if k.c, err = wire.ReadConnection(file); err == nil {
		k.signer, err = k.c.Signer()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	heartbeat := zmtp.NewHeartbeat(k.listen(k.c.Heartbeat), zmtp.Options{})
	k.stdin = zmtp.NewRouter(k.listen(k.c.Stdin), zmtp.Options{})
	k.control = zmtp.NewRouter(k.listen(k.c.Control), zmtp.Options{})
	k.shell = zmtp.NewRouter(k.listen(k.c.Shell), zmtp.Options{})
	k.iopub = zmtp.NewPublisher(k.listen(k.c.IOPub), zmtp.Options{})
	go k.welcome(how != "unwelcoming")
	go func() {
		for m := range k.shell.Messages() {
			k.serve(k.shell, m)
		}
	}()
	for m := range k.control.Messages() {
		if !k.serve(k.control, m) {
			break
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := errors.Join(k.control.Close(ctx), k.shell.Close(ctx), k.stdin.Close(ctx), k.iopub.Close(ctx), heartbeat.Close(ctx)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// listen ends the process when the port is taken, which is all a fake can do.
func (k *fake) listen(p wire.Port) net.Listener {
	l, err := zmtp.Listen(k.c.Endpoint(p))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return l
}

func (k *fake) welcome(really bool) {
	for s := range k.iopub.Subscriptions() {
		if m, err := wire.New("iopub_welcome", "fake", wire.IOPubWelcome{Subscription: string(s.Topic)}); err == nil && really {
			m.Identities = [][]byte{s.Topic}
			frames, _ := m.Encode(k.signer)
			_ = k.iopub.SendTo(s.Peer, frames)
		}
	}
}

// serve reports false after a shutdown.
func (k *fake) serve(r *zmtp.Router, in zmtp.Message) bool {
	m, err := wire.Decode(in.Frames, k.signer)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return true
	}
	k.publish(m, "status", wire.Status{State: wire.Busy})
	defer k.publish(m, "status", wire.Status{State: wire.Idle})
	reply := func(content any) {
		child, _ := m.Child(strings.Replace(m.Header.Type, "_request", "_reply", 1), "fake", content)
		frames, _ := child.Encode(k.signer)
		_ = r.Send(in.Peer, frames)
	}
	switch m.Header.Type {
	case "kernel_info_request":
		reply(wire.KernelInfoReply{Implementation: "fake", ProtocolVersion: wire.ProtocolVersion})
	case "interrupt_request":
		k.interrupts <- struct{}{}
		reply(wire.InterruptReply{})
	case "shutdown_request":
		reply(wire.ShutdownReply{})
		return false
	case "refused_request":
		reply(wire.Reply{Status: wire.Failed, Error: &wire.Error{Name: "refused", Value: "not today"}})
	case "execute_request":
		k.execute(in.Peer, m, reply)
	}
	return true
}

func (k *fake) publish(parent *wire.Message, msgType string, content any) {
	m, _ := parent.Child(msgType, "fake", content)
	m.Identities = [][]byte{wire.Topic("fake", msgType)}
	frames, _ := m.Encode(k.signer)
	_ = k.iopub.Publish(frames)
}

func (k *fake) print(m *wire.Message, text string) {
	k.publish(m, "stream", wire.Stream{Name: "stdout", Text: text})
}

func (k *fake) execute(peer []byte, m *wire.Message, reply func(any)) {
	var r wire.ExecuteRequest
	_ = json.Unmarshal(m.Content, &r)
	k.count++
	answer := wire.ExecuteReply{ExecutionCount: k.count}
	word, rest, _ := strings.Cut(r.Code, " ")
	switch word {
	case "print":
		k.print(m, rest)
	case "count":
		n, _ := strconv.Atoi(rest)
		for i := range n {
			k.print(m, fmt.Sprint(i))
		}
	case "ask":
		k.print(m, k.ask(peer, m, r, rest))
	case "fail":
		answer.Status, answer.Error = wire.Failed, &wire.Error{Name: "failure", Value: rest}
		k.publish(m, "error", answer.Error)
	case "loop":
		k.print(m, "looping")
		<-k.interrupts
		k.print(m, "stopped")
	case "die":
		k.print(m, "I was about to say")
		fmt.Fprintln(os.Stderr, rest)
		_ = k.iopub.Close(context.Background()) // its last words are out
		os.Exit(3)
	case "stray":
		stray, _ := wire.New("stream", "fake", wire.Stream{Name: "stdout", Text: rest})
		k.publish(stray, "stream", wire.Stream{Name: "stdout", Text: rest})
	case "forge":
		own := k.signer
		k.signer, _ = wire.NewSigner("hmac-sha256", "another key")
		k.print(m, "forged")
		k.signer = own
	}
	reply(answer)
}

func (k *fake) ask(peer []byte, m *wire.Message, r wire.ExecuteRequest, prompt string) string {
	if !r.AllowStdin {
		return "nobody to ask"
	}
	child, _ := m.Child("input_request", "fake", wire.InputRequest{Prompt: prompt, Password: prompt == "password"})
	frames, _ := child.Encode(k.signer)
	_ = k.stdin.Send(peer, frames)
	select {
	case in := <-k.stdin.Messages():
		var value wire.InputReply
		answer, err := wire.Decode(in.Frames, k.signer)
		if err == nil {
			err = json.Unmarshal(answer.Content, &value)
		}
		if err != nil {
			return err.Error()
		}
		return "you said " + value.Value
	case <-k.interrupts:
		return "interrupted"
	}
}
