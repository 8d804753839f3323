package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// Errors of Decode. A kernel drops such a message, counts it and carries on.
var (
	// ErrDelimiter says that no frame is the delimiter <IDS|MSG>.
	ErrDelimiter = errors.New("wire: no delimiter <IDS|MSG> in message")

	// ErrTruncated says that frames are missing after the delimiter.
	ErrTruncated = errors.New("wire: too few frames after delimiter")

	// ErrSignature says that the message was not signed with our key.
	ErrSignature = errors.New("wire: wrong signature")

	// ErrHeader says that the header is not an object with a msg_type.
	ErrHeader = errors.New("wire: malformed header")

	// ErrObject says that a parent header, metadata or content is not an object.
	ErrObject = errors.New("wire: not a JSON object")
)

// delimiter parts the identities from the message proper.
const delimiter = "<IDS|MSG>"

// proper is the number of frames between delimiter and buffers: signature,
// header, parent header, metadata, content.
const proper = 5

// Decode reads one message. A nil signer accepts any signature. The message keeps
// the frames, so the caller must not use them again.
//
// The signature is checked before any JSON is looked at: bytes of a stranger
// reach no parser. What is inside metadata and content is left to whoever decodes
// them; here they only have to look like objects, so a request of 50 MB is not
// parsed twice.
func Decode(frames [][]byte, signer *Signer) (*Message, error) {
	at := -1
	for i, f := range frames {
		if string(f) == delimiter {
			at = i
			break
		}
	}
	if at < 0 {
		return nil, fmt.Errorf("%w of %d frames", ErrDelimiter, len(frames))
	}
	body := frames[at+1:]
	if len(body) < proper {
		return nil, fmt.Errorf("%w: got %d, want at least %d", ErrTruncated, len(body), proper)
	}
	if !signer.verify(body[0], body[1:proper]) {
		return nil, fmt.Errorf("%w %.16q…", ErrSignature, body[0])
	}
	m := &Message{Identities: frames[:at:at], RawHeader: body[1], Signature: body[0], Buffers: body[proper:]}
	if signer.off() {
		m.Signature = nil // unverified, so it proves nothing
	}
	if err := m.decodeHeader(); err != nil {
		return nil, err
	}
	return m, m.decodeObjects(body[2:proper])
}

func (m *Message) decodeHeader() error {
	if err := json.Unmarshal(m.RawHeader, &m.Header); err != nil {
		return fmt.Errorf("%w: %w", ErrHeader, err)
	}
	if m.Header.Type == "" {
		return fmt.Errorf("%w: no msg_type in %.200q", ErrHeader, m.RawHeader)
	}
	return nil
}

// decodeObjects takes parent header, metadata and content, in that order.
func (m *Message) decodeObjects(frames [][]byte) error {
	for i, to := range []*json.RawMessage{&m.Parent, &m.Metadata, &m.Content} {
		object, ok := asObject(frames[i])
		if !ok {
			return fmt.Errorf("%w: %s of %.80q is %.40q", ErrObject,
				[]string{"parent header", "metadata", "content"}[i], m.Header.Type, frames[i])
		}
		*to = object
	}
	return nil
}

// asObject returns {} for what some clients send in its place: nothing, or null.
func asObject(frame []byte) (json.RawMessage, bool) {
	frame = bytes.TrimSpace(frame)
	if len(frame) == 0 || string(frame) == "null" {
		return emptyObject(), true
	}
	return frame, frame[0] == '{' && frame[len(frame)-1] == '}'
}

// Encode returns the frames of the message, signed. A nil signer leaves the
// signature empty. A received message is encoded with the header it came with,
// even if Header was changed since.
func (m *Message) Encode(signer *Signer) ([][]byte, error) {
	header, err := m.header()
	if err != nil {
		return nil, err
	}
	dicts := [][]byte{header, m.Parent, m.Metadata, m.Content}
	for i, d := range dicts[1:] {
		object, ok := asObject(d)
		if !ok {
			return nil, fmt.Errorf("%w: dictionary %d of %.80q is %.40q", ErrObject, i+1, m.Header.Type, d)
		}
		dicts[i+1] = object
	}
	frames := make([][]byte, 0, len(m.Identities)+1+proper+len(m.Buffers))
	frames = append(frames, m.Identities...)
	frames = append(frames, []byte(delimiter), signer.sign(dicts))
	frames = append(frames, dicts...)
	return append(frames, m.Buffers...), nil
}
