package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"testing"
)

// frames makes the frames of a message from strings.
func frames(parts ...string) [][]byte {
	out := make([][]byte, len(parts))
	for i, p := range parts {
		out[i] = []byte(p)
	}
	return out
}

// jefe is a signer whose key is that of test case 2 in RFC 4231.
func jefe(t testing.TB, scheme string) *Signer {
	t.Helper()
	s, err := NewSigner(scheme, "Jefe")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const request = `{"msg_id": "1", "session": "s", "username": "u", "date": "2026-01-01T00:00:00Z", "msg_type": "execute_request", "version": "5.5"}`

var decodeTests = []struct {
	name   string
	frames [][]byte
	want   error
}{
	{"plain", frames("<IDS|MSG>", "", request, "{}", "{}", `{"code": "1"}`), nil},
	{"identities", frames("a", "", "<IDS|MSG>", "", request, "{}", "{}", "{}"), nil},
	{"buffers", frames("<IDS|MSG>", "", request, "{}", "{}", "{}", "one", "", "three"), nil},
	{"a buffer like the delimiter", frames("<IDS|MSG>", "", request, "{}", "{}", "{}", "<IDS|MSG>"), nil},
	{"signature without a key", frames("<IDS|MSG>", "abc", request, "{}", "{}", "{}"), nil},
	{"unknown type", frames("<IDS|MSG>", "", `{"msg_type": "teleport_request"}`, "{}", "{}", "{}"), nil},
	{"space around", frames("<IDS|MSG>", "", " "+request+"\n", " {} ", "\t{}", "{}\r\n"), nil},
	{"nothing for objects", frames("<IDS|MSG>", "", request, "", " ", "null"), nil},
	{"no frames", nil, ErrDelimiter},
	{"no delimiter", frames("a", "", request, "{}", "{}", "{}"), ErrDelimiter},
	{"nearly a delimiter", frames("<IDS|MSG", "", request, "{}", "{}", "{}"), ErrDelimiter},
	{"delimiter alone", frames("<IDS|MSG>"), ErrTruncated},
	{"no content", frames("<IDS|MSG>", "", request, "{}", "{}"), ErrTruncated},
	{"garbage header", frames("<IDS|MSG>", "", "\xff\x00", "{}", "{}", "{}"), ErrHeader},
	{"empty header", frames("<IDS|MSG>", "", "{}", "{}", "{}", "{}"), ErrHeader},
	{"header a list", frames("<IDS|MSG>", "", "[]", "{}", "{}", "{}"), ErrHeader},
	{"header null", frames("<IDS|MSG>", "", "null", "{}", "{}", "{}"), ErrHeader},
	{"type a number", frames("<IDS|MSG>", "", `{"msg_type": 3}`, "{}", "{}", "{}"), ErrHeader},
	{"parent a list", frames("<IDS|MSG>", "", request, "[]", "{}", "{}"), ErrObject},
	{"metadata a string", frames("<IDS|MSG>", "", request, "{}", `"m"`, "{}"), ErrObject},
	{"content a number", frames("<IDS|MSG>", "", request, "{}", "{}", "3"), ErrObject},
	{"content half an object", frames("<IDS|MSG>", "", request, "{}", "{}", `{"code"`), ErrObject},
}

func TestDecode(t *testing.T) {
	for _, tt := range decodeTests {
		t.Run(tt.name, func(t *testing.T) {
			m, err := Decode(tt.frames, nil)
			if !errors.Is(err, tt.want) {
				t.Fatalf("error %v, want %v", err, tt.want)
			}
			if err != nil {
				return
			}
			for what, raw := range map[string]json.RawMessage{"parent": m.Parent, "metadata": m.Metadata, "content": m.Content} {
				var object map[string]any
				if err := json.Unmarshal(raw, &object); err != nil || object == nil {
					t.Errorf("%s is %q, want an object (%v)", what, raw, err)
				}
			}
			if m.Signature != nil {
				t.Errorf("unverified signature %q was kept", m.Signature)
			}
		})
	}
}

func TestDecodeKeepsEverything(t *testing.T) {
	in := frames("router", "sub", "<IDS|MSG>", "", request, `{"p": 1}`, `{"m": 2}`, `{"code": "π"}`, "b1", "b2")
	m, err := Decode(in, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := Header{ID: "1", Session: "s", User: "u", Date: "2026-01-01T00:00:00Z", Type: "execute_request", Version: "5.5"}
	if m.Header != want {
		t.Errorf("header %+v, want %+v", m.Header, want)
	}
	for what, pair := range map[string][2][][]byte{
		"identities": {m.Identities, frames("router", "sub")},
		"buffers":    {m.Buffers, frames("b1", "b2")},
		"objects":    {{m.Parent, m.Metadata, m.Content}, frames(`{"p": 1}`, `{"m": 2}`, `{"code": "π"}`)},
	} {
		if !slices.EqualFunc(pair[0], pair[1], bytes.Equal) {
			t.Errorf("%s %q, want %q", what, pair[0], pair[1])
		}
	}
	out, err := m.Encode(nil)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.EqualFunc(out, in, bytes.Equal) {
		t.Errorf("encoded again %q, want %q", out, in)
	}
}

// TestSignatures compares with RFC 4231, section 4.3. The text that is signed
// there is no JSON, so the signer is asked directly, frame by frame.
func TestSignatures(t *testing.T) {
	text := frames("what do ya ", "want ", "for ", "nothing?")
	for scheme, want := range map[string]string{
		"":            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
		"hmac-sha256": "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
		"hmac-sha512": "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554" +
			"9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
	} {
		s := jefe(t, scheme)
		for range 2 { // the second time with a hash that was used before
			if got := s.sign(text); string(got) != want {
				t.Errorf("%q signs %s, want %s", scheme, got, want)
			}
		}
		if !s.verify([]byte(want), text) {
			t.Errorf("%q refuses the right signature", scheme)
		}
	}
}

func TestDecodeVerifies(t *testing.T) {
	for _, scheme := range []string{"hmac-sha256", "hmac-sha512"} {
		signer := jefe(t, scheme)
		m, err := New("execute_request", "s", ExecuteRequest{Code: "1"})
		if err != nil {
			t.Fatal(err)
		}
		m.Buffers = frames("binary")
		signed, err := m.Encode(signer)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := Decode(signed, signer); err != nil || string(got.Signature) != string(signed[1]) {
			t.Errorf("%s: own message: %v, %v", scheme, got, err)
		}
		for i := 1; i <= 5; i++ { // signature, header, parent, metadata, content
			forged := slices.Clone(signed)
			forged[i] = append([]byte(" "), forged[i]...)
			if _, err := Decode(forged, signer); !errors.Is(err, ErrSignature) {
				t.Errorf("%s: frame %d changed: error %v, want %v", scheme, i, err, ErrSignature)
			}
		}
		unsigned := slices.Clone(signed)
		unsigned[1] = nil
		if _, err := Decode(unsigned, signer); !errors.Is(err, ErrSignature) {
			t.Errorf("%s: no signature: error %v, want %v", scheme, err, ErrSignature)
		}
		stranger, _ := NewSigner(scheme, "jefe")
		if _, err := Decode(signed, stranger); !errors.Is(err, ErrSignature) {
			t.Errorf("%s: another key: error %v, want %v", scheme, err, ErrSignature)
		}
	}
}

// TestDecodeReference reads a message that jupyter_client wrote and signed, as a
// proof that we agree with it on what is signed and how.
func TestDecodeReference(t *testing.T) {
	signer, err := NewSigner("hmac-sha256", "gradbook")
	if err != nil {
		t.Fatal(err)
	}
	m, err := Decode(referenceFrames(), signer)
	if err != nil {
		t.Fatal(err)
	}
	var r ExecuteRequest
	if err := json.Unmarshal(m.Content, &r); err != nil || r.Code != `fmt.Println("π")` || !r.AllowStdin {
		t.Errorf("content %+v, %v", r, err)
	}
	if m.Header.Type != "execute_request" || m.Header.ID == "" || string(m.Metadata) != `{"cellId": "abc"}` {
		t.Errorf("header %+v, metadata %s", m.Header, m.Metadata)
	}
}

func TestEncodeRefuses(t *testing.T) {
	m := &Message{Header: Header{Type: "stream"}, Content: json.RawMessage(`[1]`)}
	if _, err := m.Encode(nil); !errors.Is(err, ErrObject) {
		t.Errorf("content a list: error %v, want %v", err, ErrObject)
	}
}

// FuzzDecode feeds whatever a socket might deliver. Decode may refuse it, but it
// must not panic, and what it accepts must survive a round trip.
func FuzzDecode(f *testing.F) {
	for _, tt := range decodeTests {
		f.Add(bytes.Join(tt.frames, []byte{0}))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Decode(bytes.Split(data, []byte{0}), nil)
		if err != nil {
			return
		}
		out, err := m.Encode(nil)
		if err != nil {
			t.Fatalf("Encode(Decode(%q)): %v", data, err)
		}
		again, err := Decode(out, nil)
		if err != nil || again.Header != m.Header || !bytes.Equal(again.Content, m.Content) {
			t.Fatalf("round trip of %q: header %+v, then %+v, %v", data, m.Header, again, err)
		}
		child, err := m.Child("reply", "s", nil)
		if err != nil {
			t.Fatalf("child of %q: %v", data, err)
		}
		if parent, err := child.ParentHeader(); err != nil || parent != m.Header {
			t.Fatalf("parent of child of %q: %+v, %v", data, parent, err)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	signer, _ := NewSigner("hmac-sha256", "gradbook")
	in := referenceFrames() // not timed: b.Loop starts the clock
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Decode(in, signer); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncodeStream(b *testing.B) {
	signer := jefe(b, "hmac-sha256")
	parent, err := New("execute_request", "s", nil)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		m, err := parent.Child("stream", "s", Stream{Name: "stdout", Text: "a line of text\n"})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := m.Encode(signer); err != nil {
			b.Fatal(err)
		}
	}
}
