package mathml

import "strings"

// An alphabet is a run of letters and digits among Unicode's mathematical
// alphanumeric symbols, which is how MathML Core writes bold or script letters.
type alphabet struct {
	upper, lower, digit rune            // the first of each; 0 if there is none
	exceptions          map[rune]string // letters that Unicode had elsewhere before
}

// alphabets are the font commands that change the letters themselves. Those that
// map to nil set letters upright as they are.
var alphabets = map[string]*alphabet{
	"mathbf":     {upper: 0x1D400, lower: 0x1D41A, digit: 0x1D7CE},
	"boldsymbol": {upper: 0x1D468, lower: 0x1D482, digit: 0x1D7CE},
	"bm":         {upper: 0x1D468, lower: 0x1D482, digit: 0x1D7CE},
	"mathbb": {upper: 0x1D538, lower: 0x1D552, digit: 0x1D7D8,
		exceptions: map[rune]string{'C': "ℂ", 'H': "ℍ", 'N': "ℕ", 'P': "ℙ", 'Q': "ℚ", 'R': "ℝ", 'Z': "ℤ"}},
	"mathcal": {upper: 0x1D49C, lower: 0x1D4B6,
		exceptions: map[rune]string{'B': "ℬ", 'E': "ℰ", 'F': "ℱ", 'H': "ℋ", 'I': "ℐ", 'L': "ℒ", 'M': "ℳ", 'R': "ℛ", 'e': "ℯ", 'g': "ℊ", 'o': "ℴ"}},
	"mathsf":       {upper: 0x1D5A0, lower: 0x1D5BA, digit: 0x1D7E2},
	"mathtt":       {upper: 0x1D670, lower: 0x1D68A, digit: 0x1D7F6},
	"mathrm":       nil,
	"operatorname": nil,
}

// write spells text in the alphabet; what it does not hold stays.
func (a *alphabet) write(text string) string {
	if a == nil {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case a.exceptions[r] != "":
			b.WriteString(a.exceptions[r])
		case 'A' <= r && r <= 'Z' && a.upper != 0:
			b.WriteRune(a.upper + r - 'A')
		case 'a' <= r && r <= 'z' && a.lower != 0:
			b.WriteRune(a.lower + r - 'a')
		case '0' <= r && r <= '9' && a.digit != 0:
			b.WriteRune(a.digit + r - '0')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
