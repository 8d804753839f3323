package wire

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"strconv"
)

// A Connection is a connection file: where the five sockets of a kernel are, and
// the key that messages are signed with. The client writes it; the kernel reads it.
type Connection struct {
	Transport string `json:"transport"` // "tcp" or "ipc"; "" means tcp
	IP        string `json:"ip"`        // an address, or for ipc the start of a path; "" means 127.0.0.1

	Shell     Port `json:"shell_port"`
	IOPub     Port `json:"iopub_port"`
	Stdin     Port `json:"stdin_port"`
	Control   Port `json:"control_port"`
	Heartbeat Port `json:"hb_port"`

	Key             string `json:"key"`              // "" means unsigned
	SignatureScheme string `json:"signature_scheme"` // see NewSigner
	KernelName      string `json:"kernel_name,omitempty"`

	// The kernel's keys for CurveZMQ, in Z85. With them all five sockets are
	// encrypted; "" means that none is.
	CurvePublicKey string `json:"curve_publickey,omitempty"`
	CurveSecretKey string `json:"curve_secretkey,omitempty"`
}

// Encrypted reports whether clients must encrypt. One key alone asks for it too, so
// that half a pair is a mistake to be told and not a reason to talk in clear.
func (c Connection) Encrypted() bool { return c.CurvePublicKey != "" || c.CurveSecretKey != "" }

// A Port is the number of a TCP port, or of an ipc socket. Some launchers write
// it as a string.
type Port int

// UnmarshalJSON reads 5555 and "5555".
func (p *Port) UnmarshalJSON(data []byte) error {
	var s string
	if json.Unmarshal(data, &s) != nil {
		s = string(data)
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 65535 {
		return fmt.Errorf("wire: port %.40s, want a number from 0 to 65535", data)
	}
	*p = Port(n)
	return nil
}

// ReadConnection reads a connection file and fills in the defaults: tcp,
// 127.0.0.1, hmac-sha256. A port that is missing is 0, which lets the kernel
// choose one.
func ReadConnection(path string) (Connection, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return Connection{}, fmt.Errorf("wire: connection file: %w", err)
	}
	c := Connection{Transport: "tcp", IP: "127.0.0.1", SignatureScheme: "hmac-sha256"}
	if err := json.Unmarshal(data, &c); err != nil {
		return Connection{}, fmt.Errorf("wire: connection file %s: %w", path, err)
	}
	if c.Transport != "tcp" && c.Transport != "ipc" {
		return Connection{}, fmt.Errorf("wire: connection file %s: transport %q, want tcp or ipc", path, c.Transport)
	}
	if _, err := NewSigner(c.SignatureScheme, c.Key); err != nil {
		return Connection{}, fmt.Errorf("wire: connection file %s: %w", path, err)
	}
	return c, nil
}

// Write writes a connection file that only its owner may read, since it holds
// the key.
func (c Connection) Write(path string) error {
	data, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return fmt.Errorf("wire: connection file %s: %w", path, err)
	}
	if err := os.WriteFile(path, append(data, '\n'), 0o600); err != nil {
		return fmt.Errorf("wire: connection file: %w", err)
	}
	return nil
}

// Endpoint is the address of one socket: tcp://127.0.0.1:5555, tcp://[::1]:5555
// or ipc://path-5555.
func (c Connection) Endpoint(p Port) string {
	if c.Transport == "ipc" {
		return "ipc://" + c.IP + "-" + strconv.Itoa(int(p))
	}
	ip := c.IP
	if ip == "" {
		ip = "127.0.0.1"
	}
	return "tcp://" + net.JoinHostPort(ip, strconv.Itoa(int(p)))
}

// Signer returns the signer of this connection.
func (c Connection) Signer() (*Signer, error) { return NewSigner(c.SignatureScheme, c.Key) }
