// Package mathml turns the TeX of a notebook's formulas into MathML, which
// browsers draw by themselves: no script, no fonts, no network.
//
//	math, err := mathml.Convert(`y = wx + b`, false)
//
// It knows what notebooks use: letters and Greek, sub- and superscripts, \frac,
// \sqrt, accents, delimiters with \left and \right, sums and integrals with
// limits, functions, text, matrices, cases and aligned equations. What it does
// not know is an error, and the caller shows the TeX itself: a formula that is
// half drawn is worse than one in code.
//
// The output follows MathML Core, W3C. Names of symbols are in symbols.go; to
// add one, add its row there.
package mathml
