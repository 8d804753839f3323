// Package client is the other end of a kernel's five channels. The notebook
// runner plays notebooks with it, and tests talk to kernels with it.
//
//	p, err := client.Start(ctx, []string{"gradbook", "kernel", "{connection_file}"}, dir)
//	...
//	defer p.Kill()
//	reply, err := p.Client.Execute(ctx, wire.ExecuteRequest{Code: "1 + 1"}, func(m *wire.Message) {
//		fmt.Println(m.Header.Type, string(m.Content))
//	})
//
// A [Client] talks to a kernel that somebody else started; a [Process] is a kernel
// that we started, with its Client.
//
// # Goroutines
//
// One goroutine reads each channel and hands every message to the call whose
// request is its parent. Functions given to Execute run in the goroutine that
// called it, one message at a time; while one runs, iopub waits, and if it runs
// for long the kernel does. OnInput runs in a goroutine of its own.
package client
