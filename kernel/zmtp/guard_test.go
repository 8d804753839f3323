package zmtp

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// A replayed connection gives what was recorded and takes nothing.
type replayed struct {
	net.Conn
	io.Reader
}

func (r replayed) Read(p []byte) (int, error) { return r.Reader.Read(p) }

// opened is a guard that is past its handshake, over recorded bytes.
func opened(r io.Reader, max int64, command func(string, []byte) error) *guard {
	g := newGuard(replayed{Reader: r}, io.Discard)
	g.left = 0
	g.open(max, command)
	return g
}

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// block is a body of n bytes that differ.
func block(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i * 7)
	}
	return b
}

func TestGuardPasses(t *testing.T) {
	small, long, huge := frame(0, []byte("x")), frame(0, block(70_000)), frame(0, block(3*prompt+1))
	for _, tt := range []struct {
		name     string
		in, want []byte
		commands string
	}{
		{"nothing", nil, nil, ""},
		{"empty frame", frame(0, nil), frame(0, nil), ""},
		{"small", small, small, ""},
		{"long", long, long, ""},
		{"huge, in chunks", huge, huge, ""},
		{"long form of a short length", announce(0, 0), announce(0, 0), ""},
		{"several", join(small, huge, small, long), join(small, huge, small, long), ""},
		{"multipart", join(frame(1, []byte("a")), small), join(frame(1, []byte("a")), small), ""},
		{"PING alone", command("PING", 0, 0, 'c'), nil, `PING "\x00\x00c" `},
		{"PING between", join(small, command("PING", 0, 0), small), join(small, small), `PING "\x00\x00" `},
		{"unknown command", join(command("DANCE"), small), small, `DANCE "" `},
		{"PING inside a message", join(frame(1, nil), command("PING", 1, 2), small), join(frame(1, nil), small), `PING "\x01\x02" `},
	} {
		for how, reader := range map[string]func(io.Reader) io.Reader{
			"at once": func(r io.Reader) io.Reader { return r }, "half by half": iotest.HalfReader,
		} {
			t.Run(tt.name+" "+how, func(t *testing.T) {
				var commands strings.Builder
				g := opened(reader(bytes.NewReader(tt.in)), 1<<30, note(&commands))
				got, err := io.ReadAll(g)
				if err != nil || !bytes.Equal(got, tt.want) {
					t.Errorf("%d bytes pass, %v, want %d", len(got), err, len(tt.want))
				}
				if commands.String() != tt.commands {
					t.Errorf("commands %s, want %s", &commands, tt.commands)
				}
			})
		}
	}
}

func note(to *strings.Builder) func(string, []byte) error {
	return func(name string, body []byte) error {
		to.WriteString(name + " " + quote(body) + " ")
		return nil
	}
}

func TestGuardRefuses(t *testing.T) {
	for _, tt := range []struct {
		name string
		in   []byte
		want error
	}{
		{"2^62 bytes", announce(0, 1<<62), ErrTooLong},
		{"2^64-1 bytes", announce(0, 1<<64-1), ErrTooLong},
		{"one too many", announce(0, 1001), ErrTooLong},
		{"too many together", join(frame(1, block(900)), announce(1, 900)), ErrTooLong},
		{"endless empty frames", bytes.Repeat(frame(1, nil), 1000), ErrTooLong},
		{"sum that overflows", join(frame(1, nil), announce(0, 1<<64-32)), ErrTooLong},
		{"reserved flag", []byte{8, 0}, ErrMalformed},
		{"command with more", []byte{5, 0}, ErrMalformed},
		{"empty command", []byte{4, 0}, ErrMalformed},
		{"command of 2^62 bytes", announce(4, 1<<62), ErrMalformed},
		{"name longer than command", frame(4, []byte{200, 'P'}), ErrMalformed},
		{"half a header", []byte{2, 0, 0}, io.ErrUnexpectedEOF},
		{"half a command", []byte{4, 9, 4, 'P'}, io.ErrUnexpectedEOF},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := opened(bytes.NewReader(tt.in), 1000, func(string, []byte) error { return nil })
			if _, err := io.Copy(io.Discard, g); !errors.Is(err, tt.want) {
				t.Errorf("error %v, want %v", err, tt.want)
			}
		})
	}
}

