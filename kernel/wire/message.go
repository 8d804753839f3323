package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// A Message is one message of any type, in either direction.
//
// Its four dictionaries stay raw JSON: what a peer wrote is passed on exactly as
// it was written, including header fields this package has never heard of.
type Message struct {
	// Identities are the frames before the delimiter: on shell, control and
	// stdin the route back to the peer, on iopub the topic.
	Identities [][]byte

	Header Header

	// RawHeader is the header as received. It is copied whole as the parent of
	// every reply and output. For a message of our own it is nil until needed,
	// and Header counts.
	RawHeader json.RawMessage

	Parent   json.RawMessage // header of the message that caused this one, or {}
	Metadata json.RawMessage // an object; cell ids and timing live here
	Content  json.RawMessage // an object whose fields depend on Header.Type
	Buffers  [][]byte        // binary data beside the content, used by widgets

	// Signature is the one received, already verified; empty when the key is
	// empty and for messages of our own. [Replay] looks at it.
	Signature []byte
}

// New makes a message without a parent. Content may be any value that encodes to
// a JSON object; nil means {}.
func New(msgType, session string, content any) (*Message, error) {
	raw, err := encodeContent(content)
	if err != nil {
		return nil, fmt.Errorf("wire: content of %s: %w", msgType, err)
	}
	return &Message{
		Header:   NewHeader(msgType, session),
		Parent:   emptyObject(),
		Metadata: emptyObject(),
		Content:  raw,
	}, nil
}

// Child makes a message that m caused: it goes back to the same identities and
// names m as its parent. Both replies and outputs are made so; an output then
// replaces Identities by its topic.
func (m *Message) Child(msgType, session string, content any) (*Message, error) {
	parent, err := m.header()
	if err != nil {
		return nil, err
	}
	child, err := New(msgType, session, content)
	if err != nil {
		return nil, err
	}
	child.Identities, child.Parent = m.Identities, parent
	return child, nil
}

// SetMetadata replaces the metadata by a value that encodes to a JSON object.
func (m *Message) SetMetadata(v any) error {
	raw, err := encodeContent(v)
	if err != nil {
		return fmt.Errorf("wire: metadata of %s: %w", m.Header.Type, err)
	}
	m.Metadata = raw
	return nil
}

// ParentHeader decodes the parent. A message without a parent has a zero one.
func (m *Message) ParentHeader() (Header, error) {
	var h Header
	if len(m.Parent) == 0 {
		return h, nil
	}
	if err := json.Unmarshal(m.Parent, &h); err != nil {
		return Header{}, fmt.Errorf("wire: parent header of %s: %w", m.Header.Type, err)
	}
	return h, nil
}

// Topic is the first frame of an iopub message. It names the kernel run and the
// type of the message, so a subscriber can choose by either.
func Topic(session, msgType string) []byte {
	return []byte("kernel." + session + "." + msgType)
}

// header returns the header as JSON: the bytes received, or else ours.
func (m *Message) header() (json.RawMessage, error) {
	if m.RawHeader != nil {
		return m.RawHeader, nil
	}
	raw, err := marshal(m.Header)
	if err != nil {
		return nil, fmt.Errorf("wire: header of %s: %w", m.Header.Type, err)
	}
	return raw, nil
}

func emptyObject() json.RawMessage { return json.RawMessage("{}") }

// marshal is json.Marshal without the escaping of <, > and &, which would make
// every SVG and HTML output longer and guards against nothing here.
func marshal(v any) (json.RawMessage, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
