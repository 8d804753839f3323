package interp

import "sync"

// A fatalError is what ends a compiled program whatever it defers and recovers. It
// ends a call.
type fatalError string

func (e fatalError) Error() string { return string(e) }

// fatal panics with a message of Go's that no recover stops.
func fatal(message string) { panic(&thrown{value: fatalError(message)}) }

// unlock is sync.Mutex.Unlock, which would end the process if nobody held the lock.
func unlock(mu *sync.Mutex) {
	if mu.TryLock() {
		mu.Unlock()
		fatal("sync: unlock of unlocked mutex")
	}
	mu.Unlock()
}

// writeUnlock is sync.RWMutex.Unlock. Who can read knows that nobody writes.
func writeUnlock(mu *sync.RWMutex) {
	if mu.TryRLock() {
		mu.RUnlock()
		fatal("sync: Unlock of unlocked RWMutex")
	}
	mu.Unlock()
}

// readUnlock is sync.RWMutex.RUnlock. Who can write knows that nobody reads.
func readUnlock(mu *sync.RWMutex) {
	if mu.TryLock() {
		mu.Unlock()
		fatal("sync: RUnlock of unlocked RWMutex")
	}
	mu.RUnlock()
}

// lock is sync.Mutex.Lock.
func (m *Machine) lock(mu *sync.Mutex) {
	if !mu.TryLock() {
		m.wait(mu.Lock, mu.Unlock)
	}
}

// condWait is sync.Cond.Wait. After an interrupt the waiter is woken, lest it takes
// a signal that is meant for a later one.
func (m *Machine) condWait(c *sync.Cond) {
	m.wait(c.Wait, c.L.Unlock)
	if m.currentContext().Err() != nil {
		c.Broadcast()
	}
}
