package values

import (
	"fmt"
	"io"
	"log"
	"reflect"
	"strconv"
	"strings"
)

// The functions in this file take the place of their namesakes in packages fmt and
// log.

// Print is fmt.Print.
func (r *Registry) Print(args ...any) (int, error) {
	return fmt.Fprint(r.options.Stdout, r.printables(args)...)
}

// Println is fmt.Println.
func (r *Registry) Println(args ...any) (int, error) {
	return fmt.Fprintln(r.options.Stdout, r.printables(args)...)
}

// Printf is fmt.Printf.
func (r *Registry) Printf(format string, args ...any) (int, error) {
	return r.Fprintf(r.options.Stdout, format, args...)
}

// Sprint is fmt.Sprint.
func (r *Registry) Sprint(args ...any) string { return fmt.Sprint(r.printables(args)...) }

// Sprintln is fmt.Sprintln.
func (r *Registry) Sprintln(args ...any) string { return fmt.Sprintln(r.printables(args)...) }

// Sprintf is fmt.Sprintf.
func (r *Registry) Sprintf(format string, args ...any) string {
	format, args = r.prepared(format, args)
	return fmt.Sprintf(format, args...)
}

// Fprint is fmt.Fprint.
func (r *Registry) Fprint(w io.Writer, args ...any) (int, error) {
	return fmt.Fprint(w, r.printables(args)...)
}

// Fprintln is fmt.Fprintln.
func (r *Registry) Fprintln(w io.Writer, args ...any) (int, error) {
	return fmt.Fprintln(w, r.printables(args)...)
}

// Fprintf is fmt.Fprintf.
func (r *Registry) Fprintf(w io.Writer, format string, args ...any) (int, error) {
	format, args = r.prepared(format, args)
	return fmt.Fprintf(w, format, args...)
}

// Append is fmt.Append.
func (r *Registry) Append(b []byte, args ...any) []byte {
	return fmt.Append(b, r.printables(args)...)
}

// Appendln is fmt.Appendln.
func (r *Registry) Appendln(b []byte, args ...any) []byte {
	return fmt.Appendln(b, r.printables(args)...)
}

// Appendf is fmt.Appendf.
func (r *Registry) Appendf(b []byte, format string, args ...any) []byte {
	return append(b, r.Sprintf(format, args...)...)
}

// Errorf is fmt.Errorf. An operand of %w that is an error of a cell's type becomes
// a Go error first.
func (r *Registry) Errorf(format string, args ...any) error {
	args = append([]any(nil), args...)
	wrapped := map[int]error{}
	for _, v := range verbs(format) {
		if v.verb == 'w' && v.arg < len(args) && args[v.arg] != nil {
			if e, ok := r.asError(args[v.arg]); ok {
				wrapped[v.arg] = e
			}
		}
	}
	format, args = r.prepared(format, args)
	for i, e := range wrapped {
		args[i] = e
	}
	return fmt.Errorf(format, args...)
}

// asError is x as a Go error, if it has the method.
func (r *Registry) asError(x any) (error, bool) {
	if e, ok := x.(error); ok {
		return e, true
	}
	if t, _ := r.dynamic(x); t != nil {
		if _, ok := r.method(t, "Error"); ok {
			return r.failure(Strip(x)), true
		}
	}
	return nil, false
}

// PrintErr is Go's print.
func (r *Registry) PrintErr(args ...any) {
	for _, a := range args {
		fmt.Fprint(r.options.Stderr, Raw(a))
	}
}

// PrintlnErr is Go's println.
func (r *Registry) PrintlnErr(args ...any) {
	for i := range args {
		args[i] = Raw(args[i])
	}
	fmt.Fprintln(r.options.Stderr, args...)
}

// A verb is a verb of a format string and the operand that it is for.
type verb struct {
	verb       rune
	arg        int
	start, end int // where it stands in the format
}

// verbs finds the verbs of a format string: flags, width, precision and explicit
// indexes as package fmt reads them.
func verbs(format string) []verb {
	var list []verb
	arg := 0
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		start := i
		for i++; i < len(format); i++ {
			c := format[i]
			if c == '*' {
				arg++
				continue
			}
			if c == '[' {
				end := i
				for end < len(format) && format[end] != ']' {
					end++
				}
				if n, err := strconv.Atoi(format[i+1 : min(end, len(format))]); err == nil {
					arg = n - 1
				}
				i = end
				continue
			}
			if c != '+' && c != '-' && c != '#' && c != ' ' && c != '.' && (c < '0' || c > '9') {
				break
			}
		}
		if i >= len(format) {
			break
		}
		if format[i] == '%' {
			continue
		}
		v := []rune(format[i:])[0]
		list = append(list, verb{v, arg, start, i + len(string(v))})
		arg++
	}
	return list
}

