//go:build !linux

package graph

// memory is not known here.
func memory() float64 { return addressable }
