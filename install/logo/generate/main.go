// Command generate draws logo-32x32.png and logo-64x64.png from logo-svg.svg.
// It runs in the folder of the package logo: go generate ./install/logo
package main

import (
	"fmt"
	"os"

	"gradbook/install/logo"
)

func main() {
	for _, size := range []int{32, 64} {
		if err := write(size); err != nil {
			fmt.Fprintln(os.Stderr, "generate:", err)
			os.Exit(1)
		}
	}
}

// write draws the logo at one size.
func write(size int) error {
	data, err := logo.Draw(size)
	if err != nil {
		return err
	}
	return os.WriteFile(fmt.Sprintf("logo-%dx%d.png", size, size), data, 0o666)
}