// prepared makes a format and its operands fit for package fmt. The verb %T, for
// which package fmt asks no method, becomes one of ours.
func (r *Registry) prepared(format string, args []any) (string, []any) {
	out := r.printables(args)
	text := []byte(format)
	used := 0
	for _, v := range verbs(format) {
		used = max(used, v.arg+1)
		if v.arg < 0 || v.arg >= len(args) || args[v.arg] == nil {
			continue
		}
		switch v.verb {
		case 'T':
			text[v.end-1] = typeVerb
			if _, ok := out[v.arg].(named); !ok {
				out[v.arg] = named{out[v.arg], r.TypeName(args[v.arg])}
			}
		case 'p':
			out[v.arg] = Raw(args[v.arg])
		}
	}
	if used < len(args) && !strings.Contains(format, "[") {
		text = append(text, r.extra(format, args[used:])...)
	}
	return string(text), out
}

// extra prints operands that have no verb, since package fmt would name the types that
// they have for it.
func (r *Registry) extra(format string, args []any) string {
	end := strings.TrimRight(format, "0123456789+-# .*")
	if (len(end)-len(strings.TrimRight(end, "%")))%2 == 1 {
		return "" // a verb that is not complete
	}
	var texts []string
	for _, a := range args {
		text := "%v"
		if a != nil {
			text = strings.ReplaceAll(r.TypeName(a), "%", "%%") + "=%v"
		}
		texts = append(texts, text)
	}
	return "%%!(EXTRA " + strings.Join(texts, ", ") + ")"
}

// A named operand is one whose type is printed, and perhaps its value too.
type named struct {
	value any
	name  string
}

// typeVerb stands for %T.
const typeVerb = '\x01'

// Format prints the name of the type for %T, and the value for every other verb.
func (n named) Format(f fmt.State, verb rune) {
	if verb == typeVerb {
		fmt.Fprintf(f, fmt.FormatString(f, 's'), n.name)
		return
	}
	fmt.Fprintf(f, fmt.FormatString(f, verb), n.value)
}

// loggers are the functions of package log, by the logger that they write to.
func (r *Registry) loggers() map[string]reflect.Value {
	l := r.options.Logger
	symbols := map[string]reflect.Value{}
	add := func(name string, f any) { symbols[name] = reflect.ValueOf(f) }
	add("LogPrint", func(args ...any) { l.Print(r.Sprint(args...)) })
	add("LogPrintln", func(args ...any) { l.Print(r.Sprintln(args...)) })
	add("LogPrintf", func(format string, args ...any) { l.Print(r.Sprintf(format, args...)) })
	add("LogPanic", func(args ...any) { l.Panic(r.Sprint(args...)) })
	add("LogPanicln", func(args ...any) { l.Panic(r.Sprintln(args...)) })
	add("LogPanicf", func(format string, args ...any) { l.Panic(r.Sprintf(format, args...)) })
	add("LogFatal", func(args ...any) { l.Print(r.Sprint(args...)); r.exit(1) })
	add("LogFatalln", func(args ...any) { l.Print(r.Sprintln(args...)); r.exit(1) })
	add("LogFatalf", func(format string, args ...any) { l.Print(r.Sprintf(format, args...)); r.exit(1) })
	add("LoggerPrint", func(l *log.Logger, args ...any) { l.Print(r.Sprint(args...)) })
	add("LoggerPrintln", func(l *log.Logger, args ...any) { l.Print(r.Sprintln(args...)) })
	add("LoggerPrintf", func(l *log.Logger, format string, args ...any) { l.Print(r.Sprintf(format, args...)) })
	add("LoggerPanic", func(l *log.Logger, args ...any) { l.Panic(r.Sprint(args...)) })
	add("LoggerPanicln", func(l *log.Logger, args ...any) { l.Panic(r.Sprintln(args...)) })
	add("LoggerPanicf", func(l *log.Logger, format string, args ...any) { l.Panic(r.Sprintf(format, args...)) })
	add("LoggerFatal", func(l *log.Logger, args ...any) { l.Print(r.Sprint(args...)); r.exit(1) })
	add("LoggerFatalln", func(l *log.Logger, args ...any) { l.Print(r.Sprintln(args...)); r.exit(1) })
	add("LoggerFatalf", func(l *log.Logger, format string, args ...any) { l.Print(r.Sprintf(format, args...)); r.exit(1) })
	return symbols
}

// exit ends the cell as os.Exit does.
func (r *Registry) exit(code int) {
	if r.options.Exit != nil {
		r.options.Exit(code)
	}
	panic(fmt.Sprintf("exit status %d", code))
}
