package kernels

// The sets that may run here, the best first.
var (
	sets64 = append(special64(), plain[float64]())
	sets32 = append(special32(), plain[float32]())
)

// For returns the best set for the element type.
func For[T Float]() *Set[T] { return All[T]()[0] }

// All returns every set that runs on this machine, the best first, the plain one last.
func All[T Float]() []*Set[T] {
	var zero T
	if _, ok := any(zero).(float64); ok {
		return any(sets64).([]*Set[T])
	}
	return any(sets32).([]*Set[T])
}
