// Command generate writes the data of the tutorials. It runs in the folder of
// the package data: go generate ./notebooks/data
package main

import (
	"fmt"
	"os"

	"gradbook/notebooks/data"
)

func main() {
	for _, f := range data.Files() {
		if err := os.WriteFile(f.Name, f.Data, 0o666); err != nil {
			fmt.Fprintln(os.Stderr, "generate:", err)
			os.Exit(1)
		}
	}
}