// TestGuardTakesMemoryAsBytesCome: a gigabyte may be announced, and is then paid
// for by whoever sends it. Before its body has come, zmq4 hears nothing of it.
func TestGuardTakesMemoryAsBytesCome(t *testing.T) {
	half := append(announce(0, 1<<30), block(100)...)
	allocated := testing.AllocsPerRun(1, func() {
		g := opened(bytes.NewReader(half), 1<<30, nil)
		got, err := io.ReadAll(g)
		if !errors.Is(err, io.ErrUnexpectedEOF) || len(got) != 0 {
			t.Errorf("%d bytes pass, %v, want none", len(got), err)
		}
	})
	if allocated > 100 {
		t.Errorf("%v allocations for half a message", allocated)
	}
	g := opened(bytes.NewReader(half), 1<<30, nil)
	chunks, err := hold(g.r, 1<<30)
	if chunks != nil || err == nil {
		t.Errorf("held %d chunks, %v", len(chunks), err)
	}
}

// TestGuardLimitsHandshake: nobody needs a megabyte to say hello.
func TestGuardLimitsHandshake(t *testing.T) {
	in := join(greeting(), announce(4, maxCommand+1))
	g := newGuard(replayed{Reader: bytes.NewReader(in)}, io.Discard)
	got, err := io.ReadAll(g)
	if len(got) != greetingSize || !errors.Is(err, ErrTooLong) {
		t.Errorf("%d bytes pass, %v, want the greeting and %v", len(got), err, ErrTooLong)
	}
}

// FuzzGuard compares with a reading of the specification that is slow and plain:
// all bytes at hand, frame after frame.
func FuzzGuard(f *testing.F) {
	f.Add(frame(0, []byte("hello")))
	f.Add(join(frame(1, []byte("a")), frame(0, block(300)), command("PING", 0, 0, 1)))
	f.Add(announce(0, 1<<62))
	f.Add([]byte{2, 0, 0})
	f.Fuzz(func(t *testing.T, in []byte) {
		const max = 500
		commands := 0
		g := opened(iotest.HalfReader(bytes.NewReader(in)), max, func(string, []byte) error { commands++; return nil })
		got, err := io.ReadAll(g)
		want, wantCommands, sound := plainly(in, max)
		if !bytes.HasPrefix(got, want) || commands != wantCommands || sound && (err != nil || len(got) != len(want)) {
			t.Fatalf("%x: %x with %d commands, %v, want %x with %d", in, got, commands, err, want, wantCommands)
		}
	})
}

// plainly returns the bytes of all complete frames that may pass, the number of
// commands, and whether the input ends with them.
func plainly(in []byte, max uint64) (pass []byte, commands int, sound bool) {
	message := uint64(0)
	for len(in) > 0 {
		flags, head, size := in[0], 2, uint64(0)
		if flags&2 != 0 {
			head = 9
		}
		if len(in) < head || flags > 7 || flags&5 == 5 {
			return pass, commands, false
		}
		if size = uint64(in[1]); flags&2 != 0 {
			size = binary.BigEndian.Uint64(in[1:9])
		}
		if size > uint64(len(in)-head) {
			return pass, commands, false
		}
		whole := in[:head+int(size)]
		in = in[len(whole):]
		if flags&4 != 0 {
			if size == 0 || int(whole[head]) >= int(size) {
				return pass, commands, false
			}
			commands++
			continue
		}
		if message+size > max {
			return pass, commands, false
		}
		if message += size + overhead; flags&1 == 0 {
			message = 0
		}
		pass = slices.Concat(pass, whole)
	}
	return pass, commands, true
}
