package values

import "reflect"

// Show notes the value of a cell's last expression.
func (r *Registry) Show(x any) { r.ShowAll(x) }

// ShowAll notes the values of a cell's last expression.
func (r *Registry) ShowAll(all ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.shown, r.shows = all, true
}

// Shown takes what the last cell showed: nothing if ok is false, mostly one value.
// The values may be in boxes: see Text and Raw.
func (r *Registry) Shown() (all []any, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	all, ok = r.shown, r.shows
	r.shown, r.shows = nil, false
	return all, ok
}

// Text is a value as fmt.Print prints it.
func (r *Registry) Text(x any) string { return r.Sprint(x) }

// IsOwn reports whether a value has a type of a cell, or one in it that only the
// registry can print.
func (r *Registry) IsOwn(x any) bool {
	if x == nil {
		return false
	}
	if t, _ := r.dynamic(x); t != nil {
		return true
	}
	if isCompiled(reflect.TypeOf(Strip(x))) {
		return false
	}
	_, care := r.Printable(x).(formatted)
	return care
}

// isCompiled reports whether a type, or what it points to, is declared in a compiled
// package: whoever declared it knows how to show it, whatever its fields hold.
func isCompiled(t reflect.Type) bool {
	for t.Kind() == reflect.Pointer && t.Name() == "" {
		t = t.Elem()
	}
	return t.PkgPath() != ""
}

// HTML calls the method HTML of a value of a cell's type.
func (r *Registry) HTML(x any) (string, bool) {
	if t, _ := r.dynamic(x); t == nil {
		return "", false
	}
	f, ok := r.boundSafe(x, "HTML")
	if !ok {
		return "", false
	}
	call, ok := f.Interface().(func() string)
	if !ok {
		return "", false
	}
	return call(), true
}

// MIMEBundle calls the method MIMEBundle of a value of a cell's type.
func (r *Registry) MIMEBundle(x any) (data, metadata map[string]any, ok bool) {
	if t, _ := r.dynamic(x); t == nil {
		return nil, nil, false
	}
	f, ok := r.boundSafe(x, "MIMEBundle")
	if !ok {
		return nil, nil, false
	}
	switch call := f.Interface().(type) {
	case func() map[string]any:
		return call(), nil, true
	case func() map[string]string:
		data = map[string]any{}
		for k, v := range call() {
			data[k] = v
		}
		return data, nil, true
	case func() (map[string]any, map[string]any):
		data, metadata = call()
		return data, metadata, true
	}
	return nil, nil, false
}
