package curve

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"io"
	"net"
	"testing"

	"golang.org/x/crypto/nacl/box"
)

// A client is the other side, written from the specification's text (§ "Client",
// rfc.zeromq.org/spec/26) and sharing no code with the server, so that it may also
// be wrong on purpose.
type client struct {
	t      *testing.T
	c      net.Conn
	server [32]byte // S

	public, secret [32]byte // C' and c'
	shared         [32]byte // of c' and S'
	count          uint64
	metadata       []byte // the server's
}

// A fault changes the bytes of a command before it is sent.
type fault func(b []byte) []byte

func honest(b []byte) []byte { return b }

func dial(t *testing.T, c net.Conn) *client {
	k := &client{t: t, c: c}
	copy(k.server[:], unhex(t, publicHex))
	return k
}

// nonceOf makes a nonce of 24 bytes out of texts.
func nonceOf(parts ...[]byte) *[24]byte {
	var n [24]byte
	copy(n[:], bytes.Join(parts, nil))
	return &n
}

func (k *client) next() []byte {
	k.count++
	return binary.BigEndian.AppendUint64(nil, k.count)
}

// send writes a frame with a long header, which is allowed for any size.
func (k *client) send(flags byte, body []byte) {
	header := binary.BigEndian.AppendUint64([]byte{flags | 2}, uint64(len(body)))
	_, _ = k.c.Write(append(header, body...)) // who is refused may find nobody there
}

func (k *client) greet() {
	g := make([]byte, 64)
	g[0], g[9], g[10], g[11] = 0xff, 0x7f, 3, 1
	copy(g[12:], "CURVE")
	_, _ = k.c.Write(g)
	_, _ = io.ReadFull(k.c, g)
}

func (k *client) hello(wrong fault) {
	public, secret, err := box.GenerateKey(rand.Reader)
	if err != nil {
		k.t.Error(err)
	}
	k.public, k.secret = *public, *secret
	short := k.next()
	body := append([]byte("\x05HELLO\x01\x00"), make([]byte, 72)...)
	body = append(append(body, k.public[:]...), short...)
	body = box.Seal(body, make([]byte, 64), nonceOf([]byte("CurveZMQHELLO---"), short), &k.server, &k.secret)
	k.send(4, wrong(body))
}

// initiate answers WELCOME. The faults concern the cookie, the box with the vouch
// and the vouch.
func (k *client) initiate(wrongCookie, wrongBox, wrongVouch fault) {
	_, welcome := k.receive()
	if len(welcome) != 8+16+144 {
		k.t.Errorf("WELCOME of %d bytes", len(welcome))
		return
	}
	plain, ok := box.Open(nil, welcome[24:], nonceOf([]byte("WELCOME-"), welcome[8:24]), &k.server, &k.secret)
	if !ok {
		k.t.Error("WELCOME cannot be opened")
		return
	}
	var transient [32]byte // S'
	copy(transient[:], plain)
	box.Precompute(&k.shared, &transient, &k.secret)
	long, longSecret, _ := box.GenerateKey(rand.Reader) // C and c
	n := make([]byte, 16)
	_, _ = rand.Read(n)
	vouch := box.Seal(nil, wrongVouch(append(k.public[:], k.server[:]...)), nonceOf([]byte("VOUCH---"), n), &transient, longSecret)
	inner := append(append(append(long[:], n...), vouch...), "\x0bSocket-Type\x00\x00\x00\x06DEALER"...)
	short := k.next()
	body := append([]byte("\x08INITIATE"), wrongCookie(plain[32:])...)
	body = append(body, short...)
	k.send(4, append(body, wrongBox(box.SealAfterPrecomputation(nil, inner, nonceOf([]byte("CurveZMQINITIATE"), short), &k.shared))...))
}

// ready takes READY.
func (k *client) ready() {
	_, b := k.receive()
	plain, ok := box.OpenAfterPrecomputation(nil, b[14:], nonceOf([]byte("CurveZMQREADY---"), b[6:14]), &k.shared)
	if !ok {
		k.t.Error("READY cannot be opened")
	}
	k.metadata = plain
}

// message makes a MESSAGE out of a frame, its flags first.
func (k *client) message(plain ...byte) []byte {
	short := k.next()
	body := append([]byte("\x07MESSAGE"), short...)
	return box.SealAfterPrecomputation(body, plain, nonceOf([]byte("CurveZMQMESSAGEC"), short), &k.shared)
}

// opened takes a MESSAGE and gives its frame, the flags first.
func (k *client) opened() []byte {
	_, b := k.receive()
	plain, ok := box.OpenAfterPrecomputation(nil, b[16:], nonceOf([]byte("CurveZMQMESSAGES"), b[8:16]), &k.shared)
	if !ok {
		k.t.Error("MESSAGE cannot be opened")
	}
	return plain
}

func (k *client) receive() (flags byte, body []byte) {
	h := make([]byte, 9)
	if _, err := io.ReadFull(k.c, h[:2]); err != nil {
		k.t.Error(err)
		return 0, make([]byte, 16)
	}
	size := uint64(h[1])
	if h[0]&2 != 0 {
		_, _ = io.ReadFull(k.c, h[2:])
		size = binary.BigEndian.Uint64(h[1:])
	}
	body = make([]byte, max(size, 16)) // no caller looks further without opening it
	if _, err := io.ReadFull(k.c, body[:size]); err != nil {
		k.t.Error(err)
	}
	return h[0], body
}
