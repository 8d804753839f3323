package kernel

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log"
	"maps"
	"reflect"
	"slices"
	"strings"

	"gradbook/display"
	"gradbook/display/comm"
	"gradbook/graph"
	"gradbook/kernel/cell"
	"gradbook/kernel/cell/values"
	"gradbook/kernel/interp"
	"gradbook/kernel/modules"
	"gradbook/kernel/symbols"
)

// An evaluator runs cells: it is where the rewriter, the interpreter, the packages
// that cells may import, the graph and the display meet. None of them knows
// another; what they need of each other is handed over here.
type evaluator struct {
	session *cell.Session
	machine *interp.Machine
	screen  *display.Screen
	comms   *comm.Hub
	modules *modules.Store // what %get has fetched
	stdin   io.Reader
	stdout  io.Writer
	stderr  io.Writer
	before  string // the folder in which %cd was last
	err     error  // why there is no machine
}

// preloaded are the packages that every cell knows by name.
var preloaded = []string{"gradbook/graph", "gradbook/display"}

// A frontEnd is what the cells reach of those who use the notebook.
type frontEnd interface {
	display.Output
	comm.Output
}

// newEvaluator makes an evaluator whose cells print to stdout and stderr and show
// figures on the screen.
func newEvaluator(stdout, stderr io.Writer, screen frontEnd) *evaluator {
	e := &evaluator{comms: comm.NewHub(screen), screen: display.NewScreen(screen), stdout: stdout, stderr: stderr}
	e.modules = modules.New(modules.Config{Compiled: symbols.Known, Why: symbols.Why})
	e.stdin = &answers{ask: func() (string, error) { return screen.Input("", false) }}
	e.start()
	return e
}

// start begins a session in which no cell has run.
func (e *evaluator) start() {
	exports := symbols.Exports()
	logger := log.New(e.stderr, "", log.LstdFlags)
	e.session = cell.New(cell.Config{
		Importer: symbols.NewImporter(), Paths: e.paths, Sources: e.sources, Packages: symbols.All(), Preload: preloaded,
		Symbols: exports, Doc: symbols.Doc, Why: symbols.Why,
		Stdin: e.stdin, Stdout: e.stdout, Stderr: e.stderr, Logger: logger,
		Held:  []string{"*gradbook/graph.Node"},
		Hold:  hold,
		Aware: []string{"gradbook/display.Show", "(*gradbook/display.Handle).Update"},
		Exit:  func(code int) { e.machine.Exit(code) },
		Value: e.value,
	})
	registry := e.session.Registry()
	e.machine, e.err = interp.New(interp.Options{
		Stdin: e.stdin, Stdout: e.stdout, Stderr: e.stderr,
		Describe: registry.PanicText, Report: e.report,
		Symbols: []interp.Symbols{
			exports,
			{cell.ValuesPath + "/values": registry.Symbols()},
			loggingTo(logger), e.bound(),
		},
	})
}

// get makes a module importable, and says what there is to import.
func (e *evaluator) get(ctx context.Context, o order) (*Result, error) {
	m, err := e.modules.Get(ctx, o.argument)
	if err != nil {
		return nil, err
	}
	fmt.Fprintln(e.stdout, strings.TrimSpace(m.Path+" "+m.Version))
	for _, path := range m.Packages {
		fmt.Fprintf(e.stdout, "    import %q\n", path)
	}
	for _, path := range slices.Sorted(maps.Keys(m.Refused)) {
		fmt.Fprintf(e.stdout, "    not %s, which %s\n", path, m.Refused[path])
	}
	return nil, nil
}

// paths are the import paths of the packages with a name, compiled ones first.
func (e *evaluator) paths(name string) []string {
	return append(symbols.Paths(name), e.modules.Named(name)...)
}

// sources hands the files of a module's package to the session.
func (e *evaluator) sources(path string) ([]cell.Source, error) {
	if symbols.Known(path) {
		return nil, nil
	}
	files, err := e.modules.Files(path)
	var sources []cell.Source
	for _, f := range files {
		sources = append(sources, cell.Source(f))
	}
	return sources, err
}

// valueLimit is how much of a variable's value inspection shows.
const valueLimit = 2000

// value is how the value of a variable prints.
func (e *evaluator) value(name string) string {
	emitted, box, ok := e.session.Variable(name)
	if !ok {
		return ""
	}
	v, ok := e.machine.Value(emitted)
	if !ok {
		return ""
	}
	registry := e.session.Registry()
	if box != "" {
		v = registry.Box(box, v)
	}
	text := registry.Text(v)
	if len(text) > valueLimit {
		text = text[:valueLimit] + " …"
	}
	return text
}

