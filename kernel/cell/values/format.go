package values

import (
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
)

// A formatted value prints as compiled Go would print it. It is handed to package
// fmt in place of a value that has cells' types in it.
type formatted struct {
	value any
	r     *Registry
}

func (v formatted) Format(f fmt.State, verb rune) { v.r.format(f, verb, v.value) }

// Printable is x in a form that package fmt prints as compiled Go would.
func (r *Registry) Printable(x any) any {
	x = Strip(x)
	if _, ok := x.(box); ok || x == nil {
		return x
	}
	if !r.search(reflect.TypeOf(x), map[reflect.Type]bool{}, r.needsCare) {
		return x
	}
	return formatted{x, r}
}

// needsCare reports whether values of a type may have cells' types in them.
func (r *Registry) needsCare(t reflect.Type) bool {
	return keyOf(t) != "" || t.Kind() == reflect.Interface && t.NumMethod() == 0
}

func (r *Registry) printables(args []any) []any {
	list := make([]any, len(args))
	for i, a := range args {
		list[i] = r.Printable(a)
	}
	return list
}

func (r *Registry) format(f fmt.State, verb rune, x any) {
	t, v := r.dynamic(x)
	p := &printer{State: f, r: r, verb: verb}
	p.value(reflect.ValueOf(v), t, 0)
}

// A printer does for one operand what package fmt does, but finds methods and
// names in the registry.
type printer struct {
	fmt.State
	r      *Registry
	verb   rune
	hidden bool // inside a field that is not exported, where Go calls no methods
}

// leaf lets package fmt print a value without parts.
func (p *printer) leaf(x any) { fmt.Fprintf(p, fmt.FormatString(p, p.verb), x) }

func (p *printer) sharp() bool { return p.verb == 'v' && p.Flag('#') }

// value prints v, which has type t if t is not nil. Pointers are followed at depth
// zero only.
func (p *printer) value(v reflect.Value, t *Type, depth int) {
	if !v.IsValid() {
		p.leaf(nil)
		return
	}
	if t == nil || t.Kind == reflect.Invalid && !t.Boxed {
		if own := p.r.typeOf(v.Type()); own != nil {
			t = own
		}
	}
	if p.method(v, t) {
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		p.structure(v, t, depth)
	case reflect.Map:
		p.mapping(v, t, depth)
	case reflect.Slice, reflect.Array:
		p.list(v, t, depth)
	case reflect.Interface:
		p.inner(v, depth)
	case reflect.Pointer:
		p.pointer(v, t, depth)
	case reflect.Chan, reflect.Func, reflect.UnsafePointer:
		p.address(v, t)
	default:
		p.basic(v, t)
	}
}

// basic prints a number, string or truth value.
func (p *printer) basic(v reflect.Value, t *Type) {
	if p.sharp() && t != nil && t.Boxed && v.Kind() != reflect.String {
		fmt.Fprintf(p, "%#v", v.Interface())
		return
	}
	x := any(v)
	switch {
	case p.hidden:
		x = plain(v)
	case v.CanInterface():
		x = v.Interface()
	}
	if t == nil || t.Name == "" {
		p.leaf(x)
		return
	}
	text := fmt.Sprintf(fmt.FormatString(p, p.verb), x)
	if complaint := fmt.Sprintf("%%!%c(", p.verb); strings.HasPrefix(text, complaint) { // the verb is wrong, and so is the type's name
		_, rest, _ := strings.Cut(text, "=")
		text = complaint + cleanName(t.Name) + "=" + rest
	}
	io.WriteString(p, text)
}

// plain is a number, string or truth value without its methods.
func plain(v reflect.Value) any {
	switch {
	case v.CanInt():
		return v.Int()
	case v.CanUint():
		return v.Uint()
	case v.CanFloat():
		return v.Float()
	case v.CanComplex():
		return v.Complex()
	case v.Kind() == reflect.String:
		return v.String()
	}
	return v.Bool()
}

