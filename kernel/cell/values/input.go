package values

import (
	"io"
	"os"
)

// Input is a file as something to read from. To read the standard input is to ask
// the user.
func (r *Registry) Input(f *os.File) io.Reader {
	if f == os.Stdin {
		return r.options.Stdin
	}
	return f
}

// FileRead reads from a file as its method Read does.
func (r *Registry) FileRead(f *os.File, p []byte) (int, error) { return r.Input(f).Read(p) }
