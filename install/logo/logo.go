// Package logo holds Gradbook's mark in the three forms that a kernelspec
// carries: a page of a book with a small graph on it. A circle is a parameter, a
// square is data, a diamond is the operation they flow into, as in every diagram
// that Gradbook draws.
//
// logo-svg.svg is written by hand and is the source; the PNGs are drawn from it
// by go generate, and a test draws them again and compares.
package logo

import _ "embed" // the three files

//go:generate go run ./generate

var (
	// SVG is the logo for front ends that scale it.
	//go:embed logo-svg.svg
	SVG []byte

	// PNG32 and PNG64 are 32 and 64 pixels square, with transparent corners, for
	// front ends that do not.
	//go:embed logo-32x32.png
	PNG32 []byte
	//go:embed logo-64x64.png
	PNG64 []byte
)

// Draw renders the logo as a PNG of size × size pixels.
func Draw(size int) ([]byte, error) { return draw(SVG, size) }
