package mathml

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A token is a piece of TeX: a command with its backslash, a character with a
// meaning (one of "{}^_&"), a row end "\\", a number, or one other character.
type token string

// end stands after the last token.
const end token = ""

// lex splits TeX into tokens. Space separates and means nothing, as in TeX's math
// mode; text inside \text{…} is not lexed but cut out by the parser, which
// therefore needs to know where each token ended.
func lex(tex string) (tokens []token, ends []int) {
	for at := 0; at < len(tex); {
		size := measure(tex[at:])
		t := token(tex[at : at+size])
		at += size
		if strings.TrimSpace(string(t)) == "" || t[0] == '%' {
			continue
		}
		tokens, ends = append(tokens, t), append(ends, at)
	}
	return tokens, ends
}

// measure is the length of the token that s begins with.
func measure(s string) int {
	first, size := utf8.DecodeRuneInString(s)
	switch {
	case first == '\\':
		return 1 + command(s[1:])
	case first == '%': // a comment
		return len(s) - len(strings.TrimLeftFunc(s, func(r rune) bool { return r != '\n' }))
	case isDigit(first):
		return number(s)
	}
	return size
}

// command is the length of a command's name: letters, or one other character.
func command(s string) int {
	letters := strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) })
	switch {
	case letters < 0:
		return len(s)
	case letters > 0:
		return letters
	}
	_, size := utf8.DecodeRuneInString(s)
	return size
}

// number is the length of digits with at most one point among them. A comma ends
// it, as in f(1,2).
func number(s string) int {
	n, point := 0, false
	for n < len(s) {
		inside := !point && s[n] == '.' && n+1 < len(s) && isDigit(rune(s[n+1]))
		if !isDigit(rune(s[n])) && !inside {
			break
		}
		point = point || inside
		n++
	}
	return n
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }
