package cell

import (
	"go/constant"
	"go/types"
	"math"
	"strconv"
	"strings"
)

// constant writes a constant of type t. The checker has computed it, so that the
// interpreter never computes with constants.
func (l *lowerer) constant(v constant.Value, t types.Type) string {
	t = types.Default(t)
	basic, ok := t.Underlying().(*types.Basic)
	if !ok {
		return literal(v, nil)
	}
	text := literal(v, basic)
	if plainConstant(v, t) {
		return text
	}
	return l.typ(t) + "(" + text + ")"
}

// plainConstant reports whether a literal of v has type t by itself.
func plainConstant(v constant.Value, t types.Type) bool {
	b, ok := types.Unalias(t).(*types.Basic)
	if !ok {
		return false
	}
	switch b.Kind() {
	case types.Bool, types.UntypedBool:
		return v.Kind() == constant.Bool
	case types.String, types.UntypedString:
		return v.Kind() == constant.String
	case types.Int, types.UntypedInt:
		return v.Kind() == constant.Int
	}
	return false
}

// literal writes the value for a type of kind b.
func literal(v constant.Value, b *types.Basic) string {
	if b != nil {
		switch info := b.Info(); {
		case info&types.IsInteger != 0:
			v = constant.ToInt(v)
		case info&types.IsFloat != 0:
			return floatLiteral(v, b)
		case info&types.IsComplex != 0:
			v = constant.ToComplex(v)
			part := types.Typ[types.Float64]
			return "complex(float64(" + floatLiteral(constant.Real(v), part) + "), float64(" + floatLiteral(constant.Imag(v), part) + "))"
		}
	}
	switch v.Kind() {
	case constant.String:
		return strconv.Quote(constant.StringVal(v))
	case constant.Int:
		if constant.Sign(v) < 0 {
			return "(" + v.ExactString() + ")"
		}
		return v.ExactString()
	}
	return v.ExactString()
}

// floatLiteral writes the nearest value of the type, so that it reads back exactly.
func floatLiteral(v constant.Value, b *types.Basic) string {
	f, _ := constant.Float64Val(constant.ToFloat(v))
	bits := 64
	if b.Kind() == types.Float32 {
		bits = 32
		f = float64(float32(f))
	}
	text := strconv.FormatFloat(f, 'g', -1, bits)
	if !strings.ContainsAny(text, ".e") {
		text += ".0"
	}
	if math.Signbit(f) {
		return "(" + text + ")"
	}
	return text
}
