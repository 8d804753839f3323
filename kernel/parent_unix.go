//go:build unix

package kernel

import (
	"context"
	"os"
	"time"
)

// watchParent stops the kernel when the process that started it has ended, if that
// process asked for it by JPY_PARENT_PID, as jupyter_client does. Unix tells nobody
// of a parent's end; the orphan gets a new parent, which is what is looked for.
func watchParent(ctx context.Context, stop context.CancelFunc) {
	named := os.Getenv("JPY_PARENT_PID")
	if named == "" {
		return
	}
	parent := os.Getppid()
	if parent == 1 && named != "1" {
		stop() // the parent ended before it could be looked for
		return
	}
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if os.Getppid() != parent {
				stop()
				return
			}
		case <-ctx.Done():
			return
		}
	}
}
