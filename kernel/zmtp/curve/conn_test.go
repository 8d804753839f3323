package curve

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// patience bounds what would otherwise hang a failing test.
const patience = 30 * time.Second

func unhex(t *testing.T, text string) []byte {
	t.Helper()
	b, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// served is a wrapped connection and, at its other end, what peer does.
func served(t *testing.T, peer func(net.Conn)) *Conn {
	t.Helper()
	keys, err := ParseKeys(publicText, secretText)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	done := make(chan struct{})
	go func() {
		defer close(done)
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Error(err)
			return
		}
		defer c.Close()
		_ = c.SetDeadline(time.Now().Add(patience))
		peer(c)
	}()
	t.Cleanup(func() { <-done })
	c, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	_ = c.SetDeadline(time.Now().Add(patience))
	return keys.Server(c, c, 1<<20)
}

// begin writes what the owner of the connection begins with.
func begin(t *testing.T, c *Conn) {
	t.Helper()
	if _, err := c.Write(greeting("NULL", 0)); err != nil {
		t.Fatal(err)
	}
}

// owner plays NULL: it greets, takes the client's READY and sends its own.
func owner(t *testing.T, c *Conn) {
	t.Helper()
	begin(t, c)
	const want = "\x04\x1c\x05READY\x0bSocket-Type\x00\x00\x00\x06DEALER"
	got := make([]byte, 64+len(want))
	if _, err := io.ReadFull(c, got); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got[:64], greeting("NULL", 0)) || string(got[64:]) != want {
		t.Fatalf("read %q, want a greeting and %q", got, want)
	}
	if _, err := c.Write([]byte("\x04\x0c\x05READYserver")); err != nil {
		t.Fatal(err)
	}
}

func TestFrames(t *testing.T) {
	long := bytes.Repeat([]byte("long "), 20000)
	c := served(t, func(conn net.Conn) {
		k := dial(t, conn)
		k.greet()
		k.hello(honest)
		k.initiate(honest, honest, honest)
		k.ready()
		if string(k.metadata) != "server" {
			t.Errorf("metadata %q, want %q", k.metadata, "server")
		}
		k.send(0, k.message([]byte("\x01first")...))
		k.send(0, k.message(append([]byte{0}, long...)...))
		k.send(4, k.message([]byte("\x02\x04PING")...)) // as a command: RFC 26 has it so, libzmq does not
		if got := k.opened(); string(got) != "\x01part" {
			t.Errorf("received %q, want flags 1 and %q", got, "part")
		}
		if got := k.opened(); string(got[1:]) != string(long) || got[0] != 0 {
			t.Errorf("received %d bytes with flags %d, want %d with 0", len(got)-1, got[0], len(long))
		}
		if got := k.opened(); string(got) != "\x02\x04PONG" {
			t.Errorf("received %q, want flags 2 and PONG", got)
		}
	})
	owner(t, c)
	want := "\x01\x05first" + "\x02\x00\x00\x00\x00\x00\x01\x86\xa0" + string(long) + "\x04\x05\x04PING"
	got := make([]byte, len(want))
	if _, err := io.ReadFull(c, got); err != nil || string(got) != want {
		t.Fatalf("read %.40q, error %v, want %.40q", got, err, want)
	}
	answer := "\x01\x04part" + "\x02\x00\x00\x00\x00\x00\x01\x86\xa0" + string(long) + "\x04\x05\x04PONG"
	for _, cut := range []int{1, 7, 3000, len(answer)} { // frames need not be written in one piece
		cut = min(cut, len(answer))
		if _, err := c.Write([]byte(answer[:cut])); err != nil {
			t.Fatal(err)
		}
		answer = answer[cut:]
	}
}

func flip(at int) fault {
	return func(b []byte) []byte {
		b = bytes.Clone(b)
		b[(at+len(b))%len(b)] ^= 1
		return b
	}
}