// hold names a node after the variable that holds it.
func hold(name string, value any) {
	if n, ok := value.(*graph.Node); ok && n != nil {
		n.HeldBy(name)
	}
}

// bound are the functions of graph and display that belong to the running cell:
// they show on its output and stop when it is interrupted.
func (e *evaluator) bound() interp.Symbols {
	return interp.Symbols{
		"gradbook/display/display": {
			"Show":      reflect.ValueOf(func(v any) *display.Handle { return e.screen.Show(e.showable(v)) }),
			"Clear":     reflect.ValueOf(e.screen.Clear),
			"Input":     reflect.ValueOf(e.screen.Input),
			"Password":  reflect.ValueOf(e.screen.Password),
			"LiveLoss":  reflect.ValueOf(e.screen.LiveLoss),
			"LiveFit":   reflect.ValueOf(e.screen.LiveFit),
			"LiveTable": reflect.ValueOf(e.screen.LiveTable),
			"Progress":  reflect.ValueOf(e.screen.Progress),
		},
		"gradbook/display/comm/comm": {
			"Register": reflect.ValueOf(e.comms.Register),
			"Open":     reflect.ValueOf(e.comms.Open),
		},
		"gradbook/graph/graph": {
			"Minimize": reflect.ValueOf(func(loss *graph.Node, t graph.Training) (*graph.Fit, error) {
				if t.Context == nil {
					t.Context = e.machine.Context()
				}
				return graph.Minimize(loss, t)
			}),
		},
	}
}

// loggingTo makes package log write to the cells' standard error.
func loggingTo(l *log.Logger) interp.Symbols {
	return interp.Symbols{"log/log": {
		"Default": reflect.ValueOf(func() *log.Logger { return l }),
		"Flags":   reflect.ValueOf(l.Flags), "SetFlags": reflect.ValueOf(l.SetFlags),
		"Prefix": reflect.ValueOf(l.Prefix), "SetPrefix": reflect.ValueOf(l.SetPrefix),
		"Writer": reflect.ValueOf(l.Writer), "SetOutput": reflect.ValueOf(l.SetOutput),
		"Output": reflect.ValueOf(l.Output),
	}}
}

// Eval runs one cell: first the magics in it, then the Go below them.
func (e *evaluator) Eval(ctx context.Context, number int, code string) (*Result, error) {
	if e.err != nil {
		return nil, e.err
	}
	defer e.screen.Finish()
	code, ordered, err := e.obey(ctx, number, code)
	if err != nil {
		return nil, err
	}
	result, err := e.run(ctx, number, code)
	return cmp.Or(result, ordered), err
}

// run runs Go and makes a bundle of the value that its last expression has.
func (e *evaluator) run(ctx context.Context, number int, code string) (*Result, error) {
	call, err := e.prepare(ctx, number, code)
	if err != nil {
		return nil, err
	}
	registry := e.session.Registry()
	registry.Shown() // what an interrupted cell has left
	if err := call(); err != nil {
		return nil, err
	}
	shown, ok := registry.Shown()
	if !ok {
		return nil, nil
	}
	return e.result(registry, shown), nil
}

// prepare parses, checks, rewrites and loads Go, and returns what runs it.
func (e *evaluator) prepare(ctx context.Context, number int, code string) (call func() error, err error) {
	program, err := e.session.Compile(number, code)
	if err != nil {
		return nil, err
	}
	entry, err := e.load(ctx, program)
	if err != nil {
		return nil, fmt.Errorf("cell %d: %w", number, err)
	}
	program.Accept()
	return func() error {
		if entry == nil {
			return nil
		}
		return e.explained(e.machine.Call(ctx, entry))
	}, nil
}

// load gives a program to the interpreter, and returns what calls it.
func (e *evaluator) load(ctx context.Context, p *cell.Program) (func(), error) {
	if p.Symbols != nil {
		if err := e.machine.Use(p.Symbols); err != nil {
			return nil, err
		}
	}
	if p.Imports != "" {
		if _, err := e.machine.Load(ctx, p.Imports); err != nil {
			return nil, err
		}
		p.AcceptImports()
	}
	if p.Types != "" {
		if err := e.machine.LoadTypes(ctx, p.Types); err != nil {
			return nil, err
		}
	}
	return e.machine.Load(ctx, p.Source)
}

// explained gives an error of the running cell the lines of source it points to.
func (e *evaluator) explained(err error) error {
	p, ok := err.(interface {
		Name() string
		Said() string
		Places() []interp.Frame
	})
	if !ok {
		return err
	}
	f := &failedCell{error: err, name: p.Name(), text: p.Said()}
	for _, frame := range p.Places() {
		f.frames = append(f.frames, sourceLine{frame.String(), e.session.Line(frame.Cell, frame.Line)})
	}
	return f
}

