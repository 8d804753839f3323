package zmtp

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"strings"
	"syscall"
	"time"
)

// Listen opens an endpoint: tcp://127.0.0.1:5555, tcp://[::1]:0, tcp://*:5555 or
// ipc://path. Port 0 lets the system choose one; see Endpoint. A socket file that
// a dead process left behind is removed, one that is served is not.
func Listen(endpoint string) (net.Listener, error) {
	network, address, err := parse(endpoint)
	if err != nil {
		return nil, err
	}
	if network == "unix" {
		if err := removeStale(address); err != nil {
			return nil, fmt.Errorf("zmtp: listen at %s: %w", endpoint, err)
		}
	}
	l, err := net.Listen(network, address)
	if err != nil {
		return nil, fmt.Errorf("zmtp: listen: %w", err)
	}
	return l, nil
}

// Endpoint is the inverse of Listen: where to dial what listens at a.
func Endpoint(a net.Addr) string {
	if a.Network() == "unix" {
		return "ipc://" + a.String()
	}
	return a.Network() + "://" + a.String()
}

// parse splits an endpoint into what package net wants.
func parse(endpoint string) (network, address string, err error) {
	transport, address, ok := strings.Cut(endpoint, "://")
	switch {
	case ok && transport == "tcp":
		return "tcp", strings.TrimPrefix(address, "*"), nil // ZeroMQ's star is net's nothing
	case ok && transport == "ipc" && address != "":
		return "unix", address, nil
	}
	return "", "", fmt.Errorf("zmtp: endpoint %q, want tcp://host:port or ipc://path", endpoint)
}

// errServed says that somebody answers at a socket file.
var errServed = fmt.Errorf("another process serves it: %w", syscall.EADDRINUSE)

// removeStale removes the socket file that a killed process left at path. Whether
// it is stale is found out by calling: only a live process answers.
func removeStale(path string) error {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) || abstract(path) {
		return nil
	}
	if err != nil {
		return err
	}
	if !isSocket(info) {
		return fmt.Errorf("%s is there and is no socket", path)
	}
	c, err := net.DialTimeout("unix", path, time.Second)
	if err == nil {
		_ = c.Close()
		return errServed
	}
	if !refused(err) {
		return err
	}
	return os.Remove(path)
}
