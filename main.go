// Gradbook is a Jupyter kernel for Go in which a model is a graph.
//
//	gradbook install            make the kernel known to Jupyter
//	gradbook uninstall          take it away again
//	gradbook kernel FILE        serve; this is what Jupyter calls
//	gradbook run NOTEBOOK       play a notebook without Jupyter
//	gradbook version            say which version this is
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"gradbook/install"
	"gradbook/kernel"
	"gradbook/kernel/wire"
	"gradbook/notebooks"
)

// version is the next release, until it is made.
const version = "0.1.0"

// commands is the command line; kong reads names, help and defaults from it.
type commands struct {
	Kernel    kernelCommand    `cmd:"" help:"Serve a connection file: what Jupyter calls to start the kernel."`
	Install   installCommand   `cmd:"" help:"Make the kernel known to Jupyter."`
	Uninstall uninstallCommand `cmd:"" help:"Take the kernel away from Jupyter again."`
	Run       runCommand       `cmd:"" help:"Play a notebook without Jupyter and write it with its outputs."`
	Version   versionCommand   `cmd:"" help:"Say which version this is."`
	Witness   witnessCommand   `cmd:"" hidden:"" help:"Tell why a kernel has died; a kernel starts it for itself."`
}

func main() {
	parser := kong.Must(new(commands), kong.Name("gradbook"),
		kong.Description("A Jupyter kernel for Go in which a model is a graph."))
	line, err := parser.Parse(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, misuse(err))
		os.Exit(2) // what shells and the go command answer to a command line that they do not understand
	}
	if err := line.Run(); err != nil {
		complain(err)
		os.Exit(1)
	}
}

// misuse says what is wrong with a command line, and where to read how it is used.
func misuse(err error) string {
	command := "gradbook"
	var wrong *kong.ParseError
	if errors.As(err, &wrong) && wrong.Context.Selected() != nil {
		command += " " + wrong.Context.Selected().Name
	}
	return fmt.Sprintf("gradbook: %v\nsee %s --help", err, command)
}

type kernelCommand struct {
	ConnectionFile string `arg:"" help:"The connection file, which Jupyter writes." type:"existingfile"`
	History        bool   `help:"Remember the cells for later sessions, in Jupyter's data folder of this user." default:"true" negatable:""`
}

// Run serves until the front end shuts the kernel down.
func (c *kernelCommand) Run() error {
	connection, err := wire.ReadConnection(c.ConnectionFile)
	if err != nil {
		return err
	}
	o := kernel.Options{Version: version, History: c.historyFile()}
	if self, err := os.Executable(); err == nil {
		o.Witness = []string{self, "witness", c.ConnectionFile}
	}
	return kernel.Run(context.Background(), connection, o)
}

type witnessCommand struct {
	ConnectionFile string `arg:"" help:"The kernel's connection file." type:"existingfile"`
}

// Run sleeps until the kernel that started this process has ended.
func (c *witnessCommand) Run() error {
	connection, err := wire.ReadConnection(c.ConnectionFile)
	if err != nil {
		return err
	}
	return kernel.Witness(connection, os.Stderr)
}

// historyFile is where the cells of all sessions are remembered, "" for nowhere.
func (c *kernelCommand) historyFile() string {
	if !c.History {
		return ""
	}
	data, err := install.UserData()
	if err != nil {
		complain(fmt.Errorf("gradbook: where to remember the cells: %w", err))
		return ""
	}
	return filepath.Join(data, "gradbook", "history.db")
}

// complain writes to the log of whoever started the kernel.
func complain(err error) { fmt.Fprintln(os.Stderr, err) }

// place says which of Jupyter's directories is meant.
type place struct {
	User      bool    `help:"For this user; the default." xor:"place"`
	Prefix    *string `help:"Below PREFIX/share/jupyter." xor:"place" placeholder:"PREFIX"`
	SysPrefix bool    `help:"For the active virtual environment, or else the Python on PATH." xor:"place"`
	Name      string  `help:"The kernel's name in notebooks and on command lines." default:"gradbook"`
}

// Validate refuses what is given but empty, as an unset variable of a shell is: it does
// not mean the default.
func (p place) Validate() error {
	switch {
	case p.Prefix != nil && *p.Prefix == "":
		return errors.New("--prefix is empty, want a folder")
	case p.Name == "":
		return errors.New("--name is empty, want a name")
	}
	return nil
}

func (p place) options() install.Options {
	o := install.Options{Name: p.Name, User: p.User, SysPrefix: p.SysPrefix}
	if p.Prefix != nil {
		o.Prefix = *p.Prefix
	}
	return o
}

type installCommand struct{ place }

// Run writes the kernelspec and says where.
func (c *installCommand) Run() error {
	dir, err := install.Install(c.options())
	if err == nil {
		fmt.Println("installed in", dir)
	}
	return err
}

type uninstallCommand struct{ place }

// Run removes the kernelspec and says from where.
func (c *uninstallCommand) Run() error {
	dir, err := install.Uninstall(c.options())
	if err == nil {
		fmt.Println("removed from", dir)
	}
	return err
}

type runCommand struct {
	Notebook string        `arg:"" help:"The notebook to play." type:"existingfile"`
	Out      string        `short:"o" help:"Write the notebook with its outputs here." placeholder:"FILE"`
	HTML     string        `name:"html" help:"Write it as one web page here." placeholder:"FILE"`
	Timeout  time.Duration `help:"How long the whole notebook may take; 0 is for ever." default:"0"`
}

// Run plays the notebook on a kernel of its own, which is this program again.
func (c *runCommand) Run() error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("gradbook: finding this program, to start the kernel: %w", err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if c.Timeout > 0 {
		ctx, stop = context.WithTimeout(ctx, c.Timeout)
		defer stop()
	}
	return notebooks.Run(ctx, notebooks.Options{
		Notebook: c.Notebook, Out: c.Out, HTML: c.HTML, Progress: os.Stderr,
		Kernel: []string{self, "kernel", "--no-history", "{connection_file}"},
	})
}

type versionCommand struct{}

// Run prints the version and what it was built with.
func (versionCommand) Run() error {
	_, err := fmt.Printf("gradbook %s, %s, %s/%s\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