// inner prints what an interface holds.
func (p *printer) inner(v reflect.Value, depth int) {
	if v.IsNil() {
		if p.sharp() {
			io.WriteString(p, p.r.reflectName(v.Type())+"(nil)")
		} else {
			io.WriteString(p, "<nil>")
		}
		return
	}
	t, x := p.r.dynamic(v.Interface())
	p.value(reflect.ValueOf(x), t, depth+1)
}

// method prints v by one of its methods, if it has one for the verb.
func (p *printer) method(v reflect.Value, t *Type) bool {
	if p.hidden {
		return false
	}
	if own(t) && p.ownMethod(v, t) {
		return true
	}
	if v.Type().NumMethod() > 0 && v.CanInterface() && v.Kind() != reflect.Interface {
		switch v.Interface().(type) {
		case fmt.Formatter, error, fmt.Stringer, fmt.GoStringer, reflect.Value:
			p.leaf(v.Interface())
			return true
		}
	}
	return false
}

// own reports whether a type or what it points to is declared by a cell and has a
// name.
func own(t *Type) bool {
	if t == nil {
		return false
	}
	if t.Kind == reflect.Pointer && t.Elem != nil {
		t = t.Elem
	}
	return t.Key != "" && (t.Kind != reflect.Invalid || t.Boxed)
}

// ownMethod prints v by a method of its cell's type.
func (p *printer) ownMethod(v reflect.Value, t *Type) (printed bool) {
	for _, name := range p.methodNames() {
		if _, ok := p.r.method(t, name); !ok {
			continue
		}
		printed = true
		defer func() { p.caught(recover(), v, name) }()
		f, _ := p.r.boundTo(v, t, name)
		switch call := f.Interface().(type) {
		case func(fmt.State, rune):
			call(p, p.verb)
			return true
		case func() string:
			text := call()
			if name == "GoString" {
				io.WriteString(p, text)
			} else {
				p.leaf(text)
			}
			return true
		}
	}
	return false
}

// methodNames lists the methods that may print for the verb, first choice first.
func (p *printer) methodNames() []string {
	switch {
	case p.sharp():
		return []string{"Format", "GoString"}
	case p.verb == 'v' || p.verb == 's' || p.verb == 'x' || p.verb == 'X' || p.verb == 'q':
		return []string{"Format", "Error", "String"}
	}
	return []string{"Format"}
}

// caught prints what package fmt prints when a method panics.
func (p *printer) caught(failure any, v reflect.Value, name string) {
	if failure == nil {
		return
	}
	if v.Kind() == reflect.Pointer && v.IsNil() {
		io.WriteString(p, "<nil>")
		return
	}
	fmt.Fprintf(p, "%%!%c(PANIC=%s method: %v)", p.verb, name, failure)
}

func (p *printer) structure(v reflect.Value, t *Type, depth int) {
	if p.sharp() {
		io.WriteString(p, p.name(v, t))
	}
	io.WriteString(p, "{")
	n := 0
	for i := range v.NumField() {
		name, ft := p.r.fieldOf(v, t, i)
		if name == Empty || name == "X"+Empty {
			continue
		}
		if n > 0 {
			p.separate()
		}
		n++
		if p.Flag('+') || p.sharp() {
			io.WriteString(p, name+":")
		}
		hidden := p.hidden
		p.hidden = hidden || t != nil && i < len(t.Fields) && !t.Fields[i].Exported
		p.value(v.Field(i), ft, depth+1)
		p.hidden = hidden
	}
	io.WriteString(p, "}")
}

// separate writes what stands between parts.
func (p *printer) separate() {
	if p.sharp() {
		io.WriteString(p, ", ")
	} else {
		io.WriteString(p, " ")
	}
}

// fieldOf is the name and type of a struct's field as the user wrote them.
func (r *Registry) fieldOf(v reflect.Value, t *Type, i int) (string, *Type) {
	if t != nil && i < len(t.Fields) {
		return t.Fields[i].Name, t.Fields[i].Type
	}
	return v.Type().Field(i).Name, nil
}

// name is the type of v in Go syntax.
func (p *printer) name(v reflect.Value, t *Type) string {
	if t != nil && t.Name != "" {
		return cleanName(t.Name)
	}
	return p.r.reflectName(v.Type())
}

