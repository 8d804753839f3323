package kernels

import "math"

// Apply computes one element; operands that the operation does not have are ignored.
// It is what every loop means.
func Apply(c Code, x, y, z float64) float64 {
	switch c {
	case Add:
		return x + y
	case Subtract:
		return x - y
	case Multiply:
		return x * y
	case Divide:
		return x / y
	case Maximum:
		return max(x, y)
	case Minimum:
		return min(x, y)
	case Power:
		return math.Pow(x, y)
	case Greater:
		return truth(x > y)
	case GreaterEqual:
		return truth(x >= y)
	case Equal:
		return truth(x == y)
	case Where:
		if x != 0 {
			return y
		}
		return z
	}
	return functions[c](x)
}

// functions are the operations of one operand.
var functions = [Codes]func(float64) float64{
	Negate: func(x float64) float64 { return -x },
	Abs:    math.Abs,
	Sign:   sign,
	Exp:    exp, Expm1: math.Expm1, Log: log, Log1p: math.Log1p, Sqrt: math.Sqrt,
	Sin: math.Sin, Cos: math.Cos, Tanh: tanh, Erf: math.Erf,
	Sigmoid:  sigmoid,
	Softplus: softplus,
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// sign keeps zero and NaN.
func sign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return x
}
