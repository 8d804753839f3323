// Package maps replaces the one function of the standard library's maps that calls the
// runtime.
package maps

// Clone returns a copy of m, nil for nil. Values are copied as by assignment.
func Clone[M ~map[K]V, K comparable, V any](m M) M {
	if m == nil {
		return nil
	}
	clone := make(M, len(m))
	for key, value := range m {
		clone[key] = value
	}
	return clone
}
