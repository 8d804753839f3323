package values

import (
	"errors"
	"fmt"
	htmltemplate "html/template"
	"io"
	"reflect"
	"regexp"
	"strings"
	"text/template"
	"text/template/parse"
)

// The functions in this file take the place of the methods Execute and
// ExecuteTemplate of templates. A template finds methods by reflection, which sees
// none of cells' types. So its trees are rewritten before they are executed: what
// selects a field or a method calls a function of ours instead, and a value that
// the template looks into is taken out of its box.

// TextExecute is the method Execute of a text template.
func (r *Registry) TextExecute(t *template.Template, w io.Writer, data any) error {
	r.prepareText(t)
	return asWritten(t.Execute(w, Strip(data)))
}

// TextExecuteTemplate is the method ExecuteTemplate of a text template.
func (r *Registry) TextExecuteTemplate(t *template.Template, w io.Writer, name string, data any) error {
	r.prepareText(t)
	return asWritten(t.ExecuteTemplate(w, name, Strip(data)))
}

// HTMLExecute is the method Execute of an HTML template.
func (r *Registry) HTMLExecute(t *htmltemplate.Template, w io.Writer, data any) error {
	r.prepareHTML(t)
	return asWritten(t.Execute(w, Strip(data)))
}

// HTMLExecuteTemplate is the method ExecuteTemplate of an HTML template.
func (r *Registry) HTMLExecuteTemplate(t *htmltemplate.Template, w io.Writer, name string, data any) error {
	r.prepareHTML(t)
	return asWritten(t.ExecuteTemplate(w, name, Strip(data)))
}

// TextFuncs is the method Funcs of a text template.
func (r *Registry) TextFuncs(t *template.Template, funcs template.FuncMap) *template.Template {
	raw := map[string]any{}
	for name, f := range funcs {
		raw[name] = Raw(f)
	}
	return t.Funcs(raw).Funcs(r.wrapFuncs(funcs)) // the first finds what is no function
}

// HTMLFuncs is the method Funcs of an HTML template.
func (r *Registry) HTMLFuncs(t *htmltemplate.Template, funcs htmltemplate.FuncMap) *htmltemplate.Template {
	raw := map[string]any{}
	for name, f := range funcs {
		raw[name] = Raw(f)
	}
	return t.Funcs(raw).Funcs(r.wrapFuncs(funcs))
}

// wrapFuncs makes functions of cells fit for values in boxes.
func (r *Registry) wrapFuncs(funcs map[string]any) map[string]any {
	wrapped := map[string]any{}
	for name, x := range funcs {
		t, raw := r.dynamic(x)
		var result *Type
		if t != nil {
			result = t.Result
		}
		f := reflect.ValueOf(raw)
		wrapped[name] = func(args ...reflect.Value) (reflect.Value, error) {
			return selecting{r: r}.call(name, f, result, args)
		}
	}
	return wrapped
}

func (r *Registry) prepareText(t *template.Template) {
	r.templates.Lock()
	defer r.templates.Unlock()
	t.Funcs(r.templateFuncs(missingKey(reflect.ValueOf(t).Elem())))
	for _, one := range append(t.Templates(), t) {
		rewriteTree(one.Tree)
	}
}

func (r *Registry) prepareHTML(t *htmltemplate.Template) {
	r.templates.Lock()
	defer r.templates.Unlock()
	t.Funcs(r.templateFuncs(missingKey(reflect.ValueOf(t).Elem().FieldByName("text").Elem())))
	for _, one := range append(t.Templates(), t) {
		rewriteTree(one.Tree)
	}
}

// missingKey is what a template does about a key that a map lacks: "error", "zero"
// or "". It tells nobody but its own package.
func missingKey(t reflect.Value) string {
	if common := t.FieldByName("common"); common.IsValid() && !common.IsNil() {
		if option := common.Elem().FieldByName("option"); option.IsValid() {
			return []string{"", "zero", "error"}[option.Field(0).Int()]
		}
	}
	return ""
}

