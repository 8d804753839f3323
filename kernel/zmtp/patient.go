package zmtp

import (
	"errors"
	"fmt"
	"net"
	"os"
	"time"
)

// chunk is how much is written under one deadline. It is small enough for a slow
// peer that reads at all to take some of it in time.
const chunk = 256 << 10

// patienceFactor is how much longer a peer may stall when nobody waits for it.
const patienceFactor = 12

// ticks is how many deadlines make up a stall. Whoever begins to wait for a peer
// that has stalled for long already then waits for a tick, not for a whole stall.
const ticks = 5

// A patient writes to a connection as long as the peer takes bytes: any progress
// renews the deadline, so a slow peer is served and a stalled one is not.
type patient struct {
	conn    net.Conn
	stall   time.Duration
	awaited func() bool // whether somebody waits for this peer
}

// Write fails with ErrSlow when the peer took no byte for too long.
func (w *patient) Write(p []byte) (written int, err error) {
	stalled, tick := 0, w.stall/ticks // stalled counts ticks in a row without a byte
	for len(p) > 0 {
		if err := w.conn.SetWriteDeadline(time.Now().Add(tick)); err != nil {
			return written, err
		}
		n, err := w.conn.Write(p[:min(len(p), chunk)])
		written += n
		p = p[n:]
		if n > 0 {
			stalled = 0
		}
		if err == nil {
			continue
		}
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			return written, err
		}
		if n > 0 {
			continue
		}
		stalled++
		if stalled >= ticks && w.awaited() || stalled >= ticks*patienceFactor {
			return written, fmt.Errorf("%w: no byte taken for %v", ErrSlow, time.Duration(stalled)*tick)
		}
	}
	return written, nil
}
