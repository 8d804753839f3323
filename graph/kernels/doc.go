// Package kernels holds the inner loops of the graph engine: operations element by
// element, reductions, and the matrix product, over plain slices. It knows nothing of
// graphs.
//
// Every loop is written in plain Go first (generic.go); that is what runs where nothing
// better exists, and what the others are tested against. [For] hands out the set of
// loops for an element type.
package kernels

// Float is an element type.
type Float interface{ float32 | float64 }

// A Code names an operation on elements.
type Code uint8

// The operations. Those up to Equal have two operands, Where has three, the rest one.
// What compares gives 1 for true and 0 for false.
const (
	Add Code = iota
	Subtract
	Multiply
	Divide
	Maximum
	Minimum
	Power
	Greater
	GreaterEqual
	Equal
	Where // the second operand where the first is not 0, otherwise the third
	Negate
	Abs
	Sign
	Exp
	Expm1
	Log
	Log1p
	Sqrt
	Sin
	Cos
	Tanh
	Sigmoid
	Softplus
	Erf
	Codes // how many there are
)

var names = [Codes]string{"add", "sub", "mul", "div", "max", "min", "pow", "gt", "ge", "eq", "where",
	"neg", "abs", "sign", "exp", "expm1", "log", "log1p", "sqrt", "sin", "cos", "tanh", "sigmoid", "softplus", "erf"}

// String gives the name that programs are printed with.
func (c Code) String() string { return names[c] }

// Operands says how many operands the operation has.
func (c Code) Operands() int {
	switch {
	case c < Where:
		return 2
	case c == Where:
		return 3
	}
	return 1
}

// Commutes reports whether the operands may be exchanged.
func (c Code) Commutes() bool {
	return c == Add || c == Multiply || c == Maximum || c == Minimum || c == Equal
}

// A Reduction makes one number of many.
type Reduction uint8

// The reductions.
const (
	Sum Reduction = iota
	Largest
	Smallest
)

// String gives the name that programs are printed with.
func (r Reduction) String() string { return [...]string{"sum", "largest", "smallest"}[r] }

// Combine is the reduction of two numbers.
func (r Reduction) Combine() Code { return [...]Code{Add, Maximum, Minimum}[r] }