// templateMark begins the names of the functions that rewritten trees call.
const templateMark = "ꞏ"

// templateFuncs are the functions that rewritten trees call, and those of package
// template that print, which would not find the methods of cells' types.
func (r *Registry) templateFuncs(missing string) map[string]any {
	s := selecting{r, missing}
	return map[string]any{
		templateMark + "select": s.chain,
		templateMark + "print":  r.templatePrinted,
		templateMark + "truth":  r.templateTruth,
		templateMark + "range":  func(v reflect.Value) reflect.Value { return r.elements(v, true) },
		templateMark + "index":  func(v reflect.Value) reflect.Value { return r.elements(v, false) },
		templateMark + "raw":    func(v reflect.Value) reflect.Value { v, _ = r.opened(v); return v },
		"print":                 r.Sprint, "printf": r.Sprintf, "println": r.Sprintln,
	}
}

func rewriteTree(t *parse.Tree) {
	if t != nil {
		rewriteList(t.Root)
	}
}

func rewriteList(l *parse.ListNode) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			if rewritePipe(n.Pipe) && len(n.Pipe.Decl) == 0 {
				follow(n.Pipe, "print")
			}
		case *parse.TemplateNode:
			rewritePipe(n.Pipe)
		case *parse.IfNode:
			rewriteBranch(&n.BranchNode, "truth")
		case *parse.WithNode:
			rewriteBranch(&n.BranchNode, "truth")
		case *parse.RangeNode:
			rewriteBranch(&n.BranchNode, "range")
		}
	}
}

func rewriteBranch(n *parse.BranchNode, function string) {
	if rewritePipe(n.Pipe) {
		follow(n.Pipe, function)
	}
	rewriteList(n.List)
	rewriteList(n.ElseList)
}

// rewritePipe rewrites the commands of a pipeline, unless that is done.
func rewritePipe(p *parse.PipeNode) bool {
	if p == nil {
		return false
	}
	for _, c := range p.Cmds {
		if strings.HasPrefix(functionOf(c), templateMark) {
			return false
		}
	}
	commands := p.Cmds
	p.Cmds = nil
	for i, c := range commands {
		name := functionOf(c)
		if i > 0 && name != "" {
			if before := preparation(name, len(c.Args)); before != "" {
				follow(p, before)
			}
		}
		rewriteCommand(c)
		p.Cmds = append(p.Cmds, c)
	}
	return true
}

// follow adds a call of one of our functions to a pipeline.
func follow(p *parse.PipeNode, function string) {
	p.Cmds = append(p.Cmds, command(p.Pos, function))
}

func command(pos parse.Pos, function string, args ...parse.Node) *parse.CommandNode {
	f := parse.NewIdentifier(templateMark + function).SetPos(pos)
	return &parse.CommandNode{NodeType: parse.NodeCommand, Pos: pos, Args: append([]parse.Node{f}, args...)}
}

func pipe(c *parse.CommandNode) *parse.PipeNode {
	return &parse.PipeNode{NodeType: parse.NodePipe, Pos: c.Pos, Cmds: []*parse.CommandNode{c}}
}

// functionOf is the function that a command calls, or "".
func functionOf(c *parse.CommandNode) string {
	if f, ok := c.Args[0].(*parse.IdentifierNode); ok {
		return f.Ident
	}
	return ""
}

// preparation is the function of ours through which an argument goes to a function
// of the template, "" if it may stay in its box.
func preparation(function string, i int) string {
	switch function {
	case "print", "printf", "println":
		return ""
	case "html", "js", "urlquery":
		return "print"
	case "and", "or", "not":
		return "truth"
	case "index", "slice":
		if i == 1 {
			return "index"
		}
	}
	if builtin[function] {
		return "raw"
	}
	return "" // the user's, which wrapFuncs has wrapped, or one of package html/template
}

// builtin are the functions of templates that look into values.
var builtin = map[string]bool{
	"call": true, "eq": true, "ge": true, "gt": true, "index": true, "le": true, "len": true, "lt": true, "ne": true, "slice": true,
}

