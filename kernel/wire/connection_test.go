package wire

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "connection.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReadConnection(t *testing.T) {
	for _, tt := range []struct {
		name, in, shell string
		port            Port
	}{
		{"as jupyter writes it", `{"shell_port": 57503, "ip": "127.0.0.1", "transport": "tcp", "key": "k", "signature_scheme": "hmac-sha256", "kernel_name": "gradbook", "jupyter_session": "x"}`, "tcp://127.0.0.1:57503", 57503},
		{"ports as strings", `{"shell_port": "57503"}`, "tcp://127.0.0.1:57503", 57503},
		{"nothing but braces", `{}`, "tcp://127.0.0.1:0", 0},
		{"IPv6", `{"shell_port": 1, "ip": "::1"}`, "tcp://[::1]:1", 1},
		{"ipc", `{"shell_port": 1, "ip": "/run/k", "transport": "ipc"}`, "ipc:///run/k-1", 1},
		{"sha512", `{"signature_scheme": "hmac-sha512", "key": "k"}`, "tcp://127.0.0.1:0", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := ReadConnection(write(t, tt.in))
			if err != nil || c.Shell != tt.port || c.Endpoint(c.Shell) != tt.shell {
				t.Errorf("%+v at %s, %v, want %s", c, c.Endpoint(c.Shell), err, tt.shell)
			}
		})
	}
}

func TestReadConnectionRefuses(t *testing.T) {
	for in, want := range map[string]string{
		``:                                 "unexpected end",
		`{"shell_port": "http"}`:           `port "http"`,
		`{"shell_port": 65536}`:            "port 65536",
		`{"shell_port": -1}`:               "port -1",
		`{"shell_port": 1.5}`:              "port 1.5",
		`{"transport": "udp"}`:             `transport "udp"`,
		`{"signature_scheme": "hmac-md5"}`: `scheme "hmac-md5"`,
	} {
		path := write(t, in)
		_, err := ReadConnection(path)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: error %v, want one with %q and the path", in, err, want)
		}
	}
	if _, err := ReadConnection(filepath.Join(t.TempDir(), "none")); !os.IsNotExist(unwrapAll(err)) {
		t.Errorf("missing file: error %v", err)
	}
}

func unwrapAll(err error) error {
	for {
		u, ok := err.(interface{ Unwrap() error })
		if !ok || os.IsNotExist(err) {
			return err
		}
		err = u.Unwrap()
	}
}

func TestConnectionReturns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.json")
	want := Connection{Transport: "tcp", IP: "127.0.0.1", Shell: 1, IOPub: 2, Stdin: 3, Control: 4, Heartbeat: 5, Key: "k", SignatureScheme: "hmac-sha512", KernelName: "n"}
	if err := want.Write(path); err != nil {
		t.Fatal(err)
	}
	if got, err := ReadConnection(path); err != nil || got != want {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v lets others read the key", info.Mode())
	}
	if s, err := want.Signer(); err != nil || s == nil {
		t.Errorf("signer %v, %v", s, err)
	}
	if s, err := (Connection{}).Signer(); err != nil || s != nil {
		t.Errorf("signer without a key %v, %v, want none", s, err)
	}
}
