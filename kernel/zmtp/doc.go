// Package zmtp has the four ZeroMQ sockets of a kernel, and the other ends of
// them: [Router] for shell, control and stdin, [Publisher] (an XPUB) for iopub,
// [Heartbeat], and [Dial] for clients. It speaks ZMTP 3 with any libzmq.
//
// Greeting, handshake and framing are those of github.com/go-zeromq/zmq4, used at
// its connection layer. Its sockets are not used: there one silent, slow or
// malformed peer stops or kills all others. What stands here instead is built so
// that a peer can harm nobody but itself.
//
//	l, err := zmtp.Listen("tcp://127.0.0.1:0")
//	...
//	shell := zmtp.NewRouter(l, zmtp.Options{})
//	for m := range shell.Messages() {
//		err := shell.Send(m.Peer, m.Frames)
//		...
//	}
//
// # How a connection lives
//
// The accept loop hands each connection to a goroutine of its own for the
// handshake, which has a deadline; the oldest is dropped when too many are half
// open. An open connection is a peer: it has two queues and three goroutines.
//
//	socket → guard → read → inbox → deliver → Messages
//	Send, Publish → outbox → write → socket
//
// The guard looks at every frame's length before anything is allocated for it and
// answers commands such as PING. Only write touches the socket's sending side.
// Each queue is bounded in bytes; what happens when it is full is each pattern's
// own matter and stands in its documentation.
//
// # Closing
//
// Everything handed to Send or Publish before Close is written before the
// connection ends, as far as the context of Close and the peers allow.
package zmtp
