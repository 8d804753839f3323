package zmtp

import (
	"errors"
	"io/fs"

	"golang.org/x/sys/windows"
)

// isSocket reports whether a file may be a Unix domain socket. Windows shows one
// as a reparse point, which Go calls a socket or irregular.
func isSocket(info fs.FileInfo) bool { return info.Mode()&(fs.ModeSocket|fs.ModeIrregular) != 0 }

// refused reports whether nobody listens at the socket that was dialled.
func refused(err error) bool { return errors.Is(err, windows.WSAECONNREFUSED) }

// abstract is always false: such names are Linux's.
func abstract(string) bool { return false }
