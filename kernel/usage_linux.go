package kernel

import (
	"bytes"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// tick is the unit of /proc's processor times: USER_HZ, 100 on every Linux that Go
// runs on.
const tick = time.Second / 100

// readLoad reads /proc (see proc(5)).
func readLoad() load {
	l := load{at: time.Now(), process: processTime()}
	if fields := procFields("/proc/self/statm"); len(fields) > 1 {
		l.resident = decimal(fields[1]) * uint64(os.Getpagesize())
	}
	l.busy, l.total = machineTime()
	info := memoryInfo()
	l.memory.Total, l.memory.Available, l.memory.Free = info["MemTotal"], info["MemAvailable"], info["MemFree"]
	if l.memory.Total > 0 {
		l.memory.Used = l.memory.Total - l.memory.Available
		l.memory.Percent = 100 * float64(l.memory.Used) / float64(l.memory.Total)
	}
	return l
}

func processTime() time.Duration {
	var r unix.Rusage
	if unix.Getrusage(unix.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// machineTime reads the line "cpu user nice system idle iowait …" of /proc/stat.
func machineTime() (busy, total time.Duration) {
	fields := procFields("/proc/stat")
	if len(fields) < 9 {
		return 0, 0
	}
	for i, f := range fields[1:9] {
		t := time.Duration(decimal(f)) * tick
		total += t
		if i != 3 && i != 4 { // idle and waiting for disks
			busy += t
		}
	}
	return busy, total
}

// memoryInfo reads /proc/meminfo into bytes.
func memoryInfo() map[string]uint64 {
	data, _ := os.ReadFile("/proc/meminfo") // absent in some sandboxes: then nothing is known
	info := map[string]uint64{}
	for line := range bytes.Lines(data) {
		name, rest, _ := strings.Cut(string(line), ":")
		if f := strings.Fields(rest); len(f) > 0 {
			info[name] = decimal(f[0]) << 10
		}
	}
	return info
}

// procFields returns the words of the first line of a file, or none.
func procFields(name string) []string {
	data, _ := os.ReadFile(name)
	line, _, _ := strings.Cut(string(data), "\n")
	return strings.Fields(line)
}

func decimal(s string) uint64 {
	n, _ := strconv.ParseUint(s, 10, 64)
	return n
}
