//go:build unix

package zmtp

import "syscall"

// resets are the errors of a connection whose other end went without goodbye.
var resets = []error{syscall.ECONNRESET, syscall.EPIPE}
