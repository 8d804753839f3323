// Package history remembers the cells that were run, in this session and in those
// before it.
//
// All kernels of a user share one file. None of them keeps it open: a kernel opens
// it to add the cells of the last moments, or to look something up, and closes it
// again, so that several can run at once. Writing happens beside the cells, which
// never wait for a disk. A file that cannot be used is no reason to fail: the
// kernel then remembers what it has run itself.
package history
