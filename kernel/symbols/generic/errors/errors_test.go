package errors

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"
)

// disguised says through As that it is a *fs.PathError.
type disguised struct{}

func (disguised) Error() string { return "disguised" }

func (disguised) As(target any) bool {
	p, ok := target.(**fs.PathError)
	if ok {
		*p = &fs.PathError{Op: "pretend"}
	}
	return ok
}

// TestAsType compares with the standard library on trees of every shape.
func TestAsType(t *testing.T) {
	path := &fs.PathError{Op: "open", Path: "x", Err: fs.ErrNotExist}
	for name, err := range map[string]error{
		"nil": nil, "itself": path, "wrapped": fmt.Errorf("twice: %w", fmt.Errorf("once: %w", path)),
		"joined": errors.Join(fs.ErrClosed, errors.Join(path)), "another": fs.ErrClosed,
		"two of a kind": fmt.Errorf("%w, %w", path, &fs.PathError{Op: "close"}), "disguised": disguised{},
		"behind a disguise": errors.Join(fs.ErrClosed, disguised{}, path),
	} {
		want, wantOK := errors.AsType[*fs.PathError](err)
		got, ok := AsType[*fs.PathError](err)
		if ok != wantOK || ok && got.Op != want.Op {
			t.Errorf("%s: got %v, %v; want %v, %v", name, got, ok, want, wantOK)
		}
		if _, ok := AsType[disguised](err); ok != errors.As(err, new(disguised)) {
			t.Errorf("%s: disguised: got %v", name, ok)
		}
	}
}
