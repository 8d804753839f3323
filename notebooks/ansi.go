package notebooks

import (
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
)

// ansiSequence is an escape sequence of a terminal: CSI and its parameters, or
// an operating system command such as a link or a window title.
var ansiSequence = regexp.MustCompile(`\x1b(?:\[([0-9;:?]*)[ -/]*([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\))`)

// writeANSI appends text as HTML. Colours and styles become spans with the
// classes of JupyterLab (ansi-red-fg, ansi-bold); other escape sequences are
// dropped, since a page has no cursor to move.
func writeANSI(b *strings.Builder, text string) {
	var p pen
	for text != "" {
		at := ansiSequence.FindStringSubmatchIndex(text)
		if at == nil {
			p.write(b, text)
			return
		}
		p.write(b, text[:at[0]])
		if at[2] >= 0 && text[at[4]:at[5]] == "m" {
			p.set(text[at[2]:at[3]])
		}
		text = text[at[1]:]
	}
}

// A pen is how a terminal would write the next character.
type pen struct {
	bold, italic, underline, inverse bool
	foreground, background           string // a class, a CSS colour, or nothing
}

// write appends text in a span that says what p is, if p is anything.
func (p *pen) write(b *strings.Builder, text string) {
	if text == "" {
		return
	}
	if open := p.open(); open != "" {
		b.WriteString(open)
		defer b.WriteString("</span>")
	}
	b.WriteString(html.EscapeString(text))
}

// open is the opening tag of the span; empty for a plain pen.
func (p *pen) open() string {
	var classes, styles []string
	color := func(value, suffix, property string) {
		switch {
		case value == "":
		case strings.HasPrefix(value, "#"):
			styles = append(styles, property+":"+value)
		default:
			classes = append(classes, "ansi-"+value+suffix)
		}
	}
	color(p.foreground, "-fg", "color")
	color(p.background, "-bg", "background-color")
	for _, on := range []struct {
		set  bool
		name string
	}{{p.bold, "bold"}, {p.italic, "italic"}, {p.underline, "underline"}, {p.inverse, "inverse"}} {
		if on.set {
			classes = append(classes, "ansi-"+on.name)
		}
	}
	tag := ""
	if len(classes) > 0 {
		tag += ` class="` + strings.Join(classes, " ") + `"`
	}
	if len(styles) > 0 {
		tag += ` style="` + strings.Join(styles, ";") + `"`
	}
	if tag == "" {
		return ""
	}
	return "<span" + tag + ">"
}

// set applies the parameters of one "select graphic rendition". What it does not
// know it passes over.
func (p *pen) set(parameters string) {
	codes := strings.FieldsFunc(parameters, func(r rune) bool { return r == ';' || r == ':' })
	if len(codes) == 0 {
		*p = pen{} // ESC[m resets
	}
	for len(codes) > 0 {
		code, err := strconv.Atoi(codes[0])
		codes = codes[1:]
		switch {
		case err != nil:
		case code == 38:
			p.foreground, codes = extended(codes)
		case code == 48:
			p.background, codes = extended(codes)
		default:
			p.apply(code)
		}
	}
}

// apply handles the codes that need no parameter.
func (p *pen) apply(code int) {
	switch {
	case code == 0:
		*p = pen{}
	case code == 1, code == 22:
		p.bold = code == 1
	case code == 3, code == 23:
		p.italic = code == 3
	case code == 4, code == 24:
		p.underline = code == 4
	case code == 7, code == 27:
		p.inverse = code == 7
	case code == 39:
		p.foreground = ""
	case code == 49:
		p.background = ""
	case 30 <= code && code <= 37, 90 <= code && code <= 97:
		p.foreground = named(code%10, code >= 90)
	case 40 <= code && code <= 47, 100 <= code && code <= 107:
		p.background = named(code%10, code >= 100)
	}
}

var ansiColors = [8]string{"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"}

// named is the class of one of the sixteen colours that a theme chooses.
func named(color int, bright bool) string {
	if bright {
		return ansiColors[color] + "-intense"
	}
	return ansiColors[color]
}

// extended reads the colour after 38 or 48: "5;n" of the table of 256, or
// "2;r;g;b". It returns the codes that are left.
func extended(codes []string) (color string, left []string) {
	number := func(i int) int {
		if i >= len(codes) {
			return 0
		}
		n, _ := strconv.Atoi(codes[i]) // a wrong number is black, as in a terminal
		return max(0, min(n, 255))
	}
	switch {
	case len(codes) >= 2 && codes[0] == "5":
		return indexed(number(1)), codes[2:]
	case len(codes) >= 4 && codes[0] == "2":
		return rgb(number(1), number(2), number(3)), codes[4:]
	}
	return "", nil
}

// indexed is a colour of xterm's table: the sixteen, a cube of 6 × 6 × 6, and 24
// greys.
func indexed(n int) string {
	switch {
	case n < 16:
		return named(n%8, n >= 8)
	case n >= 232:
		grey := 8 + 10*(n-232)
		return rgb(grey, grey, grey)
	}
	level := func(v int) int {
		if v == 0 {
			return 0
		}
		return 55 + 40*v
	}
	n -= 16
	return rgb(level(n/36), level(n/6%6), level(n%6))
}

func rgb(r, g, b int) string { return fmt.Sprintf("#%02x%02x%02x", r, g, b) }
