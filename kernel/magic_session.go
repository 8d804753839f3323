package kernel

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"gradbook/kernel/wire"
)

// who lists the variables.
func (e *evaluator) who(context.Context, order) (*Result, error) {
	table := tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', 0)
	for _, v := range e.session.Variables() {
		fmt.Fprintf(table, "%s\t%s\t%s\n", v.Name, v.Type, inOneLine(e.value(v.Name)))
	}
	return nil, table.Flush()
}

// lineLimit is how much of a value stands in a line of %who, in code points.
const lineLimit = 60

func inOneLine(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= lineLimit {
		return text
	}
	return string([]rune(text)[:lineLimit]) + " …"
}

// reset begins the session anew. Modules that were fetched can still be imported.
func (e *evaluator) reset(context.Context, order) (*Result, error) {
	e.comms.CloseAll() // their handlers are the session's
	e.start()
	return nil, e.err
}

// cd changes the working folder and says where that is.
func (e *evaluator) cd(_ context.Context, o order) (*Result, error) {
	from, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	to := unquoted(o.argument)
	if home, err := os.UserHomeDir(); err == nil && (to == "" || to == "~" || strings.HasPrefix(to, "~/")) {
		to = filepath.Join(home, strings.TrimPrefix(to, "~"))
	}
	if to == "-" {
		if to = e.before; to == "" {
			return nil, errors.New("%cd -: there was no other folder before")
		}
	}
	if err := os.Chdir(to); err != nil {
		return nil, fmt.Errorf("%%cd: %w", err)
	}
	e.before = from
	now, err := os.Getwd()
	fmt.Fprintln(e.stdout, now)
	return nil, err
}

// unquoted takes off the quotes that a name with spaces may have.
func unquoted(name string) string {
	if len(name) > 1 && strings.ContainsRune("\"'`", rune(name[0])) && name[0] == name[len(name)-1] {
		return name[1 : len(name)-1]
	}
	return name
}

// env shows or sets environment variables.
func (e *evaluator) env(_ context.Context, o order) (*Result, error) {
	name, value, set := strings.Cut(o.argument, "=")
	switch name = strings.TrimSpace(name); {
	case set:
		if err := os.Setenv(name, unquoted(strings.TrimSpace(value))); err != nil {
			return nil, fmt.Errorf("%%env: %w", err)
		}
	case name == "":
		for _, line := range slices.Sorted(slices.Values(os.Environ())) {
			fmt.Fprintln(e.stdout, line)
		}
	default:
		value, found := os.LookupEnv(name)
		if !found {
			return nil, fmt.Errorf("%%env: %s is not set", name)
		}
		fmt.Fprintln(e.stdout, value)
	}
	return nil, nil
}

// loadLimit is how much text %load puts into a cell.
const loadLimit = 1 << 20

// loadFile puts the text of a file in the place of the cell.
func (e *evaluator) loadFile(ctx context.Context, o order) (*Result, error) {
	name := unquoted(o.argument)
	if name == "" {
		return nil, errors.New("%load wants a file or a URL")
	}
	r, err := opened(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("%%load: %w", err)
	}
	defer r.Close()
	text, err := io.ReadAll(io.LimitReader(r, loadLimit+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%%load: %w", err)
	case len(text) > loadLimit:
		return nil, fmt.Errorf("%%load: %s has more than %d bytes", name, loadLimit)
	case !utf8.Valid(text):
		return nil, fmt.Errorf("%%load: %s is no text", name)
	}
	return &Result{Payload: []wire.Payload{{Source: "set_next_input", Text: string(text), Replace: true}}}, nil
}

// opened opens a file, or what a URL leads to.
func opened(ctx context.Context, name string) (io.ReadCloser, error) {
	if !strings.HasPrefix(name, "http://") && !strings.HasPrefix(name, "https://") {
		return os.Open(name)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, name, nil)
	if err != nil {
		return nil, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, cmp.Or(ctx.Err(), err)
	}
	if response.StatusCode != http.StatusOK {
		response.Body.Close()
		return nil, fmt.Errorf("%s: %s", name, response.Status)
	}
	return response.Body, nil
}

// page is the answer to ?name: what inspect knows, for the front end's pager.
func (e *evaluator) page(_ context.Context, o order) (*Result, error) {
	name, detail := o.argument, 0
	if all, ok := strings.CutPrefix(name, "?"); ok {
		name, detail = all, 1
	}
	found := e.Inspect(name, utf8.RuneCountInString(name), detail)
	if !found.Found {
		found.Text = name + " is not known here."
	}
	return &Result{Payload: []wire.Payload{{Source: "page", Data: inspectionData(found)}}}, nil
}
