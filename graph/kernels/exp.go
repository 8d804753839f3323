package kernels

import "math"

// The exponential function and what is made of it are computed here, not by package math,
// so that assembly can do the same to many numbers at once and give the same bits. Both
// types of element are computed in float64, each operation rounded as it is written.

const (
	log2E = 1 / math.Ln2
	// ln 2 in two parts: a multiple of the first by a whole number of 11 bits is exact.
	// W. J. Cody and W. Waite, Software Manual for the Elementary Functions, 1980.
	ln2High = 0x1.62e42fee00000p-1
	ln2Low  = 0x1.a39ef35793c76p-33

	// toWhole added to a small number leaves it rounded to a whole one in the low bits.
	toWhole = 0x1.8p52

	// Below the first, eˣ is 0; above the second, it is infinite.
	expLeast, expMost = -746, 710
)

// expSeries is 1/n! for n from 13 down to 2: up to ln 2 / 2, what comes after is less than
// 2⁻⁵⁷ of the result.
var expSeries = [...]float64{1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320,
	1.0 / 5040, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 1.0 / 2}

// reduced takes x = k·ln 2 + r apart, of which r is small, and gives k as the low bits of a
// number, and eʳ − 1.
func reduced(x float64) (k uint64, power float64) {
	shifted := float64(x*log2E) + toWhole
	whole := shifted - toWhole
	r := math.FMA(-whole, ln2Low, math.FMA(-whole, ln2High, x))
	p := expSeries[0]
	for _, c := range expSeries[1:] {
		p = math.FMA(p, r, c)
	}
	return math.Float64bits(shifted) - math.Float64bits(toWhole), math.FMA(float64(r*r), p, r)
}

// exp is eˣ, wrong by less than one unit in the last place. It multiplies by 2ᵏ in two
// steps, since k may be more than an exponent can hold.
func exp(x float64) float64 {
	if x < expLeast {
		x = expLeast
	}
	if x > expMost {
		x = expMost
	}
	k, power := reduced(x)
	half := (k + 2*exponentBias) >> 1
	rest := k + 2*exponentBias - half
	return float64((power + 1) * math.Float64frombits(half<<52) * math.Float64frombits(rest<<52))
}

const exponentBias = 1023

func sigmoid(x float64) float64 { return 1 / (1 + exp(-x)) }

// tanhMost is from where on the hyperbolic tangent is 1.
const tanhMost = 22

// tanh is (e²ˣ−1)/(e²ˣ+1), of the size of x, and e²ˣ−1 is computed as 2ᵏ(eʳ−1) + (2ᵏ−1), so
// that nothing is lost where x is small.
func tanh(x float64) float64 {
	size := math.Abs(x)
	if size > tanhMost {
		size = tanhMost
	}
	k, power := reduced(2 * size)
	scale := math.Float64frombits((k + exponentBias) << 52)
	less := math.FMA(scale, power, scale-1)
	return math.Copysign(less/(less+2), x)
}
