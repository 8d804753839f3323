package notebooks

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"gradbook/kernel/client"
	"gradbook/kernel/wire"
)

// Options say what [Run] plays, on what, and where to.
type Options struct {
	Notebook string // the .ipynb file
	Out      string // where to write it with its outputs; empty: nowhere. It may be Notebook itself
	HTML     string // where to write it as a page; empty: nowhere

	// Kernel is the command of the kernel, in which "{connection_file}" stands
	// for the path of that file, as in a kernelspec.
	Kernel []string

	// Dir is the folder the cells run in; empty means the notebook's, so that its
	// data are found from wherever it is played.
	Dir string

	Progress io.Writer // a line for each cell; nil: none
}

// parting is how long the kernel may take to end when all is played.
const parting = 5 * time.Second

// Run plays a notebook on a kernel of its own and writes what it was asked for.
//
// When a cell fails, the notebook as far as it came is written too, with the
// error in it, unless that would overwrite the notebook that was played; then the
// [*CellError] is returned. Ctx bounds the whole; the kernel does not outlive Run.
func Run(ctx context.Context, o Options) error {
	n, err := ReadFile(o.Notebook)
	if err != nil {
		return err
	}
	if err := o.checkTargets(); err != nil {
		return err
	}
	if o.Dir == "" {
		o.Dir = filepath.Dir(o.Notebook)
	}
	kernel, err := client.Start(ctx, o.Kernel, o.Dir)
	if err != nil {
		return fmt.Errorf("notebooks: %w", err)
	}
	info, err := kernel.Client.KernelInfo(ctx)
	if err == nil {
		err = n.checkLanguage(info)
	}
	if err == nil {
		err = n.setLanguage(info.LanguageInfo)
	}
	if err == nil {
		err = o.play(ctx, n, kernel.Client)
	}
	return errors.Join(err, end(ctx, kernel))
}

// end ends the kernel: politely, unless nobody wants to wait any more.
func end(ctx context.Context, kernel *client.Process) error {
	if ctx.Err() != nil {
		kernel.Kill()
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, parting)
	defer cancel()
	err := kernel.Shutdown(ctx)
	// A kernel that is gone has failed a cell with that already.
	if err != nil && !errors.Is(err, client.ErrLost) && !errors.Is(err, client.ErrDied) {
		return fmt.Errorf("notebooks: ending the kernel: %w", err)
	}
	return nil
}

// checkTargets refuses what could not be written, before anything is played for it.
func (o Options) checkTargets() error {
	switch {
	case o.HTML == "":
	case sameFile(o.HTML, o.Notebook):
		return fmt.Errorf("notebooks: the page would overwrite the notebook %s, want another file", o.Notebook)
	case filepath.Clean(o.HTML) == filepath.Clean(o.Out), sameFile(o.HTML, o.Out):
		return fmt.Errorf("notebooks: the page and the notebook would both be written to %s, want two files", o.HTML)
	}
	for _, target := range []string{o.Out, o.HTML} {
		if target == "" {
			continue
		}
		if err := canWrite(target); err != nil {
			return err
		}
	}
	return nil
}

// checkLanguage refuses a notebook of another kernel, whose code may even run here and
// mean something else. One that names neither language nor kernel is taken as it is.
func (n *Notebook) checkLanguage(info *wire.KernelInfoReply) error {
	want := info.LanguageInfo.Name
	spec, _ := n.Metadata["kernelspec"].(map[string]any)
	kernel, _ := spec["name"].(string)
	switch language := n.Language(); {
	case language != "" && !strings.EqualFold(language, want):
		return fmt.Errorf("notebooks: the notebook is written in %s, want %s", language, want)
	case language == "" && kernel != "" && kernel != info.Implementation:
		return fmt.Errorf("notebooks: the notebook is for the kernel %q and names no language, want the kernel %q or the language %q",
			kernel, info.Implementation, want)
	}
	return nil
}

// setLanguage writes down what ran the cells, as Jupyter does.
func (n *Notebook) setLanguage(info wire.LanguageInfo) error {
	data, err := json.Marshal(info)
	if err != nil {
		return fmt.Errorf("notebooks: language_info: %w", err)
	}
	language, err := decodeObject(data)
	if err != nil {
		return fmt.Errorf("notebooks: language_info: %w", err)
	}
	if n.Metadata == nil {
		n.Metadata = map[string]any{}
	}
	n.Metadata["language_info"] = language
	return nil
}

// play plays n on e and writes the results.
func (o Options) play(ctx context.Context, n *Notebook, e Executor) error {
	if len(runnable(n)) == 0 && o.Progress != nil {
		_, _ = fmt.Fprintf(o.Progress, "%s has no cells to run\n", o.Notebook)
	}
	played := Play(ctx, n, e, Playing{Progress: o.progress()})
	if played != nil && sameFile(o.Out, o.Notebook) {
		o.Out = ""
	}
	return errors.Join(played, o.write(n))
}

// sameFile reports whether two paths lead to one file.
func sameFile(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// write writes the notebook and the page, if asked for.
func (o Options) write(n *Notebook) error {
	if o.Out != "" {
		if err := n.WriteFile(o.Out); err != nil {
			return err
		}
	}
	if o.HTML == "" {
		return nil
	}
	var page strings.Builder
	if err := n.WriteHTML(&page, Page{Files: os.DirFS(filepath.Dir(o.Notebook))}); err != nil {
		return err
	}
	return replaceFile(o.HTML, []byte(page.String()))
}

// progress tells of each cell on one line: its number and how it begins when it
// starts, the time it took when it is done, and all of the error if it failed.
// Errors of writing are not worth stopping for.
func (o Options) progress() func(Step) {
	if o.Progress == nil {
		return nil
	}
	return func(s Step) {
		if !s.Done {
			_, _ = fmt.Fprintf(o.Progress, "cell %2d of %d  %-50s", s.Cell, s.Cells, firstLine(s.At.Source, 50))
			return
		}
		_, _ = fmt.Fprintf(o.Progress, "  %6.2f s\n", s.Elapsed.Seconds())
		var failed *CellError
		if errors.As(s.Err, &failed) && len(failed.Traceback) > 0 {
			_, _ = fmt.Fprintf(o.Progress, "\n%s\n\n", plain(failed.Traceback))
		}
	}
}

// firstLine is the first line of code that says something, cut to a width.
func firstLine(code string, width int) string {
	for line := range strings.Lines(code) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "//") {
			continue
		}
		line = strings.ReplaceAll(line, "\t", " ")
		if utf8.RuneCountInString(line) > width {
			line = string([]rune(line)[:width-1]) + "…"
		}
		return line
	}
	return ""
}