// TestRefuses plays peers that are wrong about one thing each.
func TestRefuses(t *testing.T) {
	shaken := func(k *client) {
		k.greet()
		k.hello(honest)
		k.initiate(honest, honest, honest)
		k.ready()
	}
	null := make([]byte, 64)
	copy(null, "\xff\x00\x00\x00\x00\x00\x00\x00\x00\x7f\x03\x01NULL")
	for _, test := range []struct {
		name string
		peer func(*client)
		want string
	}{
		{"no encryption", func(k *client) { _, _ = k.c.Write(null) }, `mechanism "NULL", want CURVE`},
		{"ZMTP 2", func(k *client) { _, _ = k.c.Write([]byte("\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f\x01\x05")) }, "want one of ZMTP 3"},
		{"a web browser", func(k *client) { _, _ = k.c.Write([]byte("GET / HTTP/1.1\r\n\r\n")) }, "want one of ZMTP 3"},
		{"another server's key", func(k *client) { k.greet(); k.server[3] ^= 1; k.hello(honest) }, "not meant for this server's key"},
		{"a changed HELLO", func(k *client) { k.greet(); k.hello(flip(-1)) }, "not meant for this server's key"},
		{"a short HELLO", func(k *client) { k.greet(); k.hello(func(b []byte) []byte { return b[:50] }) }, "HELLO of 44 bytes"},
		{"another version", func(k *client) { k.greet(); k.hello(flip(6)) }, "of version 1"},
		{"INITIATE at once", func(k *client) { k.greet(); k.send(4, []byte("\x08INITIATE")) }, "want HELLO"},
		{"an endless command", func(k *client) { k.greet(); _, _ = k.c.Write([]byte("\x06\x40\x00\x00\x00\x00\x00\x00\x00")) }, "at most 4096 allowed"},
		{"another cookie", func(k *client) { k.greet(); k.hello(honest); k.initiate(flip(20), honest, honest) }, "another cookie"},
		{"a changed INITIATE", func(k *client) { k.greet(); k.hello(honest); k.initiate(honest, flip(30), honest) }, "INITIATE cannot be opened"},
		{"a vouch for another connection", func(k *client) { k.greet(); k.hello(honest); k.initiate(honest, honest, flip(0)) }, "wrong vouch"},
		{"a vouch for another server", func(k *client) { k.greet(); k.hello(honest); k.initiate(honest, honest, flip(-1)) }, "wrong vouch"},
		{"a replayed message", func(k *client) {
			shaken(k)
			m := k.message([]byte("\x00once")...)
			k.send(0, m)
			k.send(0, m)
		}, "nonce 3 after 3"},
		{"a changed message", func(k *client) { shaken(k); k.send(0, flip(20)(k.message([]byte("\x00x")...))) }, "cannot be opened"},
		{"a message in clear", func(k *client) { shaken(k); k.send(0, []byte("plain text, as if nothing were encrypted")) }, "want a MESSAGE"},
		{"an empty message", func(k *client) { shaken(k); k.send(0, []byte("\x07MESSAGE")) }, "want a MESSAGE"},
		{"an endless message", func(k *client) { shaken(k); _, _ = k.c.Write([]byte("\x02\x40\x00\x00\x00\x00\x00\x00\x00")) }, "at most 1048609 allowed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := served(t, func(conn net.Conn) {
				test.peer(dial(t, conn))
				_, _ = io.Copy(io.Discard, conn) // stays until it is thrown out
			})
			err := playOwner(c)
			if !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, want one with %q", err, test.want)
			}
			_ = c.Close()
		})
	}
}

// playOwner reads until something is wrong.
func playOwner(c *Conn) error {
	if _, err := c.Write(greeting("NULL", 0)); err != nil {
		return err
	}
	ready := make([]byte, 64+30)
	if _, err := io.ReadFull(c, ready); err != nil {
		return err
	}
	if _, err := c.Write([]byte("\x04\x06\x05READY")); err != nil {
		return err
	}
	_, err := io.Copy(io.Discard, c)
	return err
}

// TestLeavers are peers that leave in the middle: that is no refusal.
func TestLeavers(t *testing.T) {
	for name, peer := range map[string]func(*client){
		"a port scan":   func(*client) {},
		"half greeting": func(k *client) { _, _ = k.c.Write(greeting("CURVE", 0)[:20]) },
		"half HELLO":    func(k *client) { k.greet(); _, _ = k.c.Write([]byte("\x04\xc8\x05HELL")) },
	} {
		t.Run(name, func(t *testing.T) {
			c := served(t, func(conn net.Conn) { peer(dial(t, conn)) })
			if err := playOwner(c); err == nil || errors.Is(err, ErrRefused) {
				t.Errorf("got error %v, want the end of the connection", err)
			}
		})
	}
}
