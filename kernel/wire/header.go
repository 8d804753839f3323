package wire

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"time"
)

// ProtocolVersion is the version of the messaging protocol that headers,
// kernel_info_reply and the kernelspec declare. They must agree, so they all
// take it from here.
const ProtocolVersion = "5.5"

// A Header identifies one message. A reply or an output repeats the header of
// the request that caused it as its parent; that is how a front end knows which
// cell an output belongs to.
//
// Field names follow Go; the tags follow the Jupyter specification, section
// "Message header". Nothing outside this package spells a wire name.
type Header struct {
	ID      string `json:"msg_id"`   // unique per message
	Session string `json:"session"`  // unique per client, or per kernel run
	User    string `json:"username"` // informational
	Date    string `json:"date"`     // RFC 3339; nothing may depend on it, since some clients get it wrong
	Type    string `json:"msg_type"` // e.g. "execute_request"
	Version string `json:"version"`  // protocol version of the sender

	// Subshell names the subshell that should handle the message.
	// Empty means the main shell, which is what most clients send.
	Subshell string `json:"subshell_id,omitempty"`
}

// NewHeader makes the header of a new message of a session: a fresh id, the time
// in UTC with microseconds, and our protocol version.
func NewHeader(msgType, session string) Header {
	return Header{
		ID:      NewID(),
		Session: session,
		User:    "gradbook",
		Date:    time.Now().UTC().Format("2006-01-02T15:04:05.000000Z"),
		Type:    msgType,
		Version: ProtocolVersion,
	}
}

// UnmarshalJSON insists on what the protocol runs on (msg_id, session and
// msg_type are strings) and forgives what only informs: a date, user name,
// version or subshell that is missing, null or not a string becomes empty.
// Clients exist that send a date as a number; one bad date must not cost a
// message.
func (h *Header) UnmarshalJSON(data []byte) error {
	var in struct {
		ID       string  `json:"msg_id"`
		Session  string  `json:"session"`
		Type     string  `json:"msg_type"`
		User     lenient `json:"username"`
		Date     lenient `json:"date"`
		Version  lenient `json:"version"`
		Subshell lenient `json:"subshell_id"`
	}
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	*h = Header{
		ID: in.ID, Session: in.Session, Type: in.Type,
		User: string(in.User), Date: string(in.Date),
		Version: string(in.Version), Subshell: string(in.Subshell),
	}
	return nil
}

// A lenient string decodes anything that is not a string as "".
type lenient string

func (l *lenient) UnmarshalJSON(data []byte) error {
	var s string
	if json.Unmarshal(data, &s) != nil {
		s = ""
	}
	*l = lenient(s)
	return nil
}

// NewID returns a random UUID (version 4). Its randomness is the system's, so
// that message ids never disturb a seed that a notebook has set.
func NewID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
