package zmtp

import "golang.org/x/sys/windows"

// resets are the errors of a connection whose other end went without goodbye.
// Those of package syscall are inventions here that no system call returns.
var resets = []error{windows.WSAECONNRESET, windows.WSAECONNABORTED}
