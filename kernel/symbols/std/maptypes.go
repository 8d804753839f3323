package std

// Nearly all of this package is written by kernel/symbols/gen. By hand is only what
// yaegi cannot find out from types: where a compiled function looks for methods behind
// an any.

import (
	"bufio"
	"encoding"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"reflect"
)

// MapTypes returns, for functions that take an any and ask what else it is, the
// interfaces they ask for; and for the wrappers of interfaces, wrappers with more
// methods to try first. Yaegi takes both in one map.
func MapTypes() map[reflect.Value][]reflect.Type {
	types := map[reflect.Value][]reflect.Type{}
	for _, family := range askers {
		for _, function := range family.functions {
			types[reflect.ValueOf(function)] = family.interfaces
		}
	}
	return types
}

var (
	formatting = []reflect.Type{reflect.TypeFor[fmt.Formatter](), reflect.TypeFor[fmt.Stringer]()}
	scanning   = []reflect.Type{reflect.TypeFor[fmt.Scanner]()}
)

// askers are the functions and wrappers with special interfaces. Interfaces with more
// methods come first, since the first that fits is taken.
var askers = []struct {
	functions  []any
	interfaces []reflect.Type
}{
	{[]any{fmt.Append, fmt.Appendf, fmt.Appendln, fmt.Errorf, fmt.Fprint, fmt.Fprintf, fmt.Fprintln,
		fmt.Print, fmt.Printf, fmt.Println, fmt.Sprint, fmt.Sprintf, fmt.Sprintln,
		log.Fatal, log.Fatalf, log.Fatalln, log.Panic, log.Panicf, log.Panicln,
		log.Print, log.Printf, log.Println}, formatting},
	{[]any{fmt.Fscan, fmt.Fscanf, fmt.Fscanln, fmt.Scan, fmt.Scanf, fmt.Scanln,
		fmt.Sscan, fmt.Sscanf, fmt.Sscanln}, scanning},
	{[]any{json.Marshal, json.MarshalIndent},
		[]reflect.Type{reflect.TypeFor[json.Marshaler](), reflect.TypeFor[encoding.TextMarshaler]()}},
	{[]any{json.Unmarshal},
		[]reflect.Type{reflect.TypeFor[json.Unmarshaler](), reflect.TypeFor[encoding.TextUnmarshaler]()}},
	{[]any{xml.Marshal, xml.MarshalIndent},
		[]reflect.Type{reflect.TypeFor[xml.Marshaler](), reflect.TypeFor[encoding.TextMarshaler]()}},
	{[]any{xml.Unmarshal},
		[]reflect.Type{reflect.TypeFor[xml.Unmarshaler](), reflect.TypeFor[encoding.TextUnmarshaler]()}},
	{[]any{(*_net_http_ResponseWriter)(nil)}, []reflect.Type{reflect.TypeFor[hijacker](), reflect.TypeFor[flusher]()}},
	{[]any{(*_io_Reader)(nil)}, []reflect.Type{reflect.TypeFor[writerTo]()}},
	{[]any{(*_io_Writer)(nil)}, []reflect.Type{reflect.TypeFor[readerFrom]()}},
}

// The wrappers below have the form that yaegi expects, see gen/wrapper.go: the value,
// then a function for each method, named W + method.

// A hijacker is a response writer of a cell that also hands over its connection.
type hijacker struct {
	IValue       any
	WHeader      func() http.Header
	WHijack      func() (net.Conn, *bufio.ReadWriter, error)
	WWrite       func([]byte) (int, error)
	WWriteHeader func(int)
}

func (w hijacker) Header() http.Header                          { return w.WHeader() }
func (w hijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) { return w.WHijack() }
func (w hijacker) Write(p []byte) (int, error)                  { return w.WWrite(p) }
func (w hijacker) WriteHeader(status int)                       { w.WWriteHeader(status) }

// A flusher is a response writer of a cell that sends what it has so far.
type flusher struct {
	IValue       any
	WFlush       func()
	WHeader      func() http.Header
	WWrite       func([]byte) (int, error)
	WWriteHeader func(int)
}

func (w flusher) Flush()                      { w.WFlush() }
func (w flusher) Header() http.Header         { return w.WHeader() }
func (w flusher) Write(p []byte) (int, error) { return w.WWrite(p) }
func (w flusher) WriteHeader(status int)      { w.WWriteHeader(status) }

// A writerTo is a reader of a cell that io.Copy asks to copy by itself.
type writerTo struct {
	IValue   any
	WRead    func([]byte) (int, error)
	WWriteTo func(io.Writer) (int64, error)
}

func (w writerTo) Read(p []byte) (int, error)          { return w.WRead(p) }
func (w writerTo) WriteTo(to io.Writer) (int64, error) { return w.WWriteTo(to) }

// A readerFrom is a writer of a cell that io.Copy asks to copy by itself.
type readerFrom struct {
	IValue    any
	WReadFrom func(io.Reader) (int64, error)
	WWrite    func([]byte) (int, error)
}

func (w readerFrom) ReadFrom(from io.Reader) (int64, error) { return w.WReadFrom(from) }
func (w readerFrom) Write(p []byte) (int, error)            { return w.WWrite(p) }
