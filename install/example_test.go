package install_test

import (
	"fmt"
	"os"
	"path/filepath"

	"gradbook/install"
)

// A packager installs below a prefix; what was installed can be removed by the
// same options.
func ExampleInstall() {
	prefix, err := os.MkdirTemp("", "prefix")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(prefix)
	program := filepath.Join(prefix, "gradbook")
	if err := os.WriteFile(program, nil, 0o777); err != nil {
		fmt.Println(err)
		return
	}

	options := install.Options{Prefix: prefix, Executable: program}
	dir, err := install.Install(options)
	if err != nil {
		fmt.Println(err)
		return
	}
	rel, _ := filepath.Rel(prefix, dir)
	fmt.Println("installed", filepath.ToSlash(rel))

	if _, err := install.Uninstall(options); err == nil {
		fmt.Println("removed")
	}
	// Output:
	// installed share/jupyter/kernels/gradbook
	// removed
}
