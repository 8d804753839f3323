package graph

import "syscall"

// memory is how many bytes the machine has, also such as are in use.
func memory() float64 {
	var s syscall.Sysinfo_t
	if err := syscall.Sysinfo(&s); err != nil {
		return addressable
	}
	return (float64(s.Totalram) + float64(s.Totalswap)) * float64(s.Unit)
}
