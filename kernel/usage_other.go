//go:build !linux

package kernel

import (
	"runtime"
	"time"
)

// readLoad knows, where there is no /proc, only what the Go runtime tells: the
// memory this process has obtained.
func readLoad() load {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return load{at: time.Now(), resident: m.Sys}
}
