package kernels

import "math"

// logSeries are the coefficients of z, z², … in R(z), where s = f/(2+f), z = s² and
// log(1+f) = 2s + s·R(z), as in FreeBSD's e_log.c: wrong by less than 2⁻⁵⁸.
var logSeries = [...]float64{0x1.2f112df3e5244p-3, 0x1.39a09d078c69fp-3, 0x1.7466496cb03dep-3, 0x1.c71c51d8e78afp-3,
	0x1.2492494229359p-2, 0x1.999999997fa04p-2, 0x1.5555555555593p-1} // the last first

const (
	leastNormal = 0x1p-1022
	raised      = 54 // a power of 2 that makes every positive number normal

	// upwards makes the exponent of what is above √½ that of 1.
	upwards = exponentBias<<52 - 0x3fe6a09e667f3bcd
)

// logNormal is log(u) + small for a normal number u and a small one. It is u = 2ᵏ(1+f),
// with 1+f from √½ to √2.
func logNormal(u, powers, small float64) float64 {
	bits := math.Float64bits(u)
	exponent := (bits + upwards) >> 52
	f := math.Float64frombits(bits-exponent<<52+exponentBias<<52) - 1
	k := math.Float64frombits(exponent+0x433<<52) - (0x1p52 + exponentBias) - powers
	s := f / (2 + f)
	z := float64(s * s)
	series := logSeries[0]
	for _, c := range logSeries[1:] {
		series = math.FMA(series, z, c)
	}
	half := float64(float64(0.5*f) * f)
	rest := math.FMA(s, math.FMA(series, z, half), math.FMA(k, ln2Low, small))
	return math.FMA(k, ln2High, f-(half-rest))
}

// log is the natural logarithm, wrong by less than one unit in the last place.
func log(x float64) float64 {
	switch {
	case x == 0:
		return math.Inf(-1)
	case !(x > 0):
		return math.NaN()
	case x > math.MaxFloat64:
		return x
	case x < leastNormal:
		return logNormal(x*(1<<raised), raised, 0)
	}
	return logNormal(x, 0, 0)
}

// softplus is log(1+eˣ), written so that eˣ never overflows. What is lost when 1 is added
// to a small e⁻ˣ comes back as a part of it.
func softplus(x float64) float64 {
	e := exp(-math.Abs(x))
	u := 1 + e
	return max(x, 0) + logNormal(u, 0, (e-(u-1))/u)
}
