package kernel

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// heed obeys signals until ctx ends: an interrupt stops the running cell, as the
// interrupt message does, and a termination ends the kernel in order.
func (k *Kernel) heed(ctx context.Context, stop context.CancelFunc) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)
	for {
		select {
		case s := <-signals:
			if s == os.Interrupt {
				k.cell.interrupt()
				continue
			}
			stop()
		case <-ctx.Done():
			return
		}
	}
}