func rewriteCommand(c *parse.CommandNode) {
	function := functionOf(c)
	for i := 1; i < len(c.Args); i++ {
		c.Args[i] = rewriteOperand(c.Args[i])
		if function == "" {
			continue
		}
		switch c.Args[i].(type) {
		case *parse.DotNode, *parse.VariableNode, *parse.PipeNode, *parse.IdentifierNode:
			if before := preparation(function, i); before != "" {
				c.Args[i] = pipe(command(c.Args[i].Position(), before, c.Args[i]))
			}
		}
	}
	if called := selection(c.Args[0]); called != nil {
		c.Pos, c.Args = called.Pos, append(called.Args, c.Args[1:]...)
	} else if p, ok := c.Args[0].(*parse.PipeNode); ok {
		rewritePipe(p)
	}
}

// rewriteOperand rewrites what is not called with arguments.
func rewriteOperand(n parse.Node) parse.Node {
	if p, ok := n.(*parse.PipeNode); ok {
		rewritePipe(p)
	}
	if called := selection(n); called != nil {
		return pipe(called)
	}
	return n
}

// selection is the call in place of a node that selects fields or methods, nil if
// it does not.
func selection(n parse.Node) *parse.CommandNode {
	var base parse.Node
	switch n := n.(type) {
	case *parse.FieldNode:
		base = &parse.DotNode{NodeType: parse.NodeDot, Pos: n.Pos}
	case *parse.VariableNode:
		if len(n.Ident) == 1 {
			return nil
		}
		base = &parse.VariableNode{NodeType: parse.NodeVariable, Pos: n.Pos, Ident: n.Ident[:1]}
	case *parse.ChainNode:
		base = rewriteOperand(n.Node)
	default:
		return nil
	}
	text := n.String()
	return command(n.Position(), "select", &parse.StringNode{NodeType: parse.NodeString, Pos: n.Position(), Quoted: "⟦" + text + "⟧", Text: text}, base)
}

// A templateError is what Execute says in the words of the template as it was
// written.
type templateError struct {
	text string
	err  error
}

func (e *templateError) Error() string { return e.text }
func (e *templateError) Unwrap() error { return e.err }

// A selectError is why a selection failed.
type selectError struct {
	text string // the selection, as it was written
	err  error
}

func (e *selectError) Error() string { return e.err.Error() }
func (e *selectError) Unwrap() error { return e.err }

// A misuseError is why a function or method could not be called.
type misuseError struct{ name, text string }

func (e *misuseError) Error() string { return e.text }

// asWritten is an error of Execute without what the rewriting added.
func asWritten(err error) error {
	at, ok := err.(template.ExecError)
	if !ok {
		return err
	}
	text := at.Err.Error()
	place, _, _ := strings.Cut(text, " at <")
	var selection *selectError
	if errors.As(err, &selection) {
		at.Err = &templateError{fmt.Sprintf("%s at <%s>: %v", place, selection.text, selection.err), selection.err}
		return at
	}
	var misuse *misuseError
	if errors.As(err, &misuse) {
		text = strings.Replace(text, "error calling "+misuse.name+": ", "", 1)
	}
	for _, r := range rewritten {
		for old := ""; old != text; {
			old, text = text, r.ReplaceAllString(text, "$1")
		}
	}
	at.Err = &templateError{text, errors.Unwrap(at.Err)}
	return at
}

// rewritten finds what the rewriting added to the text of a node: first selections,
// then the calls around operands, and those at the end of pipelines.
var rewritten = []*regexp.Regexp{
	regexp.MustCompile(`\(ꞏselect ⟦([^⟧]*)⟧ (?:\.|\$\w*)\)`),
	regexp.MustCompile(`ꞏselect ⟦([^⟧]*)⟧ (?:\.|\$\w*)`),
	regexp.MustCompile(`\(ꞏ\w+ (\(.*?\)|[^()\s]+)\)`),
	regexp.MustCompile(`() \| ꞏ\w+`),
}
