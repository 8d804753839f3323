package errors

import (
	"fmt"
	"io/fs"
	"testing"
)

func TestAsType(t *testing.T) {
	want := &fs.PathError{Op: "open", Path: "x", Err: fs.ErrNotExist}
	if got, ok := AsType[*fs.PathError](fmt.Errorf("w: %w", want)); !ok || got != want {
		t.Errorf("got %v, %v", got, ok)
	}
	if _, ok := AsType[*fs.PathError](fs.ErrClosed); ok {
		t.Error("found what is not there")
	}
}
