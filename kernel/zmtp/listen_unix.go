//go:build unix

package zmtp

import (
	"errors"
	"io/fs"
	"runtime"
	"strings"
	"syscall"
)

// isSocket reports whether a file is a Unix domain socket.
func isSocket(info fs.FileInfo) bool { return info.Mode()&fs.ModeSocket != 0 }

// refused reports whether nobody listens at the socket that was dialled.
func refused(err error) bool { return errors.Is(err, syscall.ECONNREFUSED) }

// abstract reports whether path names no file: Linux keeps names that begin with
// @ beside the file system, and they vanish with their process.
func abstract(path string) bool { return runtime.GOOS == "linux" && strings.HasPrefix(path, "@") }
