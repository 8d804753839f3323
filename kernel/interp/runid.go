package interp

import (
	"reflect"
	"sync/atomic"
	"unsafe"

	"github.com/traefik/yaegi/interp"
)

// A runID is the counter by which yaegi stops what runs: a frame goes on while its
// own copy equals the counter, which an interrupt raises.
//
// Raising it also stops every closure made before, for ever, and yaegi sets the
// copy in its outermost frame anew with each program, which revives whatever did
// not notice the interrupt. So, when all goroutines of a stopped call have ended,
// the counter is put back. It is not exported; this file is the only one that
// reaches for it, and a test that it is where we expect it guards the file.
type runID struct{ address *uint64 }

// runIDOf finds the counter. It is not ok if yaegi has changed.
func runIDOf(i *interp.Interpreter) (id runID, ok bool) {
	f := reflect.ValueOf(i).Elem().FieldByName("id")
	if !f.IsValid() || f.Kind() != reflect.Uint64 {
		return runID{}, false
	}
	return runID{(*uint64)(unsafe.Pointer(f.UnsafeAddr()))}, true
}

func (id runID) get() uint64 { return atomic.LoadUint64(id.address) }

func (id runID) set(n uint64) { atomic.StoreUint64(id.address, n) }

// doneOf is the channel that yaegi listens to while it waits for another.
func doneOf(i *interp.Interpreter) (chan struct{}, bool) {
	f := reflect.ValueOf(i).Elem().FieldByName("done")
	if !f.IsValid() || f.Type() != reflect.TypeFor[chan struct{}]() || f.IsNil() {
		return nil, false
	}
	return *(*chan struct{})(unsafe.Pointer(f.UnsafeAddr())), true
}
