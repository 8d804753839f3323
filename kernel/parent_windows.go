package kernel

import (
	"context"
	"os"
	"strconv"

	"golang.org/x/sys/windows"
)

// watchParent stops the kernel when the process that started it has ended. On
// Windows JPY_PARENT_PID is a handle of that process which the kernel has
// inherited, and which is signalled at its end.
func watchParent(ctx context.Context, stop context.CancelFunc) {
	handle, err := strconv.ParseUint(os.Getenv("JPY_PARENT_PID"), 10, 64)
	if err != nil || handle == 0 {
		return
	}
	const slice = 500 // milliseconds between looks at ctx
	for ctx.Err() == nil {
		switch event, err := windows.WaitForSingleObject(windows.Handle(handle), slice); {
		case err != nil:
			return // not a handle of ours: nothing to watch
		case event == windows.WAIT_OBJECT_0:
			stop()
			return
		}
	}
}
