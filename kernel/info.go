package kernel

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"

	"gradbook/kernel/wire"
)

// Implementation is the name by which the kernel introduces itself.
const Implementation = "gradbook"

// kernelInfo introduces the kernel.
func (k *Kernel) kernelInfo(context.Context, *request, struct{}) (any, error) {
	goVersion := strings.TrimPrefix(runtime.Version(), "go")
	return wire.KernelInfoReply{
		ProtocolVersion:       wire.ProtocolVersion,
		Implementation:        Implementation,
		ImplementationVersion: k.options.Version,
		LanguageInfo: wire.LanguageInfo{
			Name: "go", Version: goVersion, MIMEType: "text/x-go", FileExtension: ".go",
			PygmentsLexer: "go", CodeMirrorMode: "go", NBConvertExporter: "script",
		},
		Banner: fmt.Sprintf("Gradbook %s: Go %s in cells, where a model is a graph.", k.options.Version, goVersion),
		HelpLinks: []wire.HelpLink{
			{Text: "Go: language specification", URL: "https://go.dev/ref/spec"},
			{Text: "Go: standard library", URL: "https://pkg.go.dev/std"},
			{Text: "Gonum", URL: "https://pkg.go.dev/gonum.org/v1/gonum"},
		},
	}, nil
}

// connect tells the ports to a client that was given only one of them.
func (k *Kernel) connect(context.Context, *request, struct{}) (any, error) {
	c := k.connection
	return wire.ConnectReply{Shell: int(c.Shell), IOPub: int(c.IOPub), Stdin: int(c.Stdin),
		Control: int(c.Control), Heartbeat: int(c.Heartbeat)}, nil
}

// interrupt stops the running cell. Between cells it does nothing.
func (k *Kernel) interrupt(context.Context, *request, struct{}) (any, error) {
	k.cell.interrupt()
	return wire.InterruptReply{}, nil
}

// shutdown answers both who asked and everyone who listens, and lets Run return.
// A cell that runs is stopped, since its front end waits no longer than seconds.
func (k *Kernel) shutdown(_ context.Context, r *request, c wire.ShutdownRequest) (any, error) {
	reply := wire.ShutdownReply{Restart: c.Restart}
	k.out.publish(r.Message, "shutdown_reply", reply)
	k.stop()
	return reply, nil
}

// usage tells what the kernel needs of its machine. Front ends ask every few
// seconds, so figures of a load are averages since the last question.
func (k *Kernel) usage(context.Context, *request, struct{}) (any, error) {
	host, _ := os.Hostname() // an unnamed machine is still worth reporting on
	reply := wire.UsageReply{Hostname: host, PID: os.Getpid(), CPUCount: runtime.NumCPU()}
	now := readLoad()
	reply.KernelMemory, reply.VirtualMemory = now.resident, now.memory
	if was := k.load; !was.at.IsZero() {
		if wall := now.at.Sub(was.at); wall > 0 {
			reply.KernelCPU = 100 * float64(now.process-was.process) / float64(wall)
		}
		if all := now.total - was.total; all > 0 {
			reply.HostCPU = 100 * float64(now.busy-was.busy) / float64(all)
		}
	}
	k.load = now
	return reply, nil
}

// A load is one reading of the machine's counters. What a system does not tell
// stays zero.
type load struct {
	at          time.Time
	process     time.Duration // processor time this process has used
	busy, total time.Duration // processor time of the machine: working, and all of it
	resident    uint64        // bytes
	memory      wire.Memory
}
