package values

import (
	"io"
	"log"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// A Type describes a type as the checker knows it. The zero Kind means that the
// type is compiled and reflection knows all about it.
type Type struct {
	Key     string // identifies the type in every cell
	Name    string // as Go's %T writes it
	Kind    reflect.Kind
	Boxed   bool         // values of the type are put into boxes
	Elem    *Type        // of a pointer, slice, array, map or channel
	KeyType *Type        // of a map
	Result  *Type        // the first of a function
	Fields  []Field      // of a struct
	Methods []Method     // of an interface
	Go      reflect.Type // in the interpreter; nil before Layout told it
}

// A Field is a field of a struct, as the user wrote it.
type Field struct {
	Name, Tag          string
	Embedded, Exported bool
	Type               *Type
}

// A Method is what an interface asks for.
type Method struct{ Name, Signature string }

// A method is what a type has: a function whose first parameter is the receiver.
type method struct {
	signature string
	result    string // the key of its first result's type, "" if that needs no box
	pointer   bool   // the receiver is a pointer
	function  reflect.Value
}

// Options say where output goes and what compiled packages there are.
type Options struct {
	Stdin          io.Reader                           // nil: empty
	Stdout, Stderr io.Writer                           // nil: discard
	Logger         *log.Logger                         // nil: one that writes to Stderr
	Symbols        map[string]map[string]reflect.Value // see cell.Config
	Hold           func(name string, value any)        // nil: do nothing
	Exit           func(code int)                      // how log.Fatal ends the cell
}

// A Registry knows the types of one session's cells. Cells may use it from several
// goroutines.
type Registry struct {
	options Options

	mu      sync.RWMutex
	types   map[string]*Type             // by key
	methods map[string]map[string]method // by key of the type, then name
	shown   []any
	shows   bool

	redeclared atomic.Bool // a type is not what it was
	moving     sync.Mutex
	moved      map[pointee]carried // guarded by moving
	described  sync.Map            // namedType to *Type
	templates  sync.Mutex          // held while trees are rewritten
}

// NewRegistry makes a registry that knows no type yet.
func NewRegistry(o Options) *Registry {
	if o.Stdin == nil {
		o.Stdin = strings.NewReader("")
	}
	if o.Stdout == nil {
		o.Stdout = io.Discard
	}
	if o.Stderr == nil {
		o.Stderr = io.Discard
	}
	if o.Logger == nil {
		o.Logger = log.New(o.Stderr, "", log.LstdFlags)
	}
	return &Registry{options: o, types: map[string]*Type{}, methods: map[string]map[string]method{}}
}

// Add makes a type known, in place of one with the same key.
func (r *Registry) Add(t *Type) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if old := r.types[t.Key]; old != nil && t.Go == nil {
		t.Go = old.Go
	}
	r.types[t.Key] = t
}

// Lookup is the type with a key, or nil.
func (r *Registry) Lookup(key string) *Type {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.types[key]
}

// Layout tells the reflect.Type of a type: pointer is a nil pointer to it.
func (r *Registry) Layout(key string, pointer any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if t := r.types[key]; t != nil {
		now := reflect.TypeOf(pointer).Elem()
		if t.Go != nil && t.Go != now {
			r.redeclared.Store(true)
		}
		t.Go = now
	}
}

// Method tells a method of a type, as a function whose first parameter, an
// interface{}, is the receiver: the value, or a pointer to it. The result is the
// key of its first result's type if values of that are put into boxes.
func (r *Registry) Method(key, name, signature, result string, pointer bool, function any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.methods[key] == nil {
		r.methods[key] = map[string]method{}
	}
	r.methods[key][name] = method{signature, result, pointer, reflect.ValueOf(function)}
}

// Forget forgets the methods of a type, which are told anew.
func (r *Registry) Forget(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.methods, key)
}

// tagKey is the key in a field's tag that names the struct's type.
const tagKey = "gradbook"

// Empty is the name of the field that a struct type gets if it has none to carry
// its name.
const Empty = "Ꞌ"

// TagFor adds the key of a struct's type to the tag of its first field.
func TagFor(tag, key string) string {
	return strings.TrimLeft(tag+" "+tagKey+":"+strconv.Quote(key), " ")
}

// keyOf is the key in the tag of a struct type, or "".
func keyOf(t reflect.Type) string {
	if t.Kind() != reflect.Struct || t.Name() != "" || t.NumField() == 0 {
		return ""
	}
	return t.Field(0).Tag.Get(tagKey)
}

// typeOf finds the description of a reflect.Type: that of a struct by its tag, or
// that of a pointer to one. It is nil for other types.
func (r *Registry) typeOf(t reflect.Type) *Type {
	if t == nil {
		return nil
	}
	if t.Kind() == reflect.Pointer && t.Name() == "" {
		if elem := r.typeOf(t.Elem()); elem != nil {
			return &Type{Key: "*" + elem.Key, Name: "*" + elem.Name, Kind: reflect.Pointer, Elem: elem, Go: t}
		}
		return nil
	}
	if key := keyOf(t); key != "" {
		return r.Lookup(key)
	}
	return nil
}