func (p *printer) mapping(v reflect.Value, t *Type, depth int) {
	opening, closing := "map[", "]"
	if p.sharp() {
		if v.IsNil() {
			io.WriteString(p, p.name(v, t)+"(nil)")
			return
		}
		opening, closing = p.name(v, t)+"{", "}"
	}
	var key, elem *Type
	if t != nil {
		key, elem = t.KeyType, t.Elem
	}
	io.WriteString(p, opening)
	for i, k := range sortedKeys(v) {
		if i > 0 {
			p.separate()
		}
		p.value(k, key, depth+1)
		io.WriteString(p, ":")
		p.value(v.MapIndex(k), elem, depth+1)
	}
	io.WriteString(p, closing)
}

func (p *printer) list(v reflect.Value, t *Type, depth int) {
	if v.Type().Elem().Kind() == reflect.Uint8 && p.verb != 'v' && (t == nil || !own(t.Elem) || strings.ContainsRune("sqxX", p.verb)) {
		p.leaf(v.Interface())
		return
	}
	opening, closing := "[", "]"
	if p.sharp() {
		if v.Kind() == reflect.Slice && v.IsNil() {
			io.WriteString(p, p.name(v, t)+"(nil)")
			return
		}
		opening, closing = p.name(v, t)+"{", "}"
	}
	var elem *Type
	if t != nil {
		elem = t.Elem
	}
	io.WriteString(p, opening)
	for i := range v.Len() {
		if i > 0 {
			p.separate()
		}
		p.value(v.Index(i), elem, depth+1)
	}
	io.WriteString(p, closing)
}

func (p *printer) pointer(v reflect.Value, t *Type, depth int) {
	if depth == 0 && !v.IsNil() {
		switch v.Elem().Kind() {
		case reflect.Array, reflect.Slice, reflect.Struct, reflect.Map:
			io.WriteString(p, "&")
			var elem *Type
			if t != nil {
				elem = t.Elem
			}
			p.value(v.Elem(), elem, depth+1)
			return
		}
	}
	p.address(v, t)
}

// address prints a pointer as a number.
func (p *printer) address(v reflect.Value, t *Type) {
	switch {
	case !strings.ContainsRune("vpbodxX", p.verb):
		fmt.Fprintf(p, "%%!%c(%s=", p.verb, p.name(v, t))
		p.nilOrAddress(v)
		io.WriteString(p, ")")
	case v.IsNil() && p.sharp():
		io.WriteString(p, "("+p.r.reflectName(v.Type())+")(nil)")
	case v.IsNil() && p.verb == 'v':
		p.nilOrAddress(v)
	case p.sharp():
		io.WriteString(p, "("+p.r.reflectName(v.Type())+")(0x"+strconv.FormatUint(uint64(v.Pointer()), 16)+")")
	case p.verb == 'v' || p.verb == 'p':
		io.WriteString(p, "0x"+strconv.FormatUint(uint64(v.Pointer()), 16))
	default:
		p.leaf(v.Pointer())
	}
}

// nilOrAddress prints a pointer in the width that was asked for.
func (p *printer) nilOrAddress(v reflect.Value) {
	text := "<nil>"
	if !v.IsNil() {
		text = "0x" + strconv.FormatUint(uint64(v.Pointer()), 16)
	}
	width, _ := p.Width()
	gap := max(width-len(text), 0)
	switch {
	case p.Flag('-'):
		text += strings.Repeat(" ", gap)
	case p.Flag('0'):
		text = strings.Repeat("0", gap) + text
	default:
		text = strings.Repeat(" ", gap) + text
	}
	io.WriteString(p, text)
}

// boundTo is the method of v, of type t, with its receiver filled in.
func (r *Registry) boundTo(v reflect.Value, t *Type, name string) (reflect.Value, bool) {
	m, ok := r.method(t, name)
	if !ok {
		return reflect.Value{}, false
	}
	if !m.pointer && t.Kind == reflect.Pointer {
		if v.IsNil() {
			panic(nilError)
		}
		v = v.Elem()
	}
	return bind(m.function, v), true
}
