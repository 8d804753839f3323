package curve

import (
	"bytes"
	"crypto/rand"
	"crypto/subtle"
	"encoding/binary"

	"golang.org/x/crypto/nacl/box"
	"golang.org/x/crypto/nacl/secretbox"
)

// Sizes of what the commands hold.
const (
	sizeGreeting = 64
	sizeHello    = 2 + 72 + 32 + 8 + 80 // version, padding, C', nonce, box of 64 zeros
	sizeCookie   = 16 + 80              // nonce, box of C' and s'
	sizeInitiate = sizeCookie + 8 + box.Overhead + 128
)

// greeting is the start of every connection: a signature, version 3.0, the
// mechanism, and whether it is a server that speaks.
func greeting(mechanism string, server byte) []byte {
	g := make([]byte, sizeGreeting)
	g[0], g[9], g[10] = 0xff, 0x7f, 3
	copy(g[12:32], mechanism)
	g[32] = server
	return g
}

// nonce is one of 24 bytes: a name, and a counter or random bytes.
func nonce(name string, tail []byte) *[24]byte {
	var n [24]byte
	copy(n[copy(n[:], name):], tail)
	return &n
}

// counter is the changing part of a short nonce.
func counter(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// random returns fresh random bytes, for a long nonce.
func random() []byte {
	b := make([]byte, 16)
	rand.Read(b) // never fails
	return b
}

// shake performs the handshake up to INITIATE, which tells who the peer is. What
// follows it, READY, is sent when the metadata of our side is known.
func (c *Conn) shake() error {
	if err := c.greet(); err != nil {
		return err
	}
	hello, err := c.expect("HELLO")
	if err != nil {
		return err
	}
	var client key // C'
	if len(hello) != sizeHello || hello[0] != 1 {
		return refused("HELLO of %d bytes, want %d of version 1", len(hello), sizeHello)
	}
	copy(client[:], hello[74:106])
	zeros, ok := box.Open(nil, hello[114:], nonce("CurveZMQHELLO---", hello[106:114]), &client, &c.keys.secret)
	if !ok || !bytes.Equal(zeros, make([]byte, 64)) {
		return refused("HELLO is not meant for this server's key")
	}
	public, secret, err := box.GenerateKey(rand.Reader) // S' and s'
	if err != nil {
		return err
	}
	cookie := c.cookie(&client, secret)
	w := random()
	welcome := box.Seal(w, append(public[:], cookie...), nonce("WELCOME-", w), &client, &c.keys.secret)
	if err := c.command("WELCOME", welcome); err != nil {
		return err
	}
	return c.initiate(&client, secret, cookie)
}

// greet exchanges greetings. A peer without encryption learns no more than that we
// want it.
func (c *Conn) greet() error {
	if _, err := c.w.Write(greeting("CURVE", 1)); err != nil {
		return err
	}
	g := make([]byte, sizeGreeting)
	// A peer of ZMTP 2 or a stranger sends less and then waits; its signature is
	// enough to refuse it.
	if err := c.full(g[:12]); err != nil {
		return err
	}
	if g[0] != 0xff || g[9]&1 == 0 || g[10] < 3 {
		return refused("greeting % x, want one of ZMTP 3", g[:12])
	}
	if err := c.full(g[12:]); err != nil {
		return err
	}
	if mechanism := string(bytes.TrimRight(g[12:32], "\x00")); mechanism != "CURVE" {
		return refused("mechanism %q, want CURVE: this server talks encrypted only", mechanism)
	}
	return nil
}

// cookie is the state of the handshake, which the client brings back. We keep the
// state as well and only compare; the client's proof is that it could open WELCOME.
func (c *Conn) cookie(client, secret *key) []byte {
	var once key // nobody but us opens the cookie, and once only
	rand.Read(once[:])
	n := random()
	return secretbox.Seal(n, append(client[:], secret[:]...), nonce("COOKIE--", n), &once)
}

// initiate takes INITIATE: the cookie, and the client's long-term key with its
// vouch for C', and its metadata.
func (c *Conn) initiate(client, secret *key, cookie []byte) error {
	b, err := c.expect("INITIATE")
	if err != nil {
		return err
	}
	if len(b) < sizeInitiate {
		return refused("INITIATE of %d bytes, want %d at least", len(b), sizeInitiate)
	}
	if subtle.ConstantTimeCompare(b[:sizeCookie], cookie) != 1 {
		return refused("INITIATE brings another cookie")
	}
	short := b[sizeCookie : sizeCookie+8]
	plain, ok := box.Open(nil, b[sizeCookie+8:], nonce("CurveZMQINITIATE", short), client, secret)
	if !ok {
		return refused("INITIATE cannot be opened")
	}
	var long key // C
	copy(long[:], plain)
	vouch, ok := box.Open(nil, plain[48:128], nonce("VOUCH---", plain[32:48]), &long, secret)
	if !ok || !bytes.Equal(vouch[:32], client[:]) || !bytes.Equal(vouch[32:], c.keys.public[:]) {
		return refused("INITIATE brings a wrong vouch")
	}
	c.received = binary.BigEndian.Uint64(short)
	box.Precompute(&c.shared, client, secret)
	c.metadata = plain[128:]
	return nil
}

// ready answers INITIATE with the metadata of our side.
func (c *Conn) ready(metadata []byte) error {
	c.sent++
	n := counter(c.sent)
	return c.command("READY", box.SealAfterPrecomputation(n, metadata, nonce("CurveZMQREADY---", n), &c.shared))
}

// expect reads a command of the name.
func (c *Conn) expect(name string) ([]byte, error) {
	flags, body, err := readFrame(c.r, longest)
	if err != nil {
		return nil, err
	}
	rest, ok := bytes.CutPrefix(body, append([]byte{byte(len(name))}, name...))
	if flags != command || !ok {
		return nil, refused("%.12q, want %s", body, name)
	}
	return rest, nil
}

// command sends one.
func (c *Conn) command(name string, body []byte) error {
	frame := appendHeader(nil, command, 1+len(name)+len(body))
	frame = append(append(frame, byte(len(name))), name...)
	_, err := c.w.Write(append(frame, body...))
	return err
}