// report shows the end of a goroutine among what the cell prints.
func (e *evaluator) report(err error) {
	if f, ok := e.explained(err).(*failedCell); ok {
		fmt.Fprintln(e.stderr, strings.Join(f.Traceback(), "\n"))
		return
	}
	fmt.Fprintln(e.stderr, err)
}

// result is what the front end shows of a cell's values.
func (e *evaluator) result(registry *values.Registry, shown []any) *Result {
	if len(shown) > 1 {
		texts := make([]string, len(shown))
		for i, v := range shown {
			texts[i] = registry.Text(v)
		}
		return &Result{Data: map[string]any{"text/plain": strings.Join(texts, " ")}, Metadata: map[string]any{}}
	}
	if len(shown) == 0 {
		return nil
	}
	if shown[0] == nil {
		return &Result{Data: map[string]any{"text/plain": "<nil>"}, Metadata: map[string]any{}}
	}
	b := display.Render(e.showable(shown[0]))
	if len(b.Data) == 0 {
		return nil
	}
	return &Result{Data: b.Data, Metadata: b.Metadata}
}

// showable is a value as package display can render it: one that only the registry
// can print, or whose methods only the interpreter can call, is rendered here.
// A method that panics makes a text of what went wrong, as for display.Render.
func (e *evaluator) showable(v any) (shown any) {
	registry := e.session.Registry()
	if !registry.IsOwn(v) {
		return values.Raw(v)
	}
	defer func() {
		if r := recover(); r != nil {
			shown = display.Text(fmt.Sprintf("display: cannot draw a %s: %v", registry.TypeName(v), r))
		}
	}()
	text := registry.Text(v)
	if data, _, ok := registry.MIMEBundle(v); ok {
		if data["text/plain"] == nil {
			data["text/plain"] = text
		}
		return rendered(data)
	}
	data := map[string]any{"text/plain": text}
	if html, ok := registry.HTML(v); ok {
		data["text/html"] = html
	} else if head, rows, ok := registry.Table(v); ok {
		data["text/html"] = display.Table{Head: head, Rows: rows}.HTML()
	}
	return rendered(data)
}

// rendered is a value that is a bundle already.
type rendered map[string]any

// MIMEBundle is what package display asks a value for.
func (r rendered) MIMEBundle() map[string]any { return r }

// Complete lists what could stand at the cursor, which counts code points.
func (e *evaluator) Complete(code string, cursor int) cell.Completion {
	if line, start, ok := orderAt(code, cursor); ok {
		return completeOrder(line, start, cursor)
	}
	return e.session.Complete(code, cursor)
}

// Inspect tells what the name at the cursor is.
func (e *evaluator) Inspect(code string, cursor, detail int) cell.Inspection {
	if line, _, ok := orderAt(code, cursor); ok {
		return inspectOrder(line)
	}
	return e.session.Inspect(code, cursor, detail)
}

// IsComplete tells whether the code is a whole cell.
func (e *evaluator) IsComplete(code string) (status, indent string) {
	if _, rest, err := e.orders(0, code); err == nil {
		code = rest
	}
	return cell.IsComplete(code)
}

// Comm runs the cells' handler of what a front end says about a comm.
func (e *evaluator) Comm(ctx context.Context, v commEvent) error {
	handle, err := e.comms.Receive(comm.Kind(v.kind), v.id, v.target, comm.Message{Data: v.data, Metadata: v.metadata, Buffers: v.buffers})
	if err != nil || handle == nil {
		return err
	}
	return e.explained(e.machine.Call(ctx, handle))
}

// Comms lists the open comms: id to target.
func (e *evaluator) Comms() map[string]string { return e.comms.Targets() }

// Comm tells the front ends something about a comm.
func (s screen) Comm(kind comm.Kind, id, target string, m comm.Message) error {
	return s.k.say(commEvent{string(kind), id, target, m.Data, m.Metadata, m.Buffers})
}

// Display, Update, Clear and Input make the kernel's screen a display.Output.
func (s screen) Display(b display.Bundle, id string) error {
	return s.show("display_data", id, b.Data, b.Metadata)
}

// Update replaces what was shown under the id.
func (s screen) Update(b display.Bundle, id string) error {
	return s.show("update_display_data", id, b.Data, b.Metadata)
}

// Clear empties the cell's output; with wait, when the next output comes.
func (s screen) Clear(wait bool) error { return s.clear(wait) }

// Input asks the user for a line, or a password.
func (s screen) Input(prompt string, password bool) (string, error) {
	return s.k.input(prompt, password)
}
