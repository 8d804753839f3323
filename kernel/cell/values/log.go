package values

import "reflect"

// Loggable is a value as package log/slog may keep it: its handlers print it by
// methods that values of cells' types have only here.
func (r *Registry) Loggable(x any) any {
	x = Strip(x)
	t, v := r.dynamic(x)
	switch {
	case v == nil || !own(t) && !r.containsOwn(reflect.TypeOf(v)):
		return x
	case r.hasMethod(t, "MarshalJSON"):
	case r.hasMethod(t, "Error"):
		return r.failure(x)
	case r.hasMethod(t, "MarshalText"):
		return texted{formatted{x, r}}
	}
	return formatted{x, r}
}

// A texted value has a method MarshalText in its cell's type.
type texted struct{ formatted }

func (v texted) MarshalText() ([]byte, error) {
	f, _ := v.r.bound(v.value, "MarshalText")
	return f.Interface().(func() ([]byte, error))()
}
