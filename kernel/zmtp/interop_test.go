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

	"gradbook/kernel/zmtp/curve"
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
	tcp := func() string { return "tcp://127.0.0.1:0" }
	for _, test := range []struct {
		name     string
		endpoint func() string
		options  Options
		keys     []string
		more     string
	}{
		{"tcp", tcp, Options{}, nil, ""},
		{"ipc", func() string { return "ipc://" + socketPath(t) }, Options{}, nil, ""},
		{"curve", tcp, Options{Curve: curveKeys(t)}, []string{serverPublic, clientPublic, clientSecret}, "refused\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			router := NewRouter(listenAt(t, test.endpoint()), test.options)
			publisher := NewPublisher(listenAt(t, test.endpoint()), test.options)
			heartbeat := NewHeartbeat(listenAt(t, test.endpoint()), test.options)
			closing(t, heartbeat)
			go welcomeAll(t, publisher)
			go echoUntilClose(t, router, publisher)

			ctx, cancel := context.WithTimeout(t.Context(), 2*patienceInTests)
			defer cancel()
			script := exec.CommandContext(ctx, python, append([]string{"testdata/interop.py",
				Endpoint(router.Addr()), Endpoint(publisher.Addr()), Endpoint(heartbeat.Addr())}, test.keys...)...)
			var stderr bytes.Buffer
			script.Stderr = &stderr
			out, err := script.Output()
			want := test.more + "echo\necho\nheartbeat\nwelcome\nping\npublish\nhandover\ndrained\n"
			if err != nil || string(bytes.ReplaceAll(out, []byte("\r"), nil)) != want {
				t.Errorf("%v\n got %q\nwant %q\n%s", err, out, want, &stderr)
			}
		})
	}
}

// The keys of the examples in libzmq's manual, page zmq_curve.
const (
	serverPublic = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"
	serverSecret = "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"
	clientPublic = "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID"
	clientSecret = "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs"
)

func curveKeys(t testing.TB) *curve.Keys {
	t.Helper()
	keys, err := curve.ParseKeys(serverPublic, serverSecret)
	if err != nil {
		t.Fatal(err)
	}
	return keys
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
